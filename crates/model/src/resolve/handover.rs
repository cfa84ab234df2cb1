//! Addresses that passed from one device to another.
//!
//! ```text
//! MAC A ──states 10.0.0.5──┐  gap  ┌──states 10.0.0.5── MAC B ──► time   handed over
//! MAC A ──states 10.0.0.5──┐       ┌── says anything ───────────► time
//! MAC B                    └───────┴──states 10.0.0.5───────────► time   a conflict
//! ```
//! Only where A sends nothing at all any more: who fails over and comes back is not replaced, and
//! who is spoken for by another is not gone.

use super::ageing::GAP_NS;
use crate::tables::{Attested, HostKey, HostSeen, Model};
use std::collections::BTreeMap;
use std::net::IpAddr;
use vocab::{FrameId, Host, Mac, Ts};

/// Connections that outlive the exchange of their end are reported as a whole: so long may it look
/// as if the old end still spoke, in nanoseconds.
const SLACK_NS: i64 = 60_000_000_000;

/// An address that a device had and another one has since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The VLAN, 0 without.
    pub vlan: u16,
    /// The address.
    pub ip: IpAddr,
    /// The MAC that had it.
    pub from: Mac,
    /// Its last statement.
    pub last: Ts,
    /// The frame of its first.
    pub from_frame: FrameId,
    /// The MAC that has it.
    pub to: Mac,
    /// Its first statement.
    pub first: Ts,
    /// The frame of that.
    pub to_frame: FrameId,
}

/// Handovers of addresses, in order of VLAN, address and time.
pub(super) fn find(model: &Model, sent: &BTreeMap<HostKey, HostSeen>) -> Vec<Handover> {
    let mut stated: BTreeMap<(u16, IpAddr), BTreeMap<Mac, Attested>> = BTreeMap::new();
    for (key, seen) in &model.binds {
        let own = stated.entry((key.vlan, key.ip)).or_default();
        let all = own.entry(key.mac).or_insert(*seen);
        all.frame = all.frame.min(seen.frame);
        (all.first, all.last) = (all.first.min(seen.first), all.last.max(seen.last));
    }
    let mut found = Vec::new();
    for ((vlan, ip), macs) in stated.into_iter().filter(|(_, macs)| macs.len() > 1) {
        let mut all: Vec<(Mac, Attested)> = macs.into_iter().collect();
        all.sort_by_key(|(mac, stated)| (stated.first, *mac));
        let last_of = |mac: Mac| Some(sent.get(&HostKey { vlan, host: Host::Mac(mac) })?.last);
        let pairs = all.windows(2).map(|pair| {
            let [(from, before), (to, after)] = pair else { return None };
            let (gone, goes_on) = (last_of(*from)?, last_of(*to)?);
            let ns = |later: Ts, earlier: Ts| later.0.saturating_sub(earlier.0);
            let apart = ns(after.first, before.last) >= GAP_NS;
            let silent = ns(goes_on, gone) >= GAP_NS && ns(gone, after.first) <= SLACK_NS;
            (apart && silent).then_some(Handover {
                vlan,
                ip,
                from: *from,
                last: before.last,
                from_frame: before.frame,
                to: *to,
                first: after.first,
                to_frame: after.frame,
            })
        });
        // All of them or none: of a conflict nobody knows who has the address now.
        found.extend(pairs.collect::<Option<Vec<_>>>().unwrap_or_default());
    }
    found
}

/// Who had an address, from when to when, the first first. Empty where it was never handed over.
pub(super) fn holders(
    all: &[Handover],
    ip: IpAddr,
    vlan: u16,
) -> impl Iterator<Item = (Mac, Ts, Ts)> + '_ {
    let first = all.partition_point(|one| (one.vlan, one.ip) < (vlan, ip));
    let own = all.get(first..).unwrap_or(&[]);
    let count = own.iter().take_while(|one| (one.vlan, one.ip) == (vlan, ip)).count();
    let own = own.get(..count).unwrap_or(&[]);
    let starts = std::iter::once(Ts::MIN).chain(own.iter().map(|one| one.first));
    let earlier = own.iter().zip(starts).map(|(one, start)| (one.from, start, one.last));
    earlier.chain(own.last().map(|one| (one.to, one.first, Ts::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{BindKey, ModelLimits};
    use vocab::ProtoId;

    const SECOND: i64 = 1_000_000_000;

    fn mac(last: u8) -> Mac {
        Mac([2, 0, 0, 0, 0, last])
    }

    /// MACs, the seconds in which they state one address, and the last in which they send.
    fn found(senders: &[(u8, i64, i64, i64)]) -> Vec<(u8, u8)> {
        let ip: IpAddr = [10, 0, 0, 5].into();
        let mut model = Model::new(ModelLimits::default(), &[]);
        let mut sent = BTreeMap::new();
        for (last, first, end, silent) in senders {
            let frame = FrameId { file: 0, number: u64::from(*last) };
            let (first, end) = (Ts(first * SECOND), Ts(end * SECOND));
            let key = BindKey { vlan: 7, mac: mac(*last), ip, proto: ProtoId(1) };
            model.binds.insert(key, Attested { count: 2, first, last: end, frame });
            let seen = HostSeen { packets: 1, bytes: 60, first, last: Ts(silent * SECOND), frame };
            sent.insert(HostKey { vlan: 7, host: Host::Mac(mac(*last)) }, seen);
        }
        let all = find(&model, &sent);
        let periods: Vec<_> = super::holders(&all, ip, 7).collect();
        assert_eq!(periods.len(), if all.is_empty() { 0 } else { senders.len() });
        assert!(periods.is_sorted_by_key(|(_, start, _)| *start));
        assert_eq!(super::holders(&all, ip, 8).count(), 0);
        all.iter().map(|one| (one.from.0[5], one.to.0[5])).collect()
    }

    #[test]
    fn one_ends_and_another_begins() {
        assert_eq!(found(&[(9, 0, 100, 110), (1, 160, 300, 310)]), [(9, 1)]);
        let three = [(1, 0, 100, 100), (2, 200, 300, 300), (3, 400, 500, 500)];
        assert_eq!(found(&three), [(1, 2), (2, 3)]);
        assert_eq!(found(&[(1, 0, 100, 170), (2, 160, 300, 310)]), [(1, 2)], "one connection");
    }

    #[test]
    fn conflicts_are_no_handover() {
        assert_eq!(found(&[(1, 0, 100, 100), (2, 50, 300, 300)]), []);
        let at_once = [(1, 0, 100, 100), (2, 105, 300, 300)];
        assert_eq!(found(&at_once), [], "a standby takes over at once");
        assert_eq!(found(&[(1, 0, 500, 500), (2, 200, 300, 300)]), [], "it came back");
        assert_eq!(found(&[(1, 0, 100, 300), (2, 200, 300, 300)]), [], "it speaks on");
        assert_eq!(found(&[(1, 0, 100, 270), (2, 200, 300, 300)]), [], "it spoke on for long");
        let third = [(1, 0, 100, 100), (2, 200, 300, 300), (3, 250, 400, 400)];
        assert_eq!(found(&third), []);
    }
}
