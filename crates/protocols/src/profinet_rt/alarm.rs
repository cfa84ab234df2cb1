//! Alarms. IEC 61158-6-10:2019 §4.8 (the PDU) and §5.2 (the notification inside).

use super::spec;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// Types of PDU.
const DATA: u8 = 1;
const ERROR: u8 = 4;

/// The header behind the frame identifier.
struct Header {
    destination: u16,
    source: u16,
    /// Type in the low half, version in the high one.
    kind: u8,
    sent: u16,
    acknowledged: u16,
    length: u16,
}

impl Header {
    fn read(at: &mut Cursor<'_>) -> Option<Self> {
        let (destination, source, kind) = (at.be16()?, at.be16()?, at.u8()?);
        at.skip(1)?;
        Some(Self {
            destination,
            source,
            kind: kind & 0x0f,
            sent: at.be16()?,
            acknowledged: at.be16()?,
            length: at.be16()?,
        })
    }
}

/// An alarm notification, or the acknowledgement of one.
struct Notification<'p> {
    /// The highest bit of the block type: an acknowledgement.
    acknowledges: bool,
    kind: u16,
    api: u32,
    slot: u16,
    subslot: u16,
    module: u32,
    submodule: u32,
    /// The low 11 bits count; then flags.
    specifier: u16,
    status: u32,
    details: &'p [u8],
}

impl<'p> Notification<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (block, length) = (at.be16()?, at.be16()?);
        let mut at = Cursor::new(at.take(usize::from(length))?);
        at.skip(2)?;
        let acknowledges = block & 0x8000 != 0;
        let (kind, api, slot, subslot) = (at.be16()?, at.be32()?, at.be16()?, at.be16()?);
        let (module, submodule) = if acknowledges { (0, 0) } else { (at.be32()?, at.be32()?) };
        let specifier = at.be16()?;
        let status = if acknowledges { at.be32()? } else { 0 };
        let details = at.rest();
        Some(Self {
            acknowledges,
            kind,
            api,
            slot,
            subslot,
            module,
            submodule,
            specifier,
            status,
            details,
        })
    }
}

/// Says an alarm frame.
pub(super) fn say(cx: &mut Cx<'_>, code: u32, bytes: &[u8]) {
    let mut op = Op::new(code, Role::Event, bytes);
    let mut at = Cursor::new(bytes);
    let Some(header) = Header::read(&mut at) else {
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::BAD_ALARM, bytes);
        }
        return;
    };
    op.sub = Some(u16::from(header.kind));
    let content = at.take_up_to(usize::from(header.length));
    if header.kind == DATA {
        return notification(cx, op, content, usize::from(header.length));
    }
    op.args = Some([
        u64::from(header.destination),
        u64::from(header.source),
        u64::from(header.sent),
        u64::from(header.acknowledged),
    ]);
    if let (ERROR, Some(status)) = (header.kind, content.first_chunk()) {
        op.status = Status::Error(u32::from_be_bytes(*status));
    }
    cx.op(&op);
}

fn notification(cx: &mut Cx<'_>, mut op: Op<'_>, content: &[u8], length: usize) {
    let Some(alarm) = Notification::read(content) else {
        cx.op(&op);
        if !cx.cut() || content.len() == length {
            cx.fault(spec::BAD_ALARM, content);
        }
        return;
    };
    op.args = Some([
        u64::from(alarm.kind),
        u64::from(alarm.specifier & 0x07ff),
        u64::from(alarm.module),
        u64::from(alarm.submodule),
    ]);
    if alarm.acknowledges {
        op.status = if alarm.status == 0 { Status::Ok } else { Status::Error(alarm.status) };
    }
    cx.op(&op);
    let place = Target {
        area: spec::PLACE,
        index: u64::from(alarm.slot) << 16 | u64::from(alarm.subslot),
        count: 1,
        extra: alarm.api,
        name: &[],
    };
    let name = kind_name(alarm.kind).as_bytes();
    let meaning =
        if name.is_empty() { Value::Uint(u64::from(alarm.kind)) } else { Value::Text(name) };
    cx.item(place, meaning);
    if !alarm.details.is_empty() {
        cx.item(place, Value::Bytes(alarm.details));
    }
}

/// AlarmType. IEC 61158-6-10:2019 §5.2.
fn kind_name(kind: u16) -> &'static str {
    match kind {
        0x01 => "diagnosis",
        0x02 => "process",
        0x03 => "pull",
        0x04 => "plug",
        0x05 => "status",
        0x06 => "update",
        0x07 => "media_redundancy",
        0x08 => "controlled_by_supervisor",
        0x09 => "released",
        0x0a => "plug_wrong_submodule",
        0x0b => "return_of_submodule",
        0x0c => "diagnosis_disappears",
        0x0d => "multicast_mismatch",
        0x0e => "port_data_change",
        0x0f => "sync_data_changed",
        0x10 => "isochronous_mode_problem",
        0x11 => "network_component_problem",
        0x12 => "time_data_changed",
        0x13 => "dynamic_frame_packing_problem",
        0x14 => "media_redundancy_for_deterministic_data",
        0x15 => "multiple_interface_mismatch",
        0x1e => "upload_and_retrieval",
        0x1f => "pull_module",
        _ => "",
    }
}

/// Prints a place in a device.
pub(super) fn show(target: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let (slot, subslot) = (target.index >> 16, target.index & 0xffff);
    write!(out, "slot[{slot}].subslot[0x{subslot:x}]")
}
