//! Words of product names, and what they are worth.

mod plain;

use foldhash::HashSet;
use plain::plain;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that do not tell products apart.
pub(super) const NOISE: [&str; 99] = [
    "respective",
    "rack",
    "61850",
    "package",
    "packages",
    "family",
    "families",
    "series",
    "firmware",
    "fw",
    "module",
    "modules",
    "controller",
    "controllers",
    "device",
    "devices",
    "all",
    "version",
    "versions",
    "and",
    "or",
    "the",
    "of",
    "for",
    "with",
    "incl",
    "including",
    "variants",
    "variant",
    "products",
    "product",
    "plc",
    "plcs",
    "switch",
    "switches",
    "line",
    "lines",
    "models",
    "model",
    "range",
    "types",
    "type",
    "programmable",
    "logic",
    "industrial",
    "managed",
    "allen",
    "bradley",
    "based",
    "ethernet",
    "processor",
    "processors",
    "part",
    "numbers",
    "number",
    "prior",
    "earlier",
    "later",
    "software",
    "system",
    "unit",
    "units",
    "platform",
    "classic",
    "safety",
    "in",
    "ac",
    "drives",
    "embedded",
    "relay",
    "relays",
    "feeder",
    "protection",
    "generator",
    "motor",
    "adjustable",
    "frequency",
    "ethernetip",
    "firewall",
    "gateway",
    "router",
    "routers",
    "allenbradley",
    "reader",
    "readers",
    "workstation",
    "workstations",
    "related",
    "extension",
    "extensions",
    "engine",
    "engines",
    "radio",
    "radios",
    "transmitter",
    "transmitters",
    "camera",
    "cameras",
    "fm",
];

/// Several words that mean one thing.
pub(super) const PHRASES: [(&str, &str); 11] = [
    ("pc unit", "pcu"),
    ("totally integrated automation portal", "tia portal"),
    ("software controller", "softwarecontroller"),
    ("drive controller", "drivecontroller"),
    ("open controller", "opencontroller"),
    ("-series", " series"),
    ("-family", " family"),
    ("et 200", "et200"),
    ("cpus", "cpu"),
    ("site edition", "se"),
    ("view machine edition", "view me"),
];

/// Words that make another product of one: `CP 343-1 Advanced`.
pub(super) const VARIANTS: [&str; 19] = [
    "flexible",
    "advanced",
    "basic",
    "lite",
    "standard",
    "lean",
    "comfort",
    "pro",
    "plus",
    "mini",
    "micro",
    "professional",
    "enterprise",
    "erpc",
    "dnp3",
    "iec",
    "opc",
    "express",
    "edge",
];

/// Words that say what a product is: with or without them, it is the same.
pub(super) const DESCRIBING: [&str; 26] = [
    "card",
    "cards",
    "pump",
    "infusion",
    "electronic",
    "terminal",
    "door",
    "64bit",
    "32bit",
    "64",
    "32",
    "bit",
    "windows",
    "win",
    "microsoft",
    "a",
    "an",
    "by",
    "from",
    "used",
    "component",
    "computer",
    "monitoring",
    "solution",
    "solutions",
    "rev01",
];

/// Kinds of things: with one of them more a name means the same, unless another product has it.
pub(super) const KINDS: [&str; 90] = [
    "stack",
    "board",
    "simulation",
    "distribution",
    "services",
    "ev",
    "charger",
    "library",
    "option",
    "webbased",
    "desktop",
    "programing",
    "programming",
    "engineering",
    "development",
    "environment",
    "eam",
    "erp",
    "tool",
    "tools",
    "application",
    "app",
    "appliance",
    "panel",
    "touch",
    "touchscreen",
    "iot",
    "iiot",
    "adapter",
    "scanner",
    "drive",
    "inverter",
    "configuration",
    "configurator",
    "monitor",
    "monitoring",
    "automation",
    "enabled",
    "web",
    "webenabled",
    "cellular",
    "serial",
    "access",
    "point",
    "recorder",
    "analyzer",
    "printer",
    "sensor",
    "meter",
    "power",
    "energy",
    "manager",
    "management",
    "building",
    "plcnext",
    "nvr",
    "dvr",
    "rtu",
    "ied",
    "ups",
    "robot",
    "logger",
    "workbench",
    "programmer",
    "hub",
    "console",
    "portal",
    "kit",
    "toolkit",
    "sdk",
    "wireless",
    "wifi",
    "wlan",
    "lte",
    "gsm",
    "enodeb",
    "video",
    "service",
    "utility",
    "agent",
    "addon",
    "dss",
    "pdu",
    "remote",
    "terminal",
    "controls",
    "chiller",
    "thermostat",
    "ncu",
    "vms",
];

/// Words behind a product's name that say nothing of which one.
pub(super) const NEUTRAL: [&str; 26] = [
    "framework",
    "it",
    "hmiscada",
    "sl",
    "se",
    "bm",
    "server",
    "station",
    "client",
    "for",
    "on",
    "edition",
    "runtime",
    "rev",
    "release",
    "network",
    "communication",
    "communications",
    "interface",
    "automation",
    "suite",
    "x64",
    "windows",
    "linux",
    "port",
    "ports",
];

/// Names of catalogues that people leave out: `S7-1500 CPU` for `SIMATIC S7-1500 CPU`.
pub(super) const LEFT_OUT: [&str; 16] = [
    "simatic",
    "sinamics",
    "sinumerik",
    "simotion",
    "sirius",
    "scalance",
    "ruggedcom",
    "sentron",
    "modicon",
    "melsec",
    "sysmac",
    "siemens",
    "hirschmann",
    "ecostruxure",
    "spacelogic",
    "magelis",
];

/// What may stand behind models in a leaf and be missing in a device.
pub(super) const TAILS: [&str; 5] = ["server", "servers", "station", "stations", "bios"];

/// What kind of program a name means: with or without it, it is the same.
pub(super) const SHELL: [&str; 6] = ["scada", "hmi", "hmiscada", "tool", "tools", "rtos"];

/// A leaf with one of these means a program or a part, no device.
pub(super) const TOOLS: [&str; 24] = [
    "tool",
    "tools",
    "editor",
    "viewer",
    "loader",
    "builder",
    "explorer",
    "monitor",
    "softwarecontroller",
    "opencontroller",
    "drivecontroller",
    "designer",
    "configurator",
    "configuration",
    "studio",
    "manager",
    "library",
    "driver",
    "app",
    "plugin",
    "programing",
    "application",
    "option",
    "card",
];

/// Names of whole catalogues: alone they name no product.
pub(super) const BRANDS: [&str; 23] = [
    "simatic",
    "sinamics",
    "sinumerik",
    "simotion",
    "sirius",
    "scalance",
    "ruggedcom",
    "sentron",
    "modicon",
    "melsec",
    "sysmac",
    "ecostruxure",
    "factorytalk",
    "proficy",
    "ability",
    "hirschmann",
    "siemens",
    "siplus",
    "cpu",
    "codesys",
    "control",
    "spacelogic",
    "magelis",
];

/// Runs of a text that begin anywhere and end where digits and letters meet, at least four long:
/// where a word may stand inside a longer one.
pub(super) fn runs(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = text
        .char_indices()
        .zip(text.chars().skip(1))
        .filter(|((_, a), b)| a.is_ascii_digit() != b.is_ascii_digit())
        .map(|((at, a), _)| at + a.len_utf8())
        .chain([text.len()])
        .collect();
    let starts = text.char_indices().map(|(at, _)| at);
    starts
        .flat_map(|start| ends.iter().map(move |end| (start, *end)))
        .filter(|(start, end)| end.saturating_sub(*start) >= 4)
        .filter_map(|(start, end)| text.get(start..end))
        .collect()
}

/// The words that do not tell products apart, to look them up.
static QUIET: LazyLock<HashSet<&str>> = LazyLock::new(|| NOISE.into_iter().collect());

/// Words whose form is as it is.
static FORMED: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lists = [&VARIANTS[..], &NEUTRAL, &LEFT_OUT, &BRANDS, &TAILS, &TOOLS];
    lists.into_iter().flatten().copied().collect()
});

/// Words in lower case, hyphens and slashes inside them left out, noise left out.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let text = plain(text);
    let mut found = BTreeSet::new();
    for word in
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '+' | '.' | '*')))
    {
        let word = word.trim_matches(['-', '/', '.', '+']);
        let whole = word.bytes().all(|b| b.is_ascii_alphanumeric());
        let joined: Cow<'_, str> = if whole {
            Cow::Borrowed(word)
        } else {
            word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().into()
        };
        if !joined.is_empty() && !QUIET.contains(&*joined) {
            found.insert(one_form(joined.into_owned()));
        }
    }
    found
}

/// Words that people cut short.
const SHORT: [(&str, &str); 7] = [
    ("rt", "runtime"),
    ("config", "configuration"),
    ("mgmt", "management"),
    ("mgr", "manager"),
    ("srv", "server"),
    ("svr", "server"),
    ("std", "standard"),
];

/// One form of a word that is written in several: `libraries` and `library`, `essentials` and
/// `essential`, `programing` and `programming`. Words of the lists above stay.
pub(super) fn one_form(word: String) -> String {
    let plain = (word.len() >= 5 || SHORT.iter().any(|(short, _)| *short == word))
        && word.bytes().all(|b| b.is_ascii_lowercase());
    if !plain || FORMED.contains(word.as_str()) {
        return word;
    }
    let long = SHORT.iter().find(|(short, _)| *short == word).map(|(_, long)| (*long).to_owned());
    let word = long.unwrap_or(word);
    let doubled = word.as_bytes().windows(2).any(|pair| pair == b"mm");
    let word = if doubled { word.replace("mm", "m") } else { word };
    if let Some(start) = word.strip_suffix("ies") {
        return format!("{start}y");
    }
    match word.strip_suffix('s') {
        Some(start) if !start.ends_with(['s', 'u', 'i', 'y']) => start.to_owned(),
        _ => word,
    }
}
