//! Engineering units. HCF_SPEC-183, table 2.

/// The unit with this code, in the short form engineers write.
#[rustfmt::skip]
pub(super) fn name(code: u32) -> Option<&'static str> {
    // From code 1 on.
    const FIRST: &[&str] = &[
        "inH2O", "inHg", "ftH2O", "mmH2O", "mmHg", "psi", "bar", "mbar", "g/cm2", "kg/cm2",
        "Pa", "kPa", "torr", "atm", "ft3/min", "gal/min", "L/min", "Impgal/min", "m3/h", "ft/s",
        "m/s", "gal/s", "Mgal/d", "L/s", "ML/d", "ft3/s", "ft3/d", "m3/s", "m3/d", "Impgal/h",
        "Impgal/d", "degC", "degF", "degR", "K", "mV", "ohm", "Hz", "mA", "gal",
        "L", "Impgal", "m3", "ft", "m", "bbl", "in", "cm", "mm", "min",
        "s", "h", "d", "cSt", "cP", "uS", "%", "V", "pH", "g",
        "kg", "t", "lb", "short ton", "long ton", "mS/cm", "uS/cm", "N", "N m", "g/s",
        "g/min", "g/h", "kg/s", "kg/min", "kg/h", "kg/d", "t/min", "t/h", "t/d", "lb/s",
        "lb/min", "lb/h", "lb/d",
    ];
    // From code 90 on.
    const DENSITY: &[&str] = &["SGU", "g/cm3", "kg/m3", "lb/gal", "lb/ft3", "g/mL", "kg/L", "g/L"];
    let at = |table: &'static [&str], first: u32| {
        table.get(usize::try_from(code.checked_sub(first)?).ok()?).copied()
    };
    match code {
        139 => Some("ppm"),
        237 => Some("MPa"),
        90.. => at(DENSITY, 90),
        _ => at(FIRST, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn known_codes() {
        let known = [(1, "inH2O"), (12, "kPa"), (32, "degC"), (39, "mA"), (57, "%"), (83, "lb/d")];
        for (code, unit) in known {
            assert_eq!(name(code), Some(unit));
        }
        assert_eq!((name(91), name(237)), (Some("g/cm3"), Some("MPa")));
        assert_eq!((name(0), name(84), name(98), name(u32::MAX)), (None, None, None, None));
    }
}
