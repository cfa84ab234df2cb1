//! HDLC frames, as on serial lines, inside TCP. IEC 62056-46 §6.4.

/// Start and end of every frame.
pub(super) const FLAG: u8 = 0x7e;
/// Shortest frame without the flags: format, addresses of one byte, control, checksum.
const BODY_MIN: usize = 7;
/// Behind the header, before the message: destination and source, quality. §6.3.
const TO_SERVER: [u8; 3] = [0xe6, 0xe6, 0];
const TO_CLIENT: [u8; 3] = [0xe6, 0xe7, 0];

/// What the beginning of a stream says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame<'p> {
    /// A frame with this length, flags included.
    Whole(Body<'p>, usize),
    /// This many bytes in all are needed.
    Needs(usize),
    /// A frame of this length with a wrong checksum or end.
    Bad(usize),
    /// No frame.
    Not,
}

/// What a frame brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body<'p> {
    /// Pieces of this message follow. §6.4.2.
    pub(super) more: bool,
    /// A piece of a message, empty in frames that only keep the link.
    pub(super) message: &'p [u8],
}

/// The checksum, low byte first on the wire. §6.4.4; ITU-T X.25 §2.2.7.
fn checksum(bytes: &[u8]) -> u16 {
    let rest =
        bytes.iter().fold(0xffffu16, |crc, byte| {
            (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
                if crc & 1 != 0 { crc >> 1 ^ 0x8408 } else { crc >> 1 }
            })
        });
    !rest
}

/// The bytes without the checksum at their end; `None` when it is wrong.
fn checked(bytes: &[u8]) -> Option<&[u8]> {
    let (body, sum) = bytes.split_last_chunk::<2>()?;
    if checksum(body) == u16::from_le_bytes(*sum) { Some(body) } else { None }
}

/// How many bytes an address has: the lowest bit marks the last one. §6.4.2.3.
fn address(bytes: &[u8]) -> Option<usize> {
    let len = bytes.iter().take(4).position(|byte| byte & 1 != 0)?;
    len.checked_add(1)
}

/// The frame at the start of `head`. One flag may end a frame and start the next: where the frame
/// before took it, the format stands first.
pub(super) fn frame(head: &[u8]) -> Frame<'_> {
    let start = usize::from(head.first() == Some(&FLAG));
    let rest = head.get(start..).unwrap_or(&[]);
    let (first, second) = match *rest {
        [] | [0xa0..=0xaf] => return Frame::Needs(start.saturating_add(2)),
        [first @ 0xa0..=0xaf, second, ..] => (first, second),
        _ => return Frame::Not,
    };
    let len = usize::from(u16::from_be_bytes([first & 7, second]));
    let total = start.saturating_add(len).saturating_add(1);
    if len < BODY_MIN {
        return Frame::Not;
    }
    let (Some(all), Some(last)) = (rest.get(..len), rest.get(len)) else {
        return Frame::Needs(total);
    };
    match checked(all).filter(|_| *last == FLAG) {
        Some(body) => {
            let message = information(body).unwrap_or(&[]);
            Frame::Whole(Body { more: first & 8 != 0, message }, total)
        }
        None => Frame::Bad(total),
    }
}

/// What stands behind addresses, control byte, header checksum and the link's own header, which
/// only the first piece of a message has.
fn information(body: &[u8]) -> Option<&[u8]> {
    let to = body.get(2..)?;
    let from = to.get(address(to)?..)?;
    let rest = from.get(address(from)?..)?;
    // Information frames only; others keep the link. §6.4.3.
    let (control, rest) = rest.split_first()?;
    if control & 1 != 0 {
        return None;
    }
    let message = rest.get(2..)?;
    Some(match message.split_first_chunk::<3>() {
        Some((&(TO_SERVER | TO_CLIENT), message)) => message,
        _ => message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_known_by_their_checksum() {
        // Asks for a link: client 16 to server 1.
        let head = [0x7e, 0xa0, 0x07, 0x03, 0x21, 0x93, 0x0f, 0x01, 0x7e];
        assert!(matches!(frame(&head), Frame::Whole(Body { message: &[], .. }, 9)));
        assert_eq!(frame(&head[..5]), Frame::Needs(9));
        assert!(matches!(frame(&head[1..]), Frame::Whole(_, 8)), "the flag before was shared");
        assert_eq!(frame(&[0x7e, 0xa0, 0x07, 0x03, 0x21, 0x93, 0, 0, 0x7e]), Frame::Bad(9));
        assert_eq!(frame(b"GET"), Frame::Not);
    }
}
