//! Connections of a flow: a request carries the identifier of one direction, its answer that of
//! the other. CIP Vol 1 §3-5.4.

use dissect::Cx;

/// Connections that are remembered.
const LINKS: usize = 12;
/// No unit is known.
const NO_UNIT: u16 = u16::MAX;
/// Messages over this connection go to an object directly, without service and path.
const RAW: u16 = u16::MAX - 1;

/// Marks a tag of a connected message; below are the identifier and the sequence count.
pub(super) const CONNECTED: u64 = 1 << 63;

/// The connections that a flow remembers, each under one number in all arrays.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Links {
    /// Originator to target: in requests. 0 where none is kept.
    requests: [u32; LINKS],
    /// Target to originator: in answers. 0 where not known yet.
    answers: [u32; LINKS],
    /// Slot that the connection leads to.
    units: [u16; LINKS],
    /// The one that the next new connection replaces.
    next: u8,
}

/// A message's place among the connections.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// What pairs the message with its counterpart.
    pub(super) tx: u64,
    /// The slot behind the address.
    pub(super) unit: Option<u32>,
    /// The connection is known from its opening or from a pair of messages.
    pub(super) known: bool,
}

impl Links {
    /// Remembers a connection that was opened.
    pub(super) fn open(&mut self, request: u32, answer: u32, unit: Option<u32>, raw: bool) {
        let unit = if raw { RAW } else { unit.map_or(NO_UNIT, |n| vocab::low_u16(u64::from(n))) };
        self.put(request, answer, unit);
    }

    fn put(&mut self, request: u32, answer: u32, unit: u16) {
        let seen = self.requests.iter().position(|id| *id == request);
        let at = seen.unwrap_or(usize::from(self.next));
        if seen.is_none() {
            let next = self.next.wrapping_add(1);
            self.next = if usize::from(next) < LINKS { next } else { 0 };
        }
        if let (Some(to), Some(from), Some(place)) =
            (self.requests.get_mut(at), self.answers.get_mut(at), self.units.get_mut(at))
        {
            (*to, *from, *place) = (request, answer, unit);
        }
    }

    fn place(&self, at: usize, sequence: u64) -> Place {
        let request = self.requests.get(at).copied().unwrap_or(0);
        let unit = self.units.get(at).copied().unwrap_or(NO_UNIT);
        Place {
            tx: key(request, sequence),
            unit: (unit < RAW).then_some(u32::from(unit)),
            known: self.answers.get(at).is_some_and(|id| *id != 0),
        }
    }

    /// The connection carries data without service and path, in either direction.
    pub(super) fn is_raw(&self, tag: u64) -> bool {
        let (id, _) = parts(tag);
        let ends = self.requests.iter().zip(&self.answers).zip(&self.units);
        id != 0
            && ends
                .into_iter()
                .any(|((there, back), unit)| *unit == RAW && (*there == id || *back == id))
    }

    /// A request over a connection.
    pub(super) fn request(&mut self, tag: u64) -> Place {
        let (id, sequence) = parts(tag);
        let find = |ids: &[u32]| ids.iter().position(|seen| *seen == id && id != 0);
        let mut at = find(&self.requests);
        if at.is_none() && id != 0 {
            self.put(id, 0, NO_UNIT);
            at = find(&self.requests);
        }
        match at {
            Some(at) => self.place(at, sequence),
            None => Place { tx: key(id, sequence), ..Place::default() },
        }
    }

    /// An answer over a connection: its request went over the connection that was opened with it,
    /// else over one that waits for an answer to the same service with the same count.
    pub(super) fn answer(&mut self, cx: &Cx<'_>, tag: u64, service: u32) -> Place {
        let (id, sequence) = parts(tag);
        if let Some(at) = self.answers.iter().position(|seen| *seen == id && id != 0) {
            return self.place(at, sequence);
        }
        let waits = |(request, answer): (&u32, &u32)| {
            *request != 0
                && *answer == 0
                && cx.pending(key(*request, sequence)).is_some_and(|p| p.code == service)
        };
        match self.requests.iter().zip(&self.answers).position(waits) {
            Some(at) => {
                if let Some(answer) = self.answers.get_mut(at) {
                    *answer = id;
                }
                self.place(at, sequence)
            }
            None => Place { tx: key(id, sequence), ..Place::default() },
        }
    }
}

/// Connection identifier and sequence count of a tag.
fn parts(tag: u64) -> (u32, u64) {
    (vocab::low_u32(tag >> 16), tag & 0xffff)
}

fn key(id: u32, sequence: u64) -> u64 {
    CONNECTED | u64::from(id) << 16 | sequence
}
