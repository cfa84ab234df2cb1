//! Mailbox messages: services of other protocols inside datagrams. ETG.1000.6 §5.5 to §5.10.
//!
//! Nothing says that a piece of memory is a mailbox, so a message must be sound in every field that
//! has few values.

use super::spec;
use crate::common::text::until_nul;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Part, Role, Status, Subject, Target, Value};

/// Types of message. ETG.1000.6 §5.5.
const ADS: u8 = 1;
const ETHERNET: u8 = 2;
const CANOPEN: u8 = 3;
const FILE: u8 = 4;
const DRIVE: u8 = 5;
const VENDOR: u8 = 15;

/// CANopen services. ETG.1000.6 §5.6.1.
const SDO_REQUEST: u8 = 2;
const SDO_RESPONSE: u8 = 3;
const SDO_INFORMATION: u8 = 8;

/// A message.
#[derive(Clone, Copy)]
pub(super) struct Mail<'p> {
    station: u16,
    kind: u8,
    /// Service, and command where services have some.
    detail: u8,
    /// Behind the mailbox header.
    content: &'p [u8],
}

/// Reads a message; `None` where it cannot be one.
pub(super) fn read(bytes: &[u8]) -> Option<Mail<'_>> {
    let mut at = Cursor::new(bytes);
    let (length, station) = (at.le16()?, at.le16()?);
    let &[channel, kind] = at.chunk()?;
    let content = at.take(usize::from(length))?;
    if channel & 0x3f != 0 || kind & 0x80 != 0 {
        return None;
    }
    let kind = kind & 0x0f;
    let detail = match kind {
        ADS if content.len() >= 32 => 0,
        ETHERNET => content.first().filter(|kind| **kind & 0x0f <= 8)? & 0x0f,
        CANOPEN => canopen(content)?,
        FILE => match content {
            [operation @ 1..=6, 0, _, _, _, _, ..] => *operation,
            _ => return None,
        },
        DRIVE => content.first().filter(|head| matches!(**head & 7, 1..=6))? & 7,
        VENDOR if content.len() >= 6 => 0,
        _ => return None,
    };
    Some(Mail { station, kind, detail, content })
}

/// Service in the upper half; the command of a data transfer, or the kind of information.
fn canopen(content: &[u8]) -> Option<u8> {
    let mut at = Cursor::new(content);
    let head = at.le16()?;
    let service = vocab::low_u8(u64::from(head >> 12));
    if head & 0x0e00 != 0 || !(1..=8).contains(&service) {
        return None;
    }
    let first = at.u8();
    match service {
        SDO_REQUEST | SDO_RESPONSE => Some(service << 4 | first? >> 5),
        SDO_INFORMATION => Some(0x80 | (first? & 0x7f).min(0x0f)),
        _ => Some(service << 4),
    }
}

impl<'p> Mail<'p> {
    /// The same, at the station that the datagram addresses.
    pub(super) fn at_station(self, station: u16) -> Self {
        Self { station, ..self }
    }

    /// The subcode: 0x8000, type, detail.
    pub(super) fn sub(&self) -> u16 {
        u16::from_be_bytes([0x80 | self.kind, self.detail])
    }

    /// An aborted transfer of data.
    pub(super) fn status(&self) -> Status {
        match (self.kind, self.detail, self.content) {
            (CANOPEN, 0x24 | 0x34, [_, _, _, _, _, _, a, b, c, d, ..])
            | (FILE, 5, [_, _, a, b, c, d, ..]) => {
                Status::Error(u32::from_le_bytes([*a, *b, *c, *d]))
            }
            _ => Status::None,
        }
    }

    /// Says what the message touches.
    pub(super) fn say(&self, cx: &mut Cx<'_>, role: Role) {
        match self.kind {
            CANOPEN => self.object(cx, role),
            FILE => self.file(cx),
            DRIVE => self.drive(cx),
            _ => {}
        }
    }

    /// Index, subindex, and the data of short and long transfers. ETG.1000.6 §5.6.2.
    fn object(&self, cx: &mut Cx<'_>, role: Role) {
        let &[_, _, command, low, high, sub, ref data @ ..] = self.content else { return };
        let index = u16::from_le_bytes([low, high]);
        let value = match self.detail {
            // Sent at once: two bits say how many of the four bytes are unused.
            0x21 | 0x32 if command & 2 != 0 => {
                let unused = if command & 1 != 0 { command >> 2 & 3 } else { 0 };
                data.get(..4usize.saturating_sub(usize::from(unused))).unwrap_or(data)
            }
            // The complete size stands before the data.
            0x21 | 0x32 => data.get(4..).unwrap_or(&[]),
            0x22 | 0x24 | 0x33 | 0x34 => &[],
            _ => return,
        };
        let target = Target {
            area: spec::OBJECT,
            index: u64::from(index) << 8 | u64::from(sub),
            count: 1,
            extra: u32::from(self.station),
            name: &[],
        };
        let shown = if value.is_empty() { Value::None } else { Value::Bytes(value) };
        cx.item(target, shown);
        if self.detail == 0x32 && role == Role::Response {
            self.identity(cx, index, sub, value);
        }
    }

    /// What a station tells of itself. ETG.1000.6 §5.6.7.4.
    fn identity(&self, cx: &mut Cx<'_>, index: u16, sub: u8, value: &[u8]) {
        let number = value.first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
        match (index, sub, number) {
            (0x1008, 0, _) => self.attr(cx, spec::NAME, until_nul(value)),
            (0x1009, 0, _) => self.attr(cx, spec::HARDWARE, until_nul(value)),
            (0x100a, 0, _) => self.attr(cx, spec::FIRMWARE, until_nul(value)),
            (0x1018, 1, Some(n)) => self.attr(cx, spec::VENDOR, line!("0x{n:08x}").bytes()),
            (0x1018, 2, Some(n)) => self.attr(cx, spec::PRODUCT, line!("0x{n:08x}").bytes()),
            (0x1018, 4, Some(n @ 1..)) => self.attr(cx, spec::SERIAL, line!("{n}").bytes()),
            _ => {}
        }
    }

    fn attr(&self, cx: &mut Cx<'_>, spec: &'static AttrSpec, value: &[u8]) {
        let part = Part { kind: "station", number: u32::from(self.station) };
        cx.attr_of(Subject::SenderPart(part), spec, value);
    }

    /// Name of a file that is read or written; number of a packet. ETG.1000.6 §5.8.
    fn file(&self, cx: &mut Cx<'_>) {
        let Some((_, rest)) = self.content.split_first_chunk::<6>() else { return };
        let target = |name| Target { area: spec::FILE, index: 0, count: 1, extra: 0, name };
        match self.detail {
            1 | 2 => cx.item(target(until_nul(rest)), Value::None),
            3 => cx.item(target(b"data"), Value::Bytes(rest)),
            5 => cx.item(target(b"error"), Value::Text(until_nul(rest))),
            _ => {}
        }
    }

    /// Parameter of a drive with its data. ETG.1000.6 §5.9.
    fn drive(&self, cx: &mut Cx<'_>) {
        let &[_, _, low, high, ref data @ ..] = self.content else { return };
        let number = u16::from_le_bytes([low, high]);
        let target = Target {
            area: spec::DRIVE,
            index: u64::from(number),
            count: 1,
            extra: u32::from(self.station),
            name: &[],
        };
        let value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
        cx.item(target, value);
    }
}
