//! How much of a message must be there before it is read.

use dissect::{Cx, Step};

/// The first `want` bytes. Fewer where the capture cut the message; `Err` holds the answer to give
/// while they are still on their way.
pub fn first<'p>(cx: &Cx<'_>, bytes: &'p [u8], want: usize) -> Result<&'p [u8], Step> {
    match bytes.get(..want) {
        Some(head) => Ok(head),
        None if cx.cut() => Ok(bytes),
        None => Err(Step::Need { took: 0, more: want.saturating_sub(bytes.len()) }),
    }
}
