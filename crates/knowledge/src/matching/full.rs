//! What a product's whole name says beside its version.

/// A version that lost its last zero on the way into a file: `2.1` where the whole name says
/// `2.10`. `None` where nothing was lost.
pub(super) fn with_zeros(range: &str, full: &str) -> Option<String> {
    let start = range.find(|c: char| c.is_ascii_digit())?;
    let (head, number) = range.split_at_checked(start)?;
    let parts: Vec<&str> = number.split('.').collect();
    let whole = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() != 2 || !parts.iter().all(whole) {
        return None;
    }
    let (mut longer, mut same) = (false, false);
    for (at, _) in full.match_indices(number) {
        let before = full.get(..at).and_then(|text| text.chars().next_back());
        if before.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            continue;
        }
        let rest = full.get(at + number.len()..).unwrap_or("");
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        longer |= digits == "0";
        same |= digits.is_empty();
    }
    (longer && !same).then(|| format!("{head}{number}0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_zeros() {
        for (range, full, wanted) in [
            ("2.1", "Box: Versions 2.10", Some("2.10")),
            ("<= 3.2", "Box: v3.20 and prior", Some("<= 3.20")),
            ("3.2", "Box: v3.2", None),
            ("3.2", "Box: v13.20", None),
            ("3.2.1", "Box: v3.2.10", None),
            ("*", "Box", None),
        ] {
            assert_eq!(with_zeros(range, full).as_deref(), wanted, "{range} {full}");
        }
    }
}
