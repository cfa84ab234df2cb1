//! Bounds that are written on two scales.

use super::super::Version;
use super::text::comparisons;
use super::{Kind, Range};

/// `< 2017 (1.9.0)`, `<= 4.02C (aka <= version 10.95.208.31)`, `<= 4.04E v10.95.210.01`: a bound
/// on two scales.
pub(super) fn read(text: &str) -> Option<Range> {
    let bracket =
        text.split_once(" (").and_then(|(head, rest)| Some((head, rest.strip_suffix(')')?)));
    let (head, inside) =
        bracket.or_else(|| text.split_once(" v").filter(|(head, _)| !head.trim().contains(' ')))?;
    let is_open = |c: char| matches!(c, '<' | '>' | '=' | ' ' | '.');
    let mut number = inside.trim_start_matches(is_open);
    for word in ["aka", "<=", "versions", "version", "build", "nr", "v"] {
        number = number.strip_prefix(word).unwrap_or(number).trim_start_matches(is_open);
    }
    let dotted = number.matches('.').count() >= 2
        && number
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let sign_end = head.find(|c: char| c.is_ascii_digit())?;
    let sign =
        head.get(..sign_end)?.trim_end_matches(['v', ' ']).trim_end_matches("version").trim();
    Version::read(head.get(sign_end..)?)?;
    if !dotted || !matches!(sign, "<" | "<=" | "=<" | ">" | ">=") {
        return None;
    }
    let (Some(Kind::Intervals(mut list)), Some(Kind::Intervals(more))) =
        (comparisons(head), comparisons(&format!("{sign} {number}")))
    else {
        return None;
    };
    list.extend(more);
    Some(Range::plain(Kind::Scales(list)))
}
