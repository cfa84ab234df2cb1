//! Order and model numbers, and the patterns that advisories write for several of them.

use regex_lite::Regex;
use std::sync::LazyLock;

/// Order numbers inside product names: Siemens, Rockwell, Schneider, WAGO, GE/Emerson, Phoenix.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(",
        r"[0-9][A-Z]{2}[0-9][ ]?[0-9]{3}-?[0-9A-Z]{5}-?[0-9A-Z]{4}",
        r"|(?:17|18|19|20|27|50)[0-9]{2}[A-Z]{0,3} ?- ?[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?:/[A-F]\b)?",
        r"|BM[EX] [A-Z]{1,4} ?[0-9]{2,}[A-Z0-9]*",
        r"|(?:BM[EX]|TSX|TM[2-5]|140|171|170|STB|SCADAPACK)[A-Z]{1,4} ?[A-Z]?[0-9]{2,}[A-Z0-9]*",
        r"|IC69[0-9][A-Z]{3}[0-9]{3}[A-Z]*",
        r"|7[0-9]{2}-[0-9]{3,4}(?:/[0-9]{3}-[0-9]{3})?",
        r")"
    ))
    .unwrap()
});

/// Patterns: order numbers with `*`, `x` or dots for what varies.
#[expect(clippy::unwrap_used, reason = "a constant expression that every test compiles")]
static PATTERNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([0-9A-Z][0-9A-Z-]{2,}(?:\*+[0-9A-Z/-]*|\.\.+[0-9A-Z.-]*|x{2,}[0-9A-Z/x-]*)+|[A-Z]{2,}-?[0-9]{2,}x\b)")
        .unwrap()
});

/// Characters of a number that patterns are found by.
const START: usize = 3;

/// An order number or a pattern, in the form that compares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(String);

impl Number {
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim().to_uppercase().replace("XX", "**").replace("*X", "*");
        let kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '?' | '/');
        let mut out = String::new();
        for c in text.replace("..", "*").chars().filter(|c| kept(*c)) {
            if c == '*' && out.ends_with('*') {
                continue;
            }
            out.push(c);
        }
        Self(out)
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn is_pattern(&self) -> bool {
        self.0.contains(['*', '?'])
    }

    /// This device's number is meant by `other`, a number or a pattern. A series letter behind a
    /// slash (`1763-L16BWA/B`) is no part of the number where the other has none.
    pub(super) fn is_meant_by(&self, other: &Self) -> bool {
        if !self.may_be_meant_by(other) {
            return false;
        }
        let own = self.base();
        if other.is_pattern() {
            return glob(other.0.as_bytes(), self.0.as_bytes())
                || glob(other.0.as_bytes(), own.as_bytes());
        }
        self.0 == other.0 || own == other.0 || own == other.base()
    }

    /// Both begin alike, as far as neither leaves it open: nearly all others are told apart here.
    fn may_be_meant_by(&self, other: &Self) -> bool {
        let pairs = self.0.bytes().zip(other.0.bytes()).take(START);
        let mut said = pairs.take_while(|(own, its)| *own != b'/' && !matches!(its, b'*' | b'?'));
        said.all(|(own, its)| own == its)
    }

    /// Its first characters, by which a pattern and the numbers that it means are put together;
    /// `None` where it leaves one of them open or is shorter.
    pub(super) fn start(&self) -> Option<&str> {
        self.0.get(..START).filter(|start| !start.contains(['*', '?']))
    }

    /// How much of it is said: its characters that stand for themselves.
    pub(super) fn weight(&self) -> usize {
        self.0.chars().filter(|c| !matches!(c, '*' | '?')).count()
    }

    /// The number without a series letter.
    pub(super) fn base(&self) -> &str {
        match self.0.rsplit_once('/') {
            Some((base, series)) if series.len() == 1 => base,
            _ => &self.0,
        }
    }

    /// The series letter.
    pub(super) fn series(&self) -> Option<char> {
        let (_, series) = self.0.rsplit_once('/')?;
        let mut chars = series.chars();
        let letter = chars.next().filter(char::is_ascii_uppercase)?;
        chars.next().is_none().then_some(letter)
    }
}

/// `article number 2404671`: a number that is announced as one, in lower-case text.
pub(super) fn announced(lower: &str) -> Vec<Number> {
    const WORDS: [&str; 5] = ["article", "order n", "item n", "part n", "art. n"];
    if !WORDS.iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let words = lower.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let number = |word: &&str| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_digit());
    words.filter(number).map(Number::of).collect()
}

/// Order numbers and patterns in a text.
pub(super) fn in_text(text: &str) -> Vec<Number> {
    let boxes = text.replace(" □", "□").replace('□', "*").replace("[]", "*");
    let text = boxes.as_str();
    let mut found: Vec<Number> = alternatives(text);
    if text.contains(['*', 'x']) || text.contains("..") {
        let patterns = PATTERNS.captures_iter(text).filter_map(|groups| groups.get(1));
        let patterns = patterns.map(|number| Number::of(&holes(number.as_str())));
        found.extend(patterns.filter(|number| number.text().len() >= 4 && number.is_pattern()));
    }
    found.extend(template(text));
    found.extend(text.split([' ', ',', '/']).filter_map(inner_hole));
    found.extend(
        text.split([' ', ','])
            .filter(|word| ends_open(word) || is_open(word))
            .map(|word| Number::of(&format!("{}*", word.trim_end_matches('x')))),
    );
    if !may_have_number(text) {
        return found;
    }
    let plain = NUMBERS.captures_iter(text).filter_map(|groups| groups.get(1));
    for number in plain.map(|number| Number::of(&holes(number.as_str()))) {
        let covered = found.iter().any(|pattern| pattern.text().starts_with(number.text()));
        if !covered && !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// `TSW-X60`: an X behind a hyphen and before numbers stands for any.
fn inner_hole(word: &str) -> Option<Number> {
    let (head, tail) = word.split_once("-X")?;
    let capitals = head.len() >= 3 && head.chars().all(|c| c.is_ascii_uppercase());
    let digits = tail.len() == 2 && tail.bytes().all(|b| b.is_ascii_digit());
    (capitals && digits).then(|| Number::of(&format!("{head}*{tail}*")))
}

/// `C0-1x`: a number behind a hyphen that goes on.
pub(super) fn is_open(word: &str) -> bool {
    let Some((head, tail)) = word.split_once('-') else { return false };
    let number = tail.strip_suffix('x').unwrap_or("");
    let capitals = head.starts_with(|c: char| c.is_ascii_uppercase())
        && head.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    head.len() >= 2 && capitals && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// `XPS-Cx`: a small letter behind capitals stands for any.
fn ends_open(word: &str) -> bool {
    word.strip_suffix('x').is_some_and(|head| {
        head.len() >= 4
            && head.contains('-')
            && head.ends_with(|c: char| c.is_ascii_uppercase())
            && head.chars().all(|c| c.is_ascii_uppercase() || c == '-')
    })
}

/// How order numbers begin that `NUMBERS` finds.
const HEADS: [&[u8]; 16] = [
    b"17", b"18", b"19", b"20", b"27", b"50", b"BM", b"TSX", b"TM2", b"TM3", b"TM4", b"TM5",
    b"140", b"STB", b"SCA", b"IC6",
];

/// Some word begins as order numbers do: looking closer takes longer.
fn may_have_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let starts = (0..bytes.len()).filter(|at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !before.is_some_and(is_word)
    });
    let mut words = starts.filter_map(|at| bytes.get(at..)?.first_chunk::<4>());
    words.any(|word| match word {
        [b'7', b'0'..=b'9', b'0'..=b'9', b'-'] => true,
        [a, b, c, d] if a.is_ascii_digit() && b.is_ascii_alphabetic() => {
            c.is_ascii_alphabetic() && d.is_ascii_digit()
        }
        word => HEADS.iter().any(|head| {
            word.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
        }),
    })
}

/// `1756-L8zS`: a small letter behind a digit stands for any.
fn holes(number: &str) -> String {
    let capitals = number.chars().any(|c| c.is_ascii_uppercase());
    let chars: Vec<char> = number.chars().collect();
    let is_hole = |at: usize, c: char| {
        capitals
            && matches!(c, 'x' | 'z')
            && at.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit)
    };
    chars.iter().enumerate().map(|(at, c)| if is_hole(at, *c) { '*' } else { *c }).collect()
}

/// Most numbers that one word of alternatives stands for.
const ALTERNATIVES_MAX: usize = 64;

/// One word for several models: `R04/08/16/32/120(EN)CPU`, `CPE305/310`, `L02/06/26CPU(-P)`.
pub(super) fn alternatives(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    if !text.contains(|c: char| c.is_ascii_digit()) || !text.contains(['/', '(']) {
        return found;
    }
    let joined = text.replace(" (EN)", "(EN)").replace("(EN) ", "(EN)");
    let joined = ["CPU", "UDVCPU"].iter().fold(joined, |text, tail| join_tail(&text, tail));
    for word in joined.split([' ', ',', ';']) {
        let letters = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
        let (head, rest) = word.split_at_checked(letters).unwrap_or((word, ""));
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '/')).unwrap_or(rest.len());
        let (list, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let numbers: Vec<&str> = list.split('/').filter(|one| !one.is_empty()).collect();
        // `iQ-R series 04/08/16(EN)CPU`: the line's letter is left out.
        let head = if head.is_empty() && text.contains("iQ-R ") { "R" } else { head };
        let is_head = (1..=6).contains(&head.len()) && head.chars().all(|c| c.is_ascii_uppercase());
        let is_tail = tail.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '(' | ')' | '-'));
        if !is_head || !is_tail || numbers.is_empty() || (numbers.len() < 2 && !tail.contains('('))
        {
            continue;
        }
        for number in numbers {
            for tail in with_and_without(tail) {
                if found.len() < ALTERNATIVES_MAX {
                    found.push(Number::of(&format!("{head}{number}{tail}")));
                }
            }
        }
    }
    found
}

/// `R08 CPU` is `R08CPU` where a number list stands before it.
fn join_tail(text: &str, tail: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ') {
        let joins = word == tail && out.ends_with(|c: char| c.is_ascii_digit() || c == ')');
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A part in brackets may be there or not.
fn with_and_without(text: &str) -> Vec<String> {
    match text.split_once('(').and_then(|(a, rest)| Some((a, rest.split_once(')')?))) {
        Some((before, (inside, after))) => {
            vec![format!("{before}{after}"), format!("{before}{inside}{after}")]
        }
        None => vec![text.to_owned()],
    }
}

/// `FX5U-xMy/z x=32,64,80, y=T,R`: letters that the text explains stand for anything.
fn template(text: &str) -> Option<Number> {
    let at = text.find("x=").or_else(|| text.find("x ="))?;
    let word = text.get(..at)?.split_whitespace().next_back()?;
    let holes = word.replace(['x', 'y', 'z'], "*");
    (holes != word).then(|| Number::of(holes.trim_end_matches(',')))
}

/// `*` any run, `?` any one. Linear in the product of both lengths at worst.
pub(super) fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == b'?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_names() {
        let texts = |text| in_text(text).iter().map(|n| n.text().to_owned()).collect::<Vec<_>>();
        assert_eq!(texts("SIMATIC S7-1200 CPU 1214C (6ES7 214-1AG40-0XB0)"), ["6ES72141AG400XB0"]);
        assert_eq!(texts("1756-EN2T Series D"), ["1756EN2T"]);
        assert_eq!(texts("Modicon M340 CPU (part numbers BMXP34*)"), ["BMXP34*"]);
        assert_eq!(texts("Modicon M580 (part numbers BMEP* and BMEH*)"), ["BMEP*", "BMEH*"]);
        assert_eq!(texts("M340 CPUs BMX P34x"), ["BMXP34*"]);
        assert_eq!(texts("AFR67x"), ["AFR67*"]);
        assert_eq!(texts("Quantum 140CPU65xxxxx"), ["140CPU65*"]);
        assert_eq!(texts("750-8204/025-000"), ["7508204/025000"]);
        assert!(texts("SIMATIC S7-1200 CPU family V4").is_empty());
    }

    #[test]
    fn patterns_mean_numbers() {
        let meant = |number, by| Number::of(number).is_meant_by(&Number::of(by));
        assert!(meant("BMX P34 2020", "BMXP34*"));
        assert!(meant("6ES7214-1AG40-0XB0", "6ES7 214-1AG40-0XB0"));
        assert!(meant("1763-L16BWA/B", "1763-L16BWA"));
        assert!(!meant("BMEP584040", "BMXP34*"));
        assert!(meant("BMEP584040S", "BMEP58*S"));
        assert!(!meant("BMEP584040", "BMEP58*S"));
        assert_eq!(Number::of("1763-L16BWA/B").series(), Some('B'));
    }
}
