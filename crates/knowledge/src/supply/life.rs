//! How long an operating system or a program is supported: from the words that devices say of
//! themselves to the cycles of the pack.

use crate::pack::Lifecycle;
use regex_lite::Regex;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Longest text that is looked at, in bytes.
const TEXT_MAX: usize = 1_000;
/// Most texts whose answers are kept.
const KEPT_MAX: usize = 4_096;

/// Expressions with the product; the cycle is the first group. The first that fits counts.
const WORDS: [(&str, &str); 10] = [
    (r"(?i)\bwindows server (\d{4}(?: r2)?)", "windows-server"),
    (r"(?i)\bwindows (?:embedded )?(posready 7|compact (?:7|2013))", "windows-embedded"),
    (r"(?i)\bwindows (xp|vista|7|8\.1|8)\b", "windows"),
    (r"(?i)\bwindows (5\.1|2002)\b", "windows"),
    (r"(?i)\bwindows (1[01])[ ,-]+(?:version )?(\d\d[h\d]\d)\b", "windows"),
    (r"(?i)\bubuntu[ /-]*(\d{1,2}\.\d\d)\b", "ubuntu"),
    (r"(?i)\bdebian(?: gnu/linux)?[ /-]*(\d{1,2})\b", "debian"),
    (r"(?i)\bred ?hat enterprise linux(?: server)?(?: release)?[ /-]*(\d{1,2})\b", "rhel"),
    (r"(?i)\bcentos(?: linux)?(?: release)?[ /-]*(\d)\b", "centos"),
    (r"(?i)\bopenssl[ /_-]*(0\.9\.8|1\.0\.[012]|1\.1\.[01]|[34]\.\d)", "openssl"),
];

/// Builds of Windows NT: what they were sold as. One build may be a workstation's or a server's.
const BUILDS: [(u32, &[(&str, &str)]); 23] = [
    (2195, &[("windows-server", "2000")]),
    (2600, &[("windows", "5-sp3")]),
    (3790, &[("windows-server", "2003")]),
    (6002, &[("windows", "6-sp2"), ("windows-server", "2008-sp2")]),
    (6003, &[("windows-server", "2008-sp2")]),
    (
        7601,
        &[
            ("windows", "7-sp1"),
            ("windows-server", "2008-r2-sp1"),
            ("windows-embedded", "standard-7-sp1"),
        ],
    ),
    (9200, &[("windows", "8"), ("windows-server", "2012")]),
    (9600, &[("windows", "8.1"), ("windows-server", "2012-r2")]),
    (10240, &[("windows", "10-1507")]),
    (14393, &[("windows", "10-1607"), ("windows-server", "2016")]),
    (17763, &[("windows", "10-1809"), ("windows-server", "2019")]),
    (18362, &[("windows", "10-1903")]),
    (18363, &[("windows", "10-1909")]),
    (19041, &[("windows", "10-2004")]),
    (19042, &[("windows", "10-20h2")]),
    (19043, &[("windows", "10-21h1")]),
    (19044, &[("windows", "10-21h2")]),
    (19045, &[("windows", "10-22h2")]),
    (20348, &[("windows-server", "2022")]),
    (22000, &[("windows", "11-21h2")]),
    (22621, &[("windows", "11-22h2")]),
    (22631, &[("windows", "11-23h2")]),
    (26100, &[("windows", "11-24h2"), ("windows-server", "2025")]),
];

/// What a text says of a product, as cycles that it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycles {
    /// Product and cycles: `windows 10-1809-e, 10-1809-w`.
    pub named: String,
    /// Day of release, the earliest.
    pub released: String,
    /// Last day of active support, the latest; empty where not given.
    pub support: String,
    /// Last day of security updates that is certain: the earliest; empty where open.
    pub end_first: String,
    /// The latest; empty where one is open.
    pub end_last: String,
}

/// Cycles by product.
#[derive(Debug, Default)]
pub struct Lives {
    by_product: BTreeMap<String, Vec<Lifecycle>>,
    /// Devices say the same again and again: each text is looked at once.
    kept: Mutex<BTreeMap<String, Option<Cycles>>>,
}

#[expect(clippy::unwrap_used, reason = "constant expressions that a test compiles")]
static EXPRESSIONS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    WORDS.iter().map(|(pattern, product)| (Regex::new(pattern).unwrap(), *product)).collect()
});

#[expect(clippy::unwrap_used, reason = "a constant expression that a test compiles")]
static BUILD: LazyLock<Regex> = LazyLock::new(|| {
    let text = r"(?i)^(?:(?:microsoft )?windows )?(?:nt )?(?:5\.[012]|6\.[0-3]|10\.0)";
    Regex::new(&format!(r"{text}(?:\.| \(?build )(\d{{4,5}})\b")).unwrap()
});

impl Lives {
    /// Puts cycles in order.
    pub fn new(lives: Vec<Lifecycle>) -> Self {
        let mut by_product: BTreeMap<String, Vec<Lifecycle>> = BTreeMap::new();
        for life in lives {
            by_product.entry(life.product.clone()).or_default().push(life);
        }
        Self { by_product, kept: Mutex::default() }
    }

    /// The cycles that a text names; `None` where it names no product of the pack.
    pub fn of(&self, text: &str) -> Option<Cycles> {
        let text = text.get(..text.floor_char_boundary(TEXT_MAX)).unwrap_or(text);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.get(text) {
            return found.clone();
        }
        let found = self.look(text);
        if kept.len() < KEPT_MAX {
            kept.insert(text.to_owned(), found.clone());
        }
        found
    }

    fn look(&self, text: &str) -> Option<Cycles> {
        let build =
            BUILD.captures(text).and_then(|groups| groups.get(1)?.as_str().parse::<u32>().ok());
        let by_build = BUILDS.iter().find(|(own, _)| Some(*own) == build);
        if let Some((_, named)) = by_build {
            return self.cycles(named);
        }
        for (expression, product) in EXPRESSIONS.iter() {
            let Some(groups) = expression.captures(text) else { continue };
            let part = |at: usize| groups.get(at).map(|part| part.as_str().to_lowercase());
            let cycle = match (part(1)?.as_str(), part(2)) {
                ("xp" | "5.1" | "2002", _) => "5".to_owned(),
                ("vista", _) => "6".to_owned(),
                (major, Some(minor)) => format!("{major}-{minor}"),
                (own, None) => own.replace(' ', "-"),
            };
            let own = self.cycles(&[(product, &cycle)]);
            // Windows Server 2003 R2 has the days of 2003.
            return own.or_else(|| self.cycles(&[(product, cycle.strip_suffix("-r2")?)]));
        }
        None
    }

    fn cycles(&self, named: &[(&str, &str)]) -> Option<Cycles> {
        let mut found: Vec<&Lifecycle> = Vec::new();
        for (product, cycle) in named {
            let all = self.by_product.get(*product).map_or(&[][..], Vec::as_slice);
            // `10-1809` means `10-1809-e` and `10-1809-w`; `2008-r2` means `2008-r2-sp1`, while
            // `2012` does not mean `2012-r2`.
            let fits = |life: &&Lifecycle| {
                let rest = life.cycle.strip_prefix(cycle);
                rest.is_some_and(|rest| {
                    rest.is_empty() || (rest.starts_with('-') && !rest.starts_with("-r2"))
                })
            };
            found.extend(all.iter().filter(fits));
        }
        let names: Vec<String> =
            found.iter().map(|life| format!("{} {}", life.product, life.cycle)).collect();
        let ends = found.iter().map(|life| life.end.as_str());
        let open = found.iter().any(|life| life.end.is_empty());
        let first = ends.clone().filter(|end| !end.is_empty()).min().unwrap_or_default();
        let last = if open { "" } else { ends.max().unwrap_or_default() };
        let released = found.iter().map(|life| life.released.as_str()).filter(|d| !d.is_empty());
        let support = found.iter().map(|life| life.support.as_str()).max().unwrap_or_default();
        (!found.is_empty()).then(|| Cycles {
            named: names.join(", "),
            released: released.min().unwrap_or_default().to_owned(),
            support: support.to_owned(),
            end_first: first.to_owned(),
            end_last: last.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;

    #[test]
    fn words_of_devices_mean_cycles() {
        let lives = Lives::new(Pack::built_in().unwrap().tables().unwrap().lifecycles);
        for (text, wanted) in [
            ("Windows Server 2012 R2 Standard", "windows-server 2012-r2"),
            ("Windows Server 2012 Standard", "windows-server 2012"),
            (
                "Windows 6.1 (build 7601)",
                "windows 7-sp1, windows-server 2008-r2-sp1, windows-embedded standard-7-sp1",
            ),
            ("Windows 10.0.19041", "windows 10-2004"),
            ("10.0.19041", "windows 10-2004"),
            ("Windows 5.1", "windows 5-sp3"),
            ("Windows 2002 Service Pack 3 2600", "windows 5-sp3"),
            (
                "Windows Server 2003 R2 3790 Service Pack 2",
                "windows-server 2003-sp2, windows-server 2003-sp1, windows-server 2003",
            ),
            ("Microsoft Windows XP", "windows 5-sp3"),
            ("Windows 10, version 22H2", "windows 10-22h2"),
            ("OpenSSH_8.2p1 Ubuntu-20.04", "ubuntu 20.04"),
            ("Debian GNU/Linux 10", "debian 10"),
            ("Apache (Unix) OpenSSL/1.0.2k", "openssl 1.0.2"),
        ] {
            assert_eq!(lives.of(text).map(|c| c.named).as_deref(), Some(wanted), "{text}");
        }
        for text in ["Linux 4.19", "VxWorks", "Windows", "windows 99", "", "openssl"] {
            assert_eq!(lives.of(text), None, "{text}");
        }
        let both = lives.of("Windows 10.0.17763").unwrap();
        assert!(both.end_first < both.end_last, "workstation and server end on other days");
    }
}
