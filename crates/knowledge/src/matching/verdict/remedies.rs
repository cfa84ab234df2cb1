//! What remedies say where a leaf alone does not say enough.

use super::super::Asked;
use super::Found;
use crate::advisory::{Advisory, Entry, Remedy, RemedyKind};
use crate::version::{Class, Facts, Range, Truth, Version};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Where a leaf alone does not say enough, its remedies are asked.
pub(super) fn with_remedies(
    one: &Found<'_>,
    truth: Truth,
    version: &Version,
    text: &Advisory,
    entry: &Entry,
    asked: &Asked,
) -> Truth {
    let range = &one.ready.range;
    // `< 8.1.8` with the fix 8.1.9: whether 8.1.8 is in is told in two ways.
    if truth == Truth::No
        && range.excludes(version, asked.notation)
        && is_below_all(version, text, entry, one.leaf, asked)
    {
        return Truth::Open("bound");
    }
    // What cannot be put in order may still be the very version that a remedy names.
    if matches!(truth, Truth::Open("order" | "coarse" | "unread_range"))
        && is_a_fix(version, entry, one.leaf, asked)
    {
        return Truth::No;
    }
    if truth == Truth::Yes
        && let Some(told) = by_name(version, range, text, entry, one.leaf)
    {
        return told;
    }
    let fixed = || is_fixed(version, range, entry, one.leaf, asked);
    // `10 | 11` with "version 10 with patch 10.1.5": all of 10 that is older.
    if truth == Truth::Open("coarse")
        && range
            .named()
            .iter()
            .any(|one| one.is_coarse() && !one.is_year() && one.major() == version.major())
        && read_fixes(entry, one.leaf).any(|fix| fix.major() == version.major())
        && fixed() == Some(false)
    {
        return Truth::Yes;
    }
    // `<= 20.12` of 20.12.3: the fix tells, or what is named stands for all that begins so.
    if truth == Truth::Open("coarse")
        && let Some(top) = range.upper()
        && version.depth() > top.depth()
    {
        return match fixed() {
            Some(true) => Truth::No,
            Some(false) => Truth::Yes,
            None if top.is_coarse() => Truth::Yes,
            None => truth,
        };
    }
    if truth == Truth::Yes
        && (range.is_open_above_for(version, asked.notation) || range.has_coarse_top())
    {
        // `>= V34.011` with "update to V34.014": the fix ends the range. "All versions" with a
        // fix contradicts itself.
        return match fixed() {
            // The fixes of other products stand among many, or the version lies below the open end.
            Some(true) if has_other_fixes(version, range, entry, one.leaf) => truth,
            // `> 1.5` and nothing above: likely turned round, and the fix ends nothing.
            Some(true) if range.is_only_above() => Truth::Open("contradiction"),
            Some(true) if range.class() != Class::All => Truth::No,
            // The update of this product, or of all that the advisory names.
            Some(true) if is_plain(one, text, entry) => Truth::No,
            Some(true) if is_own_remedy(entry, one.leaf) => Truth::Open("contradiction"),
            // Siemens writes its lists itself: what is affected in all versions is.
            Some(true)
                if has_one_fix(entry, one.leaf)
                    && is_a_fix(version, entry, one.leaf, asked)
                    && !asked.vendors.contains("siemens") =>
            {
                Truth::Open("contradiction")
            }
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

/// All that the remedies name is above a version, and of its branch. Siemens writes its ranges
/// itself and names the newest version as the one to update to.
fn is_below_all(
    version: &Version,
    text: &Advisory,
    entry: &Entry,
    leaf: usize,
    asked: &Asked,
) -> bool {
    let all: Vec<&Version> = read_fixes(entry, leaf).collect();
    let mut own: Vec<&Version> =
        all.iter().copied().filter(|fix| fix.major() == version.major()).collect();
    // The one update of the only product may be of the next number.
    let one = text.is_on_one_product();
    if own.is_empty() && all.len() == 1 && one {
        own = all;
    }
    let mut all = own.iter().peekable();
    all.peek().is_some()
        && !asked.vendors.contains("siemens")
        && all.all(|fix| {
            // `4.1.1712` is the 4.1 that is meant.
            let goes_on = |fix: &Version| {
                fix.depth() > version.depth()
                    && fix.start(version.depth()) == version.start(version.depth())
            };
            version.compare(fix, asked.notation) == Some(Ordering::Less) && !goes_on(fix)
        })
}

/// What the text of the CVE says where the list is the same for all: where it says that the CVE is
/// in these alone, or tells apart what is listed, it decides; else it is open.
pub(super) fn with_text(
    one: &Found<'_>,
    truth: Truth,
    version: &Version,
    entry: &Entry,
    asked: &Asked,
) -> Truth {
    let leaf = vocab::sat_u32(one.leaf);
    let Some(told) = entry.told.iter().find(|told| told.leaves.contains(&leaf)) else {
        return truth;
    };
    let facts = Facts { version: Some(version), serial: None, notation: asked.notation };
    let range = Range::read(&told.range);
    let plain = told.only || told.exact || one.ready.range.class() == Class::All;
    match (truth, range.holds(&facts)) {
        // The very end of it is in the list, and not in the text.
        (Truth::Yes, Truth::No) if plain && !range.excludes(version, asked.notation) => Truth::No,
        (Truth::Yes, Truth::No) => Truth::Open("contradiction"),
        (Truth::Open("single_version" | "listed_versions"), Truth::No)
            if told.only || told.exact =>
        {
            Truth::No
        }
        (Truth::No, Truth::Yes) if !told.exact => Truth::Open("contradiction"),
        (Truth::Open("single_version" | "listed_versions" | "unread_range"), Truth::Yes) => {
            Truth::Yes
        }
        _ => truth,
    }
}

/// Written alike, but for a letter in front.
fn is_text(fix: &str, version: &Version) -> bool {
    let bare = |text: &str| text.trim_start_matches(['v', 'V', ' ']).to_lowercase();
    let (fix, own) = (bare(fix), bare(version.text()));
    own.matches('.').count() >= 2 && fix == own
}

/// `<= 3.42` with the fix 3.5.0.11: the very version that mends it.
fn by_name(
    version: &Version,
    range: &Range,
    text: &Advisory,
    entry: &Entry,
    leaf: usize,
) -> Option<Truth> {
    let mut listed = range.upper().into_iter().chain(range.named());
    let is_other = !listed.any(|own| own.text() == version.text());
    if range.class() == Class::All || !is_other || !names_fix(version, range, text, entry, leaf) {
        return None;
    }
    // `12.2.8.400` of `< 12.2.8.410`: a fix right below another is told in two ways.
    let depth = version.depth();
    let doubtful = range.fixed_at().is_some_and(|top| {
        depth >= 3 && top.depth() == depth && top.start(depth - 1) == version.start(depth - 1)
    });
    Some(if doubtful { Truth::Open("contradiction") } else { Truth::No })
}

/// A remedy names the version as it is written, for leaves of one range or of the only product.
fn names_fix(
    version: &Version,
    range: &Range,
    text: &Advisory,
    entry: &Entry,
    leaf: usize,
) -> bool {
    let one = text.is_on_one_product();
    let at = vocab::sat_u32(leaf);
    let of = |at: &u32| text.leaves.get(*at as usize).map(|leaf| &leaf.range);
    let shared = || {
        let own = entry.remedies.iter().filter(|r| r.leaves.contains(&at));
        own.filter(|r| r.versions.iter().any(|fix| is_marked(fix, version)))
            .all(|r| r.leaves.iter().all(|other| of(other) == of(&at)))
    };
    let marked = fixes(entry, leaf).any(|fix| is_marked(fix, version));
    let plain =
        range.class() == Class::OneBound && fixes(entry, leaf).any(|fix| is_text(fix, version));
    plain && one || marked && (one || shared())
}

/// Written alike, with a build, a letter or the like: `6.0.3.2 RU1`, `R5.04.B2`.
fn is_marked(fix: &str, version: &Version) -> bool {
    let squeezed = super::super::parts::squeezed;
    let (fix, own) = (squeezed(fix), squeezed(version.text()));
    let bare = |text: &str| text.trim_start_matches('v').to_owned();
    let letters = own.chars().skip(1).any(char::is_alphabetic);
    letters && own.len() >= 5 && bare(&fix) == bare(&own)
}

/// A remedy names this version.
fn is_a_fix(version: &Version, entry: &Entry, leaf: usize, asked: &Asked) -> bool {
    read_fixes(entry, leaf).any(|fix| version.compare(fix, asked.notation) == Some(Ordering::Equal))
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

/// One version is named to update to.
fn has_one_fix(entry: &Entry, leaf: usize) -> bool {
    fixes(entry, leaf).collect::<BTreeSet<_>>().len() == 1
}

/// One version is named to update to, for leaves of one name: by an update, or where there is no
/// other name.
fn is_plain(one: &Found<'_>, text: &Advisory, entry: &Entry) -> bool {
    let leaf = vocab::sat_u32(one.leaf);
    let product = |at: &u32| text.leaves.get(*at as usize).map(|leaf| &leaf.product);
    let own = product(&leaf);
    let mut named = entry.remedies.iter().filter(|r| !r.versions.is_empty() && r.is_for(leaf));
    let is_one = text.is_on_one_product();
    let of_one = |r: &Remedy| {
        is_one || r.kind == RemedyKind::Fix && r.leaves.iter().all(|at| product(at) == own)
    };
    has_one_fix(entry, one.leaf) && named.all(of_one)
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
    let mut fixes: Vec<&Version> = read_fixes(entry, leaf).collect();
    // What is not above the first affected version is another product's, or no fix.
    if let Some(first) = range.first() {
        fixes.retain(|fix| fix.compare(first, asked.notation) == Some(Ordering::Greater));
    }
    let at_least =
        |fix: &Version| version.compare(fix, asked.notation).map(|order| order != Ordering::Less);
    let own = fixes.iter().copied().filter(|fix| fix.major() == version.major());
    let own: Vec<&Version> = own.collect();
    match (own.as_slice(), fixes.as_slice()) {
        ([], []) => None,
        ([fix], _) | ([], [fix]) => at_least(fix),
        ([], all) => {
            let major = version.major()?;
            let newest = all.iter().filter_map(|fix| fix.major()).max()?;
            let oldest = all.iter().filter_map(|fix| fix.major()).min()?;
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

/// The versions that remedies for a leaf name as good; those of updates first, others only where
/// there are none.
fn fixes(entry: &Entry, leaf: usize) -> impl Iterator<Item = &str> {
    fixing(entry, leaf).flat_map(|r| r.versions.iter().map(String::as_str))
}

/// The same in the form that compares.
fn read_fixes(entry: &Entry, leaf: usize) -> impl Iterator<Item = &Version> {
    fixing(entry, leaf).flat_map(Remedy::read)
}

/// The remedies for a leaf that count.
fn fixing(entry: &Entry, leaf: usize) -> impl Iterator<Item = &Remedy> {
    let leaf = vocab::sat_u32(leaf);
    let for_leaf = move |r: &&Remedy| r.is_for(leaf);
    let of = |fix: bool| entry.remedies.iter().filter(move |r| (r.kind == RemedyKind::Fix) == fix);
    let updates = of(true).filter(|r| !r.versions.is_empty()).any(|r| r.is_for(leaf));
    of(updates).filter(for_leaf)
}

/// The version that fixes a leaf: what its range says, else what the remedy says for the branch.
pub(super) fn fix_of(range: &Range, entry: &Entry, leaf: usize, asked: &Asked) -> Option<String> {
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
