//! Programs on their way out of a controller.

use super::s7::Link;
use crate::proto::office::noise;
use crate::proto::s7_blocks::{self, END_UPLOAD, START_UPLOAD, UPLOAD};
use crate::rng::Rng;
use crate::truth::Op;
use crate::wire::MS;
use crate::world::World;

/// Most bytes of a block in one message of 480.
pub(crate) const PIECE: usize = 450;
/// Bytes of machine code in the plant's own organisation block.
const CODE: usize = 1_264;

/// The organisation block that the plant's engineers wrote: the same in every capture.
pub(crate) fn original() -> Vec<u8> {
    s7_blocks::block(8, 1, &noise(&mut Rng::new(0, "program"), CODE), "WORKS")
}

/// A job and its answer.
pub(crate) fn ask(
    link: &mut Link,
    at: i64,
    world: &mut World,
    op: Op,
    ask: &[u8],
    answer: &[u8],
) -> i64 {
    world.tally.both(op);
    link.tcp.ask(&mut world.wire, at, ask, answer) + 3 * MS
}

/// Reads organisation block 1 out of a controller.
pub(crate) fn upload(link: &mut Link, at: i64, world: &mut World, block: &[u8]) -> i64 {
    let number = 7;
    let reference = link.next();
    let job = s7_blocks::job(reference, START_UPLOAD, "_0800001A", None);
    let answer = s7_blocks::upload_started(reference, number, block.len());
    let mut now = ask(link, at, world, START_UPLOAD, &job, &answer);
    let pieces = block.chunks(PIECE);
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.enumerate() {
        let reference = link.next();
        let job = s7_blocks::upload(reference, UPLOAD, number);
        let answer = s7_blocks::piece(reference, UPLOAD, piece, at != last);
        now = ask(link, now, world, UPLOAD, &job, &answer);
    }
    let reference = link.next();
    let job = s7_blocks::upload(reference, END_UPLOAD, number);
    let answer = s7_blocks::done(reference, END_UPLOAD);
    ask(link, now, world, END_UPLOAD, &job, &answer)
}
