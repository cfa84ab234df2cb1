//! The supply chain from documents to passports, suppliers, warnings and bundles, through the
//! binary and over restarts: every command is a process of its own.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::Console;
use ed25519_dalek::SigningKey;
use judge::risk::{Ruling, State};
use knowledge::advisory::{Advisory, Entry, Leaf};
use knowledge::pack::{Pack, write};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

fn ferrite(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ferrite")).current_dir(folder).args(args).output().unwrap()
}

fn run(folder: &Path, args: &[&str]) -> String {
    let output = ferrite(folder, args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn document(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&run(folder, args)).unwrap()
}

/// The virtual plant's data in `site`.
fn plant() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    run(at, &["range", "capture", "--out", "p.pcap", "--scenario", "overflow", "--minutes", "2"]);
    run(at, &["analyze", "p.pcap", "--data", "site"]);
    folder
}

const PLC: &str = "10.20.10.12";

const SBOM: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.5",
  "metadata": {"supplier": {"name": "Siemens"}, "component": {"type": "firmware", "bom-ref": "fw",
    "name": "CPU 1214C DC/DC/DC", "version": "4.2.1"}},
  "components": [
    {"type": "library", "bom-ref": "tls", "name": "tls", "version": "1.0.2",
     "purl": "pkg:npm/tls@1.0.2"},
    {"type": "library", "bom-ref": "zip", "name": "zip", "version": "2.0.0",
     "purl": "pkg:npm/zip@2.0.0"},
    {"type": "library", "name": "quiet", "version": "1"}]}"#;

const OSV: &str = r#"[
  {"id": "OSV-1", "aliases": ["CVE-2026-0001"], "affected": [{"package": {"ecosystem": "npm",
   "name": "tls"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"},
   {"fixed": "1.0.3"}]}]}]},
  {"id": "OSV-2", "aliases": ["CVE-2026-0002"], "affected": [{"package": {"ecosystem": "npm",
   "name": "zip"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}]"#;

const VEX: &str = r#"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "v", "author": "Siemens",
  "timestamp": "2026-01-01T00:00:00Z", "statements": [{"vulnerability": {"name": "CVE-2026-0002"},
  "status": "not_affected", "justification": "vulnerable_code_not_present",
  "products": [{"@id": "SIMATIC CPU 1214C DC/DC/DC", "subcomponents": [{"@id": "pkg:npm/zip"}]}]}]}"#;

const ATTESTED: &str = r#"schema = "ferrite.attested/1"
by = "Purchasing"
[[tie]]
kind = "remote_maintenance"
supplier = "Siemens AG"
what = "PLC programs"
addresses = ["198.51.100.0/24"]
evidence = { name = "contract-12.pdf" }
[[origin]]
supplier = "Siemens"
product = "6ES7 214-1AG40-0XB0"
country = "CN"
[[life]]
supplier = "Siemens"
product = "6ES7 315*"
end_of_support = "2020-01-01"
"#;

fn fill(at: &Path) {
    for (name, text) in
        [("sbom.json", SBOM), ("osv.json", OSV), ("vex.json", VEX), ("facts.toml", ATTESTED)]
    {
        std::fs::write(at.join(name), text).unwrap();
    }
}

#[test]
fn documents_become_passports() {
    let folder = plant();
    let at = folder.path();
    fill(at);
    let import = |file: &str, more: &[&str]| {
        run(at, &[&["supply", "import", file, "--data", "site"], more].concat())
    };
    // Whom a bill of materials is about must be said; a device must be there.
    assert_eq!(
        ferrite(at, &["supply", "import", "sbom.json", "--data", "site"]).status.code(),
        Some(1)
    );
    let nobody = ["supply", "import", "sbom.json", "--asset", "192.0.2.1", "--data", "site"];
    assert!(!ferrite(at, &nobody).status.success());
    let said = import("sbom.json", &["--supplier", "Siemens AG"]);
    assert!(said.contains("3 components"), "{said}");
    // Only the device whose product and version it names is meant.
    let said = import("osv.json", &[]);
    assert!(
        said.contains("CVE-2026-0001 is new for this plant and touches 1 device in 1 zone"),
        "{said}"
    );
    assert!(said.contains("CVE-2026-0002 is new"), "{said}");
    let said = import("vex.json", &["--supplier", "Siemens"]);
    assert!(said.contains("CVE-2026-0002 no longer touches any device"), "{said}");
    import("facts.toml", &[]);
    assert_eq!(
        import("sbom.json", &["--supplier", "Siemens AG"]),
        "sbom.json: cyclonedx 1.5: 3 components\ndocuments taken in: 1\n",
        "nothing twice"
    );
    let documents = document(at, &["supply", "documents", "--format", "json", "--data", "site"]);
    assert_eq!(documents.as_array().unwrap().len(), 4);

    passports(at);
    let text = run(at, &["supply", "passport", "--format", "cyclonedx", "--data", "site"]);
    let own = knowledge::supply::read(text.as_bytes()).unwrap();
    assert_eq!(own.complaints, Vec::<String>::new(), "our own export is read without a complaint");
    assert!(own.components.iter().any(|c| c.name == "tls" && c.purl == "pkg:npm/tls@1.0.2"));
    assert!(own.components.iter().any(|c| c.kind == "firmware" && c.version == "V4.2.1"));
    let warnings = document(at, &["supply", "warnings", "--format", "json", "--data", "site"]);
    assert_eq!(warnings[0]["change"], "gone");
    run(at, &["supply", "documents", "--forget", "1", "--data", "site"]);
    let again = ["supply", "documents", "--forget", "1", "--data", "site"];
    assert!(!ferrite(at, &again).status.success());
    let passport = document(at, &["supply", "passport", "--asset", PLC, "--data", "site"]);
    assert_eq!(passport["components_total"], 0);
}

/// What the documents say of the devices.
fn passports(at: &Path) {
    let passport = document(at, &["supply", "passport", "--asset", PLC, "--data", "site"]);
    let parts = passport["components"].as_array().unwrap();
    let part = |name: &str| parts.iter().find(|part| part["name"] == name).unwrap();
    let tls = &part("tls")["vulnerabilities"][0];
    assert_eq!(
        (&tls["cve"], &tls["verdict"], &tls["fixed"]),
        (&json!("CVE-2026-0001"), &json!("affected"), &json!("1.0.3"))
    );
    assert_eq!(part("zip")["vulnerabilities"][0]["stated"], "not_affected");
    assert_eq!(passport["statements"][0]["author"], "Siemens");
    let origins = passport["origins"].as_array().unwrap();
    let kinds: Vec<_> = origins
        .iter()
        .map(|o| (o["kind"].as_str().unwrap(), o["country"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds, [("manufacture", "CN"), ("headquarters", "DE")]);
    assert!(
        origins[1]["source"]
            .as_str()
            .unwrap()
            .starts_with("headquarters, not place of manufacture")
    );
    assert_eq!(passport["ties"][0]["observed"], false);
    assert_eq!(passport["missing"], json!(["life"]));

    // Somebody programmed the other PLC from the office: a tie is attested, but not from there.
    let other = document(at, &["supply", "passport", "--asset", "10.20.20.12", "--data", "site"]);
    assert_eq!(other["remote"][0]["verdict"], "other_address");
    assert_eq!(other["lives"][0]["state"], "ended");
    assert_eq!(other["components_total"], 0, "another product");
    let supplier = document(
        at,
        &["supply", "suppliers", "--supplier", "siemens", "--format", "json", "--data", "site"],
    );
    let factor = |name: &str| {
        let all = supplier["factors"].as_array().unwrap();
        all.iter().find(|factor| factor["name"] == name).unwrap().clone()
    };
    assert_eq!(factor("missing_sbom")["value"], 0.8, "of one of five");
    assert_eq!(factor("end_of_life")["value"], 1.0, "of one known");
    assert_eq!(supplier["supplier"]["with_sbom"], 1);
}

/// A person decides, as the console does.
fn decide(at: &Path, asset: &str, cve: &str, reason: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = store::Store::open(&at.join("site")).await.unwrap();
        let ruling = Ruling {
            state: State::Mitigated,
            reason: reason.to_owned(),
            until: None,
            who: "petra.muster".to_owned(),
            when: "2026-01-01T00:00:00Z".to_owned(),
        };
        store.decide(&[asset], cve, &ruling).await.unwrap();
        store.close().await;
    });
}

/// Nothing of the plant occurs in the bytes, in whatever case.
fn names_nothing_of(at: &Path, bundle: &str) {
    let analysis = document(at, &["analyze", "p.pcap", "--format", "json"]);
    let plain = bundle.to_lowercase();
    let mut secrets: Vec<String> =
        ["192.0.2.77", "fw.works", "petra", "muster"].map(str::to_owned).to_vec();
    for asset in analysis["assets"].as_array().unwrap() {
        for key in ["id", "name", "serial", "zone", "location"] {
            secrets.extend(asset[key].as_str().map(str::to_owned));
        }
        for key in ["macs", "ips"] {
            let all = asset[key].as_array().into_iter().flatten();
            secrets.extend(all.filter_map(Value::as_str).map(str::to_owned));
        }
        for mac in asset["macs"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            secrets.push(mac.replace(':', "-"));
            secrets.push(mac.replace(':', ""));
        }
        for evidence in asset["evidence"].as_array().unwrap() {
            if ["serial", "name", "location", "contact", "user", "domain", "management"]
                .contains(&evidence["attribute"].as_str().unwrap())
            {
                secrets.push(evidence["value"].as_str().unwrap().to_owned());
            }
        }
    }
    let secrets: Vec<String> = secrets.into_iter().filter(|s| s.len() > 3).collect();
    assert!(secrets.len() > 60, "{}", secrets.len());
    for secret in secrets {
        assert!(!plain.contains(&secret.to_lowercase()), "{secret} is in the bundle");
    }
}

#[test]
fn plants_share_without_exposing_themselves() {
    let (one, other) = (plant(), plant());
    let (one, other) = (one.path(), other.path());
    let passport = document(one, &["supply", "passport", "--asset", PLC, "--data", "site"]);
    let id = passport["asset"].as_str().unwrap();
    let reason = "Firewall rule on 192.0.2.77 before plc-intake (S C-H9K412852018, 28-63-36-8C-11-2E), \
                  see fw.works.example, Petra.Muster";
    decide(one, id, "CVE-2017-12741", reason);
    run(one, &["intel", "keygen", "--out", "key"]);
    let export = [
        "supply",
        "bundle",
        "export",
        "--key",
        "key",
        "--out",
        "b",
        "--with-reasons",
        "--data",
        "site",
    ];
    run(one, &export);
    let bundle = std::fs::read_to_string(one.join("b")).unwrap();

    names_nothing_of(one, &bundle);
    // What is useful to others stays.
    for stays in
        ["Siemens", "6ES7 214-1AG40-0XB0", "V4.2.1", "CVE-2017-12741", "mitigated", "firewall"]
    {
        assert!(bundle.contains(stays), "{stays}");
    }

    std::fs::write(other.join("b"), &bundle).unwrap();
    std::fs::copy(one.join("key.pub"), other.join("one.pub")).unwrap();
    run(other, &["intel", "keygen", "--out", "own"]);
    let import = |file: &str, key: &str| {
        ferrite(other, &["supply", "bundle", "import", file, "--key", key, "--data", "site"])
    };
    assert_eq!(import("b", "own.pub").status.code(), Some(1), "a stranger's");
    std::fs::write(other.join("forged"), bundle.replace("mitigated", "fixed")).unwrap();
    assert_eq!(import("forged", "one.pub").status.code(), Some(1));
    assert!(import("b", "one.pub").status.success());
    assert!(import("b", "one.pub").status.success(), "again, in place of the first");
    let passport = document(other, &["supply", "passport", "--asset", PLC, "--data", "site"]);
    let pooled = passport["pooled"].as_array().unwrap();
    let own = pooled.iter().find(|own| own["state"] == "mitigated").unwrap();
    assert_eq!((&own["plants"], &own["cve"]), (&json!(1), &json!("CVE-2017-12741")));
    assert!(own["text"].as_str().unwrap().contains("as mitigated by firewall (1)"), "{own}");
}

/// A pack with one more advisory than the program's own, on both Modicon controllers.
fn new_pack(at: &Path) {
    run(at, &["intel", "keygen", "--out", "key"]);
    let digits = std::fs::read_to_string(at.join("key")).unwrap();
    let mut seed = [0; 32];
    for (at, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2).unwrap(), 16).unwrap();
    }
    let built_in = Pack::built_in().unwrap();
    let (mut manifest, mut tables) = (built_in.manifest.clone(), built_in.tables().unwrap());
    manifest.sequence += 1_000;
    let leaf = |product: &str, range: &str| Leaf {
        vendor: "Schneider Electric".to_owned(),
        product: product.to_owned(),
        range: range.to_owned(),
        ..Leaf::default()
    };
    tables.advisories.push(Advisory {
        id: "OWN-26-1".to_owned(),
        leaves: vec![
            leaf("Modicon M340 BMXP342020", "< V9.0"),
            leaf("Modicon M580 BMEP582040", "< V9.0"),
        ],
        entries: vec![Entry {
            cve: "CVE-2026-0005".to_owned(),
            affected: vec![0, 1],
            ..Entry::default()
        }],
        ..Advisory::default()
    });
    let bytes = write(manifest, &tables, &SigningKey::from_bytes(&seed)).unwrap();
    std::fs::write(at.join("new.pack"), bytes).unwrap();
}

const UPDATE: [&str; 8] =
    ["intel", "update", "--from", "new.pack", "--key", "key.pub", "--data", "site"];

#[test]
fn a_new_pack_warns_early() {
    let folder = plant();
    let at = folder.path();
    new_pack(at);
    let said = run(at, &UPDATE);
    assert!(
        said.contains("OWN-26-1 is new for this plant and touches 2 devices in 2 zones"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 2, "{said}");
    let warnings = document(at, &["supply", "warnings", "--format", "json", "--data", "site"]);
    assert_eq!(warnings.as_array().unwrap().len(), 1);
    assert_eq!(warnings[0]["cause"], "pack");
    assert_eq!(warnings[0]["assets"].as_array().unwrap().len(), 2);
}

#[test]
fn a_pack_that_comes_while_the_console_is_up_warns_later() {
    let folder = plant();
    let at = folder.path();
    new_pack(at);
    let serve = || {
        let mut console =
            Console::start(common::ferrite().args(["serve", "--data"]).arg(at.join("site")));
        assert_eq!(console.enter_with_token(), 200);
        console
    };
    let console = serve();
    let output = ferrite(at, &UPDATE);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("the folder is in use"));
    assert_eq!(console.get("/api/v1/warnings").1, json!([]));
    console.stop();
    for _ in 0..2 {
        let console = serve();
        // Once the facts are read, what changed has been looked at.
        while console.get("/api/v1/intel").0 == 503 {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let found = (0..100).find_map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            let warnings = console.get("/api/v1/warnings").1;
            (warnings != json!([])).then_some(warnings)
        });
        let found = found.unwrap();
        assert_eq!(found.as_array().unwrap().len(), 1, "once");
        assert_eq!(found[0]["advisory"], "OWN-26-1");
        console.stop();
    }
}
