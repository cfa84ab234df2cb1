//! The order of versions of packages, by ecosystem; `None` where it is not certain.

use std::cmp::Ordering::{self, Equal, Greater, Less};

/// How versions of a kind of package are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Semantic versions, also with more or fewer numbers.
    Semver,
    /// Debian's.
    Debian,
    /// Only plain numbers with points compare.
    Plain,
}

impl Order {
    /// The order of a type of package URL.
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "npm" | "cargo" | "golang" | "hex" | "pub" | "nuget" | "swift" => Self::Semver,
            "deb" => Self::Debian,
            _ => Self::Plain,
        }
    }

    /// The order of two versions.
    pub(super) fn compare(self, a: &str, b: &str) -> Option<Ordering> {
        if a == b {
            return Some(Equal);
        }
        match self {
            Self::Semver => semver(a, b),
            Self::Debian => Some(debian(a, b)),
            Self::Plain => plain(a, b),
        }
    }
}

fn numbers(text: &str) -> Option<Vec<u64>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// Missing numbers are zero.
fn by_number(a: &[u64], b: &[u64]) -> Ordering {
    let at = |list: &[u64], at: usize| list.get(at).copied().unwrap_or(0);
    let all = 0..a.len().max(b.len());
    all.map(|i| at(a, i).cmp(&at(b, i))).find(|order| *order != Equal).unwrap_or(Equal)
}

fn plain(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (a.trim_start_matches(['v', 'V']), b.trim_start_matches(['v', 'V']));
    Some(by_number(&numbers(a)?, &numbers(b)?))
}

/// Semantic Versioning 2.0.0 §11; what stands behind `+` does not count.
fn semver(a: &str, b: &str) -> Option<Ordering> {
    let parts = |text: &str| {
        let text = text.trim_start_matches(['v', 'V', '=']);
        let text = text.split('+').next().unwrap_or(text);
        let (core, pre) = text.split_once('-').unwrap_or((text, ""));
        Some((numbers(core)?, pre.to_owned()))
    };
    let ((a, pre_a), (b, pre_b)) = (parts(a)?, parts(b)?);
    let core = by_number(&a, &b);
    if core != Equal {
        return Some(core);
    }
    Some(match (pre_a.is_empty(), pre_b.is_empty()) {
        (true, true) => Equal,
        (true, false) => Greater,
        (false, true) => Less,
        (false, false) => pre_release(&pre_a, &pre_b),
    })
}

fn pre_release(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Equal,
            (None, Some(_)) => Less,
            (Some(_), None) => Greater,
            (Some(x), Some(y)) => match (x.parse::<u64>(), y.parse::<u64>()) {
                (Ok(x), Ok(y)) => x.cmp(&y),
                (Ok(_), Err(_)) => Less,
                (Err(_), Ok(_)) => Greater,
                (Err(_), Err(_)) => x.cmp(y),
            },
        };
        if order != Equal {
            return order;
        }
    }
}

/// deb-version(7): epoch, upstream version, revision.
fn debian(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| {
        let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
        let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, "0"));
        (epoch.parse::<u64>().unwrap_or(0), upstream.to_owned(), revision.to_owned())
    };
    let ((epoch_a, up_a, rev_a), (epoch_b, up_b, rev_b)) = (parts(a), parts(b));
    let order = epoch_a.cmp(&epoch_b).then_with(|| debian_part(&up_a, &up_b));
    order.then_with(|| debian_part(&rev_a, &rev_b))
}

fn debian_part(a: &str, b: &str) -> Ordering {
    // A tilde sorts before the end, letters before all other signs.
    let rank = |byte: Option<u8>| match byte {
        Some(b'~') => -1,
        None => 0,
        Some(byte) if byte.is_ascii_digit() => 0,
        Some(byte) if byte.is_ascii_alphabetic() => i32::from(byte),
        Some(byte) => i32::from(byte) + 256,
    };
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while !a.is_empty() || !b.is_empty() {
        loop {
            let letter = |text: &[u8]| text.first().copied().filter(|byte| !byte.is_ascii_digit());
            if letter(a).is_none() && letter(b).is_none() {
                break;
            }
            let order = rank(a.first().copied()).cmp(&rank(b.first().copied()));
            if order != Equal {
                return order;
            }
            (a, b) = (a.get(1..).unwrap_or(&[]), b.get(1..).unwrap_or(&[]));
        }
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ((x, rest_a), (y, rest_b)) = (a.split_at(digits(a)), b.split_at(digits(b)));
        let trim =
            |text: &[u8]| text.iter().copied().skip_while(|byte| *byte == b'0').collect::<Vec<_>>();
        let (x, y) = (trim(x), trim(y));
        let order = x.len().cmp(&y.len()).then_with(|| x.cmp(&y));
        if order != Equal {
            return order;
        }
        (a, b) = (rest_a, rest_b);
    }
    Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered() {
        use Order::{Debian, Plain, Semver};
        for (order, a, b, wanted) in [
            (Semver, "1.2.3", "1.2.10", Some(Less)),
            (Semver, "1.0.0-alpha", "1.0.0", Some(Less)),
            (Semver, "1.0.0-alpha.1", "1.0.0-alpha.beta", Some(Less)),
            (Semver, "1.0.0-rc.2", "1.0.0-rc.11", Some(Less)),
            (Semver, "v1.0", "1.0.0+build", Some(Equal)),
            (Semver, "1.x", "1.0", None),
            (Debian, "1.0~rc1", "1.0", Some(Less)),
            (Debian, "1:0.1", "9.9", Some(Greater)),
            (Debian, "1.0-1", "1.0-1+b1", Some(Less)),
            (Debian, "1.0a", "1.0", Some(Greater)),
            (Debian, "1.10", "1.9", Some(Greater)),
            (Debian, "3.0.11-1~deb12u2", "3.0.11-1~deb12u10", Some(Less)),
            (Plain, "1.0.2", "1.0.10", Some(Less)),
            (Plain, "1.0", "1.0.0", Some(Equal)),
            (Plain, "1.0.2k", "1.0.2l", None),
        ] {
            assert_eq!(order.compare(a, b), wanted, "{a} {b}");
            assert_eq!(order.compare(b, a), wanted.map(Ordering::reverse), "{b} {a}");
        }
    }
}
