//! What must be true of every protocol's tables: numbers are unique, standards are named.

use dissect::Registry;
use protocols::Protocols;
use std::collections::BTreeSet;
use vocab::{Access, Attack};

#[test]
fn ids_and_keys_are_unique() {
    let ids: BTreeSet<u16> = Protocols::SPECS.iter().map(|spec| spec.id.0).collect();
    let keys: BTreeSet<&str> = Protocols::SPECS.iter().map(|spec| spec.key).collect();
    assert_eq!(ids.len(), Protocols::SPECS.len(), "a number used twice");
    assert_eq!(keys.len(), Protocols::SPECS.len(), "a key used twice");
}

#[test]
fn operations_are_unique_and_named_as_others_are() {
    for spec in Protocols::SPECS {
        let mut seen = BTreeSet::new();
        for operation in spec.operations {
            let (key, code, sub) = (spec.key, operation.code, operation.sub);
            assert!(seen.insert((code, sub)), "{key}: operation {code} {sub:?} twice");
            let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
            assert!(operation.name.chars().all(plain), "{key}: name {:?}", operation.name);
        }
    }
}

#[test]
fn everything_cites_its_standard() {
    let mut without = Vec::new();
    for spec in Protocols::SPECS {
        if spec.standard.is_empty() {
            without.push(spec.key.to_owned());
        }
        let operations = spec.operations.iter().map(|o| (o.name, o.clause));
        let attributes = spec.attributes.iter().map(|a| (a.source, a.clause));
        let faults = spec.faults.iter().map(|f| (f.key, f.clause));
        for (what, clause) in operations.chain(attributes).chain(faults) {
            if clause.trim().is_empty() {
                without.push(format!("{}: {what}", spec.key));
            }
        }
    }
    assert!(without.is_empty(), "no clause: {without:#?}");
}

#[test]
fn tables_have_bounds() {
    for spec in Protocols::SPECS {
        assert!(spec.pdu_bytes_max <= 65_536 + 4_096, "{}: a message has no end", spec.key);
        assert!((1..=4).contains(&spec.depth), "{}: depth {}", spec.key, spec.depth);
        assert!(spec.open_max <= 4_096, "{}: {} open requests", spec.key, spec.open_max);
    }
}

#[test]
fn whatever_changes_a_plant_has_its_technique() {
    let mut without = Vec::new();
    for spec in Protocols::SPECS.iter().filter(|spec| spec.industrial) {
        for op in spec.operations.iter().filter(|op| op.access >= Access::Write) {
            if spec.technique(op).is_none() && op.attack != Attack::Nothing {
                without.push(format!("{}: {}", spec.key, op.name));
            }
        }
    }
    assert!(without.is_empty(), "no technique: {without:#?}");
}

#[test]
fn engineering_operations_have_the_technique_that_attack_gives_them() {
    let known = [
        ("modbus", 5, None, "T0855"),
        ("modbus", 6, None, "T0836"),
        ("modbus", 8, Some(4), "T0814"),
        ("s7comm", 0x28, None, "T0858"),
        ("s7comm", 0x29, None, "T0858"),
        ("s7comm", 0x1a, None, "T0843"),
        ("s7comm", 0x1d, None, "T0845"),
        ("iec104", 45, None, "T0855"),
        ("iec104", 50, None, "T0836"),
        ("iec104", 105, None, "T0816"),
        ("dnp3", 5, None, "T0855"),
        ("dnp3", 13, None, "T0816"),
        ("dnp3", 18, None, "T0858"),
        ("dnp3", 21, None, "T0804"),
        ("umas", 0x41, None, "T0858"),
        ("mms", 5, None, "T0836"),
        ("tristation", 1, None, "T0843"),
        ("enip", 0x63, None, "T0846"),
        ("bacnet", 0x14, None, "T0816"),
    ];
    for (key, code, sub, technique) in known {
        let spec = Protocols::SPECS.iter().find(|spec| spec.key == key).unwrap();
        let op = spec.operation(code, sub).unwrap();
        let own = spec.technique(op).map(|technique| technique.to_string());
        assert_eq!(own.as_deref(), Some(technique), "{key} {}", op.name);
    }
}
