//! Headers.

use decode::Cursor;

/// What a message is: the remote operating service control byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Asks for a function.
    Job,
    /// Answers without data.
    Ack,
    /// Answers with data.
    AckData,
    /// Functions for engineering: asks, answers or announces.
    UserData,
}

/// The header of a message. 0x32, kind, reserved, reference, lengths, error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'p> {
    pub(super) kind: Kind,
    /// Pairs an answer with its job.
    pub(super) reference: u16,
    /// Error class and code of an answer; 0 is success.
    pub(super) error: u16,
    pub(super) parameters: &'p [u8],
    pub(super) data: &'p [u8],
    /// The lengths promise more than there is.
    pub(super) short: bool,
}

impl<'p> Header<'p> {
    /// The header at the start of `bytes`; `None` when it is not all there or of no known kind.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        at.u8().filter(|id| *id == super::PROTOCOL)?;
        let kind = kind(at.u8()?)?;
        at.skip(2)?;
        let reference = at.be16()?;
        let (parameters, data) = (usize::from(at.be16()?), usize::from(at.be16()?));
        let error = match kind {
            Kind::Ack | Kind::AckData => at.be16()?,
            Kind::Job | Kind::UserData => 0,
        };
        let short = at.len() < parameters.saturating_add(data);
        let (parameters, data) = (at.take_up_to(parameters), at.take_up_to(data));
        Some(Self { kind, reference, error, parameters, data, short })
    }
}

/// The kind with this number.
pub(super) fn kind(number: u8) -> Option<Kind> {
    Some(match number {
        1 => Kind::Job,
        2 => Kind::Ack,
        3 => Kind::AckData,
        7 => Kind::UserData,
        _ => return None,
    })
}

/// A data unit behind a return code and a transport size: its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'p> {
    /// 255 is success.
    pub(super) code: u8,
    /// How the length counts and what the bytes are.
    pub(super) size: u8,
    pub(super) content: &'p [u8],
    /// The length promises more than there is.
    pub(super) short: bool,
}

impl<'p> Unit<'p> {
    /// The unit at the cursor; a fill byte behind an odd length is passed over.
    pub(super) fn next(at: &mut Cursor<'p>) -> Option<Self> {
        let (code, size, length) = (at.u8()?, at.u8()?, at.be16()?);
        let bytes = match size {
            // Bits: single bits, bytes and words, integers.
            3..=5 => usize::from(length).saturating_add(7) >> 3,
            _ => usize::from(length),
        };
        let short = at.len() < bytes;
        let content = at.take_up_to(bytes);
        if bytes & 1 == 1 {
            at.take_up_to(1);
        }
        Some(Self { code, size, content, short })
    }

    /// Status of the unit: 255 is success, 0 is what requests and pushes of test functions say.
    pub(super) fn status(&self) -> vocab::Status {
        match self.code {
            0xff => vocab::Status::Ok,
            0 => vocab::Status::None,
            code => vocab::Status::Error(u32::from(code)),
        }
    }
}

/// Parameters of user data: `00 01 12`, length, method, kind and group, function, sequence and, in
/// the long form, data unit reference, more follows, error code.
#[derive(Clone, Copy, Debug)]
pub(super) struct UserData {
    /// Push 0, request 4, response 8; numerical controllers 3, 7, 11.
    pub(super) kind: u8,
    pub(super) group: u8,
    pub(super) function: u8,
    pub(super) sequence: u8,
    /// Joins the pieces of one answer; 0 where it is whole.
    pub(super) unit: u8,
    /// More pieces follow.
    pub(super) more: bool,
    /// The long form: answers, and requests for the next piece.
    pub(super) long: bool,
    pub(super) error: u16,
}

impl UserData {
    pub(super) fn read(parameters: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(parameters);
        at.be24().filter(|head| *head == 0x00_01_12)?;
        let length = at.u8()?;
        let (_method, kind, function, sequence) = (at.u8()?, at.u8()?, at.u8()?, at.u8()?);
        let mut it = Self {
            kind: kind >> 4,
            group: kind & 15,
            function,
            sequence,
            unit: 0,
            more: false,
            long: length >= 8,
            error: 0,
        };
        if it.long {
            (it.unit, it.more, it.error) = (at.u8()?, at.u8()? != 0, at.be16()?);
        }
        Some(it)
    }
}
