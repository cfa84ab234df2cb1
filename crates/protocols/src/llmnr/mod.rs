//! LLMNR: Windows hosts ask their neighbours for names that no name server knows.

mod spec;

use crate::common::domain::Header;
use crate::dns::{self, say};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec};

/// The LLMNR dissector.
#[derive(Debug)]
pub struct Llmnr;

impl Dissector for Llmnr {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        // Only the query is defined. RFC 4795 §2.1.1.
        match Header::read(head) {
            Some(header) if header.opcode() == 0 && dns::is_message(head) => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let message = input.bytes();
        let Some(header) = Header::read(message) else { return Step::NotMine };
        let role = if header.is_response() { Role::Response } else { Role::Request };
        let mut op = Op::new(header.opcode(), role, message);
        op.args = Some(say::arguments(&header));
        op.status = say::status(&header);
        // A question goes to everybody; its answer comes in another flow.
        if cx.headers().dst_mac.is_unicast() {
            op.tx = Some(u64::from(header.id));
        }
        cx.op(&op);
        say::entries(cx, &spec::PROFILE, &header, message, |_, _| {});
        Step::Took { bytes: message.len() }
    }
}
