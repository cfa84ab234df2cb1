//! Attributes of the objects that devices have in common: names and types. CIP Vol 1 ch. 5,
//! CIP Vol 2 ch. 5.

use super::values;
use crate::common::text::Line;
use core::net::Ipv4Addr;
use decode::Cursor;
use vocab::{Mac, Ts, Value};

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of so many bytes.
    Uint(u8),
    /// A signed number of two bytes.
    Int,
    /// Bytes of a fixed number.
    Fixed(u8),
    /// Text with a length of one byte.
    Text8,
    /// Text with a length of two bytes.
    Text16,
    /// Text with a length of four bytes.
    Text32,
    /// Microseconds since 1970.
    Micros,
    /// Text with a length of two bytes, padded to an even length. CIP Vol 2 §5-4.3.2.6.
    Padded16,
    /// Major and minor revision.
    Revision,
    /// A MAC address.
    Mac,
    /// Words of a path, the path.
    Path,
    /// Address, mask, gateway, two name servers, domain. CIP Vol 2 §5-4.3.2.5.
    Interface,
    /// Everything to the end.
    Rest,
}

/// Class, number, name and type of instance attributes, in order.
#[rustfmt::skip]
const KNOWN: &[(u32, u32, &str, Kind)] = {
    use Kind::{Fixed, Int, Interface, Mac, Micros, Padded16, Path, Rest, Revision};
    use Kind::{Text8, Text16, Text32, Uint};
    &[
        (0x01, 1, "vendor_id", Uint(2)),
        (0x01, 2, "device_type", Uint(2)),
        (0x01, 3, "product_code", Uint(2)),
        (0x01, 4, "revision", Revision),
        (0x01, 5, "status", Uint(2)),
        (0x01, 6, "serial_number", Uint(4)),
        (0x01, 7, "product_name", Text8),
        (0x01, 8, "state", Uint(1)),
        (0x01, 9, "configuration_consistency_value", Uint(2)),
        (0x01, 10, "heartbeat_interval", Uint(1)),
        (0x04, 3, "data", Rest),
        (0x04, 4, "size", Uint(2)),
        (0x08, 3, "value", Rest),
        (0x09, 3, "value", Rest),
        (0x0a, 3, "value", Rest),
        (0x0b, 3, "value", Rest),
        (0x0f, 1, "value", Rest),
        (0x29, 3, "run_1", Uint(1)),
        (0x29, 4, "run_2", Uint(1)),
        (0x29, 5, "net_control", Uint(1)),
        (0x29, 6, "state", Uint(1)),
        (0x29, 12, "fault_reset", Uint(1)),
        (0x2a, 4, "net_reference", Uint(1)),
        (0x2a, 7, "speed_actual", Int),
        (0x2a, 8, "speed_reference", Int),
        (0x37, 1, "state", Uint(1)),
        (0x37, 5, "file_revision", Revision),
        (0x37, 6, "file_size", Uint(4)),
        (0x43, 1, "ptp_enable", Uint(1)),
        (0x43, 2, "is_synchronized", Uint(1)),
        (0x43, 3, "system_time", Micros),
        (0x43, 4, "system_time_ns", Uint(8)),
        (0x43, 10, "grandmaster_clock", Fixed(24)),
        (0x47, 1, "network_topology", Uint(1)),
        (0x47, 2, "network_status", Uint(1)),
        (0x47, 3, "ring_supervisor_status", Uint(1)),
        (0x47, 10, "active_supervisor_address", Fixed(10)),
        (0x64, 1, "name", Text16),
        (0x8b, 1, "current_value", Uint(8)),
        (0x8b, 6, "utc_time", Micros),
        (0x8b, 8, "time_zone", Text32),
        (0x8b, 9, "daylight_saving_minutes", Int),
        (0x8b, 10, "daylight_saving", Uint(1)),
        (0x8b, 11, "local_time", Micros),
        (0xf4, 1, "port_type", Uint(2)),
        (0xf4, 2, "port_number", Uint(2)),
        (0xf4, 3, "link_object", Path),
        (0xf4, 4, "port_name", Text8),
        (0xf5, 1, "status", Uint(4)),
        (0xf5, 2, "configuration_capability", Uint(4)),
        (0xf5, 3, "configuration_control", Uint(4)),
        (0xf5, 4, "physical_link", Path),
        (0xf5, 5, "interface_configuration", Interface),
        (0xf5, 6, "host_name", Padded16),
        (0xf5, 7, "safety_network_number", Fixed(6)),
        (0xf5, 8, "ttl_value", Uint(1)),
        (0xf5, 9, "multicast_configuration", Fixed(8)),
        (0xf5, 10, "select_acd", Uint(1)),
        (0xf5, 11, "last_conflict_detected", Fixed(35)),
        (0xf5, 12, "quick_connect", Uint(1)),
        (0xf5, 13, "inactivity_timeout", Uint(2)),
        (0xf6, 1, "interface_speed", Uint(4)),
        (0xf6, 2, "interface_flags", Uint(4)),
        (0xf6, 3, "physical_address", Mac),
        (0xf6, 4, "interface_counters", Fixed(44)),
        (0xf6, 5, "media_counters", Fixed(48)),
        (0xf6, 6, "interface_control", Fixed(4)),
        (0xf6, 7, "interface_type", Uint(1)),
        (0xf6, 8, "interface_state", Uint(1)),
        (0xf6, 9, "admin_state", Uint(1)),
        (0xf6, 10, "interface_label", Text8),
    ]
};

/// Name and type of an instance attribute.
pub(super) fn known(class: u32, attribute: u32) -> Option<(&'static str, Kind)> {
    let at = KNOWN.binary_search_by_key(&(class, attribute), |row| (row.0, row.1)).ok()?;
    KNOWN.get(at).map(|(_, _, name, kind)| (*name, *kind))
}

impl Kind {
    /// The bytes of an attribute of this type at the cursor.
    pub(super) fn take<'p>(self, at: &mut Cursor<'p>) -> Option<&'p [u8]> {
        let start = *at;
        let len = match self {
            Self::Uint(len) | Self::Fixed(len) => usize::from(len),
            Self::Int | Self::Revision => 2,
            Self::Mac => 6,
            Self::Micros => 8,
            Self::Rest => at.len(),
            Self::Text8 => usize::from(at.u8()?).saturating_add(1),
            Self::Text16 => usize::from(at.le16()?).saturating_add(2),
            Self::Text32 => vocab::sat_usize(u64::from(at.le32()?)).saturating_add(4),
            // Not all devices pad, so the end may come first.
            Self::Padded16 => {
                let len = usize::from(at.le16()?);
                len.saturating_add(len & 1).saturating_add(2).min(start.len())
            }
            Self::Path => usize::from(at.le16()?).saturating_mul(2).saturating_add(2),
            Self::Interface => {
                at.skip(20)?;
                let len = usize::from(at.le16()?);
                len.saturating_add(len & 1).saturating_add(22).min(start.len())
            }
        };
        *at = start;
        at.take(len)
    }

    /// Gives the value in `bytes` to `read`.
    pub(super) fn with_value(self, bytes: &[u8], read: &mut dyn FnMut(Value<'_>)) {
        match (self, bytes) {
            (Self::Uint(_), _) => read(Value::Uint(values::uint(bytes))),
            (Self::Int, &[low, high]) => {
                read(Value::Int(i64::from(i16::from_le_bytes([low, high]))));
            }
            (Self::Revision, &[major, minor]) => {
                read(Value::Text(crate::line!("{major}.{minor}").bytes()));
            }
            (Self::Mac, _) => match bytes.first_chunk() {
                Some(mac) => read(Value::Text(crate::line!("{}", Mac(*mac)).bytes())),
                None => read(Value::Bytes(bytes)),
            },
            (Self::Text8, [len, text @ ..]) => {
                read(Value::Text(text.get(..usize::from(*len)).unwrap_or(text)));
            }
            (Self::Text32, _) => read(Value::Text(bytes.get(4..).unwrap_or(&[]))),
            (Self::Micros, _) => {
                let micros = vocab::sat_i64(values::uint(bytes));
                read(Value::Time(Ts(micros.saturating_mul(1_000))));
            }
            (Self::Text16 | Self::Padded16, _) => read(Value::Text(text16(bytes))),
            (Self::Interface, _) => match Interface::read(bytes) {
                Some(interface) => read(Value::Text(interface.line().bytes())),
                None => read(Value::Bytes(bytes)),
            },
            _ => read(Value::Bytes(bytes)),
        }
    }
}

/// Text with a length of two bytes.
pub(super) fn text16(bytes: &[u8]) -> &[u8] {
    let mut at = Cursor::new(bytes);
    let len = at.le16().map_or(0, usize::from);
    at.take_up_to(len)
}

/// Attribute 5 of the TCP/IP Interface object. CIP Vol 2 §5-4.3.2.5.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interface<'p> {
    pub(super) address: Ipv4Addr,
    mask: Ipv4Addr,
    gateway: Ipv4Addr,
    pub(super) domain: &'p [u8],
}

impl<'p> Interface<'p> {
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let mut address = || at.le32().map(Ipv4Addr::from_bits);
        let (ip, mask, gateway) = (address()?, address()?, address()?);
        at.skip(8)?;
        Some(Self { address: ip, mask, gateway, domain: text16(at.rest()) })
    }

    /// Address, mask and gateway as people write them.
    fn line(&self) -> Line<64> {
        crate::line!("{}/{} gateway {}", self.address, self.mask, self.gateway)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_in_order_and_end_where_their_type_says() {
        assert!(KNOWN.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
        assert_eq!(known(0xf5, 6), Some(("host_name", Kind::Padded16)));
        let mut at = Cursor::new(&[3, 0, b'a', b'b', b'c', 0, 9]);
        assert_eq!(Kind::Padded16.take(&mut at).map(text16), Some(&b"abc"[..]));
        assert_eq!(at.rest(), [9]);
        assert_eq!(Kind::Text8.take(&mut Cursor::new(&[4, b'a'])), None);
    }
}
