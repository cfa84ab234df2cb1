//! The mirror port: frames with their times, in the order they are made.

use vocab::Ts;

/// A microsecond in nanoseconds.
pub(crate) const US: i64 = 1_000;
/// A millisecond.
pub(crate) const MS: i64 = 1_000_000;
/// A second.
pub(crate) const S: i64 = 1_000_000_000;

/// A frame as captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedFrame {
    /// When; whole microseconds.
    pub at: Ts,
    /// The frame from its destination address on, without frame check sequence.
    pub bytes: Vec<u8>,
    /// Position in the truth's list of attacks, where it is part of one.
    pub attack: Option<usize>,
}

/// Where frames come together.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    frames: Vec<TimedFrame>,
    id: u16,
    /// The attack that frames are part of from now on.
    pub(crate) attack: Option<usize>,
}

impl Wire {
    /// Takes a frame.
    pub(crate) fn put(&mut self, at: i64, bytes: Vec<u8>) {
        let at = Ts(at - at.rem_euclid(US));
        self.frames.push(TimedFrame { at, bytes, attack: self.attack });
    }

    /// The next IP identification.
    pub(crate) fn id(&mut self) -> u16 {
        self.id = self.id.wrapping_add(1);
        self.id
    }

    /// The frames in time order; frames of one time stay in the order they were made in.
    pub(crate) fn into_frames(self) -> Vec<TimedFrame> {
        let mut frames = self.frames;
        frames.sort_by_key(|frame| frame.at);
        frames
    }
}
