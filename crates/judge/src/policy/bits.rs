//! A set of small numbers.

/// Numbers below a length that is given at the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// None of so many.
    pub(super) fn none(of: usize) -> Self {
        Self(vec![0; of.div_ceil(64)])
    }

    pub(super) fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// All of the other's numbers are in this one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| other & !own == 0)
    }

    /// The numbers that are in both, in order.
    pub(super) fn both(&self, other: &Self) -> impl Iterator<Item = usize> {
        let words: Vec<u64> = self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect();
        let in_word = |(at, word): (usize, u64)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        };
        words.into_iter().enumerate().flat_map(in_word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_cover_and_meet() {
        let of = |numbers: &[usize]| {
            let mut bits = Bits::none(130);
            for at in numbers {
                bits.set(*at);
            }
            bits
        };
        let (large, small) = (of(&[1, 64, 129]), of(&[64, 129]));
        assert!(large.covers(&small) && !small.covers(&large));
        assert!(!large.is_empty() && of(&[]).is_empty());
        assert_eq!(large.both(&of(&[0, 1, 129])).collect::<Vec<_>>(), [1, 129]);
        let mut beyond = Bits::none(3);
        beyond.set(4_000);
        assert!(beyond.is_empty(), "what is out of range is not in it");
    }
}
