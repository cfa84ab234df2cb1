//! Makers under their many names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Name, tab, the name that counts. Names are lower case without legal endings.
static ALIASES: &str = include_str!("../../data/vendor-aliases.tsv");

/// Endings of company names that say nothing.
const LEGAL: [&str; 33] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "ltda",
    "llc",
    "gmbh",
    "ag",
    "kg",
    "sa",
    "bv",
    "oy",
    "ab",
    "as",
    "spa",
    "srl",
    "plc",
    "se",
    "nv",
    "sas",
    "pty",
    "me",
    "sro",
    "doo",
    "ky",
    "kk",
    "software",
    "technologies",
    "group",
];

/// First words of many makers: alone they are no maker's name.
const COMMON: [&str; 24] = [
    "general",
    "american",
    "digital",
    "national",
    "advanced",
    "new",
    "united",
    "international",
    "global",
    "industrial",
    "the",
    "open",
    "control",
    "smart",
    "wind",
    "bosch",
    "data",
    "electronic",
    "power",
    "security",
    "automated",
    "applied",
    "intelligent",
    "a",
];

/// Names of makers that are also names of lines that they made: they are said of products.
const LINES: [&str; 26] = [
    "mendix",
    "metasys",
    "mguard",
    "toyopuc",
    "illustra",
    "deltav",
    "ovation",
    "modicon",
    "ruggedcom",
    "moscad",
    "wonderware",
    "spacelogic",
    "simplex",
    "tofino",
    "ewon",
    "intesis",
    "triconex",
    "foxboro",
    "citect",
    "anybus",
    "exacq",
    "kantech",
    "indusoft",
    "micro motion",
    "kepware",
    "tropos",
];

/// Most words of a maker's name in front of a product's.
const FRONT_MAX: usize = 3;

/// Places that makers' full names begin with.
const PLACES: [&str; 12] = [
    "beijing",
    "shanghai",
    "shenzhen",
    "hangzhou",
    "zhejiang",
    "guangzhou",
    "nanjing",
    "wuxi",
    "suzhou",
    "fujian",
    "xiamen",
    "taiwan",
];

/// Product lines that went from one maker to another: maker, beginning of a word, new maker.
const MOVED: [(&str, &str, &str); 43] = [
    ("abb", "gws", "hitachi energy"),
    ("abb", "asset", "hitachi energy"),
    ("general electric", "proficy", "emerson"),
    ("abb", "mesh", "hitachi energy"),
    ("abb", "msm", "hitachi energy"),
    ("abb", "fox515", "hitachi energy"),
    ("general electric", "pacsystems", "emerson"),
    ("general electric", "rx3i", "emerson"),
    ("general electric", "rx7i", "emerson"),
    ("general electric", "versamax", "emerson"),
    ("general electric", "ic69", "emerson"),
    ("general electric", "cpe", "emerson"),
    ("abb", "rtu5", "hitachi energy"),
    ("abb", "esoms", "hitachi energy"),
    ("abb", "xmc20", "hitachi energy"),
    ("abb", "fox615", "hitachi energy"),
    ("abb", "txpert", "hitachi energy"),
    ("abb", "coretec", "hitachi energy"),
    ("abb", "microscada", "hitachi energy"),
    ("abb", "sys600", "hitachi energy"),
    ("abb", "rel6", "hitachi energy"),
    ("abb", "red6", "hitachi energy"),
    ("abb", "ret6", "hitachi energy"),
    ("abb", "rec6", "hitachi energy"),
    ("abb", "reg6", "hitachi energy"),
    ("abb", "res6", "hitachi energy"),
    ("abb", "req6", "hitachi energy"),
    ("abb", "rer6", "hitachi energy"),
    ("abb", "reb5", "hitachi energy"),
    ("abb", "sam600", "hitachi energy"),
    ("abb", "linkone", "hitachi energy"),
    ("abb", "lumada", "hitachi energy"),
    ("abb", "sdm600", "hitachi energy"),
    ("abb", "gms600", "hitachi energy"),
    ("abb", "pwc600", "hitachi energy"),
    ("abb", "foxman", "hitachi energy"),
    ("abb", "unem", "hitachi energy"),
    ("abb", "relion", "hitachi energy"),
    ("abb", "afs6", "hitachi energy"),
    ("schneider electric", "intouch", "aveva"),
    ("schneider electric", "indusoft", "aveva"),
    ("schneider electric", "citect", "aveva"),
    ("schneider electric", "wonderware", "aveva"),
];

/// Adds the maker that a product line went to, so that old and new names meet.
pub(super) fn follow(keys: &mut BTreeSet<String>, product: &str) {
    if !MOVED.iter().any(|(from, _, _)| keys.contains(*from)) {
        return;
    }
    let lower = product.to_lowercase();
    for (from, start, to) in MOVED {
        let begins = |word: &str| word.starts_with(start);
        if keys.contains(from) && lower.split([' ', '-', '/']).any(begins) {
            keys.insert(to.to_owned());
        }
    }
}

/// The same for keys that stay as they are.
pub(super) fn followed<'a>(keys: &'a BTreeSet<String>, product: &str) -> Cow<'a, BTreeSet<String>> {
    if !MOVED.iter().any(|(from, _, _)| keys.contains(*from)) {
        return Cow::Borrowed(keys);
    }
    let mut keys = keys.clone();
    follow(&mut keys, product);
    Cow::Owned(keys)
}

/// Names of makers as keys that compare.
#[derive(Debug)]
pub(super) struct Vendors {
    aliases: BTreeMap<String, Vec<String>>,
    /// The same by names without blanks.
    joined: BTreeMap<String, Vec<String>>,
}

impl Vendors {
    pub(super) fn load() -> Self {
        let mut aliases: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in ALIASES.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, own)) = line.split_once('\t') {
                aliases.entry(name.to_owned()).or_default().push(own.to_owned());
            }
        }
        let spaced = aliases.iter().filter(|(name, _)| name.contains(' '));
        let joined = spaced.map(|(name, own)| (name.replace(' ', ""), own.clone())).collect();
        Self { aliases, joined }
    }

    /// This is a maker's name and no line of products.
    pub(super) fn is_maker(&self, name: &str, own: &str) -> bool {
        let lower = name.to_lowercase();
        name.eq_ignore_ascii_case(own)
            || self.aliases.contains_key(&plain(&lower)) && !LINES.contains(&plain(&lower).as_str())
    }

    /// Makers that a product's text begins with: `Allen-Bradley Box` of a device whose maker is
    /// given as the owner.
    pub(super) fn in_front_of(&self, product: &str) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let words: Vec<&str> = product.split([' ', ',', ':']).take(FRONT_MAX).collect();
        for end in 1..=words.len() {
            let name = plain(&words.get(..end).unwrap_or(&[]).join(" ").to_lowercase());
            let line = LINES.contains(&name.as_str());
            if let Some(own) = self.aliases.get(&name).filter(|_| name.len() >= 2 && !line) {
                keys.extend(own.iter().cloned());
            }
        }
        keys
    }

    /// The keys of a name: several where it names several makers, or one that was sold.
    pub(super) fn keys(&self, name: &str) -> BTreeSet<String> {
        let name = repaired(name).to_lowercase();
        let mut keys = BTreeSet::new();
        let whole = plain(&name);
        self.add(&whole, &mut keys);
        let parts = name.split([',', '/', '&', ';']).flat_map(|part| part.split(" and "));
        let parts = parts.flat_map(|part| part.split(" - ")).map(owner);
        // `M&M Software GmbH, Other GmbH`: some names hold the sign themselves.
        for part in parts.chain(name.split([',', ';'])) {
            let part = plain(part);
            if part.len() > 1 {
                self.add(&part, &mut keys);
            }
        }
        // `Automated Logic Corporation (ALC)`: the short name.
        let inside = name.split_once('(').and_then(|(_, rest)| rest.split(')').next());
        if let Some(short) = inside.filter(|short| {
            (2..=6).contains(&short.len()) && short.chars().all(|c| c.is_ascii_alphanumeric())
        }) {
            self.add(short, &mut keys);
        } else if let Some(inside) = inside.filter(|text| text.split(' ').count() == 2) {
            self.add(&plain(inside), &mut keys);
        }
        // `PSI GridConnect GmbH (formerly PSI Nentec GmbH)`: both.
        for former in ["formerly known as ", "formerly ", "now "] {
            let inside = name.split_once(former).and_then(|(_, rest)| rest.split(')').next());
            if let Some(inside) = inside.filter(|_| name.contains('(')) {
                self.add(&plain(inside), &mut keys);
                break;
            }
        }
        // `PHOENIX CONTACT GmbH & Co. KG`: endings of names are no names.
        keys.retain(|key| !key.is_empty() && !LEGAL.contains(&key.as_str()));
        keys
    }

    /// The beginnings of a key that may be a maker's name too, with the names that count for them:
    /// `ge multilin` is of `general electric`, `weintek labs` is `weintek`.
    pub(super) fn beginnings(&self, key: &str) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (at, _) in key.match_indices(' ') {
            if let Some(start) = key.get(..at).filter(|start| !COMMON.contains(start)) {
                self.add(start, &mut keys);
            }
        }
        keys
    }

    fn add(&self, plain: &str, keys: &mut BTreeSet<String>) {
        if let Some(own) = self.aliases.get(plain) {
            keys.extend(own.iter().cloned());
            return;
        }
        keys.insert(plain.to_owned());
        // `HMSNetworks`, `FujitsuLimited`: written as one word.
        if !plain.contains(' ') {
            let bare = LEGAL.iter().filter_map(|end| plain.strip_suffix(end));
            let bare = bare.filter(|rest| rest.chars().count() >= 5).chain([plain]);
            for one in bare {
                keys.extend(self.joined.get(one).into_iter().flatten().cloned());
                keys.insert(one.to_owned());
            }
        }
        // `北京…科技有限公司`: the name stands inside.
        if !plain.is_ascii() {
            let inside = self.aliases.iter().filter(|(name, _)| {
                name.chars().all(|c| c > '\u{2fff}') && plain.contains(name.as_str())
            });
            keys.extend(inside.flat_map(|(_, own)| own.iter().cloned()));
        }
        // `Beijing Box Technology`: the place is no part of the name.
        if let Some((place, rest)) = plain.split_once(' ')
            && PLACES.contains(&place)
        {
            self.add(rest, keys);
        }
    }
}

/// A product's text without the maker's whole name before or behind it.
pub(super) fn off<'a>(product: &'a str, maker: &str) -> &'a str {
    let (mut text, maker) = (product.trim(), maker.trim());
    if maker.is_empty() {
        return text;
    }
    let is_maker = |name: &str| name.eq_ignore_ascii_case(maker);
    let says = |rest: &str| {
        let enough = rest.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
        enough && !rest.trim_start().starts_with("for ")
    };
    if let Some((name, rest)) = text.split_at_checked(maker.len())
        && is_maker(name)
        && rest.starts_with([' ', ',', ':'])
        && says(rest)
    {
        text = rest.trim_start_matches([' ', ',', '-', ':', '/']);
    }
    let start = text.len().checked_sub(maker.len());
    if let Some((rest, name)) = start.and_then(|start| text.split_at_checked(start))
        && is_maker(name)
        && rest.ends_with([' ', ','])
        && says(rest)
    {
        text = rest.trim_end_matches([' ', ',', '-', ':', '/']);
    }
    text
}

/// What the names of makers begin with that may be this one: its first word, or its first two where
/// the first is one of many: `delta`, `delta electronics`.
pub(super) fn start_of(key: &str) -> Option<String> {
    let mut words = key.split(' ');
    let first = words.next()?;
    // `B. Box`: a letter alone begins many names.
    if first.chars().count() < 2 {
        return words.next().map(|second| format!("{first} {second} "));
    }
    let second = words.next();
    if !COMMON.contains(&first) && (second.is_none() || first.chars().count() >= 4) {
        return Some(format!("{first} "));
    }
    second.map(|second| format!("{first} {second} "))
}

/// The first letters of a name of three words or more: `oda`.
pub(super) fn initials(key: &str) -> Option<String> {
    let letters: String = key.split(' ').filter_map(|word| word.chars().next()).collect();
    (key.split(' ').count() >= 3).then_some(letters)
}

/// Last words of many makers' names.
const SURNAMES: [&str; 34] = [
    "systems",
    "system",
    "controls",
    "control",
    "electric",
    "electronic",
    "electronics",
    "automation",
    "network",
    "networks",
    "technology",
    "industries",
    "industrial",
    "international",
    "engineering",
    "solutions",
    "healthcare",
    "medical",
    "health",
    "energy",
    "security",
    "instruments",
    "communications",
    "wireless",
    "devices",
    "digital",
    "robotics",
    "products",
    "services",
    "design",
    "sensors",
    "laboratories",
    "fueling",
    "research",
];

/// `gavazzi` of `carlo gavazzi`, `box` of `b box`: the word that people say alone.
pub(super) fn surname(key: &str) -> Option<String> {
    let (first, last) = key.split_once(' ')?;
    let last =
        last.split(' ').next().filter(|word| last.len() == word.len() || first.len() == 1)?;
    let fits = last.len() >= 5 && !SURNAMES.contains(&last) && !COMMON.contains(&first);
    fits.then(|| last.to_owned())
}

/// `a subsidiary of Box Inc`: the owner.
fn owner(part: &str) -> &str {
    const BOUND: [&str; 3] = ["subsidiary of ", "affiliate of ", "division of "];
    let found = BOUND.iter().find_map(|word| part.split_once(word));
    found.map_or(part, |(_, owner)| owner)
}

/// Lower-case words without marks and legal endings.
pub(super) fn plain(name: &str) -> String {
    let bracket = name.split('(').next().unwrap_or(name);
    let name = if bracket.trim().is_empty() { name } else { bracket };
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let text: String =
        name.replace('.', "").replace("s. r. o", "sro").chars().map(folded).map(letters).collect();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL.contains(last)) {
        words.pop();
    }
    words.join(" ")
}

/// Letters without marks: `geutebrück` is `geutebruck`.
fn folded(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// Text that was UTF-8 read as Latin-1 is read again.
fn repaired(text: &str) -> String {
    if !text.contains(['Ã', 'Â']) {
        return text.to_owned();
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_one_maker() {
        let vendors = Vendors::load();
        for (a, b) in [
            ("Siemens AG", "SIEMENS"),
            ("Rockwell Automation/Allen-Bradley", "Rockwell Automation "),
            ("Allen-Bradley", "Rockwell Automation"),
            ("Schneider Electric Software, LLC", "Schneider Electric"),
            ("3S-Smart Software Solutions GmbH", "CODESYS"),
            ("PHOENIX CONTACT, Innominate Security Technologies", "Phoenix Contact GmbH & Co. KG"),
            ("Mitsubishi Electric Corporation", "MITSUBISHI ELECTRIC"),
            ("GE Intelligent Platforms", "Emerson"),
            ("ABB Power Grids", "Hitachi Energy"),
            ("GeutebrÃ¼ck", "Geutebruck"),
            ("Box Technologies s.r.o.", "Box"),
            ("Old Box GmbH", "New Box (formerly Old Box GmbH)"),
            ("SEL", "Schweitzer Engineering Laboratories"),
        ] {
            assert!(!vendors.keys(a).is_disjoint(&vendors.keys(b)), "{a} {b}");
        }
        let begins = vendors.beginnings("ge multilin");
        assert!(begins.contains("general electric"), "{begins:?}");
        assert!(vendors.beginnings("general motors").is_empty());
        for (a, b) in [
            ("Siemens", "Schneider Electric"),
            ("Delta Electronics", "Delta Controls"),
            ("Acme Ltd", "Other Ltd"),
        ] {
            assert!(vendors.keys(a).is_disjoint(&vendors.keys(b)), "{a} {b}");
        }
    }
}
