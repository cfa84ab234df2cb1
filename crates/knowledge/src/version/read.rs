//! From text to [`Version`].

use super::{DAY, Mark, Part, Version, date};

/// Longest text taken for a version; longer ones are prose.
const TEXT_MAX: usize = 96;
/// Most numbers kept of one version.
const NUMBERS_MAX: usize = 16;

/// Words before a version that say nothing.
const DECORATION: [&str; 23] = [
    "v", "ver", "version", "versions", "r", "rev", "revision", "release", "fw", "frn", "firmware",
    "sv", "sw", "software", "s", "bios", "os", "mx", "m", "se", "ros", "build", "vx",
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number {
        value: u64,
        digits: u8,
    },
    Any,
    Word(String),
    /// A separator; `None` between tokens that touch.
    Mark(char),
}

impl Version {
    /// Reads a version; `None` where the text holds none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(|c: char| matches!(c, '"' | '\'' | ',' | ';'));
        if text.is_empty() || text.len() > TEXT_MAX {
            return None;
        }
        if let Some(day) = date::read(text) {
            let base = day.map(|value| Part::Number { value, digits: 1 }).to_vec();
            return Some(Self::plain(text, DAY.to_owned(), base));
        }
        let joined = with_build(text);
        let text = without_second(without_date(behind_model(&joined)));
        // `MP2.90.2`: a maintenance pack's whole version.
        let bare = text
            .strip_prefix("MP")
            .or_else(|| text.strip_prefix("mp"))
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('.'));
        let text = bare.unwrap_or(text);
        let mut tokens = tokens(text)?;
        strip_decoration(&mut tokens);
        let underscores = !text.contains('.');
        let mut at = 0;
        let prefix = prefix(&tokens, &mut at);
        let (base, letter) = base(&tokens, &mut at, underscores);
        let mut version = Self { letter, ..Self::plain(text, prefix, base) };
        tail(&mut version, tokens.get(at..).unwrap_or(&[]));
        let says =
            !(version.prefix.is_empty() && version.base.is_empty() && version.marks.is_empty());
        says.then_some(version)
    }

    /// Numbers, and nothing behind them.
    fn plain(text: &str, prefix: String, base: Vec<Part>) -> Self {
        Self {
            text: text.to_owned(),
            prefix,
            base,
            letter: String::new(),
            groups: Vec::new(),
            marks: Vec::new(),
            rest: String::new(),
        }
    }
}

/// `BOX4000_v2.16_170401`: the version stands behind the model.
fn behind_model(text: &str) -> &str {
    let is_model = |head: &str| {
        head.len() >= 4
            && head.starts_with(|c: char| c.is_ascii_alphabetic())
            && head.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let at = text.find("_v").or_else(|| text.find("_V"));
    let parts = at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)));
    match parts {
        Some((head, rest))
            if is_model(head) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) =>
        {
            rest
        }
        _ => behind_system(text).or_else(|| behind_image(text)).unwrap_or(text),
    }
}

/// `BoxOS-2S-07.0.02`: the version stands behind the system and its edition, a digit and a letter.
fn behind_system(text: &str) -> Option<&str> {
    let (system, rest) = text.split_once('-')?;
    let (edition, version) = rest.split_once('-')?;
    let letters = system.len() >= 3 && system.bytes().all(|b| b.is_ascii_alphabetic());
    let coded =
        matches!(edition.as_bytes(), [a, b] if a.is_ascii_digit() && b.is_ascii_uppercase());
    let starts = version.starts_with(|c: char| c.is_ascii_digit());
    (letters && coded && starts && is_dotted(version)).then_some(version)
}

/// Digits and dots alone.
fn is_dotted(text: &str) -> bool {
    text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// `BOX9_R_00.07.03.4`, `AcmeBS_QRTB_2.11.6`: the version stands behind the image's name.
fn behind_image(text: &str) -> Option<&str> {
    let (image, version) = text.rsplit_once('_')?;
    let letters = image.bytes().take_while(u8::is_ascii_alphabetic).count();
    let plain = image.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let starts = version.starts_with(|c: char| c.is_ascii_digit());
    let deep = version.matches('.').count() >= 2;
    (letters >= 3 && plain && starts && deep && is_dotted(version)).then_some(version)
}

/// `2.0 (Gold Build 683.0)`: the build in brackets counts.
fn with_build(text: &str) -> std::borrow::Cow<'_, str> {
    let inside =
        text.split_once(" (").and_then(|(head, rest)| Some((head, rest.strip_suffix(')')?)));
    let build = inside.and_then(|(head, inside)| {
        // `12 SP0 (1204.78)`: too large for the same version on another scale.
        let large = inside.split('.').next().is_some_and(|first| first.len() == 4);
        if large && is_dotted(inside) && head.contains(" SP") {
            return Some(format!("{head} build {inside}"));
        }
        let lower = inside.to_lowercase();
        let at = lower.find("build ")?;
        let number = lower.get(at + 6..)?.trim_start_matches("nr. ");
        let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let version = head.contains(|c: char| c.is_ascii_digit());
        (plain && version).then(|| format!("{head} build {number}"))
    });
    build.map_or(std::borrow::Cow::Borrowed(text), std::borrow::Cow::Owned)
}

/// `V2.1 SP3 (2.1.670)`, `2.0.0.5 (BoxSoft v5.0.0.93)`: the same on another scale, or a part's,
/// in brackets behind it. Of a year with a number, the number.
fn without_second(text: &str) -> &str {
    let Some((head, rest)) = text.split_once(" (") else { return text };
    let Some(inside) = rest.trim_end().strip_suffix(')') else { return text };
    let head = head.trim_end();
    let number = inside.strip_prefix(['v', 'V']).unwrap_or(inside);
    let dotted = is_dotted(number);
    let named = inside.contains('.')
        && inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && inside.contains(' ');
    let is_year = head.len() == 4 && matches!(head.get(..2), Some("19" | "20"));
    match (dotted, named) {
        (true, _) if is_year => inside,
        (true, _) | (_, true) if head.contains('.') || head.contains(" SP") => head,
        _ => text,
    }
}

/// `2.4.16 (30.07.2021)`: a day in brackets behind a version is no part of it.
fn without_date(text: &str) -> &str {
    let Some((head, rest)) = text.split_once('(') else { return text };
    let Some(inside) = rest.trim_end().strip_suffix(')') else { return text };
    let parts: Vec<&str> = inside.split(['.', '-', '/']).collect();
    let digits = |part: &&str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let year = |part: &&str| part.len() == 4 && matches!(part.get(..2), Some("19" | "20"));
    let day = parts.len() == 3 && parts.iter().all(digits) && parts.iter().any(year);
    let version = head.contains(|c: char| c.is_ascii_digit());
    // `5.5.4 (Windows 64 bit)`.
    let lower = inside.to_lowercase();
    let platform = ["windows", "linux", "64 bit", "64-bit", "32 bit", "32-bit"];
    let system = platform.iter().any(|word| lower.contains(word));
    let aside = day || system || matches!(inside, "stable" | "latest");
    if version && aside { head.trim_end() } else { text }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&c) = chars.peek() {
        if c.is_ascii_digit() {
            let (mut value, mut digits) = (0u64, 0u8);
            while let Some(d) = chars.peek().and_then(|c| c.to_digit(10)) {
                value = value.checked_mul(10)?.checked_add(u64::from(d))?;
                digits = digits.saturating_add(1);
                chars.next();
            }
            out.push(Token::Number { value, digits });
        } else if c.is_alphabetic() {
            let mut word = String::new();
            while let Some(&c) = chars.peek().filter(|c| c.is_alphabetic()) {
                word.extend(c.to_lowercase());
                chars.next();
            }
            let after_dot = matches!(out.last(), Some(Token::Mark('.')));
            out.push(match word.as_str() {
                "x" | "xx" if after_dot => Token::Any,
                _ => Token::Word(word),
            });
        } else {
            chars.next();
            let after_number =
                matches!(out.last(), Some(Token::Number { .. } | Token::Mark('.' | ' ')));
            match c {
                '*' if after_number || out.is_empty() => {
                    if matches!(out.last(), Some(Token::Mark(' '))) {
                        out.pop();
                        out.push(Token::Mark('.'));
                    }
                    out.push(Token::Any);
                }
                _ => out.push(Token::Mark(c)),
            }
        }
        if out.len() > 4 * NUMBERS_MAX {
            return None;
        }
    }
    Some(out)
}

/// Drops leading words and marks that only say that a version follows.
fn strip_decoration(tokens: &mut Vec<Token>) {
    let mut from = 0;
    while let Some(token) = tokens.get(from) {
        let drop = match token {
            Token::Mark(_) => true,
            Token::Word(word) => {
                let more = tokens.get(from + 1..).unwrap_or(&[]);
                let number_follows = more.iter().find_map(|t| match t {
                    Token::Mark(' ' | '.' | ':' | '_' | '-') => None,
                    Token::Number { .. } => Some(true),
                    Token::Word(next) => Some(DECORATION.contains(&next.as_str())),
                    _ => Some(false),
                });
                DECORATION.contains(&word.as_str()) && number_follows == Some(true)
            }
            Token::Number { .. } | Token::Any => false,
        };
        if !drop {
            break;
        }
        from += 1;
    }
    tokens.drain(..from);
}

/// The dotted numbers and the letters that touch their end.
fn base(tokens: &[Token], at: &mut usize, underscores: bool) -> (Vec<Part>, String) {
    let mut parts = Vec::new();
    loop {
        match tokens.get(*at) {
            Some(Token::Number { value, digits }) => {
                parts.push(Part::Number { value: *value, digits: *digits });
            }
            Some(Token::Any) if !parts.is_empty() => parts.push(Part::Any),
            _ => break,
        }
        *at += 1;
        let joins = match tokens.get(*at) {
            Some(Token::Mark('.')) => true,
            Some(Token::Mark('_')) => underscores,
            _ => false,
        };
        let more = matches!(tokens.get(*at + 1), Some(Token::Number { .. } | Token::Any));
        if !(joins && more) || parts.len() >= NUMBERS_MAX {
            break;
        }
        *at += 1;
    }
    let letter = match tokens.get(*at) {
        Some(Token::Word(word)) if !parts.is_empty() && word.len() <= 2 => {
            // `2016R2` and `V0SP3` name a number; `1.156N` and `15.2(6)E0a` do not.
            let names = matches!(tokens.get(*at + 1), Some(Token::Number { .. }));
            if names && mark_of(word).is_some() { None } else { Some(word.clone()) }
        }
        _ => None,
    };
    if letter.is_some() {
        *at += 1;
    }
    (parts, letter.unwrap_or_default())
}

/// One or two letters that count, before numbers or alone: `B13`, `C.02`, `LF`.
fn prefix(tokens: &[Token], at: &mut usize) -> String {
    // `Box.Ess4.01.02.10`: the firmware's name, with points.
    if let [Token::Word(a), Token::Mark('.'), Token::Word(b), Token::Number { .. }, ..] = tokens {
        *at = 3;
        return format!("{a}.{b}");
    }
    let Some(Token::Word(word)) = tokens.first() else { return String::new() };
    let number = match tokens {
        [_] => true,
        [_, Token::Number { .. }, ..] | [_, Token::Mark('.'), Token::Number { .. }, ..] => {
            // `SS016.05.03`: two letters where the number is dotted.
            let dotted = matches!(tokens.get(2), Some(Token::Mark('.')));
            word.len() == 1 || dotted && matches!(tokens.get(1), Some(Token::Number { .. }))
        }
        _ => false,
    };
    if !number
        || word.len() > 2
        || !word.is_ascii()
        || mark_of(word).is_some_and(|_| word.len() > 1)
    {
        return String::new();
    }
    *at += if matches!(tokens.get(1), Some(Token::Mark(_))) { 2 } else { 1 };
    word.clone()
}

fn mark_of(word: &str) -> Option<Mark> {
    Some(match word {
        "r" | "rev" | "release" => Mark::Release,
        "sp" | "spk" => Mark::ServicePack,
        "sr" => Mark::ServiceRelease,
        "mp" | "fp" => Mark::Pack,
        "tcu" => Mark::Tcu,
        "u" | "upd" | "update" | "updates" | "cu" | "su" => Mark::Update,
        "hf" | "hotfix" | "hotfixrev" => Mark::HotFix,
        "v" => Mark::Point,
        "p" | "patch" => Mark::Patch,
        "build" | "b" | "bld" | "nr" => Mark::Build,
        _ => return None,
    })
}

/// Names of two words.
fn mark_of_two(first: &str, second: &str) -> Option<Mark> {
    Some(match (first, second) {
        ("service", "pack") => Mark::ServicePack,
        ("service", "release") => Mark::ServiceRelease,
        ("feature" | "maintenance", "pack") => Mark::Pack,
        ("hot", "fix") | ("hotfix", "rev") => Mark::HotFix,
        ("security" | "cumulative", "update") => Mark::Update,
        ("security", "patch") => Mark::Patch,
        ("build", "nr" | "number" | "no") => Mark::Build,
        _ => return None,
    })
}

/// What stands behind the base.
fn tail(version: &mut Version, tokens: &[Token]) {
    let tokens: Vec<&Token> = tokens
        .iter()
        .filter(|t| {
            !matches!(t, Token::Mark(' ' | '_' | '-' | '.' | '(' | ')' | ',' | '/' | '+' | ':'))
        })
        .collect();
    let mut at = 0;
    let mut unread = Vec::new();
    while let Some(token) = tokens.get(at) {
        at += 1;
        let mark = match token {
            Token::Number { value, .. } => {
                if version.groups.len() < NUMBERS_MAX {
                    version.groups.push(*value);
                }
                continue;
            }
            Token::Word(word) => match tokens.get(at) {
                Some(Token::Word(next)) if mark_of_two(word, next).is_some() => {
                    at += 1;
                    mark_of_two(word, next)
                }
                Some(Token::Number { .. }) => mark_of(word),
                _ => None,
            },
            Token::Any | Token::Mark(_) => None,
        };
        match (mark, token) {
            (Some(mark), _) => {
                let mut numbers = Vec::new();
                // A build may be dotted; other marks have one number.
                while let Some(Token::Number { value, .. }) = tokens.get(at) {
                    numbers.push(*value);
                    at += 1;
                    if mark != Mark::Build {
                        break;
                    }
                }
                // `Update 2b`: older than 3.
                if let Some(Token::Word(word)) = tokens.get(at)
                    && mark != Mark::Build
                    && let [letter @ b'a'..=b'z'] = word.as_bytes()
                    && !matches!(tokens.get(at + 1), Some(Token::Number { .. }))
                {
                    numbers.push(u64::from(letter - b'a') + 1);
                    at += 1;
                }
                if version.marks.iter().all(|(kind, _)| *kind != mark) && !numbers.is_empty() {
                    version.marks.push((mark, numbers));
                }
            }
            // A word that only names the number behind it.
            (None, Token::Word(word)) if word == "hw" => {}
            (None, Token::Word(word)) => unread.push(word.clone()),
            (None, Token::Any) => unread.push("*".to_owned()),
            (None, Token::Mark(c)) => unread.push(c.to_string()),
            (None, Token::Number { .. }) => {}
        }
    }
    version.marks.sort();
    version.rest = unread.join(" ");
}
