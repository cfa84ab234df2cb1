//! The nine commands. ADS commands.

use super::values::{place, value};
use super::wire::Ams;
use super::{groups, identity, spec};
use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::{Cx, Pending};
use vocab::{Op, Role, Status, Target, Ts, Value};

/// Samples of one notification that are said.
const SAMPLES_MAX: u32 = 512;

/// Says a message. `whole` tells that all of its bytes are there.
pub(super) fn say(cx: &mut Cx<'_>, ams: &Ams<'_>, whole: bool) {
    if !matches!(ams.command, 1..=9) {
        cx.fault(spec::BAD_COMMAND, ams.whole);
    }
    let role = match (ams.command, ams.answers()) {
        (8, _) => Role::Event,
        (_, true) => Role::Response,
        _ => Role::Request,
    };
    let op = Op {
        tx: (role != Role::Event).then(|| ams.key()),
        unit: Some(u32::from(ams.server_port())),
        ..Op::new(u32::from(ams.command), role, ams.whole)
    };
    let done = match role {
        Role::Request => request(cx, op, ams),
        Role::Response => answer(cx, op, ams),
        Role::Event => notification(cx, op, ams),
    };
    if done.is_none() && whole && !cx.cut() {
        cx.fault(spec::BAD_DATA, ams.data);
    }
}

fn request<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, ams: &Ams<'p>) -> Option<()> {
    let mut at = Cursor::new(ams.data);
    match ams.command {
        2 | 3 | 6 | 9 => access(cx, op, ams),
        5 => {
            let states = (|| Some((at.le16()?, at.le16()?)))();
            op.sub = states.map(|(state, _)| state);
            op.args = states.map(|(state, device)| [u64::from(state), u64::from(device), 0, 0]);
            op.value = at.skip(4).map_or(Value::None, |()| value(at.rest()));
            cx.op(&op);
            states.map(|_| ())
        }
        7 => {
            let handle = at.le32();
            op.args = handle.map(|handle| [u64::from(handle), 0, 0, 0]);
            cx.op(&op);
            handle.map(|_| ())
        }
        _ => {
            cx.op(&op);
            Some(())
        }
    }
}

/// Requests for a place: index group, index offset, length; then what belongs to the command.
fn access<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, ams: &Ams<'p>) -> Option<()> {
    let mut at = Cursor::new(ams.data);
    let head = (|| Some((at.le32()?, at.le32()?, at.le32()?)))();
    let Some((group, offset, length)) = head else {
        cx.op(&op);
        return None;
    };
    // The written length, or the transmission mode.
    let fourth = match ams.command {
        6 | 9 => at.le32(),
        _ => Some(0),
    };
    let data = if ams.command == 6 { &[][..] } else { at.rest() };
    op.sub = groups::sub(op.code, group, ams.server_port());
    op.args = Some([
        u64::from(group),
        u64::from(offset),
        u64::from(length),
        u64::from(fourth.unwrap_or(0)),
    ]);
    cx.op(&op);
    let key = ams.key();
    match groups::names(op.sub) {
        Some(names) => named(cx, &names, data),
        None if (0xf080..=0xf086).contains(&group) => {
            cx.note(key, data);
            sum(cx, group, offset, data)?;
        }
        None if group == 0xf006 => {
            let handle = Cursor::new(data).le32()?;
            cx.item(place(group, handle, 1), Value::None);
        }
        None => cx.item(place(group, offset, length), value(data)),
    }
    fourth.map(|_| ())
}

/// A symbol, file or registry key in the data that is written.
fn named(cx: &mut Cx<'_>, names: &groups::Names, data: &[u8]) {
    let area = match names {
        groups::Names::Symbol => spec::SYMBOL,
        groups::Names::File => spec::FILE,
        groups::Names::Registry => spec::REGISTRY,
    };
    let name = until_nul(data);
    if is_text(name) {
        cx.item(Target { area, index: 0, count: 1, extra: 0, name }, Value::None);
    }
}

/// Several accesses in one: so many as the offset says, their places first, then their data.
fn sum(cx: &mut Cx<'_>, group: u32, count: u32, data: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    let entry = match group {
        0xf082 => 16usize,
        0xf085 => 40,
        0xf086 => 4,
        _ => 12,
    };
    let places = vocab::sat_usize(u64::from(count)).checked_mul(entry)?;
    let mut written = Cursor::new(data.get(places..).unwrap_or(&[]));
    for _ in 0..count {
        let mut one = Cursor::new(at.take(entry)?);
        let (group_of, offset) = (one.le32()?, one.le32());
        if group == 0xf086 {
            cx.item(handle(group_of), Value::None);
            continue;
        }
        let (offset, length) = (offset?, one.le32()?);
        let bytes = match group {
            0xf081 => written.take_up_to(vocab::sat_usize(u64::from(length))),
            0xf082 => written.take_up_to(vocab::sat_usize(u64::from(one.le32()?))),
            _ => &[],
        };
        cx.item(place(group_of, offset, length), value(bytes));
    }
    Some(())
}

fn handle(number: u32) -> Target<'static> {
    let index = u64::from(number);
    Target { area: spec::NOTIFICATION, index, count: 1, extra: 0, name: &[] }
}

fn answer<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, ams: &Ams<'p>) -> Option<()> {
    let asked = cx.pending(ams.key()).filter(|asked| asked.code == op.code);
    let mut noted = [0; 240];
    let len = cx.noted(ams.key(), &mut noted);
    let mut at = Cursor::new(ams.data);
    let result = if ams.error != 0 { Some(ams.error) } else { at.le32() };
    op.sub = asked.and_then(|asked| asked.sub);
    op.args = asked.map(|asked| asked.args);
    op.status = match result {
        Some(0) | None => Status::Ok,
        Some(error) => Status::Error(error),
    };
    if op.status != Status::Ok {
        cx.op(&op);
        return Some(());
    }
    match ams.command {
        2 | 9 => {
            let data = read(&mut at);
            op.value = data.map_or(Value::None, value);
            let named = groups::names(op.sub).is_some();
            if !named {
                op.value = Value::None;
            }
            cx.op(&op);
            let data = data?;
            if let Some(asked) = asked.filter(|_| !named) {
                was_read(cx, &asked, noted.get(..len).unwrap_or(&[]), data);
            }
        }
        4 => {
            let states = (|| Some([u64::from(at.le16()?), u64::from(at.le16()?), 0, 0]))();
            op.value = states.map_or(Value::None, |[state, ..]| Value::Uint(state));
            cx.op(&op);
            states?;
        }
        6 => {
            let number = at.le32();
            op.value = number.map_or(Value::None, |number| Value::Uint(u64::from(number)));
            cx.op(&op);
            number?;
        }
        _ => cx.op(&op),
    }
    result?;
    if ams.command == 1 {
        identity::device(cx, at.rest())?;
    }
    Some(())
}

/// Length and bytes that were read.
fn read<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let length = at.le32()?;
    Some(at.take_up_to(vocab::sat_usize(u64::from(length))))
}

/// What was read, with the places that were asked for.
fn was_read(cx: &mut Cx<'_>, asked: &Pending, noted: &[u8], data: &[u8]) {
    let [group, offset, ..] = asked.args.map(vocab::low_u32);
    match group {
        0xf080 | 0xf083 | 0xf084 => sum_read(cx, group, offset, noted, data).unwrap_or(()),
        0xf081 | 0xf082 | 0xf085 | 0xf086 => {}
        700 if asked.sub == Some(700) => identity::description(cx, data),
        _ => {
            let length = vocab::sat_u32(data.len());
            cx.item(place(group, offset, length), value(data));
        }
    }
}

/// Results of several reads, then what was read. With 0xF083 and 0xF084 each result has the length
/// that was read.
fn sum_read(cx: &mut Cx<'_>, group: u32, count: u32, noted: &[u8], data: &[u8]) -> Option<()> {
    let lengths = group != 0xf080;
    let head = if lengths { 8usize } else { 4 };
    let results = vocab::sat_usize(u64::from(count)).checked_mul(head)?;
    let (results, read) = data.split_at_checked(results)?;
    let (mut results, mut read, mut asked) =
        (Cursor::new(results), Cursor::new(read), Cursor::new(noted));
    for _ in 0..count {
        let (of, offset, length) = (asked.le32()?, asked.le32()?, asked.le32()?);
        let error = results.le32()?;
        let length = if lengths { results.le32()? } else { length };
        let bytes = if lengths && error != 0 {
            &[]
        } else {
            read.take_up_to(vocab::sat_usize(u64::from(length)))
        };
        let status = if error == 0 { Status::Ok } else { Status::Error(error) };
        cx.item_status(place(of, offset, length), value(bytes), status);
    }
    Some(())
}

/// A notification: stamps with a time, each with samples by handle.
fn notification<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, ams: &Ams<'p>) -> Option<()> {
    let mut at = Cursor::new(ams.data);
    let head = (|| Some((at.le32()?, at.le32()?)))();
    op.args = head.map(|(_, stamps)| [u64::from(stamps), 0, 0, 0]);
    let mut peek = at;
    if let Some(time) = peek.le64().filter(|_| head.is_some()) {
        op.value = Value::Time(filetime(time));
    }
    cx.op(&op);
    let (_, stamps) = head?;
    // The one who sends notifications serves.
    cx.settle(false);
    let mut left = SAMPLES_MAX;
    for _ in 0..stamps {
        at.skip(8)?;
        let samples = at.le32()?;
        for _ in 0..samples {
            let (number, size) = (at.le32()?, at.le32()?);
            let bytes = at.take(vocab::sat_usize(u64::from(size)))?;
            left = left.checked_sub(1)?;
            cx.item(handle(number), value(bytes));
        }
    }
    Some(())
}

/// Windows time (100 ns since 1601) as ours.
fn filetime(time: u64) -> Ts {
    const UNIX: i64 = 116_444_736_000_000_000;
    Ts(vocab::sat_i64(time).saturating_sub(UNIX).saturating_mul(100))
}
