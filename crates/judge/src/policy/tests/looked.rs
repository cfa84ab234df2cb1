//! Rules that never decide.

use super::*;

fn remarks(rules: &str) -> Vec<String> {
    let policy =
        of(&format!("default = \"deny\"\n[zones]\nz = [\"10.1.0.0/16\", \"role:plc\"]\n{rules}"));
    let said = inspect(&policy, SPECS);
    said.iter().map(|remark| format!("{} {}", remark.line, remark.kind)).collect()
}

/// Two rules in an order; whether the first one hides the second.
fn hides(first: &str, second: &str) -> bool {
    let both = format!(
        "[[allow]]\nto = \"z\"\nfrom = \"10.9.9.9\"\n[[deny]]\n{first}\n[[allow]]\n{second}\n"
    );
    remarks(&both).iter().any(|remark| remark.ends_with("shadowed"))
}

#[test]
fn a_rule_is_hidden_where_an_earlier_one_fits_all_of_it() {
    for (first, second) in [
        ("", ""),
        ("", "from = \"z\"\nprotocols = \"modbus\""),
        ("from = \"10.1.0.0/16\"", "from = \"10.1.2.3\""),
        ("from = \"z\"", "from = [\"role:plc\", \"10.1.4.0/24\"]"),
        ("classes = [\"read\", \"write\"]", "operations = \"write_tag\""),
        ("protocols = [\"modbus\", \"tags\"]", "protocols = \"tags\"\nclasses = \"read\""),
        ("targets = \"coil[0..9]\"", "targets = \"coil[3]\"\nunits = 1"),
        ("units = \"1..9\"", "units = [2, \"5..6\"]"),
        ("ports = \"tcp/*\"", "ports = \"tcp/502\""),
        ("operations = [\"0x5a\", \"0x2b\"]", "operations = \"0x5a\""),
    ] {
        assert!(hides(first, second), "{first:?} hides {second:?}");
    }
    for (first, second) in [
        ("from = \"10.1.2.3\"", "from = \"10.1.0.0/16\""),
        ("from = \"role:plc\"", ""),
        ("to = \"z\"", "from = \"z\""),
        ("classes = \"write\"", "protocols = \"tags\""),
        ("protocols = \"modbus\"", "protocols = \"tags\""),
        ("targets = \"coil[0..9]\"", "targets = \"coil[5..10]\""),
        ("targets = \"coil[*]\"", ""),
        ("units = 1", "targets = \"coil[1]\""),
        ("ports = \"udp/502\"", "ports = \"tcp/502\""),
        ("operations = \"0x2b\"", "operations = \"0x5a\""),
        ("classes = \"write\"", "operations = 6"),
        ("protocols = \"modbus\"\noperations = 9", "protocols = \"tags\"\noperations = 9"),
    ] {
        assert!(!hides(first, second), "{first:?} does not hide {second:?}");
    }
}

#[test]
fn rules_that_nothing_fits_and_unused_zones_are_told() {
    assert_eq!(remarks(""), ["3 unused"]);
    let never = "[[allow]]\nfrom = \"z\"\nprotocols = \"arp\"\nclasses = \"write\"\n\
                 [[allow]]\noperations = \"none\"\nunits = 3\n\
                 [[allow]]\nclasses = \"read\"\noperations = \"write_tag\"\n\
                 [[allow]]\nto = \"group\"\n";
    assert_eq!(remarks(never), ["4 never", "8 never", "11 never"]);
}

#[test]
fn a_policy_says_what_is_in_it() {
    let policy = of("default = \"deny\"\n[[allow]]\n");
    assert_eq!(policy.summary(), "0 zones, 1 rule, default deny");
    assert!(!policy.asks_targets());
}

#[test]
fn a_large_policy_is_compared_as_far_as_it_goes() {
    // The same addresses but for the last one.
    let zone = |name: &str, last: &str| {
        let address = |number: usize| format!("\"10.1.{}.{}\"", number / 250, number % 250);
        let all: Vec<String> = (0..9_000).map(address).collect();
        format!("{name} = [{}, \"{last}\"]\n", all.join(", "))
    };
    let zones = zone("z1", "10.2.0.1") + &zone("z2", "10.2.0.2");
    let rules = "[[allow]]\nfrom = \"z1\"\n[[allow]]\nfrom = \"z2\"\n".repeat(200);
    let text = format!("default = \"deny\"\n[zones]\n{zones}{rules}");
    let said = inspect(&of(&text), SPECS);
    let count = |kind: &str| said.iter().filter(|remark| remark.kind == kind).count();
    assert_eq!((count("large"), count("shadowed")), (1, 398), "a zone is known by its name");
}
