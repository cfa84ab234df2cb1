//! Ethernet Global Data: controllers of GE (Emerson) send each other memory cyclically over UDP.
//!
//! A datagram names its producer and exchange, when it was sampled, and a signature of the
//! configuration, then has the data.

mod spec;

use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Target, Value};

/// The EGD dissector.
#[derive(Debug)]
pub struct Egd;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The producer that was said last.
    said: u32,
}

/// Type and version of a data message.
const DATA: [u8; 2] = [0x0d, 0x01];

impl Dissector for Egd {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let fits = hint.bound && head.starts_with(&DATA) && head.len() >= 32;
        if fits { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if !bytes.is_empty() && data(flow, cx, bytes).is_none() && !cx.cut() {
            cx.fault(spec::SHORT, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// A data message: type, version, request, producer, exchange, time, status, configuration,
/// reserved, data.
fn data(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let (kind, _version) = (at.u8()?, at.u8()?);
    let request = at.le16()?;
    let producer = at.be32()?;
    let exchange = at.le32()?;
    at.skip(8)?;
    let (status, configuration) = (at.le32()?, at.le32()?);
    at.skip(4)?;
    cx.op(&Op {
        proof: Proof::Context,
        args: Some([
            u64::from(request),
            u64::from(exchange),
            u64::from(status),
            u64::from(configuration),
        ]),
        ..Op::new(u32::from(kind), Role::Event, bytes)
    });
    let target = Target {
        area: spec::EXCHANGE,
        index: u64::from(exchange),
        count: vocab::sat_u32(at.rest().len()),
        extra: producer,
        name: &[],
    };
    cx.item(target, Value::Bytes(at.rest()));
    if producer != 0 && flow.said != producer {
        flow.said = producer;
        let [a, b, c, d] = producer.to_be_bytes();
        cx.attr(spec::PRODUCER, line!("{a}.{b}.{c}.{d}").bytes());
    }
    Some(())
}
