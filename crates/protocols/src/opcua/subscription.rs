//! Subscriptions and monitored items: what a client wants to be told, and what it is told.
//! OPC 10000-4 §5.12, §5.13.

use super::access::{Place, read_value_id, say_value};
use super::encoding::{DataValue, Extension, Variant, boolean, count, milliseconds, skip_array};
use super::service::{Noted, Notes};
use super::{spec, status};
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Status, Target, Value};

/// Binary encoding of DataChangeNotification. OPC 10000-4 §7.25.2.
const DATA_CHANGE: u32 = 811;
/// Binary encoding of EventNotificationList. §7.25.3.
const EVENTS: u32 = 916;
/// Binary encoding of StatusChangeNotification. §7.25.4.
const STATUS_CHANGE: u32 = 820;

/// Numbers of the services of subscriptions and monitored items.
pub(super) fn arguments(code: u32, at: &mut Cursor<'_>) -> Option<[u64; 4]> {
    let number = |at: &mut Cursor<'_>| at.le32().map(u64::from);
    Some(match code {
        // Subscription, times wanted, items.
        751 | 763 => {
            let (subscription, _) = (number(at)?, number(at)?);
            [subscription, u64::from(count(at)?), 0, 0]
        }
        // Subscription, mode, items; subscription, triggering item, links to add.
        769 | 775 => {
            let (subscription, which) = (number(at)?, number(at)?);
            [subscription, u64::from(count(at)?), which, 0]
        }
        781 => {
            let subscription = number(at)?;
            [subscription, u64::from(count(at)?), 0, 0]
        }
        // Interval, lifetime, keep-alives, most notifications, enabled.
        787 => {
            let [interval, lifetime, alive] = times(at)?;
            at.skip(4)?;
            [interval, lifetime, alive, u64::from(boolean(at)?)]
        }
        790 | 793 => {
            let subscription = number(at)?;
            let [interval, lifetime, alive] = times(at)?;
            [subscription, interval, lifetime, alive]
        }
        796 => {
            let [interval, lifetime, alive] = times(at)?;
            [interval, lifetime, alive, 0]
        }
        799 => {
            let enabled = u64::from(boolean(at)?);
            [u64::from(count(at)?), enabled, 0, 0]
        }
        // Subscription, numbers to be had, more to come, then the notifications.
        829 => {
            let subscription = number(at)?;
            skip_array(at, |at| at.skip(4))?;
            let more = u64::from(boolean(at)?);
            let sequence = number(at)?;
            at.skip(8)?;
            [subscription, sequence, more, u64::from(count(at)?)]
        }
        832 => [number(at)?, number(at)?, 0, 0],
        835 => [number(at)?, 0, 0, 0],
        // Publish: acknowledgements.
        _ => [u64::from(count(at)?), 0, 0, 0],
    })
}

/// Interval in milliseconds, lifetime and keep-alive counts.
fn times(at: &mut Cursor<'_>) -> Option<[u64; 3]> {
    Some([milliseconds(at)?, u64::from(at.le32()?), u64::from(at.le32()?)])
}

/// A number as a target.
fn target(area: &'static Area, number: u32) -> Target<'static> {
    Target { area, index: u64::from(number), count: 1, extra: 0, name: &[] }
}

/// Create monitored items: the nodes, each with the handle that notifications will bear. §5.12.2.
pub(super) fn create_items(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    at.skip(8)?;
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let place = read_value_id(at, &mut notes)?;
        // The mode.
        at.skip(4)?;
        let handle = at.le32()?;
        // Interval; filter; queue.
        at.skip(8)?;
        Extension::read(at)?;
        at.skip(5)?;
        cx.item(place.target(0), Value::Uint(u64::from(handle)));
    }
    notes.keep(cx, key);
    Some(())
}

/// Answer to create monitored items: status, number of the item.
pub(super) fn items_created(
    cx: &mut Cx<'_>,
    mut note: Noted<'_>,
    at: &mut Cursor<'_>,
) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        let (result, item) = (status::of(at.le32()?), at.le32()?);
        at.skip(12)?;
        Extension::read(at)?;
        cx.item_status(place.target(0), Value::Uint(u64::from(item)), result);
    }
    Some(())
}

/// Modify and delete monitored items, set their mode: the items by number. §5.12.3 to §5.12.6.
pub(super) fn change_items(cx: &mut Cx<'_>, code: u32, at: &mut Cursor<'_>) -> Option<()> {
    at.skip(if code == 781 { 4 } else { 8 })?;
    for _ in 0..count(at)? {
        cx.item(target(spec::ITEM, at.le32()?), Value::None);
        if code == 763 {
            at.skip(12)?;
            Extension::read(at)?;
            at.skip(5)?;
        }
    }
    Some(())
}

/// Subscriptions by number.
pub(super) fn subscriptions(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| {
        cx.item(target(spec::SUBSCRIPTION, at.le32()?), Value::None);
        Some(())
    })
}

/// Answer to publish: subscription, numbers to be had, more to come, notifications. §5.13.5.
pub(super) fn published(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    at.skip(4)?;
    skip_array(at, |at| at.skip(4))?;
    at.skip(1)?;
    notification(cx, at)
}

/// A notification: number, time, data. §7.26.
pub(super) fn notification(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    at.skip(12)?;
    for _ in 0..count(at)? {
        let data = Extension::read(at)?;
        let mut body = Cursor::new(data.body);
        match data.kind {
            DATA_CHANGE => changes(cx, &mut body)?,
            EVENTS => events(cx, &mut body)?,
            STATUS_CHANGE => {
                let result = status::of(body.le32()?);
                cx.item_status(target(spec::SUBSCRIPTION, 0), Value::None, result);
            }
            _ => {}
        }
    }
    Some(())
}

/// Values by the handles that the client gave their nodes.
fn changes(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for _ in 0..count(at)? {
        let handle = at.le32()?;
        let value = DataValue::read(at)?;
        let place = Place::Nth(spec::HANDLE, handle);
        say_value(cx, place, &value.value, status::of(value.status));
    }
    Some(())
}

/// Events: the fields that the client chose, in its order.
fn events(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for _ in 0..count(at)? {
        let handle = at.le32()?;
        for _ in 0..count(at)? {
            let field = Variant::read(at)?;
            say_value(cx, Place::Nth(spec::EVENT, handle), &field, Status::None);
        }
    }
    Some(())
}
