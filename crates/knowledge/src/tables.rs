//! Numbers that protocols send instead of names.

use model::Derived;
use std::collections::BTreeMap;
use vocab::Attribute;

/// Vendor and device-type numbers of several protocols.
#[derive(Debug)]
pub struct Numbers {
    cip_vendors: BTreeMap<u32, &'static str>,
    cip_types: BTreeMap<u32, (&'static str, &'static str)>,
    bacnet_vendors: BTreeMap<u32, &'static str>,
    profinet_vendors: BTreeMap<u32, &'static str>,
}

/// Lines of a table: comment lines left out, fields between tabs.
fn rows(text: &'static str) -> impl Iterator<Item = (u32, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (number, rest) = line.split_once('\t')?;
        Some((number_of(number)?, rest))
    })
}

/// A number as devices' attributes print it: decimal or hexadecimal with `0x`.
fn number_of(text: &str) -> Option<u32> {
    match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

impl Numbers {
    pub(crate) fn load() -> Self {
        Self {
            cip_vendors: rows(include_str!("../data/cip-vendors.tsv")).collect(),
            cip_types: rows(include_str!("../data/cip-device-types.tsv"))
                .filter_map(|(number, rest)| Some((number, rest.split_once('\t')?)))
                .collect(),
            bacnet_vendors: rows(include_str!("../data/bacnet-vendors.tsv")).collect(),
            profinet_vendors: rows(include_str!("../data/profinet-vendors.tsv")).collect(),
        }
    }

    /// What a number sent as an attribute stands for.
    pub(crate) fn derive(&self, protocol: &str, source: &str, value: &str) -> Vec<Derived> {
        let source = source.to_lowercase();
        // Attributes that carry numbers say so in their source; the number is the last word.
        let Some(number) = value.split_whitespace().next_back().and_then(number_of) else {
            return Vec::new();
        };
        let named = |attribute, value: &str, rule: &str| Derived {
            attribute,
            value: value.to_owned(),
            weight: 95,
            rule: rule.to_owned(),
        };
        let vendor = |table: &BTreeMap<u32, &'static str>, rule: &str| {
            table
                .get(&number)
                .map(|name| named(Attribute::Vendor, name, rule))
                .into_iter()
                .collect()
        };
        let is_vendor = source.contains("vendor id") || source.contains("vendorid");
        match protocol {
            "cip" | "enip" | "cip-io" if is_vendor => vendor(&self.cip_vendors, "ODVA vendor list"),
            "cip" | "enip" if source.contains("device type") => {
                let Some((name, role)) = self.cip_types.get(&number) else { return Vec::new() };
                let mut derived = vec![named(Attribute::Description, name, "CIP device types")];
                if !role.is_empty() {
                    derived.push(named(Attribute::Role, role, "CIP device types"));
                }
                derived
            }
            "bacnet" if is_vendor => vendor(&self.bacnet_vendors, "ASHRAE vendor list"),
            "profinet-dcp" | "profinet-io-cm" | "lldp" if is_vendor => {
                vendor(&self.profinet_vendors, "PI vendor list")
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_names() {
        let numbers = Numbers::load();
        let vendor = |protocol, value| {
            numbers.derive(protocol, "Identity vendor id", value).first().map(|d| d.value.clone())
        };
        assert_eq!(vendor("cip", "1").as_deref(), Some("Rockwell Automation/Allen-Bradley"));
        assert_eq!(vendor("bacnet", "5").as_deref(), Some("Johnson Controls, Inc."));
        assert_eq!(vendor("profinet-dcp", "0x002a").as_deref(), Some("Siemens"));
        assert_eq!(vendor("modbus", "1"), None);
        let dcp = numbers.derive("profinet-dcp", "DCP VendorID, number", "0x002a");
        assert_eq!(dcp.first().map(|d| d.value.as_str()), Some("Siemens"));
        let types = numbers.derive("enip", "ListIdentity device type", "14");
        assert!(types.iter().any(|d| d.attribute == Attribute::Role && d.value == "plc"));
    }
}
