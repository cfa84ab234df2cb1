//! The floor under every reader of captures: walk the records, look at each frame's first bytes.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Walks a pcap file through a small buffer and sums up what it saw, so that nothing is left out.
pub(crate) fn run(path: &Path) -> Result<()> {
    let mut file = File::open(path).with_context(|| path.display().to_string())?;
    let mut buffer = vec![0u8; 256 << 10];
    let (mut filled, mut skip) = (0usize, 24usize);
    let (mut packets, mut bytes, mut sum) = (0u64, 0u64, 0u64);
    loop {
        let got = file.read(&mut buffer[filled..])?;
        filled += got;
        let mut rest = &buffer[..filled];
        rest = rest.get(skip..).unwrap_or(&[]);
        skip = 0;
        while let Some((head, tail)) = rest.split_first_chunk::<16>() {
            let len = u32::from_le_bytes([head[8], head[9], head[10], head[11]]) as usize;
            let Some(frame) = tail.get(..len) else { break };
            let kind = frame.get(12..14).unwrap_or(&[0; 2]);
            sum = sum.wrapping_add(u64::from(kind[0]) << 8 | u64::from(kind[1]));
            packets += 1;
            bytes += len as u64;
            rest = &tail[len..];
        }
        let left = rest.len();
        if got == 0 || left == buffer.len() {
            break;
        }
        buffer.copy_within(filled - left..filled, 0);
        filled = left;
    }
    crate::say(&format!("{packets} packets, {bytes} bytes, types add up to {sum}\n"));
    Ok(())
}
