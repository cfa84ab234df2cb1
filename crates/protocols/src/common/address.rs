//! MAC and IP addresses as bytes of messages.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use vocab::{Area, Mac, Target};

/// An IPv4 address of four bytes or an IPv6 address of sixteen.
pub fn ip(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(IpAddr::V4(Ipv4Addr::from(v4)));
    }
    <[u8; 16]>::try_from(bytes).ok().map(|v6| IpAddr::V6(Ipv6Addr::from(v6)))
}

/// A MAC address of six bytes.
pub fn mac(bytes: &[u8]) -> Option<Mac> {
    <[u8; 6]>::try_from(bytes).ok().map(Mac)
}

/// The MAC address that a 64-bit identifier was made from, where it shows: `ff:fe` stands in its
/// middle. IEEE Guidelines for Use of EUI; `flip` undoes the inverted bit of RFC 4291 Appendix A.
pub fn mac_of_eui64(eui: [u8; 8], flip: bool) -> Option<Mac> {
    let [a, b, c, 0xff, 0xfe, d, e, f] = eui else { return None };
    Some(Mac([if flip { a ^ 2 } else { a }, b, c, d, e, f]))
}

/// Only this site or this link uses it: RFC 1918, RFC 3927, RFC 4193, RFC 4291 §2.5.6.
pub fn is_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// An area whose targets are addresses, their bytes in the target's name.
pub const fn area(id: u8, key: &'static str) -> Area {
    Area::shown(id, key, show)
}

/// A target of such an area.
pub fn target<'p>(area: &'static Area, address: &'p [u8]) -> Target<'p> {
    Target { area, index: 0, count: 1, extra: 0, name: address }
}

/// `key 10.0.0.5`: IPv4, IPv6 or MAC by length, anything else in hexadecimal.
fn show(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{} ", target.area.key)?;
    match (ip(target.name), mac(target.name)) {
        (Some(ip), _) => write!(out, "{ip}"),
        (None, Some(mac)) => write!(out, "{mac}"),
        (None, None) => write!(out, "{}", vocab::Value::Bytes(target.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    const ROUTER: &Area = &area(1, "router");

    #[test]
    fn addresses_are_told_by_their_length() {
        assert_eq!(line!("{}", target(ROUTER, &[10, 0, 0, 1])).bytes(), b"router 10.0.0.1");
        let mut v6 = [0; 16];
        v6[15] = 1;
        assert_eq!(line!("{}", target(ROUTER, &v6)).bytes(), b"router ::1");
        let mac = [2, 0, 0, 0, 0, 9];
        assert_eq!(line!("{}", target(ROUTER, &mac)).bytes(), b"router 02:00:00:00:00:09");
        assert_eq!(line!("{}", target(ROUTER, &[1, 2])).bytes(), b"router 0102");
    }

    #[test]
    fn a_mac_shows_in_an_identifier_made_from_it() {
        let eui = [0, 0x0e, 0x8c, 0xff, 0xfe, 1, 2, 3];
        assert_eq!(mac_of_eui64(eui, false), Some(Mac([0, 0x0e, 0x8c, 1, 2, 3])));
        assert_eq!(mac_of_eui64(eui, true), Some(Mac([2, 0x0e, 0x8c, 1, 2, 3])));
        assert_eq!(mac_of_eui64([0; 8], false), None);
    }

    #[test]
    fn addresses_of_one_site() {
        for text in ["10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "fe80::1", "fd00::1"] {
            assert!(is_local(text.parse().unwrap()), "{text}");
        }
        for text in ["8.8.8.8", "2001:db8::1"] {
            assert!(!is_local(text.parse().unwrap()), "{text}");
        }
    }
}
