//! Frames in a block of the kernel's ring. Linux `include/uapi/linux/if_packet.h`.

use crate::block::Block;
use decode::{Frame, LinkType};
use vocab::{FrameId, Ts};

/// Bytes from the start of a frame's header to its link-layer address. `TPACKET_ALIGN`ed size of
/// `struct tpacket3_hdr`.
const ADDRESS: usize = 48;
/// A TPID where the kernel names none: the customer tag. IEEE 802.1Q §9.5.
const CUSTOMER_TAG: u16 = 0x8100;

/// What goes for all frames of a ring.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub(super) link: LinkType,
    /// Frames that leave come in again as arriving ones: the loopback interface.
    pub(super) echoes: bool,
}

/// Numbers of a shared structure, in this machine's byte order.
#[derive(Clone, Copy)]
struct Fields<'p>(&'p [u8]);

impl Fields<'_> {
    fn u16(self, at: usize) -> Option<u16> {
        Some(u16::from_ne_bytes(*self.0.get(at..)?.first_chunk()?))
    }
    fn u32(self, at: usize) -> Option<u32> {
        Some(u32::from_ne_bytes(*self.0.get(at..)?.first_chunk()?))
    }
}

/// Adds the frames of a block of the ring to `out`; `next` numbers them. VLAN tags that the
/// network card took off are put back, so that a frame is the same here and in a file.
pub(super) fn take(ring: &[u8], origin: Origin, next: &mut FrameId, out: &mut Block) {
    // `struct tpacket_hdr_v1`, behind version and offset of private data.
    let head = Fields(ring);
    let (Some(count), Some(first)) = (head.u32(12), head.u32(16)) else { return };
    let mut at = first as usize;
    for _ in 0..count {
        let Some(header) = ring.get(at..) else { return };
        if frame(header, origin, next, out).is_none() {
            return;
        }
        match Fields(header).u32(0) {
            Some(step @ 1..) => at += step as usize,
            _ => return,
        }
    }
}

/// Adds the frame of a `struct tpacket3_hdr`.
fn frame(header: &[u8], origin: Origin, next: &mut FrameId, out: &mut Block) -> Option<()> {
    let f = Fields(header);
    let (seconds, nanos) = (f.u32(4)?, f.u32(8)?);
    let (captured, wire) = (f.u32(12)?, f.u32(16)?);
    let (status, start) = (f.u32(20)?, usize::from(f.u16(24)?));
    let bytes = header.get(start..start + captured as usize)?;
    let leaving = *header.get(ADDRESS + 10)? == libc::PACKET_OUTGOING;
    if leaving && origin.echoes {
        return Some(());
    }
    let mut frame = Frame {
        at: Ts::new(i64::from(seconds), nanos),
        id: *next,
        link: origin.link,
        bytes,
        wire_len: wire.max(captured),
        vlan: 0,
    };
    next.number += 1;
    let tagged = status & libc::TP_STATUS_VLAN_VALID != 0 && origin.link == LinkType::ETHERNET;
    if !tagged {
        out.push(&frame);
        return Some(());
    }
    let named = status & libc::TP_STATUS_VLAN_TPID_VALID != 0;
    let kind = if named { f.u16(36)? } else { CUSTOMER_TAG };
    let tag = u32::from(kind) << 16 | f.u32(32)? & 0xffff;
    frame.wire_len += 4;
    out.push_tagged(&frame, tag.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETHERNET: Origin = Origin { link: LinkType::ETHERNET, echoes: false };

    /// A frame as the kernel writes it; `step` leads to the next.
    fn kernel_frame(
        step: u32,
        status: u32,
        tci: u32,
        kind: u16,
        packet: u8,
        data: &[u8],
    ) -> Vec<u8> {
        let len = u32::try_from(data.len()).unwrap();
        let mut out = Vec::new();
        for number in [step, 1_700_000_000, 5, len, len + 10, status] {
            out.extend(number.to_ne_bytes());
        }
        out.extend(82u16.to_ne_bytes());
        out.extend(96u16.to_ne_bytes());
        out.extend([0; 4]);
        out.extend(tci.to_ne_bytes());
        out.extend(kind.to_ne_bytes());
        out.resize(ADDRESS + 10, 0);
        out.push(packet);
        out.resize(82, 0);
        out.extend(data);
        out
    }

    fn kernel_block(count: u32, frames: &[Vec<u8>]) -> Vec<u8> {
        let mut out = vec![0; 48];
        out[12..16].copy_from_slice(&count.to_ne_bytes());
        out[16..20].copy_from_slice(&48u32.to_ne_bytes());
        out.extend(frames.concat());
        out
    }

    fn taken(ring: &[u8], origin: Origin) -> Vec<(u64, u32, Vec<u8>)> {
        let mut block = Block::new();
        let mut next = FrameId { file: 3, number: 7 };
        take(ring, origin, &mut next, &mut block);
        block.frames().map(|f| (f.id.number, f.wire_len, f.bytes.to_vec())).collect()
    }

    #[test]
    fn frames_come_in_order_with_numbers() {
        let frames =
            [kernel_frame(112, 0, 0, 0, 0, &[1; 30]), kernel_frame(0, 0, 0, 0, 4, &[2; 20])];
        let ring = kernel_block(2, &frames);
        assert_eq!(taken(&ring, ETHERNET), [(7, 40, vec![1; 30]), (8, 30, vec![2; 20])]);
        let echoes = Origin { echoes: true, ..ETHERNET };
        assert_eq!(taken(&ring, echoes), [(7, 40, vec![1; 30])], "what leaves comes in again");
    }

    #[test]
    fn a_tag_that_was_taken_off_is_put_back() {
        let status = libc::TP_STATUS_VLAN_VALID;
        let data: Vec<u8> = (0..20).collect();
        let ring = kernel_block(1, &[kernel_frame(0, status, 0x6007, 0, 0, &data)]);
        let mut want = data.clone();
        want.splice(12..12, [0x81, 0x00, 0x60, 0x07]);
        assert_eq!(taken(&ring, ETHERNET), [(7, 34, want)]);
        let status = status | libc::TP_STATUS_VLAN_TPID_VALID;
        let ring = kernel_block(1, &[kernel_frame(0, status, 5, 0x88a8, 0, &data)]);
        assert_eq!(taken(&ring, ETHERNET)[0].2[12..16], [0x88, 0xa8, 0x00, 0x05]);
    }

    #[test]
    fn nonsense_ends_the_block() {
        assert_eq!(taken(&[], ETHERNET), []);
        assert_eq!(taken(&kernel_block(9, &[]), ETHERNET), []);
        let ring = kernel_block(u32::MAX, &[kernel_frame(u32::MAX, 0, 0, 0, 0, &[1; 30])]);
        assert_eq!(taken(&ring, ETHERNET).len(), 1);
    }
}
