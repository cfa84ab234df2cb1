//! Capture files as they come: formats, compression, damage, folders, several at a time. All
//! bytes are made here from the formats' descriptions.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use capture::{Block, FileReader, Input, Inputs, OpenError};
use decode::LinkType;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

/// Frame number, nanoseconds since 1970, captured bytes, bytes on the wire, link.
type Seen = (u64, i64, Vec<u8>, u32, u16);

/// Numbers in one of two byte orders.
#[derive(Clone, Copy)]
struct Order {
    little: bool,
}

const BOTH: [Order; 2] = [Order { little: true }, Order { little: false }];

impl Order {
    fn u16(self, n: u16) -> [u8; 2] {
        if self.little { n.to_le_bytes() } else { n.to_be_bytes() }
    }
    fn u32(self, n: u32) -> [u8; 4] {
        if self.little { n.to_le_bytes() } else { n.to_be_bytes() }
    }

    /// A pcap file header. draft-ietf-opsawg-pcap §4.
    fn pcap(self, magic: u32, link: u32) -> Vec<u8> {
        let mut out = self.u32(magic).to_vec();
        out.extend([self.u16(2), self.u16(4)].concat());
        out.extend([0, 0, 65_535, link].map(|n| self.u32(n)).concat());
        out
    }

    /// A record. §5.
    fn record(self, seconds: u32, fraction: u32, bytes: &[u8], wire: u32) -> Vec<u8> {
        let len = u32::try_from(bytes.len()).unwrap();
        let mut out = [seconds, fraction, len, wire].map(|n| self.u32(n)).concat();
        out.extend(bytes);
        out
    }

    /// A pcapng block. draft-ietf-opsawg-pcapng §3.1.
    fn block(self, kind: u32, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let len = self.u32(u32::try_from(body.len() + 12).unwrap());
        [&self.u32(kind)[..], &len, &body, &len].concat()
    }

    /// Section header. §4.1.
    fn section(self) -> Vec<u8> {
        let mut body = self.u32(0x1a2b_3c4d).to_vec();
        body.extend([self.u16(1), self.u16(0)].concat());
        body.extend([0xff; 8]);
        self.block(0x0a0d_0d0a, &body)
    }

    /// Interface description with options. §4.2.
    fn interface(self, link: u16, options: &[(u16, &[u8])]) -> Vec<u8> {
        let mut body = [self.u16(link), self.u16(0)].concat();
        body.extend(self.u32(0));
        for (code, value) in options {
            body.extend(self.u16(*code));
            body.extend(self.u16(u16::try_from(value.len()).unwrap()));
            body.extend(*value);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        body.extend([0; 4]);
        self.block(1, &body)
    }

    /// Enhanced packet. §4.3.
    fn packet(self, interface: u32, units: u64, bytes: &[u8]) -> Vec<u8> {
        let (high, low) = (u32::try_from(units >> 32).unwrap(), vocab::low_u32(units));
        let len = u32::try_from(bytes.len()).unwrap();
        let mut body = [interface, high, low, len, len + 1].map(|n| self.u32(n)).concat();
        body.extend(bytes);
        self.block(6, &body)
    }
}

/// Everything in a capture, and where it stopped early.
fn all(bytes: Vec<u8>) -> (Vec<Seen>, Option<String>) {
    let mut reader = FileReader::new(Box::new(Cursor::new(bytes)), 0).unwrap();
    let (mut seen, mut block, mut stopped) = (Vec::new(), Block::new(), None);
    loop {
        let result = reader.fill(&mut block);
        stopped = result.err().map(|error| error.to_string()).or(stopped);
        if block.is_empty() {
            return (seen, stopped);
        }
        seen.extend(block.frames().map(|frame| {
            (frame.id.number, frame.at.0, frame.bytes.to_vec(), frame.wire_len, frame.link.0)
        }));
    }
}

fn small() -> Vec<u8> {
    let o = BOTH[0];
    let frames: Vec<_> = (1..=20).flat_map(|n| o.record(n, n, &[7; 60], 60)).collect();
    [o.pcap(0xa1b2_c3d4, 1), frames].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn pcap_in_both_orders_and_units() {
    for o in BOTH {
        for (magic, unit) in [(0xa1b2_c3d4, 1_000), (0xa1b2_3c4d, 1)] {
            let mut file = o.pcap(magic, 1);
            file.extend(o.record(5, 17, &[1, 2, 3], 9));
            file.extend(o.record(6, 0, &[], 0));
            let want = [
                (1, 5_000_000_000 + 17 * unit, vec![1, 2, 3], 9, 1),
                (2, 6_000_000_000, vec![], 0, 1),
            ];
            assert_eq!(all(file), (want.to_vec(), None));
        }
    }
}

#[test]
fn pcap_with_longer_record_headers() {
    let o = BOTH[0];
    let mut record = o.record(5, 17, &[], 9);
    record[8] = 3;
    record.extend([0xee; 8]);
    record.extend([1, 2, 3]);
    let (seen, stopped) = all([o.pcap(0xa1b2_cd34, 1), record].concat());
    assert_eq!((seen[0].2.as_slice(), stopped), (&[1, 2, 3][..], None));
}

#[test]
fn link_types_are_kept() {
    let links = [
        LinkType::ETHERNET,
        LinkType::LINUX_SLL,
        LinkType::LINUX_SLL2,
        LinkType::RAW,
        LinkType::IPV4,
        LinkType::IPV6,
        LinkType::NULL,
        LinkType::LOOP,
        LinkType::PPP,
        LinkType::PPP_HDLC,
    ];
    for link in links {
        let o = BOTH[1];
        let file = [o.pcap(0xa1b2_c3d4, link.0.into()), o.record(1, 1, &[0; 4], 4)].concat();
        assert_eq!(all(file).0[0].4, link.0);
    }
}

#[test]
fn pcapng_interfaces_have_their_own_units_and_links() {
    for o in BOTH {
        let offset = if o.little { 100i64.to_le_bytes() } else { 100i64.to_be_bytes() };
        let file = [
            o.section(),
            o.interface(1, &[]),
            o.interface(113, &[(2, b"any"), (9, &[9])]),
            o.interface(276, &[(9, &[0x8a]), (14, &offset)]),
            o.packet(0, 2_000_001, &[1]),
            o.packet(1, 2_000_000_001, &[2, 2]),
            o.packet(2, 1024 + 512, &[3, 3, 3]),
        ];
        let want = [
            (1, 2_000_001_000, vec![1], 2, 1),
            (2, 2_000_000_001, vec![2, 2], 3, 113),
            (3, 101_500_000_000, vec![3, 3, 3], 4, 276),
        ];
        assert_eq!(all(file.concat()), (want.to_vec(), None));
    }
}

#[test]
fn pcapng_blocks_of_other_kinds_are_passed_over() {
    let o = BOTH[0];
    let simple = [&o.u32(3)[..], &[9, 9, 9]].concat();
    let file = [
        o.section(),
        o.interface(1, &[]),
        // Names, statistics, secrets, custom, and one that nobody knows.
        o.block(4, &[0; 8]),
        o.block(5, &[0; 12]),
        o.block(10, &[1; 16]),
        o.block(0xbad, b"from a vendor"),
        o.block(0x7fff_1234, &[5; 5]),
        o.packet(0, 5, &[1]),
        o.block(3, &simple),
        // Another section in the other byte order, whose interfaces start again.
        BOTH[1].section(),
        BOTH[1].interface(101, &[]),
        BOTH[1].packet(0, 6, &[0x45]),
    ];
    let (seen, stopped) = all(file.concat());
    let short: Vec<_> =
        seen.iter().map(|(n, _, bytes, _, link)| (*n, bytes.len(), *link)).collect();
    assert_eq!((short, stopped), (vec![(1, 1, 1), (2, 3, 1), (3, 1, 101)], None));
}

#[test]
fn pcapng_nonsense_says_where() {
    let o = BOTH[0];
    let good = [o.section(), o.interface(1, &[]), o.packet(0, 5, &[1])].concat();
    let at = good.len();
    let cases = [
        (o.packet(7, 5, &[1]), "a packet of undescribed interface 7"),
        ([o.u32(6), o.u32(13)].concat(), "a block claims 13 bytes"),
        ([o.u32(6), o.u32(u32::MAX)].concat(), "a block claims 4294967295 bytes"),
        (o.block(1, &[]), "an interface description is too short"),
    ];
    for (bad, why) in cases {
        let (seen, stopped) = all([good.clone(), bad, vec![0; 12]].concat());
        assert_eq!(seen.len(), 1, "what came before is there");
        assert_eq!(
            stopped.unwrap(),
            format!("stopped at byte {at}: {why}; all before it was read")
        );
    }
}

#[test]
fn a_cut_file_gives_what_came_before() {
    let whole = small();
    for cut in 25..whole.len() {
        let (seen, stopped) = all(whole[..cut].to_vec());
        let (records, rest) = ((cut - 24) / 76, (cut - 24) % 76);
        assert_eq!(seen.len(), records);
        match stopped {
            None => assert_eq!(rest, 0),
            Some(text) => {
                let offset = 24 + records * 76;
                let want = format!("stopped at byte {offset}: the file ends inside a record");
                assert!(text.starts_with(&want) && rest > 0, "{text}");
            }
        }
    }
}

#[test]
fn compressed_files_are_unpacked() {
    let plain = small();
    let want = all(plain.clone());
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    // Several members and frames one after the other are one file. RFC 1952 §2.2.
    let members = [gzip(&plain[..100]), gzip(&plain[100..])].concat();
    let frames = [zstd(&plain[..100]), zstd(&plain[100..])].concat();
    for file in [gzip(&plain), members, zstd(&plain), frames, gzip(&zstd(&plain))] {
        assert_eq!(all(file), want);
    }
}

#[test]
fn cut_compressed_files_give_what_came_before() {
    // Bytes that do not compress: several blocks of the compressed formats.
    let step = |n: &u64| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    let numbers = std::iter::successors(Some(1u64), step);
    let noise: Vec<u8> = numbers.take(600_000).map(|n| vocab::low_u8(n >> 56)).collect();
    let o = BOTH[0];
    let frames: Vec<u8> = noise.chunks(600).flat_map(|f| o.record(1, 1, f, 600)).collect();
    let plain = [o.pcap(0xa1b2_c3d4, 1), frames].concat();
    for packed in [gzip(&plain), zstd::encode_all(plain.as_slice(), 1).unwrap()] {
        let (whole, _) = all(packed.clone());
        let (seen, stopped) = all(packed[..packed.len() * 3 / 4].to_vec());
        assert!(seen.len() < whole.len());
        assert_eq!(seen, whole[..seen.len()]);
        assert!(stopped.is_some());
    }
}

/// A capture that goes on with records of zeros for ever.
struct Endless {
    head: Cursor<Vec<u8>>,
    left: u64,
}

impl Read for Endless {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let got = self.head.read(to)?;
        if got > 0 {
            return Ok(got);
        }
        let len = to.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        to[..len].fill(0);
        self.left -= len as u64;
        Ok(len)
    }
}

/// Peak memory of this process in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn a_bomb_streams_in_bounded_memory() {
    let expanded = 1u64 << 27;
    let head = || Cursor::new(BOTH[0].pcap(0xa1b2_c3d4, 1));
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut Endless { head: head(), left: expanded }, &mut zip).unwrap();
    let zst = zstd::encode_all(Endless { head: head(), left: expanded }, 1).unwrap();
    for bomb in [zip.finish().unwrap(), zst] {
        assert!((bomb.len() as u64) < expanded / 100, "it is a bomb");
        let before = peak_kib();
        let mut reader = FileReader::new(Box::new(Cursor::new(bomb)), 0).unwrap();
        let (mut block, mut frames) = (Block::new(), 0);
        loop {
            reader.fill(&mut block).unwrap();
            if block.is_empty() {
                break;
            }
            frames += block.len() as u64;
        }
        assert_eq!(frames, expanded / 16, "every sixteen zeros are an empty record");
        let grown = peak_kib() - before;
        assert!(grown < 48 << 10, "{grown} KiB for {expanded} bytes");
    }
}

#[test]
fn a_large_zstd_window_is_refused() {
    // RFC 8878 §3.1.1: magic, a frame header with a window descriptor of 2^41 bytes.
    let file = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 31 << 3, 0x01, 0x00, 0x00];
    let error = FileReader::new(Box::new(Cursor::new(file.to_vec())), 0).unwrap_err();
    assert!(matches!(error, OpenError::Io(_)), "{error}");
}

#[test]
fn what_is_no_capture_is_said() {
    let open = |bytes: &[u8]| FileReader::new(Box::new(Cursor::new(bytes.to_vec())), 0);
    assert!(matches!(open(&[]), Err(OpenError::Empty)));
    let text = open(b"hello, world").unwrap_err().to_string();
    assert!(text.contains("68 65 6c 6c 6f") && text.contains("pcapng"), "{text}");
    let nested = (0..5).fold(small(), |bytes, _| gzip(&bytes));
    assert!(open(&nested).unwrap_err().to_string().contains("compression inside compression"));
}

fn times(inputs: &mut Inputs) -> Vec<(u16, i64)> {
    let (mut block, mut seen) = (Block::new(), Vec::new());
    loop {
        inputs.fill(&mut block);
        if block.is_empty() {
            return seen;
        }
        seen.extend(block.records().iter().map(|record| (record.id.file, record.at.0)));
    }
}

#[test]
fn several_files_are_merged_by_time() {
    let folder = tempfile::tempdir().unwrap();
    let o = BOTH[0];
    let file = |name: &str, seconds: &[u32]| -> PathBuf {
        let frames: Vec<u8> = seconds.iter().flat_map(|s| o.record(*s, 0, &[1], 1)).collect();
        let path = folder.path().join(name);
        std::fs::write(&path, [o.pcap(0xa1b2_c3d4, 1), frames].concat()).unwrap();
        path
    };
    let paths = [file("a", &[1, 4, 4, 9]), file("b", &[2, 4, 8]), file("c", &[20, 21])];
    let mut inputs = Inputs::of(Input::list(&paths), 5);
    let seen = times(&mut inputs);
    let want = [(5, 1), (6, 2), (5, 4), (5, 4), (6, 4), (6, 8), (5, 9), (7, 20), (7, 21)];
    assert_eq!(seen, want.map(|(file, s)| (file, s * 1_000_000_000)));
    let reports = inputs.reports();
    assert_eq!(reports.iter().map(|r| r.packets).collect::<Vec<_>>(), [4, 3, 2]);
    assert_eq!((reports[1].first.0, reports[1].last.0), (2_000_000_000, 8_000_000_000));
}

#[test]
fn folders_give_their_captures_only() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("deep/er")).unwrap();
    std::fs::write(at("a.pcap"), small()).unwrap();
    std::fs::write(at("deep/er/b.pcap.gz"), gzip(&small())).unwrap();
    std::fs::write(at("notes.txt"), "not a capture").unwrap();
    std::fs::write(at("empty"), "").unwrap();
    // A folder that contains itself, and something that nobody ever writes to.
    std::os::unix::fs::symlink(folder.path(), at("deep/loop")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
    assert!(made.is_ok_and(|status| status.success()));
    let mut inputs = Inputs::open(&[folder.path().to_owned(), at("missing")]);
    assert_eq!(times(&mut inputs).len(), 40);
    assert_eq!(inputs.skipped(), 2);
    let errors: Vec<_> = inputs.reports().iter().filter_map(|r| r.error.as_deref()).collect();
    assert!(matches!(errors.as_slice(), [one] if one.starts_with("cannot open: ")), "{errors:?}");
}
