//! What a device tells of itself through its objects.

use super::objects::{Interface, text16};
use super::path::Path;
use super::{attributes, classes, spec, values};
use crate::common::cip;
use core::net::IpAddr;
use dissect::Cx;
use vocab::{Mac, Subject};

/// Objects that say who a device is.
pub(super) const fn is_told_by(class: u32) -> bool {
    matches!(
        class,
        classes::IDENTITY | classes::CONTROLLER_NAME | classes::TCP_IP | classes::ETHERNET_LINK
    )
}

/// Answer to Get_Attributes_All: the attributes in the order of their numbers.
pub(super) fn all(cx: &mut Cx<'_>, of: Subject, path: &Path<'_>, data: &[u8]) {
    let class = path.class.unwrap_or(classes::IDENTITY);
    // Of more than these the standard lets devices leave out some.
    let last = match class {
        classes::CONTROLLER_NAME => 1,
        classes::TCP_IP => 6,
        classes::ETHERNET_LINK => 3,
        _ => 7,
    };
    attributes::in_order(cx, path, data, 1..=last, &mut |cx, number, bytes| {
        one(cx, of, class, number, bytes);
    });
}

/// One attribute of an instance.
pub(super) fn one(cx: &mut Cx<'_>, of: Subject, class: u32, number: u32, bytes: &[u8]) {
    let specs = spec::IDENTITY_SPECS;
    let uint = values::uint(bytes);
    let short = vocab::low_u16(uint);
    match (class, number, bytes) {
        (classes::IDENTITY, 1, _) => cip::vendor(cx, of, specs, short),
        (classes::IDENTITY, 2, _) => cip::device_type(cx, of, specs, short),
        (classes::IDENTITY, 3, _) => cip::product_code(cx, of, specs, short),
        (classes::IDENTITY, 4, &[major, minor]) => cip::revision(cx, of, specs, [major, minor]),
        (classes::IDENTITY, 6, _) => cip::serial(cx, of, specs, vocab::low_u32(uint)),
        (classes::IDENTITY, 7, [len, name @ ..]) => {
            let name = name.get(..usize::from(*len)).unwrap_or(name);
            cx.attr_of(of, specs.name, name);
            part_address(cx, of);
        }
        (classes::CONTROLLER_NAME, 1, _) => cx.attr_of(of, spec::CONTROLLER, text16(bytes)),
        (classes::TCP_IP, 5, _) => {
            if let Some(interface) = Interface::read(bytes) {
                if !interface.address.is_unspecified() {
                    let address = crate::line!("{}", interface.address);
                    cx.attr_of(of, spec::ADDRESS, address.bytes());
                }
                cx.attr_of(of, spec::DOMAIN, interface.domain);
            }
        }
        (classes::TCP_IP, 6, _) => cx.attr_of(of, spec::HOST_NAME, text16(bytes)),
        (classes::ETHERNET_LINK, 3, &[a, b, c, d, e, f]) => {
            let mac = Mac([a, b, c, d, e, f]);
            if of == Subject::Sender {
                let ip: IpAddr = cx.headers().src.to_ip();
                cx.bind(mac, ip);
            } else {
                cx.attr_of(of, spec::LINK_ADDRESS, crate::line!("{mac}").bytes());
            }
        }
        _ => {}
    }
}

/// A module's place in its rack, in the way in which routes are written.
fn part_address(cx: &mut Cx<'_>, of: Subject) {
    if let Subject::SenderPart(part) = of
        && part.kind == "slot"
    {
        cx.attr_of(of, spec::ROUTE, crate::line!("1,{}", part.number).bytes());
    }
}
