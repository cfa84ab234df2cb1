//! First inputs of the fuzz targets, made of the protocols' own cases.

use crate::{import, script};
use std::path::Path;
use testkit::Case;

/// Cases of all protocols, in the order of their folders' names; beside each its folder's name.
pub fn cases() -> Vec<(String, Vec<Case>)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocols/src");
    let mut folders: Vec<_> = std::fs::read_dir(src)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    folders.sort();
    folders
        .iter()
        .filter_map(|folder| {
            let text = std::fs::read_to_string(folder.join("cases.md")).ok()?;
            Some((folder.file_name()?.to_str()?.to_owned(), testkit::read(&text)))
        })
        .collect()
}

/// A protocol's cases as one script.
fn scripted(cases: &[Case]) -> Vec<u8> {
    script::write(cases.iter().flat_map(Case::messages))
}

/// Its frames as the engine's target reads them.
fn framed(cases: &[Case]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (link, frame) in cases.iter().flat_map(Case::frames) {
        let len = u16::try_from(frame.len()).unwrap_or(u16::MAX);
        bytes.extend([link.0, 2, len].map(u16::to_le_bytes).concat());
        bytes.extend(frame.iter().take(usize::from(len)));
    }
    bytes
}

/// A pcap file of the cases' frames. draft-ietf-opsawg-pcap §4.
pub fn pcap(cases: &[Case]) -> Vec<u8> {
    let mut out = 0xa1b2_c3d4_u32.to_le_bytes().to_vec();
    out.extend([2, 0, 4, 0]);
    out.extend([0u32, 0, 65_535, 1].map(u32::to_le_bytes).concat());
    for (number, (_, frame)) in (0u32..).zip(cases.iter().flat_map(Case::frames)) {
        let len = vocab::sat_u32(frame.len());
        out.extend([1_700_000_000, number, len, len].map(u32::to_le_bytes).concat());
        out.extend(frame);
    }
    out
}

/// A pcapng file of the cases' frames. draft-ietf-opsawg-pcapng §4.
pub fn pcapng(cases: &[Case]) -> Vec<u8> {
    let block = |kind: u32, body: &[u8]| {
        let padded = body.len().next_multiple_of(4);
        let len = vocab::sat_u32(padded + 12).to_le_bytes();
        let mut block = [kind.to_le_bytes(), len].concat();
        block.extend(body);
        block.resize(8 + padded, 0);
        block.extend(len);
        block
    };
    let magic = 0x1a2b_3c4d_u32.to_le_bytes();
    let section = [&magic[..], &[1, 0, 0, 0], &[0xff; 8]].concat();
    let mut out = block(0x0a0d_0d0a, &section);
    // Ethernet; if_tsresol: nanoseconds.
    out.extend(block(1, &[1, 0, 0, 0, 0, 0, 4, 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]));
    for (number, (_, frame)) in (0u32..).zip(cases.iter().flat_map(Case::frames)) {
        let len = vocab::sat_u32(frame.len());
        let mut body = [0, 395_812_000, number, len, len].map(u32::to_le_bytes).concat();
        body.extend(frame);
        out.extend(block(6, &body));
    }
    out
}

/// The first inputs of a target: name and bytes, one for each protocol.
pub fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    if target == "knowledge" {
        return import::seeds();
    }
    let all = cases();
    if target == "split" {
        let count: u16 = all.iter().map(|(_, cases)| vocab::sat_u16(cases.len())).sum();
        let seed = |case: u16| [&case.to_le_bytes()[..], &[0, 1, 5, 6, 11, 40, 95]].concat();
        return (0..count).map(|case| (format!("case-{case}"), seed(case))).collect();
    }
    let make = |name: &String, cases: &Vec<Case>| -> Vec<(String, Vec<u8>)> {
        match target {
            "decode" => {
                let frame = |(at, (link, mut frame)): (usize, (decode::LinkType, Vec<u8>))| {
                    frame.splice(0..0, link.0.to_le_bytes());
                    (format!("{name}-{at}"), frame)
                };
                let frames = cases.iter().flat_map(Case::frames);
                frames.enumerate().map(frame).step_by(8).collect()
            }
            "dissect" => vec![(name.clone(), scripted(cases))],
            "engine" => vec![(name.clone(), framed(cases))],
            _ => vec![
                (format!("{name}.pcap"), pcap(cases)),
                (format!("{name}.pcapng"), pcapng(cases)),
            ],
        }
    };
    all.iter().flat_map(|(name, cases)| make(name, cases)).collect()
}
