//! What must be true of every protocol's tables: numbers are unique, standards are named.

use dissect::Registry;
use protocols::Protocols;
use std::collections::BTreeSet;

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
