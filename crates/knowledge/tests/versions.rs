//! The order of versions and the meaning of ranges, by examples and by properties.

#![allow(missing_docs, clippy::unwrap_used)]

use knowledge::version::{Class, Facts, Notation, Range, Truth, Version};
use proptest::prelude::*;
use std::cmp::Ordering::{self, Equal, Greater, Less};

fn order(a: &str, b: &str) -> Option<Ordering> {
    let read = |text| Version::read(text).unwrap();
    read(a).compare(&read(b), Notation::Numeric)
}

#[test]
fn examples_of_the_order() {
    for (a, wanted, b) in [
        ("V4.5.0", Equal, "4.5"),
        ("12.7.4.0", Equal, "12.7.4"),
        ("R6.01.00", Equal, "6.1"),
        ("33.011", Equal, "33.11"),
        ("FW11", Equal, "11"),
        ("SV3.51", Greater, "V2.70"),
        ("V5.6 SP2", Less, "V5.6 SP2 HF3"),
        ("V5.6", Less, "V5.6 SP1"),
        ("V5.6 SP2 HF13", Greater, "V5.6 SP2 HF3"),
        ("V7.5_SP2_Update_15", Greater, "V7.5 SP2 Upd 4"),
        ("R511.5_TCU4_HF4", Greater, "R511.5 TCU4"),
        ("1.156N", Less, "1.156P"),
        ("1.156N", Greater, "1.156"),
        ("V10.0a", Greater, "V10.0"),
        ("2017 Update 2b", Greater, "2017 Update 2"),
        ("BOX4000_v2.16_170401", Greater, "BOX4000_v2.12_160906"),
        ("3.30 Build 24518", Equal, "3.30_24518"),
        ("3.30_24519", Greater, "3.30 Build 24518"),
        ("v12 SP0 Build 1204.77", Equal, "12_SP0_1204.77"),
        ("12 SP0 (1204.78)", Greater, "12_SP0_1204.77"),
        ("16.20.00002", Greater, "16.20.00001"),
        ("BOX9_R_00.07.03.4", Equal, "00.07.03.4"),
        ("AcmeBS_QRTB_2.11.6", Less, "QRTB_2.12.7"),
        ("v5.5.4 (Windows 64 bit)", Equal, "5.5.4"),
        ("BoxOS-2S-07.0.02", Equal, "07.0.02"),
        ("BoxOS-2S-07.0.02", Less, "7.0.3"),
        ("Box.Ess4.01.02.10.5982", Less, "Box.Ess4.01.02.13.6953"),
        ("VX.223.0 Update 3", Greater, "VX.223.0 Update 2"),
        ("2016 R2", Less, "2016 R2 SP1"),
        ("15.0 Service Pack 1", Equal, "15.0 SP1"),
        ("02.07.07(10)", Less, "02.07.07(11)"),
        ("3.4.4 Build 16102416", Greater, "3.4.4 Build 15102416"),
        ("V3.14 P021", Less, "V3.14 P022"),
        ("R301-V0", Less, "R301-V6"),
        ("5_7_04_6469", Equal, "5.7.4.6469"),
        ("LF", Greater, "LB"),
        ("SE2020MP12", Greater, "SE2020MP9"),
        ("V20.2 HotfixRev14", Greater, "V20.2 HotfixRev2"),
        ("2.420.HW01.33.20190812", Less, "2.420.HW01.33.20190901"),
        ("MX-V4.7.2.35-r1", Greater, "MX-V4.7.2.35"),
    ] {
        assert_eq!(order(a, b), Some(wanted), "{a} {b}");
        assert_eq!(order(b, a), Some(wanted.reverse()), "{b} {a}");
    }
    for (a, b) in [
        ("1.0", "N"),
        ("6.02", "6.1"),
        ("2017", "1.9.0"),
        ("1.0 alpha", "1.0 beta"),
        ("2.0(7)", "2.0"),
        ("B13", "13"),
        ("1.0ab", "1.0c"),
    ] {
        assert_eq!(order(a, b), None, "{a} {b}");
    }
    for text in [
        "",
        "without a number",
        "a very long sentence that only mentions things",
        "99999999999999999999999",
    ] {
        assert!(Version::read(text).is_none_or(|version| version.depth() == 0), "{text}");
    }
}

#[test]
fn two_readings_that_disagree_leave_it_open() {
    let read = |text| Version::read(text).unwrap();
    let order = |a, b| read(a).compare(&read(b), Notation::Hundredths);
    assert_eq!(order("2.9", "2.70"), None);
    assert_eq!(order("2.9", "2.90"), None);
    assert_eq!(order("2.09", "2.70"), Some(Less));
    assert_eq!(order("2.70", "2.90"), Some(Less));
    assert_eq!(order("3.1", "2.90"), Some(Greater));
}

fn holds(range: &str, version: &str) -> Truth {
    let version = Version::read(version);
    Range::read(range).holds(&Facts { version: version.as_ref(), ..Facts::default() })
}

#[test]
fn examples_of_ranges() {
    use Truth::{No, Open, Yes};
    for (range, version, wanted) in [
        ("vers:all/*", "1.0", Yes),
        ("All versions", "1.0", Yes),
        ("vers:all/<V4.5.0", "V4.4.1", Yes),
        ("vers:all/<V4.5.0", "V4.5.0", No),
        ("All versions < V5.2 SP3 HF13", "V5.2 SP3 HF2", Yes),
        ("All versions < V5.2 SP3 HF13", "V5.2 SP3 HF13", No),
        ("<V7.5_SP2_Update_15", "V7.5 SP2 Update 14", Yes),
        (">= V3.1.39 and < V3.3.46", "V3.2", Yes),
        (">= V3.1.39 and < V3.3.46", "V3.1.38", No),
        (">=R6.01.00|<=R6.11.10", "R6.11.10", Yes),
        (">=R6.01.00|<=R6.11.10", "R6.12", No),
        ("vers:all/>=V4.5.0<V4.5.2", "V4.5.1", Yes),
        ("> V3.0 < V4.0", "V3.0", No),
        ("1.32|1.33", "1.33", Yes),
        ("12.7.1-12.7.3", "12.7.2", Yes),
        ("12.7.1-12.7.3", "12.7.4", No),
        ("12.7.*", "12.7.9", Yes),
        (">= 9.3.0 - but not including 9.3.8", "9.3.7", Yes),
        (">= 9.3.0 - but not including 9.3.8", "9.3.8", No),
        ("<= 5.0.27 | <= 5.1.19 | <= 6.0.16", "5.0.28", No),
        ("<= 5.0.27 | <= 5.1.19 | <= 6.0.16", "5.1.19", Yes),
        ("7.2.x", "7.3.0", No),
        ("1.2 *", "1.2.7", Yes),
        ("< V3.X.14", "V3.2.8", Yes),
        ("< V3.X.14", "V3.2.14", No),
        ("All versions <= V5.x", "V5.4", Yes),
        ("All versions <= V5.x", "V6.0", No),
        ("<v36.011_v35.013_v34.014", "35.013", No),
        ("<v36.011_v35.013_v34.014", "35.011", Yes),
        ("<v36.011_v35.013_v34.014", "33.020", Yes),
        ("<v36.011_v35.013_v34.014", "37.011", No),
        ("All versions between V2.5 (including) and V2.7 (excluding)", "V2.7", No),
        ("All versions between V2.5 (including) and V2.7 (excluding)", "V2.5", Yes),
        (">FW19_up_to_and_including_FW26", "FW26", Yes),
        (">FW19_up_to_and_including_FW26", "FW19", No),
        ("All versions <= V2.5.0 and Function State (FS) <= 9", "V2.5.1", No),
        ("All versions <= V2.5.0 and Function State (FS) <= 9", "V2.4.0", Open("condition")),
        ("vers:all/*_installed_on_CP200_devices", "1.0", Open("condition")),
        ("NMC2 <= 6.9.6", "6.9.6", Yes),
        ("vers:all/<CPCI85 V05.11", "V05.10", Yes),
        ("6.4 and earlier", "6.3", Yes),
        ("<April/17/2023", "1.0", Open("date")),
        ("HEN04103", "1.0", Open("unread_range")),
    ] {
        assert_eq!(holds(range, version), wanted, "{range} {version}");
    }
    assert_eq!(holds("< V4.5", ""), Open("no_version"));
    assert_eq!(Range::read("vers:all/<V4.5.0").fixed_at().map(Version::text), Some("v4.5.0"));
}

#[test]
fn service_packs_and_numbers_are_told_apart() {
    let compare = |a: &str, b: &str| {
        Version::read(a).unwrap().compare(&Version::read(b).unwrap(), Notation::Numeric)
    };
    assert_eq!(compare("V3.5 SP15", "3.5.14.20"), Some(Ordering::Greater));
    assert_eq!(compare("V3.5 SP14 Patch 2", "3.5.14.20"), Some(Equal));
    assert_eq!(compare("9.80 SP4", "9.80.75.3 SP3"), Some(Ordering::Greater));
    assert_eq!(compare("3.3 SP4", "3.3.4"), None);
    assert_eq!(compare("2.4.16 (30.07.2021)", "2.4.16"), Some(Equal));
    assert_eq!(compare("15.3(3) JB", "15.3(3) JC1"), Some(Ordering::Less));
    for (range, version, wanted) in [
        ("< 2017 (1.9.0)", "1.8.1", Truth::Yes),
        ("< 2017 (1.9.0)", "1.9.0", Truth::No),
        ("<= 4.1 | < january 20 2017.", "4.1", Truth::Yes),
        ("<= 4.1 | < january 20 2017.", "4.3.1", Truth::No),
        ("<= 3.5 (12)", "3.5 (12)", Truth::Yes),
        ("< 8.2_20170817", "8.2", Truth::Yes),
        ("<=v2.11_including_hotfixes", "2.11", Truth::Yes),
        ("< 6.3  of telerik software", "6.2", Truth::Yes),
        ("9.x model 35700BAX3", "9.01.00", Truth::Yes),
        ("< V8.1 SP1 with WinCC V7.3 Upd 13", "V8.0", Truth::Yes),
    ] {
        let version = Version::read(version);
        let facts = Facts { version: version.as_ref(), ..Facts::default() };
        assert_eq!(Range::read(range).holds(&facts), wanted, "{range} {version:?}");
    }
    let holds = |range: &str, serial| {
        Range::read(range).holds(&Facts { serial: Some(serial), ..Facts::default() })
    };
    assert_eq!(holds("<= Serial Numbers 2310****", "23100012"), Truth::Yes);
    assert_eq!(holds("<= Serial Numbers 2310****", "23110003"), Truth::No);
    assert_eq!(holds("<= first 2  digits of serial number are 02", "0201234567890"), Truth::Yes);
    assert_eq!(
        holds("<= first 2  digits of serial number are 02", "02xxxxxx"),
        Truth::Open("no_serial")
    );
}

#[test]
fn serial_numbers_are_compared_by_their_first_digits() {
    let range = Range::read("<=the_first_5_digits_of_serial_number_24051");
    assert_eq!(range.class(), Class::Serial);
    let holds = |serial| range.holds(&Facts { serial, ..Facts::default() });
    assert_eq!(holds(Some("240510123456789")), Truth::Yes);
    assert_eq!(holds(Some("240520000000000")), Truth::No);
    assert_eq!(holds(Some("2405")), Truth::Open("no_serial"));
    assert_eq!(holds(None), Truth::Open("no_serial"));
}

/// Plain numbers of any length, with parts that collide often.
fn dotted() -> impl Strategy<Value = Version> {
    prop::collection::vec(0u16..4, 1..4).prop_map(|base| {
        let base: Vec<String> = base.iter().map(u16::to_string).collect();
        Version::read(&format!("V{}", base.join("."))).unwrap()
    })
}

/// Versions of one notation, with parts that collide often. Where one has service packs and the
/// other more numbers, these may count the same.
fn version() -> impl Strategy<Value = Version> {
    let base = prop::collection::vec(0u16..4, 2..=2);
    let mark = |name: &'static str| {
        prop::option::of(0u16..3).prop_map(move |n| n.map(|n| format!(" {name}{n}")))
    };
    (base, mark("SP"), mark("Update "), mark("HF")).prop_map(|(base, sp, update, hf)| {
        let base: Vec<String> = base.iter().map(u16::to_string).collect();
        let marks: String = [sp, update, hf].into_iter().flatten().collect();
        Version::read(&format!("V{}{marks}", base.join("."))).unwrap()
    })
}

proptest! {
    #[test]
    fn the_order_is_total_within_a_notation(a in version(), b in version(), c in version()) {
        let compare = |x: &Version, y: &Version| x.compare(y, Notation::Numeric);
        let ab = compare(&a, &b);
        prop_assert!(ab.is_some());
        prop_assert_eq!(compare(&b, &a), ab.map(Ordering::reverse));
        prop_assert_eq!(compare(&a, &a), Some(Equal));
        if let (Some(x), Some(y)) = (ab, compare(&b, &c))
            && (x == y || x == Equal || y == Equal)
        {
            prop_assert_eq!(compare(&a, &c), Some(if x == Equal { y } else { x }));
        }
    }

    #[test]
    fn plain_numbers_have_a_total_order(a in dotted(), b in dotted()) {
        let ab = a.compare(&b, Notation::Numeric);
        prop_assert!(ab.is_some());
        prop_assert_eq!(b.compare(&a, Notation::Numeric), ab.map(Ordering::reverse));
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,120}", version in "\\PC{0,40}") {
        let range = Range::read(&text);
        let version = Version::read(&version);
        let facts = Facts { version: version.as_ref(), serial: Some("12345"), ..Facts::default() };
        let _ = range.holds(&facts);
        if let Some(version) = &version {
            prop_assert!(matches!(version.compare(version, Notation::Numeric), Some(Equal)));
        }
    }

    #[test]
    fn a_bound_splits_what_is_below_from_the_rest(a in version(), b in version()) {
        let facts = Facts { version: Some(&a), ..Facts::default() };
        let below = Range::read(&format!("< {b}")).holds(&facts);
        let rest = Range::read(&format!(">= {b}")).holds(&facts);
        prop_assert!(matches!((below, rest), (Truth::Yes, Truth::No) | (Truth::No, Truth::Yes)));
    }
}

#[test]
fn notations_of_bounds_compare() {
    let holds = |range: &str, version: &str| {
        let version = Version::read(version).unwrap();
        Range::read(range).holds(&Facts { version: Some(&version), ..Facts::default() })
    };
    for (range, version, wanted) in [
        // Days in any notation.
        ("<May_1_2024", "2023-11-15", Truth::Yes),
        ("<May_1_2024", "June 3, 2024", Truth::No),
        ("<= Build 2019-09-21", "Release Build 2019-09-21", Truth::Yes),
        ("<8/30/2024", "3.4.1", Truth::Open("date")),
        // The sign of the first is that of all; what lies between is open.
        ("< 1.99 | 2.20 | 2.40", "1.98", Truth::Yes),
        ("< 1.99 | 2.20 | 2.40", "2.20", Truth::Open("branch")),
        ("< 1.99 | 2.20 | 2.40", "2.40", Truth::No),
        // A first version before an upper end.
        ("13.0 | < 13.0.1", "12.1.5", Truth::No),
        ("16 <= 20", "18", Truth::Yes),
        // Lists with letters and builds; a list that is read in part says nothing.
        ("MP1.1, MP2.0, MP2.1, and MP3.0", "MP2.1", Truth::Yes),
        ("MP1.1 Build 845, MP1.2 Build 850,", "MP1.2 Build 850", Truth::Yes),
        // Two scales.
        ("<= 4.02C (aka <= 10.95.208.31)", "10.95.208.31", Truth::Yes),
        ("<= 4.02C (aka <= 10.95.208.31)", "4.03D", Truth::No),
        ("<=9.90 SP5 (v9.90.196)", "9.90.196", Truth::Yes),
        // Numbers that may be run together.
        ("<= 3.4.1.0", "3.30", Truth::Open("order")),
        ("<= 2.5.3", "2.52", Truth::Open("order")),
        // Words.
        ("versions prior to 3.2", "3.2", Truth::No),
        ("2.0.3.00.016 (including) and 2.0.6 (excluding)", "2.0.5", Truth::Yes),
        ("2.0.3.00.016 (including) and 2.0.6 (excluding)", "2.0.6", Truth::No),
        ("<=SS016.05.03.01.0010", "SS016.04.02.00.0012", Truth::Yes),
    ] {
        assert_eq!(holds(range, version), wanted, "{range}, {version}");
    }
}
