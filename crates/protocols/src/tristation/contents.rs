//! What commands and answers carry: programs, states, identity.

use super::{GET_MP_STATUS, modules, spec};
use crate::common::text::until_nul;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Part, Subject, Target, Value};

/// Slots of a chassis.
const SLOTS: u32 = 16;

/// What is known of a command before it is said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Summary {
    /// Which command of the implant.
    pub(super) sub: Option<u16>,
    /// Its arguments.
    pub(super) args: Option<[u64; 4]>,
}

impl Summary {
    /// Looks at a command's data.
    pub(super) fn read(function: u8, asks: bool, data: &[u8]) -> Self {
        match (function, asks) {
            (GET_MP_STATUS, true) => Self::implant(data).unwrap_or_default(),
            (100, false) => {
                let reason = data.first();
                Self { sub: None, args: reason.map(|reason| [u64::from(*reason), 0, 0, 0]) }
            }
            (55 | 56 | 65 | 66, true) | (162 | 163, false) => {
                Self { sub: None, args: blocks(function, data) }
            }
            _ => Self::default(),
        }
    }

    /// Why a command was rejected.
    pub(super) fn reason(&self) -> u32 {
        self.args.map_or(0, |[reason, ..]| vocab::low_u32(reason))
    }

    /// What the TRITON implant is told to do: a command, the main processor (255 is any), size
    /// and address, or the address to run.
    fn implant(data: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(data);
        let command = at.u8()?;
        let mp = u64::from(at.u8()?);
        let (address, size) = match command {
            23 | 65 => {
                let size = at.le32()?;
                (at.le32()?, size)
            }
            249 => (at.le32()?, 0),
            _ => return None,
        };
        let args = Some([address.into(), size.into(), mp, 0]);
        Some(Self { sub: Some(command.into()), args })
    }
}

/// Program or function, offset, blocks of four bytes in this message, blocks in all.
fn blocks(function: u8, data: &[u8]) -> Option<[u64; 4]> {
    let mut at = Cursor::new(data);
    let id = at.le16()?.into();
    at.skip(2)?;
    if matches!(function, 65 | 66) {
        at.skip(2)?;
        return Some([id, at.le16()?.into(), 0, 0]);
    }
    let total = at.le16()?.into();
    let offset = at.le16()?.into();
    Some([id, offset, at.le16()?.into(), total])
}

/// Says targets, values and identity.
pub(super) fn say(cx: &mut Cx<'_>, function: u8, asks: bool, data: &[u8], summary: &Summary) {
    match (function, asks, summary.args) {
        (55 | 56 | 65 | 66, true, Some(args)) | (162 | 163, false, Some(args)) => {
            let area =
                if matches!(function, 55 | 65 | 162) { spec::PROGRAM } else { spec::FUNCTION };
            let code = if asks && function >= 65 { None } else { data.get(10..) };
            block(cx, area, args, code);
        }
        (GET_MP_STATUS, true, Some([address, size, ..])) => {
            let area = spec::RAM;
            let count = vocab::low_u32(size);
            let value = match (summary.sub, data.get(10..)) {
                (Some(65), Some(bytes)) => Value::Bytes(bytes),
                _ => Value::None,
            };
            cx.item(Target { area, index: address, count, extra: 0, name: &[] }, value);
        }
        (0 | 1, true, _) => project_state(cx, data),
        (59, true, _) => project_state(cx, data.get(10..).unwrap_or(&[])),
        (106, false, _) => attached(cx, data),
        (108, false, _) => cp_status(cx, data),
        (119, false, _) => chassis_status(cx, data),
        (151, false, _) => module_versions(cx, data),
        // Whole contents of writes: their layout is the project's own.
        (16 | 27 | 30 | 62, true, _) if !data.is_empty() => {
            let target =
                Target { area: spec::STATE, index: 0, count: 0, extra: 0, name: b"points" };
            cx.item(target, Value::Bytes(data));
        }
        _ => {}
    }
}

fn block(cx: &mut Cx<'_>, area: &'static Area, [id, ..]: [u64; 4], code: Option<&[u8]>) {
    let target = Target { area, index: id, count: 1, extra: 0, name: &[] };
    cx.item(target, code.filter(|code| !code.is_empty()).map_or(Value::None, Value::Bytes));
}

fn state(cx: &mut Cx<'_>, name: &'static str, value: Value<'_>) {
    let area = spec::STATE;
    cx.item(Target { area, index: 0, count: 1, extra: 0, name: name.as_bytes() }, value);
}

/// The project's name, ten bytes.
fn project_state(cx: &mut Cx<'_>, data: &[u8]) {
    let name = until_nul(data.get(..10).unwrap_or(data));
    if crate::common::text::is_text(name) {
        state(cx, "project", Value::Text(name));
    }
}

/// Position of the key switch, and whether the program runs.
fn run_and_key(cx: &mut Cx<'_>, run: u8, key: u8) {
    let position: &[u8] = match key {
        0 => b"stop",
        1 => b"program",
        2 => b"run",
        3 => b"remote",
        _ => b"unknown",
    };
    let running: &[u8] = match run {
        0 => b"running",
        1 => b"halted",
        2 => b"paused",
        _ => b"unknown",
    };
    state(cx, "key_switch", Value::Text(position));
    state(cx, "program", Value::Text(running));
}

/// `NAME 2.1`: the project in the controller.
fn project(cx: &mut Cx<'_>, name: &[u8], version: Option<(u16, u16)>) {
    let name = until_nul(name);
    let Ok(text) = core::str::from_utf8(name) else { return };
    if let Some((minor, major)) = version.filter(|_| crate::common::text::is_text(name)) {
        cx.attr(spec::SOFTWARE, line!("{text} {major}.{minor}").bytes());
    }
}

fn version(data: &[u8], from: usize) -> Option<(u16, u16)> {
    let mut at = Cursor::new(data.get(from..)?);
    at.le16().zip(at.le16())
}

/// Answer to attach: the version of the system stands in two bytes, low one first.
fn attached(cx: &mut Cx<'_>, data: &[u8]) {
    let Some(&[major, minor]) = data.get(3..5).and_then(|bytes| bytes.first_chunk()) else {
        return;
    };
    if major == 10 || major == 0 && minor == 0 {
        cx.attr(spec::PRODUCT, b"Tricon 3008");
    }
    if major == 10 {
        cx.attr(spec::FIRMWARE, line!("{major}.{minor}").bytes());
    }
}

/// State of the control program.
fn cp_status(cx: &mut Cx<'_>, data: &[u8]) {
    if let Some(&[key, run]) = data.get(7..9).and_then(|bytes| bytes.first_chunk()) {
        run_and_key(cx, run, key);
    }
    if let Some(name) = data.get(66..76) {
        project(cx, name, version(data, 58));
    }
}

/// State of a chassis with its modules.
fn chassis_status(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(node) = at.le16() else { return };
    if let Some(&[run, key]) = data.get(3..5).and_then(|bytes| bytes.first_chunk()) {
        run_and_key(cx, run, key);
    }
    cx.attr(spec::ADDRESS, line!("{node}").bytes());
    if let Some(name) = data.get(32..42) {
        project(cx, name, version(data, 6));
    }
    let slots = data.get(166..).unwrap_or(&[]).chunks_exact(32);
    for (number, slot) in (0..SLOTS).zip(slots) {
        if let Some(&[.., kind]) = slot.get(..3).filter(|three| three.last() != Some(&0)) {
            module(cx, number, kind.into());
        }
    }
}

fn slot_of(number: u32) -> Subject {
    Subject::SenderPart(Part { kind: "slot", number })
}

fn module(cx: &mut Cx<'_>, number: u32, kind: u16) {
    let of = slot_of(number);
    match modules::name(kind) {
        Some(name) => cx.attr_of(of, spec::MODEL, name.as_bytes()),
        None => cx.attr_of(of, spec::MODEL, line!("module type {kind}").bytes()),
    }
}

/// Types and versions of a chassis' modules; assembly, revision and serial number of the chassis'
/// information board and of the controller.
fn module_versions(cx: &mut Cx<'_>, data: &[u8]) {
    let slots = data.get(2..130).unwrap_or(&[]).chunks_exact(8);
    for (number, slot) in (0..SLOTS).zip(slots) {
        let mut at = Cursor::new(slot);
        let Some(kind) = at.le16().filter(|kind| *kind != 0) else { continue };
        module(cx, number, kind);
        if let Some(((a, b), c)) = at.le16().zip(at.le16()).zip(at.le16()) {
            cx.attr_of(slot_of(number), spec::MODULE_FIRMWARE, line!("{a}.{b}.{c}").bytes());
        }
    }
    if let Some(board) = data.get(450..467) {
        let mut at = Cursor::new(board);
        for (spec, len) in [(spec::ASSEMBLY, 6), (spec::REVISION, 3), (spec::SERIAL, 8)] {
            let text = until_nul(at.take_up_to(len)).trim_ascii();
            if crate::common::text::is_text(text) {
                cx.attr(spec, text);
            }
        }
    }
}
