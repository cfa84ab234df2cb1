//! The fuzz target of the publishers' files: advisories, catalogues, lists, version ranges, packs.

use knowledge::advisory::{Advisory, Entry, Leaf, apply, fixed_versions, read_csaf, read_readings};
use knowledge::import;
use knowledge::matching::{Device, Matcher};
use knowledge::pack::{self, Manifest, Pack};
use knowledge::supply::WeakIndex;
use knowledge::version::{Facts, Notation, Range, Truth, Version};

/// Shapes of versions tried against a range.
const NOTATIONS: [Notation; 3] = [Notation::Numeric, Notation::Fraction, Notation::Hundredths];

/// The first byte says what the others are.
pub fn knowledge(data: &[u8]) {
    let Some((&kind, bytes)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(bytes);
    // What is refused is not looked at further: only that it is refused without harm counts.
    match kind {
        b'a' => advisory(bytes),
        b'd' => readings(&text),
        b'r' => range(&text),
        b'x' => {
            let complaints = import::read_recog(bytes).map(|read| read.complaints.len());
            assert!(complaints.unwrap_or_default() <= COMPLAINTS_MAX);
        }
        b'n' => {
            let complaints = import::read_cn(bytes).map(|read| read.complaints.len());
            assert!(complaints.unwrap_or_default() <= COMPLAINTS_MAX);
        }
        b'k' => drop(import::read_kev(bytes)),
        b'c' => drop(import::read_cve(bytes)),
        b'v' => drop(import::read_nvd(bytes)),
        b't' => drop(import::read_attack(bytes)),
        b'e' => drop(import::read_epss(bytes, &|_| true)),
        b's' => drop(import::read_decision("fuzz", bytes)),
        b'l' => drop(import::read_lifecycle("fuzz", &text)),
        b'f' => drop(import::read_profinet(bytes)),
        b'b' => supply(bytes),
        b'p' => packed(bytes),
        _ => drop(Pack::read(bytes).map(|pack| pack.tables().is_ok())),
    }
}

/// Most complaints that a reader keeps.
const COMPLAINTS_MAX: usize = 64;

/// An advisory, then the question which of its entries concern a device that it names itself.
fn advisory(bytes: &[u8]) {
    let Ok((advisory, complaints)) = read_csaf(bytes) else { return };
    assert!(complaints.len() <= COMPLAINTS_MAX);
    let Some(leaf) = advisory.leaves.first().cloned() else { return };
    let (entries, leaves) = (advisory.entries.len(), advisory.leaves.len());
    for at in advisory.entries.iter().flat_map(|entry| entry.affected.iter().chain(&entry.fixed)) {
        assert!((*at as usize) < leaves, "an entry names a product that is not there");
    }
    let Ok(matcher) = Matcher::new(vec![advisory]) else { return };
    let device = Device {
        vendor: leaf.vendor,
        product: leaf.product,
        order_number: leaf.orders.first().cloned(),
        firmware: Some(leaf.range),
        ..Device::default()
    };
    for found in matcher.matches(&device) {
        assert!(found.entry < entries && found.leaf < leaves);
    }
}

/// Readings put into an advisory: each entry names leaves that are there.
fn readings(text: &str) {
    let (readings, complaints) = read_readings(text);
    assert!(complaints.len() <= COMPLAINTS_MAX);
    let leaf = |product: &str| Leaf { product: product.to_owned(), ..Leaf::default() };
    let entry = Entry { cve: "CVE-1".to_owned(), affected: vec![0, 1], ..Entry::default() };
    let mut advisories = [Advisory {
        id: "A".to_owned(),
        leaves: vec![leaf("B"), leaf("C")],
        entries: vec![entry],
        ..Advisory::default()
    }];
    let left = apply(&mut advisories, &readings);
    assert!(left.len() <= readings.len());
    let [advisory] = advisories;
    for at in advisory.entries.iter().flat_map(|entry| &entry.affected) {
        assert!((*at as usize) < advisory.leaves.len());
    }
}

/// A document of the supply chain; what was understood is written down and read back.
fn supply(bytes: &[u8]) {
    drop(knowledge::supply::payload_of(&String::from_utf8_lossy(bytes)));
    let Ok(document) = knowledge::supply::read(bytes) else { return };
    assert!(document.complaints.len() <= COMPLAINTS_MAX);
    let index = WeakIndex::new(document.weak.clone());
    for component in document.components.iter().take(16) {
        assert!(index.about(component).iter().all(|hit| index.get(hit.weak).is_some()));
    }
    let kept = serde_json::to_vec(&document);
    let again = kept.ok().and_then(|kept| serde_json::from_slice(&kept).ok());
    assert_eq!(again, Some(document), "what is kept is read back");
}

/// A range, a line, and a version to try against it. The order must not contradict itself.
fn range(text: &str) {
    let (range, other) = text.split_once('\n').unwrap_or((text, text));
    let parsed = Range::read(range);
    let _ = (parsed.class(), parsed.upper(), parsed.fixed_at(), fixed_versions(text).len());
    let Some(version) = Version::read(other) else { return };
    let named = Version::read(range);
    for notation in NOTATIONS {
        let facts = Facts { version: Some(&version), serial: Some(other), notation };
        let holds = parsed.holds(&facts);
        assert_eq!(holds, parsed.holds(&facts), "the same question, the same answer");
        assert!(!matches!(holds, Truth::Open("")), "an open answer has a reason");
        let Some(named) = &named else { continue };
        let there = version.compare(named, notation);
        let back = named.compare(&version, notation);
        assert_eq!(there, back.map(std::cmp::Ordering::reverse), "{version:?} {named:?}");
    }
}

/// Tables in a pack whose hash is right: the bytes are unpacked and read.
fn packed(bytes: &[u8]) {
    let manifest = Manifest {
        sequence: 1,
        made: String::new(),
        sources: Vec::new(),
        hash: pack::hash(bytes),
        notices: Vec::new(),
    };
    let Ok(framed) = frame(&manifest, bytes) else { return };
    let pack = Pack::read(&framed);
    assert!(pack.is_ok(), "a whole pack");
    drop(pack.map(|pack| pack.tables().is_ok()));
}

/// A pack without a signature.
fn frame(manifest: &Manifest, tables: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    let signed = serde_json::to_vec(manifest)?;
    let length = vocab::sat_u32(signed.len()).to_be_bytes();
    Ok([b"FERRITE-PACK-1\n", &length[..], &signed, &[0; 64], tables].concat())
}

/// First inputs: one small document of each kind, written for this.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let texts = DOCUMENTS.iter().zip(1u32..).map(|((kind, text), number)| {
        let bytes = [&[*kind][..], text.trim_start().as_bytes()].concat();
        (format!("{}-{number}", char::from(*kind)), bytes)
    });
    let ranges = RANGES.iter().zip(1u32..).map(|((range, version), number)| {
        (format!("r-{number}"), format!("r{range}\n{version}").into_bytes())
    });
    // Tables are empty lists: twelve zeros.
    let tables = zstd::bulk::compress(&[0; 12], 1).unwrap_or_default();
    let packed = ("p-1".to_owned(), [b"p", tables.as_slice()].concat());
    texts.chain(ranges).chain([packed]).collect()
}

const RANGES: &[(&str, &str)] = &[
    ("<V4.5.2", "V4.5.0"),
    ("vers:all/*", "1"),
    (">=2.0|<2.11.3", "2.9"),
    ("V5.6 SP2 HF3 and prior", "V5.6 SP2"),
    ("All versions < V2.0 with maximum security patch 3", "V1.9.9"),
    ("1.156N", "1.156M"),
    ("15.2(7)E3", "15.2(7)E2"),
    ("R511.5_TCU4_HF4 or later", "R511.5_TCU4"),
    ("4.x.x, 5.1 through 5.3", "5.2"),
    ("serial numbers starting with 21081 and lower", "21080123"),
    ("<=20.011|>=30", "20.11"),
    ("prior to 2024-01-31", "2023-12-24"),
    ("V1.2.3.4.5.6.7.8.9 build 18446744073709551616", "99999999999999999999999"),
];

const DOCUMENTS: &[(u8, &str)] = &[
    (b'b', include_str!("documents/bill.json")),
    (b'b', include_str!("documents/bill.xml")),
    (b'b', include_str!("documents/advisory.json")),
    (b'b', BOMB),
    (
        b'b',
        "SPDXVersion: SPDX-2.3\nPackageName: Box\nSPDXID: SPDXRef-Box\nPackageComment: <text>a\nb</text>\nExternalRef: SECURITY cpe23Type cpe:2.3:a:a:b\nRelationship: a DESCRIBES SPDXRef-Box\n",
    ),
    (
        b'b',
        r#"{"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{"vulnerability": {"name": "CVE-2099-0001"}, "status": "fixed", "products": [{"@id": "pkg:npm/a@1", "subcomponents": [{"@id": "b"}]}]}]}"#,
    ),
    (
        b'b',
        r#"[{"id": "O", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.0.0-rc.1"}]}], "versions": ["0.9"]}]}]"#,
    ),
    (
        b'b',
        "schema = \"ferrite.attested/1\"\n[[tie]]\nkind = \"contract\"\nsupplier = \"Acme\"\nfrom = 2026-01-01\nevidence = { name = \"a\", sha256 = \"00\" }\n[[origin]]\ncountry = \"DE\"\nassets = [\"a\"]\n",
    ),
    (b'a', include_str!("documents/advisory.json")),
    (b'k', include_str!("documents/exploited.json")),
    (b'c', include_str!("documents/cve.json")),
    (b'v', include_str!("documents/nvd.json")),
    (b't', include_str!("documents/attack.json")),
    (
        b'f',
        r#"{"OrderNumber:6XX7 000-1AA00-0XB0": "0xfff00012", "GSDML-V2.3-X.xml": "0xfff00013"}"#,
    ),
    (b'x', include_str!("documents/banners.xml")),
    (b'x', BOMB),
    (b'n', include_str!("documents/aliases.xml")),
    (b'n', BOMB),
    (
        b'e',
        "#model_version:v2025,score_date:2026-01-02T00:00:00Z\ncve,epss,percentile\nCVE-2099-0001,0.5,0.9\nCVE-2099-0002,7,x\n",
    ),
    (
        b's',
        "row,Exploitation v1.1.0,Exposure v1.0.1,Priority\n1,none,small,defer\n2,active,open,immediate\n",
    ),
    (
        b'l',
        "---\ntitle: X\nreleases:\n  - releaseCycle: \"1\"\n    releaseDate: 2020-01-01\n    eol: 2024-01-01 # said so\n    support: true\n---\n",
    ),
];

/// Entities that hold entities: no reader may expand them.
const BOMB: &str = r#"<?xml version="1.0"?>
<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<fingerprints matches="&c;"><fingerprint pattern="&c;"><param pos="0" name="&c;" value="&c;"/></fingerprint><vulnerability>&c;</vulnerability></fingerprints>"#;
