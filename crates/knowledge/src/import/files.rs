//! Files of all shapes that publishers use: plain, gzip, zstd, tar, one document a line, folders.

use super::ImportError;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Most bytes read of one file, unpacked.
pub const FILE_BYTES_MAX: u64 = 4 << 30;
/// Most bytes of one document.
const DOCUMENT_BYTES_MAX: u64 = 256 << 20;
/// Most files of a folder or archive.
const FILES_MAX: usize = 1_000_000;
/// Deepest folder.
const DEPTH_MAX: usize = 16;
/// Largest window that a zstd file may ask for, as a power of two.
const WINDOW_LOG_MAX: u32 = 27;

fn io(path: &Path) -> impl Fn(std::io::Error) -> ImportError {
    let path = path.display().to_string();
    move |error| ImportError::Io { path: path.clone(), error }
}

/// Opens a file and unpacks it as it is read.
///
/// # Errors
/// When it cannot be opened.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, ImportError> {
    let mut file = BufReader::new(File::open(path).map_err(io(path))?);
    let head = file.fill_buf().map_err(io(path))?.to_vec();
    Ok(match head.as_slice() {
        [0x1f, 0x8b, ..] => {
            Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(file).take(FILE_BYTES_MAX)))
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(file).map_err(io(path))?;
            decoder.window_log_max(WINDOW_LOG_MAX).map_err(io(path))?;
            Box::new(BufReader::new(decoder.take(FILE_BYTES_MAX)))
        }
        _ => Box::new(file),
    })
}

/// Hands each document to `take`, with its name: a file, each file of a folder or an archive, each
/// line of a file with one document a line (`.jsonl`, `.ndjson`).
///
/// # Errors
/// When a file cannot be read, or a document is too large.
pub fn for_each_document(
    path: &Path,
    take: &mut dyn FnMut(&str, &[u8]),
) -> Result<(), ImportError> {
    if path.is_dir() {
        for file in files(path)? {
            one_file(&file, take)?;
        }
        return Ok(());
    }
    one_file(path, take)
}

fn one_file(path: &Path, take: &mut dyn FnMut(&str, &[u8])) -> Result<(), ImportError> {
    let reader = open(path)?;
    let name =
        path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain = name.trim_end_matches(".zst").trim_end_matches(".gz");
    let ending = plain.rsplit('.').next().unwrap_or("");
    if matches!(ending, "tar" | "tgz") {
        return archive(path, reader, take);
    }
    if matches!(ending, "jsonl" | "ndjson") {
        return lines(path, reader, take);
    }
    let bytes = whole(path, reader)?;
    take(&path.display().to_string(), &bytes);
    Ok(())
}

fn whole(path: &Path, reader: impl Read) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    reader.take(DOCUMENT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(io(path))?;
    if bytes.len() as u64 > DOCUMENT_BYTES_MAX {
        return Err(ImportError::Large(path.display().to_string()));
    }
    Ok(bytes)
}

fn lines(
    path: &Path,
    mut reader: Box<dyn BufRead>,
    take: &mut dyn FnMut(&str, &[u8]),
) -> Result<(), ImportError> {
    let mut line = Vec::new();
    for number in 1usize.. {
        line.clear();
        let read = (&mut reader).take(DOCUMENT_BYTES_MAX + 1).read_until(b'\n', &mut line);
        let read = read.map_err(io(path))? as u64;
        if read == 0 {
            break;
        }
        if read > DOCUMENT_BYTES_MAX {
            return Err(ImportError::Large(format!("{} line {number}", path.display())));
        }
        if !line.trim_ascii().is_empty() {
            take(&format!("{}:{number}", path.display()), &line);
        }
    }
    Ok(())
}

fn archive(
    path: &Path,
    reader: impl Read,
    take: &mut dyn FnMut(&str, &[u8]),
) -> Result<(), ImportError> {
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(io(path))?.take(FILES_MAX) {
        let mut entry = entry.map_err(io(path))?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = entry.path().map(|name| name.display().to_string()).unwrap_or_default();
        let bytes = whole(path, &mut entry)?;
        take(&format!("{}:{name}", path.display()), &bytes);
    }
    Ok(())
}

/// The files below a folder, in the order of their names; links are not followed.
fn files(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(io(&folder))? {
            let entry = entry.map_err(io(&folder))?;
            let kind = entry.file_type().map_err(io(&folder))?;
            if kind.is_dir() && depth < DEPTH_MAX {
                folders.push((entry.path(), depth + 1));
            } else if kind.is_file() && found.len() < FILES_MAX {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
