//! Read device identification, function 43/14. MODBUS Application Protocol V1.1b3 §6.21.

use super::{Question, Script, byte, word};

pub(super) const PORT: u16 = 502;
/// Messages in all: a device may split what it says.
const MESSAGES_MAX: u16 = 16;
/// Levels of conformity: basic and regular. §6.21, "Read Device ID code".
const LEVELS: [&str; 2] = ["basic", "regular"];

/// Where we are.
#[derive(Debug)]
pub(super) struct Modbus {
    unit: u8,
    transaction: u16,
    level: u8,
    object: u8,
}

impl Modbus {
    pub(super) fn new(unit: u8) -> Self {
        Self { unit, transaction: 0, level: 1, object: 0 }
    }

    fn ask(&mut self) -> Option<Question> {
        let name = LEVELS.get(usize::from(self.level.wrapping_sub(1)))?;
        if self.transaction >= MESSAGES_MAX {
            return None;
        }
        self.transaction += 1;
        let [a, b] = self.transaction.to_be_bytes();
        let (level, object) = (self.level, self.object);
        let bytes = vec![a, b, 0, 0, 0, 5, self.unit, 0x2b, 0x0e, level, object];
        let what = format!("Modbus 43/14 read device identification, {name}, from object {object}");
        Some(Question::new(what, bytes))
    }
}

impl Script for Modbus {
    fn next(&mut self, answer: Option<&[u8]>) -> Option<Question> {
        if self.transaction == 0 {
            return self.ask();
        }
        if let Some(answer) = answer {
            if byte(answer, 7) != 0x2b || byte(answer, 8) != 0x0e {
                // An exception: it does not tell.
                return None;
            }
            // "More follows" with the next object, which must lead on.
            if byte(answer, 11) == 0xff && byte(answer, 12) > self.object {
                self.object = byte(answer, 12);
                return self.ask();
            }
            if byte(answer, 10) & 0x7f <= self.level {
                return None;
            }
        }
        self.level += 1;
        self.object = if self.level == 2 { 3 } else { 0 };
        self.ask()
    }

    fn length(&self, received: &[u8]) -> Option<usize> {
        (received.len() >= 6).then(|| usize::from(word(received, 4)) + 6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_what_the_device_has() {
        let mut script = Modbus::new(1);
        let first = script.next(None).unwrap();
        assert_eq!(first.bytes, [0, 1, 0, 0, 0, 5, 1, 0x2b, 0x0e, 1, 0]);
        let answer = |conformity: u8, more: u8, next: u8| {
            [&[0, 1, 0, 0, 0, 9, 1, 0x2b, 0x0e, 1, conformity, more, next][..], &[1, 0, 1, b'A']]
                .concat()
        };
        let more = script.next(Some(&answer(0x82, 0xff, 2))).unwrap();
        assert_eq!(more.bytes[9..], [1, 2]);
        let regular = script.next(Some(&answer(0x82, 0, 0))).unwrap();
        assert_eq!(regular.bytes[9..], [2, 3]);
        assert_eq!(script.next(Some(&answer(0x82, 0, 0))), None);
    }

    #[test]
    fn an_exception_or_a_loop_ends_it() {
        let mut script = Modbus::new(1);
        script.next(None).unwrap();
        assert_eq!(script.next(Some(&[0, 1, 0, 0, 0, 3, 1, 0xab, 1])), None);
        let mut script = Modbus::new(1);
        script.next(None).unwrap();
        let same = [0, 1, 0, 0, 0, 7, 1, 0x2b, 0x0e, 1, 1, 0xff, 0, 0];
        assert_eq!(script.next(Some(&same)), None, "more of the same is not asked for");
    }
}
