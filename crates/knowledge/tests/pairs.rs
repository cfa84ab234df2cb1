//! Devices and advisories whose verdict was read by hand, with the reason of each.

#![allow(missing_docs, clippy::unwrap_used)]

use knowledge::matching::{Device, Matcher, Verdict};
use knowledge::pack::Pack;

/// Vendor, product, order number, firmware, serial; advisory, CVE (a beginning is enough); verdict,
/// `None` where the advisory does not name the device; why.
type Pair = ([&'static str; 5], (&'static str, &'static str), Option<Verdict>, &'static str);

const A: Option<Verdict> = Some(Verdict::Affected);
const N: Option<Verdict> = Some(Verdict::NotAffected);
const U: Option<Verdict> = Some(Verdict::Undetermined);

#[rustfmt::skip]
const PAIRS: &[Pair] = &[
    (["Siemens", "CPU 1214C DC/DC/DC", "6ES7 214-1AG40-0XB0", "V4.4.0", ""], ("ICSA-22-041-01", "CVE-2021-37204"), A, "this CVE below V4.5.0"),
    (["Siemens", "CPU 1214C DC/DC/DC", "6ES7 214-1AG40-0XB0", "V4.4.0", ""], ("ICSA-22-041-01", "CVE-2021-37185"), N, "this CVE from V4.5.0 on only"),
    (["Siemens", "CPU 1214C DC/DC/DC", "6ES7 214-1AG40-0XB0", "V4.5.1", ""], ("ICSA-22-041-01", "CVE-2021-37185"), A, "between V4.5.0 and V4.5.2"),
    (["Siemens", "CPU 1214C DC/DC/DC", "6ES7 214-1AG40-0XB0", "V4.5.2", ""], ("ICSA-22-041-01", "CVE-2021-37185"), N, "fixed at V4.5.2"),
    (["SIEMENS AG", "S7-1200 CPU 1214C", "", "V4.2.1", ""], ("ICSA-17-339-01", "CVE-2017-12741"), A, "family, below V4.2.3"),
    (["Siemens", "S7-1200 CPU 1214C", "", "", ""], ("ICSA-17-339-01", "CVE-2017-12741"), U, "no firmware known"),
    (["Siemens", "CPU 1214C DC/DC/DC", "6ES7214-1AG40-0XB0", "V4.6.1", ""], ("ICSA-24-284-01", "CVE-2024-46886"), A, "order number, all versions"),
    (["Siemens", "SIMATIC S7-1200 CPU 1214C", "", "V4.6.1", ""], ("ICSA-24-284-01", "CVE-2024-46886"), U, "which of the variants is not known"),
    (["Siemens", "CPU 1214C", "6ES7 214-1AG40-0XB0", "V4.4.0", ""], ("ICSA-21-222-09", "CVE-2021-37172"), N, "Siemens means just V4.5.0"),
    (["Siemens", "CPU 1214C", "6ES7 214-1AG40-0XB0", "V4.5.0", ""], ("ICSA-21-222-09", "CVE-2021-37172"), A, "just V4.5.0"),
    (["Siemens", "SIMATIC CP 1243-1", "6GK7243-1BX30-0XE0", "V2.1", ""], ("ICSA-21-152-01", "CVE-2020-15782"), None, "a communication processor is no S7-1200 CPU"),
    (["Siemens", "SIMATIC CP 1243-1", "6GK7243-1BX30-0XE0", "V3.2", ""], ("ICSA-21-131-03", "CVE-2020-25705"), A, "between V3.1.39 and V3.3.46"),
    (["Siemens", "SIMATIC CP 1243-1", "6GK7243-1BX30-0XE0", "V3.3.46", ""], ("ICSA-21-131-03", "CVE-2020-25705"), N, "fixed at V3.3.46"),
    (["Siemens", "CPU 315-2 PN/DP", "6ES7 315-2EH14-0AB0", "V3.2.8", ""], ("ICSA-17-339-01", "CVE-2017-12741"), A, "V3.X.16 stands for V3.2.16"),
    (["Siemens", "CPU 315-2 PN/DP", "6ES7 315-2EH14-0AB0", "V3.2.16", ""], ("ICSA-17-339-01", "CVE-2017-12741"), N, "V3.X.16 stands for V3.2.16"),
    (["Siemens", "CPU 315-2 PN/DP", "6ES7 315-2EH14-0AB0", "V3.2.17", ""], ("ICSA-19-283-01", "CVE-2019-10923"), N, "fixed at V3.2.17"),
    (["Siemens", "SCALANCE X204-2", "6GK5204-2BB10-2AA3", "V5.2.4", ""], ("ICSA-21-012-05", "CVE-2020-15799"), A, "the X-200 family below V5.2.5"),
    (["Siemens", "SCALANCE XC208", "6GK5208-0BA00-2AC2", "V4.1.0", ""], ("ICSA-21-012-05", "CVE-2020-15799"), None, "XC-200 is not X-200"),
    (["Siemens", "SIMATIC ET 200SP IM 155-6 PN ST", "6ES7 155-6AU01-0BN0", "V4.2.0", ""], ("ICSA-17-339-01", "CVE-2017-12741"), A, "ET 200SP interface, all versions"),
    (["Rockwell", "1756-L85E", "", "35.013", ""], ("ICSA-24-284-20", "CVE-2024-6207"), N, "fixed in branch 35 at 35.013"),
    (["Rockwell Automation", "1756-L85E", "", "35.011", ""], ("ICSA-24-284-20", "CVE-2024-6207"), A, "branch 35 below 35.013"),
    (["Rockwell Automation", "ControlLogix 5580", "1756-L85E", "34.014", ""], ("ICSA-24-284-20", "CVE-2024-6207"), N, "fixed in branch 34 at 34.014"),
    (["Allen-Bradley", "ControlLogix 5580", "1756-L85E", "33.013", ""], ("ICSA-24-284-20", "CVE-2024-6207"), A, "branch 33 below 33.017"),
    (["Rockwell Automation/Allen-Bradley", "ControlLogix 5580", "1756-L85E", "37.011", ""], ("ICSA-24-284-20", "CVE-2024-6207"), N, "newer than all branches"),
    (["Rockwell Automation", "ControlLogix 5580", "1756-L85E", "34.012", ""], ("ICSA-24-163-01", "CVE-2024-5659"), A, "V34.011 is the first affected, 34.014 fixes"),
    (["Rockwell Automation", "ControlLogix 5580", "1756-L85E", "33.011", ""], ("ICSA-24-163-01", "CVE-2024-5659"), N, "before the first affected"),
    (["Rockwell Automation", "ControlLogix 5580", "1756-L85E", "36.011", ""], ("ICSA-24-226-03", "CVE-2024-40619"), N, "the fix ends a range that is open above"),
    (["Rockwell Automation", "PowerFlex 525", "", "5.1", ""], ("ICSA-19-087-01", "CVE-2018-19282"), A, "5.1 is FRN 5.001"),
    (["Rockwell Automation", "MicroLogix 1400", "1766-L32BXB/B", "21.2", ""], ("ICSA-18-009-01", "CVE-2017-16740"), A, "series B, 21.002"),
    (["Rockwell Automation", "MicroLogix 1400", "1766-L32BXB", "21.2", ""], ("ICSA-18-009-01", "CVE-2017-16740"), U, "the hardware series is not known"),
    (["Rockwell Automation", "1756-L61/B LOGIX5561", "1756-L61/B", "20.11", ""], ("ICSA-22-090-05", "CVE-2022-1161"), A, "ControlLogix 5560, all versions"),
    (["Rockwell Automation", "1756-L61/B LOGIX5561", "1756-L61/B", "20.11", ""], ("ICSA-24-284-20", "CVE-2024-6207"), None, "5560 is not 5580"),
    (["Schneider Electric", "Modicon M340", "BMX P34 2020", "V3.10", ""], ("ICSA-21-194-02", "CVE-2021-22778"), A, "order number pattern BMXP34*, all versions"),
    (["Schneider Electric", "Modicon M340", "BMXP342020", "V3.51", ""], ("ICSA-23-201-01", "CVE-2022-45788"), N, "fixed at SV3.51"),
    (["Schneider Electric Software, LLC", "Modicon M580", "BMEP584040", "V2.80", ""], ("ICSA-20-016-01", "CVE-2019-6857"), N, "fixed at 2.80"),
    (["Schneider Electric", "Modicon M580", "BMEP584040", "V2.9", ""], ("ICSA-20-016-01", "CVE-2019-6857"), U, "2.9 may be 2.09 or 2.90"),
    (["Mitsubishi Electric", "MELSEC Q Series Q03UDECPU", "", "", "240510000000000"], ("ICSA-22-172-01", "CVE-2022-24946"), A, "first five digits at most 24061"),
    (["Mitsubishi Electric", "MELSEC Q Series Q03UDECPU", "", "", "240620000000000"], ("ICSA-22-172-01", "CVE-2022-24946"), N, "first five digits above 24061"),
    (["Mitsubishi Electric", "MELSEC Q Series Q03UDECPU", "", "24061", ""], ("ICSA-22-172-01", "CVE-2022-24946"), U, "a firmware is no serial number"),
    (["Moxa", "EDS-408A", "", "V3.8", ""], ("ICSA-19-057-01", "CVE-2019-6557"), A, "3.8 and earlier"),
    (["Moxa", "EDS-408A", "", "V3.9", ""], ("ICSA-19-057-01", "CVE-2019-6557"), N, "3.8 and earlier"),
    (["WAGO", "750-8202", "", "02.07.07(10)", ""], ("ICSA-18-044-01", "CVE-2018-5459"), N, "fixed at 02.07.07(10)"),
    (["WAGO", "750-8202", "", "02.07.07(09)", ""], ("ICSA-18-044-01", "CVE-2018-5459"), A, "below 02.07.07(10)"),
    (["PTC", "KEPServerEX", "", "6.8.796.0", ""], ("ICSA-20-352-02", "CVE-2020-27265"), A, "6.0 to 6.9"),
    (["Honeywell", "Experion PKS", "", "R511.5 TCU4 HF3", ""], ("ICSA-23-194-06", "CVE-2023-23585"), A, "below R520.2"),
    (["GE Intelligent Platforms", "PACSystems RX3i CPE330", "IC695CPE330", "10.05", ""], ("ICSA-20-014-01", "CVE-2019-13524"), N, "fixed at R9.90"),
    (["Emerson", "PACSystems RX3i CPE330", "IC695CPE330", "9.40", ""], ("ICSA-20-014-01", "CVE-2019-13524"), A, "below R9.90; the line was sold to Emerson"),
];

#[test]
fn pairs_read_by_hand_come_out_as_read() {
    let tables = Pack::built_in().unwrap().tables().unwrap();
    let matcher = Matcher::new(tables.advisories).unwrap();
    let mut wrong = Vec::new();
    for (device, (advisory, cve), wanted, why) in PAIRS {
        let [vendor, product, order, firmware, serial] = device.map(str::to_owned);
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        let asked = Device {
            vendor,
            product,
            order_number: some(&order),
            firmware: some(&firmware),
            hardware: None,
            serial: some(&serial),
        };
        let found = matcher.matches(&asked).into_iter().find(|found| {
            let text = &matcher.advisories()[found.advisory];
            text.id == *advisory && text.entries[found.entry].cve.starts_with(cve)
        });
        let seen = found.as_ref().map(|found| found.verdict);
        if seen != *wanted {
            let reason = found.map_or("no row", |found| found.reason);
            wrong.push(format!(
                "{device:?} {advisory} {cve}: {seen:?} ({reason}), read {wanted:?}: {why}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), PAIRS.len(), wrong.join("\n"));
}
