//! What analysts read in advisories that the published product list does not say plainly: which
//! products a name stands for, which versions a sentence means.
//!
//! A reading belongs to a leaf by its published text. When the publisher changes that text, the
//! reading counts no more and is said to be left over, so that it never tells an old story.

use super::{Advisory, Leaf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Columns of a file of readings.
const COLUMNS: usize = 8;
/// Longest line that is read, in bytes.
const LINE_MAX: usize = 4_096;
/// Most readings of one file.
pub const READINGS_MAX: usize = 65_536;
/// Most faults of one file that are told.
const COMPLAINTS_MAX: usize = 64;
/// Most leaves of an advisory with its readings.
const LEAVES_MAX: usize = 65_536;

/// A reading of a leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The advisory.
    pub advisory: String,
    /// The leaf's text as published.
    pub leaf: String,
    /// The leaf stays as it is; else its readings stand for it.
    pub beside: bool,
    /// The maker; empty for the leaf's.
    pub vendor: String,
    /// The product; empty for the leaf's.
    pub product: String,
    /// Order or model numbers, `*` for the rest of one.
    pub orders: Vec<String>,
    /// The versions: `=` those of the leaf, `*` all, else comparisons.
    pub range: String,
    /// The CVEs that it counts for; empty for all of the leaf's.
    pub cves: Vec<String>,
}

/// Reads a file: a reading a line, fields between tabs, `#` before remarks. The fields are the
/// advisory, the leaf's text with `+` in front where the leaf stays, maker, product, numbers,
/// versions, CVEs, and why. Returns what is wrong beside what can be read.
pub fn read_readings(text: &str) -> (Vec<Reading>, Vec<String>) {
    let (mut readings, mut wrong) = (Vec::new(), Vec::new());
    let lines = (1..).zip(text.lines()).filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    for (number, line) in lines {
        if wrong.len() + 1 >= COMPLAINTS_MAX {
            wrong.push(format!("line {number} and those behind it are not read"));
            break;
        }
        let mut say = |what: &str| wrong.push(format!("line {number}: {what}"));
        if readings.len() >= READINGS_MAX {
            say(&format!("is left out, as all behind it: more than {READINGS_MAX} readings"));
            break;
        }
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[advisory, leaf, vendor, product, orders, range, cves, why] = fields.as_slice() else {
            say(&format!("has {} fields, not {COLUMNS} with tabs between them", fields.len()));
            continue;
        };
        let beside = leaf.starts_with('+');
        let leaf = leaf.trim_start_matches('+').trim();
        let fault = [
            (line.len() > LINE_MAX, "is longer than 4,096 bytes"),
            (advisory.is_empty(), "names no advisory in its first field"),
            (leaf.is_empty(), "has no text of a leaf in its second field"),
            (range.is_empty(), "says no versions in its sixth field: `=`, `*` or comparisons"),
            (why.is_empty(), "has no reason in its last field"),
        ];
        if let Some((_, fault)) = fault.iter().find(|(is, _)| *is) {
            say(fault);
            continue;
        }
        let list = |text: &str| -> Vec<String> {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            items.map(str::to_owned).collect()
        };
        readings.push(Reading {
            advisory: advisory.to_owned(),
            leaf: leaf.to_owned(),
            beside,
            vendor: vendor.to_owned(),
            product: product.to_owned(),
            orders: list(orders),
            range: range.to_owned(),
            cves: list(cves),
        });
    }
    (readings, wrong)
}

/// Puts readings into their advisories; returns those that find no leaf, in words.
pub fn apply(advisories: &mut [Advisory], readings: &[Reading]) -> Vec<String> {
    let mut by_advisory: BTreeMap<&str, BTreeMap<&str, Vec<&Reading>>> = BTreeMap::new();
    for reading in readings {
        let own = by_advisory.entry(&reading.advisory).or_default();
        own.entry(&reading.leaf).or_default().push(reading);
    }
    let mut left = Vec::new();
    for advisory in advisories {
        let Some(own) = by_advisory.remove(advisory.id.as_str()) else { continue };
        for (leaf, readings) in own {
            let places = positions(advisory, leaf);
            if places.is_empty() {
                left.push(format!("{}: no leaf says `{leaf}`", advisory.id));
            }
            for at in places {
                put(advisory, at, &readings);
            }
        }
    }
    left.extend(by_advisory.into_keys().map(|id| format!("{id}: there is no such advisory")));
    left
}

/// Leaves with this text, as published.
fn positions(advisory: &Advisory, text: &str) -> Vec<u32> {
    let own = advisory.leaves.iter().enumerate();
    let own = own.filter(|(_, leaf)| leaf.published.is_empty() && leaf.text().trim() == text);
    own.map(|(at, _)| vocab::sat_u32(at)).collect()
}

/// Puts the readings of one leaf in its place or beside it.
fn put(advisory: &mut Advisory, at: u32, readings: &[&Reading]) {
    let Some(own) = advisory.leaves.get(at as usize).cloned() else { return };
    let before = memberships(advisory, at);
    let stays = readings.iter().all(|reading| reading.beside);
    let published = published_name(&own, readings);
    let readings = readings.iter().copied().chain(&published);
    if !stays {
        take_out(advisory, at);
    }
    let mut place = (!stays).then_some(at);
    for reading in readings {
        let leaf = read_as(&own, reading);
        let to = match place.take_if(|_| !reading.beside) {
            Some(at) => {
                if let Some(old) = advisory.leaves.get_mut(at as usize) {
                    *old = leaf;
                }
                at
            }
            None if advisory.leaves.len() < LEAVES_MAX => {
                advisory.leaves.push(leaf);
                vocab::sat_u32(advisory.leaves.len() - 1)
            }
            None => break,
        };
        before.give(advisory, to, reading);
    }
    before.drop_empty(advisory);
}

/// The same readings under the published name, where all that stand for a leaf are on one product:
/// it is a name of that product. One with a number may say which versions are meant.
fn published_name(own: &Leaf, readings: &[&Reading]) -> Vec<Reading> {
    if own.product.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let standing = || readings.iter().filter(|reading| !reading.beside);
    let mut products = standing().map(|reading| &reading.product);
    let first = products.next().filter(|product| !product.is_empty());
    if !first.is_some_and(|first| products.all(|product| product == first)) {
        return Vec::new();
    }
    let under = |reading: &&Reading| Reading {
        product: String::new(),
        orders: Vec::new(),
        ..(*reading).clone()
    };
    standing().map(under).collect()
}

/// The leaf as it is read.
fn read_as(own: &Leaf, reading: &Reading) -> Leaf {
    let or = |text: &str, own: &str| if text.is_empty() { own.to_owned() } else { text.to_owned() };
    let is_named = !reading.product.is_empty();
    let orders = match (reading.orders.is_empty(), is_named) {
        (true, false) => own.orders.clone(),
        _ => reading.orders.clone(),
    };
    Leaf {
        vendor: or(&reading.vendor, &own.vendor),
        product: or(&reading.product, &own.product),
        range: match reading.range.as_str() {
            "=" => own.range.clone(),
            "*" => String::from("vers:all/*"),
            range => range.to_owned(),
        },
        full: String::new(),
        orders,
        on: if is_named { String::new() } else { own.on.clone() },
        published: own.text(),
    }
}

/// The lists of CVEs in which a leaf stands.
struct Memberships {
    /// CVE, and the number of its list.
    stands: Vec<(usize, usize)>,
    /// CVE, and the number of its remedy.
    remedies: Vec<(usize, usize)>,
}

/// The lists of a CVE's leaves.
fn lists(entry: &mut super::Entry) -> [&mut Vec<u32>; 4] {
    [&mut entry.affected, &mut entry.not_affected, &mut entry.fixed, &mut entry.open]
}

/// Enters a leaf into a list in order.
fn enter(list: &mut Vec<u32>, leaf: u32) {
    if let Err(place) = list.binary_search(&leaf) {
        list.insert(place, leaf);
    }
}

fn memberships(advisory: &mut Advisory, at: u32) -> Memberships {
    let (mut stands, mut remedies) = (Vec::new(), Vec::new());
    for (number, entry) in advisory.entries.iter_mut().enumerate() {
        let own = lists(entry).into_iter().enumerate().filter(|(_, list)| list.contains(&at));
        stands.extend(own.map(|(list, _)| (number, list)));
        let own = entry.remedies.iter().enumerate().filter(|(_, one)| one.leaves.contains(&at));
        remedies.extend(own.map(|(remedy, _)| (number, remedy)));
    }
    Memberships { stands, remedies }
}

/// Takes a leaf out of all lists.
fn take_out(advisory: &mut Advisory, at: u32) {
    for entry in &mut advisory.entries {
        for list in lists(entry) {
            list.retain(|own| *own != at);
        }
        for remedy in &mut entry.remedies {
            remedy.leaves.retain(|own| *own != at);
        }
        entry.told.retain_mut(|told| {
            told.leaves.retain(|own| *own != at);
            !told.leaves.is_empty()
        });
    }
}

impl Memberships {
    /// A remedy that was for this leaf alone would be one for all when it is for none.
    fn drop_empty(&self, advisory: &mut Advisory) {
        for (number, remedy) in self.remedies.iter().rev() {
            let Some(entry) = advisory.entries.get_mut(*number) else { continue };
            if entry.remedies.get(*remedy).is_some_and(|own| own.leaves.is_empty()) {
                entry.remedies.remove(*remedy);
            }
        }
    }

    /// Enters a leaf where the one that it is read from stood, for the reading's CVEs.
    fn give(&self, advisory: &mut Advisory, to: u32, reading: &Reading) {
        let counts = |cve: &String| reading.cves.is_empty() || reading.cves.contains(cve);
        for (number, list) in &self.stands {
            let Some(entry) = advisory.entries.get_mut(*number) else { continue };
            if !counts(&entry.cve) {
                continue;
            }
            if let Some(list) = lists(entry).into_iter().nth(*list) {
                enter(list, to);
            }
        }
        for (number, remedy) in &self.remedies {
            let Some(entry) = advisory.entries.get_mut(*number) else { continue };
            if counts(&entry.cve)
                && let Some(remedy) = entry.remedies.get_mut(*remedy)
            {
                enter(&mut remedy.leaves, to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::{Entry, Remedy, RemedyKind, Told};

    fn advisory() -> Advisory {
        let leaf = |product: &str, range: &str| Leaf {
            vendor: String::from("Acme"),
            product: product.to_owned(),
            range: range.to_owned(),
            full: format!("{product} {range} and prior"),
            ..Leaf::default()
        };
        let entry = |cve: &str, affected: &[u32]| Entry {
            cve: cve.to_owned(),
            affected: affected.to_vec(),
            remedies: vec![Remedy::new(RemedyKind::Fix, vec![String::from("2.0")], vec![0])],
            told: vec![Told { range: String::from("< 2"), leaves: vec![0], ..Told::default() }],
            ..Entry::default()
        };
        Advisory {
            id: String::from("A-1"),
            leaves: vec![leaf("Box 1/2 series", "< 2"), leaf("Pump", "*")],
            entries: vec![entry("CVE-1", &[0, 1]), entry("CVE-2", &[0])],
            ..Advisory::default()
        }
    }

    fn applied(text: &str) -> (Advisory, Vec<String>) {
        let (readings, wrong) = read_readings(text);
        assert_eq!(wrong, Vec::<String>::new());
        let mut advisories = [advisory()];
        let left = apply(&mut advisories, &readings);
        let [advisory] = advisories;
        (advisory, left)
    }

    /// The others are compared as they are written.
    #[test]
    fn nearly_all_say_versions_that_can_be_ordered() {
        use crate::version::{Class, Range};
        let (all, wrong) = read_readings(include_str!("../../data/readings.tsv"));
        assert_eq!(wrong, Vec::<String>::new());
        let own = all.iter().map(|reading| &reading.range).filter(|range| *range != "=");
        let unread: Vec<_> =
            own.filter(|range| Range::read(range).class() == Class::Unread).collect();
        assert!(unread.len() * 100 < all.len(), "{unread:?}");
    }

    #[test]
    fn readings_stand_for_a_leaf() {
        let (advisory, left) = applied(concat!(
            "A-1\tBox 1/2 series: < 2\t\tBox 1\t\t< 2.0\t\tslash\n",
            "A-1\tBox 1/2 series: < 2\tBolt\tBox 2\tBX2*, B2\t=\tCVE-2\tslash, one CVE\n",
        ));
        assert_eq!(left, Vec::<String>::new());
        let [one, _, two] = advisory.leaves.as_slice() else { panic!("{:?}", advisory.leaves) };
        assert_eq!((one.product.as_str(), one.range.as_str()), ("Box 1", "< 2.0"));
        assert_eq!((two.vendor.as_str(), two.range.as_str()), ("Bolt", "< 2"));
        assert_eq!(two.orders, ["BX2*", "B2"]);
        assert_eq!((one.text(), two.text()), (two.text(), String::from("Box 1/2 series: < 2")));
        let [first, second] = advisory.entries.as_slice() else { panic!() };
        assert_eq!((&first.affected, &second.affected), (&vec![0, 1], &vec![0, 2]));
        assert_eq!(second.remedies[0].leaves, [0, 2]);
        assert!(first.told.is_empty(), "the leaf's own text is not read again");
    }

    #[test]
    fn a_name_beside_leaves_the_leaf_as_it_is() {
        let (read, left) = applied("A-1\t+Pump: *\t\tHydro\t\t=\t\tformer name\n");
        assert_eq!((left, &read.leaves[..2]), (Vec::new(), &advisory().leaves[..]));
        assert_eq!(read.entries[0].affected, [0, 1, 2]);
        assert_eq!(read.leaves[2].text(), "Pump: *");
    }

    #[test]
    fn one_product_keeps_its_published_name() {
        let (advisory, _) = applied("A-1\tPump: *\t\tHydro 5\t\t< 3\t\tname and bound\n");
        let [_, one, other] = advisory.leaves.as_slice() else { panic!("{:?}", advisory.leaves) };
        assert_eq!((one.product.as_str(), other.product.as_str()), ("Hydro 5", "Pump"));
        assert_eq!((other.range.as_str(), other.text()), ("< 3", one.text()));
        assert_eq!(advisory.entries[0].affected, [0, 1, 2]);
    }

    #[test]
    fn a_remedy_for_nothing_is_none_for_all() {
        let (advisory, _) = applied("A-1\tBox 1/2 series: < 2\t\t\t\t=\tCVE-2\tone CVE\n");
        assert_eq!(
            (advisory.entries[0].remedies.len(), &advisory.entries[0].affected),
            (0, &vec![1])
        );
        assert_eq!(advisory.entries[1].remedies[0].leaves, [0]);
    }

    #[test]
    fn what_fits_nothing_is_said() {
        let (same, left) = applied("A-1\tBox: < 3\t\tBox\t\t=\t\told\nA-2\tx\t\t\t\t=\t\tgone\n");
        assert_eq!(same, advisory());
        assert_eq!(left, ["A-1: no leaf says `Box: < 3`", "A-2: there is no such advisory"]);
        let (none, wrong) =
            read_readings("# remark\nA-1\tBox\t=\n\nA-1\t+\t\t\t\t=\t\tx\nA\tb\t\t\t\t\t\tx\n");
        assert!(none.is_empty());
        assert_eq!(
            wrong,
            [
                "line 2: has 3 fields, not 8 with tabs between them",
                "line 4: has no text of a leaf in its second field",
                "line 5: says no versions in its sixth field: `=`, `*` or comparisons",
            ]
        );
    }
}
