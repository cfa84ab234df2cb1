//! Banners in Recog's format, as packs hold them.
//!
//! Recog speaks of hardware (`hw.*`), operating systems (`os.*`) and services (`service.*`). For a
//! device without a general operating system it names the device under `os.*`, with its kind in
//! `os.device`; here that counts as hardware.

use crate::pack::Banner;
use model::Derived;
use regex_lite::{Regex, RegexBuilder};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use vocab::Attribute;

/// Most fingerprints that are looked at for one field; further ones are left out.
const FIELD_MAX: usize = 20_000;
/// Longest text that is looked at, in bytes: greetings are short.
const TEXT_MAX: usize = 4_096;
/// How sure a fingerprint is at most: it was made from other people's devices.
const WEIGHT: u8 = 75;
/// How sure it is of a version of something that is not the banner's own subject.
const WEIGHT_VERSION: u8 = 70;

/// Where a field's text comes from: the field, the protocol, the source, and what Recog expects
/// around the text.
const FIELDS: &[(&str, &str, &str, Around)] = &[
    ("ftp.banner", "ftp", "FTP greeting", Around::Nothing),
    ("http_header.server", "http", "HTTP Server", Around::Nothing),
    ("http_header.wwwauth", "http", "HTTP realm", Around::Realm),
    ("html_title", "http", "HTTP page title", Around::Nothing),
    ("smb.native_os", "smb", "SMB NativeOS", Around::Nothing),
    ("smb.native_lm", "smb", "SMB NativeLanMan", Around::Nothing),
    ("snmp.sys_description", "snmp", "SNMP sysDescr", Around::Nothing),
    ("ssh.banner", "ssh", "SSH identification", Around::Version),
    ("mysql.handshake_version", "mysql", "MySQL server version", Around::Nothing),
    ("telnet.banner", "telnet", "Telnet login text", Around::Nothing),
    // Recog's file of Telnet greetings names no field.
    ("", "telnet", "Telnet login text", Around::Nothing),
];

/// How a text must be changed before Recog's expressions fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    /// As it is.
    Nothing,
    /// A realm stands within its challenge. RFC 7617 §2.
    Realm,
    /// Without `SSH-2.0-`. RFC 4253 §4.2.
    Version,
}

/// A fingerprint; its expression is made when a text of its field is first seen.
#[derive(Debug)]
struct Fingerprint {
    pattern: String,
    caseless: bool,
    expression: OnceLock<Option<Regex>>,
    sets: Vec<(String, String)>,
}

/// Fingerprints by field.
#[derive(Debug, Default)]
pub struct Banners {
    fields: BTreeMap<String, Vec<Fingerprint>>,
    unused: usize,
}

impl Banners {
    /// Fingerprints of a pack; those of fields that no dissector gives are counted, not kept.
    pub fn new(banners: &[Banner]) -> Self {
        let mut all = Self::default();
        for banner in banners {
            let own = all.fields.entry(banner.field.clone()).or_default();
            let known = FIELDS.iter().any(|(field, ..)| *field == banner.field);
            if !known || own.len() >= FIELD_MAX {
                all.unused += 1;
                continue;
            }
            own.push(Fingerprint {
                pattern: banner.pattern.clone(),
                caseless: banner.caseless,
                expression: OnceLock::new(),
                sets: banner.sets.clone(),
            });
        }
        all
    }

    /// Some fingerprint may read what a protocol says there.
    pub fn read(protocol: &str, source: &str) -> bool {
        FIELDS.iter().any(|field| field.1 == protocol && field.2 == source)
    }

    /// Fingerprints that are never looked at: of fields that no dissector gives.
    pub fn unused(&self) -> usize {
        self.unused
    }

    pub(crate) fn derive(&self, protocol: &str, source: &str, value: &str, out: &mut Vec<Derived>) {
        if value.len() > TEXT_MAX {
            return;
        }
        for (field, _, _, around) in FIELDS.iter().filter(|f| f.1 == protocol && f.2 == source) {
            let Some(prints) = self.fields.get(*field) else { continue };
            // Basic is the commonest challenge; the dissector does not keep the scheme.
            let text = match around {
                Around::Nothing => value.to_owned(),
                Around::Realm => format!("Basic realm=\"{value}\""),
                Around::Version => {
                    let rest = value.strip_prefix("SSH-").and_then(|rest| rest.split_once('-'));
                    rest.map_or(value, |(_, software)| software).to_owned()
                }
            };
            // The first that fits says it, as Recog itself does it.
            let found = prints.iter().enumerate().find_map(|(at, p)| Some((at, p.read(&text)?)));
            if let Some((at, said)) = found {
                let name = if field.is_empty() { "telnet.banner" } else { field };
                attributes(&said, &format!("Recog {name} {}", at + 1), out);
            }
        }
    }
}

impl Fingerprint {
    /// The values that a text gives.
    fn read(&self, text: &str) -> Option<BTreeMap<&str, String>> {
        let expression = self.expression.get_or_init(|| {
            let mut builder = RegexBuilder::new(&self.pattern);
            builder.case_insensitive(self.caseless).build().ok()
        });
        let groups = expression.as_ref()?.captures(text)?;
        let mut said: BTreeMap<&str, String> = BTreeMap::new();
        for (name, template) in &self.sets {
            let mut value = String::new();
            groups.expand(template, &mut value);
            said.insert(name, value);
        }
        // A value may name another one: `Printer {hw.model}`.
        let plain: Vec<(String, String)> =
            said.iter().map(|(name, value)| (format!("{{{name}}}"), value.clone())).collect();
        for value in said.values_mut().filter(|value| value.contains('{')) {
            for (gap, with) in plain.iter().filter(|(_, with)| !with.contains('{')) {
                *value = value.replace(gap, with);
            }
        }
        said.retain(|_, value| !value.trim().is_empty() && value != "-");
        Some(said)
    }
}

/// Recog's kinds of devices in our words.
const KINDS: [(&str, &str); 22] = [
    ("plc", "plc"),
    ("rtu", "rtu"),
    ("hmi controller", "hmi"),
    ("hmi", "hmi"),
    ("printer", "printer"),
    ("print server", "printer"),
    ("multifunction device", "printer"),
    ("device server", "gateway"),
    ("usb server", "gateway"),
    ("gateway", "gateway"),
    ("switch", "switch"),
    ("hub", "switch"),
    ("router", "router"),
    ("broadband router", "router"),
    ("vpn", "router"),
    ("wap", "access-point"),
    ("firewall", "firewall"),
    ("voip", "phone"),
    ("ip phone", "phone"),
    ("drive", "drive"),
    ("sensor", "sensor"),
    ("power meter", "sensor"),
];

/// What Recog's values are in our attributes.
fn attributes(said: &BTreeMap<&str, String>, rule: &str, out: &mut Vec<Derived>) {
    let mut add = |attribute, value: &str, weight| {
        out.push(Derived {
            attribute,
            value: value.trim().to_owned(),
            weight,
            rule: rule.to_owned(),
        });
    };
    let get = |name: &str| said.get(name).map(String::as_str);
    // Under `os.*` stands the device itself where its kind is said and no hardware.
    let is_device = get("os.device").is_some_and(|kind| !kind.eq_ignore_ascii_case("general"));
    let part = |name: &str| {
        let of_os = is_device && get("hw.vendor").is_none();
        let own = get(&format!("hw.{name}"));
        own.or_else(|| if of_os { get(&format!("os.{name}")) } else { None })
    };
    if let Some(vendor) = part("vendor") {
        add(Attribute::Vendor, vendor, WEIGHT);
    }
    let not_firmware = |product: &&str| !product.to_lowercase().contains("firmware");
    match (part("product").filter(not_firmware), part("family")) {
        (Some(product), _) => add(Attribute::Product, product, WEIGHT),
        (None, Some(family)) => add(Attribute::Product, family, WEIGHT_VERSION),
        (None, None) => {}
    }
    if let Some(model) = get("hw.model") {
        add(Attribute::Model, model, WEIGHT);
    }
    // For embedded devices Recog writes the firmware under either name.
    let same_maker = get("os.vendor").is_some() && get("os.vendor") == get("hw.vendor");
    let of_os = if same_maker { get("os.version") } else { None };
    let firmware = get("hw.version").or(of_os).or_else(|| part("version"));
    if let Some(firmware) = firmware.filter(|version| is_number(version)) {
        add(Attribute::Firmware, firmware, WEIGHT_VERSION);
    }
    if let Some(serial) = get("hw.serial_number") {
        add(Attribute::Serial, serial, WEIGHT);
    }
    if let Some(name) = get("host.name") {
        add(Attribute::Name, name, WEIGHT_VERSION);
    }
    let kind = part("device").map(str::to_lowercase);
    if let Some((_, role)) = KINDS.iter().find(|(name, _)| Some(*name) == kind.as_deref()) {
        add(Attribute::Role, role, WEIGHT_VERSION);
    }
    // An operating system beside another maker's hardware is where that was once seen to run.
    let elsewhere = get("hw.vendor").is_some_and(|vendor| get("os.vendor") != Some(vendor));
    if !is_device && !elsewhere {
        let product = get("os.product").or_else(|| get("os.family"));
        if let Some(product) = product.filter(|product| not_firmware(product)) {
            let version = get("os.version").map_or_else(String::new, |v| format!(" {v}"));
            add(Attribute::Os, &format!("{product}{version}"), WEIGHT_VERSION);
        }
    }
    if let Some(product) = get("service.product") {
        let version = get("service.version").map_or_else(String::new, |v| format!(" {v}"));
        add(Attribute::Software, &format!("{product}{version}"), WEIGHT_VERSION);
    }
}

/// A version begins with a digit, perhaps behind a letter.
fn is_number(version: &str) -> bool {
    let rest = version.trim().trim_start_matches(['V', 'v', '.', ' ']);
    rest.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn banner(field: &str, pattern: &str, sets: &[(&str, &str)]) -> Banner {
        Banner {
            field: field.to_owned(),
            pattern: pattern.to_owned(),
            caseless: false,
            sets: sets.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        }
    }

    fn said(banners: &Banners, protocol: &str, source: &str, value: &str) -> Vec<String> {
        let mut out = Vec::new();
        banners.derive(protocol, source, value, &mut out);
        out.iter().map(|d| format!("{}={}", d.attribute.key(), d.value)).collect()
    }

    #[test]
    fn a_device_is_named_under_hardware_or_under_its_system() {
        let banners = Banners::new(&[
            banner(
                "snmp.sys_description",
                r"^Acme (\S+) v(\S+)$",
                &[
                    ("os.vendor", "Acme"),
                    ("os.device", "Switch"),
                    ("os.product", "${1}"),
                    ("os.version", "${2}"),
                    ("os.cpe23", "cpe:/o:acme:{os.product}"),
                ],
            ),
            banner(
                "ftp.banner",
                r"^Printer (\S+) ready$",
                &[
                    ("hw.vendor", "Acme"),
                    ("hw.model", "${1}"),
                    ("hw.product", "Label {hw.model}"),
                    ("hw.device", "Printer"),
                    ("os.vendor", "Other"),
                    ("os.product", "Windows"),
                ],
            ),
        ]);
        assert_eq!(
            said(&banners, "snmp", "SNMP sysDescr", "Acme X8 v1.2"),
            ["vendor=Acme", "product=X8", "firmware=1.2", "role=switch"]
        );
        // The system of another maker is not taken.
        assert_eq!(
            said(&banners, "ftp", "FTP greeting", "Printer P4 ready"),
            ["vendor=Acme", "product=Label P4", "model=P4", "role=printer"]
        );
        // Another source of the same protocol is another field.
        assert!(said(&banners, "ftp", "FTP SYST", "Printer P4 ready").is_empty());
        assert!(said(&banners, "snmp", "SNMP sysDescr", "Acme").is_empty());
    }

    #[test]
    fn texts_are_put_as_recog_expects_them() {
        let banners = Banners::new(&[
            banner(
                "ssh.banner",
                r"^OpenSSH_([\d.]+)$",
                &[("service.product", "OpenSSH"), ("service.version", "${1}")],
            ),
            banner("http_header.wwwauth", "^Basic realm=\"Ovens\"$", &[("hw.vendor", "Acme")]),
            banner("", "^VxWorks login:", &[("os.family", "VxWorks")]),
            banner("favicon.md5", "^00$", &[("hw.vendor", "Acme")]),
            banner("ftp.banner", "(", &[("hw.vendor", "Acme")]),
        ]);
        assert_eq!(
            said(&banners, "ssh", "SSH identification", "SSH-2.0-OpenSSH_9.6"),
            ["software=OpenSSH 9.6"]
        );
        assert_eq!(said(&banners, "http", "HTTP realm", "Ovens"), ["vendor=Acme"]);
        assert_eq!(said(&banners, "telnet", "Telnet login text", "VxWorks login:"), ["os=VxWorks"]);
        assert!(said(&banners, "ftp", "FTP greeting", "(").is_empty());
        assert_eq!(banners.unused(), 1);
    }

    #[test]
    fn the_programs_own_banners_name_devices() {
        let tables = crate::pack::Pack::built_in().unwrap().tables().unwrap();
        let banners = Banners::new(&tables.banners);
        let login = "Model name       : NPort 5110\r\nMAC address      : 00:90:E8:00:00:01\r\n\
                     Serial No.       : 4711\r\nFirmware version : 2.6 Build 15111\r\n";
        assert_eq!(
            said(&banners, "telnet", "Telnet login text", login),
            ["vendor=Moxa", "product=5110", "firmware=2.6", "serial=4711", "role=gateway"]
        );
        assert_eq!(
            said(&banners, "ftp", "FTP greeting", "VxWorks (5.4.2) FTP server ready"),
            ["os=VxWorks 5.4.2"]
        );
        assert_eq!(
            said(&banners, "http", "HTTP page title", "1747-L551 Home Page"),
            ["vendor=Allen-Bradley", "product=1747-L551", "role=hmi"]
        );
    }
}
