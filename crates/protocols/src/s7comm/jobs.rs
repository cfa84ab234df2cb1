//! Test functions of engineering tools apart from variable tables: the state of blocks,
//! breakpoints, stacks, and the jobs themselves.

use super::userdata::Part;
use super::{address, tables};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Target, Value};

/// Where the parameters of a job name a place in the program.
const PLACE: usize = 20;

/// A test function that is no variable table: `parameters` of the job, then its data.
pub(super) fn say<'p>(
    cx: &mut Cx<'_>,
    op: &mut Op<'p>,
    part: &Part<'p>,
    parameters: &'p [u8],
    mut at: Cursor<'p>,
) {
    match (part.head.function, op.role) {
        (0x0b, Role::Request) => {
            // Runs on to the next breakpoint (0) or the next statement (1).
            op.value = at.u8().map_or(Value::None, |until| Value::Uint(u64::from(until)));
            cx.op(op);
        }
        (0x07, Role::Request) => {
            let data = at.rest();
            op.value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
            cx.op(op);
        }
        (0x01 | 0x06 | 0x0a | 0x13, Role::Request) => {
            cx.op(op);
            set_up(cx, parameters);
        }
        (0x0d | 0x0e | 0x11, Role::Request) => {
            cx.op(op);
            named(cx, &mut at);
        }
        (0x0f, Role::Request) => {
            cx.op(op);
            at.take_up_to(2);
            named(cx, &mut at);
        }
        (0x12, Role::Request) => {
            cx.op(op);
            at.take_up_to(2);
            replace(cx, part, at);
        }
        (0x10, Role::Response) => {
            cx.op(op);
            list(cx, at);
        }
        (0x03..=0x05 | 0x0a, Role::Response | Role::Event) => {
            cx.op(op);
            place(cx, &mut at);
        }
        _ => cx.op(op),
    }
}

/// The place where the job shall look: type, number, address.
fn set_up(cx: &mut Cx<'_>, parameters: &[u8]) {
    place(cx, &mut Cursor::new(parameters.get(PLACE..).unwrap_or(&[])));
}

/// A place in the program: type of the block, number, address of the code. Without a type there is
/// none.
fn place(cx: &mut Cx<'_>, at: &mut Cursor<'_>) {
    if let (Some(kind @ 1..), Some(number), Some(code)) = (at.be16(), at.be16(), at.be16()) {
        cx.item(address::code(vocab::low_u8(u64::from(kind)), number, code), Value::None);
    }
}

/// A job: function, sequence number. Answers its function.
fn named(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<u8> {
    let (function, sequence) = (at.u8()?, at.u8()?);
    cx.item(job(function, sequence), Value::None);
    Some(function)
}

fn job(function: u8, sequence: u8) -> Target<'static> {
    let extra = u32::from(function);
    Target { area: address::JOB, index: u64::from(sequence), count: 1, extra, name: &[] }
}

/// A job is replaced: which, sizes, its new parameters and data.
fn replace<'p>(cx: &mut Cx<'_>, part: &Part<'p>, mut at: Cursor<'p>) {
    let Some(function) = named(cx, &mut at) else { return };
    let (Some(size), Some(_data)) = (at.be16(), at.be16()) else { return };
    let parameters = at.take_up_to(usize::from(size));
    match function {
        2 | 8 | 9 => tables::rows(cx, part, function, at),
        _ => set_up(cx, parameters),
    }
}

/// All jobs: function, sequence number, state (1 active).
fn list(cx: &mut Cx<'_>, at: Cursor<'_>) {
    for entry in at.rest().chunks_exact(4) {
        let [function, sequence, high, low] = *entry else { break };
        let state = u64::from(u16::from_be_bytes([high, low]));
        cx.item(job(function, sequence), Value::Uint(state));
    }
}
