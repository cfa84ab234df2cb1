//! Long lists as JSON, put together by several threads.
//!
//! ```text
//! items ─ pieces ─┬─► thread 0: pieces 0, 2, 4 … ─┐
//!                 └─► thread 1: pieces 1, 3, 5 … ─┴─► written in order, few wait
//! ```

use serde::Serialize;
use std::io::Write;
use std::sync::mpsc::{Receiver, sync_channel};

/// Items that one thread takes at a time.
const ITEMS: usize = 64;
/// Pieces of one thread that may wait to be written.
const WAITING: usize = 2;

/// Writes a list with a row for each item. The text is the same for any number of threads.
pub(crate) fn write<T: Sync, V: Serialize>(
    out: &mut impl Write,
    items: &[T],
    threads: usize,
    row: &(impl Fn(&T) -> V + Sync),
) -> serde_json::Result<()> {
    out.write_all(b"[").map_err(serde_json::Error::io)?;
    let pieces: Vec<&[T]> = items.chunks(ITEMS).collect();
    let mut put = |at: usize, text: &[u8]| {
        // Each row begins with a comma; the first row of all does not.
        let text = text.get(usize::from(at == 0)..).unwrap_or(&[]);
        out.write_all(text).map_err(serde_json::Error::io)
    };
    if threads < 2 || pieces.len() < 2 {
        let mut room = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            room.clear();
            say(piece, row, &mut room)?;
            put(at, &room)?;
        }
    } else {
        std::thread::scope(|scope| {
            let made: Vec<Receiver<serde_json::Result<Vec<u8>>>> = (0..threads)
                .map(|thread| {
                    let own = pieces.iter().skip(thread).step_by(threads);
                    let (done, made) = sync_channel(WAITING);
                    scope.spawn(move || {
                        for piece in own {
                            let mut text = Vec::new();
                            let said = say(piece, row, &mut text).map(|()| text);
                            // Nobody waits any more where writing failed.
                            if done.send(said).is_err() {
                                return;
                            }
                        }
                    });
                    made
                })
                .collect();
            let threads = made.iter().cycle();
            for ((at, _), made) in pieces.iter().enumerate().zip(threads) {
                let gone = |_| serde_json::Error::io(std::io::ErrorKind::BrokenPipe.into());
                put(at, &made.recv().map_err(gone)??)?;
            }
            Ok::<(), serde_json::Error>(())
        })?;
    }
    out.write_all(b"]").map_err(serde_json::Error::io)
}

fn say<T, V: Serialize>(
    items: &[T],
    row: &impl Fn(&T) -> V,
    text: &mut Vec<u8>,
) -> serde_json::Result<()> {
    for item in items {
        text.push(b',');
        serde_json::to_writer(&mut *text, &row(item))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(count: usize, threads: usize) -> String {
        let items: Vec<usize> = (0..count).collect();
        let mut out = Vec::new();
        write(&mut out, &items, threads, &|item| (*item, "x")).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn any_number_of_threads_writes_the_same() {
        assert_eq!(written(0, 3), "[]");
        assert_eq!(written(2, 3), r#"[[0,"x"],[1,"x"]]"#);
        for count in [63, 64, 65, 1_000] {
            let one = written(count, 1);
            assert_eq!(serde_json::from_str::<Vec<(usize, &str)>>(&one).unwrap().len(), count);
            for threads in [2, 3, 16] {
                assert_eq!(written(count, threads), one, "{count} items, {threads} threads");
            }
        }
    }

    #[test]
    fn an_error_of_the_writer_ends_all_threads() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let items: Vec<usize> = (0..10_000).collect();
        assert!(write(&mut Full(5_000), &items, 3, &|item| *item).is_err());
    }
}
