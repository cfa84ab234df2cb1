//! From leaves that name a device to a verdict per CVE.

use super::index::Found;
use super::{Asked, Grade, Match, Verdict};
use crate::advisory::{Advisory, Entry, Remedy, RemedyKind};
use crate::version::{Class, Facts, Range, Truth, Version};
use std::cmp::Ordering;
use std::collections::BTreeSet;

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
    let mut matches = Vec::new();
    for (number, entry) in text.entries.iter().enumerate() {
        let of = |list: &[u32]| -> Vec<&Found<'_>> {
            found.iter().filter(|f| list.binary_search(&vocab::sat_u32(f.leaf)).is_ok()).collect()
        };
        let affected = say(&of(&entry.affected), text, entry, asked);
        let spared = say(&[of(&entry.not_affected), of(&entry.fixed)].concat(), text, entry, asked);
        let open = say(&of(&entry.open), text, entry, asked);
        if let Some(decided) = decide(&affected, &spared, &open) {
            let range = found.iter().find(|f| f.leaf == decided.leaf).map(|f| &*f.ready.range);
            let fixed = range.and_then(|range| fix_of(range, entry, decided.leaf, asked));
            matches.push(Match {
                advisory,
                entry: number,
                verdict: decided.verdict,
                grade: decided.grade,
                leaf: decided.leaf,
                against: decided.against,
                fixed,
                reason: decided.reason,
            });
        }
    }
    matches
}

/// What each leaf says. Leaves whose name excludes the device say nothing.
fn say(found: &[&Found<'_>], text: &Advisory, entry: &Entry, asked: &Asked) -> Vec<Said> {
    let facts = Facts {
        version: asked.version.as_ref(),
        serial: asked.serial.as_deref(),
        notation: asked.notation,
    };
    let mut said: Vec<Said> = Vec::new();
    let mut outside: Vec<Said> = Vec::new();
    for one in found {
        if !one.ready.only.is_empty() && !one.ready.only.contains(&entry.cve) {
            continue;
        }
        let mut truth = one.ready.range.holds(&facts);
        if matches!(truth, Truth::Open("unread_range" | "order"))
            && is_written(asked, text, one.leaf)
        {
            truth = Truth::Yes;
        }
        match one.ready.named.serials.as_ref().map(|serials| serials.hold(facts.serial)) {
            Some(Truth::No) => continue,
            Some(Truth::Open(why)) if truth == Truth::Yes => truth = Truth::Open(why),
            _ => {}
        }
        if let Some(train) = &one.ready.named.train {
            match train.holds(&facts) {
                // `GL150 V4.7` with `< V4.8 SP2`: the bound lies outside of the train.
                Truth::No if truth == Truth::Yes && is_outside(&one.ready.range, train) => {
                    truth = Truth::Open("train");
                }
                Truth::No => {
                    outside.push(Said {
                        leaf: one.leaf,
                        rank: (one.grade, one.weight),
                        truth: Truth::No,
                        part: one.part,
                    });
                    continue;
                }
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
            truth = with_remedies(one, truth, version, text, entry, asked);
        }
        let variant = &one.ready.named.variant;
        let is_other_variant = !variant.is_empty() && asked.has_variant();
        if is_other_variant && variant.is_disjoint(&asked.named.words) {
            continue;
        }
        if !one.ready.named.series.is_empty() {
            if asked.series.is_empty() {
                truth = match truth {
                    Truth::Yes => Truth::Open("needs_hardware"),
                    other => other,
                };
            } else if asked.series.is_disjoint(&one.ready.named.series) {
                continue;
            }
        }
        let rank = (one.grade, one.weight);
        said.push(Said { leaf: one.leaf, rank, truth, part: one.part });
    }
    // All are of other versions than the device's.
    if said.is_empty() {
        outside.retain(|one| one.rank.0 >= Grade::I3);
        said = outside;
    }
    let Some(best) = said.iter().map(|s| s.rank).max() else { return said };
    // The most specific leaves decide; of names that say more than the device, all count.
    said.retain(|s| s.rank == best || (best.0 == Grade::I1 && s.rank.0 == Grade::I1));
    singles(&mut said, found, asked);
    branches(&mut said, found, text, asked);
    parts(&mut said);
    numbers(&mut said, found, asked);
    variants(&mut said, found, asked);
    said
}

/// The version is the beginning of the range's upper end, which has a service pack or the like.
fn is_start(range: &Range, asked: &Asked) -> bool {
    let top = range.upper().and_then(Version::without_marks);
    let own = asked.version.as_ref().filter(|version| !version.has_marks());
    top.zip(own)
        .is_some_and(|(top, own)| own.compare(&top, asked.notation) == Some(Ordering::Equal))
}

/// The device's version is written as the leaf's.
fn is_written(asked: &Asked, text: &Advisory, leaf: usize) -> bool {
    let squeezed = super::parts::squeezed;
    let own = asked.version.as_ref().map(|version| squeezed(version.text()));
    let named = text.leaves.get(leaf).map(|leaf| squeezed(&leaf.range));
    let hardware = asked.hardware.as_deref().map(squeezed);
    let same = |own: Option<String>| own.is_some_and(|own| own.len() >= 3 && Some(own) == named);
    same(own) || same(hardware)
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

/// Where a leaf alone does not say enough, its remedies are asked.
fn with_remedies(
    one: &Found<'_>,
    truth: Truth,
    version: &Version,
    text: &Advisory,
    entry: &Entry,
    asked: &Asked,
) -> Truth {
    let range = &one.ready.range;
    // What cannot be put in order may still be the very version that a remedy names.
    if matches!(truth, Truth::Open("order" | "coarse" | "unread_range"))
        && is_a_fix(version, entry, one.leaf, asked)
    {
        return Truth::No;
    }
    // `<= 3.42` with the fix 3.5.0.11 of the only product: the very version that mends it.
    if truth == Truth::Yes
        && range.upper().is_some_and(|top| top.text() != version.text())
        && text.leaves.windows(2).all(|pair| matches!(pair, [a, b] if a.product == b.product))
        && fixes(entry, one.leaf).any(|fix| is_text(fix, version))
    {
        return Truth::No;
    }
    let fixed = || is_fixed(version, range, entry, one.leaf, asked);
    if truth == Truth::Yes
        && (range.is_open_above_for(version, asked.notation) || range.has_coarse_top())
    {
        // `>= V34.011` with "update to V34.014": the fix ends the range. "All versions" with a
        // fix contradicts itself.
        return match fixed() {
            // The fixes of other products stand among many, or the version lies below the open end.
            Some(true) if has_other_fixes(version, range, entry, one.leaf) => truth,
            Some(true) if range.class() != Class::All => Truth::No,
            Some(true) if is_own_remedy(entry, one.leaf) => Truth::Open("contradiction"),
            _ => truth,
        };
    }
    if matches!(truth, Truth::No | Truth::Open("coarse"))
        && !range.named().is_empty()
        && !range.named().iter().any(Version::has_wildcard)
    {
        let is_fix = is_a_fix(version, entry, one.leaf, asked);
        let fixed = if is_fix { Some(true) } else { fixed() };
        return single(range.named(), version, text, fixed, truth, asked);
    }
    truth
}

/// Written alike, but for a letter in front.
fn is_text(fix: &str, version: &Version) -> bool {
    let bare = |text: &str| text.trim_start_matches(['v', 'V', ' ']).to_lowercase();
    let (fix, own) = (bare(fix), bare(version.text()));
    own.matches('.').count() >= 2 && fix == own
}

/// A remedy names this version.
fn is_a_fix(version: &Version, entry: &Entry, leaf: usize, asked: &Asked) -> bool {
    fixes(entry, leaf)
        .filter_map(Version::read)
        .any(|fix| version.compare(&fix, asked.notation) == Some(Ordering::Equal))
}

/// Remedies name versions of other products too: many and none of this branch, though no update
/// does; or several of this branch where the range has an end below its open one.
fn has_other_fixes(version: &Version, range: &Range, entry: &Entry, leaf: usize) -> bool {
    let is_update = |r: &Remedy| r.kind == RemedyKind::Fix && !r.versions.is_empty();
    let all: BTreeSet<&str> = fixes(entry, leaf).collect();
    let majors = all.iter().filter_map(|fix| Version::read(fix)?.major());
    let own = majors.filter(|major| Some(*major) == version.major()).count();
    let many = all.len() > 3 && own == 0 && !entry.remedies.iter().any(is_update);
    many || (range.class() == Class::Bounds && own != 1)
}

/// The remedy that names a version is for few products: the version is this one's.
fn is_own_remedy(entry: &Entry, leaf: usize) -> bool {
    let leaf = vocab::sat_u32(leaf);
    let named =
        entry.remedies.iter().filter(|r| !r.versions.is_empty() && r.leaves.contains(&leaf));
    named.map(|r| r.leaves.len()).min().is_some_and(|leaves| leaves <= 1)
}

/// A leaf that names single versions says nothing for certain of others, unless the remedy does,
/// or its maker means just these.
fn single(
    named: &[Version],
    version: &Version,
    text: &Advisory,
    fixed: Option<bool>,
    truth: Truth,
    asked: &Asked,
) -> Truth {
    if fixed == Some(true) {
        return Truth::No;
    }
    if asked.vendors.contains("siemens") {
        return truth;
    }
    // Rockwell writes the first affected version: up to the fix, all are.
    if let ([first], true) = (named, asked.vendors.contains("rockwell automation"))
        && text.released.as_str() >= "2023"
    {
        return match (version.compare(first, asked.notation), fixed) {
            // `16.20` may be the `16.20.00001` that is named.
            (Some(Ordering::Less), _)
                if version.depth() >= 2 && version.start(2) == first.start(2) =>
            {
                Truth::Open("single_version")
            }
            (Some(Ordering::Less), _) => Truth::No,
            (Some(Ordering::Greater), Some(false)) => Truth::Yes,
            _ => Truth::Open("single_version"),
        };
    }
    Truth::Open(if named.len() > 1 { "listed_versions" } else { "single_version" })
}

/// The version has the fix of its branch, or is newer than all fixed branches; `None` where the
/// remedies do not say.
fn is_fixed(
    version: &Version,
    range: &Range,
    entry: &Entry,
    leaf: usize,
    asked: &Asked,
) -> Option<bool> {
    let mut fixes: Vec<Version> = fixes(entry, leaf).filter_map(Version::read).collect();
    // What is not above the first affected version is another product's, or no fix.
    if let Some(first) = range.first() {
        fixes.retain(|fix| fix.compare(first, asked.notation) == Some(Ordering::Greater));
    }
    let at_least =
        |fix: &Version| version.compare(fix, asked.notation).map(|order| order != Ordering::Less);
    let own = fixes.iter().filter(|fix| fix.major() == version.major());
    let own: Vec<&Version> = own.collect();
    match (own.as_slice(), fixes.as_slice()) {
        ([], []) => None,
        ([fix], _) => at_least(fix),
        ([], [fix]) => at_least(fix),
        ([], all) => {
            let major = version.major()?;
            let newest = all.iter().filter_map(Version::major).max()?;
            let oldest = all.iter().filter_map(Version::major).min()?;
            if major > newest {
                Some(true)
            } else if major < oldest {
                Some(false)
            } else {
                None
            }
        }
        // Several fixes of one branch are of different products.
        (own, _) => {
            let answers: Vec<Option<bool>> = own.iter().map(|fix| at_least(fix)).collect();
            let first = answers.first().copied().flatten();
            answers.iter().all(|answer| *answer == first).then_some(first).flatten()
        }
    }
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

/// The versions that remedies for a leaf name as good; those of updates first, others only where
/// there are none.
fn fixes(entry: &Entry, leaf: usize) -> impl Iterator<Item = &str> {
    let leaf = vocab::sat_u32(leaf);
    let for_leaf = move |r: &&Remedy| r.leaves.is_empty() || r.leaves.contains(&leaf);
    let of = |fix: bool| entry.remedies.iter().filter(move |r| (r.kind == RemedyKind::Fix) == fix);
    let updates = of(true).filter(for_leaf).any(|r| !r.versions.is_empty());
    of(updates).filter(for_leaf).flat_map(|r| r.versions.iter().map(String::as_str))
}

/// The version that fixes a leaf: what its range says, else what the remedy says for the branch.
fn fix_of(range: &Range, entry: &Entry, leaf: usize, asked: &Asked) -> Option<String> {
    if let Some(version) = range.fixed_at_for(asked.version.as_ref()) {
        return Some(version.text().to_uppercase());
    }
    let texts: Vec<&str> = fixes(entry, leaf).collect();
    let major = asked.version.as_ref().and_then(Version::major);
    let own = |text: &&&str| {
        let fix = Version::read(text);
        major.is_some() && fix.as_ref().and_then(Version::major) == major
    };
    match texts.as_slice() {
        [only] => Some((*only).to_owned()),
        list => list.iter().find(own).map(|text| (*text).to_owned()),
    }
}
