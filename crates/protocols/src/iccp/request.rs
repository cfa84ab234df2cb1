//! What is asked for, by the names that the agreement gives a meaning.

use super::{Flow, SELECTED, item_of, spec};
use crate::common::ber::Tlv;
use crate::common::mms as data;
use crate::mms::names::ObjectName;
use crate::mms::report::told;
use crate::mms::request::{asked, list_target, object, written};
use crate::mms::spec as mms;
use crate::mms::variables::{self, Access, Variable};
use crate::mms::wire::{self, Service};
use dissect::Cx;
use vocab::{Op, Target, Value};

/// A device's selector and its tag have its name and this behind it. IEC 60870-6-503 Device.
const SELECTOR: &[u8] = b"_SBO";
const TAG: &[u8] = b"_TAG";
/// Members of a transfer set's structure up to its last but one, which says whether it runs.
const TRANSFER_SET_MIN: usize = 10;

/// Says a request.
pub(super) fn say<'p>(flow: &mut Flow, cx: &mut Cx<'_>, op: Op<'p>, service: &Service<'p>) {
    match service.number {
        spec::READ => read(flow, cx, op, service),
        spec::WRITE => write(flow, cx, op, service),
        _ => {
            cx.op(&op);
            about(cx, service);
        }
    }
}

fn hash(name: &[u8]) -> u64 {
    // FNV-1a.
    let start = 0xcbf2_9ce4_8422_2325_u64;
    name.iter().fold(start, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3))
}

impl Flow {
    fn select(&mut self, name: &[u8]) {
        let name = hash(name);
        if self.selected.contains(&name) {
            return;
        }
        if let Some(place) = self.selected.get_mut(usize::from(self.next)) {
            *place = name;
        }
        let next = usize::from(self.next).saturating_add(1);
        self.next = if next < SELECTED { vocab::sat_u8(next) } else { 0 };
    }
}

/// What reading a variable means.
fn read_kind(item: &[u8]) -> Option<u16> {
    match item {
        b"Next_DSTransfer_Set" | b"Next_TSTransfer_Set" => Some(spec::NEXT_TRANSFER_SET),
        b"Bilateral_Table_ID" | b"TASE2_Version" | b"Supported_Features" => {
            Some(spec::GET_AGREEMENT)
        }
        name if name.ends_with(SELECTOR) => Some(spec::SELECT),
        name if name.ends_with(TAG) => Some(spec::GET_TAG),
        _ => None,
    }
}

fn read<'p>(flow: &mut Flow, cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let specification = service.field(0xa1);
    let inner = specification.and_then(|tlv| wire::lax(tlv.content).next());
    let access = inner.and_then(|tlv| Access::read(&tlv));
    let mut count = 1;
    match access {
        Some(Access::Variables(list)) => {
            count = variables::each(list).count();
            let kinds = || variables::each(list).map(|one| read_kind(item_of(&one)));
            let selects = kinds().any(|kind| kind == Some(spec::SELECT));
            op.sub = if selects { Some(spec::SELECT) } else { kinds().flatten().next() };
            for one in variables::each(list) {
                if let Some(device) = item_of(&one).strip_suffix(SELECTOR) {
                    flow.select(device);
                }
            }
        }
        Some(Access::List(_)) => op.sub = Some(spec::DATA_SET),
        None => {}
    }
    op.args = Some([u64::from(vocab::sat_u32(count)), 0, 0, 0]);
    cx.op(&op);
    if let (Some(tx), Some(specification)) = (op.tx, specification) {
        cx.note(tx, specification.content);
    }
    if let Some(access) = access {
        asked(cx, access);
    }
}

/// What writing a variable means.
fn write_kind(flow: &Flow, variable: &Variable<'_>, value: &Tlv<'_>) -> Option<u16> {
    match item_of(variable) {
        b"Transfer_Report_ACK" | b"Transfer_Report_NACK" => Some(spec::ACKNOWLEDGE),
        name if name.ends_with(TAG) => Some(spec::SET_TAG),
        name if flow.selected.contains(&hash(name)) => Some(spec::OPERATE),
        _ if picks_status(variable) => runs(value),
        _ => transfer(value),
    }
}

/// Of a structure only the component with this name is written: transfer sets have it.
fn picks_status(variable: &Variable<'_>) -> bool {
    matches!(*variable, Variable::Named(_, picked) if !picked.is_empty())
        && variable.text().bytes().ends_with(b"$Status")
}

/// Whether a status starts or stops.
fn runs(status: &Tlv<'_>) -> Option<u16> {
    let status = Some(status).filter(|tlv| tlv.first == 0x83)?;
    let runs = status.content.first().is_some_and(|byte| *byte != 0);
    Some(if runs { spec::START_TRANSFER } else { spec::STOP_TRANSFER })
}

/// A transfer set's structure: its status stands before the last member.
fn transfer(value: &Tlv<'_>) -> Option<u16> {
    if value.first != 0xa2 || wire::lax(value.content).count() < TRANSFER_SET_MIN {
        return None;
    }
    let (mut last, mut before) = (None, None);
    for member in wire::lax(value.content) {
        before = last.replace(member);
    }
    runs(&before?)
}

fn write<'p>(flow: &Flow, cx: &mut Cx<'_>, mut op: Op<'p>, service: &Service<'p>) {
    let mut fields = service.fields();
    let access = fields.next().and_then(|tlv| Access::read(&tlv));
    let values = fields.find(|tlv| tlv.first == 0xa0).map_or(&[][..], |tlv| tlv.content);
    op.sub = match access {
        Some(Access::Variables(list)) => {
            let all = variables::each(list).zip(wire::lax(values));
            let kinds = all.map(|(one, value)| write_kind(flow, &one, &value));
            // Operating weighs most; an acknowledgement least.
            kinds.max_by_key(|kind| match kind {
                Some(spec::OPERATE) => 3,
                Some(spec::ACKNOWLEDGE) => 0,
                None => 1,
                Some(_) => 2,
            })
        }
        .flatten(),
        Some(Access::List(_)) => Some(spec::DATA_SET),
        None => None,
    };
    let count = wire::lax(values).count();
    op.args = Some([u64::from(vocab::sat_u32(count)), 0, 0, 0]);
    cx.op(&op);
    if let Some(access) = access {
        written(cx, access, values);
    }
}

/// What a service on names, types and data sets is about.
fn about(cx: &mut Cx<'_>, service: &Service<'_>) {
    let inner = |first| service.field(first).and_then(|tlv| wire::lax(tlv.content).next());
    match service.number {
        // Of a domain, a bilateral table; not of the whole control centre.
        spec::GET_NAMES => {
            if let Some(scope) = inner(0xa1).filter(|scope| scope.first == 0x81) {
                let name = scope.content;
                let target = Target { area: mms::DOMAIN, index: 0, count: 1, extra: 0, name };
                cx.item(target, Value::None);
            }
        }
        spec::GET_TYPE => {
            if let Some(name) = inner(0xa0).and_then(|name| ObjectName::read(&name)) {
                cx.item(object(&name.text(), 0), Value::None);
            }
        }
        spec::CREATE_DATA_SET => {
            data_set(cx, service.fields().next());
            let members = service.field(0xa0).map_or(&[][..], |list| list.content);
            variables::each(members).for_each(|one| cx.item(object(&one.text(), 0), Value::None));
        }
        spec::GET_DATA_SET_NAMES => data_set(cx, service.fields().next()),
        spec::DELETE_DATA_SET => {
            let names = service.field(0xa1).map_or(&[][..], |list| list.content);
            wire::lax(names).for_each(|name| data_set(cx, Some(name)));
        }
        _ => {}
    }
}

/// Says a data set.
fn data_set(cx: &mut Cx<'_>, name: Option<Tlv<'_>>) {
    if let Some(name) = name.and_then(|name| ObjectName::read(&name)) {
        cx.item(list_target(&name.text(), 0, 0), Value::None);
    }
}

/// A value that was asked for.
pub(super) fn read_value(cx: &mut Cx<'_>, one: &Variable<'_>, result: &Tlv<'_>) {
    told(cx, &one.text(), result);
    match item_of(one) {
        b"Bilateral_Table_ID" if result.first == 0x8a => cx.attr(spec::TABLE, result.content),
        b"TASE2_Version" if result.first == 0xa2 => {
            let mut numbers = [0u32; 2];
            data::leaves(result, &mut |number, leaf| {
                let place = usize::try_from(number).ok().and_then(|at| numbers.get_mut(at));
                if let (Some(place), Some(value)) = (place, leaf.uint()) {
                    *place = vocab::low_u32(value);
                }
            });
            let [major, minor] = numbers;
            cx.attr(spec::VERSION, crate::line!("TASE.2 {major}-{minor:02}").bytes());
        }
        _ => {}
    }
}
