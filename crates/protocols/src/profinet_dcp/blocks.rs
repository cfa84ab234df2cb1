//! Blocks: one property each. IEC 61158-6-10:2019 §4.3.1.4.

use super::spec;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Status, Target, Value};

/// What stands between a block's option and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Only option and suboption: get requests.
    Selectors,
    /// A length and the value: identify requests.
    Filters,
    /// A length, two bytes of information or qualifier, and the value: all others.
    Informed,
}

/// One block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'p> {
    pub(super) option: u8,
    pub(super) suboption: u8,
    /// BlockInfo or BlockQualifier.
    pub(super) info: u16,
    pub(super) value: &'p [u8],
}

/// The blocks of a message, until one cannot be read.
#[derive(Clone, Debug)]
pub(super) struct Blocks<'p> {
    kind: Kind,
    at: Cursor<'p>,
}

impl<'p> Blocks<'p> {
    pub(super) fn new(kind: Kind, bytes: &'p [u8]) -> Self {
        Self { kind, at: Cursor::new(bytes) }
    }

    /// Every byte was read.
    pub(super) fn is_done(&self) -> bool {
        self.at.is_empty()
    }

    /// The bytes that could not be read.
    pub(super) fn rest(&self) -> &'p [u8] {
        self.at.rest()
    }

    fn read(&self, at: &mut Cursor<'p>) -> Option<Block<'p>> {
        let (option, suboption) = (at.u8()?, at.u8()?);
        if self.kind == Kind::Selectors {
            return Some(Block { option, suboption, info: 0, value: &[] });
        }
        let length = usize::from(at.be16()?);
        let mut content = Cursor::new(at.take(length)?);
        if length % 2 == 1 && !at.is_empty() {
            // Blocks begin at even places.
            at.skip(1)?;
        }
        // The result block has no information of its own, nor has the selector of everything.
        let plain = self.kind == Kind::Filters || (option, suboption) == (5, 4) || length == 0;
        let info = if plain { 0 } else { content.be16()? };
        Some(Block { option, suboption, info, value: content.rest() })
    }
}

impl<'p> Iterator for Blocks<'p> {
    type Item = Block<'p>;

    fn next(&mut self) -> Option<Block<'p>> {
        let mut at = self.at;
        let block = self.read(&mut at)?;
        self.at = at;
        Some(block)
    }
}

impl<'p> Block<'p> {
    /// Option and suboption as one number.
    pub(super) fn key(&self) -> u16 {
        u16::from_be_bytes([self.option, self.suboption])
    }

    /// The property that a result block is about, and its error. §4.3.1.4.
    pub(super) fn result(&self) -> Option<(u16, u8)> {
        match (self.key(), self.value) {
            (0x0504, [option, suboption, error, ..]) => {
                Some((u16::from_be_bytes([*option, *suboption]), *error))
            }
            _ => None,
        }
    }

    /// Says the property with its value.
    pub(super) fn say(&self, cx: &mut Cx<'_>, kind: Kind) {
        if let Some((key, error)) = self.result() {
            let status = if error == 0 { Status::Ok } else { Status::Error(u32::from(error)) };
            return cx.item_status(target(key), Value::None, status);
        }
        let target = target(self.key());
        match (self.key(), self.value) {
            _ if kind == Kind::Selectors => cx.item(target, Value::None),
            (0x0201 | 0x0202 | 0x0206 | 0x030c | 0x0351, value) => {
                cx.item(target, Value::Text(value));
            }
            (_, []) if self.info == 0 => cx.item(target, Value::None),
            // The qualifier says what is reset.
            (_, []) => cx.item(target, Value::Uint(u64::from(self.info))),
            (0x0101, [a, b, c, d, e, f]) => {
                let text = line!("{}", vocab::Mac([*a, *b, *c, *d, *e, *f]));
                cx.item(target, Value::Text(text.bytes()));
            }
            (0x0102 | 0x0103, value) if value.len() >= 12 => {
                cx.item(target, Value::Text(ip_text(value).bytes()));
            }
            (0x0203 | 0x0208, [a, b, c, d]) => {
                let text = device_text([*a, *b, *c, *d]);
                cx.item(target, Value::Text(text.bytes()));
            }
            (0x0204, [role, ..]) => cx.item(target, Value::Uint(u64::from(*role))),
            (0x0207 | 0x0503 | 0x0601, [high, low]) => {
                let number = u16::from_be_bytes([*high, *low]);
                cx.item(target, Value::Uint(u64::from(number)));
            }
            (0x0209, [a, b, c, d]) => {
                let text = line!("{a}.{b}.{c}.{d}");
                cx.item(target, Value::Text(text.bytes()));
            }
            (_, value) => cx.item(target, Value::Bytes(value)),
        }
    }

    /// The IP address of an IP block. §4.3.1.4.12.
    pub(super) fn ip(&self) -> Option<[u8; 4]> {
        match self.key() {
            0x0102 | 0x0103 => self.value.first_chunk().copied(),
            _ => None,
        }
    }
}

/// Address, mask and gateway, as an engineer writes them.
fn ip_text(value: &[u8]) -> crate::common::text::Line<64> {
    let mut at = Cursor::new(value);
    let mut next = || at.chunk().map_or([0; 4], |four: &[u8; 4]| *four);
    let ([a, b, c, d], [e, f, g, h], [i, j, k, l]) = (next(), next(), next());
    line!("{a}.{b}.{c}.{d} mask {e}.{f}.{g}.{h} gateway {i}.{j}.{k}.{l}")
}

/// Vendor and device number as one, as device lists write them.
pub(super) fn device_text(id: [u8; 4]) -> crate::common::text::Line<64> {
    line!("0x{:08x}", u32::from_be_bytes(id))
}

fn target(key: u16) -> Target<'static> {
    Target { area: spec::PROPERTY, index: u64::from(key), count: 1, extra: 0, name: &[] }
}

/// Prints a property by name.
pub(super) fn show(target: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let [option, suboption] = vocab::low_u16(target.index).to_be_bytes();
    let name = match (option, suboption) {
        (1, 1) => "ip.mac_address",
        (1, 2) => "ip.parameter",
        (1, 3) => "ip.full_suite",
        (2, 1) => "device.type_of_station",
        (2, 2) => "device.name_of_station",
        (2, 3) => "device.id",
        (2, 4) => "device.role",
        (2, 5) => "device.options",
        (2, 6) => "device.alias_name",
        (2, 7) => "device.instance",
        (2, 8) => "device.oem_id",
        (2, 9) => "device.standard_gateway",
        (2, 10) => "device.rsi_properties",
        (3, 12) => "dhcp.host_name",
        (3, 43) => "dhcp.vendor_information",
        (3, 54) => "dhcp.server_identifier",
        (3, 55) => "dhcp.parameter_request_list",
        (3, 60) => "dhcp.class_identifier",
        (3, 61) => "dhcp.client_identifier",
        (3, 81) => "dhcp.domain_name",
        (3, 97) => "dhcp.uuid_client_identifier",
        (3, 255) => "dhcp.control",
        (5, 1) => "control.start_transaction",
        (5, 2) => "control.end_transaction",
        (5, 3) => "control.signal",
        (5, 4) => "control.response",
        (5, 5) => "control.factory_reset",
        (5, 6) => "control.reset_to_factory",
        (6, 1) => "initiative.device",
        (7, 1) => "domain.name",
        (7, 2) => "domain.priority",
        (7, 3) => "domain.parameter_uuid",
        (7, 4) => "domain.agent",
        (7, 5) => "domain.interface",
        (255, 255) => "all",
        _ => return write!(out, "option[{option}].suboption[{suboption}]"),
    };
    out.write_str(name)
}
