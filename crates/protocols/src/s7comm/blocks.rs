//! Functions that move and run programs: download, upload, program invocation, stop.

use super::{Message, address, spec};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Target, Value};

/// A block's name in a file name: type and number in digits, file system.
struct Name {
    kind: u8,
    number: u64,
}

impl Name {
    /// Two hexadecimal digits, five decimal digits, `A`, `P` or `B`.
    fn read(text: &[u8]) -> Option<Self> {
        let (kind, rest) = text.split_first_chunk::<2>()?;
        let number = rest.get(..5)?;
        let hex =
            |n: u8, b: &u8| char::from(*b).to_digit(16).map(|d| n << 4 | vocab::low_u8(d.into()));
        let decimal = |n: u64, b: &u8| {
            let digit = char::from(*b).to_digit(10)?;
            Some(n.wrapping_mul(10).wrapping_add(u64::from(digit)))
        };
        Some(Self {
            kind: kind.iter().try_fold(0, hex)?,
            number: number.iter().try_fold(0, decimal)?,
        })
    }
}

/// Decimal digits as a number; 0 for anything else.
fn digits(text: &[u8]) -> u64 {
    core::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A byte that counts, and what it counts.
fn counted<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let length = at.u8()?;
    at.take(usize::from(length))
}

/// Says the block of a file name, or the file.
fn say_file(cx: &mut Cx<'_>, file: &[u8], name: Option<&Name>) {
    let target = match name {
        Some(name) => address::block(name.kind, name.number),
        None if file.is_empty() => return,
        None => Target { area: address::FILE, index: 0, count: 1, extra: 0, name: file },
    };
    cx.item(target, Value::None);
}

/// Uploads of one flow that are remembered at a time.
const UPLOADS: usize = 4;

/// Blocks by the number of their upload: its pieces name nothing else.
#[derive(Debug, Default)]
pub(super) struct Uploads {
    /// Number of the upload, type of the block (0 where the place is free), its number.
    open: [(u32, u8, u32); UPLOADS],
    /// Where the next one goes.
    next: u8,
}

impl Uploads {
    /// The block of an upload.
    fn find(&self, upload: u32) -> Option<Target<'static>> {
        let known = |(number, kind, _): &&(u32, u8, u32)| *number == upload && *kind != 0;
        let (_, kind, number) = self.open.iter().find(known)?;
        Some(address::block(*kind, u64::from(*number)))
    }

    fn add(&mut self, upload: u32, kind: u8, number: u32) {
        self.end(upload);
        if let Some(place) = self.open.get_mut(usize::from(self.next)) {
            *place = (upload, kind, number);
        }
        self.next = self.next.wrapping_add(1) & 3;
    }

    fn end(&mut self, upload: u32) {
        for place in &mut self.open {
            if place.0 == upload {
                *place = (0, 0, 0);
            }
        }
    }
}

/// A job of this family.
pub(super) fn request<'p>(uploads: &Uploads, cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) {
    let done = match op.code {
        0x28 => invoke(cx, op, m),
        0x29 => stop(cx, op, m),
        0x1e | 0x1f => upload(uploads, cx, op, m),
        _ => file(cx, op, m),
    };
    if done.is_none() {
        cx.op(op);
        m.broken(cx, spec::BAD_PARAMETERS, m.header.parameters);
    }
}

/// Request download, download block, download ended, start upload: function, status, two bytes,
/// upload number, file name; a request tells the lengths in decimal digits.
fn file<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) -> Option<()> {
    let mut at = Cursor::new(m.header.parameters);
    at.skip(8)?;
    let file = counted(&mut at)?;
    // `_` a block, `$` a block's header.
    let name = file.get(1..).and_then(Name::read);
    let (kind, number) = name.as_ref().map_or((0, 0), |name| (u64::from(name.kind), name.number));
    let mut args = [kind, number, 0, 0];
    if op.code == 0x1a
        && let Some([_, lengths @ ..]) = counted(&mut at)
        && let Some((load, code)) = lengths.split_at_checked(6)
    {
        args = [kind, number, digits(load), digits(code)];
    }
    op.args = Some(args);
    op.value = Value::Text(file);
    cx.op(op);
    say_file(cx, file, name.as_ref());
    Some(())
}

/// Upload, end upload: function, status, two bytes, upload number.
fn upload<'p>(uploads: &Uploads, cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) -> Option<()> {
    let mut at = Cursor::new(m.header.parameters);
    at.skip(4)?;
    let upload = at.be32()?;
    op.args = Some([u64::from(upload), 0, 0, 0]);
    cx.op(op);
    if let Some(block) = uploads.find(upload) {
        cx.item(block, Value::None);
    }
    Some(())
}

/// Stop: function, five bytes, name of the service.
fn stop<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) -> Option<()> {
    let mut at = Cursor::new(m.header.parameters);
    at.skip(6)?;
    op.value = Value::Text(counted(&mut at)?);
    cx.op(op);
    Some(())
}

/// Number of a program invocation service in records: what tells starting from deleting.
fn service(name: &[u8], argument: &[u8]) -> u64 {
    match (name, argument) {
        (b"_INSE", _) => 1,
        (b"_INS2", _) => 2,
        (b"_DELE", _) => 3,
        (b"P_PROGRAM", [b'C', ..]) => 5,
        (b"P_PROGRAM", _) => 4,
        (b"_MODU", _) => 6,
        (b"_GARB", _) => 7,
        _ => 0,
    }
}

/// Program invocation: function, seven bytes, argument, name of the service.
fn invoke<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) -> Option<()> {
    let mut at = Cursor::new(m.header.parameters);
    at.skip(8)?;
    let length = at.be16()?;
    let argument = at.take(usize::from(length))?;
    let name = counted(&mut at)?;
    op.args = Some([service(name, argument), 0, 0, 0]);
    op.value = Value::Text(name);
    cx.op(op);
    if matches!(name, b"_INSE" | b"_INS2" | b"_DELE") {
        // Number of blocks, a byte, names of eight characters.
        let names = argument.get(2..).unwrap_or(&[]).chunks_exact(8);
        for name in names.filter_map(Name::read) {
            cx.item(address::block(name.kind, name.number), Value::None);
        }
    } else if name.starts_with(b"_N_") {
        let target = Target { area: address::STATE, index: 0, count: 1, extra: 0, name };
        cx.item(target, Value::None);
        arguments(cx, name, argument);
    } else {
        let target = Target { area: address::STATE, index: 0, count: 1, extra: 0, name };
        let value = if is_text(argument) { Value::Text(argument) } else { Value::Bytes(argument) };
        cx.item(target, if argument.is_empty() { Value::None } else { value });
    }
    Some(())
}

/// Arguments of a numerical controller's services: length, text, a fill byte behind even lengths.
/// The first is the address, area and unit; files are named by their path. What is a password is
/// not repeated.
fn arguments(cx: &mut Cx<'_>, service: &[u8], arguments: &[u8]) {
    let mut at = Cursor::new(arguments);
    let mut index = 0u64;
    while let Some(text) = counted(&mut at) {
        if text.len() & 1 == 0 {
            at.take_up_to(1);
        }
        let secret = index == 1 && matches!(service, b"_N_LOGIN_" | b"_N_NEWPWD");
        let file = text.starts_with(b"/") || text.starts_with(b"_N_");
        if file && !secret {
            let target = Target { area: address::FILE, index: 0, count: 1, extra: 0, name: text };
            cx.item(target, Value::None);
        } else {
            let target = Target { area: address::ARGUMENT, index, count: 1, extra: 0, name: &[] };
            cx.item(target, if secret { Value::None } else { Value::Text(text) });
        }
        index = index.saturating_add(1);
    }
}

/// An answer of this family. Its data is the block's own and passed over.
pub(super) fn answer<'p>(uploads: &mut Uploads, cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) {
    let asked = op.tx.and_then(|tx| cx.pending(tx)).filter(|asked| asked.code == op.code);
    let mut args = asked.map(|asked| asked.args);
    let mut at = Cursor::new(m.header.parameters);
    at.take_up_to(1);
    match (op.code, at.u8()) {
        // More follows: lowest bit of the status.
        (0x1b, Some(status)) => {
            let [kind, number, ..] = args.unwrap_or_default();
            args = Some([kind, number, u64::from(status & 1), 0]);
        }
        (0x1e, Some(status)) => {
            let [upload, ..] = args.unwrap_or_default();
            args = Some([upload, u64::from(status & 1), 0, 0]);
        }
        // Status, two bytes, upload number, length in digits.
        (0x1d, Some(_)) => {
            let [kind, number, ..] = args.unwrap_or_default();
            at.take_up_to(2);
            let upload = at.be32().unwrap_or(0);
            let length = counted(&mut at).map_or(0, digits);
            args = Some([kind, number, u64::from(upload), length]);
            if kind != 0 {
                let number = vocab::low_u32(number);
                uploads.add(upload, vocab::low_u8(kind), number);
            }
        }
        (0x1f, _) => {
            let [upload, ..] = args.unwrap_or_default();
            uploads.end(vocab::low_u32(upload));
        }
        _ => {}
    }
    op.args = args;
    cx.op(op);
}
