//! ICCP, by its standard's name TASE.2: how control centres exchange values, operate each other's
//! devices and send messages. It is an agreement on names over MMS; what MMS itself says of a unit
//! is said there.

mod request;
mod spec;

use crate::mms::variables::{self, Access, Variable};
use crate::mms::wire::{self, Body, Pdu, Service};
use crate::mms::{answer, key, report as sent, status};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status};

/// The TASE.2 dissector.
#[derive(Debug)]
pub struct Iccp;

/// Devices of one association that are remembered as selected.
const SELECTED: usize = 8;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Hashes of the names of selected devices, the latest in turn.
    selected: [u64; SELECTED],
    /// Where the next one is kept.
    next: u8,
}

impl Dissector for Iccp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if Pdu::read(head).is_some() { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let whole = input.bytes();
        if let Some(pdu) = Pdu::read(whole) {
            say(flow, cx, &pdu, whole);
        }
        Step::Took { bytes: whole.len() }
    }
}

/// Names that only TASE.2 has. IEC 60870-6-503 Association, Transfer Set, Information Message.
const NAMES: [&[u8]; 11] = [
    b"Bilateral_Table_ID",
    b"TASE2_Version",
    b"Supported_Features",
    b"Next_DSTransfer_Set",
    b"Next_TSTransfer_Set",
    b"Transfer_Set_Name",
    b"Transfer_Set_Time_Stamp",
    b"DSConditions_Detected",
    b"Transfer_Report_ACK",
    b"Transfer_Report_NACK",
    b"Info_Mess_Header",
];

/// A unit holds one of these names as an element of its own.
pub(crate) fn names_it(whole: &[u8]) -> bool {
    let mut rest = whole;
    while let [tag, length, inner @ ..] = rest {
        // Of the whole device, of the association, in a domain.
        if matches!(*tag, 0x80 | 0x82 | 0x1a)
            && let Some(name) = inner.get(..usize::from(*length))
            && NAMES.contains(&name)
        {
            return true;
        }
        rest = rest.get(1..).unwrap_or(&[]);
    }
    false
}

fn is_own(service: u32) -> bool {
    use spec::{
        CREATE_DATA_SET, DELETE_DATA_SET, GET_DATA_SET_NAMES, GET_NAMES, GET_TYPE, READ, WRITE,
    };
    matches!(
        service,
        READ | WRITE
            | GET_NAMES
            | GET_TYPE
            | CREATE_DATA_SET
            | GET_DATA_SET_NAMES
            | DELETE_DATA_SET
    )
}

fn say(flow: &mut Flow, cx: &mut Cx<'_>, pdu: &Pdu<'_>, whole: &[u8]) {
    match pdu.body {
        Body::Request { service } if is_own(service.number) => {
            let tx = key(cx, pdu.invoke, Role::Request);
            let op = Op { tx, ..Op::new(service.number, Role::Request, whole) };
            request::say(flow, cx, op, &service);
        }
        Body::Response { service } if is_own(service.number) => {
            let tx = key(cx, pdu.invoke, Role::Response);
            let op = Op { tx, ..Op::new(service.number, Role::Response, whole) };
            answered(cx, op, &service);
        }
        Body::Error { error } => refused(cx, pdu, status::service_error(error), whole),
        Body::Unconfirmed { service } if service.number == 0 => report(cx, &service, whole),
        _ => {}
    }
}

fn answered<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let asked = op.tx.and_then(|tx| cx.pending(tx)).filter(|asked| asked.code == op.code);
    op.sub = asked.and_then(|asked| asked.sub);
    op.args = asked.map(|asked| asked.args);
    op.status = Status::Ok;
    let mut note = [0u8; 240];
    let kept = op.tx.map_or(0, |tx| cx.noted(tx, &mut note));
    let note = note.get(..kept).unwrap_or(&[]);
    let results = match op.code {
        spec::READ => service.field(0xa1).map_or(&[][..], |tlv| tlv.content),
        spec::WRITE => service.content,
        _ => &[],
    };
    op.status = answer::all_failed(results, answer::failure);
    cx.op(&op);
    let asked = answer::asked_for(note);
    if let (spec::READ, Some(Access::Variables(list))) = (op.code, asked) {
        for (one, result) in variables::each(list).zip(wire::lax(results)) {
            request::read_value(cx, &one, &result);
        }
    }
}

/// An answer that refuses does not name the service: the waiting request does.
fn refused(cx: &mut Cx<'_>, pdu: &Pdu<'_>, status: Status, whole: &[u8]) {
    let tx = key(cx, pdu.invoke, Role::Response);
    let Some(asked) = tx.and_then(|tx| cx.pending(tx)) else { return };
    let op = Op::new(asked.code, Role::Response, whole);
    cx.op(&Op { tx, status, sub: asked.sub, args: Some(asked.args), ..op });
}

/// Values of a data set, or a message.
fn report(cx: &mut Cx<'_>, service: &Service<'_>, whole: &[u8]) {
    let mut fields = service.fields();
    let access = fields.next().and_then(|tlv| Access::read(&tlv));
    let results = fields.find(|tlv| tlv.first == 0xa0).map_or(&[][..], |tlv| tlv.content);
    let names = |list, name: &[u8]| variables::each(list).any(|one| item_of(&one) == name);
    let sub = match access {
        Some(Access::Variables(list)) if names(list, b"Info_Mess_Header") => Some(spec::MESSAGE),
        // Goes from the client to the server, with the name of the set and the time of the report.
        Some(Access::Variables(list))
            if names(list, b"Transfer_Report_ACK") || names(list, b"Transfer_Report_NACK") =>
        {
            Some(spec::ACKNOWLEDGED)
        }
        Some(Access::Variables(list)) if names(list, b"Transfer_Set_Name") => Some(spec::TRANSFER),
        Some(Access::List(_)) => Some(spec::TRANSFER),
        _ => None,
    };
    let count = wire::lax(results).count();
    let op = Op::new(spec::INFORMATION_REPORT, Role::Event, whole);
    let args = Some([u64::from(vocab::sat_u32(count)), 0, 0, 0]);
    cx.op(&Op { sub, args, proof: Proof::Context, ..op });
    match access {
        Some(Access::Variables(list)) => {
            for (one, result) in variables::each(list).zip(wire::lax(results)) {
                sent::told(cx, &one.text(), &result);
            }
        }
        Some(Access::List(list)) => sent::entries(cx, &list.text(), wire::lax(results)),
        None => {}
    }
}

/// The last part of a variable's name.
fn item_of<'p>(variable: &Variable<'p>) -> &'p [u8] {
    match *variable {
        Variable::Named(name, _) => name.item,
        _ => &[],
    }
}
