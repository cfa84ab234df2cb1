//! Versions that a remedy's text tells to update to.

use regex_lite::Regex;
use std::sync::LazyLock;

/// Longest text that is looked at, in bytes.
const TEXT_MAX: usize = 4_000;
/// Most versions taken from one text.
const VERSIONS_MAX: usize = 8;

/// A version with its service packs and updates.
const VERSION: &str = r"\d+\.\d+\(\d+[a-z]?\)[A-Z]+\d*[a-z]?|(?:[vV]|SV|R|FRN )?\.? ?\d+(?:\.[\dXx]+)+(?:\.[A-Z]\d+)?(?:[a-z]\d{0,2})?(?:[ _-](?:SP|HF|Update|Upd|UPD|TCU|Patch|Security Patch|Hotfix|P|R|RU|CU|CFR|FP|Build)[ _]?\d+(?:\.\d+)*)*|[vV]\d+(?:[ _](?:SP|HF|Update|Upd|UPD|TCU|Build)[ _]?\d+(?:\.\d+)*)*|R\d{1,2}[A-Z]\b|(?:19|20)\d\d (?:R|SP|Update )\d+(?: (?:SP|Patch |Update |P|HF|CU)\d+)*";

/// A version, alone.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static ONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(VERSION).unwrap());

/// `V34.014, V35.013 and V36.011 or later`.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"((?:(?:{VERSION})(?:, and |, or |, | and | or ))*(?:{VERSION}))(?: \([^)]*\)| firmware| software| release)?,? (?:(?:or|and) (?:any )?(?:later|newer|higher|above|subsequent|greater|up)|onwards?)"
    ))
    .unwrap()
});

/// `update … to version V1.2`, `fixed in V1.2`.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static TO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:(?:[Uu]pdat(?:e|ing|ed)|[Uu]pgrad(?:e|ing)|[Mm]igrat(?:e|ing))\b(?:[^.\n]|\.\d){{0,80}}? to (?:the |at least )?|(?:[Ff]ixed|[Cc]orrected|[Rr]esolved|[Pp]atched|[Rr]emediated|[Aa]ddressed|[Mm]itigated)\b[^.\n]{{0,40}}? (?:in|with|by) )(?:latest |newest )?(?:[A-Z][A-Za-z0-9® -]{{0,40}} )?(?:[Vv]ersions? |[Ff]irmware |[Rr]elease |[Rr]evision |as of |>= |\()*({VERSION})"
    ))
    .unwrap()
});

/// `2800C Box Compact: 4.0.2.116`, `Box: Version 4.9.9`: a product and nothing but its version.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^[^:.]{{3,60}}: ?(?:[Ff]irmware )?(?:[Vv]ersions? )?({VERSION})\.?$"))
        .unwrap()
});

/// `has released Version 8.4.0 of Box`, `has produced Box Version 8.2 that mitigates these`.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static MADE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\b(?:(?:has|have) )?(?:released|produced|developed|created|made|provides|offers)\b[^.\n]{{0,60}}?,? (?:[Vv]ersion:? \(?|update |FRN |v)({VERSION})"
    ))
    .unwrap()
});

/// `has released Box 2 2.9.4 to fix`, `Box 4.9.0.198` and nothing else: a name with its version.
#[expect(clippy::unwrap_used, reason = "constant expressions that every test compiles")]
static NAMED: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        r"\b(?:has|have) (?:released|produced|developed) (?:[A-Z][\w-]*(?: \d)? ){1,4}v?(\d+(?:\.\d+){1,3}) (?:to|that|which)\b",
        r"^[A-Z][A-Za-z -]{3,40} v?(\d+(?:\.\d+){2,3})\.?$",
        r"\b[Vv](?:ersion )?(\d+(?:\.\d+){1,3}),? (?:is available|which will contain|(?:of [A-Z][^.]{0,60} )?includes (?:corrections|fixes|a fix))",
        r"^[^:]{3,40}: [Uu]pdate with patch (\d+(?:\.\d+){1,3})\.?$",
    ]
    .map(|text| Regex::new(text).unwrap())
});

/// A year as a release, with what stands behind it.
const YEAR: &str = r"(?:19|20)\d\d(?: ?R\d)?(?: (?:SP|P|HF|CU|Update |Patch )\d+)*";

/// Further statements that say plainly which version mends it.
#[expect(clippy::unwrap_used, reason = "constant expressions that every test compiles")]
static PLAIN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let any = format!("{VERSION}|{YEAR}");
    [
        // `versions 33 or later`, `Version A9 or later`, `version X or later`.
        r"\b[Vv]ersions? ([A-Z]{0,2}\d{1,3}[A-Za-z]?|[A-Z]{1,2}) (?:or|and) (?:later|newer|above|higher)".to_owned(),
        // `the latest version of Box, v1.98.07`, `the latest product, Version 19.03`.
        format!(r"\b(?:latest|newest|updated) (?:\w+ )?(?:version|release|product|firmware)(?: of [^.,(]{{0,60}})?,? \(?(?:[Vv]ersion |[Rr]elease )?({VERSION})"),
        // `has released Box V3.52 to remediate`, `released Box 2023 to mitigate`.
        format!(r"\b(?:released|produced|developed) [^.]{{0,70}}? (?:[Vv]ersion )?({any})(?: software| firmware)?,? (?:to|that|which) "),
        // `Firmware SV3.51 includes a fix`.
        format!(r"({VERSION}) (?:includes|contains) (?:a fix|fixes|corrections)"),
        format!(r"\binstall(?:ing)? (?:the )?(?:[Vv]ersion |[Ff]irmware )?({VERSION})"),
        // `Box Tin HP-E V1.4.0` and nothing else.
        format!(r"^[A-Z][^.:;]{{2,70}}? (?:[Vv]ersion )?({VERSION})(?: \([^)]*\))?\.?$"),
        format!(r"^[A-Z][^.:;]{{2,60}} ({YEAR} (?:R|SP|P|HF|CU|Update |Patch )\d+)\.?$"),
        // `upgrade to Box 2023`.
        format!(r"\b[Uu]p(?:grade|date|grading|dating)\b[^.]{{0,60}}? to (?:[A-Z][\w-]* ){{0,4}}({YEAR})\b"),
        // `Apply Update 4 release (3.8.401)`.
        format!(r"\brelease \(({VERSION})\)"),
        // `Version BX10.B929 (login required)` and nothing else.
        r"^[Vv]ersion ([A-Z]{0,3}\d[\w.]*\.\w*\d)(?: \([^)]*\))?\.?$".to_owned(),
        // `share update v12 Build 1204.78`.
        format!(r"\bupdate ({VERSION})"),
    ]
    .iter()
    .map(|text| Regex::new(text).unwrap())
    .collect()
});

/// `to version 3.00.2 CU02 or 3.00.3`: the second of two.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static OR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" to version \d+(?:\.\d+)+(?: [A-Z]{2}\d+)? or v?(\d+(?:\.\d+)+)").unwrap()
});

/// `version 10 with patch 10.1.5`.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static PATCH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"[Uu]pdate .{{0,80}} with patch ({VERSION})")).unwrap());

/// The versions that a text tells to update to, each once, in the order of the text.
///
/// Only statements that are plain are taken: "update to V4.5.0", "V4.5.0 or later".
pub fn fixed_versions(text: &str) -> Vec<String> {
    let text = &even(text);
    let mut found = later(text);
    let plain = ALONE.captures_iter(text).chain(PATCH.captures_iter(text));
    let plain = plain.chain(MADE.captures_iter(text)).chain(OR.captures_iter(text));
    let plain = plain.chain(NAMED.iter().flat_map(|named| named.captures_iter(text)));
    let more = if is_other(text) { [].iter() } else { PLAIN.iter() };
    let plain = plain.chain(more.flat_map(|more| more.captures_iter(text)));
    for groups in TO.captures_iter(text).chain(plain) {
        let version = groups.get(1).filter(|version| !goes_on(text, version.end()));
        found.extend(version.map(|version| (version.start(), version.as_str().trim().to_owned())));
    }
    in_order(found)
}

/// `upgrade to Box 2020 R2 SP1 and then apply HF 1`: the version alone does not mend it.
fn goes_on(text: &str, end: usize) -> bool {
    let behind = text.get(end..).unwrap_or("");
    let first = behind.split(". ").next().unwrap_or("");
    first.starts_with(" apply")
        || ["then apply", "and apply", "and install", "then install"]
            .iter()
            .any(|words| first.contains(words))
}

/// It speaks of serial numbers, or of what is affected.
fn is_other(text: &str) -> bool {
    ["serial", "prior", "earlier", "affected versions", "Planned", "planned"]
        .iter()
        .any(|word| text.contains(word))
}

/// The same of a text that is not about an update alone: the versions from which on it says that
/// all is well, "32.016 and later", and those that somebody "recommends" to update to.
pub(super) fn later_versions(text: &str) -> Vec<String> {
    if MADE.is_match(text)
        || NAMED.iter().any(|named| named.is_match(text))
        || text.contains("recommend")
        || ["Update ", "Upgrade ", "update to ", "upgrade to "]
            .iter()
            .any(|word| text.contains(word))
        || !is_other(text) && PLAIN.iter().any(|plain| plain.is_match(text))
    {
        return fixed_versions(text);
    }
    in_order(later(&even(text)))
}

/// The part that is looked at, with one blank between words.
fn even(text: &str) -> String {
    cut(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn later(text: &str) -> Vec<(usize, String)> {
    // `relays having firmware version V4.30 and higher` tells which, and no remedy.
    let told = |list: &regex_lite::Match<'_>| {
        text.get(..list.start()).is_none_or(|head| {
            !head.split(' ').rev().take(10).any(|word| matches!(word, "having" | "running" | "if"))
        })
    };
    let lists = LATER.captures_iter(text).filter_map(|groups| groups.get(1)).filter(told);
    let versions = lists.flat_map(|list| {
        ONE.find_iter(list.as_str())
            .map(move |version| {
                (list.start() + version.start(), version.as_str().trim().to_owned())
            })
            .collect::<Vec<_>>()
    });
    versions.collect()
}

fn cut(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= TEXT_MAX);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn in_order(mut found: Vec<(usize, String)>) -> Vec<String> {
    found.sort();
    let mut versions: Vec<String> = Vec::new();
    for (_, version) in found {
        let bare = |text: &str| text.trim_start_matches(['v', 'V', ' ']).to_owned();
        let known = versions.iter().any(|own| bare(own) == bare(&version));
        if !known && versions.len() < VERSIONS_MAX {
            versions.push(version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_statements_are_taken() {
        for (text, wanted) in [
            ("Update to V4.5.0 or later version", vec!["V4.5.0"]),
            ("Update to V2.0 SP1 UPD1 or later version", vec!["V2.0 SP1 UPD1"]),
            ("Update to V14 SP1 Update 14 or later version", vec!["V14 SP1 Update 14"]),
            ("Acme recommends users update Box Web Service to version 24.06", vec!["24.06"]),
            ("Upgrade to firmware V3.3", vec!["V3.3"]),
            ("Acme recommends users upgrade to FRN 15.2(6)E1 or later.", vec!["15.2(6)E1"]),
            ("Versions 2.04.00 and later", vec!["2.04.00"]),
            ("Apply security hardening of the Windows Server 2019", vec![]),
            (
                "corrected in V34.014, V35.013, V36.011 and later",
                vec!["V34.014", "V35.013", "V36.011"],
            ),
            ("2800C Box Compact: 4.0.2.116", vec!["4.0.2.116"]),
            ("Acme has produced Box Version 8.2 that mitigates these", vec!["8.2"]),
            ("Acme has released patches for versions 3.60 and 3.70", vec![]),
            ("Box: Version 4.9.9", vec!["4.9.9"]),
            ("Acme released Box Link, Version 3.9.6, an update", vec!["3.9.6"]),
            ("AcmeINC has released BoxStar 2 2.9.4 to fix this", vec!["2.9.4"]),
            ("Box Framework 4.9.0.198", vec!["4.9.0.198"]),
            ("Update Box to version 3.00.2 CU02 or 3.00.3", vec!["3.00.2 CU02", "3.00.3"]),
            ("Update the box: Versions 10 with patch 10.1.5", vec!["10.1.5"]),
            ("Acme recommends users update to BOX® Studio 6.70", vec!["6.70"]),
            ("Contact customer support", vec![]),
            ("Box iQ-R Series R16: firmware versions 66 or later", vec!["66"]),
            ("Box Q170: software version X or later", vec!["X"]),
            ("Box: the first 5 digits of serial No.: 24032 or later", vec![]),
            ("update to the latest version of BoxSoft, v1.98.07", vec!["v1.98.07"]),
            ("Acme has released BoxSoft V3.52 to remediate these", vec!["V3.52"]),
            ("Acme recommends that users upgrade to Box 2023.", vec!["2023"]),
            ("Box Edge 2020 R2 SP2 P01", vec!["2020 R2 SP2 P01"]),
            ("Box: Version R15B, update to Box R16B when released", vec!["R16B"]),
            ("Users of Version 9.0, 10.1, or 11.0 are told to install the patch", vec![]),
            ("Box software Version 3.4.30 Build 1 and prior", vec![]),
        ] {
            assert_eq!(fixed_versions(text), wanted, "{text}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let text = format!("{}Update to V1.0 or later", "ä".repeat(TEXT_MAX));
        assert!(fixed_versions(&text).is_empty());
    }
}
