//! Files made to do harm: the readers answer, with an error or with what they could read, in
//! bounded time and memory.

use knowledge::advisory::read_csaf;
use knowledge::import;
use knowledge::matching::{Device, Matcher};
use knowledge::pack::Pack;
use knowledge::version::{Facts, Range, Version};
use proptest::prelude::*;
use std::io::Write as _;

/// Whatever the answer is.
fn answered<T>(_: T) {}

/// Every reader, over the same bytes.
fn read_all(bytes: &[u8]) {
    answered(read_csaf(bytes));
    answered(import::read_attack(bytes));
    answered(import::read_cn(bytes));
    answered(import::read_cve(bytes));
    answered(import::read_nvd(bytes));
    answered(import::read_epss(bytes, &|_| true));
    answered(import::read_kev(bytes));
    answered(import::read_profinet(bytes));
    answered(import::read_recog(bytes));
    answered(import::read_decision("table", bytes));
    answered(import::read_lifecycle("product", &String::from_utf8_lossy(bytes)));
    answered(Pack::read(bytes));
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("<a>", "</a>"), ("<!--", "-->")] {
        read_all(open.repeat(200_000).as_bytes());
        read_all(format!("{}{}", open.repeat(100_000), close.repeat(100_000)).as_bytes());
    }
    // Branches deeper than the standard allows are said, and the rest is read.
    let mut branch = String::from("{\"category\":\"product_name\",\"name\":\"end\"}");
    for level in 0..50 {
        branch = format!(
            "{{\"category\":\"product_family\",\"name\":\"{level}\",\"branches\":[{branch}]}}"
        );
    }
    let text = document(&format!("{{\"branches\":[{branch}]}}"), "[]");
    assert!(
        read_csaf(text.as_bytes()).is_err() || !read_csaf(text.as_bytes()).unwrap().1.is_empty()
    );
}

#[test]
fn entities_are_not_expanded() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"CVE-2024-1\">");
    for level in 1..40 {
        let inner = format!("&e{};", level - 1).repeat(10);
        bomb += &format!("<!ENTITY e{level} \"{inner}\">");
    }
    bomb += "]><vulnerabilities><vulnerability><number>&e39;</number></vulnerability>";
    bomb += "</vulnerabilities>";
    read_all(bomb.as_bytes());
    let file = "<a><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><entry>&x;</entry></a>";
    let read = import::read_cn(file.as_bytes());
    assert!(read.is_err() || read.unwrap().records.is_empty());
}

#[test]
fn a_packed_gigabyte_of_nesting_ends_at_the_limit_of_a_document() {
    let folder = std::env::temp_dir().join(format!("ferrite-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("bomb.json.zst");
    let mut encoder =
        zstd::stream::write::Encoder::new(std::fs::File::create(&path).unwrap(), 1).unwrap();
    let block = vec![b'['; 1 << 20];
    for _ in 0..1024 {
        encoder.write_all(&block).unwrap();
    }
    encoder.finish().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    let mut taken = 0;
    let read = import::for_each_document(&path, &mut |_, _| taken += 1);
    assert!(read.is_err());
    assert_eq!(taken, 0);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn document(tree: &str, vulnerabilities: &str) -> String {
    let document = r#"{"title": "T", "publisher": {"name": "P"}, "tracking": {"id": "X-1",
        "initial_release_date": "2024-01-02T00:00:00Z",
        "current_release_date": "2024-01-03T00:00:00Z"}}"#;
    format!(
        "{{\"document\": {document}, \"product_tree\": {tree}, \
         \"vulnerabilities\": {vulnerabilities}}}"
    )
}

#[test]
fn fields_of_the_wrong_kind_are_said_and_the_rest_is_read() {
    let tree = r#"{"branches": [{"category": "vendor", "name": "Acme", "branches": [
        {"category": "product_name", "name": "Box 100", "branches": [
            {"category": "product_version_range", "name": "< V2.0",
             "product": {"product_id": "A", "name": "Acme Box 100 < V2.0"}},
            {"category": 7, "name": null, "product": {"product_id": 3}}, 5, null]}]},
        "no branch"]}"#;
    let vulnerabilities = r#"[{"cve": "CVE-2024-0001", "scores": "none",
        "product_status": {"known_affected": ["A", "B", 9]},
        "remediations": [
            {"category": "vendor_fix", "details": "Update to V2.0 or later", "product_ids": ["A"]},
            {"category": "magic", "details": ""}]}, 7]"#;
    let (advisory, complaints) = read_csaf(document(tree, vulnerabilities).as_bytes()).unwrap();
    assert!(complaints.iter().any(|complaint| complaint.contains("known_affected names B")));
    assert!(complaints.iter().any(|complaint| complaint.contains("category magic")));
    let matcher = Matcher::new(vec![advisory]).unwrap();
    let device = |firmware: &str| Device {
        vendor: "ACME Inc.".to_owned(),
        product: "Box 100".to_owned(),
        firmware: Some(firmware.to_owned()),
        ..Device::default()
    };
    let verdict = |firmware| matcher.matches(&device(firmware))[0].verdict.key();
    assert_eq!(verdict("1.9"), "affected");
    assert_eq!(verdict("2.0"), "not_affected");
}

#[test]
fn every_published_advisory_loads() {
    let Some(path) = std::env::var_os("FERRITE_TEST_CSAF") else {
        println!("skipped: FERRITE_TEST_CSAF names no archive of advisories");
        return;
    };
    let (mut loaded, mut failed) = (0, Vec::new());
    import::for_each_document(
        std::path::Path::new(&path),
        &mut |name, bytes| match read_csaf(bytes) {
            Ok(_) => loaded += 1,
            Err(error) => failed.push(format!("{name}: {error}")),
        },
    )
    .unwrap();
    println!("{loaded} advisories loaded; not loaded: {failed:#?}");
    assert!(loaded > 0 && failed.len() * 100 < loaded);
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let keys = prop_oneof![
        Just("document"),
        Just("tracking"),
        Just("id"),
        Just("title"),
        Just("product_tree"),
        Just("branches"),
        Just("category"),
        Just("name"),
        Just("product"),
        Just("product_id"),
        Just("vulnerabilities"),
        Just("cve"),
        Just("product_status"),
        Just("known_affected"),
        Just("remediations"),
        Just("details"),
        Just("objects"),
        Just("type"),
        Just("relationships"),
    ];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,24}".prop_map(Into::into),
        keys.clone().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|fields| {
                fields
                    .into_iter()
                    .map(|(k, v)| (k.to_owned(), v))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        read_all(&bytes);
    }

    #[test]
    fn any_json_is_answered(tree in json(), vulnerabilities in json()) {
        read_all(tree.to_string().as_bytes());
        let text = document(&tree.to_string(), &vulnerabilities.to_string());
        if let Ok((advisory, _)) = read_csaf(text.as_bytes()) {
            let matcher = Matcher::new(vec![advisory]).unwrap();
            matcher.matches(&Device { vendor: "Acme".into(), product: "Box".into(), ..Device::default() });
        }
    }

    #[test]
    fn any_names_and_versions_are_answered(
        vendor in "\\PC{0,40}", product in "\\PC{0,80}", range in "\\PC{0,80}", firmware in "\\PC{0,40}"
    ) {
        let version = Version::read(&firmware);
        Range::read(&range).holds(&Facts { version: version.as_ref(), ..Facts::default() });
        let leaf = knowledge::advisory::Leaf {
            vendor: vendor.clone(), product: product.clone(), range, ..Default::default()
        };
        let entry = knowledge::advisory::Entry { affected: vec![0], ..Default::default() };
        let advisory = knowledge::advisory::Advisory {
            id: "X".into(), leaves: vec![leaf], entries: vec![entry], ..Default::default()
        };
        let matcher = Matcher::new(vec![advisory]).unwrap();
        let device = Device { vendor, product, firmware: Some(firmware), ..Device::default() };
        matcher.matches(&device);
    }
}
