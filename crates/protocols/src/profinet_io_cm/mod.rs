//! PROFINET IO context management: how a controller takes a device into service.
//!
//! Calls come from DCE RPC. Their blocks have their high byte first always; only the few numbers
//! before them follow the caller's byte order.

mod blocks;
mod connect;
mod identity;
mod operations;
mod records;
mod spec;

use crate::dcerpc::Call;
use blocks::Block;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use records::Header;
use vocab::{Op, Role, Spec, Status, Target, Value};

/// The dissector of context management.
#[derive(Debug)]
pub struct ProfinetIoCm;

impl Dissector for ProfinetIoCm {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, _head: &[u8]) -> Probe {
        if hint.bound { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let message = Message::read(Call::from_tag(cx.tag()), bytes);
        message.say(cx);
        Step::Took { bytes: bytes.len() }
    }
}

/// The arguments of a call or of its answer. IEC 61158-6-10:2019 §4.10.3.
struct Message<'p> {
    call: Call,
    whole: &'p [u8],
    /// PNIOStatus of an answer.
    status: u32,
    /// Length of the blocks as claimed.
    length: usize,
    blocks: &'p [u8],
    /// All five numbers were there and agree.
    sound: bool,
}

impl<'p> Message<'p> {
    fn read(call: Call, whole: &'p [u8]) -> Self {
        let mut at = Cursor::new(whole);
        let mut numbers = [0u32; 5];
        let mut sound = true;
        for number in &mut numbers {
            let read = if call.little { at.le32() } else { at.be32() };
            sound &= read.is_some();
            *number = read.unwrap_or(0);
        }
        let [first, length, room, offset, count] = numbers;
        sound &= length == count && offset == 0 && room >= count;
        let length = vocab::sat_usize(u64::from(length));
        let blocks = at.take_up_to(length);
        Self { call, whole, status: first, length, blocks, sound }
    }

    fn say(&self, cx: &mut Cx<'_>) {
        let call = self.call;
        let mut at = Cursor::new(self.blocks);
        let first = Block::read(&mut at);
        let header = first.as_ref().and_then(Header::read);
        let mut op = Op {
            tx: Some(call.key),
            sub: self.sub(first.as_ref(), header.as_ref()),
            args: self.args(first.as_ref(), header.as_ref()),
            ..Op::new(u32::from(call.number), Role::Request, self.whole)
        };
        if call.answer {
            op.role = Role::Response;
            op.status = status_of(self.status);
            op.sub = op.sub.or_else(|| cx.pending(call.key).and_then(|request| request.sub));
        }
        cx.op(&op);
        if let (Status::Error(_), second @ 1..) = (op.status, self.status & 0xff) {
            let target =
                Target { area: spec::DETAIL, index: 0, count: 1, extra: 0, name: b"error_code_2" };
            cx.item(target, Value::Uint(u64::from(second)));
        }
        let short = self.blocks.len() < self.length;
        if (short || !self.sound) && !cx.cut() {
            cx.fault(spec::BAD_ARGUMENTS, self.whole);
        }
        match (first, header) {
            (Some(first), Some(header)) => records::say(cx, first.kind, &header, at),
            (Some(_), None) => {
                blocks::each(cx, Cursor::new(self.blocks), |cx, block| connect::say(cx, block));
            }
            (None, _) => {
                if !(cx.cut() || call.answer && op.status != Status::Ok) {
                    cx.fault(spec::MISSING_BLOCK, self.whole);
                }
            }
        }
    }

    fn sub(&self, first: Option<&Block<'_>>, header: Option<&Header>) -> Option<u16> {
        match self.call.number {
            operations::READ | operations::WRITE | operations::READ_IMPLICIT => {
                header.map(|header| header.index)
            }
            operations::CONTROL | operations::RELEASE => first.map(|block| block.kind & 0x7fff),
            _ => None,
        }
    }

    fn args(&self, first: Option<&Block<'_>>, header: Option<&Header>) -> Option<[u64; 4]> {
        if let Some(header) = header {
            return Some([
                u64::from(header.api),
                u64::from(header.slot),
                u64::from(header.subslot),
                u64::from(header.length),
            ]);
        }
        let block = first?;
        if self.call.number == operations::CONNECT {
            let mut at = Cursor::new(self.blocks);
            let count = core::iter::from_fn(|| Block::read(&mut at)).count();
            let [kind, session, properties] = connect::arguments(block)?;
            return Some([kind, session, properties, u64::try_from(count).unwrap_or(0)]);
        }
        // Control and release: reserved, relation, session, sequence, command, properties. §5.2.
        let mut at = block.cursor();
        at.skip(18)?;
        let session = at.be16()?;
        at.skip(2)?;
        let (command, properties) = (at.be16()?, at.be16()?);
        Some([u64::from(command), u64::from(session), u64::from(properties), 0])
    }
}

/// How an answer ended: the upper three bytes name the error. IEC 61158-6-10:2019 §5.2.6.2.
fn status_of(status: u32) -> Status {
    if status == 0 { Status::Ok } else { Status::Error(status >> 8) }
}
