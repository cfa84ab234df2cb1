//! What a device writes of itself as one line, without what is no name: its maker in front,
//! versions and serial numbers behind words that announce them.

/// Words that announce something else than a name.
const LABELS: [&str; 20] = [
    "sn",
    "s/n",
    "ser",
    "serial",
    "sw",
    "fw",
    "hw",
    "mac",
    "ip",
    "version",
    "ver",
    "rev",
    "build",
    "bios",
    "boot",
    "bootloader",
    "kernel",
    "uptime",
    "copyright",
    "compiled",
];

/// Most words of a maker's name.
const MAKER_MAX: usize = 4;

/// Endings of makers' names that may stand behind them.
const ENDINGS: [&str; 14] = [
    "inc",
    "co",
    "ltd",
    "llc",
    "gmbh",
    "ag",
    "corp",
    "corporation",
    "kg",
    "&",
    "sa",
    "limited",
    "company",
    "international",
];

/// The text without them; as it is where nothing would be left.
pub(super) fn plain(text: &str, is_maker: impl Fn(&str) -> bool) -> String {
    // `TINBOXES-G150-V4.7`: hyphens for blanks.
    let words = |least: usize| {
        text.split('-')
            .filter(|part| part.len() >= least && part.chars().all(|c| c.is_ascii_alphabetic()))
            .count()
    };
    let joined = !text.contains(' ') && text.matches('-').count() >= 2;
    let text = &if joined && (words(6) >= 1 || words(4) >= 2) {
        text.replace('-', " ")
    } else {
        text.to_owned()
    };
    let kept = |part: &&str| {
        let mut words = part.trim().split([' ', ':', '=', '.']).filter(|word| !word.is_empty());
        let first = words.next().unwrap_or("").to_lowercase();
        !LABELS.contains(&first.as_str()) && !first.is_empty()
    };
    let parts: Vec<&str> = text.split([',', ';', '|', '\r', '\n', '\t']).filter(kept).collect();
    let mut line: Vec<&str> = Vec::new();
    for part in &parts {
        line.push(before_label(part).trim());
    }
    let line = line.join(", ");
    let bare = without_version(without_maker(&line, is_maker));
    let says = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    let bare = if bare.starts_with("for ") { line.as_str() } else { bare };
    let best = [bare, line.as_str()].into_iter().find(|text| says(text));
    best.unwrap_or(text).to_owned()
}

/// `Box Server V2.3`: without versions at its end.
fn without_version(text: &str) -> &str {
    let mut text = text.trim();
    while let Some((head, last)) = text.rsplit_once(' ') {
        let number = last.split('-').next().unwrap_or(last);
        let announces =
            matches!(last.to_lowercase().as_str(), "version" | "ver" | "ver." | "release");
        if !(super::parts::is_version(number) || announces) || head.trim().len() < 3 {
            break;
        }
        text = head.trim_end_matches([' ', ',']);
    }
    text
}

/// `Box 8` with 8.1, `Box Pro7` with 7.4: without the number that its version begins with.
pub(super) fn without_major<'a>(text: &'a str, firmware: Option<&str>) -> &'a str {
    let Some(firmware) = firmware else { return text };
    let number = firmware.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    // `Box V2406` with 2406.
    let same = |word: &str| number.len() >= 2 && word.trim_start_matches(['V', 'v']) == number;
    if let Some((head, last)) = text.rsplit_once(' ')
        && same(last)
        && last.len() > number.len()
        && head.len() >= 4
    {
        return head;
    }
    let major: &str = number.split('.').next().unwrap_or("");
    let digits = (1..=4).contains(&major.len()) && major.bytes().all(|b| b.is_ascii_digit());
    if !digits || !number.contains('.') {
        return text;
    }
    match text.strip_suffix(major) {
        Some(head)
            if head.ends_with([' ', 'V', '-'])
                || head.ends_with(|c: char| c.is_ascii_lowercase())
                || head.len() >= 4 && head.bytes().all(|b| b.is_ascii_uppercase()) =>
        {
            let head = head.trim_end_matches(['V', '-']).trim_end();
            if head.len() >= 4 { head } else { text }
        }
        _ => text,
    }
}

/// `Box 208 HW: 4 FW: V4.2`: what stands before the first label with a colon or sign.
fn before_label(text: &str) -> &str {
    if !text.contains([':', '=']) {
        return text;
    }
    let lower = text.to_lowercase();
    let marks = LABELS.iter().flat_map(|label| [format!(" {label}:"), format!(" {label}=")]);
    let at = marks.filter_map(|mark| lower.find(&mark)).filter(|at| *at > 2).min();
    at.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// `Box AG Tin 5`: without the maker and its ending.
fn without_maker(text: &str, is_maker: impl Fn(&str) -> bool) -> &str {
    let ends = text.match_indices([' ', ',', ':']).map(|(at, _)| at).take(MAKER_MAX);
    let ends: Vec<usize> = ends.collect();
    let longest = ends.into_iter().rev().find(|end| text.get(..*end).is_some_and(&is_maker));
    let Some(mut rest) = longest.and_then(|end| text.get(end..)) else { return text };
    loop {
        rest = rest.trim_start_matches([' ', ',', ':', '.', '/', '-']);
        let word = rest.split([' ', ',', '.']).next().unwrap_or("");
        if word.is_empty() || !ENDINGS.contains(&word.to_lowercase().as_str()) {
            return rest;
        }
        rest = rest.get(word.len()..).unwrap_or("");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_lines() {
        let is_maker = |name: &str| matches!(name.to_lowercase().as_str(), "acme" | "acme box");
        for (text, wanted) in [
            ("Acme, Tin 5, SW: 1.0, SN 12345", "Tin 5"),
            ("Acme Co., Ltd. Tin 5", "Tin 5"),
            ("Acme Box Tin 5", "Tin 5"),
            ("Tin 208 HW: 4 FW: V4.2.1", "Tin 208"),
            ("Tin 5, 6GK5 208-0BA10, HW: Version 4, FW: Version V4.2.3", "Tin 5,  6GK5 208-0BA10"),
            ("Acme", "Acme"),
            ("SN 5", "SN 5"),
        ] {
            assert_eq!(plain(text, is_maker).replace(",  ", ", "), wanted.replace(",  ", ", "));
        }
    }
}
