//! Planned work on devices: when each leaves its duty, when it is silent, what it is afterwards.

use crate::plant::Id;
use crate::wire::S;

/// Clients leave a device before it is switched off, and come back after it is on.
const LEAVE: i64 = 6 * S;
const RETURN: i64 = 8 * S;
/// A controller starts from a card with its new firmware.
const UPDATE: i64 = 60 * S;
/// Between the two pieces of work.
const PAUSE: i64 = 30 * S;
/// A control module is unplugged, its successor plugged and given the old one's settings.
const EXCHANGE: i64 = 180 * S;

/// Work on one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) device: Id,
    /// Clients leave it from here on.
    pub(crate) begun: i64,
    /// It is silent from here on.
    pub(crate) off: i64,
    /// It is back.
    pub(crate) on: i64,
    /// Clients come back.
    pub(crate) over: i64,
}

impl Work {
    fn new(device: Id, begun: i64, takes: i64) -> Self {
        let off = begun + LEAVE;
        Self { device, begun, off, on: off + takes, over: off + takes + RETURN }
    }
}

/// All work of a capture.
#[derive(Debug, Default)]
pub(crate) struct Works(Vec<Work>);

impl Works {
    /// The intake's controller gets other firmware, then its drive is exchanged.
    pub(crate) fn on_the_intake(begin: i64) -> Self {
        let update = Work::new(Id::Intake, begin, UPDATE);
        let exchange = Work::new(Id::Drive, update.over + PAUSE, EXCHANGE);
        Self(vec![update, exchange])
    }

    pub(crate) fn all(&self) -> &[Work] {
        &self.0
    }

    fn on(&self, device: Id) -> Option<&Work> {
        self.0.iter().find(|work| work.device == device)
    }

    /// Clients let it be.
    pub(crate) fn is_left(&self, device: Id, at: i64) -> bool {
        self.on(device).is_some_and(|work| (work.begun..work.over).contains(&at))
    }

    /// It is switched off.
    pub(crate) fn is_off(&self, device: Id, at: i64) -> bool {
        self.on(device).is_some_and(|work| (work.off..work.on).contains(&at))
    }

    /// It is back from the work.
    pub(crate) fn is_done(&self, device: Id, at: i64) -> bool {
        self.on(device).is_some_and(|work| at >= work.on)
    }

    /// The device at the drive's place.
    pub(crate) fn drive(&self, at: i64) -> Id {
        if self.is_done(Id::Drive, at) { Id::NewDrive } else { Id::Drive }
    }
}
