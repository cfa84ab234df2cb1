//! The file format every tool reads: classic pcap with microseconds.

use crate::{Options, Truth, generate};
use std::io::{self, Write};
use vocab::Ts;

/// Most bytes of a frame that is kept.
const SNAP: u32 = 262_144;

/// Makes a capture and writes it as a pcap file; returns what is in it.
pub fn write_pcap(options: &Options, out: &mut dyn Write) -> io::Result<Truth> {
    let capture = generate(options);
    // Magic, version 2.4 in two numbers of 16 bits, no time zone, no accuracy, Ethernet.
    let head = [0xa1b2_c3d4, 4 << 16 | 2, 0, 0, SNAP, 1].map(u32::to_le_bytes);
    out.write_all(&head.concat())?;
    for frame in &capture.frames {
        let Ts(at) = frame.at;
        let seconds = u32::try_from(at.div_euclid(1_000_000_000))
            .map_err(|_| io::Error::other("the time is outside what pcap files can say"))?;
        let micros = vocab::low_u32((at.rem_euclid(1_000_000_000) / 1_000).cast_unsigned());
        let len = vocab::sat_u32(frame.bytes.len());
        out.write_all(&[seconds, micros, len, len].map(u32::to_le_bytes).concat())?;
        out.write_all(&frame.bytes)?;
    }
    out.flush()?;
    Ok(capture.truth)
}
