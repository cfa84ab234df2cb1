//! Documents of the supply chain, each format by hand, and what nobody should send.

#![expect(clippy::unwrap_used, reason = "tests")]

use knowledge::supply::{Document, Format, RangeKind, Status, SupplyError, TieKind, read};
use proptest::prelude::*;

fn read_text(text: &str) -> Document {
    read(text.as_bytes()).unwrap()
}

const CYCLONEDX: &str = r#"{
  "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:1", "version": 1,
  "metadata": {"timestamp": "2026-01-02T00:00:00Z", "supplier": {"name": "Acme GmbH"},
    "component": {"type": "firmware", "bom-ref": "fw", "name": "Box firmware", "version": "2.1"}},
  "components": [
    {"type": "library", "bom-ref": "ssl", "group": "org", "name": "tls", "version": "1.0.2",
     "purl": "pkg:generic/tls@1.0.2", "cpe": "cpe:2.3:a:org:tls:1.0.2:*:*:*:*:*:*:*",
     "supplier": {"name": "Org"}, "licenses": [{"license": {"id": "MIT"}},
       {"expression": "MIT OR Apache-2.0"}], "hashes": [{"alg": "SHA-256", "content": "AB12"}],
     "components": [{"type": "file", "name": "inner.c"}]},
    {"type": "device", "name": "chip", "manufacturer": {"name": "Fab"},
     "properties": [{"name": "acme:countryOfOrigin", "value": "TW"}]},
    {"type": "library", "version": 3}],
  "services": [{"name": "update", "provider": {"name": "Acme"}, "x-trust-boundary": true,
    "endpoints": ["https://update.acme.example/"]}],
  "dependencies": [{"ref": "fw", "dependsOn": ["ssl"]}],
  "vulnerabilities": [
    {"id": "CVE-2026-0001", "analysis": {"state": "not_affected", "detail": "not built in",
      "justification": "code_not_present", "lastUpdated": "2026-02-01"},
     "affects": [{"ref": "urn:cdx:1/1#ssl"}]},
    {"id": "CVE-2026-0002", "analysis": {"state": "exploitable", "response": ["update"]},
     "affects": [{"ref": "ssl"}]},
    {"analysis": {"state": "resolved"}}]}"#;

#[test]
fn cyclonedx_is_read() {
    let document = read_text(CYCLONEDX);
    assert_eq!(document.format, Format::CycloneDx);
    assert_eq!((document.version.as_str(), document.author.as_str()), ("1.6", "Acme GmbH"));
    assert_eq!(document.subject.as_ref().unwrap().version, "2.1");
    let names: Vec<_> = document.components.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["org/tls", "inner.c", "chip"]);
    let tls = &document.components[0];
    assert_eq!(tls.licences, ["MIT", "MIT OR Apache-2.0"]);
    assert_eq!((tls.hashes[0].as_str(), tls.supplier.as_str()), ("SHA-256:ab12", "Org"));
    assert_eq!(document.components[1].within, Some(0));
    assert_eq!(document.components[2].country, "TW");
    assert_eq!(document.relations[0].to, "ssl");
    assert!(document.services[0].crosses_trust);
    let said: Vec<_> = document.statements.iter().map(|s| (s.cve.as_str(), s.status)).collect();
    assert_eq!(said, [("CVE-2026-0001", Status::NotAffected), ("CVE-2026-0002", Status::Affected)]);
    assert_eq!(document.statements[0].justification, "code_not_present");
    assert_eq!(document.statements[1].action, "update");
    // Each fault is named with its place.
    let complaints = document.complaints.join("\n");
    assert!(complaints.contains("components[2].version: is not a text"), "{complaints}");
    assert!(complaints.contains("components[2]: name is missing"), "{complaints}");
    assert!(complaints.contains("vulnerabilities[2].id: is missing"), "{complaints}");
}

const XML: &str = r#"<?xml version="1.0"?>
<!DOCTYPE bom [<!ENTITY lol "lol">]>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" serialNumber="urn:uuid:2" version="1">
  <metadata><timestamp>2026-01-02T00:00:00Z</timestamp>
    <component type="firmware" bom-ref="fw"><name>Box</name><version>2</version></component>
  </metadata>
  <components><component type="library" bom-ref="ssl"><supplier><name>A &amp; B</name></supplier>
    <group>org</group><name>tls&lol;</name><version>1.0.2</version>
    <hashes><hash alg="SHA-1">AB</hash></hashes>
    <licenses><license><id>MIT</id></license></licenses><purl>pkg:generic/tls@1.0.2</purl>
    <components><component type="file"><name>&#x69;nner.c</name></component></components>
  </component></components>
  <services><service><name>update</name><endpoints><endpoint>https://a.example/</endpoint>
    </endpoints></service></services>
  <dependencies><dependency ref="fw"><dependency ref="ssl"/></dependency></dependencies>
  <vulnerabilities><vulnerability><id>CVE-2026-0002</id>
    <analysis><state>exploitable</state><responses><response>update</response></responses>
    </analysis><affects><target><ref>ssl</ref></target></affects></vulnerability>
  </vulnerabilities>
</bom>"#;

#[test]
fn cyclonedx_xml_says_the_same_as_json() {
    let document = read_text(XML);
    assert_eq!((document.version.as_str(), document.id.as_str()), ("1.4", "urn:uuid:2"));
    assert_eq!(document.subject.as_ref().unwrap().name, "Box");
    let tls = &document.components[0];
    assert_eq!((tls.name.as_str(), tls.supplier.as_str()), ("org/tls", "A & B"));
    assert_eq!((tls.kind.as_str(), tls.reference.as_str()), ("library", "ssl"));
    assert_eq!((tls.hashes[0].as_str(), tls.licences[0].as_str()), ("SHA-1:ab", "MIT"));
    assert_eq!(document.components[1].name, "inner.c");
    assert_eq!(document.services[0].endpoints, ["https://a.example/"]);
    assert_eq!(
        (document.relations[0].from.as_str(), document.relations[0].to.as_str()),
        ("fw", "ssl")
    );
    let said = &document.statements[0];
    assert_eq!((said.status, said.action.as_str()), (Status::Affected, "update"));
    assert_eq!(said.products, ["ssl"]);
}

#[test]
fn spdx_is_read_in_both_shapes() {
    let json = r#"{"spdxVersion": "SPDX-2.3", "documentNamespace": "https://a.example/1",
      "creationInfo": {"created": "2026-01-01T00:00:00Z", "creators": ["Tool: t", "Organization: Acme"]},
      "packages": [{"SPDXID": "SPDXRef-Box", "name": "Box", "versionInfo": "2.1",
        "supplier": "Organization: Acme (a@a.example)", "licenseDeclared": "NOASSERTION",
        "licenseConcluded": "MIT", "primaryPackagePurpose": "FIRMWARE",
        "checksums": [{"algorithm": "SHA256", "checksumValue": "AB"}],
        "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:generic/box@2.1"}]}],
      "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
        "relatedSpdxElement": "SPDXRef-Box"}]}"#;
    let text = "# a remark\nSPDXVersion: SPDX-2.3\nDocumentNamespace: https://a.example/1\n\
        Creator: Tool: t\nCreator: Organization: Acme\nCreated: 2026-01-01T00:00:00Z\n\
        Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-Box\n\
        PackageName: Box\nSPDXID: SPDXRef-Box\nPackageVersion: 2.1\n\
        PackageSupplier: Organization: Acme (a@a.example)\nPackageLicenseDeclared: NOASSERTION\n\
        PackageLicenseConcluded: MIT\nPrimaryPackagePurpose: FIRMWARE\n\
        PackageComment: <text>two\nSPDXID: lines</text>\n\
        PackageChecksum: SHA256: AB\nExternalRef: PACKAGE-MANAGER purl pkg:generic/box@2.1\n\
        FileName: ./a.c\nSPDXID: SPDXRef-File\n";
    let (json, text) = (read_text(json), read_text(text));
    assert_eq!(json, text);
    assert_eq!(json.author, "Acme");
    let own = &json.components[0];
    assert_eq!((own.supplier.as_str(), own.version.as_str()), ("Acme", "2.1"));
    assert_eq!((own.purl.as_str(), own.kind.as_str()), ("pkg:generic/box@2.1", "firmware"));
    assert_eq!((own.licences[0].as_str(), own.hashes[0].as_str()), ("MIT", "SHA256:ab"));
    assert_eq!(json.subject.as_ref(), Some(own));
}

#[test]
fn openvex_csaf_and_osv_are_read() {
    let document = read_text(
        r#"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://a.example/vex/1",
        "author": "Acme", "timestamp": "2026-01-01T00:00:00Z", "version": 1, "statements": [
        {"vulnerability": {"name": "CVE-2026-0001"}, "status": "not_affected",
         "justification": "vulnerable_code_not_present", "products": [{"@id": "pkg:generic/box@2",
         "identifiers": {"purl": "pkg:generic/box@2.0"}, "subcomponents": [{"@id": "pkg:generic/tls"}]}]},
        {"vulnerability": "CVE-2026-0002", "status": "affected", "action_statement": "update",
         "products": ["pkg:generic/box@2"]},
        {"vulnerability": "CVE-2026-0003", "status": "perhaps"}]}"#,
    );
    assert_eq!((document.version.as_str(), document.author.as_str()), ("0.2.0", "Acme"));
    assert_eq!(document.statements[0].products, ["pkg:generic/tls", "pkg:generic/box@2.0"]);
    assert_eq!(document.statements[1].action, "update");
    assert!(document.complaints[0].contains("statements[2]: status perhaps"));

    let document = read_text(
        r#"{"document": {"csaf_version": "2.0", "title": "T", "publisher": {"name": "Acme"},
        "tracking": {"id": "ACME-1", "current_release_date": "2026-01-01T00:00:00Z"}},
        "product_tree": {"branches": [{"category": "vendor", "name": "Acme", "branches": [
          {"category": "product_name", "name": "Box", "branches": [
            {"category": "product_version", "name": "2.1",
             "product": {"product_id": "A", "name": "Acme Box 2.1"}}]}]}]},
        "vulnerabilities": [{"cve": "CVE-2026-0001", "product_status": {"known_not_affected": ["A"]},
          "flags": [{"label": "component_not_present", "product_ids": ["A"]}]}]}"#,
    );
    let said = &document.statements[0];
    assert_eq!((document.format, said.status), (Format::Csaf, Status::NotAffected));
    assert_eq!(said.justification, "component_not_present");
    assert_eq!(said.products, ["Acme Box: 2.1"]);

    let document = read_text(
        r#"[{"schema_version": "1.6.0", "id": "OSV-1", "modified": "2026-01-01T00:00:00Z",
        "aliases": ["CVE-2026-0009"], "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}],
        "affected": [{"package": {"ecosystem": "PyPI", "name": "tls", "purl": "pkg:pypi/tls"},
          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]},
                     {"type": "ODD", "events": []}], "versions": ["1.0"]}]},
        {"id": "OSV-2", "withdrawn": "2026-01-01T00:00:00Z", "affected": []}]"#,
    );
    let weak = &document.weak[0];
    assert_eq!((weak.id.as_str(), weak.aliases[0].as_str()), ("OSV-1", "CVE-2026-0009"));
    assert_eq!(weak.ranges[0].kind, RangeKind::Ecosystem);
    assert_eq!(weak.ranges[0].events[1], ("fixed".to_owned(), "1.1".to_owned()));
    assert_eq!((document.weak.len(), document.dropped), (1, 1));
    assert!(document.complaints[0].contains("affected[0].ranges[1]: type ODD"));
}

#[test]
fn attested_facts_are_read() {
    let hash = "ab".repeat(32);
    let text = format!(
        r#"schema = "ferrite.attested/1"
by = "Purchasing"
[[tie]]
kind = "remote-maintenance"
supplier = "Acme"
what = "boiler"
from = 2026-01-01
until = "2026-12-31"
addresses = ["192.0.2.0/24"]
evidence = {{ name = "contract.pdf", sha256 = "{hash}" }}
[[tie]]
kind = "contract"
supplier = "Acme"
untill = "2026-12-31"
from = "soon"
[[origin]]
supplier = "Acme"
country = "de"
[[origin]]
supplier = "Acme"
country = "Germany"
[[life]]
supplier = "Acme"
product = "Box*"
end_of_support = "2027-01-01"
"#
    );
    let document = read_text(&text);
    let tie = &document.attested.ties[0];
    assert_eq!((tie.kind, tie.from.as_str()), (TieKind::RemoteMaintenance, "2026-01-01"));
    assert_eq!(tie.evidence.as_ref().unwrap().sha256, hash);
    assert_eq!(document.attested.origins[0].country, "DE");
    assert_eq!(document.attested.lives[0].end_of_support, "2027-01-01");
    let complaints = document.complaints.join("\n");
    for wanted in [
        "tie[1]: untill is no field here",
        "tie[1].from: is no day",
        "origin[1]: country is not two letters",
    ] {
        assert!(complaints.contains(wanted), "{complaints}");
    }
    // What is kept can be written down and read back.
    let kept = serde_json::to_string(&document).unwrap();
    assert_eq!(serde_json::from_str::<Document>(&kept).unwrap(), document);
}

#[test]
fn what_cannot_be_used_says_why() {
    for (text, wanted) in [
        ("", "empty"),
        ("{", "not JSON"),
        ("{}", "format is not known"),
        ("{\"@graph\": []}", "SPDX 3"),
        ("{\"spdxVersion\": \"SPDX-9\"}", "SPDX-9"),
        ("<html/>", "<html>"),
        ("<bom>", "ends early"),
        ("a = 1", "no attested facts"),
        ("a = ", "not TOML"),
    ] {
        let error = read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(wanted), "{text}: {error}");
    }
    assert!(matches!(read(&vec![b' '; 33 << 20]), Err(SupplyError::Large)));
}

#[test]
fn depth_and_number_are_bounded() {
    let deep = |open: &str, close: &str, n: usize| open.repeat(n) + &close.repeat(n);
    for text in [
        deep("[", "]", 1_000_000),
        deep("{\"components\":[", "]}", 200_000),
        deep("<bom>", "</bom>", 1_000_000),
        format!("a = {}", deep("[", "]", 1_000_000)),
        format!("a.{}b = 1", "a.".repeat(1_000_000)),
        format!("{{\"bomFormat\":\"CycloneDX\",\"components\":{}}}", deep("[", "]", 5_000)),
    ] {
        assert!(read(text.as_bytes()).is_err());
    }
    let many = r#"{"name":"a"},"#.repeat(60_000);
    let text = format!(r#"{{"bomFormat":"CycloneDX","components":[{many}{{"name":"b"}}]}}"#);
    let document = read_text(&text);
    assert_eq!((document.components.len(), document.dropped), (50_000, 10_001));
    let long = "x".repeat(1 << 20);
    let text = format!(r#"{{"bomFormat":"CycloneDX","components":[{{"name":"{long}"}}]}}"#);
    assert_eq!(read_text(&text).components[0].name.len(), 2_000);
    let many = "<c/>".repeat(1_100_000);
    let error = read(format!("<bom>{many}</bom>").as_bytes()).unwrap_err().to_string();
    assert!(error.contains("elements"), "{error}");
}

/// Values of JSON that are near enough to the formats to get into the readers.
fn near() -> impl Strategy<Value = serde_json::Value> {
    let key = prop::sample::select(vec![
        "bomFormat",
        "components",
        "metadata",
        "component",
        "name",
        "version",
        "licenses",
        "license",
        "id",
        "hashes",
        "alg",
        "content",
        "supplier",
        "vulnerabilities",
        "analysis",
        "state",
        "affects",
        "ref",
        "dependencies",
        "dependsOn",
        "services",
        "packages",
        "externalRefs",
        "statements",
        "products",
        "status",
        "vulnerability",
        "affected",
        "ranges",
        "events",
        "introduced",
        "versions",
        "package",
        "tie",
        "kind",
        "origin",
        "life",
        "from",
        "evidence",
        "@id",
        "subcomponents",
        "aliases",
        "severity",
        "score",
        "document",
        "tracking",
        "product_tree",
        "branches",
        "flags",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~é]{0,12}".prop_map(Into::into),
        prop::sample::select(vec!["CycloneDX", "exploitable", "affected", "SEMVER", "contract"])
            .prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::Array),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| {
                pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            }),
        ]
    })
}

/// Whatever comes: an answer, or an error that says something.
fn harmless(bytes: &[u8]) {
    if let Err(error) = read(bytes) {
        assert!(!error.to_string().is_empty());
    }
}

proptest! {
    #[test]
    fn hostile_json_never_crashes(mut value in near(), which in 0usize..6) {
        let head = [
            ("bomFormat", serde_json::json!("CycloneDX")),
            ("spdxVersion", serde_json::json!("SPDX-2.3")),
            ("@context", serde_json::json!("https://openvex.dev/ns")),
            ("schema", serde_json::json!("ferrite.attested/1")),
            ("vulns", serde_json::json!([])),
            ("document", serde_json::json!({"csaf_version": "2.0", "tracking": {"id": "A"}})),
        ];
        if let Some(object) = value.as_object_mut() {
            let (key, head) = head[which].clone();
            object.entry(key).or_insert(head);
        }
        if let Ok(document) = read(value.to_string().as_bytes()) {
            let kept = serde_json::to_string(&document).unwrap();
            prop_assert_eq!(serde_json::from_str::<Document>(&kept).unwrap(), document);
        }
    }

    #[test]
    fn torn_documents_never_crash(which in 0usize..3, cut in 0usize..2_000, byte in any::<u8>(), at in 0usize..2_000) {
        let text = [CYCLONEDX, XML, "SPDXVersion: SPDX-2.3\nPackageName: <text>a\nExternalRef: a b\n"][which];
        let mut bytes = text.as_bytes()[..text.len() - cut.min(text.len())].to_vec();
        if let Some(slot) = bytes.get_mut(at) {
            *slot = byte;
        }
        harmless(&bytes);
    }

    #[test]
    fn any_bytes_never_crash(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        harmless(&bytes);
    }
}

/// `FERRITE_TEST_BOM=folder` reads all files of a folder and says what was in them.
#[test]
fn a_folder_of_documents() {
    let Some(folder) = std::env::var_os("FERRITE_TEST_BOM") else { return };
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        let said = match read(&bytes) {
            Ok(d) => format!(
                "{} {}: {} parts, {} statements, {} relations, complaints {:?}",
                d.format.key(),
                d.version,
                d.components.len(),
                d.statements.len(),
                d.relations.len(),
                d.complaints
            ),
            Err(error) => error.to_string(),
        };
        println!("{}: {said}", entry.file_name().to_string_lossy());
    }
}
