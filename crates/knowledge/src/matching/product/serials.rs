//! Serial numbers that a product's text says are meant.

use crate::version::Truth;

/// `serial number 17X**** or later`: the beginning of a serial number, and the side of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Serials {
    start: String,
    later: bool,
}

impl Serials {
    /// Digits come before letters, as the maker counts.
    pub(in super::super) fn hold(&self, serial: Option<&str>) -> Truth {
        let own: Option<String> = serial.map(|serial| {
            serial.trim().to_uppercase().chars().take(self.start.len()).collect::<String>()
        });
        match own {
            Some(own) if own.len() == self.start.len() => {
                let fits = if self.later { own >= self.start } else { own <= self.start };
                if fits { Truth::Yes } else { Truth::No }
            }
            _ => Truth::Open("no_serial"),
        }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let rest = lower.split("serial n").nth(1)?;
        let star = rest.find('*')?;
        let start: String = rest.get(..star)?.split(' ').next_back()?.to_uppercase();
        let later = ["later", "newer", "above"].iter().any(|word| rest.contains(word));
        let earlier = ["prior", "earlier", "below", "older"].iter().any(|word| rest.contains(word));
        let plain = !start.is_empty() && start.chars().all(|c| c.is_ascii_alphanumeric());
        (plain && later != earlier).then_some(Self { start, later })
    }
}
