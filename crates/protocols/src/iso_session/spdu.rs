//! Session protocol data units. ISO 8327-1 (ITU-T X.225) §8.

use decode::Cursor;

/// DATA TRANSFER, behind GIVE TOKENS, which has the same number. X.225 §8.3.11, §8.3.14.
pub(super) const DATA: u8 = 1;
/// NOT FINISHED. X.225 §8.3.9.
pub(super) const NOT_FINISHED: u8 = 8;
/// FINISH. X.225 §8.3.7.
pub(super) const FINISH: u8 = 9;
/// DISCONNECT. X.225 §8.3.8.
pub(super) const DISCONNECT: u8 = 10;
/// REFUSE. X.225 §8.3.6.
pub(super) const REFUSE: u8 = 12;
/// CONNECT. X.225 §8.3.1.
pub(super) const CONNECT: u8 = 13;
/// ACCEPT. X.225 §8.3.4.
pub(super) const ACCEPT: u8 = 14;
/// ABORT. X.225 §8.3.9.
pub(super) const ABORT: u8 = 25;
/// ABORT ACCEPT. X.225 §8.3.10.
pub(super) const ABORT_ACCEPT: u8 = 26;

/// Parameter that holds user data. X.225 §8.3.1.19.
const USER_DATA: u8 = 193;
/// Parameter that holds more than 512 bytes of user data. X.225 §8.3.1.20.
const EXTENDED_USER_DATA: u8 = 194;
/// Parameter with the reason of a refusal. X.225 §8.3.6.6.
const REASON: u8 = 50;

/// A unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'p> {
    /// Which. X.225 §8.2.2.
    pub(super) code: u8,
    /// What it carries for presentation.
    pub(super) user: &'p [u8],
    /// Why a connect was refused.
    pub(super) reason: Option<u8>,
}

impl<'p> Unit<'p> {
    /// The unit at the start of `bytes`; `None` when its header is not all there.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let mut code = at.u8()?;
        let size = length(&mut at)?;
        if code == DATA && size == 0 && at.peek() == Some(DATA) {
            // GIVE TOKENS without a parameter, then DATA TRANSFER with its own.
            code = at.u8()?;
            let parameters = length(&mut at)?;
            at.take_up_to(parameters);
            return Some(Self { code, user: at.rest(), reason: None });
        }
        let parameters = at.take_up_to(size);
        let mut unit = Self { code, user: &[], reason: None };
        unit.parameters(parameters);
        Some(unit)
    }

    /// Reads parameters, alone and in groups. X.225 §8.2.5.
    fn parameters(&mut self, bytes: &'p [u8]) {
        let mut at = Cursor::new(bytes);
        while let Some(code) = at.u8() {
            let Some(size) = length(&mut at) else { return };
            let value = at.take_up_to(size);
            match (code, value) {
                (USER_DATA | EXTENDED_USER_DATA, _) => self.user = value,
                (REASON, [reason, rest @ ..]) => {
                    self.reason = Some(*reason);
                    // User data of a refusal stands behind the reason "by the called user".
                    if *reason == 2 {
                        self.user = rest;
                    }
                }
                _ => {}
            }
        }
    }
}

/// A length indicator: one byte, or three when the first is 255. X.225 §8.2.5.
fn length(at: &mut Cursor<'_>) -> Option<usize> {
    match at.u8()? {
        255 => at.be16().map(usize::from),
        short => Some(usize::from(short)),
    }
}

/// Are these bytes a unit of a session? A transport data unit with data begins with two empty
/// headers and holds an encoded presentation value; all others have parameters that fill them
/// exactly.
pub(super) fn is_session(head: &[u8]) -> bool {
    match *head {
        [DATA, 0, DATA, 0, kind, _, ..] => matches!(kind, 0x61 | 0x30 | 0xa0),
        [CONNECT | ACCEPT | REFUSE | FINISH | DISCONNECT | ABORT | NOT_FINISHED, _, ..] => {
            fills(head)
        }
        [ABORT_ACCEPT, 0] => true,
        _ => false,
    }
}

/// The parameters fill the unit, and there is one at least.
fn fills(head: &[u8]) -> bool {
    let mut at = Cursor::new(head);
    at.take_up_to(1);
    let Some(size) = length(&mut at) else { return false };
    if size < 3 || size != at.len() {
        return false;
    }
    while let Some(code) = at.u8() {
        let known = matches!(code, 1 | 5 | 9..=11 | 17 | 20..=26 | 49..=52 | 55 | 60 | 193 | 194);
        let Some(size) = length(&mut at) else { return false };
        if !known || at.take(size).is_none() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_parameters_and_refusals() {
        let mut bytes = [0u8; 308];
        bytes[..8].copy_from_slice(&[13, 255, 1, 48, 193, 255, 1, 44]);
        let unit = Unit::read(&bytes).unwrap();
        assert_eq!((unit.code, unit.user.len()), (13, 300));
        assert!(is_session(&bytes));
        assert!(!is_session(&[13, 255, 1, 48, 193, 255, 1, 44]), "not all there");
        let refuse = Unit::read(&[12, 4, 50, 2, 2, 0x61]).unwrap();
        assert_eq!((refuse.reason, refuse.user), (Some(2), &[0x61][..]));
    }
}
