//! Texts of one form, whose numbers compare: names of files, versions with words inside.

use std::cmp::Ordering;

/// A text as words and numbers.
fn parts(text: &str) -> Vec<(bool, String)> {
    let mut out: Vec<(bool, String)> = Vec::new();
    for c in text.trim().to_lowercase().replace('_', " ").chars() {
        let digit = c.is_ascii_digit();
        match out.last_mut() {
            Some((own, run)) if *own == digit => run.push(c),
            _ => out.push((digit, c.to_string())),
        }
    }
    out
}

/// The order of two texts that are alike but for their numbers, or for the letter at their end;
/// `None` for others, and for what is no more than a number.
pub(super) fn compare(own: &str, other: &str) -> Option<Ordering> {
    let other = other.trim().trim_start_matches("with_").trim_start_matches("with ");
    if let Some(order) = letters(own.trim(), other) {
        return Some(order);
    }
    let (a, b) = (parts(own), parts(other));
    let words = |list: &[(bool, String)]| -> usize {
        let words = list.iter().filter(|(digit, _)| !digit);
        words.flat_map(|(_, run)| run.chars()).filter(|c| c.is_alphabetic()).count()
    };
    if a.len() != b.len() || words(&b) < 2 || !b.iter().any(|(digit, _)| *digit) {
        return None;
    }
    let last = b.len().saturating_sub(1);
    let mut order = Ordering::Equal;
    for (at, ((digit, x), (other_digit, y))) in a.iter().zip(&b).enumerate() {
        if digit != other_digit {
            return None;
        }
        let step = if *digit {
            x.parse::<u64>().ok()?.cmp(&y.parse::<u64>().ok()?)
        } else if at == last && x.len() == 1 && y.len() == 1 {
            x.cmp(y)
        } else if x == y {
            Ordering::Equal
        } else {
            return None;
        };
        order = order.then(step);
    }
    Some(order)
}

/// `M.00` beside `N`: releases that are counted by letters, each with all that is in it.
fn letters(own: &str, other: &str) -> Option<Ordering> {
    let (letter, rest) = own.split_once('.')?;
    let one = |text: &str| match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(letter.to_ascii_lowercase()),
        _ => None,
    };
    let numbers = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    one(letter).zip(one(other)).filter(|_| numbers).map(|(a, b)| a.cmp(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_texts_compare() {
        for (own, other, wanted) in [
            ("cesne_r2d14_02.esw", "cesne_r2d14_03.esw", Some(Ordering::Less)),
            ("cesne_r1h07_11.esw", "cesne_r2d14_03.esw", None),
            ("012U000093", "012U000061", None),
            ("18.0.4PlusP1c", "18.0.4PlusP1e", Some(Ordering::Less)),
            ("Acme Wall V10.2.2", "with_Acme_Wall_V11.0.1", Some(Ordering::Less)),
            ("M.00", "N", Some(Ordering::Less)),
            ("N.01", "N", Some(Ordering::Equal)),
            ("4.2", "4.3", None),
        ] {
            assert_eq!(compare(own, other), wanted, "{own} {other}");
        }
    }
}
