//! Contracts and remote maintenance as they are attested, compared with what was seen.

use super::remote::{Contacts, Reached, lies_in};
use super::shelf::{Filed, Supply, is_named};
use super::supplier::day_number;
use crate::risk::Advice;
use knowledge::supply::{Tie, TieKind};
use model::Asset;
use vocab::Ts;

/// Nanoseconds of a day.
const DAY: i64 = 86_400_000_000_000;

/// What access from outside means by what is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieVerdict {
    /// A tie covers it.
    AsAttested,
    /// A tie names the address, but not this time.
    OutsidePeriod,
    /// Remote maintenance is attested, but not from there.
    OtherAddress,
    /// No remote maintenance is attested for the device.
    NoTie,
}

impl TieVerdict {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::AsAttested => "as_attested",
            Self::OutsidePeriod => "outside_period",
            Self::OtherAddress => "other_address",
            Self::NoTie => "no_tie",
        }
    }
}

/// Access from outside with its verdict.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    /// Who reaches the device.
    pub reached: &'a Reached,
    /// The verdict.
    pub verdict: TieVerdict,
    /// The tie that decided.
    pub tie: Option<&'a Tie>,
}

/// Whether a tie concerns a device: it is named, or no device is and the supplier is its maker.
pub fn concerns(
    tie: &Tie,
    asset: &Asset,
    makers: &std::collections::BTreeSet<String>,
    advice: &Advice,
) -> bool {
    if tie.assets.is_empty() {
        return !makers.is_disjoint(&advice.makers(&tie.supplier));
    }
    tie.assets.iter().any(|name| is_named(asset, name))
}

/// `current`, `over` or `future`. Days of this form compare as text.
pub fn state_of(tie: &Tie, today: &str) -> &'static str {
    if !tie.until.is_empty() && tie.until.as_str() < today {
        return "over";
    }
    if !tie.from.is_empty() && tie.from.as_str() > today { "future" } else { "current" }
}

/// A time lies within a tie's days.
fn holds(tie: &Tie, at: Ts) -> bool {
    let day = at.0.div_euclid(DAY);
    let first = day_number(&tie.from).is_none_or(|first| first <= day);
    first && day_number(&tie.until).is_none_or(|last| day <= last)
}

impl Supply {
    /// All ties that concern a device, with their documents.
    pub fn ties<'a>(
        &'a self,
        asset: &Asset,
        makers: &std::collections::BTreeSet<String>,
        advice: &Advice,
    ) -> Vec<(&'a Filed, &'a Tie)> {
        let all = self.filed().iter();
        let all =
            all.flat_map(|filed| filed.document.attested.ties.iter().map(move |t| (filed, t)));
        all.filter(|(_, tie)| concerns(tie, asset, makers, advice)).collect()
    }
}

/// Compares what was seen with ties.
pub fn remote<'a>(contacts: &'a Contacts, asset: usize, ties: &[&'a Tie]) -> Vec<Compared<'a>> {
    let ties: Vec<&Tie> =
        ties.iter().copied().filter(|tie| tie.kind == TieKind::RemoteMaintenance).collect();
    let compare = |reached: &'a Reached| {
        let there = |tie: &&&Tie| tie.addresses.iter().any(|net| lies_in(reached.address, net));
        let whole = |tie: &&&Tie| holds(tie, reached.first) && holds(tie, reached.last);
        let named: Vec<&&Tie> = ties.iter().filter(there).collect();
        let covering = named.iter().copied().find(|tie| whole(tie));
        let (verdict, tie) = match (covering, named.first(), ties.first()) {
            (Some(tie), _, _) => (TieVerdict::AsAttested, Some(*tie)),
            (None, Some(tie), _) => (TieVerdict::OutsidePeriod, Some(**tie)),
            (None, None, Some(tie)) => (TieVerdict::OtherAddress, Some(*tie)),
            (None, None, None) => (TieVerdict::NoTie, None),
        };
        Compared { reached, verdict, tie }
    };
    contacts.of(asset).iter().map(compare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(addresses: &[&str], from: &str, until: &str) -> Tie {
        Tie {
            kind: TieKind::RemoteMaintenance,
            supplier: "Acme".to_owned(),
            what: String::new(),
            from: from.to_owned(),
            until: until.to_owned(),
            assets: Vec::new(),
            addresses: addresses.iter().map(|a| (*a).to_owned()).collect(),
            evidence: None,
        }
    }

    #[test]
    fn access_is_compared_with_ties() {
        let day = |text: &str| Ts(day_number(text).unwrap() * DAY + 5);
        let mut contacts = Contacts::default();
        let host = vocab::Host::Ip("192.0.2.7".parse().unwrap());
        contacts.add(3, 9, host, "ssh", (day("2026-02-01"), day("2026-02-03")));
        let verdict = |ties: &[&Tie]| remote(&contacts, 3, ties)[0].verdict;
        assert_eq!(verdict(&[]), TieVerdict::NoTie);
        let wide = tie(&["192.0.2.0/24"], "2026-01-01", "2026-12-31");
        let other = tie(&["198.51.100.1"], "", "");
        let over = tie(&["192.0.2.7"], "", "2026-02-02");
        let contract = Tie { kind: TieKind::Contract, ..other.clone() };
        assert_eq!(verdict(&[&other, &wide]), TieVerdict::AsAttested);
        assert_eq!(verdict(&[&other]), TieVerdict::OtherAddress);
        assert_eq!(verdict(&[&other, &over]), TieVerdict::OutsidePeriod);
        assert_eq!(verdict(&[&contract]), TieVerdict::NoTie);
        assert!(remote(&contacts, 4, &[&wide]).is_empty());
        assert_eq!(state_of(&wide, "2026-12-31"), "current");
        assert_eq!(state_of(&wide, "2027-01-01"), "over");
        assert_eq!(state_of(&wide, "2025-01-01"), "future");
    }
}
