//! Reasons as codes with arguments: every language says them in its own words.

use std::fmt;

/// Why something was concluded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// What kind of reason, one of [`REASONS`].
    pub code: &'static str,
    /// The arguments by name.
    pub args: Vec<(&'static str, Argument)>,
}

/// A reason's argument. There are very many reasons: what need not lie on its own does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// A word of ours.
    Word(&'static str),
    /// A number.
    Number(u64),
    /// A word from the network, or of people.
    Text(Box<str>),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<u8> for Argument {
    fn from(number: u8) -> Self {
        Self::Number(u64::from(number))
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
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
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        // Few have more than one, none many.
        self.args.reserve_exact(1);
        self.args.push((name, value.into()));
        self
    }

    /// The same with one of our own words as an argument.
    pub fn word(self, name: &'static str, word: &'static str) -> Self {
        self.with(name, Argument::Word(word))
    }
}

impl fmt::Display for Reason {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let template = REASONS.iter().find(|(code, _)| *code == self.code);
        let template = template.map_or(self.code, |(_, words)| words);
        Filled { template, args: &self.args }.fmt(f)
    }
}

/// Puts arguments into a template; `{name}` stands for one, `?` for one that is missing. Values
/// are put in once: braces inside them mean nothing.
pub fn fill(template: &str, args: &[(&'static str, impl fmt::Display)]) -> String {
    Filled { template, args }.to_string()
}

/// A template with its arguments.
struct Filled<'a, A> {
    template: &'a str,
    args: &'a [(&'static str, A)],
}

impl<A: fmt::Display> fmt::Display for Filled<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else { break };
            f.write_str(before)?;
            match self.args.iter().find(|(own, _)| *own == name) {
                Some((_, value)) => value.fmt(f)?,
                None => f.write_str("?")?,
            }
            rest = tail;
        }
        f.write_str(rest)
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
        let reason = Reason::plain("publishes").with("protocol", "goose").with("messages", 3_u64);
        assert_eq!(reason.to_string(), "publishes goose (3 messages)");
    }

    #[test]
    fn values_are_put_in_once() {
        let args = [("from", "{to}"), ("to", "b")];
        assert_eq!(fill("from {from} to {to}", &args), "from {to} to b");
        assert_eq!(fill("{what}, {from", &args), "?, {from");
        assert_eq!(fill("plain", &args[..0]), "plain");
    }
}
