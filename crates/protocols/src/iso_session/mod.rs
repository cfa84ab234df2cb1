//! ISO session, presentation and association control: what stands between ISO transport and MMS.
//!
//! A session is opened with a connect, its user data opens a presentation with numbered contexts,
//! and inside that an association. Afterwards every message names the context its content belongs
//! to; that content is handed down.

mod acse;
mod presentation;
mod spdu;
mod spec;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use presentation::Contexts;
use vocab::{Op, Proof, Role, Spec, Status};

pub use spec::{KNOWN, MMS};

/// The dissector of sessions.
#[derive(Debug)]
pub struct Isosession;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    contexts: Contexts,
}

impl Dissector for Isosession {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if spdu::is_session(head) { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        if whole.is_empty() {
            return Step::Took { bytes: 0 };
        }
        // What is not filled by its parameters was no unit to the probe already.
        if let Some(unit) = spdu::Unit::read(whole) {
            say(flow, cx, &unit, whole);
        }
        Step::Took { bytes: whole.len() }
    }
}

/// Says a unit, and hands its user data down.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, unit: &spdu::Unit<'_>, whole: &[u8]) {
    let code = u32::from(unit.code);
    let (code, role, status) = match unit.code {
        spdu::DATA => {
            presentation::data(&flow.contexts, cx, unit.user);
            return;
        }
        spdu::CONNECT => {
            flow.contexts = Contexts::default();
            (code, Role::Request, Status::None)
        }
        spdu::ACCEPT => (u32::from(spdu::CONNECT), Role::Response, Status::Ok),
        spdu::REFUSE => {
            let reason = u32::from(unit.reason.unwrap_or(0));
            (u32::from(spdu::CONNECT), Role::Response, Status::Error(reason))
        }
        spdu::FINISH => (code, Role::Request, Status::None),
        spdu::DISCONNECT => (u32::from(spdu::FINISH), Role::Response, Status::Ok),
        spdu::NOT_FINISHED => (u32::from(spdu::FINISH), Role::Response, Status::Error(0x100)),
        spdu::ABORT_ACCEPT => (u32::from(spdu::ABORT), Role::Response, Status::Ok),
        _ => (code, Role::Event, Status::None),
    };
    let mut op = Op { status, ..Op::new(code, role, whole) };
    if !matches!(unit.code, spdu::CONNECT | spdu::ACCEPT | spdu::REFUSE) {
        // Either side may finish.
        op.proof = Proof::Context;
    }
    if role != Role::Event {
        op.tx = Some(u64::from(code));
    }
    presentation::association(&mut flow.contexts, cx, op, unit.user);
}
