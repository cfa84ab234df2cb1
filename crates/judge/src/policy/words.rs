//! What is wrong with a file, and which word was perhaps meant.

use std::fmt;

/// A mistake in a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    /// What the file is called.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, what } = self;
        write!(f, "{file}:{line}:{column}: {what}")
    }
}

/// The word that is nearest to another, where one is near.
pub(super) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    let near = |known: &'w str| {
        // What was only begun, or has a tail, is near too.
        let begun = word.len() > 1 && known.starts_with(&word);
        let tail = known.len() > 2 && word.starts_with(known);
        let far = if begun || tail { most } else { distance(&word, known, most)? };
        Some((far, known))
    };
    known.into_iter().filter_map(near).min().map(|(_, known)| known)
}

/// How many letters differ, of which two neighbours that changed places count once; `None` where
/// it is more than `most`.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(most + 1);
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut next = vec![at + 1];
        for (column, own) in other.iter().enumerate() {
            let change = get(&row, column) + usize::from(letter != own);
            let mut best = change.min(get(&row, column + 1) + 1).min(get(&next, column) + 1);
            if let (Some(up), Some(left)) = (at.checked_sub(1), column.checked_sub(1))
                && one.get(up) == Some(own)
                && other.get(left) == Some(letter)
            {
                best = best.min(get(&above, left) + 1);
            }
            next.push(best);
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|far| *far <= most)
}

/// What is said of a word that nobody knows.
pub(super) fn unknown<'w>(
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'w str> + Clone,
) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        return format!("no {what} {word:?}; did you mean {near:?}?");
    }
    let all: Vec<&str> = known.into_iter().take(SHOWN + 1).collect();
    match all.len() {
        0 | SHOWN.. => format!("no {what} {word:?}"),
        _ => format!("no {what} {word:?}; there are {}", all.join(", ")),
    }
}

/// Fewer words than these are all said.
const SHOWN: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found() {
        let known = ["modbus", "mms", "s7comm", "s7comm-plus", "bacnet"];
        assert_eq!(nearest("modbuss", known), Some("modbus"));
        assert_eq!(nearest("Modbus", known), Some("modbus"));
        assert_eq!(nearest("s7", known), Some("s7comm"));
        assert_eq!(nearest("bcanet", known), Some("bacnet"));
        assert_eq!(nearest("profinet", known), None);
        assert_eq!(nearest("form", ["from", "to"]), Some("from"));
        assert_eq!(nearest("protocol", ["protocols", "ports"]), Some("protocols"));
    }

    #[test]
    fn few_words_are_all_said() {
        let said = unknown("class", "execute", ["read", "write"]);
        assert_eq!(said, "no class \"execute\"; there are read, write");
    }
}
