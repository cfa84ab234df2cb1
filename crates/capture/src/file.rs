//! One capture file: format and compression by content, read block by block.

use crate::block::{Block, Record};
use crate::pcap::{FILE_HEADER, Pcap};
use crate::pcapng::{MAGIC, Pcapng};
use decode::LinkType;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use vocab::{FileId, FrameId, Ts};

/// Bytes read at a time: fits the second-level cache with room for tables.
const BLOCK_BYTES: usize = 256 << 10;
/// Largest block: one record of the largest size.
const BLOCK_BYTES_MAX: usize = 32 << 20;
/// Largest window of zstd-compressed files, as a power of two: 32 MiB of memory.
const ZSTD_WINDOW_LOG_MAX: u32 = 25;

/// A file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The system refuses.
    #[error("cannot open: {0}")]
    Io(#[from] io::Error),
    /// The content is something else.
    #[error(
        "not a capture file (it starts with {start}): expected pcap or pcapng, plain, gzip or zstd"
    )]
    NotACapture {
        /// The first bytes, in hexadecimal.
        start: String,
    },
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
}

/// A file was read only in part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped at byte {offset}: {why}; all before it was read")]
pub struct Stopped {
    /// Offset in the (decompressed) file.
    pub offset: u64,
    /// What is wrong there.
    pub why: String,
}

enum Format {
    Pcap(Pcap),
    Pcapng(Pcapng),
}

/// Reads one capture file.
pub struct FileReader {
    input: Box<dyn Read + Send>,
    format: Format,
    /// Bytes read that belong to no whole record yet.
    rest: Vec<u8>,
    /// Offset in the decompressed file of the first byte of `rest`.
    offset: u64,
    file: FileId,
    next_number: u64,
    /// Reading failed behind the bytes at hand.
    failure: Option<io::Error>,
    ended: bool,
    /// Hands on what there is instead of waiting until a block is full.
    eager: bool,
}

impl std::fmt::Debug for FileReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileReader").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Collects the records found in a stretch of bytes.
pub(crate) struct Scan<'a> {
    records: &'a mut Vec<Record>,
    offset: u64,
    file: FileId,
    next_number: u64,
}

impl Scan<'_> {
    pub(crate) fn push(&mut self, at: Ts, start: usize, len: u32, wire_len: u32, link: LinkType) {
        self.records.push(Record {
            at,
            id: FrameId { file: self.file, number: self.next_number },
            start: vocab::sat_u32(start),
            len,
            wire_len,
            link,
            vlan: 0,
        });
        self.next_number += 1;
    }

    /// The file cannot be read beyond byte `at` of this stretch.
    pub(crate) fn stopped(&self, at: usize, why: String) -> Stopped {
        Stopped { offset: self.offset + at as u64, why }
    }
}

impl FileReader {
    /// Opens a file as input number `file`.
    pub fn open(path: &Path, file: FileId) -> Result<Self, OpenError> {
        Self::new(Box::new(File::open(path)?), file)
    }

    /// Reads from anything that gives bytes.
    pub fn new(input: Box<dyn Read + Send>, file: FileId) -> Result<Self, OpenError> {
        let (mut input, mut head) = peeled(input)?;
        if head.is_empty() {
            return Err(OpenError::Empty);
        }
        let format = if head.starts_with(&MAGIC) {
            Format::Pcapng(Pcapng::default())
        } else {
            read_up_to(&mut input, &mut head, FILE_HEADER)?;
            let header = head.first_chunk().and_then(Pcap::read);
            let Some(header) = header else { return Err(not_a_capture(&head)) };
            head.drain(..FILE_HEADER);
            Format::Pcap(header)
        };
        let offset = match format {
            Format::Pcap(_) => FILE_HEADER as u64,
            Format::Pcapng(_) => 0,
        };
        Ok(Self {
            input,
            format,
            rest: head,
            offset,
            file,
            next_number: 1,
            failure: None,
            ended: false,
            eager: false,
        })
    }

    /// For inputs that grow while they are read, such as pipes: frames are handed on as they come.
    pub fn eager(self) -> Self {
        Self { eager: true, ..self }
    }

    /// Fills `block` with the next frames; leaves it empty at the end. An error says where
    /// reading stopped; the frames before it are in the block, and the next call finds the end.
    pub fn fill(&mut self, block: &mut Block) -> Result<(), Stopped> {
        block.clear();
        while block.records.is_empty() && !self.ended {
            self.read_more(block)?;
        }
        Ok(())
    }

    fn read_more(&mut self, block: &mut Block) -> Result<(), Stopped> {
        let carried = self.rest.len();
        let room = (carried + BLOCK_BYTES).next_multiple_of(4096);
        if block.bytes.len() < room {
            block.bytes.resize(room, 0);
        }
        let (start, free) = block.bytes.split_at_mut(carried);
        start.copy_from_slice(&self.rest);
        if let Some(error) = self.failure.take() {
            self.ended = true;
            let offset = self.offset + carried as u64;
            return Err(Stopped { offset, why: error.to_string() });
        }
        let (got, failure) = read_full(&mut self.input, free, self.eager);
        self.failure = failure;
        block.filled = carried + got;
        let bytes = block.bytes.get(..block.filled).unwrap_or(&[]);
        let mut scan = Scan {
            records: &mut block.records,
            offset: self.offset,
            file: self.file,
            next_number: self.next_number,
        };
        let scanned = match &mut self.format {
            Format::Pcap(pcap) => pcap.scan(bytes, &mut scan),
            Format::Pcapng(pcapng) => pcapng.scan(bytes, &mut scan),
        };
        self.next_number = scan.next_number;
        let used = scanned.inspect_err(|_| self.ended = true)?;
        self.rest.clear();
        self.rest.extend_from_slice(bytes.get(used..).unwrap_or(&[]));
        self.offset += used as u64;
        if got == 0 && self.failure.is_none() {
            self.ended = true;
            if !self.rest.is_empty() {
                let why = format!("the file ends inside a record of which {} bytes are there", {
                    self.rest.len()
                });
                return Err(Stopped { offset: self.offset, why });
            }
        } else if self.rest.len() > BLOCK_BYTES_MAX {
            self.ended = true;
            let why = "a record is larger than 32 MiB".to_owned();
            return Err(Stopped { offset: self.offset, why });
        }
        Ok(())
    }
}

/// Takes compression off, more than once if need be; returns the first bytes beside the input.
fn peeled(mut input: Box<dyn Read + Send>) -> Result<(Box<dyn Read + Send>, Vec<u8>), OpenError> {
    for _ in 0..3 {
        let mut head = Vec::new();
        read_up_to(&mut input, &mut head, 4)?;
        match *head.as_slice() {
            [0x1f, 0x8b, ..] => {
                let whole = io::Cursor::new(head).chain(input);
                input = Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(whole)));
            }
            [0x28, 0xb5, 0x2f, 0xfd] => {
                let whole = io::Cursor::new(head).chain(input);
                let mut decoder = zstd::stream::read::Decoder::new(whole)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
                input = Box::new(decoder);
            }
            _ => return Ok((input, head)),
        }
    }
    Err(OpenError::NotACapture { start: "compression inside compression".to_owned() })
}

fn not_a_capture(head: &[u8]) -> OpenError {
    let start = head.iter().take(8).map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(" ");
    OpenError::NotACapture { start }
}

/// Reads until `head` has `len` bytes or the input ends.
fn read_up_to(input: &mut dyn Read, head: &mut Vec<u8>, len: usize) -> io::Result<()> {
    let want = len.saturating_sub(head.len()) as u64;
    input.take(want).read_to_end(head)?;
    Ok(())
}

/// Fills `to` as far as the input goes, or, eagerly, as far as one read does; says how far, and
/// what failed there.
fn read_full(input: &mut dyn Read, to: &mut [u8], eager: bool) -> (usize, Option<io::Error>) {
    let mut got = 0;
    while let Some(free) = to.get_mut(got..).filter(|free| !free.is_empty()) {
        match input.read(free) {
            Ok(0) => break,
            Ok(n) => {
                got += n;
                if eager {
                    break;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (got, Some(error)),
        }
    }
    (got, None)
}
