//! Who-Is, and ReadProperty of the device object. ANSI/ASHRAE 135-2020 §16.10, §15.5, Annex J.

use super::{Question, Script, byte};

pub(super) const PORT: u16 = 47_808;
/// Any device that is asked takes this instance for its own. §12.11.
const ANY: u32 = 4_194_303;
/// Property identifiers of the device object. §21, BACnetPropertyIdentifier.
const PROPERTIES: [(&str, u16); 9] = [
    ("vendor-name", 121),
    ("vendor-identifier", 120),
    ("model-name", 70),
    ("firmware-revision", 44),
    ("application-software-version", 12),
    ("object-name", 77),
    ("description", 28),
    ("location", 58),
    ("serial-number", 372),
];

/// Where we are.
#[derive(Debug, Default)]
pub(super) struct Bacnet {
    asked: usize,
    instance: Option<u32>,
}

/// BVLC original unicast, network layer without routing, and what it carries. §J.2.11, §6.2.
fn message(expects_answer: bool, apdu: &[u8]) -> Vec<u8> {
    let length = u8::try_from(apdu.len() + 6).unwrap_or(0);
    let mut bytes = vec![0x81, 0x0a, 0, length, 1, u8::from(expects_answer) << 2];
    bytes.extend(apdu);
    bytes
}

impl Script for Bacnet {
    fn next(&mut self, answer: Option<&[u8]>) -> Option<Question> {
        self.asked += 1;
        let Some(at) = self.asked.checked_sub(2) else {
            let mut who = Question::new("BACnet Who-Is", message(false, &[0x10, 0x08]));
            // Some answer with a broadcast, which may not come here.
            who.optional = true;
            return Some(who);
        };
        if at == 0 {
            self.instance = answer.and_then(instance);
        }
        let (name, property) = *PROPERTIES.get(at)?;
        let invoke = u8::try_from(self.asked).unwrap_or(0);
        let mut apdu = vec![0, 5, invoke, 12, 0x0c];
        // Object type 8 is the device. §20.2.14.
        apdu.extend((8 << 22 | self.instance.unwrap_or(ANY)).to_be_bytes());
        if let Ok(small) = u8::try_from(property) {
            apdu.extend([0x19, small]);
        } else {
            apdu.push(0x1a);
            apdu.extend(property.to_be_bytes());
        }
        Some(Question::new(format!("BACnet ReadProperty {name}"), message(true, &apdu)))
    }

    fn is_answer(&self, datagram: &[u8]) -> bool {
        let Some(apdu) = apdu(datagram) else { return false };
        if self.asked <= 1 {
            return instance(datagram).is_some();
        }
        // Simple and complex acknowledgement, error, reject, abort. §20.1.
        matches!(byte(apdu, 0) >> 4, 2 | 3 | 5 | 6 | 7) && usize::from(byte(apdu, 1)) == self.asked
    }
}

/// What the network layer carries, where nothing is routed.
fn apdu(datagram: &[u8]) -> Option<&[u8]> {
    let npdu = match (byte(datagram, 0), byte(datagram, 1)) {
        (0x81, 0x0a | 0x0b) => datagram.get(4..)?,
        // Forwarded, with the sender's address. §J.2.5.
        (0x81, 0x04) => datagram.get(10..)?,
        _ => return None,
    };
    let mut at = 2;
    // Destination and source, each with the length of its address. §6.2.2.
    for bit in [0x20, 0x08] {
        if byte(npdu, 1) & bit != 0 {
            at += 3 + usize::from(byte(npdu, at + 2));
        }
    }
    // A hop count follows a destination.
    at += usize::from(byte(npdu, 1) & 0x20 != 0);
    npdu.get(at..)
}

/// The instance of an I-Am. §16.10.
fn instance(datagram: &[u8]) -> Option<u32> {
    let apdu = apdu(datagram)?;
    let id = apdu.get(3..)?.first_chunk()?;
    (apdu.starts_with(&[0x10, 0x00, 0xc4])).then(|| u32::from_be_bytes(*id) & 0x3f_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    const I_AM: &[u8] = &[
        0x81, 0x0b, 0, 24, 1, 0x20, 0xff, 0xff, 0, 0xff, 0x10, 0, 0xc4, 0x02, 0, 0, 7, 0x22, 5,
        0xc4, 0x91, 3, 0x21, 15,
    ];

    #[test]
    fn it_asks_the_device_by_its_instance() {
        let mut script = Bacnet::default();
        let who = script.next(None).unwrap();
        assert!(who.optional);
        assert_eq!(who.bytes, [0x81, 0x0a, 0, 8, 1, 0, 0x10, 0x08]);
        assert!(script.is_answer(I_AM));
        let read = script.next(Some(I_AM)).unwrap();
        let want = [0x81, 0x0a, 0, 17, 1, 4, 0, 5, 2, 12, 0x0c, 0x02, 0, 0, 7, 0x19, 121];
        assert_eq!(read.bytes, want);
        assert!(!script.is_answer(I_AM), "it says so again and again");
        assert!(script.is_answer(&[0x81, 0x0a, 0, 9, 1, 0, 0x50, 2, 12]));
        assert!(!script.is_answer(&[0x81, 0x0a, 0, 9, 1, 0, 0x50, 3, 12]));
    }

    #[test]
    fn without_an_announcement_the_wildcard_serves() {
        let mut script = Bacnet::default();
        script.next(None).unwrap();
        assert_eq!(script.next(None).unwrap().bytes[11..15], [0x02, 0x3f, 0xff, 0xff]);
        let all: Vec<Question> = std::iter::from_fn(|| script.next(None)).collect();
        assert_eq!(all.len(), PROPERTIES.len() - 1);
        assert_eq!(all.last().unwrap().bytes[15..], [0x1a, 0x01, 0x74]);
    }
}
