//! From many risks to one.

/// Risks after which a further one no longer changes anything that can be shown.
const COUNTED_MAX: usize = 256;

/// One risk for many: `1 − ∏(1 − rᵢ·tⁱ⁻¹)` over risks from the largest down. Between 0 and 1,
/// never below the largest, never lower for one more or a larger one.
pub fn roll_up(risks: &[f64], tail: f64) -> f64 {
    let mut sorted: Vec<f64> = risks.iter().copied().filter(|risk| *risk > 0.0).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let mut weight = 1.0;
    let mut left = 1.0;
    for risk in sorted.iter().take(COUNTED_MAX) {
        left *= 1.0 - risk.min(1.0) * weight;
        weight *= tail;
    }
    1.0 - left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_worst_counts_whole() {
        assert!((roll_up(&[0.4], 0.5) - 0.4).abs() < 1e-12);
        assert!((roll_up(&[0.2, 0.4], 0.5) - (1.0 - 0.6 * 0.9)).abs() < 1e-12);
        assert!(roll_up(&[], 0.5).abs() < 1e-12);
        assert!(roll_up(&[0.1; 50], 0.5) < 0.2, "many small ones are no grave one");
    }

    proptest! {
        #[test]
        fn one_more_never_lowers(
            mut risks in proptest::collection::vec(0.0..=1.0f64, 0..300),
            more in 0.0..=1.0f64,
            tail in 0.0..=1.0f64,
        ) {
            let before = roll_up(&risks, tail);
            risks.push(more);
            let after = roll_up(&risks, tail);
            prop_assert!(after >= before - 1e-12);
            prop_assert!((0.0..=1.0).contains(&after));
        }

        #[test]
        fn a_larger_one_never_lowers(
            mut risks in proptest::collection::vec(0.0..=1.0f64, 1..300),
            at in 0usize..300,
            by in 0.0..=1.0f64,
            tail in 0.0..=1.0f64,
        ) {
            let before = roll_up(&risks, tail);
            let at = at % risks.len();
            risks[at] = (risks[at] + by).min(1.0);
            prop_assert!(roll_up(&risks, tail) >= before - 1e-12);
        }
    }
}
