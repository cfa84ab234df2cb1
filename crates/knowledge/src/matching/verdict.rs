//! From leaves that name a device to a verdict per CVE.

mod alike;
mod forms;
mod remedies;
mod written;

use super::index::Found;
use super::{Asked, Grade, Match, Verdict};
use crate::advisory::{Advisory, Entry};
use crate::version::{Class, Facts, Range, Truth, Version};
use alike::{is_told_alike, siblings};
use remedies::{fix_of, with_remedies, with_text};
use std::cmp::{Ordering, Reverse};
use written::{as_written, on_system, under_condition};

/// How many whole numbers above a range a version of the same count may be.
const FAR: u64 = 2;

/// How far a version may be from those that a name says.
const NEAR: u64 = 20;

/// What a leaf says of a device.
#[derive(Clone, Copy, Debug)]
struct Said {
    leaf: usize,
    /// How specific: grade first, then words.
    rank: (Grade, usize),
    truth: Truth,
    /// It is a part of what the device says: only what all parts agree on counts.
    part: bool,
}

/// The verdicts of one advisory on a device that some of its leaves name.
pub(super) fn judge(
    advisory: usize,
    text: &Advisory,
    found: &[Found<'_>],
    asked: &Asked,
) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    let siblings = siblings(found, asked);
    let found: Vec<&Found<'_>> = found.iter().filter(|one| !siblings.contains(&one.leaf)).collect();
    let found = found.as_slice();
    let by_cve = found.iter().any(|one| !one.ready.only.is_empty());
    let mut last: Option<(&Entry, Option<Match>)> = None;
    for (number, entry) in text.entries.iter().enumerate() {
        // Many CVEs of an advisory are told in the same words.
        let known = last.take_if(|(other, _)| !by_cve && is_told_alike(other, entry));
        let told = match known {
            Some((_, told)) => told.map(|told| Match { entry: number, ..told }),
            None => of_entry(advisory, number, (text, entry), found, asked),
        };
        matches.extend(told.clone());
        last = Some((entry, told));
    }
    matches
}

/// The verdict of one CVE.
fn of_entry(
    advisory: usize,
    number: usize,
    (text, entry): (&Advisory, &Entry),
    found: &[&Found<'_>],
    asked: &Asked,
) -> Option<Match> {
    let of = |list: &[u32]| -> Vec<&Found<'_>> {
        if list.is_empty() {
            return Vec::new();
        }
        let stands = |f: &&&Found<'_>| list.binary_search(&vocab::sat_u32(f.leaf)).is_ok();
        found.iter().filter(stands).copied().collect()
    };
    let affected = say(&of(&entry.affected), text, entry, asked);
    let spared = say(&[of(&entry.not_affected), of(&entry.fixed)].concat(), text, entry, asked);
    let open = say(&of(&entry.open), text, entry, asked);
    let decided = decide(&affected, &spared, &open)?;
    let range = found.iter().find(|f| f.leaf == decided.leaf).map(|f| &*f.ready.range);
    let fixed = range.and_then(|range| fix_of(range, entry, decided.leaf, asked));
    Some(Match {
        advisory,
        entry: number,
        verdict: decided.verdict,
        grade: decided.grade,
        leaf: decided.leaf,
        against: decided.against,
        fixed,
        reason: decided.reason,
    })
}

/// What one leaf says: of its versions, of none but others, or nothing.
enum Answer {
    Of(Truth),
    Outside,
    Silent,
}

/// What each leaf says. Leaves whose name excludes the device say nothing, but where all are of
/// other versions.
fn say(found: &[&Found<'_>], text: &Advisory, entry: &Entry, asked: &Asked) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    if found.is_empty() {
        return said;
    }
    let mut outside: Vec<Said> = Vec::new();
    // `<= 2.4.17 (CVE-… only)` is the range of that CVE; the other leaf of the name is for others.
    let product = |one: &Found<'_>| text.leaves.get(one.leaf).map(|leaf| &leaf.product);
    let own = |one: &&&Found<'_>| one.ready.only.contains(&entry.cve);
    let only: Vec<_> = found.iter().filter(own).map(|one| product(one)).collect();
    let is_other = |one: &&&Found<'_>| one.ready.only.is_empty() && only.contains(&product(one));
    let mut asked_for: Vec<&&Found<'_>> = found.iter().filter(|one| !is_other(one)).collect();
    // The most specific leaves decide; of names that say more than the device, all count.
    asked_for.sort_by_key(|one| Reverse((one.grade, one.weight)));
    for one in asked_for {
        let rank = (one.grade, one.weight);
        let counts =
            |best: &Said| best.rank == rank || best.rank.0 == Grade::I1 && one.grade == Grade::I1;
        if !said.first().is_none_or(counts) {
            break;
        }
        let made = |truth| Said { leaf: one.leaf, rank, truth, part: one.part };
        match answer(one, text, entry, asked) {
            Answer::Of(truth) => said.push(made(truth)),
            Answer::Outside if one.grade >= Grade::I3 => outside.push(made(Truth::No)),
            Answer::Outside | Answer::Silent => {}
        }
    }
    if said.is_empty() {
        said = outside;
    }
    let Some(best) = said.iter().map(|s| s.rank).max() else { return said };
    said.retain(|s| s.rank == best || (best.0 == Grade::I1 && s.rank.0 == Grade::I1));
    said.sort_by_key(|s| s.leaf);
    singles(&mut said, found, asked);
    scales(&mut said, found, asked);
    numbers(&mut said, found, asked);
    branches(&mut said, found, text, asked);
    parts(&mut said);
    variants(&mut said, found, asked);
    said
}

fn answer(one: &Found<'_>, text: &Advisory, entry: &Entry, asked: &Asked) -> Answer {
    let facts = asked.facts();
    let named = &one.ready.named;
    if !one.ready.only.is_empty() && !one.ready.only.contains(&entry.cve) {
        return Answer::Silent;
    }
    let mut truth = *one.holds.get_or_init(|| one.ready.range.holds(&facts));
    if matches!(truth, Truth::Open("unread_range" | "order" | "no_version"))
        && let Some(said) = as_written(asked, text, one.leaf)
    {
        truth = said;
    }
    if truth == Truth::Open("condition")
        && let Some(said) = on_system(text, one.leaf, asked)
    {
        truth = said;
    }
    if truth == Truth::Open("condition")
        && let Some(said) = under_condition(text, one.leaf, asked)
    {
        truth = said;
    }
    // `relays equipped with N100`, of a device that does not say so.
    if truth == Truth::Yes && !named.needs.is_empty() && named.needs.is_disjoint(&asked.named.words)
    {
        truth = Truth::Open("condition");
    }
    match named.serials.as_ref().map(|serials| serials.hold(facts.serial)) {
        Some(Truth::No) => return Answer::Silent,
        Some(Truth::Open(why)) if truth == Truth::Yes => truth = Truth::Open(why),
        _ => {}
    }
    if let Some(train) = &named.train {
        match train.holds(&facts) {
            // `GL150 V4.7` with `< V4.8 SP2`: the bound lies outside of the train.
            Truth::No if truth == Truth::Yes && is_outside(&one.ready.range, train) => {
                truth = Truth::Open("train");
            }
            Truth::No if is_near(train, asked) => return Answer::Outside,
            Truth::No => return Answer::Silent,
            Truth::Open(_) if truth == Truth::Yes && asked.version.is_none() => {
                truth = Truth::Open("no_version");
            }
            Truth::Open(why) if truth == Truth::Yes => truth = Truth::Open(why),
            _ => {}
        }
    }
    // `NMS V2.0` without a service pack, for `< V2.0 SP2`.
    if truth == Truth::Yes && asked.is_named && is_start(&one.ready.range, asked) {
        truth = Truth::Open("coarse");
    }
    if let Some(version) = &asked.version {
        let listed = truth;
        truth = with_remedies(one, truth, version, text, entry, asked);
        // A remedy that names this very version is not contradicted.
        if truth != Truth::No || listed == Truth::No {
            truth = with_text(one, truth, version, entry, asked);
        }
    }
    if truth == Truth::No && one.grade == Grade::I1 && is_far(&one.ready.range, asked) {
        truth = Truth::Open("needs_model");
    }
    let other = !named.variant.is_empty() && asked.has_variant();
    if other && named.variant.is_disjoint(&asked.named.words) {
        return Answer::Silent;
    }
    if !named.series.is_empty() && asked.series.is_empty() {
        truth = if truth == Truth::Yes { Truth::Open("needs_hardware") } else { truth };
    } else if !named.series.is_empty() && asked.series.is_disjoint(&named.series) {
        return Answer::Silent;
    }
    Answer::Of(truth)
}

/// The version is counted as those of the train: not `V2017.02` beside `V3`.
fn is_near(train: &Range, asked: &Asked) -> bool {
    let own = asked.version.as_ref().and_then(Version::major);
    own.zip(train.any_major()).is_some_and(|(own, train)| own.abs_diff(train) <= NEAR)
}

/// The version is far above the range: it may be counted in another way, as that of a part is.
fn is_far(range: &Range, asked: &Asked) -> bool {
    let top = range.upper().or_else(|| range.named().last()).and_then(Version::major);
    let own = asked.version.as_ref().and_then(Version::major);
    own.zip(top).is_none_or(|(own, top)| own > top.saturating_add(FAR))
}

/// The version is the beginning of the range's upper end, which has a service pack or the like.
fn is_start(range: &Range, asked: &Asked) -> bool {
    let own = asked.version.as_ref().filter(|version| !version.has_marks());
    // `Box V36.0` for `< V36.0.208`.
    let begins = |own: &Version, top: &Version| {
        top.depth() > own.depth() && top.start(own.depth()) == own.start(own.depth())
    };
    if range.upper().zip(own).is_some_and(|(top, own)| begins(own, top)) {
        return true;
    }
    let top = range.upper().and_then(Version::without_marks);
    top.zip(own)
        .is_some_and(|(top, own)| own.compare(&top, asked.notation) == Some(Ordering::Equal))
}

/// Single versions beside ranges of the same name: together they say all that is affected. Not so
/// where a maker writes the first affected version.
fn singles(said: &mut [Said], found: &[&Found<'_>], asked: &Asked) {
    let is_range = |one: &Said| {
        let range = found.iter().find(|f| f.leaf == one.leaf).map(|f| &f.ready.range);
        range.is_some_and(|range| match range.class() {
            Class::OneBound | Class::Bounds => !range.is_open_above(),
            Class::Exact => range.named().iter().any(Version::has_wildcard),
            _ => false,
        })
    };
    let spoken = said.iter().any(|one| one.truth == Truth::No && is_range(one));
    if !spoken || asked.vendors.contains("rockwell automation") {
        return;
    }
    for one in said.iter_mut() {
        if matches!(one.truth, Truth::Open("single_version" | "listed_versions")) {
            one.truth = Truth::No;
        }
    }
}

/// Leaves for variants of the hardware that is not known: where they disagree, or only one variant
/// is spoken of, it is open.
fn variants(said: &mut [Said], found: &[&Found<'_>], asked: &Asked) {
    let of = |leaf: usize| found.iter().find(|f| f.leaf == leaf).map(|f| &f.ready.named.variant);
    let all: Vec<_> = said.iter().filter_map(|s| of(s.leaf)).filter(|v| !v.is_empty()).collect();
    let Some(first) = all.first().copied() else { return };
    if !asked.named.words.is_disjoint(first) {
        return;
    }
    let one = all.len() == said.len() && all.iter().all(|v| *v == first);
    let named = first.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    let agree = said.windows(2).all(|pair| match pair {
        [a, b] => a.truth == b.truth,
        _ => true,
    });
    if agree && !(one && named) {
        return;
    }
    for one in said.iter_mut().filter(|s| s.truth != Truth::No || !agree) {
        one.truth = Truth::Open("hardware_lines");
    }
}

/// `2.5` to `3.11` beside `2018-1` to `2021-1`: of two scales, that of the device decides, where it
/// says that the version is in it or older.
fn scales(said: &mut Vec<Said>, found: &[&Found<'_>], asked: &Asked) {
    let Some(version) = &asked.version else { return };
    let range = |one: &Said| found.iter().find(|f| f.leaf == one.leaf).map(|f| &f.ready.range);
    let decides = |one: &Said| match one.truth {
        Truth::Yes => true,
        Truth::No => range(one).is_some_and(|range| {
            let first = range.first().filter(|_| range.class() == Class::Bounds);
            let order = first.and_then(|first| version.compare(first, asked.notation));
            order == Some(Ordering::Less)
        }),
        Truth::Open(_) => false,
    };
    if said.iter().any(decides) {
        let other = |one: &Said| {
            one.truth == Truth::Open("order")
                && range(one)
                    .and_then(|range| range.first())
                    .is_some_and(|first| first.is_year() != version.is_year())
        };
        said.retain(|one| !other(one));
    }
}

/// Leaves of one name that only their order numbers tell apart, and the device's is not known:
/// where they disagree, it is open which of them it is.
fn numbers(said: &mut [Said], found: &[&Found<'_>], asked: &Asked) {
    let numbered =
        |one: &Said| found.iter().any(|f| f.leaf == one.leaf && !f.ready.named.numbers.is_empty());
    let yes = said.iter().any(|one| one.truth == Truth::Yes);
    let no = said.iter().any(|one| one.truth == Truth::No);
    let unknown = asked.named.numbers.is_empty() && said.len() >= 2;
    if unknown && yes && no && said.iter().all(numbered) {
        for one in said.iter_mut() {
            one.truth = Truth::Open("needs_model");
        }
    }
}

/// Parts of what the device says that disagree leave it open which of them it has.
fn parts(said: &mut [Said]) {
    let agree = said.windows(2).all(|pair| matches!(pair, [a, b] if a.truth == b.truth));
    if !agree {
        for one in said.iter_mut().filter(|one| one.part && !matches!(one.truth, Truth::Open(_))) {
            one.truth = Truth::Open("needs_model");
        }
    }
}

/// The bound of a range is no version of the train.
fn is_outside(range: &Range, train: &Range) -> bool {
    let of = |version| Facts { version: Some(version), ..Facts::default() };
    range.upper().is_some_and(|upper| train.holds(&of(upper)) == Truth::No)
}

/// Several upper bounds for one name: of different branches, each counts within its own; of one
/// branch, they are of different hardware, and the device is one of them.
fn branches(said: &mut [Said], found: &[&Found<'_>], text: &Advisory, asked: &Asked) {
    let Some(version) = &asked.version else { return };
    let upper =
        |leaf: usize| found.iter().find(|f| f.leaf == leaf).and_then(|f| f.ready.range.upper());
    let bounds: Vec<&Version> = said.iter().filter_map(|s| upper(s.leaf)).collect();
    if bounds.len() < 2 || bounds.len() != said.len() {
        return;
    }
    // Releases are told apart by the first number, or else by the first two: `R520.1`, `R520.2`.
    let keys = |depth: usize| {
        let mut keys: Vec<Vec<u64>> = bounds.iter().map(|b| b.start(depth)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    // What stands behind the release must be there: `5.008` and `5.028` are no releases.
    // The oldest release may end with itself: `6.07.02` beside `6.08.01.592`.
    let deep = |depth: usize| {
        let oldest = bounds.iter().map(|bound| bound.start(depth)).min();
        let short = bounds.iter().filter(|b| b.depth() <= depth && !b.has_marks());
        let short: Vec<_> = short.map(|bound| Some(bound.start(depth))).collect();
        short.is_empty() || (depth == 3 && short.len() == 1 && short.first() == Some(&oldest))
    };
    let split = [1, 2, 3].into_iter().filter(|depth| deep(*depth));
    let split: Vec<_> = split.map(|depth| (depth, keys(depth))).collect();
    if let Some((depth, keys)) = split.into_iter().find(|(_, keys)| keys.len() == bounds.len()) {
        let release = version.start(depth);
        let own = keys.contains(&release);
        let below = keys.first().is_some_and(|low| release < *low)
            || (depth > 1
                && keys
                    .iter()
                    .find(|key| key.get(..depth - 1) == release.get(..depth - 1))
                    .is_some_and(|low| release < *low));
        for one in said.iter_mut() {
            let same = upper(one.leaf).map(|bound| bound.start(depth)) == Some(release.clone());
            one.truth = match one.truth {
                Truth::Yes if own && !same => Truth::No,
                Truth::Yes if !own && !below => Truth::Open("branch"),
                other => other,
            };
        }
    } else if said.iter().any(|s| s.truth == Truth::Yes)
        && said.iter().any(|s| s.truth == Truth::No)
        && !are_one(said, found, text)
    {
        for one in said.iter_mut() {
            one.truth = Truth::Open("hardware_lines");
        }
    }
}

/// Nothing tells the leaves apart but their ranges: what is in one is affected.
fn are_one(said: &[Said], found: &[&Found<'_>], text: &Advisory) -> bool {
    let leaf = |one: &Said| text.leaves.get(one.leaf);
    let named = |one: &Said| {
        leaf(one)
            .map(|leaf| (&leaf.product, &leaf.orders, leaf.full.rsplit_once(": ").map(|p| p.0)))
    };
    let plain = |one: &Said| {
        found.iter().find(|f| f.leaf == one.leaf).is_some_and(|f| {
            let named = &f.ready.named;
            named.numbers.is_empty()
                && named.serials.is_none()
                && named.variant.is_empty()
                && named.series.is_empty()
        })
    };
    said.windows(2).all(|pair| matches!(pair, [a, b] if named(a) == named(b)))
        && said.iter().all(plain)
}

struct Decided {
    verdict: Verdict,
    grade: Grade,
    leaf: usize,
    against: Option<usize>,
    reason: &'static str,
}

fn decide(affected: &[Said], spared: &[Said], open: &[Said]) -> Option<Decided> {
    let first =
        |list: &[Said], wanted: fn(Truth) -> bool| list.iter().copied().find(|s| wanted(s.truth));
    let is_yes = |t| t == Truth::Yes;
    let is_open = |t| matches!(t, Truth::Open(_));
    let hit = first(affected, is_yes);
    let safe = first(spared, is_yes);
    let made = |verdict, said: Said, against: Option<Said>, reason| {
        // A name that says more than is known of the device decides nothing; but a version that
        // is in no range is in none, whichever of the products it is.
        let vague = said.rank.0 == Grade::I1 && reason != "out_of_range";
        let (verdict, reason) =
            if vague { (Verdict::Undetermined, "needs_model") } else { (verdict, reason) };
        Some(Decided {
            verdict,
            grade: said.rank.0,
            leaf: said.leaf,
            against: against.map(|s| s.leaf),
            reason,
        })
    };
    match (hit, safe) {
        (Some(hit), Some(safe)) if hit.rank > safe.rank => {
            return made(Verdict::Affected, hit, Some(safe), "in_range");
        }
        (Some(hit), Some(safe)) if hit.rank < safe.rank => {
            return made(Verdict::NotAffected, safe, Some(hit), "stated");
        }
        (Some(hit), Some(safe)) => {
            return made(Verdict::Undetermined, hit, Some(safe), "contradiction");
        }
        (None, Some(safe)) => {
            let better = affected.iter().find(|s| is_open(s.truth) && s.rank > safe.rank);
            return match better {
                Some(said) => made(Verdict::Undetermined, *said, Some(safe), reason_of(said.truth)),
                None => made(Verdict::NotAffected, safe, None, "stated"),
            };
        }
        (Some(hit), None) => return made(Verdict::Affected, hit, None, "in_range"),
        (None, None) => {}
    }
    if let Some(said) = first(affected, is_open) {
        return made(Verdict::Undetermined, said, None, reason_of(said.truth));
    }
    if let Some(said) = affected.iter().max_by_key(|said| said.rank) {
        return made(Verdict::NotAffected, *said, None, "out_of_range");
    }
    if let Some(said) = open.first() {
        return made(Verdict::Undetermined, *said, None, "under_investigation");
    }
    None
}

fn reason_of(truth: Truth) -> &'static str {
    match truth {
        Truth::Open(why) => why,
        Truth::Yes => "in_range",
        Truth::No => "out_of_range",
    }
}
