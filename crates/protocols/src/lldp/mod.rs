//! LLDP: what a device tells its neighbours on a cable: who it is, which port this is, how to
//! manage it.

mod organisation;
mod spec;

use crate::common::inventory::{self, Field};
use crate::common::text::is_text;
use crate::common::{address, text};
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Mac, Op, Role, Spec, Value};

/// The LLDP dissector.
#[derive(Debug)]
pub struct Lldp;

impl Dissector for Lldp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        // The first element is the chassis id, two bytes at least. IEEE 802.1AB-2016 §8.2.
        if head.len() >= 4 { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let summary = Summary::read(bytes);
        summary.say(cx, bytes);
        let mut at = Cursor::new(bytes);
        while let Some(element) = Element::next(&mut at) {
            element.say(cx, &summary);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// A type-length-value element. IEEE 802.1AB-2016 §8.4.
struct Element<'p> {
    kind: u8,
    value: &'p [u8],
}

impl<'p> Element<'p> {
    /// The next element; `None` at the end element, at the end, and where it is not all there.
    fn next(at: &mut Cursor<'p>) -> Option<Self> {
        let mut probe = *at;
        let head = probe.be16()?;
        let kind = vocab::low_u8(u64::from(head >> 9));
        let value = probe.take(usize::from(head & 0x01ff))?;
        if kind == 0 {
            return None;
        }
        *at = probe;
        Some(Self { kind, value })
    }

    fn say(&self, cx: &mut Cx<'_>, summary: &Summary) {
        match self.kind {
            1 => chassis(cx, self.value),
            2 => port(cx, self.value),
            4 => cx.attr(spec::PORT_TEXT, self.value),
            5 => cx.attr(spec::NAME, self.value),
            6 => description(cx, self.value),
            7 => roles(cx, self.value),
            8 => management(cx, self.value, summary.chassis),
            127 => organisation::say(cx, self.value),
            _ => {}
        }
    }
}

/// What is needed before the elements are said one by one.
#[derive(Default)]
struct Summary {
    /// The types of the first three elements.
    first: [u8; 3],
    ttl: u64,
    /// System capabilities, the enabled ones.
    enabled: u64,
    port_vlan: u64,
    /// The device's own MAC address, where it tells it.
    chassis: Option<Mac>,
    /// An element is longer than the frame.
    short: bool,
}

impl Summary {
    fn read(bytes: &[u8]) -> Self {
        let mut summary = Self::default();
        let mut at = Cursor::new(bytes);
        let mut kinds = [0; 3];
        let mut places = kinds.iter_mut();
        while let Some(element) = Element::next(&mut at) {
            if let Some(place) = places.next() {
                *place = element.kind;
            }
            summary.note(&element);
        }
        summary.first = kinds;
        // Bytes behind the end element are padding.
        let ended = matches!(*at.rest(), [] | [0] | [0, 0, ..]);
        summary.short = !ended;
        summary
    }

    fn note(&mut self, element: &Element<'_>) {
        match (element.kind, element.value) {
            (1, [4, mac @ ..]) => self.chassis = self.chassis.or(address::mac(mac)),
            (3, &[high, low, ..]) => self.ttl = u64::from(u16::from_be_bytes([high, low])),
            (7, &[_, _, high, low, ..]) => {
                self.enabled = u64::from(u16::from_be_bytes([high, low]));
            }
            (127, [0x00, 0x0e, 0xcf, 5, mac @ ..]) => self.chassis = address::mac(mac),
            (127, &[0x00, 0x80, 0xc2, 1, high, low, ..]) => {
                self.port_vlan = u64::from(u16::from_be_bytes([high, low]));
            }
            _ => {}
        }
    }

    fn say(&self, cx: &mut Cx<'_>, bytes: &[u8]) {
        let mandatory = self.first == [1, 2, 3];
        let shutdown = mandatory && self.ttl == 0;
        let mut op = Op::new(u32::from(shutdown), Role::Event, bytes);
        op.args = Some([self.ttl, self.enabled, self.port_vlan, 0]);
        cx.op(&op);
        if cx.cut() {
            return;
        }
        if self.short {
            cx.fault(spec::BAD_LENGTH, bytes);
        }
        if !mandatory {
            cx.fault(spec::MISSING, bytes);
        }
    }
}

/// Chassis id: a subtype, then a value of its kind. IEEE 802.1AB-2016 §8.5.2.
fn chassis(cx: &mut Cx<'_>, value: &[u8]) {
    match *value {
        [4, ref mac @ ..] => say_mac(cx, spec::CHASSIS, mac),
        [5, _family, ref ip @ ..] => say_ip(cx, ip, None),
        [7, ref local @ ..] => chassis_name(cx, local),
        [_, ref other @ ..] => say_text(cx, spec::CHASSIS, other),
        [] => {}
    }
}

/// A locally assigned chassis id: PROFINET devices put their name of station here, or in fields of
/// fixed width what they are. IEC 61158-6-10, LLDP_ChassisID.
fn chassis_name(cx: &mut Cx<'_>, local: &[u8]) {
    if let Some(fields) = identification(local) {
        let [product, order, serial, hardware, firmware] = fields;
        cx.attr(spec::STATION_PRODUCT, product);
        cx.attr(spec::STATION_ORDER, order);
        cx.attr(spec::STATION_SERIAL, serial);
        cx.attr(spec::STATION_HARDWARE, hardware);
        cx.attr(spec::STATION_FIRMWARE, firmware);
        return;
    }
    let text = text::until_nul(local);
    // Names of stations have no blanks.
    if is_text(text) && !text.trim_ascii().contains(&b' ') {
        cx.attr(spec::CHASSIS_NAME, text);
    } else {
        say_text(cx, spec::CHASSIS, local);
    }
}

/// Device type, order number, serial number, hardware revision, software revision: 25, 20, 16, 5
/// and 10 characters with blanks between them.
fn identification(local: &[u8]) -> Option<[&[u8]; 5]> {
    if local.len() != 80 || !is_text(local) {
        return None;
    }
    let mut at = Cursor::new(local);
    let mut field = |width: usize| {
        let value = at.take(width)?;
        // Behind the last field there is no blank.
        at.u8().is_none_or(|blank| blank == b' ').then_some(value)
    };
    Some([field(25)?, field(20)?, field(16)?, field(5)?, field(10)?])
}

/// Port id: a subtype, then a value of its kind. IEEE 802.1AB-2016 §8.5.3.
fn port(cx: &mut Cx<'_>, value: &[u8]) {
    match *value {
        [3, ref mac @ ..] => say_mac(cx, spec::PORT, mac),
        [4, _family, ref ip @ ..] => {
            if let Some(ip) = address::ip(ip) {
                cx.attr(spec::PORT, line!("{ip}").bytes());
            }
        }
        [_, ref other @ ..] => say_text(cx, spec::PORT, other),
        [] => {}
    }
}

fn say_mac(cx: &mut Cx<'_>, spec: &'static vocab::AttrSpec, mac: &[u8]) {
    match address::mac(mac) {
        Some(mac) => cx.attr(spec, line!("{mac}").bytes()),
        None => say_text(cx, spec, mac),
    }
}

/// Text as sent, other bytes in hexadecimal.
fn say_text(cx: &mut Cx<'_>, spec: &'static vocab::AttrSpec, value: &[u8]) {
    if is_text(text::until_nul(value)) {
        cx.attr(spec, value);
    } else {
        cx.attr(spec, line!("{}", Value::Bytes(value)).bytes());
    }
}

/// A management address belongs to the device whose chassis this is.
fn say_ip(cx: &mut Cx<'_>, bytes: &[u8], chassis: Option<Mac>) {
    let Some(ip) = address::ip(bytes) else { return };
    if ip.is_unspecified() || ip.is_loopback() {
        return;
    }
    cx.item(address::target(spec::MANAGEMENT_ADDRESS, bytes), Value::None);
    cx.attr(spec::MANAGEMENT, line!("{ip}").bytes());
    cx.bind(chassis.unwrap_or(cx.headers().src_mac), ip);
}

/// Management address: length, family, address, interface, object. IEEE 802.1AB-2016 §8.5.9.
fn management(cx: &mut Cx<'_>, value: &[u8], chassis: Option<Mac>) {
    let mut at = Cursor::new(value);
    let (Some(len), Some(_family)) = (at.u8(), at.u8()) else { return };
    let Some(bytes) = at.take(usize::from(len).saturating_sub(1)) else { return };
    if let Some(mac) = address::mac(bytes) {
        cx.attr(spec::MANAGEMENT, line!("{mac}").bytes());
    } else {
        say_ip(cx, bytes, chassis);
    }
}

/// System description; Siemens devices write their identity fields into it.
fn description(cx: &mut Cx<'_>, value: &[u8]) {
    cx.attr(spec::DESCRIPTION, value);
    for (field, part) in inventory::siemens(value) {
        let attribute = match field {
            Field::Vendor => spec::PART_VENDOR,
            Field::Product => spec::PART_PRODUCT,
            Field::OrderNumber => spec::PART_ORDER,
            Field::Hardware => spec::PART_HARDWARE,
            Field::Firmware => spec::PART_FIRMWARE,
            Field::Serial => spec::PART_SERIAL,
        };
        cx.attr(attribute, part);
    }
}

/// What the device is, from its enabled capabilities. IEEE 802.1AB-2016 §8.5.8.
fn roles(cx: &mut Cx<'_>, value: &[u8]) {
    let &[_, _, high, low, ..] = value else { return };
    let enabled = u16::from_be_bytes([high, low]);
    let has = |bit: u16| enabled & bit != 0;
    // A telephone or an access point also bridges; that is not what it is.
    if has(0x20) {
        cx.attr(spec::ROLE, b"phone");
    } else if has(0x08) {
        cx.attr(spec::ROLE, b"access-point");
    } else {
        if has(0x04) {
            cx.attr(spec::ROLE, b"switch");
        }
        if has(0x10) {
            cx.attr(spec::ROLE, b"router");
        }
    }
}
