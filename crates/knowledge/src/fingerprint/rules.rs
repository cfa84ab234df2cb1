//! Rules that read descriptions: `data/rules.toml`, and files of users in the same format.

use model::Derived;
use regex_lite::Regex;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use vocab::Attribute;

/// A rules file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// Not the format expected.
    #[error("rules: {0}")]
    Format(#[from] toml::de::Error),
    /// A rule's expression cannot be read.
    #[error("rule \"{rule}\": its pattern cannot be read: {error}")]
    Pattern {
        /// The rule.
        rule: String,
        /// What is wrong.
        error: regex_lite::Error,
    },
    /// A rule sets something that is no attribute.
    #[error("rule \"{rule}\": there is no attribute \"{attribute}\"; there are {known}", known = keys())]
    Attribute {
        /// The rule.
        rule: String,
        /// The name.
        attribute: String,
    },
    /// A rule's own test fails.
    #[error("rule \"{rule}\": its test \"{value}\" {what}; change the pattern or the test")]
    Test {
        /// The rule.
        rule: String,
        /// The tested value.
        value: String,
        /// What went wrong.
        what: &'static str,
    },
    /// A role that Ferrite does not know.
    #[error("there is no role \"{0}\"; there are {roles}", roles = model::ROLES.join(", "))]
    Role(String),
    /// A rule says nothing, or has no test.
    #[error("rule \"{rule}\": {what}")]
    Empty {
        /// The rule.
        rule: String,
        /// What is missing.
        what: &'static str,
    },
    /// More than is sensible.
    #[error("{0} rules are more than the {RULES_MAX} that are read; split the file")]
    Many(usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<RuleText>,
    #[serde(default)]
    role: Vec<RoleText>,
    #[serde(default)]
    vendors: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    name: String,
    #[serde(default)]
    protocols: Vec<String>,
    #[serde(default)]
    attributes: Vec<String>,
    #[serde(default)]
    word: String,
    pattern: String,
    set: BTreeMap<String, String>,
    weight: u8,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleText {
    role: String,
    weight: u8,
    words: Vec<String>,
}

#[derive(Debug)]
struct Rule {
    name: String,
    protocols: Vec<String>,
    attributes: Vec<Attribute>,
    /// Lower case; a text without it does not match, which is found out faster.
    word: String,
    pattern: Regex,
    set: Vec<(Attribute, String)>,
    weight: u8,
}

/// The rules.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Word, role, weight; longer words first.
    words: Vec<Word>,
    vendors: Vec<(String, String)>,
}

/// Most rules of a file.
const RULES_MAX: usize = 10_000;

const NOTHING: &str =
    "it sets nothing; write what it says, for instance set = { vendor = \"Acme\" }";
const UNTESTED: &str = "it has no test; write a text that it must match in yes = [\"…\"]";

/// A word, its role, and how sure that is.
type Word = (String, &'static str, u8);

fn longest_first(a: &Word, b: &Word) -> std::cmp::Ordering {
    b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b))
}

/// The names of all attributes.
fn keys() -> String {
    Attribute::ALL.map(Attribute::key).join(", ")
}

/// Endings of company names that say nothing.
const LEGAL: [&str; 22] = [
    "inc",
    "inc.",
    "incorporated",
    "corp",
    "corp.",
    "corporation",
    "co",
    "co.",
    "company",
    "ltd",
    "ltd.",
    "limited",
    "llc",
    "gmbh",
    "ag",
    "kg",
    "s.a.",
    "sa",
    "bv",
    "b.v.",
    "oy",
    "ab",
];

impl Rules {
    /// The rules built into the program.
    pub(crate) fn load() -> Result<Self, RuleError> {
        let mut rules = Self::parse(include_str!("../../data/rules-stacks.toml"))?;
        rules.add(Self::parse(include_str!("../../data/rules-makers.toml"))?);
        rules.add(Self::parse(include_str!("../../data/rules.toml"))?);
        Ok(rules)
    }

    /// Reads rules; their own tests must pass.
    ///
    /// # Errors
    /// Names the rule and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let file: File = toml::from_str(text)?;
        if file.rule.len() > RULES_MAX {
            return Err(RuleError::Many(file.rule.len()));
        }
        let rules = file.rule.into_iter().map(Rule::new).collect::<Result<Vec<_>, _>>()?;
        let mut words = Vec::new();
        for entry in file.role {
            let role = model::ROLES.into_iter().find(|role| *role == entry.role);
            let role = role.ok_or(RuleError::Role(entry.role))?;
            words.extend(entry.words.into_iter().map(|w| (w.to_lowercase(), role, entry.weight)));
        }
        words.sort_by(longest_first);
        let lower = |(start, short): (String, String)| (start.to_lowercase(), short);
        let vendors = file.vendors.into_iter().map(lower).collect();
        Ok(Self { rules, words, vendors })
    }

    /// Adds others, which come first.
    pub(crate) fn add(&mut self, mut first: Self) {
        first.rules.append(&mut self.rules);
        // Where both name a word, the first entry decides.
        self.words.retain(|(word, ..)| first.words.iter().all(|(own, ..)| own != word));
        first.words.append(&mut self.words);
        first.words.sort_by(longest_first);
        first.vendors.append(&mut self.vendors);
        *self = first;
    }

    pub(crate) fn derive(
        &self,
        attribute: Attribute,
        protocol: &str,
        value: &str,
        out: &mut Vec<Derived>,
    ) {
        let lower = value.to_lowercase();
        for rule in &self.rules {
            let protocol_fits =
                rule.protocols.is_empty() || rule.protocols.iter().any(|p| p == protocol);
            let attribute_fits = rule.attributes.is_empty() || rule.attributes.contains(&attribute);
            if !(protocol_fits && attribute_fits && lower.contains(&rule.word)) {
                continue;
            }
            let Some(groups) = rule.pattern.captures(value) else { continue };
            for (attribute, template) in &rule.set {
                let mut value = String::new();
                groups.expand(template, &mut value);
                if value.trim().is_empty() {
                    continue;
                }
                out.push(Derived {
                    attribute: *attribute,
                    value: value.trim().to_owned(),
                    weight: rule.weight,
                    rule: rule.name.clone(),
                });
            }
        }
    }

    /// The longest word that the text holds decides.
    pub(crate) fn role_of(&self, text: &str) -> Option<(&'static str, u8, String)> {
        let text = text.to_lowercase();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole = |at: usize, word: &str| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
            !letter(before) && !letter(after)
        };
        self.words
            .iter()
            .find(|(word, ..)| text.match_indices(word.as_str()).any(|(at, _)| whole(at, word)))
            .map(|(word, role, weight)| (*role, *weight, word.clone()))
    }

    pub(crate) fn short_vendor<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let lower = name.trim().to_lowercase();
        let starts = |start: &str| {
            let rest = lower.strip_prefix(start);
            rest.is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
        };
        if let Some((_, short)) = self.vendors.iter().find(|(start, _)| starts(start)) {
            return Cow::Owned(short.clone());
        }
        let mut rest = name.trim();
        while let Some((head, last)) = rest.rsplit_once([' ', ',']) {
            if !LEGAL.contains(&last.to_lowercase().as_str()) && !last.is_empty() {
                break;
            }
            rest = head.trim_end_matches([' ', ',']);
        }
        Cow::Borrowed(rest)
    }
}

impl Rule {
    fn new(text: RuleText) -> Result<Self, RuleError> {
        let attribute = |name: &String| {
            Attribute::from_key(name).ok_or_else(|| RuleError::Attribute {
                rule: text.name.clone(),
                attribute: name.clone(),
            })
        };
        let pattern = Regex::new(&text.pattern)
            .map_err(|error| RuleError::Pattern { rule: text.name.clone(), error })?;
        let empty = |what| RuleError::Empty { rule: text.name.clone(), what };
        if text.set.is_empty() {
            return Err(empty(NOTHING));
        }
        if text.yes.is_empty() {
            return Err(empty(UNTESTED));
        }
        let word = text.word.to_lowercase();
        let fails = |value: &String, what| RuleError::Test {
            rule: text.name.clone(),
            value: value.clone(),
            what,
        };
        if let Some(value) = text.yes.iter().find(|value| !pattern.is_match(value)) {
            return Err(fails(value, "does not match"));
        }
        if let Some(value) = text.yes.iter().find(|value| !value.to_lowercase().contains(&word)) {
            return Err(fails(value, "does not hold its word"));
        }
        if let Some(value) = text.no.iter().find(|value| pattern.is_match(value)) {
            return Err(fails(value, "matches"));
        }
        let attributes = text.attributes.iter().map(attribute).collect::<Result<Vec<_>, _>>()?;
        let set = text
            .set
            .iter()
            .map(|(name, template)| Ok((attribute(name)?, template.clone())))
            .collect::<Result<Vec<_>, RuleError>>()?;
        Ok(Self {
            name: text.name.clone(),
            protocols: text.protocols.clone(),
            attributes,
            word,
            pattern,
            set,
            weight: text.weight.min(100),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rules_pass_their_own_tests() {
        let rules = Rules::load().unwrap();
        assert!(rules.rules.len() > 10);
    }

    #[test]
    fn descriptions_say_more_than_themselves() {
        let rules = Rules::load().unwrap();
        let text = "Siemens, SIMATIC HMI, KTP700 Basic, 6AV2 123-2GB03-0AX0, HW:0, SW.V 13.0.1";
        let mut derived = Vec::new();
        rules.derive(Attribute::Description, "lldp", text, &mut derived);
        let of =
            |attribute| derived.iter().find(|d| d.attribute == attribute).map(|d| d.value.as_str());
        assert_eq!(of(Attribute::OrderNumber), Some("6AV2 123-2GB03-0AX0"));
        assert_eq!(of(Attribute::Model), Some("KTP700 Basic"));
        assert_eq!(of(Attribute::Firmware), Some("V13.0.1"));
        assert_eq!(rules.role_of(text).map(|(role, ..)| role), Some("hmi"));
    }

    #[test]
    fn a_stack_names_one_system() {
        let rules = Rules::load().unwrap();
        let text: toml::Table = include_str!("../../data/rules-stacks.toml").parse().unwrap();
        let stacks = text["rule"].as_array().unwrap();
        let texts = stacks.iter().flat_map(|rule| {
            let yes = rule["yes"].as_array().unwrap().iter().map(|yes| yes.as_str().unwrap());
            yes.map(|yes| (rule["set"]["os"].as_str().unwrap(), yes))
        });
        let mut count = 0;
        for (os, text) in texts {
            let mut derived = Vec::new();
            rules.derive(Attribute::Stack, "tcp", text, &mut derived);
            let all: Vec<_> = derived.iter().map(|d| (d.attribute, d.value.as_str())).collect();
            assert_eq!(all, [(Attribute::Os, os)], "{text}");
            assert!(derived[0].weight < 50, "any banner goes before: {text}");
            count += 1;
        }
        assert!(count > 20);
    }

    #[test]
    fn words_are_whole() {
        let rules = Rules::load().unwrap();
        assert_eq!(rules.role_of("Full Gigabit Access Switch").map(|r| r.0), Some("switch"));
        assert_eq!(rules.role_of("switchboard of room 3"), None);
    }

    #[test]
    fn vendors_have_short_names() {
        let rules = Rules::load().unwrap();
        for (long, short) in [
            ("Siemens AG", "Siemens"),
            ("SIEMENS", "Siemens"),
            ("Rockwell Automation/Allen-Bradley", "Rockwell Automation"),
            ("Acme Widgets Co., Ltd.", "Acme Widgets"),
            ("Abbott Diagnostics", "Abbott Diagnostics"),
        ] {
            assert_eq!(rules.short_vendor(long), short);
        }
    }

    #[test]
    fn a_users_rules_come_first() {
        let mut rules = Rules::load().unwrap();
        let own = "[[rule]]\nname = \"own\"\nword = \"OVEN\"\npattern = '^Oven (\\w+)'\n\
                   set = { model = \"$1\", firmware = \"$2\" }\nweight = 60\n\
                   yes = [\"Oven X\"]\nno = [\"Kiln\"]\n\
                   [[role]]\nrole = \"plc\"\nweight = 70\nwords = [\"oven\", \"switch\"]\n\
                   [vendors]\n\"Siemens Ovens\" = \"Ovens\"\n";
        rules.add(Rules::parse(own).unwrap());
        let mut derived = Vec::new();
        rules.derive(Attribute::Description, "snmp", "Oven T8", &mut derived);
        let said: Vec<_> = derived.iter().map(|d| (d.attribute, d.value.as_str())).collect();
        // What a group did not match is not said.
        assert_eq!(said, [(Attribute::Model, "T8")]);
        assert_eq!(rules.role_of("a switch").map(|r| r.0), Some("plc"));
        assert_eq!(rules.role_of("an oven").map(|r| r.0), Some("plc"));
        assert_eq!(rules.short_vendor("Siemens Ovens Ltd"), "Ovens");
        assert_eq!(rules.short_vendor("Siemens AG"), "Siemens");
    }

    #[test]
    fn a_broken_rules_file_says_what_is_wrong() {
        let rule = |pattern: &str, set: &str| {
            format!(
                "role = []\nvendors = {{}}\n[[rule]]\nname = \"x\"\npattern = '{pattern}'\n\
                 set = {{ {set} = \"$0\" }}\nweight = 5\nyes = [\"a\"]\nno = [\"b\"]\n"
            )
        };
        let error = |text: &str| Rules::parse(text).unwrap_err().to_string();
        assert!(error(&rule("a", "colour")).contains("no attribute \"colour\""));
        assert!(error(&rule("(", "name")).starts_with("rule \"x\": "));
        assert_eq!(
            error(&rule("c", "name")),
            "rule \"x\": its test \"a\" does not match; change the pattern or the test"
        );
        assert!(error(&rule(".", "name")).starts_with("rule \"x\": its test \"b\" matches; "));
        assert!(error("rule = 3").starts_with("rules: "));
        assert_eq!(
            error("[[rule]]\nname = \"x\"\npattern = 'a'\nset = {}\nweight = 5\nyes = []\nno = []"),
            format!("rule \"x\": {NOTHING}")
        );
        let roles = error("[[role]]\nrole = \"robot\"\nweight = 5\nwords = []");
        assert!(roles.starts_with("there is no role \"robot\"; there are plc, "), "{roles}");
    }
}
