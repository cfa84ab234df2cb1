//! What policies let pass.

use super::*;
use crate::review::Severity;

const DENY: &str = "default = \"deny\"\n";
const ALLOW: &str = "default = \"allow\"\n";

/// A control room, a controller and a laptop.
fn plant() -> Plant {
    let mut plant = Plant::new();
    plant.device(1, "10.0.1.1", "scada-server", "SCADA-1");
    plant.device(2, "10.0.2.2", "plc", "plc-intake");
    plant.device(3, "10.0.9.3", "pc", "LAPTOP");
    let (scada, plc, laptop) = (ip("10.0.1.1"), ip("10.0.2.2"), ip("10.0.9.3"));
    let talk = plant.talk(scada, plc, Some(&MODBUS)).asked(3, 40).asked(6, 4);
    talk.on(3, 1, HOLDING, (0, 19), "").on(6, 1, HOLDING, (3, 12), "");
    plant.talk(laptop, plc, Some(&MODBUS)).asked(5, 2).on(5, 9, COIL, (7, 7), "");
    plant
}

#[test]
fn the_first_rule_that_fits_decides() {
    let rules = "[[deny]]\nname = \"a\"\nfrom = \"role:pc\"\n[[allow]]\nprotocols = \"modbus\"\n";
    let denied = ["a: modbus write_single_coil (write) tcp/502: 9/coil[7] 10.0.9.3 10.0.2.2 x2"];
    assert_eq!(plant().denied(&format!("{DENY}{rules}")), denied);
    let turned = "[[allow]]\nprotocols = \"modbus\"\n[[deny]]\nname = \"a\"\nfrom = \"role:pc\"\n";
    assert_eq!(plant().denied(&format!("{DENY}{turned}")), [] as [&str; 0]);
    assert_eq!(plant().denied(ALLOW), [] as [&str; 0]);
    let all = plant().denied(DENY);
    assert_eq!(all.len(), 3, "{all:#?}");
    assert!(all.iter().all(|line| line.starts_with("default: ")));
    assert!(all[2].contains("read_holding_registers"), "the gravest first: {all:#?}");
}

#[test]
fn all_ways_to_name_an_end_mean_it() {
    for (from, fits) in [
        ("10.0.1.1", true),
        ("10.0.1.0/24", true),
        ("00:0e:8c:00:00:01", true),
        ("role:scada-server", true),
        ("name:SCADA-*", true),
        ("vlan:0", true),
        ("zone", true),
        ("any", true),
        ("10.0.1.2", false),
        ("10.0.2.0/24", false),
        ("role:plc", false),
        ("name:scada-*", false),
        ("vlan:1", false),
        ("group", false),
        ("level:5", false),
    ] {
        let zones = "[zones]\nzone = [\"10.9.9.9\", \"10.0.1.0/25\"]\n";
        let rule = format!("[[deny]]\nfrom = \"{from}\"\nclasses = \"read\"\n");
        assert_eq!(plant().denied(&format!("{ALLOW}{zones}{rule}")).len() == 1, fits, "{from}");
    }
    let level = "[[deny]]\nto = \"level:1\"\nclasses = \"read\"\n";
    assert_eq!(plant().denied(&format!("{ALLOW}{level}")).len(), 1);
}

#[test]
fn layer_two_is_known_by_the_device() {
    let mut plant = plant();
    plant.talk(mac(1), Host::Mac(Mac([0xff; 6])), Some(&ARP)).asked(1, 9);
    let from = |who: &str| format!("{ALLOW}[[deny]]\nfrom = \"{who}\"\nprotocols = \"arp\"\n");
    assert_eq!(plant.denied(&from("10.0.1.0/24")).len(), 1);
    assert_eq!(plant.denied(&from("10.0.2.0/24")).len(), 0);
    let to = format!("{ALLOW}[[deny]]\nto = \"group\"\n");
    assert!(plant.denied(&to)[0].contains("arp request (observe)"));
}

#[test]
fn addresses_of_one_kind_are_told_apart() {
    let mut plant = plant();
    // The same device in another network.
    plant.device(1, "10.0.7.1", "scada-server", "SCADA-1");
    let devices = plant.devices();
    assert_eq!(devices.position(ip("10.0.7.1"), 0), devices.position(ip("10.0.1.1"), 0));
    plant.talk(ip("10.0.7.1"), ip("10.0.2.2"), Some(&MODBUS)).asked(3, 1);
    let rules = "[[allow]]\nfrom = \"10.0.1.1\"\n[[allow]]\nfrom = \"10.0.9.3\"\n";
    let denied = plant.denied(&format!("{DENY}{rules}"));
    assert_eq!(denied.len(), 1, "{denied:#?}");
    assert!(denied[0].contains(" 10.0.7.1 10.0.2.2 "));
}

#[test]
fn ranges_are_judged_position_by_position() {
    let rule = |targets: &str| {
        format!(
            "{DENY}[[allow]]\nfrom = \"role:pc\"\n[[allow]]\nclasses = \"read\"\n\
             [[allow]]\noperations = \"write_single_register\"\ntargets = {targets}\n"
        )
    };
    let parts = |targets: &str| -> Vec<String> {
        let denied = plant().denied(&rule(targets));
        let part = |line: &String| line.split(": ").nth(2).unwrap().to_owned();
        denied.iter().map(part).collect()
    };
    let ends = " 10.0.1.1 10.0.2.2 x1";
    assert_eq!(parts("\"holding_register[3..12]\""), [] as [&str; 0]);
    assert_eq!(parts("\"holding_register[*]\""), [] as [&str; 0]);
    let around = "1/holding_register[3..4], 1/holding_register[9..12]";
    assert_eq!(parts("\"holding_register[5..8]\""), [format!("{around}{ends}")]);
    let last = ["\"holding_register[0..6]\"", "\"holding_register[7..11]\""].join(", ");
    assert_eq!(parts(&format!("[{last}]")), [format!("1/holding_register[12]{ends}")]);
    assert_eq!(parts("\"coil[*]\""), [format!("1/holding_register[3..12]{ends}")]);
    let other = "[[deny]]\nname = \"locked\"\ntargets = \"holding_register[12..99]\"\n";
    let denied = plant().denied(&format!("{ALLOW}{other}"));
    assert_eq!(denied.len(), 2, "written and read: {denied:#?}");
    assert!(denied[0].contains("write_single_register") && denied[0].contains("[12] "));
    assert!(denied[1].contains("holding_register[12..19]"));
}

#[test]
fn units_and_named_targets_are_judged() {
    let mut plant = plant();
    let (scada, plc) = (ip("10.0.1.1"), ip("10.0.2.2"));
    let talk = plant.talk_over(scada, plc, Some(&TAGS), Transport::Udp, 9).asked(2, 7);
    talk.on(2, 4, TAG, (0, 0), "Pump.Speed").on(2, 5, TAG, (0, 0), "Pump.Start");
    let rule =
        |what: &str| format!("{ALLOW}[[deny]]\nname = \"n\"\nprotocols = \"tags\"\n{what}\n");
    let count = |what: &str| plant.denied(&rule(what)).len();
    assert_eq!(count("targets = \"Pump.*\""), 1);
    assert_eq!(count("targets = \"Pump\""), 0);
    assert_eq!((count("units = 5"), count("units = \"6..9\"")), (1, 0));
    assert_eq!(count("units = [1, \"5..6\"]\ntargets = \"*Speed\""), 0, "both must fit");
    let denied = plant.denied(&rule("targets = \"*Start\""));
    assert_eq!(
        denied,
        ["n: tags write_tag (write) udp/9: 5/Pump.Start 10.0.1.1 10.0.2.2 x1"],
        "only what is denied is told and counted"
    );
}

#[test]
fn what_is_not_known_lies_in_no_range() {
    let mut plant = Plant::new();
    plant.talk(ip("10.0.1.1"), ip("10.0.2.2"), Some(&MODBUS)).asked(6, 4);
    let rule = |what: &str, text: &str| {
        format!("{what}[[{text}]]\ntargets = \"holding_register[*]\"\nunits = \"0..255\"\n")
    };
    assert_eq!(plant.denied(&rule(ALLOW, "deny")).len(), 0);
    assert_eq!(plant.denied(&rule(DENY, "allow")).len(), 1);
}

#[test]
fn operations_are_named_or_numbered_or_missing() {
    let mut plant = Plant::new();
    let (a, b, c) = (ip("10.0.1.1"), ip("10.0.2.2"), ip("10.0.3.3"));
    let talk = plant.talk(a, b, Some(&MODBUS)).asked(0x5a, 2);
    talk.did(Role::Request, 8, Some(1), 1).did(Role::Request, 8, Some(77), 1);
    plant.talk(b, c, Some(&MODBUS));
    plant.talk_over(a, c, None, Transport::Tcp, 4444);
    plant.talk_over(a, c, None, Transport::Tcp, 4445);
    let all = plant.denied(DENY);
    assert_eq!(
        all,
        [
            "default: modbus restart (control) tcp/502 10.0.1.1 10.0.2.2 x1",
            "default: modbus 0x8/77 tcp/502 10.0.1.1 10.0.2.2 x1",
            "default: modbus 0x5a tcp/502 10.0.1.1 10.0.2.2 x2",
            "default: tcp/4444, tcp/4445 10.0.1.1 10.0.3.3 x10",
            "default: modbus tcp/502 10.0.2.2 10.0.3.3 x5",
        ]
    );
    let left = |rule: &str| plant.denied(&format!("{DENY}[[allow]]\n{rule}\n")).len();
    assert_eq!(left("operations = \"0x5a\""), 4);
    assert_eq!(left("operations = 90"), 4);
    assert_eq!(left("operations = \"8\""), 3, "any subcode");
    assert_eq!(left("operations = [\"8/77\", \"restart\"]"), 3);
    assert_eq!(left("operations = \"unknown\""), 3);
    assert_eq!(left("operations = \"none\""), 3, "also where no protocol was recognised");
    assert_eq!(left("protocols = \"unknown\""), 4);
    assert_eq!(left("protocols = \"unknown\"\nports = \"tcp/4444\""), 5, "one port of two");
    assert_eq!(left("ports = \"tcp/4000..5000\""), 4);
    assert_eq!(left("ports = \"udp/*\""), 5);
    assert_eq!(left("protocols = \"modbus\""), 1);
    assert_eq!(left("classes = [\"observe\", \"read\", \"write\", \"control\"]"), 4);
}

#[test]
fn answers_count_where_requests_are_not_seen() {
    let mut plant = Plant::new();
    let talk = plant.talk(ip("10.0.1.1"), ip("10.0.2.2"), Some(&MODBUS));
    let talk = talk.did(Role::Response, 6, None, 5).did(Role::Event, 6, None, 2);
    talk.did(Role::Request, 3, None, 9).did(Role::Response, 3, None, 8);
    let policy = of(DENY);
    let found = plant.judged(&policy);
    let counts: Vec<u64> = found.violations.iter().map(|one| one.seen.count).collect();
    assert_eq!(counts, [7, 9]);
    let frames = &found.violations[1].seen.frames;
    assert_eq!(frames.iter().map(|frame| frame.number).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_rule_s_severity_goes_before_that_of_the_class() {
    assert_eq!(severity(Some(Access::Write), true), Severity::High);
    assert_eq!(severity(Some(Access::Write), false), Severity::Medium);
    assert_eq!(severity(None, true), Severity::Low);
    let rule = "[[deny]]\nseverity = \"info\"\nclasses = \"write\"\n";
    let found = plant().judged(&of(&format!("{DENY}{rule}")));
    let grave: Vec<Severity> = found.violations.iter().map(|one| one.severity).collect();
    assert_eq!(grave, [Severity::Low, Severity::Info, Severity::Info]);
}

#[test]
fn the_gravest_stay_where_there_are_too_many() {
    let mut plant = Plant::new();
    for number in 0..20_500u32 {
        let [.., a, b] = number.to_be_bytes();
        let server = ip(&format!("10.7.{a}.{b}"));
        plant.talk_over(ip("10.0.1.1"), server, None, Transport::Tcp, 80);
    }
    plant.talk(ip("10.0.9.9"), ip("10.0.9.8"), Some(&MODBUS)).asked(6, 1);
    let found = plant.judged(&of(DENY));
    assert_eq!((found.violations.len(), found.dropped), (10_000, 10_501));
    assert_eq!(found.violations[0].severity, Severity::High);
    assert_eq!(found.violations[1].server, ip("10.7.0.0"), "of equal ones the first");
}
