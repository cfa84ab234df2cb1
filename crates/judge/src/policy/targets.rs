//! What operations touch.

use super::ports::number;
use std::fmt;
use vocab::ProtoId;

/// Text with `*` for any text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern(pub String);

impl Pattern {
    /// The whole text is as the pattern says.
    pub fn fits(&self, text: &str) -> bool {
        let (pattern, text) = (self.0.as_bytes(), text.as_bytes());
        let (mut at, mut from) = (0, 0);
        // Behind the last star: where it stands, and where the text went on.
        let mut star: Option<(usize, usize)> = None;
        while let Some(byte) = text.get(from) {
            match pattern.get(at) {
                Some(b'*') => {
                    star = Some((at + 1, from));
                    at += 1;
                }
                Some(own) if own == byte => (at, from) = (at + 1, from + 1),
                _ => match star {
                    Some((behind, taken)) => {
                        star = Some((behind, taken + 1));
                        (at, from) = (behind, taken + 1);
                    }
                    None => return false,
                },
            }
        }
        pattern.iter().skip(at).all(|byte| *byte == b'*')
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Positions from the first to the last.
pub(super) type Span = (u64, u64);

/// A target that a rule is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Positions in areas of this name.
    Places(Places),
    /// A target as conversations show it.
    Shown(Pattern),
}

/// Positions in areas of one name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Places {
    /// The areas, in order: protocols may name theirs alike.
    pub areas: Vec<(ProtoId, u8)>,
    /// First position.
    pub first: u64,
    /// Last position.
    pub last: u64,
}

impl Target {
    /// Whatever the other is about, this one is about too. False where it is not certain.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Places(own), Self::Places(other)) => {
                own.first <= other.first
                    && other.last <= own.last
                    && other.areas.iter().all(|area| own.areas.contains(area))
            }
            (Self::Shown(own), _) if own.0 == "*" => true,
            _ => self == other,
        }
    }
}

/// `name[first..last]`, `name[one]` or `name[*]`: the name and the positions. `None` where the
/// text is no such thing.
pub(super) fn places(text: &str) -> Option<(&str, Span)> {
    let (name, numbers) = text.strip_suffix(']')?.split_once('[')?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit();
    if name.is_empty() || !name.bytes().all(plain) {
        return None;
    }
    if numbers == "*" {
        return Some((name, (0, u64::MAX)));
    }
    let (first, last) = numbers.split_once("..").unwrap_or((numbers, numbers));
    Some((name, (number(first)?, number(last)?)))
}

/// Takes a span out of others; says what was taken.
pub(super) fn take(left: &mut Vec<Span>, span: Span) -> Vec<Span> {
    let mut taken = Vec::new();
    let mut kept = Vec::new();
    for own in left.drain(..) {
        let inner = (own.0.max(span.0), own.1.min(span.1));
        if inner.0 > inner.1 {
            kept.push(own);
            continue;
        }
        taken.push(inner);
        if own.0 < inner.0 {
            kept.push((own.0, inner.0 - 1));
        }
        if inner.1 < own.1 {
            kept.push((inner.1 + 1, own.1));
        }
    }
    *left = kept;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stars_stand_for_any_text() {
        let fits = |pattern: &str, text: &str| Pattern(pattern.to_owned()).fits(text);
        assert!(fits("DB1.*", "DB1.DBX0.0") && !fits("DB1.*", "DB10.DBX0.0"));
        assert!(fits("*", "") && fits("a*b*c", "a-b-b-c") && !fits("a*b*c", "a-b-b"));
        assert!(fits("*end", "end end") && fits("", "") && !fits("", "x"));
        assert!(fits("ä*", "äö") && !fits("a", "A"));
    }

    #[test]
    fn positions_are_read() {
        assert_eq!(places("coil[3]"), Some(("coil", (3, 3))));
        assert_eq!(places("coil[0x10..20]"), Some(("coil", (16, 20))));
        assert_eq!(places("coil[*]"), Some(("coil", (0, u64::MAX))));
        for text in ["coil", "coil[]", "coil[3", "[3]", "DB1.x[3]", "coil[-1]", "coil[a..b]"] {
            assert_eq!(places(text), None, "{text}");
        }
    }

    #[test]
    fn spans_are_taken_out() {
        let mut left = vec![(0, 10)];
        assert_eq!(take(&mut left, (3, 4)), [(3, 4)]);
        assert_eq!(left, [(0, 2), (5, 10)]);
        assert_eq!(take(&mut left, (2, u64::MAX)), [(2, 2), (5, 10)]);
        assert_eq!(left, [(0, 1)]);
        assert_eq!(take(&mut left, (0, u64::MAX)), [(0, 1)]);
        assert!(left.is_empty());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_doubled(
            whole in (0u64..40, 0u64..40), cuts in prop::collection::vec((0u64..50, 0u64..50), 0..9),
        ) {
            let whole = (whole.0.min(whole.1), whole.0.max(whole.1));
            let mut left = vec![whole];
            let mut seen: Vec<Span> = Vec::new();
            for (a, b) in cuts {
                seen.extend(take(&mut left, (a.min(b), a.max(b))));
            }
            seen.extend(left);
            let mut positions: Vec<u64> = seen.iter().flat_map(|(a, b)| *a..=*b).collect();
            positions.sort_unstable();
            prop_assert_eq!(positions, (whole.0..=whole.1).collect::<Vec<_>>());
        }
    }
}
