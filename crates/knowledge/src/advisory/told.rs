//! What the text of a CVE says of versions: lists of affected products are often the same for all
//! CVEs of an advisory, and the text of each says which versions it is in. Only ranges are kept.

use super::{Entry, Leaf, Told};
use crate::version::told::{self, Told as Words};
use crate::version::{Class, Facts, Range, Truth, Version};
use regex_lite::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longest text that is looked at, in bytes.
const TEXT_MAX: usize = 2_000;
/// Most stretches kept of one text.
const PHRASES_MAX: usize = 16;

/// Words that a range may begin with; others are tried where they are versions.
const STARTS: [&str; 17] = [
    "version",
    "versions",
    "release",
    "releases",
    "firmware",
    "software",
    "prior",
    "before",
    "older",
    "earlier",
    "below",
    "lower",
    "up",
    "between",
    "through",
    "revision",
    "revisions",
];

/// Words before or behind a version that is not affected, or another's.
const OTHERS: [&str; 18] = [
    "fixed",
    "update",
    "updated",
    "updating",
    "upgrade",
    "upgraded",
    "patched",
    "resolved",
    "not",
    "unaffected",
    "removed",
    "addressed",
    "corrected",
    "unlike",
    "using",
    "uses",
    "than",
    "since",
];

/// Words of products that name none.
const PLAIN: [&str; 40] = [
    "series",
    "firmware",
    "software",
    "the",
    "and",
    "for",
    "all",
    "of",
    "with",
    "family",
    "version",
    "versions",
    "product",
    "products",
    "device",
    "devices",
    "module",
    "modules",
    "controller",
    "controllers",
    "system",
    "systems",
    "server",
    "client",
    "application",
    "automation",
    "inc",
    "corporation",
    "co",
    "ltd",
    "electric",
    "electronics",
    "suite",
    "models",
    "model",
    "in",
    "or",
    "a",
    "by",
    "electrical",
];

/// `CVE-2022-1 has been assigned …`: what follows says nothing of versions.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static ASSIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[-.–]? ?CVE-\d{4}-\d+ (?:has been|have been|is|was) assigned").unwrap()
});

/// A stretch of text that says versions, with the words before it.
#[derive(Debug)]
pub(super) struct Phrase {
    subject: BTreeSet<String>,
    words: Words,
    /// `this vulnerability only affects version 3.0.7`.
    only: bool,
}

/// The stretches of a text that say versions of what is affected.
pub(super) fn phrases(note: &str) -> Vec<Phrase> {
    let end = ASSIGNED.find(note).map_or(note.len(), |found| found.start());
    let note = note.get(..end).unwrap_or(note);
    let cut = note.char_indices().map(|(at, _)| at).find(|at| *at >= TEXT_MAX);
    let note = cut.and_then(|cut| note.get(..cut)).unwrap_or(note).to_lowercase();
    let mut found = Vec::new();
    for sentence in note.split(". ").flat_map(|part| part.split('\n')) {
        let mut from = 0;
        let mut at = 0;
        while at < sentence.len() && found.len() < PHRASES_MAX {
            let rest = sentence.get(at..).unwrap_or("");
            let word = rest.split([' ', '\u{a0}']).next().unwrap_or("");
            let next = at + word.len() + 1;
            let next = (next..=sentence.len()).find(|at| sentence.is_char_boundary(*at));
            let next = next.unwrap_or(sentence.len());
            let Some(words) =
                Some(word).filter(|word| may_start(word)).and_then(|_| told::start(rest))
            else {
                at = next;
                continue;
            };
            let before = sentence.get(from..at).unwrap_or("");
            let behind = rest.get(words.length..).unwrap_or("");
            at += words.length.max(1);
            from = at;
            if is_affected(before, behind) {
                let only = before.trim_end().ends_with("only affects");
                found.push(Phrase { subject: words_of(before), words, only });
            }
        }
    }
    found
}

/// A range may begin with this word.
fn may_start(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '"']);
    let bare = word.trim_end_matches(['.', ',', ':']);
    let number = bare.strip_prefix('v').unwrap_or(bare);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    STARTS.contains(&bare) || is_number && (number != bare || number.contains('.'))
}

/// Neither what stands before nor what stands behind says that other versions are meant.
fn is_affected(before: &str, behind: &str) -> bool {
    let other = |word: &str| OTHERS.contains(&word.trim_matches([',', '.', '(', ')']));
    !before.split(' ').rev().take(6).any(other)
        && !behind.split(' ').filter(|word| !word.is_empty()).take(4).any(other)
}

fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !PLAIN.contains(word));
    words
        .map(|word| word.strip_suffix('s').filter(|w| w.len() >= 4).unwrap_or(word).to_owned())
        .collect()
}

/// The words that tell a product, without those of its maker and remarks in brackets.
fn names_of(leaf: &Leaf) -> BTreeSet<String> {
    let name = leaf.product.to_lowercase();
    let name = name.split('(').next().unwrap_or(&name);
    let all = words_of(name);
    let maker = words_of(&leaf.vendor.to_lowercase());
    let own: BTreeSet<String> = all.difference(&maker).cloned().collect();
    if own.is_empty() { all } else { own }
}

/// Puts what texts say to the leaves of the products that they name.
pub(super) fn put(entries: &mut [Entry], leaves: &[Leaf], all: &[Vec<Phrase>]) {
    let names: Vec<BTreeSet<String>> = leaves.iter().map(names_of).collect();
    let lists: Vec<Vec<Told>> = entries
        .iter()
        .zip(all)
        .map(|(entry, phrases)| of_entry(entry, leaves, &names, phrases))
        .collect();
    for (number, entry) in entries.iter_mut().enumerate() {
        let Some(own) = lists.get(number) else { continue };
        // A list of single versions, or the range of one branch, counts where another text says
        // another one of the same product: the texts tell them apart.
        let others = |told: &Told| {
            lists.iter().flatten().any(|other| {
                other.exact == told.exact
                    && other.range != told.range
                    && other.leaves == told.leaves
            })
        };
        let plain =
            |told: &&Told| told.only || others(told) || !told.exact && !is_branched(told, leaves);
        let only = |told: &Told| told.only || !told.exact && is_branched(told, leaves);
        let kept = own.iter().filter(plain);
        entry.told = kept.map(|told| Told { only: only(told), ..told.clone() }).collect();
    }
}

fn of_entry(
    entry: &Entry,
    leaves: &[Leaf],
    names: &[BTreeSet<String>],
    phrases: &[Phrase],
) -> Vec<Told> {
    let mut list: Vec<Told> = Vec::new();
    for phrase in
        phrases.iter().filter(|phrase| !phrase.words.soft || phrase.words.range.contains('|'))
    {
        let named: Vec<u32> =
            entry.affected.iter().copied().filter(|at| is_named(phrase, names, *at)).collect();
        // Of names of which one goes on where another ends, the longer is meant.
        let length = |at: &u32| names.get(*at as usize).map_or(0, BTreeSet::len);
        let longest = named.iter().map(length).max().unwrap_or(0);
        let meant: Vec<u32> =
            named.into_iter().filter(|at| is_about(phrase) || length(at) == longest).collect();
        if meant.is_empty() {
            continue;
        }
        list.push(Told {
            range: phrase.words.range.clone(),
            leaves: meant,
            exact: phrase.words.exact,
            only: phrase.only,
        });
    }
    // What is told in two ways is told in none.
    let told = |at: u32| list.iter().filter(|told| told.leaves.contains(&at)).count();
    let once = |one: &&Told| one.leaves.iter().all(|at| told(*at) == 1);
    list.iter().filter(once).filter_map(|told| kept(told, leaves)).collect()
}

/// Leaves of one product with several ranges are of branches, which a text need not name: only
/// where it says the very range of one of them, that is the range of this CVE. Single versions must
/// be among those that the leaves list.
fn kept(told: &Told, leaves: &[Leaf]) -> Option<Told> {
    let meant = || told.leaves.iter().filter_map(|at| leaves.get(*at as usize));
    let own = Range::read(&told.range);
    if told.exact {
        let listed: Vec<Range> = meant().map(|leaf| Range::read(&leaf.range)).collect();
        let named = |version: &Version| {
            let facts = Facts { version: Some(version), ..Facts::default() };
            listed
                .iter()
                .any(|list| list.class() == Class::Exact && list.holds(&facts) == Truth::Yes)
        };
        return own.named().iter().all(named).then(|| told.clone());
    }
    let like = || meant().filter(|leaf| own.is_like(&Range::read(&leaf.range))).count();
    (!is_branched(told, leaves) || like() == 1).then(|| told.clone())
}

/// The leaves are of one product with several ranges.
fn is_branched(told: &Told, leaves: &[Leaf]) -> bool {
    let mut meant = told.leaves.iter().filter_map(|at| leaves.get(*at as usize));
    let first = meant.next();
    first.is_some_and(|first| {
        meant.any(|leaf| leaf.range != first.range && leaf.product == first.product)
    })
}

/// The words before a range name the product in full; or the text speaks of nothing else.
fn is_named(phrase: &Phrase, names: &[BTreeSet<String>], at: u32) -> bool {
    let Some(own) = names.get(at as usize).filter(|own| !own.is_empty()) else { return false };
    if is_about(phrase) {
        return true;
    }
    let known = own.is_subset(&phrase.subject);
    // `libfoo versions 1.2 in Box 3`: short subjects name what they say.
    known && phrase.subject.len() <= own.len() + EXTRA_MAX
}

/// `This vulnerability only affects version 3`: whatever the product.
fn is_about(phrase: &Phrase) -> bool {
    phrase.only && phrase.subject.iter().all(|word| ABOUT.contains(&word.as_str()))
}

/// Most further words before the versions.
const EXTRA_MAX: usize = 8;

/// `This vulnerability only affects`.
const ABOUT: [&str; 5] = ["this", "vulnerability", "only", "affect", "issue"];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(product: &str, range: &str, notes: &[&str]) -> Vec<Vec<String>> {
        let leaf = Leaf {
            vendor: "Acme Electronics".into(),
            product: product.into(),
            range: range.into(),
            ..Leaf::default()
        };
        let mut entries = vec![Entry { affected: vec![0], ..Entry::default() }; notes.len()];
        let all: Vec<Vec<Phrase>> = notes.iter().map(|note| phrases(note)).collect();
        put(&mut entries, &[leaf], &all);
        let ranges = |entry: &Entry| entry.told.iter().map(|told| told.range.clone()).collect();
        entries.iter().map(ranges).collect()
    }

    #[test]
    fn texts_name_versions() {
        for (product, note, wanted) in [
            (
                "BoxStar",
                "Acme Electronics BoxStar versions 2.1.37 and prior are vulnerable",
                "<= 2.1.37",
            ),
            ("BoxStar", "The affected product BoxStar (versions prior to v1.9.01) is", "< v1.9.01"),
            ("BoxStar", "In BoxStar Server v2.4.2 and prior, a low privileged", "<= v2.4.2"),
            ("BoxStar", "In libfoo before 1.2, an attacker", ""),
            ("BoxStar", "BoxStar version 2.1 is vulnerable", ""),
            ("BoxStar", "BoxStar is fixed in version 2.1 and later", ""),
            (
                "BoxStar",
                "This vulnerability only affects Version 3.0.7.CVE-2021-1 has been assigned",
                "3.0.7",
            ),
        ] {
            let given = told(product, "3.0.7|3.0.8", &[note]);
            let given = given[0].first().map_or("", String::as_str);
            assert_eq!(given, wanted, "{note}");
        }
    }

    #[test]
    fn lists_count_beside_other_lists() {
        let notes = ["In BoxStar v5.0 and v5.1, the", "BoxStar v5.0, v5.1, v3.0, and v3.1 has"];
        let given = told("BoxStar", "5.0|5.1|3.0|3.1", &notes);
        assert_eq!(given[0], ["v5.0 | v5.1"]);
    }
}
