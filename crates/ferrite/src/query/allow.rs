//! Who may be asked: nobody but those that are named.

use anyhow::{Context, Result, bail};
use std::net::IpAddr;
use std::path::Path;
use vocab::Mac;

/// Most lines of a file.
const LINES_MAX: usize = 100_000;

/// Devices that may be asked.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    networks: Vec<(IpAddr, u8)>,
    macs: Vec<Mac>,
    stations: Vec<String>,
}

impl Allowed {
    /// Reads networks, MACs, and files of them.
    pub(super) fn read(entries: &[String]) -> Result<Self> {
        let mut allowed = Self::default();
        for entry in entries {
            if allowed.add(entry)? {
                continue;
            }
            let path = Path::new(entry);
            if !path.is_file() {
                bail!("--allow {entry}: neither an address, a network, a MAC nor a file");
            }
            allowed.file(path).with_context(|| path.display().to_string())?;
        }
        Ok(allowed)
    }

    fn file(&mut self, path: &Path) -> Result<()> {
        let text = std::fs::read_to_string(path)?;
        for (at, line) in text.lines().enumerate() {
            if at >= LINES_MAX {
                bail!("more than {LINES_MAX} lines");
            }
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() || self.add(line).with_context(|| format!("line {}", at + 1))? {
                continue;
            }
            if !is_station(line) {
                bail!("line {}: \"{line}\" is no address, network, MAC or station name", at + 1);
            }
            self.stations.push(line.to_owned());
        }
        Ok(())
    }

    /// Adds an address, network or MAC; false where it is something else.
    fn add(&mut self, entry: &str) -> Result<bool> {
        if let Some(mac) = mac(entry) {
            self.macs.push(mac);
            return Ok(true);
        }
        let (address, bits) = match entry.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (entry, None),
        };
        let Ok(address) = address.parse::<IpAddr>() else { return Ok(false) };
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().with_context(|| format!("{entry}: no prefix length"))?,
            None => width,
        };
        if bits > width || bits == 0 {
            bail!("{entry}: a prefix has 1 to {width} bits");
        }
        self.networks.push((address, bits));
        Ok(true)
    }

    /// The address is named.
    pub(super) fn has_ip(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let rest = 32 - u32::from(*bits);
                (network.to_bits() ^ address.to_bits()).checked_shr(rest).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let rest = 128 - u32::from(*bits);
                (network.to_bits() ^ address.to_bits()).checked_shr(rest).unwrap_or(0) == 0
            }
            _ => false,
        })
    }

    /// The MAC is named.
    pub(super) fn has_mac(&self, mac: Mac) -> bool {
        self.macs.contains(&mac)
    }

    /// The station is named.
    pub(super) fn has_station(&self, name: &str) -> bool {
        self.stations.iter().any(|station| station == name)
    }
}

/// Six bytes with colons or hyphens.
pub(super) fn mac(text: &str) -> Option<Mac> {
    let mut bytes = [0; 6];
    let mut parts = text.split([':', '-']);
    for byte in &mut bytes {
        let part = parts.next().filter(|part| part.len() == 2)?;
        *byte = u8::from_str_radix(part, 16).ok()?;
    }
    parts.next().is_none().then_some(Mac(bytes))
}

/// A name of station: labels of lower-case letters, digits and hyphens. IEC 61158-6-10 §4.3.1.4.15.
pub(super) fn is_station(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    !name.is_empty() && name.len() <= 240 && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_may_be_asked() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("allowed.txt");
        std::fs::write(&file, "# cell 3\nplc-3\n10.1.0.7 # its panel\n00:0E:8c:00:00:01\n")
            .unwrap();
        let entries = ["10.0.0.16/28".to_owned(), file.display().to_string(), "fe80::1".to_owned()];
        let allowed = Allowed::read(&entries).unwrap();
        let ip = |text: &str| allowed.has_ip(text.parse().unwrap());
        assert!(ip("10.0.0.16") && ip("10.0.0.31") && ip("10.1.0.7") && ip("fe80::1"));
        assert!(!ip("10.0.0.15") && !ip("10.0.0.32") && !ip("10.1.0.8") && !ip("fe80::2"));
        assert!(allowed.has_mac(Mac([0, 0x0e, 0x8c, 0, 0, 1])));
        assert!(!allowed.has_mac(Mac([0, 0x0e, 0x8c, 0, 0, 2])));
        assert!(allowed.has_station("plc-3") && !allowed.has_station("plc-4"));
    }

    #[test]
    fn mistakes_are_said() {
        let error = |entry: &str| format!("{:#}", Allowed::read(&[entry.to_owned()]).unwrap_err());
        assert!(error("plc-3").contains("nor a file"));
        assert!(error("10.0.0.0/33").contains("1 to 32 bits"));
        assert!(error("0.0.0.0/0").contains("1 to 32 bits"), "not everybody at once");
        assert!(error("10.0.0.0/x").contains("no prefix length"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("allowed.txt");
        std::fs::write(&file, "10.0.0.1\nPLC 3\n").unwrap();
        assert!(error(&file.display().to_string()).contains("line 2: \"PLC 3\""));
    }
}
