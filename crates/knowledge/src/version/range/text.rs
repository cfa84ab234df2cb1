//! Whole expressions: what is around the comparisons.

use super::atom::{self, Atom};
use super::{Bound, Interval, Kind, Range};
use crate::version::date::MONTHS;

/// Longest expression that is read.
const TEXT_MAX: usize = 400;
/// Most comparisons of one expression.
const ATOMS_MAX: usize = 64;

/// Words that say that a range holds only under a condition.
const CONDITIONS: [&str; 20] = [
    " with ",
    " without ",
    " when ",
    " if ",
    " only ",
    "only ",
    " using ",
    "installed",
    " where ",
    " unless ",
    " running ",
    " shipped",
    " manufactured",
    " except",
    " excluding",
    " utilizes ",
    " function state ",
    " c++ ",
    " in default",
    " in non",
];

pub(super) fn read(text: &str) -> Range {
    let unread = Range::plain(Kind::Unread);
    if text.len() > TEXT_MAX {
        return unread;
    }
    let text = simple(text);
    if let Some(range) = super::scales::read(&text) {
        return range;
    }
    // `< 12.4 (firmware 1.46)`: a device tells the second.
    let text = match text.split_once(" (firmware ") {
        Some((head, rest)) if head.starts_with(['<', '>']) => {
            let end = head.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            format!("{}{}", head.get(..end).unwrap_or(""), rest.trim_end_matches(')'))
        }
        _ => text,
    };
    let text = without_dates(&text);
    if let Some(kind) = serial(&text).or_else(|| date(&text)) {
        // `< april/17/2023`: a day that compares with days.
        let days = Range::plain(comparisons(&text).unwrap_or(Kind::Unread));
        let is_days = kind == Kind::Date && days.class() == super::Class::Date;
        return if is_days { days } else { Range::plain(kind) };
    }
    let open_at_end = text.contains(" with ");
    let (text, conditional) = without_conditions(without_owner(&text));
    let rest = without_all(&text);
    let kind = match rest {
        Rest::All => Some(Kind::All),
        // `versions prior to 3.2`, in words throughout.
        Rest::Of(rest) => {
            comparisons(rest).or_else(|| comparisons(&super::words::whole(rest)?.range))
        }
    };
    kind.map_or(unread, |kind| Range { conditional, open_at_end, ..Range::plain(kind) })
}

/// Lower case, without the scheme, underscores between words as blanks.
fn simple(text: &str) -> String {
    let mut text = text.trim().to_lowercase();
    if text.contains(['\u{a0}', '\t', '\n', '{', '}']) {
        text = text.replace(['\u{a0}', '\t', '\n'], " ").replace('{', "(").replace('}', ")");
    }
    for scheme in ["vers:all/", "vers:generic/", "vers:intdot/"] {
        if let Some(rest) = text.strip_prefix(scheme) {
            text = rest.to_owned();
        }
    }
    if text.contains('_') {
        text = without_underscores(&text);
    }
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return text.trim().trim_end_matches([',', ';']).to_owned();
    }
    // `9.3.0 - but not including 9.3.8`
    for words in ["- but not including ", "up to but not including ", "but not including "] {
        text = text.replace(words, "< ");
    }
    for words in [
        " affected only by",
        " including hotfixes",
        " including all hotfixes",
        " including patches",
        " and all hotfixes",
    ] {
        text = text.replace(words, "");
    }
    // `2019 SPI`: a one that was written as a letter.
    if let Some(year) = text.strip_suffix(" spi") {
        text = format!("{year} sp1");
    }
    // `2.0.3 (including) and 2.0.6 (excluding)`.
    if text.contains("(including) and ") && !text.contains("between") {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let head = text.get(..start).unwrap_or("").trim_end_matches(['v', 'V']);
        if head.trim_start_matches("all versions").trim().is_empty() {
            text = format!("between {}", text.get(head.len()..).unwrap_or(""));
        }
    }
    // `9.x model 35700BAX3`, `2404267 version 1.x`: the model beside the version.
    if let Some((version, _)) = text.split_once(" model ")
        && version.starts_with(|c: char| c.is_ascii_digit() || c == 'v')
    {
        text = version.to_owned();
    }
    if let Some((number, version)) = text.split_once(" version ") {
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits >= 6 && !number.contains('.') {
            text = version.to_owned();
        }
    }
    text.trim().trim_end_matches([',', ';']).to_owned()
}

/// Underscores as blanks, but for those between digits.
fn without_underscores(text: &str) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in bytes.iter().enumerate() {
        let digit =
            |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(char::is_ascii_digit);
        let between_digits = digit(at.checked_sub(1)) && digit(Some(at + 1));
        out.push(if *c == '_' && !between_digits { ' ' } else { *c });
    }
    out
}

/// `< 6.3 of the box`: whose version it is, behind it.
fn without_owner(text: &str) -> &str {
    match text.split_once(" of ") {
        Some((head, rest))
            if head.starts_with(['<', '>'])
                && head.ends_with(|c: char| c.is_ascii_digit())
                && !rest.contains(|c: char| c.is_ascii_digit()) =>
        {
            head
        }
        _ => text,
    }
}

/// `<= 4.1 | < january 20 2017`: the version says it, and the day of its release says it again.
fn without_dates(text: &str) -> String {
    let parts: Vec<&str> = text.split(" | ").collect();
    let kept: Vec<&str> = parts.iter().copied().filter(|part| date(part).is_none()).collect();
    let says = kept.iter().any(|part| part.contains(|c: char| c.is_ascii_digit()));
    if says && kept.len() < parts.len() { kept.join(" | ") } else { text.to_owned() }
}

/// Takes away remarks in brackets and conditions; says whether there was a condition.
fn without_conditions(text: &str) -> (String, bool) {
    let mut text = text.to_owned();
    let mut conditional = false;
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|t| t.find(" (")).map(|at| at + from) {
        let close =
            text.get(open..).and_then(|t| t.find(')')).map_or(text.len(), |at| open + at + 1);
        let inside = text.get(open + 2..close.saturating_sub(1)).unwrap_or("").to_owned();
        // `3.5 (12)`: a number of the version.
        if (1..=4).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_digit()) {
            from = close;
            continue;
        }
        // `2.0 (gold build 683.0)`: the build counts.
        if let Some((_, number)) = inside.rsplit_once("build ")
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        {
            text.replace_range(open..close, &format!(" build {number}"));
            from = open + 1;
            continue;
        }
        if inside.contains("includ") || inside.contains("exclud") {
            if text.starts_with("between") || text.contains(" between ") {
                from = close;
                continue;
            }
            conditional |= inside.contains("exclud");
        }
        let padded = format!(" {inside} ");
        let bound = text.starts_with(['<', '>']);
        conditional |= !bound && padded.contains(" for ")
            || CONDITIONS.iter().any(|word| padded.contains(word));
        text.replace_range(open..close, "");
    }
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return (text, conditional);
    }
    let padded = format!(" {text} ");
    let cut = CONDITIONS.iter().filter_map(|word| padded.find(word)).min();
    if let Some(cut) = cut {
        let kept = padded.get(..cut).unwrap_or("").trim();
        // `< V8.1 SP1 with patch P`: what is older has neither.
        let behind = padded.get(cut..).unwrap_or("");
        let is_older = behind.starts_with(" with ") || behind.starts_with(" utilizes ");
        conditional |= !(is_older && kept.starts_with('<') && !kept.contains("connection"));
        // ` and function state …`: the comparison before it still counts.
        let kept = kept.trim_end_matches(" and").trim_end_matches([',', '(']).trim().to_owned();
        text = kept;
    }
    (text, conditional)
}

enum Rest<'a> {
    All,
    Of(&'a str),
}

/// Takes away `all versions` and the like at the beginning.
fn without_all(text: &str) -> Rest<'_> {
    const ALL: [&str; 12] = [
        "all firmware versions",
        "all bios versions",
        "all software versions",
        "all supported versions",
        "all released versions",
        "all known versions",
        "all current versions",
        "all version",
        "any version",
        "all releases",
        "all models",
        "all",
    ];
    let mut rest = text.trim();
    for start in ALL {
        if let Some(after) = rest.strip_prefix(start) {
            if after.starts_with(|c: char| c.is_alphanumeric() && c != 's') {
                continue;
            }
            rest = after.strip_prefix('s').unwrap_or(after).trim_start();
            rest = rest.strip_prefix("of ").unwrap_or(rest);
            if rest.is_empty() || rest == "*" {
                return Rest::All;
            }
            break;
        }
    }
    match rest {
        "" | "*" | "-" | "vers:all" | "n/a" => Rest::All,
        _ if rest.starts_with("* ") => Rest::All,
        _ => Rest::Of(rest),
    }
}

/// Comparisons between `|`, `and`, `,`, or one behind the other.
pub(super) fn comparisons(text: &str) -> Option<Kind> {
    let mut atoms = Vec::new();
    // `between A and B`, and prose endings, hold an "and" of their own.
    if let Some(atom) = atom::read(text).filter(|_| !has_sign_inside(text) && !is_list(text)) {
        atoms.push(atom);
    } else {
        for piece in pieces(text) {
            atoms.push(atom::read(&piece)?);
            if atoms.len() > ATOMS_MAX {
                return None;
            }
        }
    }
    join(atoms)
}

/// `V15, V15.1, V16 and V17`: versions one behind the other.
fn is_list(text: &str) -> bool {
    // `MP1.2 Build 850`.
    let version = |part: &str| {
        let part = part.trim();
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let number = part.get(letters..).unwrap_or("").split(" build ").next().unwrap_or("");
        letters <= 2
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let text = text.trim_end_matches(" and").trim_end_matches(',').replace(", and ", ", ");
    text.contains(", ") && text.split(", ").flat_map(|part| part.split(" and ")).all(version)
}

/// There is a second comparison behind the first.
fn has_sign_inside(text: &str) -> bool {
    let signs = text.split(['<', '>', '≤', '≥']).skip(1).count();
    signs > 1 || text.contains('|')
}

fn pieces(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut last = ' ';
    let text = text
        .replace(" up to and including ", "|<=")
        .replace(" and ", "|")
        .replace(" or ", "|")
        .replace(", ", "|")
        .replace("& ", "|");
    for c in text.chars() {
        let starts = matches!(c, '<' | '>' | '≤' | '≥') && !matches!(last, '<' | '>' | '=');
        if c == '|' || starts {
            out.push(String::new());
        }
        if c != '|'
            && let Some(piece) = out.last_mut()
        {
            piece.push(c);
        }
        last = c;
    }
    let trimmed =
        out.iter().map(|piece| piece.trim().trim_end_matches("and").trim_end_matches('_'));
    trimmed.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// A lower bound and the upper bound behind it are one interval; the rest stands beside it.
fn join(atoms: Vec<Atom>) -> Option<Kind> {
    let atoms = match with_lower(atoms) {
        Ok(interval) => return Some(Kind::Intervals(vec![interval])),
        Err(atoms) => atoms,
    };
    if let Some(tops) = several_tops(&atoms) {
        return Some(Kind::Tops(tops));
    }
    let mut intervals: Vec<Interval> = Vec::new();
    let mut exact = Vec::new();
    let mut branches = Vec::new();
    let mut low: Option<Bound> = None;
    for atom in atoms {
        match atom {
            Atom::Lower(bound) => {
                // `< 1.5 | >= 1.3`: the same interval, written the other way round.
                match intervals.last_mut() {
                    Some(Interval { lower: lower @ None, upper: Some(upper) })
                        if bound.version.compare(&upper.version, super::Notation::Numeric)
                            == Some(std::cmp::Ordering::Less) =>
                    {
                        *lower = Some(bound);
                    }
                    _ => {
                        if let Some(alone) = low.replace(bound) {
                            intervals.push(Interval { lower: Some(alone), upper: None });
                        }
                    }
                }
            }
            Atom::Upper(bound) => {
                intervals.push(Interval { lower: low.take(), upper: Some(bound) });
            }
            Atom::Both(interval) => intervals.push(interval),
            Atom::One(version) => exact.push(version),
            Atom::Branches(list) => branches = list,
        }
    }
    if let Some(alone) = low {
        intervals.push(Interval { lower: Some(alone), upper: None });
    }
    match (intervals.is_empty(), exact.is_empty(), branches.is_empty()) {
        (true, true, false) => Some(Kind::Branches(branches)),
        (true, false, true) => Some(Kind::Exact(exact)),
        // `< 16 | 6`: a word is missing before the 6, which lies below the bound.
        (false, false, true) if exact.iter().any(|one| is_torn(one, &intervals)) => None,
        (false, _, true) => {
            let point = |version: super::Version| {
                let bound = Bound { version, inclusive: true };
                Interval { lower: Some(bound.clone()), upper: Some(bound) }
            };
            intervals.extend(exact.into_iter().map(point));
            Some(Kind::Intervals(intervals))
        }
        _ => None,
    }
}

/// `13.0 | < 13.0.1`, `16 <= 20`: the first is the lower end.
fn with_lower(atoms: Vec<Atom>) -> Result<Interval, Vec<Atom>> {
    match atoms.as_slice() {
        [Atom::One(low), Atom::Upper(top)]
            if !low.has_wildcard()
                && low.compare(&top.version, super::Notation::Numeric)
                    == Some(std::cmp::Ordering::Less) =>
        {
            let lower = Some(Bound { version: low.clone(), inclusive: true });
            Ok(Interval { lower, upper: Some(top.clone()) })
        }
        _ => Err(atoms),
    }
}

/// `< 1.99 | 2.20 | 2.40`: the sign is that of all.
fn several_tops(atoms: &[Atom]) -> Option<Vec<super::Version>> {
    let [Atom::Upper(Bound { version, inclusive: false }), rest @ ..] = atoms else { return None };
    let mut tops = vec![version.clone()];
    for atom in rest {
        let Atom::One(one) = atom else { return None };
        let last = tops.last()?;
        let above = last.compare(one, super::Notation::Numeric) == Some(std::cmp::Ordering::Less);
        if !above || one.depth() < 2 || one.depth() != version.depth() {
            return None;
        }
        tops.push(one.clone());
    }
    (tops.len() >= 2).then_some(tops)
}

/// A whole number that lies inside an open interval says nothing of its own.
fn is_torn(one: &super::Version, intervals: &[Interval]) -> bool {
    let inside = |interval: &Interval| {
        let upper = interval.upper.as_ref().filter(|_| interval.lower.is_none());
        upper.is_some_and(|upper| {
            one.compare(&upper.version, super::Notation::Numeric) == Some(std::cmp::Ordering::Less)
        })
    };
    one.is_coarse() && intervals.iter().any(inside)
}

/// `<= the first 5 digits of serial number 24031`, `5 digits of serial number <= 24031`.
fn serial(text: &str) -> Option<Kind> {
    if !text.contains("serial n") {
        return None;
    }
    // `<= serial numbers 2310****`, `<= first 2 digits of serial number are 02`.
    let starred = text.split_once('*').map(|(head, _)| head);
    let announced = text.rsplit_once(" are ").map(|(_, tail)| tail.trim());
    let start = starred.and_then(|head| head.rsplit(' ').next()).or(announced);
    if let Some(start) = start.filter(|start| {
        text.starts_with("<=")
            && (1..=10).contains(&start.len())
            && start.bytes().all(|b| b.is_ascii_digit())
    }) {
        return Some(Kind::Serial {
            digits: start.len(),
            value: start.parse().ok()?,
            inclusive: true,
        });
    }
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let value_text = numbers.iter().find(|run| run.len() >= 4)?;
    let digits = value_text.len();
    let said = text.contains("five") || numbers.iter().any(|run| run.parse() == Ok(digits));
    let upper = text.contains('<')
        || text.contains("or prior")
        || text.contains("or lower")
        || text.contains("earlier");
    (said && upper && !text.contains('>')).then_some(Kind::Serial {
        digits,
        value: value_text.parse().ok()?,
        inclusive: text.contains("<=") || !text.contains('<'),
    })
}

/// `< April/17/2023`, `< january 2020`, `distributed < april 1, 2018`.
fn date(text: &str) -> Option<Kind> {
    // `<= 2019-09-21`, alone or behind a word.
    let iso = |word: &str| {
        let parts: Vec<&str> = word.split('-').collect();
        let digits = |at: usize, length: usize| {
            parts
                .get(at)
                .is_some_and(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()))
        };
        parts.len() == 3 && digits(0, 4) && digits(1, 2) && digits(2, 2)
    };
    if text.split([' ', '<', '>', '=']).any(iso) {
        return Some(Kind::Date);
    }
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let named = letters >= 3 && MONTHS.iter().any(|month| text.contains(month));
    let year = text.split(|c: char| !c.is_ascii_digit()).any(|run| {
        run.len() == 4 && run.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year))
    });
    let slashed = text.matches('/').count() == 2;
    (year && (named || slashed) && text.contains(['<', '>'])).then_some(Kind::Date)
}
