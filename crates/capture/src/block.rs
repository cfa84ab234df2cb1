//! A stretch of a capture: bytes and where the frames lie in them.

use decode::{Frame, LinkType};
use vocab::{FrameId, Ts};

/// A frame's place in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// When it was captured.
    pub at: Ts,
    /// Its file and number.
    pub id: FrameId,
    /// First byte in the block.
    pub start: u32,
    /// Bytes captured.
    pub len: u32,
    /// Bytes on the wire.
    pub wire_len: u32,
    /// Link layer.
    pub link: LinkType,
    /// VLAN tag that the network card took off; 0 without.
    pub vlan: u16,
}

/// Frames with their bytes. Used again and again.
#[derive(Debug, Default)]
pub struct Block {
    /// The file's bytes, record headers included.
    pub(crate) bytes: Vec<u8>,
    /// How many of `bytes` were read.
    pub(crate) filled: usize,
    pub(crate) records: Vec<Record>,
    /// Frames lost before or among these.
    lost: u64,
}

impl Block {
    /// An empty block.
    pub fn new() -> Self {
        Self::default()
    }

    /// The frames in order.
    pub fn frames(&self) -> impl Iterator<Item = Frame<'_>> {
        self.records.iter().map(|record| self.frame(record))
    }

    /// The frame of a record of this block.
    pub fn frame(&self, record: &Record) -> Frame<'_> {
        let start = record.start as usize;
        let bytes = self.bytes.get(start..start + record.len as usize).unwrap_or(&[]);
        Frame {
            at: record.at,
            id: record.id,
            link: record.link,
            bytes,
            wire_len: record.wire_len,
            vlan: record.vlan,
        }
    }

    /// The records in order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// How many frames it holds.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// It holds no frame.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Forgets frames and bytes; keeps the room.
    pub fn clear(&mut self) {
        self.records.clear();
        self.filled = 0;
        self.lost = 0;
    }

    /// Adds a copy of a frame.
    pub fn push(&mut self, frame: &Frame<'_>) {
        self.add(frame, &[frame.bytes]);
    }

    /// Adds a copy of an Ethernet frame with a VLAN tag behind its addresses; `wire_len` counts
    /// the tag already.
    pub fn push_tagged(&mut self, frame: &Frame<'_>, tag: [u8; 4]) {
        match frame.bytes.split_at_checked(12) {
            Some((addresses, rest)) => self.add(frame, &[addresses, &tag, rest]),
            None => self.push(frame),
        }
    }

    fn add(&mut self, frame: &Frame<'_>, pieces: &[&[u8]]) {
        let start = self.filled;
        for piece in pieces {
            let end = self.filled + piece.len();
            if self.bytes.len() < end {
                self.bytes.resize(end, 0);
            }
            if let Some(place) = self.bytes.get_mut(self.filled..end) {
                place.copy_from_slice(piece);
            }
            self.filled = end;
        }
        self.records.push(Record {
            at: frame.at,
            id: frame.id,
            start: vocab::sat_u32(start),
            len: vocab::sat_u32(self.filled - start),
            wire_len: frame.wire_len,
            link: frame.link,
            vlan: frame.vlan,
        });
    }

    /// Frames that were lost before or among these.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Counts lost frames.
    pub(crate) fn add_lost(&mut self, count: u64) {
        self.lost += count;
    }

    /// Bytes held.
    pub fn byte_len(&self) -> usize {
        self.filled
    }
}
