//! What a plant shares with others, and what must never leave it.

use crate::risk::{Assessment, AssetRisk, Triage, Weakness};
use knowledge::supply::{SHARED_MAX, Shared, SharedRecord, controls};
use model::{Asset, Resolution};
use std::collections::BTreeSet;
use std::net::IpAddr;
use vocab::Attribute;

/// Attributes whose values name a device, a person or a place of the plant.
const IDENTIFYING: [Attribute; 11] = [
    Attribute::Serial,
    Attribute::Name,
    Attribute::Location,
    Attribute::Contact,
    Attribute::Object,
    Attribute::Domain,
    Attribute::User,
    Attribute::Url,
    Attribute::Address,
    Attribute::Management,
    Attribute::Port,
];
/// Shorter values identify nothing, and stand in every text.
const LENGTH_MIN: usize = 3;
/// Shorter parts of names are left: `plc`, `de`.
const PART_MIN: usize = 4;
/// From this length on a value is looked for inside words too.
const INSIDE_MIN: usize = 6;
/// What stands in for a word that was taken out.
const TAKEN_OUT: &str = "…";

/// Everything that names something of the plant, in lower case.
#[derive(Debug, Default)]
pub struct Secrets {
    words: BTreeSet<String>,
    /// Their lengths in bytes.
    lengths: BTreeSet<usize>,
}

impl Secrets {
    /// What must not leave: addresses, names, serial numbers, places, zones, people.
    pub fn new(resolution: &Resolution, triage: &Triage) -> Self {
        let mut own = Self::default();
        for asset in &resolution.assets {
            own.add(&asset.id);
            own.add(&asset.zone);
            for mac in &asset.macs {
                let text = mac.to_string();
                own.add(&text.replace(':', "-"));
                own.add(&text.replace(':', ""));
                own.add(&text);
            }
            asset.ips.iter().chain(&asset.forwards).for_each(|ip| own.add(&ip.to_string()));
            let evidence = asset.evidence.iter();
            let stated = evidence.filter(|one| IDENTIFYING.contains(&one.attribute));
            let stated = stated.map(|one| (one.attribute, one.value.as_str()));
            let best = IDENTIFYING.into_iter().filter_map(|what| Some((what, asset.value(what)?)));
            for (what, value) in stated.chain(best) {
                own.add(value);
                if matches!(what, Attribute::Name | Attribute::Domain | Attribute::User) {
                    own.add_parts(value);
                }
            }
        }
        for who in triage.people() {
            own.add(who);
            own.add_parts(who);
        }
        own
    }

    /// `first.last` and `host.plant.example`: each part alone says enough.
    fn add_parts(&mut self, text: &str) {
        let parts = text.split(['.', '@', '\\', ' ']);
        for part in parts.filter(|part| part.chars().count() >= PART_MIN) {
            self.add(part);
        }
    }

    fn add(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        if text.chars().count() >= LENGTH_MIN {
            self.lengths.insert(text.len());
            self.words.insert(text);
        }
    }

    /// Where a text, in lower case, holds something that must not leave. Pieces of the text are
    /// looked up, not each word in the text: a large plant has many words.
    fn found(&self, text: &str) -> Option<(usize, usize)> {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        text.char_indices().find_map(|(at, _)| {
            // The longest first: a name within a name goes with it.
            self.lengths.iter().rev().map(|length| (at, at + length)).find(|(at, end)| {
                let Some(piece) = text.get(*at..*end) else { return false };
                if !self.words.contains(piece) {
                    return false;
                }
                let before = text.get(..*at).and_then(|text| text.chars().next_back());
                let after = text.get(*end..).and_then(|text| text.chars().next());
                let inside = piece.chars().count() >= INSIDE_MIN;
                inside || (!letter(before) && !letter(after))
            })
        })
    }

    /// A text names something of the plant.
    pub fn is_in(&self, text: &str) -> bool {
        self.found(&text.to_lowercase()).is_some()
    }

    /// A text without what must not leave, in lower case where something was taken out; also
    /// without all that looks like an address, whether it is one of the plant or not.
    pub fn without(&self, text: &str) -> String {
        let mut text = text.to_owned();
        while let Some((at, end)) = self.found(&text.to_lowercase()) {
            // Lower case may have other lengths: then all of the text is lower case from here on.
            let same =
                |c: char| c.to_lowercase().map(char::len_utf8).sum::<usize>() == c.len_utf8();
            if !text.chars().all(same) {
                text = text.to_lowercase();
            }
            text.replace_range(at..end, TAKEN_OUT);
        }
        let words = text.split_whitespace();
        let plain = words.map(|word| if looks_like_an_address(word) { TAKEN_OUT } else { word });
        plain.collect::<Vec<_>>().join(" ")
    }
}

/// IP and MAC addresses, networks, host names with points, mail addresses, links.
fn looks_like_an_address(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let host = bare.split(['/', '%']).next().unwrap_or(bare);
    let host =
        if host.matches(':').count() == 1 { host.split(':').next().unwrap_or(host) } else { host };
    let hex = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs = |mark: char| host.split(mark).count() == 6 && host.split(mark).all(hex);
    let dotted = host.split('.').count() >= 3
        || (host.contains('.')
            && host
                .split('.')
                .all(|part| part.len() >= 2 && part.chars().any(char::is_alphabetic)));
    host.parse::<IpAddr>().is_ok()
        || pairs(':')
        || pairs('-')
        || host.matches(':').count() >= 2
        || word.contains('@')
        || word.contains("://")
        || dotted
}

/// What to share.
#[derive(Clone, Copy, Debug)]
pub struct Sharing<'a> {
    /// Day of the bundle.
    pub made: &'a str,
    /// Also the reasons of decisions, without what names the plant.
    pub reasons: bool,
    /// Only what somebody decided.
    pub decided: bool,
}

/// Makes what is shared. `pseudonym` gives a device's name for others.
pub fn share(
    resolution: &Resolution,
    by: &Assessment,
    sharing: Sharing<'_>,
    pseudonym: &dyn Fn(&str) -> String,
) -> Shared {
    let secrets = Secrets::new(resolution, &by.triage);
    let mut shared = Shared {
        schema: String::from("ferrite.bundle/1"),
        made: sharing.made.to_owned(),
        ..Shared::default()
    };
    for risk in &by.assets {
        let Some(asset) = resolution.assets.get(risk.at) else { continue };
        let blank = blank(asset, &secrets, pseudonym, &mut shared.withheld);
        // Without a maker nobody can use it.
        let Some(blank) = blank else { continue };
        for weakness in &risk.weaknesses {
            let decided = by.triage.ruling(&risk.id, cve(risk, weakness)).is_some();
            if sharing.decided && !decided {
                continue;
            }
            let record = record(&blank, risk, weakness, by, sharing, &secrets);
            if let Some(record) = record.filter(|_| shared.records.len() < SHARED_MAX) {
                shared.records.push(record);
            } else {
                shared.withheld += 1;
            }
        }
    }
    // Their order would tell in which order devices stand.
    shared
        .records
        .sort_by(|a, b| (&a.device, &a.cve, &a.advisory).cmp(&(&b.device, &b.cve, &b.advisory)));
    shared
}

fn cve<'a>(risk: &'a AssetRisk, weakness: &Weakness) -> &'a str {
    risk.known.get(weakness.known).map_or("", |known| known.cve.as_str())
}

/// A record of a device without a CVE. Values that name something of the plant are left out.
fn blank(
    asset: &Asset,
    secrets: &Secrets,
    pseudonym: &dyn Fn(&str) -> String,
    withheld: &mut usize,
) -> Option<SharedRecord> {
    let mut value = |what| {
        let text = asset.value(what).unwrap_or_default();
        if text.is_empty() || !secrets.is_in(text) {
            return text.to_owned();
        }
        *withheld += 1;
        String::new()
    };
    let own = SharedRecord {
        device: pseudonym(&asset.id),
        vendor: value(Attribute::Vendor),
        product: value(Attribute::Product),
        model: value(Attribute::Model),
        order_number: value(Attribute::OrderNumber),
        firmware: value(Attribute::Firmware),
        role: asset.role().unwrap_or_default().to_owned(),
        ..SharedRecord::default()
    };
    (!own.vendor.is_empty()).then_some(own)
}

fn record(
    blank: &SharedRecord,
    risk: &AssetRisk,
    weakness: &Weakness,
    by: &Assessment,
    sharing: Sharing<'_>,
    secrets: &Secrets,
) -> Option<SharedRecord> {
    let known = risk.known.get(weakness.known)?;
    let reason = by.triage.ruling(&risk.id, &known.cve).map_or("", |ruling| &ruling.reason);
    let said = if sharing.reasons { secrets.without(reason) } else { String::new() };
    let said = if secrets.is_in(&said) { String::new() } else { said };
    Some(SharedRecord {
        advisory: known.advisory.clone(),
        cve: known.cve.clone(),
        verdict: known.verdict.key().to_owned(),
        state: weakness.state.key().to_owned(),
        controls: controls(reason),
        reason: said,
        ..blank.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out() {
        let words = ["10.0.0.5", "pump house 1", "plc", "s-4711-x", "müller"];
        let mut secrets = Secrets::default();
        for word in words {
            secrets.add(word);
        }
        secrets.add_parts("petra.muster@x");
        for (text, wanted) in [
            ("Firewall before PLC at 10.0.0.5", "Firewall before … at …"),
            ("see Pump House 1", "see …"),
            ("unitS-4711-Xend", "unit…end"),
            ("no plcs here", "no plcs here"),
            ("asked Müller", "asked …"),
            ("Muster asked petra.", "… asked …."),
            ("to 192.0.2.1/24, 2001:db8::1 and a.b@c.example", "to … … and …"),
            ("rule on fw1.plant.example:443 for https://x", "rule on … for …"),
            ("00:11:22:33:44:55 or 00-11-22-33-44-55", "… or …"),
            ("VLAN 12.", "VLAN 12."),
            ("İ at PLC", "i\u{307} at …"),
        ] {
            assert_eq!(secrets.without(text), wanted.to_owned(), "{text}");
            assert!(!secrets.is_in(&secrets.without(text)));
        }
        assert!(secrets.is_in("the PLC"));
    }

    #[test]
    fn many_words_are_looked_up_not_tried() {
        let mut secrets = Secrets::default();
        for number in 0..200_000 {
            secrets.add(&format!("10.{number}.x"));
        }
        // Each text tried against each word would take minutes.
        for number in 0..5_000 {
            assert!(!secrets.is_in("SIMATIC S7-1200 CPU 1214C DC/DC/DC V4.2.1"), "{number}");
        }
        assert!(secrets.is_in("at 10.199999.X"));
    }
}
