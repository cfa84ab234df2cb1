//! Services: which reader reads which parameters. ASHRAE 135-2020 clauses 13 to 17.

use super::names::Reference;
use super::route::Route;
use super::tag::{Element, Fields, Form};
use super::value::{self, Scratch};
use super::{access, alarms, identity, remote, spec};
use dissect::Cx;
use vocab::{Op, Role, Status, Value};

/// Most values of one property that are said.
const VALUES_MAX: u16 = 512;

/// A service that is asked for, answered or announced.
pub(super) struct Call<'a, 'p> {
    /// The operation with everything that the headers tell.
    pub(super) op: Op<'p>,
    /// Who talks to whom.
    pub(super) route: &'a Route,
    /// The service choice.
    pub(super) choice: u8,
}

impl<'a, 'p> Call<'a, 'p> {
    /// A confirmed service. An answer takes over what only the request told.
    pub(super) fn new(cx: &Cx<'_>, route: &'a Route, choice: u8, key: u64, op: Op<'p>) -> Self {
        let mut op = Op { tx: Some(key), ..op };
        if op.role == Role::Response {
            op.status = Status::Ok;
            if let Some(asked) = cx.pending(key).filter(|asked| asked.code == op.code) {
                (op.sub, op.args) = (asked.sub, Some(asked.args));
            }
        }
        Self { op, route, choice }
    }

    /// Says the operation; without arguments those of the request stay.
    pub(super) fn say(&self, cx: &mut Cx<'_>, args: Option<[u64; 4]>) {
        self.say_value(cx, args, Value::None);
    }

    /// Says the operation with a value.
    pub(super) fn say_value(&self, cx: &mut Cx<'_>, args: Option<[u64; 4]>, value: Value<'_>) {
        cx.op(&Op { args: args.or(self.op.args), value, ..self.op });
    }

    /// The message answers.
    pub(super) fn answers(&self) -> bool {
        self.op.role == Role::Response
    }

    /// Says the values between the tags of a property: one, or several that are counted from 1.
    /// Clause 21, ABSTRACT-SYNTAX.&Type.
    pub(super) fn values(&self, cx: &mut Cx<'_>, property: Reference, values: Fields<'_>) {
        let all = values.rest();
        let mut rest = values;
        let mut ordinal = 0u16;
        while let Some(element) = rest.any() {
            if element.form != Form::Primitive {
                continue;
            }
            let single = ordinal == 0 && rest.is_empty();
            ordinal = ordinal.saturating_add(1);
            if ordinal > VALUES_MAX {
                // The rest is there all the same: all values as they came.
                cx.item(property.target(None), Value::Bytes(all));
                return;
            }
            let number = if single { None } else { Some(ordinal) };
            self.one(cx, property, number, &element);
        }
        if ordinal == 0 {
            cx.item(property.target(None), Value::None);
        }
    }

    fn one(&self, cx: &mut Cx<'_>, p: Reference, number: Option<u16>, element: &Element<'_>) {
        let mut scratch = Scratch::default();
        let value = match value::of_property(p.property, element, &mut scratch) {
            Some(value) => value,
            None => value::of(element, &mut scratch),
        };
        cx.item(p.target(number), value);
        if self.answers() && number.is_none() {
            identity::property(cx, self.route, p, element);
        }
    }
}

/// Says what a service says. The operation is said in any case. Of private transfers only the
/// maker knows how the parameters are written.
pub(super) fn say(cx: &mut Cx<'_>, call: &Call<'_, '_>, body: &[u8]) {
    let fields = Fields::new(body);
    let told = match call.op.role {
        Role::Request => request(cx, call, fields),
        Role::Response => answer(cx, call, fields),
        Role::Event => event(cx, call, fields),
    };
    if cx.cut() {
        return;
    }
    let free = match call.op.role {
        Role::Event => call.choice == 4,
        Role::Request | Role::Response => call.choice == 18,
    };
    if !free && !fields.are_sound() {
        cx.fault(spec::BAD_TAGS, body);
    } else if told.is_none() {
        cx.fault(spec::BAD_SERVICE, body);
    }
}

/// Confirmed requests by service choice. Clause 21, BACnet-Confirmed-Service-Request.
fn request(cx: &mut Cx<'_>, call: &Call<'_, '_>, fields: Fields<'_>) -> Option<()> {
    match call.choice {
        0 => alarms::acknowledge(cx, call, fields),
        1 => alarms::cov(cx, call, fields),
        2 => alarms::event(cx, call, fields),
        5 | 28 => alarms::subscribe(cx, call, fields),
        6 | 7 => remote::file(cx, call, fields),
        8 | 9 => access::list_element(cx, call, fields),
        10 => access::create(cx, call, fields),
        11 => access::delete(cx, call, fields),
        12 => access::read(cx, call, fields),
        14 => access::read_multiple(cx, call, fields),
        15 => access::write(cx, call, fields),
        16 => access::write_multiple(cx, call, fields),
        17 => remote::communication(cx, call, fields),
        18 => remote::private(cx, call, fields),
        19 => remote::text(cx, call, fields),
        20 => remote::reinitialize(cx, call, fields),
        21..=23 => remote::terminal(cx, call, fields),
        26 => access::read_range(cx, call, fields),
        27 => alarms::life_safety(cx, call, fields),
        30 => alarms::subscribe_multiple(cx, call, fields),
        31 => alarms::cov_multiple(cx, call, fields),
        _ => {
            call.say(cx, None);
            Some(())
        }
    }
}

/// Answers by service choice. Clause 21, BACnet-Confirmed-Service-ACK.
fn answer(cx: &mut Cx<'_>, call: &Call<'_, '_>, fields: Fields<'_>) -> Option<()> {
    match call.choice {
        3 | 4 => alarms::summary(cx, call, fields),
        6 | 7 => remote::file_answer(cx, call, fields),
        10 => access::created(cx, call, fields),
        12 => access::read_answer(cx, call, fields),
        14 => access::read_multiple_answer(cx, call, fields),
        18 => remote::private(cx, call, fields),
        21 | 23 => remote::terminal(cx, call, fields),
        26 => access::read_range_answer(cx, call, fields),
        29 => alarms::event_information(cx, call, fields),
        _ => {
            call.say(cx, None);
            Some(())
        }
    }
}

/// Unconfirmed services by service choice. Clause 21, BACnet-Unconfirmed-Service-Request.
fn event(cx: &mut Cx<'_>, call: &Call<'_, '_>, fields: Fields<'_>) -> Option<()> {
    match call.choice {
        0 => remote::i_am(cx, call, fields),
        1 => remote::i_have(cx, call, fields),
        2 => alarms::cov(cx, call, fields),
        3 => alarms::event(cx, call, fields),
        4 => remote::private(cx, call, fields),
        5 => remote::text(cx, call, fields),
        6 | 9 => remote::time(cx, call, fields),
        7 => remote::who_has(cx, call, fields),
        8 => remote::who_is(cx, call, fields),
        10 => remote::write_group(cx, call, fields),
        11 => alarms::cov_multiple(cx, call, fields),
        13 => remote::who_am_i(cx, call, fields),
        14 => remote::you_are(cx, call, fields),
        _ => {
            call.say(cx, None);
            Some(())
        }
    }
}
