//! Datagrams. ETG.1000.4 §5.4.

use super::{mailbox, spec};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Op, Part, Role, Subject, Target, Value};

/// More datagrams follow, in the length field.
const MORE: u16 = 0x8000;

/// Registers that are read for what they say. ETG.1000.4 §6.
const STATE_CONTROL: u16 = 0x0120;
const STATE: u16 = 0x0130;
const EEPROM: u16 = 0x0502;

/// Commands. ETG.1000.4 §5.4.1.2.
const NO_OPERATION: u8 = 0;
const WRITE_ALL: u8 = 8;
const LAST: u8 = 14;

/// How a command addresses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Addressing {
    Position,
    Station,
    Everybody,
    Logical,
}

/// One datagram.
#[derive(Clone, Copy)]
pub(super) struct Datagram<'p> {
    command: u8,
    index: u8,
    station: u16,
    register: u16,
    data: &'p [u8],
    /// How many stations took part.
    pub(super) counter: u16,
    whole: &'p [u8],
}

/// The datagrams of a frame, until the last or one that cannot be read.
pub(super) struct Datagrams<'p> {
    at: Cursor<'p>,
    more: bool,
}

impl<'p> Datagrams<'p> {
    pub(super) fn new(bytes: &'p [u8]) -> Self {
        Self { at: Cursor::new(bytes), more: true }
    }

    /// The last one was read, and nothing but padding is left.
    pub(super) fn is_done(&self) -> bool {
        !self.more && self.at.rest().iter().all(|b| *b == 0)
    }

    /// What is not read.
    pub(super) fn rest(&self) -> &'p [u8] {
        self.at.rest()
    }
}

impl<'p> Iterator for Datagrams<'p> {
    type Item = Datagram<'p>;

    fn next(&mut self) -> Option<Datagram<'p>> {
        if !self.more {
            return None;
        }
        let mut at = self.at;
        let &[command, index] = at.chunk()?;
        let (station, register, length) = (at.le16()?, at.le16()?, at.le16()?);
        at.skip(2)?;
        let data = at.take(usize::from(length & 0x07ff))?;
        let counter = at.le16()?;
        let whole = self.at.take(data.len().saturating_add(12))?;
        self.more = length & MORE != 0;
        Some(Datagram { command, index, station, register, data, counter, whole })
    }
}

impl<'p> Datagram<'p> {
    fn addressing(&self) -> Addressing {
        match self.command {
            1..=3 | 13 => Addressing::Position,
            7..=9 => Addressing::Everybody,
            10..=12 => Addressing::Logical,
            _ => Addressing::Station,
        }
    }

    /// Only reads: what comes with the request means nothing.
    fn reads(&self) -> bool {
        matches!(self.command, 1 | 4 | 7 | 10)
    }

    /// The mailbox message inside, where there may be one.
    fn mail(&self, role: Role) -> Option<mailbox::Mail<'p>> {
        let there = matches!(self.command, 2 | 5);
        let back = matches!(self.command, 1 | 4) && role == Role::Response && self.counter != 0;
        if self.register < 0x1000 || !(there || back) {
            return None;
        }
        let mail = mailbox::read(self.data)?;
        Some(mail.at_station(self.station))
    }

    /// The first register of the group that gives the command its meaning.
    fn topic(&self, mail: Option<&mailbox::Mail<'_>>) -> Option<u16> {
        let reads = self.reads();
        match self.register {
            _ if self.command == NO_OPERATION || self.addressing() == Addressing::Logical => None,
            0x1000.. => Some(mail.map_or(0x1000, mailbox::Mail::sub)),
            0x0130..=0x0135 if reads => Some(0x0130),
            0x0500..=0x050f => Some(if reads { 0x0500 } else { self.memory_topic() }),
            _ if reads => None,
            0x0010..=0x0013 => Some(0x0010),
            0x0040 | 0x0041 => Some(0x0040),
            0x0100..=0x0111 => Some(0x0100),
            0x0120 | 0x0121 => Some(0x0120),
            0x0300..=0x0313 => Some(0x0300),
            0x0400..=0x0443 => Some(0x0400),
            0x0510..=0x0517 => Some(0x0510),
            0x0600..=0x06ff => Some(0x0600),
            0x0800..=0x08ff => Some(0x0800),
            0x0900..=0x09ff => Some(0x0900),
            0x0f00..=0x0fff => Some(0x0f00),
            _ => None,
        }
    }

    /// Reading a word of a station's own memory begins with a write too: the command counts.
    /// ETG.1000.4 §6.
    fn memory_topic(&self) -> u16 {
        match (self.register, self.data) {
            (EEPROM, [_, command, ..]) if command & 7 == 1 => 0x0502,
            (EEPROM, [_, command, ..]) if command & 7 == 2 => 0x0508,
            (0x0508..=0x050f, _) => 0x0508,
            _ => 0x0500,
        }
    }

    /// Says the command with what it touches.
    pub(super) fn say(&self, cx: &mut Cx<'_>, role: Role) {
        let mail = self.mail(role);
        let mut op = Op::new(u32::from(self.command), role, self.whole);
        op.sub = self.topic(mail.as_ref());
        op.args = Some(self.args());
        op.status = mail.map_or(op.status, |mail| mail.status());
        cx.op(&op);
        if self.command > LAST {
            return cx.fault(spec::UNKNOWN_COMMAND, self.whole);
        }
        if self.command == NO_OPERATION {
            return;
        }
        if let Some(mail) = mail {
            return mail.say(cx, role);
        }
        let answered = role == Role::Response && self.counter != 0;
        let told = !self.reads() || answered;
        let state = matches!(self.register, STATE_CONTROL | STATE)
            && matches!(self.command, 1 | 2 | 4 | 5 | WRITE_ALL);
        let value = match self.data {
            _ if !told || self.data.is_empty() => Value::None,
            [state_byte, ..] if state => Value::Text(state_word(*state_byte)),
            data => Value::Bytes(data),
        };
        cx.item(self.target(), value);
        if answered && self.register == EEPROM && self.command == 4 {
            self.eeprom(cx);
        }
    }

    fn args(&self) -> [u64; 4] {
        let counts = [u64::from(self.counter), u64::from(self.index)];
        let [counter, index] = counts;
        match self.addressing() {
            Addressing::Logical => [self.logical(), 0, counter, index],
            _ => [u64::from(self.station), u64::from(self.register), counter, index],
        }
    }

    /// Station and register are one address of 32 bits here.
    fn logical(&self) -> u64 {
        u64::from(self.register) << 16 | u64::from(self.station)
    }

    fn target(&self) -> Target<'static> {
        let index = u64::from(self.station) << 16 | u64::from(self.register);
        let (area, index, extra) = match self.addressing() {
            Addressing::Logical => (spec::LOGICAL, self.logical(), 0),
            Addressing::Position => (spec::REGISTER, index, spec::BY_POSITION),
            Addressing::Everybody => (spec::REGISTER, index, spec::EVERYBODY),
            Addressing::Station => (spec::REGISTER, index, 0),
        };
        Target { area, index, count: vocab::sat_u32(self.data.len()), extra, name: &[] }
    }

    /// Control, word address, two or four words of the station's own memory: who made it.
    /// ETG.1000.6 §5.4.
    fn eeprom(&self, cx: &mut Cx<'_>) {
        let mut at = Cursor::new(self.data);
        let (Some(control), Some(mut address)) = (at.le16(), at.le32()) else { return };
        // Busy, or an error: the words are not there.
        if control & 0xf800 != 0 {
            return;
        }
        while let Some(number) = at.le32() {
            let hex = line!("0x{number:08x}");
            match address {
                8 => self.attr(cx, spec::VENDOR, hex.bytes()),
                10 => self.attr(cx, spec::PRODUCT, hex.bytes()),
                14 if number != 0 => {
                    self.attr(cx, spec::SERIAL, line!("{number}").bytes());
                }
                _ => {}
            }
            address = address.saturating_add(2);
        }
    }

    fn attr(&self, cx: &mut Cx<'_>, spec: &'static AttrSpec, value: &[u8]) {
        let part = Part { kind: "station", number: u32::from(self.station) };
        cx.attr_of(Subject::SenderPart(part), spec, value);
    }
}

/// Low four bits the state, then the error or its acknowledgement. ETG.1000.6 §5.3.
fn state_word(state: u8) -> &'static [u8] {
    match state & 0x1f {
        0x01 => b"init",
        0x02 => b"preop",
        0x03 => b"boot",
        0x04 => b"safeop",
        0x08 => b"op",
        0x11 => b"init with error",
        0x12 => b"preop with error",
        0x13 => b"boot with error",
        0x14 => b"safeop with error",
        0x18 => b"op with error",
        _ => b"unknown",
    }
}
