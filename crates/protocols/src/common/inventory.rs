//! Descriptions in which a maker writes identity fields in a fixed form.

/// A field of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The maker's name.
    Vendor,
    /// The product's name.
    Product,
    /// The maker's order number.
    OrderNumber,
    /// Hardware version.
    Hardware,
    /// Firmware or software version.
    Firmware,
    /// Serial number.
    Serial,
}

/// The fields of a Siemens description, as SIMATIC and SCALANCE devices give it for LLDP and
/// SNMP: `Siemens, SIMATIC S7, CPU-1500, 6ES7 511-1AK02-0AB0, HW: 3, FW: V.2.8.1, S C-X1`.
/// Nothing for any other text.
pub fn siemens(text: &[u8]) -> impl Iterator<Item = (Field, &[u8])> {
    let is_siemens = text.starts_with(b"Siemens, ");
    let parts = text.split(|b| *b == b',').enumerate();
    parts.take_while(move |_| is_siemens).filter_map(|(position, part)| {
        let part = part.trim_ascii();
        let after = |prefix: &[u8]| {
            let value = part.strip_prefix(prefix)?.trim_ascii();
            Some(value.strip_prefix(b"Version ").unwrap_or(value))
        };
        Some(match position {
            0 => (Field::Vendor, part),
            2 => (Field::Product, part),
            _ if is_order_number(part) => (Field::OrderNumber, part),
            _ => {
                let hardware = after(b"HW:").map(|value| (Field::Hardware, value));
                let firmware = || after(b"FW:").map(|value| (Field::Firmware, value));
                let software = || after(b"SW:").map(|value| (Field::Firmware, value));
                let panel = || after(b"SW.").map(|value| (Field::Firmware, value));
                let serial = || is_serial(position, part).then_some((Field::Serial, part));
                hardware.or_else(firmware).or_else(software).or_else(panel).or_else(serial)?
            }
        })
    })
}

/// `S C-X1…`, `SVPE…`: the last field, written as in the identification data.
fn is_serial(position: usize, part: &[u8]) -> bool {
    position >= 6 && matches!(part, [b'S', b' ' | b'A'..=b'Z', _, ..])
}

/// `6ES7 214-…`, `6GK5 …`, `6AV2 …`: a digit, two letters, a digit.
fn is_order_number(part: &[u8]) -> bool {
    matches!(part, [a, b, c, d, _, ..] if a.is_ascii_digit()
        && b.is_ascii_uppercase()
        && c.is_ascii_uppercase()
        && d.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [(Field, &str); 6] {
        let mut fields = [(Field::Vendor, ""); 6];
        let found = siemens(text.as_bytes()).map(|(f, v)| (f, core::str::from_utf8(v).unwrap()));
        for (place, field) in fields.iter_mut().zip(found) {
            *place = field;
        }
        fields
    }

    #[test]
    fn a_controllers_description() {
        let text = "Siemens, SIMATIC S7, CPU-1500, 6ES7 511-1AK02-0AB0, HW: 3, FW: V.2.8.1, S C-X1";
        let expected = [
            (Field::Vendor, "Siemens"),
            (Field::Product, "CPU-1500"),
            (Field::OrderNumber, "6ES7 511-1AK02-0AB0"),
            (Field::Hardware, "3"),
            (Field::Firmware, "V.2.8.1"),
            (Field::Serial, "S C-X1"),
        ];
        assert_eq!(read(text), expected);
    }

    #[test]
    fn a_panels_and_a_strangers_description() {
        let text = "Siemens, SIMATIC HMI, KTP400, 6AV2 123-2DB03-0AX0, HW:0, SW.V 15.1.0";
        let [_, product, order, hardware, firmware, none] = read(text);
        assert_eq!(
            (product, order),
            ((Field::Product, "KTP400"), (Field::OrderNumber, "6AV2 123-2DB03-0AX0"))
        );
        assert_eq!((hardware, firmware), ((Field::Hardware, "0"), (Field::Firmware, "V 15.1.0")));
        assert_eq!(none.1, "");
        let text = "Siemens, NET, CP 343-1, 6GK7 343, HW: Version 2, FW: Version V1.2.3, SVPF1";
        let [.., hardware, firmware, serial] = read(text);
        assert_eq!((hardware.1, firmware.1, serial.1), ("2", "V1.2.3", "SVPF1"));
        assert_eq!(siemens(b"Linux plc 4.9.0, HW: 1").count(), 0);
    }
}
