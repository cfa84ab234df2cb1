//! MAC prefixes: to whom the IEEE assigned them.

use std::collections::BTreeMap;
use std::io::Read;
use vocab::Mac;

/// The list, compressed: `cargo xtask oui` makes it from Debian's `ieee-data`.
static DATA: &[u8] = include_bytes!("../data/oui.zst");

/// Makers by MAC prefix of 24, 28 or 36 bits.
#[derive(Debug)]
pub struct Oui {
    makers: Vec<Box<str>>,
    /// Prefix in the low bits, length in the high byte; to the maker's position.
    prefixes: BTreeMap<u64, u32>,
}

fn key(bits: u8, prefix: u64) -> u64 {
    u64::from(bits) << 56 | prefix
}

impl Oui {
    /// Reads the list built into the program.
    pub(crate) fn load() -> Self {
        let mut text = String::new();
        let decoder = zstd::stream::read::Decoder::new(DATA);
        let read = decoder.and_then(|mut decoder| decoder.read_to_string(&mut text));
        debug_assert!(read.is_ok(), "the built-in list is whole");
        let mut oui = Self { makers: Vec::new(), prefixes: BTreeMap::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            // A maker's line: name, tab, prefixes in hexadecimal.
            let Some((maker, prefixes)) = line.split_once('\t') else { continue };
            let at = vocab::sat_u32(oui.makers.len());
            oui.makers.push(maker.into());
            for prefix in prefixes.split(' ') {
                let bits = u8::try_from(prefix.len() * 4).unwrap_or(0);
                if let Ok(number) = u64::from_str_radix(prefix, 16) {
                    oui.prefixes.insert(key(bits, number), at);
                }
            }
        }
        oui
    }

    /// The maker of a MAC; the longest prefix counts.
    pub fn maker(&self, mac: Mac) -> Option<&str> {
        let number = mac.to_u64();
        let found = [36u8, 28, 24]
            .into_iter()
            .find_map(|bits| self.prefixes.get(&key(bits, number >> (48 - bits))))?;
        self.makers.get(*found as usize).map(AsRef::as_ref)
    }

    /// How many prefixes there are.
    pub fn len(&self) -> usize {
        self.prefixes.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.prefixes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_all_lengths() {
        let oui = Oui::load();
        assert!(oui.len() > 40_000);
        let maker = |mac: &str| oui.maker(mac.parse().unwrap()).map(str::to_owned);
        assert_eq!(maker("00:0e:8c:01:02:03").as_deref(), Some("Siemens AG"));
        assert_eq!(maker("00:00:bc:24:47:fe").as_deref(), Some("Rockwell Automation"));
        // A block of 28 bits that is assigned apart from its 24-bit parent.
        assert_ne!(maker("00:50:c2:00:00:00"), maker("00:50:c2:00:10:00"));
        assert_eq!(maker("02:00:00:00:00:01"), None);
    }
}
