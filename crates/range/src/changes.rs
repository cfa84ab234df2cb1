//! What planned work changed, with the frames that show it.

use crate::clock::rfc3339;
use crate::plant::{CELL_1, Id};
use crate::proto::enip;
use crate::truth::{Change, dotted};
use crate::wire::TimedFrame;
use crate::works::{Work, Works};
use vocab::Mac;

/// How the intake's controller writes its firmware before and after: in the list 0x0011, and in
/// its announcements.
const FIRMWARE: [([u8; 4], &[u8]); 2] =
    [([b'V', 4, 2, 1], b"FW: V.4.2.1"), ([b'V', 4, 5, 0], b"FW: V.4.5.0")];

/// The frames of a device in which these bytes are, counted from 1.
fn stating(frames: &[TimedFrame], who: Mac, any_of: &[&[u8]]) -> Vec<u64> {
    let says = |frame: &TimedFrame| {
        let bytes = &frame.bytes;
        bytes.get(6..12) == Some(&who.0[..])
            && any_of.iter().any(|own| bytes.windows(own.len()).any(|window| window == *own))
    };
    (1u64..).zip(frames).filter(|(_, frame)| says(frame)).map(|(number, _)| number).collect()
}

/// What was done within the capture.
pub(crate) fn of(works: &Works, frames: &[TimedFrame]) -> Vec<Change> {
    works
        .all()
        .iter()
        .map(|work| change(work, frames))
        .filter(|it| !it.new_frames.is_empty())
        .collect()
}

fn change(work: &Work, frames: &[TimedFrame]) -> Change {
    let plain = |kind: &str, before: Id, now: Id| Change {
        kind: kind.to_owned(),
        asset: now.mac().to_string(),
        before: before.mac().to_string(),
        ip: dotted(now.nic(CELL_1).ip),
        attribute: String::new(),
        from: String::new(),
        to: String::new(),
        off: rfc3339(work.off),
        on: rfc3339(work.on),
        old_frames: Vec::new(),
        new_frames: Vec::new(),
    };
    if work.device == Id::Drive {
        let (old, new) = (enip::DRIVE.serial.to_le_bytes(), enip::NEW_DRIVE.serial.to_le_bytes());
        return Change {
            attribute: "serial".to_owned(),
            from: Id::Drive.device().serial.to_owned(),
            to: Id::NewDrive.device().serial.to_owned(),
            old_frames: stating(frames, Id::Drive.mac(), &[&old]),
            new_frames: stating(frames, Id::NewDrive.mac(), &[&new]),
            ..plain("device", Id::Drive, Id::NewDrive)
        };
    }
    let [old, new] = FIRMWARE;
    let who = work.device;
    Change {
        attribute: "firmware".to_owned(),
        from: who.device().firmware.to_owned(),
        to: "V4.5.0".to_owned(),
        old_frames: stating(frames, who.mac(), &[&old.0, old.1]),
        new_frames: stating(frames, who.mac(), &[&new.0, new.1]),
        ..plain("firmware", who, who)
    }
}
