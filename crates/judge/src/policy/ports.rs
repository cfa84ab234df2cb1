//! Ports of servers, and what selects the payload where there are none.

use super::rule::Asked;
use std::fmt;
use vocab::Transport;

/// A carrier and a range of numbers on it: `tcp/502`, `udp/1024..65535`, `ethernet/0x88b8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ports {
    /// The carrier.
    pub transport: Transport,
    /// First port.
    pub first: u16,
    /// Last port.
    pub last: u16,
}

/// All carriers.
const TRANSPORTS: [Transport; 4] =
    [Transport::Tcp, Transport::Udp, Transport::Ip, Transport::Ethernet];

impl Ports {
    /// From the words of a file.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (carrier, numbers) = text.split_once('/')?;
        let transport = TRANSPORTS.into_iter().find(|known| known.key() == carrier)?;
        if numbers == "*" {
            return Some(Self { transport, first: 0, last: u16::MAX });
        }
        let (first, last) = numbers.split_once("..").unwrap_or((numbers, numbers));
        let (first, last) = (number(first)?, number(last)?);
        (first <= last).then_some(Self { transport, first, last })
    }

    /// The conversation goes over one of them.
    pub(super) fn fit(&self, asked: &Asked) -> bool {
        self.transport == asked.transport && (self.first..=self.last).contains(&asked.port)
    }

    /// All ports of the other are among them.
    pub(super) fn cover(&self, other: &Self) -> bool {
        self.transport == other.transport && self.first <= other.first && other.last <= self.last
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { transport, first, last } = *self;
        match (transport, first == last) {
            (Transport::Ethernet, true) => write!(f, "{}/0x{first:04x}", transport.key()),
            (_, true) => write!(f, "{}/{first}", transport.key()),
            (_, false) => write!(f, "{}/{first}..{last}", transport.key()),
        }
    }
}

/// Decimal, or hexadecimal behind `0x`.
pub(super) fn number<T: TryFrom<u64>>(text: &str) -> Option<T> {
    let digits = |text: &str, radix| {
        // A sign is no digit here.
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain.then(|| u64::from_str_radix(text, radix).ok()).flatten()
    };
    let value = match text.strip_prefix("0x") {
        Some(hex) => digits(hex, 16),
        None => digits(text, 10),
    };
    value.and_then(|value| T::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_read_and_printed() {
        for text in ["tcp/502", "udp/1024..65535", "ethernet/0x88b8", "ip/1"] {
            assert_eq!(Ports::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Ports::parse("tcp/*").unwrap().to_string(), "tcp/0..65535");
        for text in ["502", "tcp", "tcp/", "sctp/1", "tcp/9..3", "tcp/65536", "tcp/+5", "tcp/0x"] {
            assert_eq!(Ports::parse(text), None, "{text}");
        }
    }
}
