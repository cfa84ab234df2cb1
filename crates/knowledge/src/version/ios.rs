//! Versions of Cisco's IOS, which other makers' switches run too: `15.2(4a)EA5`, `15.3(3) JC1`.

use std::cmp::Ordering;

/// A version: numbers before the bracket, the number and letter in it, the train and what counts
/// in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ios {
    start: (u64, u64),
    build: (u64, String),
    train: String,
    number: u64,
    letter: String,
}

/// Reads a version; `None` where it is none of this form.
pub(super) fn read(text: &str) -> Option<Ios> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let (start, rest) = text.split_once('(')?;
    let (build, rest) = rest.split_once(')')?;
    let (major, minor) = start.split_once('.')?;
    let (number, letter) = split(build);
    let rest = rest.trim();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (train, tail) = rest.split_at_checked(end)?;
    let (count, tail) = split(tail);
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase());
    (!train.is_empty() && train.len() <= 4 && plain(&letter) && plain(&tail)).then_some(Ios {
        start: (major.trim().parse().ok()?, minor.trim().parse().ok()?),
        build: (number?, letter),
        train: train.to_ascii_uppercase(),
        number: count.unwrap_or(0),
        letter: tail,
    })
}

/// The number at the beginning, and what stands behind it in lower case.
fn split(text: &str) -> (Option<u64>, String) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (number.parse().ok(), rest.to_lowercase())
}

/// The order of two; `None` between trains of different kinds.
pub(super) fn compare(a: &Ios, b: &Ios) -> Option<Ordering> {
    let key = |own: &Ios| (own.start, own.build.clone());
    match key(a).cmp(&key(b)) {
        Ordering::Equal => {}
        order => return Some(order),
    }
    let kind = |own: &Ios| own.train.chars().next();
    if a.train.len() != b.train.len() || kind(a) != kind(b) {
        return None;
    }
    let rest = |own: &Ios| (own.train.clone(), own.number, own.letter.clone());
    Some(rest(a).cmp(&rest(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trains_and_builds() {
        let order = |a, b| compare(&read(a).unwrap(), &read(b).unwrap());
        assert_eq!(order("15.3(3) JB", "15.3(3) JC1"), Some(Ordering::Less));
        assert_eq!(order("15.3(3)JC1", "15.3(3) JC1"), Some(Ordering::Equal));
        assert_eq!(order("15.2(4)EA1", "15.2(4a)EA5"), Some(Ordering::Less));
        assert_eq!(order("15.2(7)E3", "15.2(7)E0a"), Some(Ordering::Greater));
        assert_eq!(order("15.2(4)EA1", "15.2(4)S2"), None);
        assert!(read("3.5 (12)").is_none() && read("2.4.16 (30.07.2021)").is_none());
    }
}
