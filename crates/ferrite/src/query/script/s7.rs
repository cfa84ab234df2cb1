//! Connection, setup and two reads of the system status list. RFC 905, RFC 1006 §6; the lists are
//! those of Siemens' "System Software for S7-300/400, System and Standard Functions", chapter
//! "System Status Lists".

use super::{Question, Script, byte, word};

pub(super) const PORT: u16 = 102;
/// Most parts of an answer that are asked for.
const PARTS_MAX: u8 = 8;
/// Module identification, and component identification.
const LISTS: [u16; 2] = [0x0011, 0x001c];

/// What is asked next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Connect,
    Setup,
    List(usize),
}

/// Where we are.
#[derive(Debug)]
pub(super) struct S7 {
    slot: u8,
    next: Next,
    reference: u8,
    parts: u8,
}

impl S7 {
    pub(super) fn new(slot: u8) -> Self {
        Self { slot, next: Next::Connect, reference: 0, parts: 0 }
    }

    /// S7 in COTP data in TPKT. RFC 1006 §6, RFC 905 §13.7.
    fn data(&mut self, what: String, kind: u8, parameter: &[u8], data: &[u8]) -> Question {
        self.reference = self.reference.wrapping_add(1);
        let size = |part: &[u8]| u8::try_from(part.len()).unwrap_or(0);
        let mut s7 = vec![0x32, kind, 0, 0, 0, self.reference];
        s7.extend([0, size(parameter), 0, size(data)]);
        s7.extend(parameter);
        s7.extend(data);
        let total = u8::try_from(s7.len() + 7).unwrap_or(0);
        let mut bytes = vec![3, 0, 0, total, 2, 0xf0, 0x80];
        bytes.extend(s7);
        Question::new(what, bytes)
    }
}

impl Script for S7 {
    fn next(&mut self, answer: Option<&[u8]>) -> Option<Question> {
        match self.next {
            Next::Connect => {
                self.next = Next::Setup;
                let mut bytes = vec![3, 0, 0, 22, 17, 0xe0, 0, 0, 0, 1, 0, 0xc0, 1, 0x0a];
                bytes.extend([0xc1, 2, 1, 0, 0xc2, 2, 1, self.slot]);
                Some(Question::new("COTP connection request", bytes))
            }
            Next::Setup => {
                // Connection confirm. RFC 905 §13.4.
                if answer.is_some_and(|answer| byte(answer, 5) & 0xf0 != 0xd0) {
                    return None;
                }
                self.next = Next::List(0);
                let parameter = [0xf0, 0, 0, 1, 0, 1, 1, 0xe0];
                Some(self.data("S7 setup communication".to_owned(), 1, &parameter, &[]))
            }
            Next::List(at) => {
                if let Some(answer) = answer {
                    if byte(answer, 5) != 0xf0 || byte(answer, 7) != 0x32 {
                        return None;
                    }
                    // Userdata behind header and parameter: is this the last part?
                    let more = byte(answer, 8) == 7 && byte(answer, 26) != 0;
                    if more && self.parts < PARTS_MAX {
                        self.parts += 1;
                        let sequence = byte(answer, 24);
                        let parameter = [0, 1, 0x12, 8, 0x12, 0x44, 1, sequence, 0, 0, 0, 0];
                        let what = "S7 read SZL, next part".to_owned();
                        return Some(self.data(what, 7, &parameter, &[0x0a, 0, 0, 0]));
                    }
                }
                let list = *LISTS.get(at)?;
                self.next = Next::List(at + 1);
                self.parts = 0;
                let [a, b] = list.to_be_bytes();
                let parameter = [0, 1, 0x12, 4, 0x11, 0x44, 1, 0];
                let data = [0xff, 9, 0, 4, a, b, 0, 0];
                Some(self.data(format!("S7 read SZL 0x{list:04x}"), 7, &parameter, &data))
            }
        }
    }

    fn length(&self, received: &[u8]) -> Option<usize> {
        (received.len() >= 4).then(|| usize::from(word(received, 2)).max(4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_connects_and_reads_both_lists() {
        let mut script = S7::new(2);
        let connect = script.next(None).unwrap();
        assert_eq!(script.length(&connect.bytes), Some(connect.bytes.len()));
        assert_eq!(connect.bytes.last(), Some(&2));
        let confirm = [3, 0, 0, 11, 6, 0xd0, 0, 1, 0, 2, 0];
        let setup = script.next(Some(&confirm)).unwrap();
        assert_eq!(setup.bytes.len(), 25);
        let done = [3, 0, 0, 27, 2, 0xf0, 0x80, 0x32, 3, 0, 0, 0, 1];
        let first = script.next(Some(&done)).unwrap();
        assert_eq!(first.bytes.len(), 33);
        assert_eq!(first.bytes[29..31], [0x00, 0x11]);
        // A part with sequence 9, and more to come.
        let mut part = vec![3, 0, 0, 40, 2, 0xf0, 0x80, 0x32, 7];
        part.resize(40, 0);
        (part[24], part[26]) = (9, 1);
        let rest = script.next(Some(&part)).unwrap();
        assert_eq!((rest.bytes[21], rest.bytes[24]), (0x12, 9));
        part[26] = 0;
        assert_eq!(script.next(Some(&part)).unwrap().bytes[29..31], [0x00, 0x1c]);
        assert_eq!(script.next(Some(&part)), None);
    }

    #[test]
    fn who_refuses_is_left_alone() {
        let mut script = S7::new(2);
        script.next(None).unwrap();
        assert_eq!(script.next(Some(&[3, 0, 0, 11, 6, 0x80, 0, 1, 0, 2, 0])), None);
    }
}
