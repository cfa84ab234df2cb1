//! PROFINET cyclic data and alarms: what controllers and devices exchange while they run.
//!
//! What a byte of cyclic data means stands in the device's configuration, so data is said whole.

mod alarm;
mod spec;

use decode::Transport;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Value};

/// The dissector of cyclic data and alarms.
#[derive(Debug)]
pub struct ProfinetRt;

impl Dissector for ProfinetRt {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, _head: &[u8]) -> Probe {
        if hint.bound { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let id = vocab::low_u16(cx.tag());
        match id {
            0xfc01 | 0xfe01 => alarm::say(cx, u32::from(id), bytes),
            0xfc41 => alarm::say(cx, 0xfc01, bytes),
            0xfe41 => alarm::say(cx, 0xfe01, bytes),
            0xfe02 | 0xfe42 => alarm::say(cx, 0xfe02, bytes),
            _ => data(cx, id, bytes),
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Cyclic data with the status behind it. IEC 61158-6-10:2019 §4.7.
fn data(cx: &mut Cx<'_>, id: u16, bytes: &[u8]) {
    let between_networks = cx.headers().transport != Transport::None;
    let code = match id {
        0x0100..=0x0fff => 0x0100,
        0x1000..=0x7fff => 0x1000,
        0xc000.. if between_networks => 0xc000,
        // From 0xc000 on, directly on Ethernet, the older range of the same class.
        _ => 0x8000,
    };
    let mut op = Op::new(code, Role::Event, bytes);
    // A cut frame has lost its status.
    let end = if cx.cut() { None } else { bytes.split_last_chunk() };
    let Some((io, &[high, low, data_status, transfer_status])) = end else {
        op.args = Some([u64::from(id), 0, 0, 0]);
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::SHORT, bytes);
        }
        return;
    };
    op.args = Some([
        u64::from(id),
        u64::from(u16::from_be_bytes([high, low])),
        u64::from(data_status),
        u64::from(transfer_status),
    ]);
    op.value = Value::Bytes(io);
    cx.op(&op);
}
