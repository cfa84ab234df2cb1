//! Reasons as codes with arguments: every language says them in its own words.

use std::fmt;

/// Why something was concluded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// What kind of reason, one of [`REASONS`].
    pub code: &'static str,
    /// The arguments by name.
    pub args: Vec<(&'static str, String)>,
}

/// All codes with their English words; `{name}` stands for an argument.
pub const REASONS: &[(&str, &str)] = &[
    ("states", "{protocol} {source}"),
    ("words", "{protocol} {source} says \"{word}\""),
    ("answers", "answers {protocol} ({messages} messages, {peers} peers)"),
    ("publishes", "publishes {protocol} ({messages} messages)"),
    ("programs", "sends {requests} programming or settings requests ({protocols})"),
    ("asks", "asks {devices} field devices ({protocols}; {requests} requests, {writes} writes)"),
    ("forwards", "passes on frames of {addresses} addresses"),
    ("units", "{units} units answer behind it"),
    ("speaks", "speaks {protocol} ({messages} messages)"),
    ("bridges", "sends {messages} bridge messages"),
    ("best_value", "{protocol} {source}, stated {count} times"),
    ("agree", "{sources} other sources agree"),
    ("others", "{values} other values are less sure or older"),
    ("corrected", "corrected by {by}"),
    ("changed", "it was {value} before"),
    ("mac_owns_address", "the MAC owns the address"),
    ("two_vlans", "the same address in two VLANs"),
    ("chassis", "LLDP names the chassis"),
    ("same_serial", "the same serial number"),
    ("same_host_name", "the same host name"),
    ("same_station_name", "the same station name"),
    ("said", "a person said so"),
    ("is_process", "a sensor is part of the process"),
    ("controls", "it controls the process directly"),
    ("supervises", "it supervises controllers"),
    ("stands_for_units", "it stands for the units behind it"),
    ("serves_site", "it serves the site's operations"),
    ("office_device", "it is an office device"),
    ("near_control", "a computer that talks to control devices"),
    ("connects_zones", "it connects zones"),
    ("connects_zone", "it connects the devices of a zone"),
    ("public_address", "its address is public"),
];

impl Reason {
    /// A reason without arguments.
    pub const fn plain(code: &'static str) -> Self {
        Self { code, args: Vec::new() }
    }

    /// The same with an argument.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Reason {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let template = REASONS.iter().find(|(code, _)| *code == self.code);
        let mut text = template.map_or(self.code, |(_, words)| words).to_owned();
        for (name, value) in &self.args {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        f.write_str(&text)
    }
}

/// Several reasons, `; ` between them.
pub fn in_words(reasons: &[Reason]) -> String {
    reasons.iter().map(Reason::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_put_in_words() {
        let reason = Reason::plain("publishes").with("protocol", "goose").with("messages", 3);
        assert_eq!(reason.to_string(), "publishes goose (3 messages)");
    }
}
