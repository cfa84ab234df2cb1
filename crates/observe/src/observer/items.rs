//! What messages touch: targets, each once per flow, with how often.

use super::{Mix, Observer, TargetCell, sat_u32, sat_usize};
use dissect::FactCx;
use vocab::{Access, Item, ProtoId, Role, Target, TargetSeen, Text};

/// Longest target name kept, in bytes.
const NAME_BYTES_MAX: usize = 200;
/// Places that remember what operations may change.
pub(super) const ACCESSES: usize = 256;
/// Places that remember targets of answers and events, so that repetitions cost next to nothing.
pub(super) const SEEN_MAX: usize = 8_192;

impl Observer {
    pub(super) fn item(&mut self, cx: &FactCx<'_>, item: &Item<'_>) {
        let Some(current) = self.current.filter(|current| current.proto == cx.proto) else {
            return;
        };
        let Target { area, index, count, extra, name } = item.target;
        let name = name.get(..NAME_BYTES_MAX).unwrap_or(name);
        let name_hash = if name.is_empty() { 0 } else { Mix::new(0).bytes(name).finish() };
        let place = u64::from(count) << 32 | u64::from(extra);
        let hash =
            current.hash.word(index ^ u64::from(area.id) << 56).word(place ^ name_hash).finish();
        let counted = current.role == Role::Request;
        if !counted && self.was_seen(hash) {
            return;
        }
        let flow = cx.flow;
        let same = |cell: &TargetCell| {
            let seen = &cell.seen;
            cell.flow == flow
                && cell.name_hash == name_hash
                && (seen.proto, seen.code, seen.role) == (current.proto, current.code, current.role)
                && (seen.area, seen.index, seen.count) == (area.id, index, count)
                && (seen.extra, seen.unit) == (extra, current.unit)
        };
        if let Some(cell) = self.targets.find(hash, same) {
            if counted {
                cell.seen.touched = cell.seen.touched.saturating_add(1);
                cell.seen.last = cell.seen.last.max(cx.at);
            }
            return;
        }
        let access = self.access(current.proto, current.code);
        let seen = TargetSeen {
            talk: 0,
            proto: current.proto,
            code: current.code,
            access,
            role: current.role,
            unit: current.unit,
            area: area.id,
            index,
            count,
            extra,
            name: self.keep_name(name),
            touched: 1,
            frame: cx.frame,
            first: cx.at,
            last: cx.at,
        };
        let Some(lists) = self.lists.get_mut(sat_usize(u64::from(flow))) else { return };
        self.grew = true;
        if !self.targets.add(hash, &mut lists.targets, TargetCell { seen, flow, name_hash }) {
            self.lost = self.lost.saturating_add(1);
        }
    }

    /// What an operation may change. Looked up once in a while: the same few come again.
    fn access(&mut self, proto: ProtoId, code: u32) -> Access {
        let place = sat_usize(u64::from(code) ^ u64::from(proto.0) << 3) % ACCESSES;
        if let Some((of, access)) = self.accesses.get(place)
            && *of == (proto, code)
        {
            return *access;
        }
        let access = self.spec(proto).map_or(Access::Observe, |spec| spec.access(code, None));
        if let Some(known) = self.accesses.get_mut(place) {
            *known = ((proto, code), access);
        }
        access
    }

    /// The target with this hash was noted since the last drain; notes it.
    fn was_seen(&mut self, hash: u64) -> bool {
        let place = sat_usize(hash) & SEEN_MAX.wrapping_sub(1);
        let Some(slot) = self.seen.get_mut(place) else { return false };
        core::mem::replace(slot, hash) == hash
    }

    /// Keeps a name; empty when there is no room, which is counted.
    fn keep_name(&mut self, name: &[u8]) -> Text {
        let start = self.names.len();
        if name.len() > self.names.capacity().saturating_sub(start) {
            self.lost = self.lost.saturating_add(1);
            return Text::default();
        }
        self.names.extend_from_slice(name);
        Text { start: sat_u32(start), len: sat_u32(name.len()) }
    }
}
