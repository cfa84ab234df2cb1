//! IEC 60870-5 telecontrol: the application layer that the companion standards 101 (serial lines)
//! and 104 (TCP) share.

pub(crate) mod asdu;
mod element;
mod file;
mod head;
pub(crate) mod spec;
mod status;
mod time;

pub(crate) use head::Widths;

/// Stations of one connection that are remembered as named.
const STATIONS: usize = 16;

/// Which stations were named.
#[derive(Debug, Default)]
pub(crate) struct Stations {
    /// Common addresses, the latest in turn; 0 is not used as an address.
    named: [u16; STATIONS],
    /// Where the next one is kept.
    next: u8,
}

impl Stations {
    /// Was this common address not named yet?
    fn is_new(&mut self, address: u16) -> bool {
        if self.named.contains(&address) {
            return false;
        }
        if let Some(place) = self.named.get_mut(usize::from(self.next)) {
            *place = address;
        }
        let next = usize::from(self.next).saturating_add(1);
        self.next = if next < STATIONS { vocab::sat_u8(next) } else { 0 };
        true
    }
}
