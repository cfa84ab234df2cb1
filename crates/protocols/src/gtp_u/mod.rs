//! GTP-U: the tunnel in which mobile networks carry the packets of their users, in a plant those
//! of machines with a modem. What is inside is decoded as any other traffic.

mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status};

/// Message types. 3GPP TS 29.281 §6.1.
mod kind {
    pub(super) const ECHO: u8 = 1;
    pub(super) const ECHO_RESPONSE: u8 = 2;
    pub(super) const ERROR: u8 = 26;
    pub(super) const EXTENSIONS: u8 = 31;
    pub(super) const STATUS: u8 = 253;
}

/// The GTP-U dissector.
#[derive(Debug)]
pub struct Gtpu;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

/// The header. §5.1.
#[derive(Clone, Copy, Debug)]
struct Header {
    kind: u8,
    /// Bytes behind the first eight.
    length: u16,
    /// The tunnel's endpoint.
    endpoint: u32,
    /// 0 where it is not told.
    sequence: u16,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        const HAS_SEQUENCE: u8 = 0x02;
        let mut at = Cursor::new(bytes);
        let (flags, kind) = (at.u8()?, at.u8()?);
        // Version 1, and not the charging protocol.
        let known = matches!(
            kind,
            kind::ECHO | kind::ECHO_RESPONSE | kind::ERROR | kind::EXTENSIONS | kind::STATUS..
        );
        if flags >> 4 != 3 || !known {
            return None;
        }
        let (length, endpoint) = (at.be16()?, at.be32()?);
        let sequence = if flags & HAS_SEQUENCE != 0 { at.be16()? } else { 0 };
        Some(Self { kind, length, endpoint, sequence })
    }

    fn total(&self) -> usize {
        usize::from(self.length).saturating_add(8)
    }
}

impl Dissector for Gtpu {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let fits = |header: Header| header.total() <= head.len();
        let sure = hint.bound && hint.datagram && Header::read(head).is_some_and(fits);
        if sure { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Input::Datagram(bytes) = input else { return Step::Took { bytes: 0 } };
        let Some(header) = Header::read(bytes) else { return Step::NotMine };
        let role = match header.kind {
            kind::ECHO => Role::Request,
            kind::ECHO_RESPONSE => Role::Response,
            _ => Role::Event,
        };
        // Either end of a tunnel asks for an echo.
        let asks = if role == Role::Response { cx.dir().flip() } else { cx.dir() };
        let key = u64::from(header.sequence) << 1 | u64::from(asks.index() != 0);
        cx.op(&Op {
            proof: Proof::Context,
            tx: Some(key).filter(|_| role != Role::Event),
            unit: Some(header.endpoint).filter(|endpoint| *endpoint != 0),
            args: Some([header.length.into(), header.sequence.into(), 0, 0]),
            status: if role == Role::Response { Status::Ok } else { Status::None },
            ..Op::new(u32::from(header.kind), role, bytes.get(..8).unwrap_or(bytes))
        });
        if header.total() > bytes.len() && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, bytes.get(..8).unwrap_or(bytes));
        }
        Step::Took { bytes: bytes.len() }
    }
}
