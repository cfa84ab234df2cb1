//! SNMP: network management. Devices tell what they are when asked, and take settings.
//!
//! Community strings are passwords: they are not kept.

mod identity;
mod pdu;
mod spec;
mod wire;

use crate::common::text::Line;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Value};
use wire::Message;

/// The SNMP dissector.
#[derive(Debug)]
pub struct Snmp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Sum over the engine id said last, so that it is said once.
    engine: u64,
    /// Sum over the user name said last.
    user: u64,
}

impl Dissector for Snmp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        // Most datagrams end here.
        if head.first() != Some(&0x30) {
            return Probe::No;
        }
        let sure = if hint.bound { Message::read(head).is_some() } else { wire::is_certain(head) };
        if sure { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(message) = Message::read(bytes) else {
            cx.fault(spec::BAD_PDU, bytes);
            return Step::Resync { took: bytes.len() };
        };
        match &message.pdu {
            Some(pdu) if matches!(pdu.first, 0xa0..=0xa8) => pdu::say(cx, &message, pdu, bytes),
            Some(pdu) => {
                cx.fault(spec::BAD_PDU, pdu.content);
                return Step::Resync { took: bytes.len() };
            }
            None if message.version == 3 => encrypted(cx, &message, bytes),
            None => {
                cx.fault(spec::BAD_PDU, bytes);
                return Step::Resync { took: bytes.len() };
            }
        }
        say_security(flow, cx, &message);
        Step::Took { bytes: bytes.len() }
    }
}

/// A message whose PDU cannot be read: who speaks follows from the waiting request and the port.
fn encrypted(cx: &mut Cx<'_>, message: &Message<'_>, bytes: &[u8]) {
    let tx = message.exchange.map(i64::cast_unsigned);
    let answers = tx.is_some_and(|tx| cx.pending(tx).is_some());
    let asks = !answers && cx.from_client() != Some(false);
    let mut op = Op::new(spec::ENCRYPTED, if asks { Role::Request } else { Role::Response }, bytes);
    op.proof = Proof::Context;
    op.tx = tx;
    op.args = Some([u64::from(message.version), 0, 0, 0]);
    op.status = if asks { Status::None } else { Status::Ok };
    cx.op(&op);
    if message.short && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, bytes);
    }
}

/// v3: the engine in charge is the agent, so what it sends names it; the user is the manager's.
fn say_security(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>) {
    let from_agent = match &message.pdu {
        Some(pdu) => matches!(pdu.number, 2 | 7 | 8),
        None => cx.from_client() == Some(false),
    };
    let (sum, seen) = if from_agent {
        (sum(message.engine), &mut flow.engine)
    } else {
        (sum(message.user), &mut flow.user)
    };
    if sum == *seen {
        return;
    }
    *seen = sum;
    if from_agent {
        let text = Line::<64>::of(format_args!("{}", Value::Bytes(message.engine)));
        cx.attr(spec::ENGINE, text.bytes());
    } else {
        cx.attr(spec::USER, message.user);
    }
}

/// FNV-1a; 0 of nothing.
fn sum(bytes: &[u8]) -> u64 {
    if bytes.is_empty() {
        return 0;
    }
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
