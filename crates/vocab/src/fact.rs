//! What a dissector saw in one message. Facts borrow the packet and have a fixed size; whoever
//! wants to keep one copies what it needs.

use crate::addr::{Host, Mac};
use crate::spec::{AttrSpec, FaultSpec, Target};
use crate::time::Ts;
use core::fmt;
use core::net::IpAddr;

/// One thing seen in one message.
#[derive(Clone, Copy, Debug)]
pub enum Fact<'a> {
    /// An operation was asked for, answered or announced. One per message.
    Op(&'a Op<'a>),
    /// A target that the operation just before touches, with its value. Any number per message.
    Item(&'a Item<'a>),
    /// A device was named.
    Attr(&'a Attr<'a>),
    /// An address pair was stated by content (not by frame headers).
    Bind(&'a Bind),
    /// The message breaks the standard.
    Fault(&'a Fault<'a>),
}

/// Request, answer, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Asks for something.
    Request,
    /// Answers a request.
    Response,
    /// Unsolicited or cyclic.
    Event,
}

impl Role {
    /// Lower-case name as files write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Event => "event",
        }
    }
}

/// How sure a dissector is of a message's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The message itself says so: it may settle who is the client.
    Content,
    /// Taken from the port or from what is known of the flow already.
    Context,
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not told: requests, events, answers without a status.
    None,
    /// Done.
    Ok,
    /// Refused or failed with the protocol's own code.
    Error(u32),
}

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct Op<'p> {
    /// The standard's number for it.
    pub code: u32,
    /// The number below it.
    pub sub: Option<u16>,
    /// Request, answer, or neither.
    pub role: Role,
    /// How the role is known.
    pub proof: Proof,
    /// What pairs an answer with its request within one flow; `None` where nothing does.
    pub tx: Option<u64>,
    /// The unit, station or slot behind the address.
    pub unit: Option<u32>,
    /// Arguments, as the operation's `OpSpec::args` names them; `None` where the message does not
    /// carry them.
    pub args: Option<[u64; 4]>,
    /// How it ended.
    pub status: Status,
    /// A value that belongs to the operation as a whole.
    pub value: Value<'p>,
    /// The message's bytes: evidence.
    pub pdu: &'p [u8],
}

impl<'p> Op<'p> {
    /// An operation with its code, role and bytes; everything else unset.
    pub const fn new(code: u32, role: Role, pdu: &'p [u8]) -> Self {
        Self {
            code,
            sub: None,
            role,
            proof: Proof::Content,
            tx: None,
            unit: None,
            args: None,
            status: Status::None,
            value: Value::None,
            pdu,
        }
    }
}

/// A target with its value.
#[derive(Clone, Copy, Debug)]
pub struct Item<'p> {
    /// What is touched.
    pub target: Target<'p>,
    /// What was read or is written; `None` where the message does not carry it.
    pub value: Value<'p>,
    /// How it ended for this target alone.
    pub status: Status,
}

/// A value as the message carries it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value<'p> {
    /// Not in this message.
    #[default]
    None,
    /// A truth value.
    Bool(bool),
    /// An unsigned number.
    Uint(u64),
    /// A signed number.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text as sent; not necessarily UTF-8.
    Text(&'p [u8]),
    /// Bytes without further meaning.
    Bytes(&'p [u8]),
    /// 16-bit words, high byte first.
    Words(&'p [u8]),
    /// Bits, lowest bit of the first byte first; the second field says how many.
    Bits(&'p [u8], u32),
    /// A bit string, highest bit of the first byte first; the second field says how many.
    BitString(&'p [u8], u32),
    /// A point in time.
    Time(Ts),
}

impl fmt::Display for Value<'_> {
    /// Numbers in decimal, bytes in hexadecimal without blanks, words as a list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::None => f.write_str("-"),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Uint(n) => write!(f, "{n}"),
            Self::Int(n) => write!(f, "{n}"),
            Self::Real(x) => write!(f, "{x}"),
            Self::Text(bytes) if bytes.is_ascii() => {
                // What nearly all text is: no need to look for where it breaks.
                f.write_str(core::str::from_utf8(bytes).unwrap_or_default())
            }
            Self::Text(bytes) => bytes.utf8_chunks().try_for_each(|c| f.write_str(c.valid())),
            Self::Bytes(bytes) => bytes.iter().try_for_each(|b| write!(f, "{b:02x}")),
            Self::Words(bytes) => {
                let mut sep = "";
                for word in bytes.chunks_exact(2) {
                    let word = word.iter().fold(0u16, |n, b| n << 8 | u16::from(*b));
                    write!(f, "{sep}{word}")?;
                    sep = ",";
                }
                Ok(())
            }
            Self::Bits(bytes, count) => {
                let bits = bytes.iter().flat_map(|b| (0..8).map(move |i| b >> i & 1));
                bits.take(crate::sat_usize(u64::from(count))).try_for_each(|b| write!(f, "{b}"))
            }
            Self::BitString(bytes, count) => {
                let bits = bytes.iter().flat_map(|b| (0..8).rev().map(move |i| b >> i & 1));
                bits.take(crate::sat_usize(u64::from(count))).try_for_each(|b| write!(f, "{b}"))
            }
            Self::Time(ts) => write!(f, "{ts}"),
        }
    }
}

/// A device behind an address: a serial unit behind a gateway, a module in a rack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// What the number counts: `unit`, `slot`, `station`.
    pub kind: &'static str,
    /// The number.
    pub number: u32,
}

/// Whom an attribute is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The device that sent the message.
    Sender,
    /// The device the message goes to.
    Receiver,
    /// A device named by address in the message.
    Host(Host),
    /// A part of the sender.
    SenderPart(Part),
    /// A part of the receiver.
    ReceiverPart(Part),
}

/// A device was named.
#[derive(Clone, Copy, Debug)]
pub struct Attr<'p> {
    /// Where it stood and how much it weighs.
    pub spec: &'static AttrSpec,
    /// Whom it is about.
    pub of: Subject,
    /// The value as sent, or printed from a number.
    pub value: &'p [u8],
}

/// A MAC and an IP address belong together, stated by content.
#[derive(Clone, Copy, Debug)]
pub struct Bind {
    /// The MAC address.
    pub mac: Mac,
    /// The IP address.
    pub ip: IpAddr,
}

/// The message breaks the standard.
#[derive(Clone, Copy, Debug)]
pub struct Fault<'p> {
    /// Which rule.
    pub spec: &'static FaultSpec,
    /// The bytes that break it.
    pub bytes: &'p [u8],
}
