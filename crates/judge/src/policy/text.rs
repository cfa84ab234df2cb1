//! A policy file as text: its values with their places, and what is wrong with them.

use super::words::Problem;
use super::{PROBLEMS_MAX, WORDS_MAX};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the file, with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// A word of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// The file, and what was found wrong with it so far.
#[derive(Debug)]
pub(super) struct Source<'t> {
    file: &'t str,
    text: &'t str,
    /// Where lines begin.
    lines: Vec<usize>,
    problems: Vec<Problem>,
    more: usize,
    words: usize,
}

impl<'t> Source<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let begins = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            file,
            text,
            lines: std::iter::once(0).chain(begins).collect(),
            problems: Vec::new(),
            more: 0,
            words: 0,
        }
    }

    /// The tables of the file; `None` where it is no TOML.
    pub(super) fn tables(&mut self) -> Option<DeTable<'t>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let what = error.message().replace('\n', ", ");
                self.wrong(at, format!("no TOML: {what}"));
                None
            }
        }
    }

    /// Line and column of a byte.
    fn place(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|begin| *begin <= at).max(1);
        let begin = self.lines.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(begin..at).map_or(0, |before| before.chars().count());
        (vocab::sat_u32(line), vocab::sat_u32(column + 1))
    }

    /// The line of a byte.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.place(at).0
    }

    /// Notes a mistake.
    pub(super) fn wrong(&mut self, at: usize, what: String) {
        if self.problems.len() >= PROBLEMS_MAX {
            self.more += 1;
            return;
        }
        let (line, column) = self.place(at);
        self.problems.push(Problem { file: self.file.to_owned(), line, column, what });
    }

    /// What is wrong, in the order of the file; empty where nothing is.
    pub(super) fn problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        if let (Some(last), true) = (self.problems.last_mut(), self.more > 0) {
            last.what += &format!(" (and {} more mistakes)", self.more);
        }
        self.problems
    }

    /// The file's own words, on one line.
    pub(super) fn quote(&self, span: Range<usize>) -> String {
        let words = self.text.get(span).unwrap_or_default().split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    /// A text.
    pub(super) fn string(&mut self, field: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            let kind = value.get_ref().type_str();
            self.wrong(value.span().start, format!("{field} takes a text, not {kind}"));
        }
        text
    }

    /// A word, or a list of words.
    pub(super) fn words(&mut self, field: &str, value: &Value<'_>) -> Vec<Word> {
        let mut words = Vec::new();
        match value.get_ref() {
            DeValue::Array(list) => {
                for one in list {
                    words.extend(self.word(field, one));
                }
                if list.is_empty() {
                    let what = format!("{field} lists nothing: leave it out where anything fits");
                    self.wrong(value.span().start, what);
                }
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => words.extend(self.word(field, value)),
        }
        self.words += words.len();
        if self.words > WORDS_MAX {
            self.wrong(value.span().start, format!("more than {WORDS_MAX} words in all lists"));
            words.clear();
        }
        words
    }

    fn word(&mut self, field: &str, value: &Value<'_>) -> Option<Word> {
        let at = value.span();
        let number = match value.get_ref() {
            DeValue::String(text) => {
                return Some(Word { text: text.to_string(), at });
            }
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        if number.is_none() {
            let what = match value.get_ref() {
                DeValue::Integer(_) => format!("{field} takes no number below 0 or so large"),
                other => format!("{field} takes texts, not {}", other.type_str()),
            };
            self.wrong(at.start, what);
        }
        number.map(|number| Word { text: number.to_string(), at })
    }
}

/// The entries of a table in the order of the file.
pub(super) fn entries<'a, 't>(
    table: &'a DeTable<'t>,
) -> Vec<(&'a str, Range<usize>, &'a Value<'t>)> {
    let mut entries: Vec<_> =
        table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, at, _)| at.start);
    entries
}
