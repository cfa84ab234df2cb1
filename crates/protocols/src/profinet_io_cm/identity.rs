//! What records tell of a device: identification and maintenance, assets, ports and neighbours.
//! IEC 61158-6-10:2019 §5.2.

use super::blocks::{self, Block, place};
use super::{connect, records, spec};
use crate::common::text::until_nul;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Host, Mac, Part, Subject, Target, Value};

/// Where a record was found.
#[derive(Clone, Copy)]
pub(super) struct About<'h> {
    /// It is given to the receiver rather than told by the sender.
    pub(super) written: bool,
    pub(super) header: &'h records::Header,
}

impl About<'_> {
    /// Slot 0 is the device itself.
    fn subject(&self) -> Subject {
        let part = Part { kind: "slot", number: u32::from(self.header.slot) };
        match (self.written, self.header.slot) {
            (false, 0) => Subject::Sender,
            (true, 0) => Subject::Receiver,
            (false, _) => Subject::SenderPart(part),
            (true, _) => Subject::ReceiverPart(part),
        }
    }

    fn attr(&self, cx: &mut Cx<'_>, spec: &'static AttrSpec, value: &[u8]) {
        cx.attr_of(self.subject(), spec, value);
    }
}

/// Says a block of a record.
pub(super) fn say(cx: &mut Cx<'_>, about: &About<'_>, block: &Block<'_>) -> Option<()> {
    match block.kind {
        0x0012 | 0x0013 => modules(cx, block, block.version != 0),
        0x0030..=0x0032 => modules(cx, block, true),
        0x0020 => {
            let mut at = block.cursor();
            vendor(cx, about, &mut at)?;
            revision(cx, about, &mut at, 20)
        }
        0x0021 => {
            let mut at = block.cursor();
            about.attr(cx, spec::FUNCTION, at.take(32)?);
            about.attr(cx, spec::LOCATION, at.take(22)?);
            Some(())
        }
        0x0022 => {
            about.attr(cx, spec::DATE, block.cursor().take_up_to(16));
            Some(())
        }
        0x0023 => {
            about.attr(cx, spec::DESCRIPTOR, block.cursor().take_up_to(54));
            Some(())
        }
        0x0025 => {
            let mut at = block.cursor();
            at.skip(2)?;
            blocks::each(cx, at, annotated);
            Some(())
        }
        0x0036 => asset(cx, block.cursor()),
        0x0400 => {
            let mut at = block.cursor();
            at.skip(10)?;
            blocks::each(cx, at, |cx, inner| flat(cx, about, inner));
            Some(())
        }
        _ => flat(cx, about, block),
    }
}

/// Blocks that have no others inside.
fn flat(cx: &mut Cx<'_>, about: &About<'_>, block: &Block<'_>) -> Option<()> {
    match block.kind {
        0x8104 => connect::differences(cx, block.cursor()),
        0x0240 if !about.written => interface(cx, block.cursor()),
        0x020f if !about.written => port(cx, block.cursor()),
        _ => Some(()),
    }
}

/// The number of the maker.
fn vendor(cx: &mut Cx<'_>, about: &About<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let number = at.be16()?;
    about.attr(cx, spec::VENDOR, line!("0x{number:04x}").bytes());
    Some(())
}

/// Order number, serial number, hardware and software revision: I&M0. §5.2.
fn revision(cx: &mut Cx<'_>, about: &About<'_>, at: &mut Cursor<'_>, order: usize) -> Option<()> {
    about.attr(cx, spec::ORDER, at.take(order)?);
    about.attr(cx, spec::SERIAL, at.take(16)?);
    hardware(cx, about, at)?;
    software(cx, about, at)
}

fn hardware(cx: &mut Cx<'_>, about: &About<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let number = at.be16()?;
    about.attr(cx, spec::HARDWARE, line!("{number}").bytes());
    Some(())
}

/// A letter (V, R, P, U or T) and three numbers.
fn software(cx: &mut Cx<'_>, about: &About<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let &[prefix, a, b, c] = at.chunk()?;
    let text = if prefix.is_ascii_graphic() {
        line!("{}{a}.{b}.{c}", char::from(prefix))
    } else {
        line!("{a}.{b}.{c}")
    };
    about.attr(cx, spec::FIRMWARE, text.bytes());
    Some(())
}

/// One entry of I&M5: somebody else's component inside. §5.2.
fn annotated(cx: &mut Cx<'_>, block: &Block<'_>) -> Option<()> {
    if block.kind != 0x0034 {
        return Some(());
    }
    let mut at = block.cursor();
    let (annotation, order) = (at.take(64)?, at.take(64)?);
    let number = at.be16()?;
    let serial = at.take(16)?;
    let mut name = |part: &str, value: &[u8]| {
        let target = detail(part.as_bytes());
        cx.item(target, Value::Text(until_nul(value).trim_ascii()));
    };
    name("component", annotation);
    name("component_order_number", order);
    name("component_serial_number", serial);
    cx.item(detail(b"component_vendor"), Value::Uint(u64::from(number)));
    Some(())
}

/// AM_FullInformation: an asset of the station, itself or a part. §5.2.
fn asset(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    // Padding and the unique identifier.
    at.skip(18)?;
    let location = at.take(16)?;
    let (annotation, order) = (at.take(64)?, at.take(64)?);
    let (software, hardware, serial) = (at.take(64)?, at.take(64)?, at.take(16)?);
    let Some(of) = slot_of(location) else {
        cx.item(detail(b"asset"), Value::Text(until_nul(annotation).trim_ascii()));
        return Some(());
    };
    cx.attr_of(of, spec::ANNOTATION, annotation);
    cx.attr_of(of, spec::ORDER, order);
    cx.attr_of(of, spec::FIRMWARE, software);
    cx.attr_of(of, spec::HARDWARE, hardware);
    cx.attr_of(of, spec::SERIAL, serial);
    Some(())
}

/// The first slot of a location in slot form: 2, reserved, then the slot. Trees tell no slot.
fn slot_of(location: &[u8]) -> Option<Subject> {
    match *location {
        [2, _, 0, 0, ..] => Some(Subject::Sender),
        [2, _, high, low, ..] => {
            let number = u32::from(u16::from_be_bytes([high, low]));
            Some(Subject::SenderPart(Part { kind: "slot", number }))
        }
        _ => None,
    }
}

/// ExpectedIdentificationData, RealIdentificationData and I&M0FilterData: the modules. §5.2.
fn modules(cx: &mut Cx<'_>, block: &Block<'_>, profiles: bool) -> Option<()> {
    let mut at = block.cursor();
    // The first version knows one application profile only.
    let apis = if profiles { at.be16()? } else { 1 };
    for _ in 0..apis {
        let api = if profiles { at.be32()? } else { 0 };
        for _ in 0..at.be16()? {
            let (slot, module) = (at.be16()?, at.be32()?);
            for _ in 0..at.be16()? {
                let (subslot, submodule) = (at.be16()?, at.be32()?);
                let text = line!("module 0x{module:x} submodule 0x{submodule:x}");
                cx.item(place(api, slot, subslot), Value::Text(text.bytes()));
            }
        }
    }
    Some(())
}

/// PDInterfaceDataReal: name, MAC and IP address of the station. §5.2.
fn interface(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    let length = at.u8()?;
    cx.attr(spec::CHASSIS, at.take(usize::from(length))?);
    Block::align(&mut at);
    let mac = Mac(*at.chunk()?);
    Block::align(&mut at);
    let ip: [u8; 4] = *at.chunk()?;
    cx.bind(mac, ip.into());
    Some(())
}

/// PDPortDataReal: a port and who is at the other end of its cable. §5.2.
fn port(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    at.skip(2)?;
    let (slot, subslot) = (at.be16()?, at.be16()?);
    let length = at.u8()?;
    let own = at.take(usize::from(length))?;
    cx.attr(spec::PORT, own);
    cx.item(place(0, slot, subslot), Value::Text(own));
    let peers = at.u8()?;
    Block::align(&mut at);
    for _ in 0..peers {
        let length = at.u8()?;
        let port = at.take(usize::from(length))?;
        let length = at.u8()?;
        let chassis = at.take(usize::from(length))?;
        Block::align(&mut at);
        at.skip(4)?;
        let mac = Mac(*at.chunk()?);
        Block::align(&mut at);
        let neighbour =
            Target { area: spec::NEIGHBOUR, index: 0, count: 1, extra: 0, name: chassis };
        cx.item(neighbour, Value::Text(port));
        if mac.is_unicast() {
            cx.attr_of(Subject::Host(Host::Mac(mac)), spec::PEER, chassis);
        }
    }
    Some(())
}

fn detail(name: &[u8]) -> Target<'_> {
    Target { area: spec::DETAIL, index: 0, count: 1, extra: 0, name }
}
