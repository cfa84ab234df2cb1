//! The fuzz targets.

use crate::chain::Chain;
use crate::{corpus, script};
use capture::{Block, FileReader};
use decode::{Frame, Headers, LinkType};
use dissect::{Engine, Limits};
use protocols::Protocols;
use std::sync::OnceLock;
use testkit::{Case, Ends, Facts, Session};
use vocab::{FrameId, Ts};

/// Blocks read of one file: a small file may hold very much.
const BLOCKS_MAX: usize = 64;

/// Header decoding: two bytes of link layer, then the frame. What lies behind must lie inside.
pub fn decode(data: &[u8]) {
    let Some((&link, bytes)) = data.split_first_chunk() else { return };
    let link = LinkType(u16::from_le_bytes(link));
    let mut headers = Headers::default();
    for wire_len in [bytes.len(), bytes.len() * 2, 0] {
        decode::decode(link, bytes, vocab::sat_u32(wire_len), &mut headers);
        assert!(headers.payload(bytes).len() <= bytes.len());
    }
    decode::resume(bytes, &mut headers);
}

/// Every dissector: a script of messages, whole.
pub fn dissect(data: &[u8]) {
    let mut engine = Engine::<Protocols>::new(Limits::tiny());
    let mut facts = Facts::<Protocols>::verbose();
    let mut clock = Session::new(Ends::new(0, 0));
    for (link, bytes) in script::case(script::read(data)).frames() {
        engine.handle_frame(&clock.linked(&bytes, link), &mut facts);
    }
    engine.finish(&mut facts);
}

/// A protocol's streams give the same facts whatever segments they come in: two bytes choose the
/// case, the others say how long the segments are. Only good streams: in a broken one, where
/// reading finds on again depends on what was there to look at.
pub fn split(data: &[u8]) {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    let Some((&which, cuts)) = data.split_first_chunk() else { return };
    let all = CASES.get_or_init(|| corpus::cases().into_iter().flat_map(|(_, c)| c).collect());
    let Some(case) = all.get(usize::from(u16::from_le_bytes(which)) % all.len().max(1)) else {
        return;
    };
    let cuts: Vec<usize> = cuts.iter().map(|cut| usize::from(cut % 96) + 1).collect();
    let difference = testkit::split_anywhere::<Protocols>(case, &cuts);
    assert!(difference.is_none(), "{}: {difference:#?}", case.title);
}

/// The whole packet side over frames of any bytes: `link:u16 step:u16 len:u16 bytes`, the step in
/// milliseconds, backwards where it is odd.
pub fn engine(data: &[u8]) {
    let mut chain = Chain::new(Limits::tiny());
    let mut rest = data;
    let mut at = 1_700_000_000_000_000_000_i64;
    let mut number = 0;
    while let Some((&[k0, k1, s0, s1, l0, l1], tail)) = rest.split_first_chunk() {
        let len = usize::from(u16::from_le_bytes([l0, l1])).min(tail.len());
        let (bytes, after) = tail.split_at(len);
        rest = after;
        let step = i64::from(u16::from_le_bytes([s0, s1])) * 1_000_000;
        at += if s0 % 2 == 1 { -step } else { step };
        number += 1;
        chain.frame(&Frame {
            at: Ts(at),
            id: FrameId { file: 0, number },
            link: LinkType(u16::from_le_bytes([k0, k1])),
            bytes,
            wire_len: vocab::sat_u32(bytes.len() + usize::from(k1)),
            vlan: 0,
        });
    }
    chain.finish();
}

/// Capture files: pcap, pcapng, gzip, zstd.
pub fn files(data: &[u8]) {
    let input = std::io::Cursor::new(data.to_vec());
    let Ok(mut reader) = FileReader::new(Box::new(input), 0) else { return };
    let mut block = Block::new();
    for _ in 0..BLOCKS_MAX {
        let stopped = reader.fill(&mut block).is_err();
        for record in block.records() {
            assert_eq!(block.frame(record).bytes.len(), record.len as usize, "inside its block");
        }
        if block.is_empty() && !stopped {
            return;
        }
    }
}
