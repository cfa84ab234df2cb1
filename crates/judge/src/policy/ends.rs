//! Who asks and who is asked.

use super::targets::Pattern;
use model::Asset;
use std::fmt;
use std::net::IpAddr;
use vocab::{Attribute, Host, Mac};

/// Addresses that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// The first address; its last bits are zero.
    pub address: IpAddr,
    /// How many bits are alike.
    pub bits: u8,
}

/// The address as a number at the top of 128 bits, and how many of them count.
fn top(ip: IpAddr) -> (u128, u8) {
    match ip {
        IpAddr::V4(ip) => (u128::from(ip.to_bits()) << 96, 32),
        IpAddr::V6(ip) => (ip.to_bits(), 128),
    }
}

fn mask(bits: u8) -> u128 {
    u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0)
}

impl Network {
    /// From `10.0.0.0/8`; says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let not = || format!("{text:?} is no network: 10.20.0.0/16 would be one");
        let (address, bits) = text.split_once('/').ok_or_else(not)?;
        let address: IpAddr = address.parse().map_err(|_| not())?;
        let bits: u8 = bits.parse().map_err(|_| not())?;
        let (number, most) = top(address);
        if bits > most {
            return Err(format!("{text:?}: an address has {most} bits, not {bits}"));
        }
        let first = number & mask(bits);
        if first != number {
            let begins = match address {
                IpAddr::V4(_) => IpAddr::V4(((first >> 96) as u32).into()),
                IpAddr::V6(_) => IpAddr::V6(first.into()),
            };
            let meant = format!("write {begins}/{bits}, or {address} for one address");
            return Err(format!("{text:?} has bits behind its {bits}: {meant}"));
        }
        Ok(Self { address, bits })
    }

    fn has(&self, ip: IpAddr) -> bool {
        let ((own, kind), (other, other_kind)) = (top(self.address), top(ip));
        kind == other_kind && own == other & mask(self.bits)
    }
}

/// Who a rule or zone is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Everybody.
    Any,
    /// Everybody at once: a multicast or broadcast address.
    Group,
    /// The members of a zone, by its place among the policy's zones.
    Zone(usize),
    /// One IP address.
    Address(IpAddr),
    /// All IP addresses of a network.
    Network(Network),
    /// One MAC.
    Mac(Mac),
    /// Devices in a role.
    Role(&'static str),
    /// Devices on a Purdue level.
    Level(u8),
    /// What is seen in a VLAN; 0 without.
    Vlan(u16),
    /// Devices by their names.
    Name(Pattern),
}

/// One end of a conversation.
#[derive(Clone, Copy, Debug)]
pub struct End<'a> {
    /// The address it was seen with.
    pub host: Host,
    /// The VLAN it was seen in, 0 without.
    pub vlan: u16,
    /// The device; `None` where the address belongs to nobody: groups.
    pub asset: Option<&'a Asset>,
}

/// The address is that of many.
pub(super) fn is_group(host: Host) -> bool {
    match host {
        Host::Mac(mac) => mac.0[0] & 1 == 1,
        Host::Ip(IpAddr::V4(ip)) => ip.is_multicast() || ip.is_broadcast(),
        Host::Ip(IpAddr::V6(ip)) => ip.is_multicast(),
    }
}

impl Who {
    /// This end is meant. `zones` says of each zone whether the end is in it.
    ///
    /// An end on layer 2 has no IP address in its frames: it is known by those of its device, and
    /// the other way round. Devices with several addresses of one kind are told apart by them.
    pub(super) fn is(&self, end: &End<'_>, zones: &[bool]) -> bool {
        let asset = end.asset;
        let by_ip = |fits: &dyn Fn(IpAddr) -> bool| match end.host {
            Host::Ip(ip) => fits(ip),
            Host::Mac(_) => asset.is_some_and(|asset| asset.ips.iter().any(|ip| fits(*ip))),
        };
        match self {
            Self::Any => true,
            Self::Group => is_group(end.host),
            Self::Zone(at) => zones.get(*at).copied().unwrap_or(false),
            Self::Address(address) => by_ip(&|ip| ip == *address),
            Self::Network(network) => by_ip(&|ip| network.has(ip)),
            Self::Mac(mac) => match end.host {
                Host::Mac(own) => own == *mac,
                Host::Ip(_) => asset.is_some_and(|asset| asset.macs.contains(mac)),
            },
            Self::Role(role) => asset.and_then(Asset::role) == Some(role),
            Self::Level(level) => {
                asset.and_then(|asset| asset.purdue).is_some_and(|(own, _)| own == *level)
            }
            Self::Vlan(vlan) => end.vlan == *vlan,
            Self::Name(pattern) => asset
                .and_then(|asset| asset.value(Attribute::Name))
                .is_some_and(|name| pattern.fits(name)),
        }
    }

    /// Whoever the other means, this one means too. False where it is not certain.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Group, Self::Address(ip)) => is_group(Host::Ip(*ip)),
            (Self::Group, Self::Mac(mac)) => is_group(Host::Mac(*mac)),
            (Self::Network(network), Self::Address(ip)) => network.has(*ip),
            (Self::Network(network), Self::Network(inner)) => {
                network.bits <= inner.bits && network.has(inner.address)
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Group => f.write_str("group"),
            Self::Zone(at) => write!(f, "zone {}", at + 1),
            Self::Address(ip) => ip.fmt(f),
            Self::Network(Network { address, bits }) => write!(f, "{address}/{bits}"),
            Self::Mac(mac) => mac.fmt(f),
            Self::Role(role) => write!(f, "role:{role}"),
            Self::Level(level) => write!(f, "level:{level}"),
            Self::Vlan(vlan) => write!(f, "vlan:{vlan}"),
            Self::Name(pattern) => write!(f, "name:{pattern}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        let net = |text: &str| Network::parse(text).unwrap();
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(net("10.20.0.0/16").has(ip("10.20.255.1")));
        assert!(!net("10.20.0.0/16").has(ip("10.21.0.1")));
        assert!(net("0.0.0.0/0").has(ip("1.2.3.4")) && !net("0.0.0.0/0").has(ip("::1")));
        assert!(net("10.1.1.1/32").has(ip("10.1.1.1")) && net("fd00::/8").has(ip("fd12::1")));
        assert!(Network::parse("10.0.0.0/33").unwrap_err().contains("32 bits"));
        let wrong = Network::parse("10.20.10.7/24").unwrap_err();
        assert!(wrong.contains("write 10.20.10.0/24, or 10.20.10.7"), "{wrong}");
        assert!(Network::parse("fd00::1/64").unwrap_err().contains("fd00::/64"));
    }

    #[test]
    fn what_is_covered_is_certain() {
        let network = |text: &str| Who::Network(Network::parse(text).unwrap());
        let address = |text: &str| Who::Address(text.parse().unwrap());
        assert!(network("10.0.0.0/8").covers(&network("10.9.0.0/16")));
        assert!(!network("10.9.0.0/16").covers(&network("10.0.0.0/8")));
        assert!(network("10.0.0.0/8").covers(&address("10.1.2.3")));
        assert!(Who::Any.covers(&Who::Group) && !Who::Group.covers(&Who::Any));
        assert!(
            Who::Group.covers(&address("239.1.1.1")) && !Who::Group.covers(&address("10.0.0.1"))
        );
        assert!(!Who::Role("plc").covers(&Who::Level(1)));
    }
}
