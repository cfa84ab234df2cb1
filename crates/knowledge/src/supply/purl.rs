//! Packages by name: package URLs and ecosystems under one key.

/// A package's key: its type and its whole name, as they compare.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Package {
    /// The type of its URL: `pypi`, `npm`, `deb`, …
    pub kind: String,
    /// Its name with the namespace before it.
    pub name: String,
}

/// Ecosystems of OSV and the types of package URLs.
const ECOSYSTEMS: [(&str, &str); 21] = [
    ("pypi", "pypi"),
    ("npm", "npm"),
    ("go", "golang"),
    ("crates.io", "cargo"),
    ("maven", "maven"),
    ("nuget", "nuget"),
    ("rubygems", "gem"),
    ("packagist", "composer"),
    ("hex", "hex"),
    ("pub", "pub"),
    ("debian", "deb"),
    ("ubuntu", "deb"),
    ("alpine", "apk"),
    ("red hat", "rpm"),
    ("rocky linux", "rpm"),
    ("almalinux", "rpm"),
    ("suse", "rpm"),
    ("opensuse", "rpm"),
    ("conancenter", "conan"),
    ("swifturl", "swift"),
    ("oss-fuzz", "generic"),
];

impl Package {
    fn new(kind: &str, name: &str) -> Option<Self> {
        let mut name = name.trim_matches('/').to_lowercase();
        if kind == "pypi" {
            // PEP 503: runs of `-`, `_` and `.` are the same.
            name = name.replace(['_', '.'], "-");
        }
        if kind == "maven" {
            name = name.replace(':', "/");
        }
        // The namespace is the distribution, not a part of the name.
        let bare = matches!(kind, "deb" | "rpm" | "apk").then(|| name.rsplit('/').next()).flatten();
        let name = bare.map_or_else(|| name.clone(), str::to_owned);
        (!name.is_empty()).then(|| Self { kind: kind.to_owned(), name })
    }

    /// From a package URL, with its version; `pkg:type/namespace/name@version?qualifiers#path`.
    pub fn of_url(url: &str) -> Option<(Self, String)> {
        let rest = url.trim().strip_prefix("pkg:")?.trim_start_matches('/');
        let rest = rest.split(['?', '#']).next()?;
        let (kind, rest) = rest.split_once('/')?;
        // A scope of npm may begin with the sign of the version.
        let (name, version) = match rest.rsplit_once('@') {
            Some((name, version)) if !name.is_empty() => (name, version),
            _ => (rest, ""),
        };
        let own = Self::new(&kind.to_lowercase(), &decoded(name))?;
        Some((own, decoded(version)))
    }

    /// From an ecosystem of OSV and a name; `Debian:12` is Debian.
    pub fn of_ecosystem(ecosystem: &str, name: &str) -> Option<Self> {
        let own = ecosystem.split(':').next().unwrap_or_default().to_lowercase();
        let kind = ECOSYSTEMS.iter().find(|(ecosystem, _)| *ecosystem == own);
        Self::new(kind.map_or(own.as_str(), |(_, kind)| kind), name)
    }
}

/// `%40scope` is `@scope`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let value = pair.filter(|_| *first == b'%').and_then(|p| u8::from_str_radix(p, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { tail.get(2..).unwrap_or(&[]) } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_ecosystems_meet() {
        for (url, ecosystem, name, version) in [
            ("pkg:pypi/Foo_Bar@1.0", "PyPI", "foo-bar", "1.0"),
            ("pkg:npm/%40scope/a@2.0?x=y#z", "npm", "@scope/a", "2.0"),
            ("pkg:npm/@scope/a", "npm", "@scope/a", ""),
            ("pkg:maven/org.acme/box@1", "Maven", "org.acme:box", "1"),
            ("pkg:deb/debian/openssl@3.0.1-1%2Bb1", "Debian:12", "openssl", "3.0.1-1+b1"),
            ("pkg:golang/example.com/a/b@v1.2.3", "Go", "example.com/a/b", "v1.2.3"),
        ] {
            let (own, found) = Package::of_url(url).unwrap();
            assert_eq!(Some(own), Package::of_ecosystem(ecosystem, name), "{url}");
            assert_eq!(found, version);
        }
        assert_eq!(Package::of_url("http://a"), None);
        assert_eq!(Package::of_url("pkg:npm/"), None);
    }
}
