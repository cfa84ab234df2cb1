//! GET of the system group and of the first physical entity. RFC 3416 §4.2.1, RFC 3418 §2,
//! RFC 6933 §3.

use super::{Question, Script};

pub(super) const PORT: u16 = 161;
/// `sysDescr`, `sysObjectID`, `sysContact`, `sysName`, `sysLocation` under 1.3.6.1.2.1.1.
const SYSTEM: [&[u8]; 5] = [
    &[0x2b, 6, 1, 2, 1, 1, 1, 0],
    &[0x2b, 6, 1, 2, 1, 1, 2, 0],
    &[0x2b, 6, 1, 2, 1, 1, 4, 0],
    &[0x2b, 6, 1, 2, 1, 1, 5, 0],
    &[0x2b, 6, 1, 2, 1, 1, 6, 0],
];
/// `entPhysicalHardwareRev`, `FirmwareRev`, `SoftwareRev`, `SerialNum`, `MfgName`, `ModelName` of
/// entity 1 under 1.3.6.1.2.1.47.1.1.1.1.
const ENTITY: [u8; 6] = [8, 9, 10, 11, 12, 13];

/// Where we are.
#[derive(Debug)]
pub(super) struct Snmp {
    community: Vec<u8>,
    asked: u8,
}

impl Snmp {
    pub(super) fn new(community: &str) -> Self {
        Self { community: community.as_bytes().to_vec(), asked: 0 }
    }

    /// A GET of these objects. RFC 3416 §3.
    fn get(&self, objects: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
        let bindings = objects.flat_map(|oid| tlv(0x30, &[tlv(6, &oid), tlv(5, &[])].concat()));
        let bindings: Vec<u8> = bindings.collect();
        let number = |n: u8| tlv(2, &[n]);
        let pdu = [number(self.asked), number(0), number(0), tlv(0x30, &bindings)].concat();
        // Version 2c is number 1. RFC 1901 §3.
        tlv(0x30, &[number(1), tlv(4, &self.community), tlv(0xa0, &pdu)].concat())
    }
}

/// Definite form. ITU-T X.690 §8.1.3.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    if let Ok(short @ ..0x80) = u8::try_from(content.len()) {
        out.push(short);
    } else {
        out.push(0x82);
        out.extend(vocab::sat_u16(content.len()).to_be_bytes());
    }
    out.extend(content);
    out
}

impl Script for Snmp {
    fn next(&mut self, _answer: Option<&[u8]>) -> Option<Question> {
        self.asked += 1;
        match self.asked {
            1 => {
                let bytes = self.get(SYSTEM.iter().map(|oid| oid.to_vec()));
                Some(Question::new("SNMP GET of the system group", bytes))
            }
            2 => {
                let oid = |column| vec![0x2b, 6, 1, 2, 1, 47, 1, 1, 1, 1, column, 1];
                let bytes = self.get(ENTITY.into_iter().map(oid));
                Some(Question::new("SNMP GET of the first physical entity", bytes))
            }
            _ => None,
        }
    }

    fn is_answer(&self, datagram: &[u8]) -> bool {
        // A response with the number of the request.
        let number = [2, 1, self.asked];
        datagram.windows(3).any(|window| window == number) && datagram.contains(&0xa2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_the_system_group() {
        let mut script = Snmp::new("public");
        let get = script.next(None).unwrap();
        assert_eq!(get.bytes[..13], *b"\x30\x5e\x02\x01\x01\x04\x06public");
        assert_eq!(get.bytes.len(), 0x5e + 2);
        assert_eq!(get.bytes[13..18], [0xa0, 0x51, 2, 1, 1]);
        let entity = script.next(Some(&[])).unwrap();
        assert_eq!(entity.bytes[1], 0x82, "too long for one byte");
        assert_eq!(script.next(None), None);
    }
}
