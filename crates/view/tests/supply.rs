//! Passports and suppliers of plants made by hand.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use judge::risk::Advice;
use judge::supply::{Contacts, Filed, Outside, Pool, Scope, Supply};
use knowledge::pack::{Lifecycle, Pack, Tables};
use knowledge::supply::read;
use model::{Asset, Resolution};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use view::Provenance;
use vocab::Attribute;

static BUILT_IN: LazyLock<Tables> = LazyLock::new(|| Pack::built_in().unwrap().tables().unwrap());

fn device(id: &str, zone: &str, role: &'static str, values: &[(Attribute, &str)]) -> Asset {
    Asset::by_hand(id, zone).in_role(role).with(values)
}

fn plc(id: &str, zone: &str, vendor: &str, order: &str, firmware: &str) -> Asset {
    let values = [
        (Attribute::Vendor, vendor),
        (Attribute::Product, "SIMATIC S7-1200 CPU 1214C"),
        (Attribute::OrderNumber, order),
        (Attribute::Firmware, firmware),
    ];
    device(id, zone, "plc", &values)
}

fn filed(id: i64, scope: Scope, text: &str) -> Filed {
    Filed {
        id,
        name: format!("{id}.json"),
        sha256: String::new(),
        scope,
        imported: String::new(),
        document: read(text.as_bytes()).unwrap(),
    }
}

fn supply(filed: Vec<Filed>, lives: Vec<Lifecycle>) -> Supply {
    let manifest = Pack::built_in().unwrap().manifest;
    Supply::new(Outside { manifest, built_in: true, lives }, filed, Pool::default())
}

fn advice() -> Advice {
    Advice::new(BUILT_IN.clone()).unwrap()
}

fn asked<T>(assets: Vec<Asset>, supply: &Supply, ask: impl FnOnce(&Provenance<'_>) -> T) -> T {
    let mut resolution = Resolution::default();
    resolution.assets = assets;
    ask(&Provenance {
        revision: 1,
        resolution: &resolution,
        contacts: &Contacts::default(),
        advice: &advice(),
        assessment: None,
        supply,
        today: "2026-06-01",
    })
}

fn vex(author: &str, status: &str, product: &str) -> String {
    format!(
        r#"{{"@context": "https://openvex.dev/ns/v0.2.0", "author": "{author}", "statements": [
        {{"vulnerability": {{"name": "CVE-2026-0001"}}, "status": "{status}",
          "products": [{{"@id": "{product}"}}]}}]}}"#
    )
}

#[test]
fn statements_keep_their_authors_and_contradictions_are_shown() {
    let (maker, product) = (Scope::Supplier("Siemens".to_owned()), "6ES7 214-1AG40-0XB0");
    let documents = vec![
        filed(1, maker.clone(), &vex("Siemens", "not_affected", product)),
        filed(2, maker.clone(), &vex("A laboratory", "affected", product)),
        filed(3, maker, &vex("Siemens", "affected", "6ES7 315-2EH14-0AB0")),
        filed(4, Scope::Supplier("Rockwell".to_owned()), &vex("R", "affected", product)),
    ];
    let supply = supply(documents, Vec::new());
    let assets = vec![plc("a", "z", "Siemens AG", product, "V4.2")];
    let passport = asked(assets, &supply, |of| of.passport(&of.resolution.assets[0]));
    let said: Vec<_> = passport
        .statements
        .iter()
        .map(|said| (said.author.as_str(), said.status, said.disputed))
        .collect();
    assert_eq!(said, [("Siemens", "not_affected", true), ("A laboratory", "affected", true)]);
    assert!(!passport.missing.contains(&"vex"));
}

#[test]
fn software_is_as_old_as_its_cycle() {
    let lives = BUILT_IN.lifecycles.clone();
    let os = |text: &str| {
        let values = [(Attribute::Vendor, "Dell"), (Attribute::Os, text)];
        let assets = vec![device("pc", "z", "pc", &values)];
        let supply = supply(Vec::new(), lives.clone());
        asked(assets, &supply, |of| of.passport(&of.resolution.assets[0]).lives)
    };
    assert_eq!(os("Windows 5.1")[0].state, "ended");
    assert_eq!(os("Windows Server 2022")[0].state, "supported");
    // Workstation or server: one has ended, the other has not, so nothing is said.
    let either = &os("10.0.17763")[0];
    assert_eq!(either.state, "unknown");
    assert!(either.source.contains("which edition is not known"), "{either:?}");
    assert!(os("VxWorks").is_empty());
}

#[test]
fn who_alone_provides_a_role_is_named() {
    let assets = vec![
        plc("a", "cell-1", "Siemens", "1", "1"),
        plc("b", "cell-1", "Siemens AG", "2", "1"),
        plc("c", "cell-2", "Siemens", "1", "1"),
        plc("d", "cell-2", "Rockwell Automation", "3", "1"),
        device("e", "cell-3", "pc", &[]),
    ];
    let supply = supply(Vec::new(), Vec::new());
    let (page, siemens) =
        asked(assets, &supply, |of| (of.suppliers(), of.supplier("SIEMENS").unwrap()));
    assert_eq!(page.unknown, 1);
    let counted: BTreeMap<_, _> =
        page.suppliers.iter().map(|row| (row.key.as_str(), row.devices)).collect();
    assert_eq!(counted, BTreeMap::from([("rockwell automation", 1), ("siemens", 3)]));
    assert_eq!(siemens.single_source, ["plc in cell-1 (2 devices)"]);
    let single = &siemens.single_places[0];
    assert_eq!((&*single.role, &*single.zone, single.devices), ("plc", "cell-1", 2));
    let factor = |name| siemens.factors.iter().find(|factor| factor.name == name).unwrap();
    assert_eq!(factor("single_source").args, BTreeMap::from([("part", 2), ("whole", 3)]));
    assert_eq!(factor("time_to_fix").code, "time_to_fix");
    assert!(factor("time_to_fix").args.contains_key("days"));
    assert_eq!(factor("missing_sbom").why, "3 of 3 devices have no bill of materials");
    assert_eq!((siemens.supplier.zones, siemens.supplier.name.as_str()), (2, "Siemens"));
}

#[test]
fn a_large_plant_has_its_suppliers_in_time() {
    let assets: Vec<Asset> = (0..10_000)
        .map(|at| {
            let (zone, firmware) = (format!("cell-{}", at % 40), format!("V4.{}", at % 50));
            plc(
                &format!("d{at}"),
                &zone,
                "Siemens AG",
                &format!("6ES7 214-{}", at % 100),
                &firmware,
            )
        })
        .collect();
    let mut documents: Vec<Filed> = (0..100)
        .map(|at| {
            let text = vex("Siemens", "fixed", &format!("CPU 6ES7 214-{at}"));
            filed(at, Scope::Supplier("Siemens".to_owned()), &text)
        })
        .collect();
    let ties = "[[tie]]\nkind = \"contract\"\nsupplier = \"Siemens\"\n".repeat(100);
    let ties = format!("schema = \"ferrite.attested/1\"\n{ties}");
    documents.push(filed(1_000, Scope::Site, &ties));
    let supply = supply(documents, BUILT_IN.lifecycles.clone());
    #[expect(clippy::disallowed_methods, reason = "the time is what is tested")]
    let start = std::time::Instant::now();
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone holds for one lifetime, the closure for all"
    )]
    let page = asked(assets, &supply, |of| of.suppliers());
    let took = start.elapsed();
    assert_eq!(page.suppliers[0].devices, 10_000);
    assert!(took.as_secs_f64() < 20.0, "{took:?}");
}

#[test]
fn documents_made_to_take_long_are_cut_and_counted() {
    let list = |one: &str, count: usize| vec![one; count].join(",");
    let parts = list(r#"{"name": "tls", "bom-ref": "a", "purl": "pkg:npm/tls@1.0.0"}"#, 40_000);
    let said =
        r#"{"id": "CVE-1", "analysis": {"state": "exploitable"}, "affects": [{"ref": "a"}]}"#;
    let bill = format!(
        r#"{{"bomFormat": "CycloneDX", "components": [{parts}], "vulnerabilities": [{}]}}"#,
        list(said, 40_000)
    );
    let osv = r#"{"id": "O", "affected": [{"package": {"ecosystem": "npm", "name": "tls"}, "ranges":
        [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "0.9.0"}]}]}]}"#;
    let osv = format!("[{}]", list(osv, 20_000));
    let documents =
        vec![filed(1, Scope::Asset("a".to_owned()), &bill), filed(2, Scope::Site, &osv)];
    let supply = supply(documents, Vec::new());
    #[expect(clippy::disallowed_methods, reason = "the time is what is tested")]
    let start = std::time::Instant::now();
    let assets = vec![plc("a", "z", "Siemens", "1", "1")];
    let passport = asked(assets, &supply, |of| of.passport(&of.resolution.assets[0]));
    let took = start.elapsed();
    assert_eq!((passport.components.len(), passport.components_total), (2_000, 40_000));
    assert!(passport.components_unseen > 30_000, "{}", passport.components_unseen);
    assert!(took.as_secs_f64() < 60.0, "{took:?}");
}
