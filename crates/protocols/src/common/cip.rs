//! What the Identity object of CIP and the ListIdentity answer of EtherNet/IP have in common.
//! CIP Volume 1 ch. 5, Identity Object; CIP Volume 2 §2-4.2.

use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Subject};

/// The attributes 1 to 7 of the Identity object, in the order in which both messages have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'p> {
    /// The maker's number in the list of ODVA.
    pub vendor: u16,
    /// The number of the device profile.
    pub device_type: u16,
    /// The maker's number for the product.
    pub product_code: u16,
    /// Major revision.
    pub major: u8,
    /// Minor revision.
    pub minor: u8,
    /// Summary of the device's state.
    pub status: u16,
    /// Serial number, unique with the vendor.
    pub serial: u32,
    /// Product name.
    pub name: &'p [u8],
}

impl<'p> Identity<'p> {
    /// The fields at the cursor; `None` when the fixed ones are not all there.
    pub fn read(at: &mut Cursor<'p>) -> Option<Self> {
        Some(Self {
            vendor: at.le16()?,
            device_type: at.le16()?,
            product_code: at.le16()?,
            major: at.u8()?,
            minor: at.u8()?,
            status: at.le16()?,
            serial: at.le32()?,
            name: {
                let len = at.u8().unwrap_or(0);
                at.take_up_to(usize::from(len))
            },
        })
    }

    /// Says what the fields tell of a device.
    pub fn say(&self, cx: &mut Cx<'_>, of: Subject, specs: &IdentitySpecs) {
        vendor(cx, of, specs, self.vendor);
        device_type(cx, of, specs, self.device_type);
        product_code(cx, of, specs, self.product_code);
        revision(cx, of, specs, [self.major, self.minor]);
        serial(cx, of, specs, self.serial);
        cx.attr_of(of, specs.name, self.name);
    }
}

/// Where the attributes stood.
#[derive(Debug)]
pub struct IdentitySpecs {
    /// Vendor number.
    pub vendor: &'static AttrSpec,
    /// Device profile number.
    pub device_type: &'static AttrSpec,
    /// Product number.
    pub product_code: &'static AttrSpec,
    /// Revision.
    pub revision: &'static AttrSpec,
    /// Serial number.
    pub serial: &'static AttrSpec,
    /// Product name.
    pub name: &'static AttrSpec,
}

/// Says a vendor number; 0 is nobody's.
pub fn vendor(cx: &mut Cx<'_>, of: Subject, specs: &IdentitySpecs, number: u16) {
    if number != 0 {
        cx.attr_of(of, specs.vendor, crate::line!("vendor id {number}").bytes());
    }
}

/// Says a device profile.
pub fn device_type(cx: &mut Cx<'_>, of: Subject, specs: &IdentitySpecs, number: u16) {
    cx.attr_of(of, specs.device_type, crate::line!("device type {number}").bytes());
}

/// Says a product number.
pub fn product_code(cx: &mut Cx<'_>, of: Subject, specs: &IdentitySpecs, number: u16) {
    cx.attr_of(of, specs.product_code, crate::line!("product code {number}").bytes());
}

/// Says a revision; 0.0 is none.
pub fn revision(cx: &mut Cx<'_>, of: Subject, specs: &IdentitySpecs, [major, minor]: [u8; 2]) {
    if (major, minor) != (0, 0) {
        // The highest bit of the major revision is reserved.
        let major = major & 0x7f;
        cx.attr_of(of, specs.revision, crate::line!("{major}.{minor}").bytes());
    }
}

/// Says a serial number in the eight hexadecimal digits that labels and tools show; 0 is none.
pub fn serial(cx: &mut Cx<'_>, of: Subject, specs: &IdentitySpecs, number: u32) {
    if number != 0 {
        cx.attr_of(of, specs.serial, crate::line!("{number:08x}").bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_both_messages_share() {
        let bytes = [
            1, 0, 14, 0, 54, 0, 16, 20, 0x60, 0x30, 0x3f, 0x82, 0x51, 0, 3, b'C', b'P', b'U', 0xff,
        ];
        let mut at = Cursor::new(&bytes);
        let identity = Identity::read(&mut at).unwrap();
        assert_eq!((identity.vendor, identity.serial), (1, 0x0051_823f));
        assert_eq!((identity.major, identity.minor, identity.name), (16, 20, &b"CPU"[..]));
        assert_eq!(at.rest(), [0xff]);
        assert_eq!(Identity::read(&mut Cursor::new(&bytes[..13])), None);
    }
}
