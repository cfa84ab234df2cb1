//! Which sizes a system has chosen for its addresses: no frame says it. Sizes with which the
//! objects of a message do not fill it are out; of the others the most usual ones count.

use super::wire::LINK_MAX;
use crate::common::telecontrol::{Widths, asdu};

const fn widths(cause: u8, address: u8, object: u8) -> Widths {
    Widths { cause, address, object }
}

/// Sizes, the most usual first.
const USUAL: [Widths; 12] = [
    widths(1, 1, 2),
    widths(1, 2, 2),
    widths(2, 2, 3),
    widths(2, 2, 2),
    widths(1, 2, 3),
    widths(2, 1, 2),
    widths(1, 1, 1),
    widths(1, 1, 3),
    widths(1, 2, 1),
    widths(2, 1, 3),
    widths(2, 1, 1),
    widths(2, 2, 1),
];
/// Sizes of link addresses, the most usual first.
const LINKS: [usize; 3] = [1, 2, 0];

/// Sizes that are still possible: a bit for each pair of one of `LINKS` and one of `USUAL`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes(u64);

impl Default for Sizes {
    fn default() -> Self {
        Self(u64::MAX)
    }
}

/// All pairs with their bit.
fn pairs() -> impl Iterator<Item = (u64, usize, Widths)> {
    let all = LINKS.into_iter().flat_map(|link| USUAL.into_iter().map(move |w| (link, w)));
    all.enumerate()
        .map(|(at, (link, widths))| (1u64.wrapping_shl(vocab::sat_u32(at)), link, widths))
}

impl Sizes {
    /// The sizes with which a body, link address and ASDU, is consistent.
    pub(super) fn of(body: &[u8]) -> Self {
        let fits = |link: usize, widths| {
            body.get(link..).is_some_and(|body| asdu::is_consistent(body, widths))
        };
        let fitting = pairs().filter(|(_, link, widths)| fits(*link, *widths));
        Self(fitting.fold(0, |all, (bit, ..)| all | bit))
    }

    /// There are none.
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// A message was seen with which only `others` go; says whether that can be.
    pub(super) fn keep(&mut self, others: Self) -> bool {
        let both = self.0 & others.0;
        if both != 0 {
            self.0 = both;
        }
        both != 0
    }

    /// A frame was seen whose link address has this size.
    pub(super) fn keep_link(&mut self, size: usize) {
        let bits = pairs().filter(|(_, link, _)| *link == size);
        self.keep(Self(bits.fold(0, |all, (bit, ..)| all | bit)));
    }

    /// The most usual ones.
    pub(super) fn best(self) -> (usize, Widths) {
        let best = pairs().find(|(bit, ..)| self.0 & bit != 0);
        best.map_or((1, widths(1, 1, 2)), |(_, link, widths)| (link, widths))
    }

    /// The size of link addresses, where only one is possible.
    pub(super) fn link(self) -> Option<usize> {
        let mut own = pairs().filter(|(bit, ..)| self.0 & bit != 0).map(|(_, link, _)| link);
        let first = own.next()?;
        own.all(|other| other == first).then_some(first.min(LINK_MAX))
    }
}
