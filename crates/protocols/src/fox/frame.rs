//! Frames: a line with type, numbers, channel and command, then a body of lines `key=type:value`
//! between braces.

use crate::common::lines;

/// Longest line that is read.
const LINE_MAX: usize = 4_096;
/// Most fields of one frame.
const FIELDS_MAX: usize = 256;

/// The first line: `fox a 1 -1 fox hello`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'p> {
    /// `a` needs no answer, `s` waits for one, `r` is one, `e` is a refusal.
    pub(super) kind: u8,
    pub(super) number: u64,
    /// The number of the frame that this one answers.
    pub(super) answers: Option<u64>,
    pub(super) channel: &'p [u8],
    pub(super) command: &'p [u8],
    /// Channel and command with what is between them.
    pub(super) both: &'p [u8],
}

impl<'p> Header<'p> {
    /// Reads a line without its end.
    pub(super) fn read(line: &'p [u8]) -> Option<Self> {
        let rest = line.strip_prefix(b"fox ")?;
        let (kind, rest) = lines::split(rest, b' ')?;
        let [kind @ b'a'..=b'z'] = *kind else { return None };
        let (number, rest) = lines::split(rest, b' ')?;
        let (answers, both) = lines::split(rest, b' ')?;
        let (channel, command) = lines::split(both, b' ').unwrap_or((both, &[]));
        let answered = lines::decimal(answers);
        if answered.is_none() && answers != b"-1" {
            return None;
        }
        Some(Self {
            kind,
            number: lines::decimal(number)?,
            answers: answered,
            channel,
            command,
            both,
        })
    }
}

/// How far a frame goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This many bytes.
    Whole(usize),
    /// It goes on behind what there is.
    Open,
    /// No frame.
    Bad,
}

/// Looks for the end of the frame that begins here.
pub(super) fn find(bytes: &[u8]) -> Found {
    let Some((line, mut at)) = lines::next(bytes, LINE_MAX) else {
        return if bytes.len() < LINE_MAX { Found::Open } else { Found::Bad };
    };
    if Header::read(line).is_none() {
        return Found::Bad;
    }
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        match lines::next(rest, LINE_MAX) {
            Some((line, len)) => {
                at = at.saturating_add(len.max(blob(line)));
                if line.ends_with(b"};;") {
                    return if at <= bytes.len() { Found::Whole(at) } else { Found::Open };
                }
            }
            None if rest.len() < LINE_MAX => return Found::Open,
            None => return Found::Bad,
        }
    }
}

/// Bytes up to the end of the block that a line begins: `nonce=b:44[`. Blocks hold anything, ends
/// of lines too. 0 where the line begins none.
fn blob(line: &[u8]) -> usize {
    let block = || {
        let (key, value) = lines::split(line, b'=')?;
        let (kind, rest) = lines::split(value, b':')?;
        let open = rest.iter().take(32).position(|byte| *byte == b'[')?;
        // The length, behind a name of the encoding where there is one.
        let text = rest.get(..open)?.rsplit(|byte| *byte == b' ').next()?;
        let len = vocab::sat_usize(lines::decimal(text)?);
        let before = key.len().saturating_add(kind.len()).saturating_add(open).saturating_add(3);
        Some(before.saturating_add(len))
    };
    block().unwrap_or(0)
}

/// The fields of a frame that are one line: key and value without its type.
pub(super) fn fields(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = body;
    core::iter::from_fn(move || {
        let (line, len) = lines::next(rest, LINE_MAX)?;
        rest = rest.get(len.max(blob(line))..).unwrap_or(&[]);
        Some(line)
    })
    .take(FIELDS_MAX)
    .filter(|line| blob(line) == 0)
    .filter_map(|line| {
        let (key, value) = lines::split(line, b'=')?;
        let (_kind, value) = lines::split(value, b':')?;
        Some((key, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_may_hold_the_end_of_a_frame() {
        let frame = b"fox a 1 -1 fox challenge\n{\nnonce=b:6[\n};;\n]\nmethod=s:x\n};;\n";
        assert_eq!(find(frame), Found::Whole(frame.len()));
        assert_eq!(find(&frame[..40]), Found::Open);
        assert_eq!(find(b"fax\n"), Found::Bad);
        let all: [_; 1] = core::array::from_fn(|_| fields(&frame[27..]).next());
        assert_eq!(all, [Some((&b"method"[..], &b"x"[..]))]);
    }
}
