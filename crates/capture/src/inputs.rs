//! Several capture files as one stream in time order.

use crate::block::{Block, Record};
use crate::file::{FileReader, OpenError, Stopped};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Read;
use std::path::{Path, PathBuf};
use vocab::{FileId, Ts};

/// Bytes of merged frames handed out at a time.
const MERGED_BYTES: usize = 256 << 10;
/// Most files of one run.
const FILES_MAX: usize = u16::MAX as usize;

/// What became of one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// As given, or found in a folder.
    pub path: PathBuf,
    /// Frames read.
    pub packets: u64,
    /// Their bytes on the wire.
    pub bytes: u64,
    /// First frame's time; [`Ts::MAX`] without frames.
    pub first: Ts,
    /// Last frame's time; [`Ts::MIN`] without frames.
    pub last: Ts,
    /// Why it was not read, or not to its end.
    pub error: Option<String>,
}

impl FileReport {
    /// Of an input of which nothing was read yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path, packets: 0, bytes: 0, first: Ts::MAX, last: Ts::MIN, error: None }
    }

    /// Counts a frame.
    pub(crate) fn count(&mut self, at: Ts, wire_len: u32) {
        self.packets += 1;
        self.bytes += u64::from(wire_len);
        self.first = self.first.min(at);
        self.last = self.last.max(at);
    }
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path; `-` for standard input.
    pub path: PathBuf,
    /// Found in a folder, where files that are no captures are passed over.
    pub found: bool,
}

impl Input {
    /// Files, and all files in folders, at any depth.
    pub fn list(paths: &[PathBuf]) -> Vec<Self> {
        let of = |path: &PathBuf| {
            if path.is_dir() {
                found_in(path).into_iter().map(|path| Self { path, found: true }).collect()
            } else {
                vec![Self { path: path.clone(), found: false }]
            }
        };
        paths.iter().flat_map(of).collect()
    }

    /// It is standard input.
    pub fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }
}

/// A file that is open, with the block at hand.
struct Open {
    reader: FileReader,
    block: Block,
    next: usize,
}

impl Open {
    fn head(&self) -> Option<&Record> {
        self.block.records.get(self.next)
    }
}

/// Capture files in the order of their frames' times.
pub struct Inputs {
    reports: Vec<FileReport>,
    /// Files not opened yet, latest start first.
    later: Vec<(Ts, FileId)>,
    open: Vec<Option<Open>>,
    /// The next frame of each open file.
    heads: BinaryHeap<Reverse<(Ts, FileId)>>,
    /// The only file, read without merging.
    single: Option<FileReader>,
    skipped: usize,
    /// Number of the first file outside this run.
    base: FileId,
}

impl std::fmt::Debug for Inputs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inputs").field("files", &self.reports.len()).finish_non_exhaustive()
    }
}

impl Inputs {
    /// Opens files, folders (all captures in them, at any depth) and `-` for standard input.
    /// What cannot be read is in the reports; the rest goes on.
    pub fn open(paths: &[PathBuf]) -> Self {
        Self::of(Input::list(paths), 0)
    }

    /// Opens files; the first is input number `base`.
    pub fn of(files: Vec<Input>, base: FileId) -> Self {
        let mut this = Self {
            reports: Vec::new(),
            later: Vec::new(),
            open: Vec::new(),
            heads: BinaryHeap::new(),
            single: None,
            skipped: 0,
            base,
        };
        let alone = files.len() == 1;
        for file in files {
            this.admit(file, alone);
        }
        // Popped from the end: the earliest first, in the given order where times are equal.
        this.later.sort_by(|a, b| b.cmp(a));
        this
    }

    /// One capture from anything that gives bytes, under a name.
    ///
    /// # Errors
    /// When it is no capture.
    pub fn from_reader(name: &Path, input: Box<dyn Read + Send>) -> Result<Self, OpenError> {
        let mut this = Self::of(Vec::new(), 0);
        this.single = Some(FileReader::new(input, 0)?);
        this.reports.push(FileReport::new(name.to_owned()));
        Ok(this)
    }

    /// Nothing could be opened: there will be no frames.
    pub fn is_hopeless(&self) -> bool {
        self.single.is_none() && self.later.is_empty() && self.heads.is_empty()
    }

    fn admit(&mut self, input: Input, alone: bool) {
        let (stdin, found) = (input.is_stdin(), input.found);
        let mut report = FileReport::new(input.path);
        let file = vocab::sat_u16(self.reports.len());
        if self.reports.len() + usize::from(self.base) >= FILES_MAX {
            self.skipped += 1;
            return;
        }
        let opened = if stdin {
            FileReader::new(Box::new(std::io::stdin()), file).map(FileReader::eager)
        } else {
            FileReader::open(&report.path, file)
        };
        match opened {
            Ok(reader) if alone => self.single = Some(reader),
            Ok(mut reader) => {
                let mut block = Block::new();
                if let Err(stopped) = reader.fill(&mut block) {
                    report.error = Some(stopped.to_string());
                }
                let first = block.records.first().map(|record| record.at);
                if stdin {
                    // Standard input cannot be opened twice: it stays open.
                    self.set_open(file, Open { reader, block, next: 0 });
                } else if let Some(first) = first {
                    self.later.push((first, file));
                }
            }
            // A folder may hold other files beside captures.
            Err(OpenError::NotACapture { .. } | OpenError::Empty) if found => {
                self.skipped += 1;
                return;
            }
            Err(error) => report.error = Some(error.to_string()),
        }
        self.reports.push(report);
    }

    fn set_open(&mut self, file: FileId, open: Open) {
        let at = usize::from(file);
        if self.open.len() <= at {
            self.open.resize_with(at + 1, || None);
        }
        if let Some(record) = open.head() {
            self.heads.push(Reverse((record.at, file)));
        }
        if let Some(slot) = self.open.get_mut(at) {
            *slot = Some(open);
        }
    }

    /// What became of each file so far, in the given order.
    pub fn reports(&self) -> &[FileReport] {
        &self.reports
    }

    /// Files found in folders that are no captures.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// Fills `block` with the next frames in time order; empty at the end.
    pub fn fill(&mut self, block: &mut Block) {
        block.clear();
        if let Some(reader) = &mut self.single {
            let result = reader.fill(block);
            self.note(0, result);
            if let (Some(report), 0) = (self.reports.first_mut(), self.base) {
                block.records.iter().for_each(|one| report.count(one.at, one.wire_len));
                return;
            }
        } else {
            while block.filled < MERGED_BYTES {
                self.open_due();
                let Some(Reverse((_, file))) = self.heads.pop() else { break };
                self.take_run(file, block);
            }
        }
        for record in &mut block.records {
            if let Some(report) = self.reports.get_mut(usize::from(record.id.file)) {
                report.count(record.at, record.wire_len);
            }
            record.id.file = record.id.file.saturating_add(self.base);
        }
    }

    fn note(&mut self, file: usize, result: Result<(), Stopped>) {
        if let (Some(report), Err(stopped)) = (self.reports.get_mut(file), result) {
            report.error = Some(stopped.to_string());
        }
    }

    /// Opens the files whose first frame is due.
    fn open_due(&mut self) {
        while let Some((first, file)) = self.later.last().copied() {
            let due = self.heads.peek().is_none_or(|Reverse((next, _))| first <= *next);
            if !due {
                return;
            }
            self.later.pop();
            let Some(path) = self.reports.get(usize::from(file)).map(|r| r.path.clone()) else {
                continue;
            };
            let mut block = Block::new();
            match FileReader::open(&path, file) {
                Ok(mut reader) => {
                    let result = reader.fill(&mut block);
                    self.note(usize::from(file), result);
                    self.set_open(file, Open { reader, block, next: 0 });
                }
                Err(error) => {
                    if let Some(report) = self.reports.get_mut(usize::from(file)) {
                        report.error = Some(error.to_string());
                    }
                }
            }
        }
    }

    /// Copies frames of one file until another file's frame comes first.
    fn take_run(&mut self, file: FileId, block: &mut Block) {
        let limit = self.heads.peek().map(|Reverse(head)| *head);
        let starts = self.later.last().copied();
        let Some(mut open) = self.open.get_mut(usize::from(file)).and_then(Option::take) else {
            return;
        };
        loop {
            let Some(record) = open.head() else {
                let result = open.reader.fill(&mut open.block);
                open.next = 0;
                self.note(usize::from(file), result);
                if open.block.is_empty() {
                    return;
                }
                continue;
            };
            let mine = (record.at, file);
            let full = block.filled >= MERGED_BYTES;
            if full || limit.is_some_and(|l| l < mine) || starts.is_some_and(|s| s < mine) {
                self.set_open(file, open);
                return;
            }
            block.push(&open.block.frame(record));
            open.next += 1;
        }
    }
}

/// All files below a folder, in name order.
fn found_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| {
            let linked = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
            if path.is_dir() {
                return if linked { Vec::new() } else { found_in(&path) };
            }
            // Pipes and devices would be waited for.
            if path.is_file() { vec![path] } else { Vec::new() }
        })
        .collect()
}
