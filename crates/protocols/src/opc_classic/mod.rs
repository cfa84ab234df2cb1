//! OPC Classic: how operator stations and historians read and write a plant's values through
//! servers on Windows, by calls of DCOM.

mod ndr;
mod spec;

use crate::dcerpc::OpcCall;
use crate::line;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use ndr::Reader;
use vocab::{Op, Role, Spec, Status, Target, Value};

/// Items of one call that are said.
const ITEMS_MAX: u32 = 64;

/// Calls, by their codes.
mod code {
    pub(super) const ADD_GROUP: u32 = 0x0103;
    pub(super) const GET_STATUS: u32 = 0x0106;
    pub(super) const SYNC_READ: u32 = 0x0403;
    pub(super) const SYNC_WRITE: u32 = 0x0404;
    pub(super) const ADD_ITEMS: u32 = 0x0603;
    pub(super) const VALIDATE_ITEMS: u32 = 0x0604;
    pub(super) const REMOVE_ITEMS: u32 = 0x0605;
    pub(super) const ASYNC_READ: u32 = 0x0703;
    pub(super) const ASYNC_WRITE: u32 = 0x0704;
    pub(super) const CLIENT_NAME: u32 = 0x1007;
    pub(super) const EVENT_STATUS: u32 = 0x1203;
}

/// The OPC Classic dissector.
#[derive(Debug)]
pub struct Opcclassic;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

impl Dissector for Opcclassic {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, _head: &[u8]) -> Probe {
        if hint.bound { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let call = OpcCall::from_tag(cx.tag());
        let code = u32::from(call.interface) << 8 | u32::from(call.number);
        let tx = Some(u64::from(call.key));
        let mut at = Reader::new(bytes, call.little);
        if call.answer {
            // The result is the last number of an answer. MS-DCOM §2.2.13.2.
            let result = bytes.split_last_chunk::<4>().map(|(_, last)| at.number(*last));
            let status = match result.filter(|_| call.whole && !cx.cut()) {
                Some(code) if code >> 31 != 0 => Status::Error(code),
                Some(_) => Status::Ok,
                None => Status::None,
            };
            cx.op(&Op { tx, status, ..Op::new(code, Role::Response, bytes) });
            if matches!(code, code::GET_STATUS | code::EVENT_STATUS) && at.that().is_some() {
                server_status(cx, code, &mut at);
            }
        } else {
            let known = at.this().is_some();
            let items = if known { count(code, at) } else { None };
            let args = items.map(|items| [u64::from(items), 0, 0, 0]);
            cx.op(&Op { tx, args, ..Op::new(code, Role::Request, bytes) });
            if known {
                request(cx, code, &mut at);
            }
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// How many items a request is about.
fn count(code: u32, mut at: Reader<'_>) -> Option<u32> {
    match code {
        // The source comes first: cache or device.
        code::SYNC_READ => at.skip(4)?,
        code::SYNC_WRITE
        | code::ADD_ITEMS
        | code::VALIDATE_ITEMS
        | code::REMOVE_ITEMS
        | code::ASYNC_READ
        | code::ASYNC_WRITE => {}
        _ => return None,
    }
    at.u32()
}

fn named<'p>(area: &'static vocab::Area, name: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 0, extra: 0, name }
}

/// Says what a request is about. OPC Data Access 3.0 §6.3, the interface definitions.
fn request(cx: &mut Cx<'_>, code: u32, at: &mut Reader<'_>) -> Option<()> {
    match code {
        code::ADD_GROUP => {
            let name = at.string()?;
            cx.item(named(spec::GROUP, name.bytes()), Value::None);
        }
        code::CLIENT_NAME => {
            let name = at.string()?;
            cx.attr(spec::CLIENT, name.bytes());
        }
        code::ADD_ITEMS | code::VALIDATE_ITEMS => {
            let count = at.u32()?;
            at.skip(4)?;
            // The definitions of all items, then what their pointers stand for.
            let mut definitions = at.take(count.checked_mul(28)?)?;
            for _ in 0..count.min(ITEMS_MAX) {
                let (path, item) = (definitions.u32()?, definitions.u32()?);
                definitions.skip(8)?;
                let (blob_len, blob) = (definitions.u32()?, definitions.u32()?);
                definitions.skip(4)?;
                if path != 0 {
                    at.string()?;
                }
                if item != 0 {
                    let name = at.string()?;
                    cx.item(named(spec::ITEM, name.bytes()), Value::None);
                }
                if blob != 0 {
                    at.skip(4)?;
                    at.skip(blob_len)?;
                    at.align();
                }
            }
        }
        code::SYNC_READ
        | code::SYNC_WRITE
        | code::REMOVE_ITEMS
        | code::ASYNC_READ
        | code::ASYNC_WRITE => {
            if code == code::SYNC_READ {
                at.skip(4)?;
            }
            let count = at.u32()?;
            at.skip(4)?;
            for _ in 0..count.min(ITEMS_MAX) {
                let index = u64::from(at.u32()?);
                let area = spec::HANDLE;
                cx.item(Target { area, index, count: 1, extra: 0, name: &[] }, Value::None);
            }
        }
        _ => {}
    }
    Some(())
}

/// OPCSERVERSTATUS and OPCEVENTSERVERSTATUS. OPC Data Access 3.0 §6.4.5.
fn server_status(cx: &mut Cx<'_>, code: u32, at: &mut Reader<'_>) -> Option<()> {
    if at.u32()? == 0 {
        return None;
    }
    // Three times and the state, of 16 bits; groups and bandwidth in the first only.
    at.skip(if code == code::GET_STATUS { 36 } else { 26 })?;
    let (major, minor, build) = (at.u16()?, at.u16()?, at.u16()?);
    at.skip(2)?;
    at.align();
    let has_vendor = at.u32()? != 0;
    cx.attr(spec::VERSION, line!("{major}.{minor}.{build}").bytes());
    if has_vendor {
        let vendor = at.string()?;
        cx.attr(spec::VENDOR_INFO, vendor.bytes());
    }
    Some(())
}
