//! PROFINET DCP: finding stations, giving them names and addresses, resetting them.
//!
//! A message says itself whether it asks or answers. Whoever is sought answers from its own
//! address, so only get and set find their request again.

mod blocks;
mod identity;
mod spec;

use blocks::{Block, Blocks, Kind};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};

/// The DCP dissector.
#[derive(Debug)]
pub struct ProfinetDcp;

impl Dissector for ProfinetDcp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, _head: &[u8]) -> Probe {
        if hint.bound { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        match Message::read(bytes) {
            Some(message) => message.say(cx),
            None if !cx.cut() => cx.fault(spec::SHORT, bytes),
            None => {}
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// The header behind the frame identifier, with the blocks. IEC 61158-6-10:2019 §4.3.1.
struct Message<'p> {
    whole: &'p [u8],
    /// Get, set, identify, hello.
    service: u8,
    /// Bit 0: an answer; bit 2: the service is not supported.
    kind: u8,
    /// Pairs an answer with its request.
    xid: u32,
    /// How long answers to an identify request may be spread; else reserved.
    response_delay: u16,
    /// Bytes of blocks that follow.
    length: u16,
    blocks: &'p [u8],
}

impl<'p> Message<'p> {
    fn read(whole: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(whole);
        let (service, kind, xid) = (at.u8()?, at.u8()?, at.be32()?);
        let (response_delay, length) = (at.be16()?, at.be16()?);
        let blocks = at.take_up_to(usize::from(length));
        Some(Self { whole, service, kind, xid, response_delay, length, blocks })
    }

    fn is_answer(&self) -> bool {
        self.kind & 1 != 0
    }

    /// What the blocks look like.
    fn block_kind(&self) -> Kind {
        match (self.service, self.is_answer()) {
            (spec::GET, false) => Kind::Selectors,
            (spec::IDENTIFY, false) => Kind::Filters,
            _ => Kind::Informed,
        }
    }

    fn say(&self, cx: &mut Cx<'_>) {
        let blocks = Blocks::new(self.block_kind(), self.blocks);
        let key = u64::from(self.xid) | u64::from(self.service) << 32;
        // Answers to a request to everybody come from elsewhere: nothing here can wait for them.
        let asked_one = cx.headers().dst_mac.is_unicast() && self.service != spec::HELLO;
        let request = cx.pending(key).filter(|_| self.is_answer());
        let mut op = Op {
            tx: if asked_one || self.is_answer() { Some(key) } else { None },
            args: Some(self.args(&blocks, request.map_or([0; 4], |r| r.args))),
            ..Op::new(u32::from(self.service), Role::Request, self.whole)
        };
        if self.is_answer() {
            op.role = Role::Response;
            op.status = self.status(&blocks);
        }
        if self.service == spec::SET {
            op.sub = request.map_or_else(|| subject(&blocks), |request| request.sub);
        }
        let mut note = [0; 240];
        let noted = if op.role == Role::Response { cx.noted(key, &mut note) } else { 0 };
        cx.op(&op);
        self.check(cx);
        self.say_blocks(cx, &blocks);
        match (self.service, op.role) {
            (spec::SET, Role::Request) => identity::remember(cx, key, &blocks),
            (spec::SET, _) => identity::confirm(cx, note.get(..noted).unwrap_or(&[]), &blocks),
            _ => {}
        }
    }

    /// The arguments; an answer has its request's where it has none of its own.
    fn args(&self, blocks: &Blocks<'p>, [.., asked, _]: [u64; 4]) -> [u64; 4] {
        let third = match self.service {
            spec::IDENTIFY if !self.is_answer() => u64::from(self.response_delay),
            spec::SET if !self.is_answer() => blocks
                .clone()
                .find(|block| !block.is_transaction())
                .map_or(0, |block| u64::from(block.info)),
            _ => asked,
        };
        let count = u64::try_from(blocks.clone().count()).unwrap_or(0);
        [u64::from(self.xid), count, third, 0]
    }

    /// The first error that a block reports. IEC 61158-6-10:2019 §4.3.1.4.
    fn status(&self, blocks: &Blocks<'p>) -> Status {
        if self.kind & 4 != 0 {
            return Status::Error(spec::NOT_SUPPORTED);
        }
        let mut errors = blocks.clone().filter_map(|block| block.result()).map(|(_, error)| error);
        match errors.find(|error| *error != 0) {
            Some(error) => Status::Error(u32::from(error)),
            None => Status::Ok,
        }
    }

    fn check(&self, cx: &mut Cx<'_>) {
        let expected = match (self.service, self.is_answer()) {
            (spec::GET | spec::SET, _) => 0xfefd,
            (spec::IDENTIFY, false) => 0xfefe,
            (spec::IDENTIFY, true) => 0xfeff,
            (spec::HELLO, _) => 0xfefc,
            _ => return cx.fault(spec::UNKNOWN_SERVICE, self.whole),
        };
        if cx.tag() != expected {
            cx.fault(spec::WRONG_FRAME_ID, self.whole);
        }
        if self.blocks.len() < usize::from(self.length) && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, self.whole);
        }
    }

    fn say_blocks(&self, cx: &mut Cx<'_>, blocks: &Blocks<'p>) {
        let mut rest = blocks.clone();
        for block in rest.by_ref() {
            block.say(cx, self.block_kind());
            match (self.service, self.is_answer()) {
                (spec::HELLO, _) | (spec::GET | spec::IDENTIFY, true) => identity::say(cx, &block),
                (spec::IDENTIFY, false) => identity::sought(cx, &block),
                _ => {}
            }
        }
        if !rest.is_done() && self.blocks.len() == usize::from(self.length) {
            cx.fault(spec::BAD_BLOCK, rest.rest());
        }
    }
}

/// What a set message sets: a reset before anything else, else the first property.
fn subject(blocks: &Blocks<'_>) -> Option<u16> {
    let all = || blocks.clone().map(|block| block.result().map_or(block.key(), |(key, _)| key));
    let reset = all().find(|key| matches!(key, 0x0505 | 0x0506));
    reset.or_else(|| all().find(|key| !matches!(key, 0x0501 | 0x0502)))
}

impl Block<'_> {
    /// The start or the end of a transaction.
    fn is_transaction(&self) -> bool {
        matches!(self.key(), 0x0501 | 0x0502)
    }
}
