//! PCCC: the commands of PLC-5, SLC 500 and MicroLogix controllers, inside service 0x4b of class
//! 0x67. 1770-6.5.16 (DF1 Protocol and Command Set) ch. 7; 1756-PM020 for the carrier.
//!
//! ```text
//! requestor: length, vendor, serial ─ command ─ status ─ transaction ─┬ function ─ data
//!                                                                     └ data (some commands)
//! ```

use super::answer::{Answer, unread};
use super::{spec, statuses, values};
use crate::common::text::is_text;
use core::fmt::{Result, Write};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Status, Target, Value};

/// Subcodes of commands: above all class numbers, the command in the third hexadecimal digit, the
/// function in the last two.
const SUBS: u32 = 0xf000;
/// Elements that are said one by one.
const ELEMENTS_MAX: usize = 64;
/// Reply bit of a command.
const REPLY: u8 = 0x40;

/// The subcode belongs to a command.
pub(super) const fn is_sub(sub: u32) -> bool {
    sub >= SUBS
}

/// The commands that have functions.
const fn has_function(command: u8) -> bool {
    matches!(command & 0x0f, 0x06 | 0x07 | 0x0e | 0x0f)
}

/// Command, status, transaction; behind the requestor. 1770-6.5.16 ch. 6.
struct Head<'p> {
    command: u8,
    status: u8,
    transaction: u16,
    rest: Cursor<'p>,
}

fn head(data: &[u8]) -> Option<Head<'_>> {
    let mut at = Cursor::new(data);
    // The length counts itself.
    let requestor = usize::from(at.u8()?);
    at.skip(requestor.checked_sub(1)?)?;
    Some(Head { command: at.u8()?, status: at.u8()?, transaction: at.le16()?, rest: at })
}

/// A place in a data file: `N7:3`, `T4:0.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Address {
    kind: u8,
    file: u16,
    element: u16,
    sub: u16,
}

impl Address {
    /// Fields of one byte, of which 255 says that two bytes follow. 1770-6.5.16, protected typed
    /// logical read.
    fn read(at: &mut Cursor<'_>, with_sub: bool) -> Option<Self> {
        let number = |at: &mut Cursor<'_>| match at.u8()? {
            0xff => at.le16(),
            n => Some(u16::from(n)),
        };
        Some(Self {
            file: number(at)?,
            kind: at.u8()?,
            element: number(at)?,
            sub: if with_sub { number(at)? } else { 0 },
        })
    }

    /// As a number that goes with the waiting request.
    fn pack(self) -> u64 {
        u64::from(self.kind) << 48
            | u64::from(self.file) << 32
            | u64::from(self.element) << 16
            | u64::from(self.sub)
    }

    fn unpack(number: u64) -> Self {
        let word = |shift: u32| vocab::low_u16(number >> shift);
        Self { kind: vocab::low_u8(number >> 48), file: word(32), element: word(16), sub: word(0) }
    }

    fn target(self, count: u32) -> Target<'static> {
        Target { area: spec::DATA_FILE, index: self.pack(), count, extra: 0, name: &[] }
    }
}

/// Prints a place in a data file.
pub(super) fn show(t: &Target<'_>, out: &mut dyn Write) -> Result {
    if !t.name.is_empty() {
        return t.name.utf8_chunks().try_for_each(|chunk| out.write_str(chunk.valid()));
    }
    let at = Address::unpack(t.index);
    if at.kind == FLAT {
        return write!(out, "byte[{}]", u64::from(at.file) << 16 | u64::from(at.element));
    }
    match at.kind {
        OPEN => return write!(out, "open_file[{}]", at.file),
        OPEN_WORD => return write!(out, "open_file[{}] word {}", at.file, at.element),
        FILE => return write!(out, "file[{}]", at.file),
        _ => {}
    }
    match letters(at.kind) {
        Some(letters) => write!(out, "{letters}{}:{}", at.file, at.element)?,
        None => write!(out, "file_0x{:02x}[{}]:{}", at.kind, at.file, at.element)?,
    }
    if at.sub == 0 { Ok(()) } else { write!(out, ".{}", at.sub) }
}

/// Letters of a data file's type, as programmers write it.
const fn letters(kind: u8) -> Option<&'static str> {
    Some(match kind {
        0x82 | 0x8b => "O",
        0x83 | 0x8c => "I",
        0x84 => "S",
        0x85 => "B",
        0x86 => "T",
        0x87 => "C",
        0x88 => "R",
        0x89 => "N",
        0x8a => "F",
        0x8d => "ST",
        0x8e => "A",
        0x8f => "D",
        0x91 => "L",
        _ => return None,
    })
}

/// The CIP type of a data file's elements; `None` for those of several words.
const fn element_type(kind: u8) -> Option<u16> {
    Some(match kind {
        0x82 | 0x83 | 0x84 | 0x85 | 0x8b | 0x8c | 0x8f => 0xc7,
        0x89 => 0xc3,
        0x8a => 0xca,
        0x91 => 0xc4,
        _ => return None,
    })
}

/// Says a request.
pub(super) fn request<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, data: &'p [u8]) {
    let Some(mut head) = head(data) else {
        op.args = None;
        cx.op(op);
        if !cx.cut() {
            cx.fault(spec::BAD_PCCC, data);
        }
        return;
    };
    let function = if has_function(head.command) { head.rest.u8().unwrap_or(0) } else { 0 };
    let sub = SUBS | u32::from(head.command & 0x0f) << 8 | u32::from(function);
    op.sub = spec::sub(op.code, Some(sub)).or(op.sub);
    let transaction = u64::from(head.transaction);
    let mut at = head.rest;
    match (head.command & 0x0f, function) {
        (0x0f, 0xa1 | 0xa2 | 0xa9 | 0xaa | 0xab) => logical(cx, op, transaction, function, at),
        (0x0f, 0x67 | 0x68 | 0x00 | 0x01) => ranged(cx, op, transaction, function, at),
        (0x00 | 0x08, _) => {
            op.args = Some([transaction, 0, 0, 0]);
            cx.op(op);
            if let Some(address) = at.le16() {
                cx.item(flat(u32::from(address)), Value::Bytes(at.rest()));
            }
        }
        (0x02 | 0x05, _) => {
            op.args = Some([transaction, 0, 0, 0]);
            cx.op(op);
            bits(cx, at.rest());
        }
        (0x0f, 0x26) => {
            op.args = Some([transaction, 0, 0, 0]);
            cx.op(op);
            modified(cx, at.rest());
        }
        (0x0f, 0x17 | 0x18) => {
            op.args = Some([transaction, 0, 0, 0]);
            cx.op(op);
            if let Some(address) = at.le32() {
                let value = if function == 0x18 { Value::Bytes(at.rest()) } else { Value::None };
                cx.item(flat(address), value);
            }
        }
        (0x0f, 0x02 | 0x29) => {
            op.args = Some([transaction, 0, 0, 0]);
            cx.op(op);
            if let Some((target, masks)) = place(at.rest()) {
                cx.item(target, if masks.is_empty() { Value::None } else { Value::Bytes(masks) });
            }
        }
        (0x0f, 0x5e | 0x82 | 0xa7 | 0xaf) => {
            op.args = Some([transaction, 0, 0, 0]);
            cx.op(op);
            let _ = file(cx, function, at);
        }
        (0x0f, 0x80 | 0x3a) => {
            op.args = Some([transaction, at.u8().map_or(0, u64::from), 0, 0]);
            cx.op(op);
        }
        _ => {
            op.args = Some([transaction, 0, 0, 0]);
            let data = at.rest();
            op.value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
            cx.op(op);
        }
    }
}

/// Kinds of places that are no data file's: an open file, a word in it, a file by number alone.
const OPEN: u8 = 2;
const OPEN_WORD: u8 = 3;
const FILE: u8 = 4;

/// Files. 1770-6.5.16 ch. 7: close file has a tag; protected typed file read and write size, tag,
/// offset in words and type of the file; modify PLC-2 compatibility file link, station and number.
fn file(cx: &mut Cx<'_>, function: u8, mut at: Cursor<'_>) -> Option<()> {
    let place = |kind, file, element| Address { kind, file, element, sub: 0 };
    match function {
        0x82 => cx.item(place(OPEN, at.le16()?, 0).target(1), Value::None),
        0x5e => {
            at.skip(2)?;
            cx.item(place(FILE, at.le16()?, 0).target(1), Value::None);
        }
        _ => {
            let (size, tag, offset) = (at.u8()?, at.le16()?, at.le16()?);
            at.skip(1)?;
            let target = place(OPEN_WORD, tag, offset).target(u32::from(size));
            let data = at.rest();
            cx.item(target, if data.is_empty() { Value::None } else { Value::Bytes(data) });
        }
    }
    Some(())
}

/// The memory of PLC-2 and what others show as it, and physical memory: bytes in a row.
const FLAT: u8 = 1;

fn flat(address: u32) -> Target<'static> {
    let (file, element) =
        (vocab::low_u16(u64::from(address >> 16)), vocab::low_u16(u64::from(address)));
    Address { kind: FLAT, file, element, sub: 0 }.target(1)
}

/// Bits that are set and bits that are reset, byte by byte: the address, then both masks.
/// 1770-6.5.16, protected and unprotected bit write.
fn bits(cx: &mut Cx<'_>, sets: &[u8]) {
    for set in sets.chunks_exact(4).take(ELEMENTS_MAX) {
        if let [low, high, masks @ ..] = set {
            let address = u32::from(u16::from_le_bytes([*low, *high]));
            cx.item(flat(address), Value::Bytes(masks));
        }
    }
}

/// Addresses, each with the bits that are kept and those that are set then. 1770-6.5.16,
/// read-modify-write.
fn modified(cx: &mut Cx<'_>, sets: &[u8]) {
    let mut rest = sets;
    for _ in 0..ELEMENTS_MAX {
        let Some((target, after)) = place(rest) else { return };
        let Some((masks, after)) = after.split_at_checked(4) else { return };
        cx.item(target, Value::Bytes(masks));
        rest = after;
    }
}

/// Protected typed logical read and write, with two and three address fields, with a mask.
fn logical(cx: &mut Cx<'_>, op: &mut Op<'_>, transaction: u64, function: u8, at: Cursor<'_>) {
    let mut at = at;
    let size = at.u8().map_or(0, u64::from);
    let address = Address::read(&mut at, !matches!(function, 0xa1 | 0xa9));
    let packed = address.map_or(0, Address::pack);
    let mask = if function == 0xab { at.le16().map_or(0, u64::from) } else { 0 };
    op.args = Some([transaction, size, mask, packed]);
    cx.op(op);
    match address {
        Some(address) if matches!(function, 0xa9..=0xab) => say(cx, address, at.rest()),
        Some(address) => cx.item(address.target(vocab::low_u32(size)), Value::None),
        None if cx.cut() => {}
        None => cx.fault(spec::BAD_PCCC, at.all()),
    }
}

/// Typed and word range reads and writes: offset and total of the transaction, address, then the
/// number of elements or the data. 1770-6.5.16, typed read.
fn ranged(cx: &mut Cx<'_>, op: &mut Op<'_>, transaction: u64, function: u8, at: Cursor<'_>) {
    let mut at = at;
    let (offset, total) = (at.le16().map_or(0, u64::from), at.le16().map_or(0, u64::from));
    op.args = Some([transaction, total, offset, 0]);
    cx.op(op);
    if let Some(tx) = op.tx.filter(|_| function == 0x68) {
        cx.note(tx, at.rest());
    }
    let Some((target, data)) = place(at.rest()) else { return };
    match function {
        0x67 => typed(cx, target, data),
        0x00 => cx.item(target, Value::Bytes(data)),
        _ => cx.item(Target { count: vocab::low_u32(total), ..target }, Value::None),
    }
}

/// An address in one of the two forms of PLC-5, and what follows. 1770-6.5.16 ch. 13.
fn place(bytes: &[u8]) -> Option<(Target<'_>, &[u8])> {
    let mut at = Cursor::new(bytes);
    if let [0, b'$', text @ ..] = bytes {
        // Logical ASCII: NUL, `$`, text, NUL.
        let len = text.iter().position(|b| *b == 0)?;
        let (name, data) = text.split_at_checked(len)?;
        let target = Target { area: spec::DATA_FILE, index: 0, count: 1, extra: 0, name };
        return Some((target, data.get(1..).unwrap_or(&[])));
    }
    // Logical binary: a bit for each level that follows; data table, file, element, sub-element.
    let levels = at.u8()?;
    let mut found = [0u16; 8];
    for (bit, number) in found.iter_mut().enumerate() {
        if levels >> bit & 1 == 1 {
            *number = match at.u8()? {
                0xff => at.le16()?,
                n => u16::from(n),
            };
        }
    }
    let [_, file, element, sub, ..] = found;
    Some((Address { kind: 0, file, element, sub }.target(1), at.rest()))
}

/// Type and size of data. 1770-6.5.16 ch. 13, type/data parameter: four bits each, of which the
/// highest says that the others count the bytes in which the number follows.
fn descriptor(at: &mut Cursor<'_>) -> Option<(u64, u64)> {
    let flags = at.u8()?;
    let mut number = |bits: u8| match bits {
        8.. => at.take(usize::from(bits & 7)).map(values::uint),
        bits => Some(u64::from(bits)),
    };
    Some((number(flags >> 4)?, number(flags & 0x0f)?))
}

/// Says typed data: one value, or an array of them.
fn typed(cx: &mut Cx<'_>, target: Target<'_>, data: &[u8]) {
    const ARRAY: u64 = 9;
    let mut at = Cursor::new(data);
    let mut kind = descriptor(&mut at);
    if let Some((ARRAY, _)) = kind {
        kind = descriptor(&mut at);
    }
    let (cip, size) = match kind {
        Some((4, 2)) => (0xc3, 2),
        Some((4, 4)) => (0xc4, 4),
        Some((8, 4)) => (0xca, 4),
        _ => (0, usize::MAX),
    };
    match at.rest() {
        one if one.len() == size => cx.item(target, values::value(cip, one)),
        many if target.name.is_empty() && many.len() <= size.saturating_mul(ELEMENTS_MAX) => {
            let first = Address::unpack(target.index);
            for (number, element) in (0u16..).zip(many.chunks_exact(size)) {
                let element_at = first.element.saturating_add(number);
                let target = Address { element: element_at, ..first }.target(1);
                cx.item(target, values::value(cip, element));
            }
        }
        bytes => cx.item(target, Value::Bytes(bytes)),
    }
}

/// Says the elements of a data file from an address on.
fn say(cx: &mut Cx<'_>, address: Address, data: &[u8]) {
    let kind = element_type(address.kind).filter(|_| address.sub == 0);
    let size = kind.and_then(values::size).unwrap_or(usize::MAX);
    match kind {
        Some(kind) if data.len() <= size.saturating_mul(ELEMENTS_MAX) => {
            for (number, element) in (0u16..).zip(data.chunks_exact(size)) {
                let element_at = address.element.saturating_add(number);
                let target = Address { element: element_at, ..address }.target(1);
                cx.item(target, values::value(kind, element));
            }
        }
        _ => {
            let value = match data {
                [] => Value::None,
                &[low, high] => Value::Uint(u64::from(u16::from_le_bytes([low, high]))),
                _ => Value::Bytes(data),
            };
            cx.item(address.target(1), value);
        }
    }
}

/// Says an answer.
pub(super) fn answer<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, answer: &Answer<'p>) {
    let Some(mut head) = head(answer.data) else {
        unread(cx, op, answer.data);
        return;
    };
    if head.command & REPLY == 0 && !cx.cut() {
        cx.op(op);
        cx.fault(spec::BAD_PCCC, answer.data);
        return;
    }
    if head.status != 0 {
        // 0xf0 says that an extended status follows.
        let extended = if head.status == 0xf0 { head.rest.u8().unwrap_or(0) } else { 0 };
        op.status = Status::Error(statuses::pccc(head.status, extended));
    }
    let data = head.rest.rest();
    let sub = op.sub.map_or(0, u32::from);
    let reads = matches!(sub, 0xffa1 | 0xffa2) && head.status == 0;
    if let (true, Some(asked)) = (reads, answer.asked) {
        let [_, _, _, packed] = asked.args;
        cx.op(op);
        say(cx, Address::unpack(packed), data);
        return;
    }
    if let (0xff68, 0, Some((target, _))) = (sub, head.status, place(answer.note)) {
        cx.op(op);
        typed(cx, target, data);
        return;
    }
    unread(cx, op, data);
    if sub == 0xf603 && head.status == 0 {
        controller(cx, answer, data);
    }
}

/// Answer to diagnostic status: of SLC 500 and MicroLogix controllers the second byte is 0xee, and
/// the bulletin number stands behind five bytes. 1770-6.5.16, diagnostic status.
fn controller(cx: &mut Cx<'_>, answer: &Answer<'_>, data: &[u8]) {
    if let [_, 0xee, _, _, _, rest @ ..] = data {
        let name = rest.get(..11).unwrap_or(rest);
        let name = name.strip_suffix(&[0]).unwrap_or(name);
        if is_text(name) {
            cx.attr_of(answer.message.sender(), spec::BULLETIN, name);
        }
    }
}
