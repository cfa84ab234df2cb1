//! Who and where: MAC addresses, hosts, frames.

use core::fmt;
use core::net::IpAddr;
use core::str::FromStr;

/// A 48-bit MAC address. IEEE 802-2014 §8.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(pub [u8; 6]);

impl Mac {
    /// `00:00:00:00:00:00`: no address.
    pub const ZERO: Self = Self([0; 6]);

    /// Group bit clear and not all zero: may belong to one device.
    #[inline]
    pub fn is_unicast(self) -> bool {
        let [first, ..] = self.0;
        first & 1 == 0 && self != Self::ZERO
    }

    /// The address as a number, first byte highest.
    #[inline]
    pub fn to_u64(self) -> u64 {
        let [a, b, c, d, e, f] = self.0;
        u64::from_be_bytes([0, 0, a, b, c, d, e, f])
    }

    /// From the low 48 bits of a number.
    #[inline]
    pub fn from_u64(value: u64) -> Self {
        let [_, _, a, b, c, d, e, f] = value.to_be_bytes();
        Self([a, b, c, d, e, f])
    }

    /// The locally administered bit is set: chosen by software, says nothing of the vendor.
    #[inline]
    pub fn is_local(self) -> bool {
        let [first, ..] = self.0;
        first & 2 != 0
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not six hexadecimal bytes with colons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMac;

impl FromStr for Mac {
    type Err = NotAMac;

    fn from_str(text: &str) -> Result<Self, NotAMac> {
        let mut bytes = [0u8; 6];
        let mut parts = text.split([':', '-']);
        for byte in &mut bytes {
            let part = parts.next().filter(|p| p.len() == 2).ok_or(NotAMac)?;
            *byte = u8::from_str_radix(part, 16).map_err(|_| NotAMac)?;
        }
        if parts.next().is_some() { Err(NotAMac) } else { Ok(Self(bytes)) }
    }
}

/// One end of a conversation as frames show it: an IP address, or a MAC where the protocol has
/// no IP. The VLAN keeps equal addresses of separate networks apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// A device address on layer 2.
    Mac(Mac),
    /// A device address on layer 3.
    Ip(IpAddr),
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mac(mac) => fmt::Display::fmt(mac, f),
            Self::Ip(ip) => fmt::Display::fmt(ip, f),
        }
    }
}

/// A direction within a flow. `Up` is from the numerically lower end to the higher one: fixed by
/// the addresses alone, so it never depends on who spoke first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dir {
    /// Lower end to higher end.
    Up,
    /// Higher end to lower end.
    Down,
}

impl Dir {
    /// The other direction.
    #[inline]
    pub const fn flip(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    /// 0 for `Up`, 1 for `Down`.
    #[inline]
    pub const fn index(self) -> usize {
        match self {
            Self::Up => 0,
            Self::Down => 1,
        }
    }
}

/// Which of the run's inputs a frame came from: position in the list of files or interfaces.
pub type FileId = u16;

/// A frame's place: 1-based number within its file, as capture tools count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameId {
    /// Position of the file or interface in the run's inputs.
    pub file: FileId,
    /// 1-based frame number in that file.
    pub number: u64,
}
