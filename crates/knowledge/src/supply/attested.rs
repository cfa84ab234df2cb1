//! What people attest, as TOML or JSON: contracts, remote maintenance, origin, product lives.

use super::read::{LIST_MAX, SupplyError, begin, clip, text};
use super::{Document, Evidence, Format, LifeFact, Origin, OriginKind, Tie, TieKind};
use crate::advisory::node::{Complaints, Node};
use serde_json::Value;

/// How a file says what it is.
pub(super) const SCHEMA: &str = "ferrite.attested/";

const TIE: [&str; 8] =
    ["kind", "supplier", "what", "from", "until", "assets", "addresses", "evidence"];
const ORIGIN: [&str; 6] = ["kind", "country", "supplier", "product", "assets", "evidence"];
const LIFE: [&str; 5] = ["supplier", "product", "end_of_sale", "end_of_support", "evidence"];

/// Reads TOML.
pub(super) fn read_toml(toml: &str) -> Result<Document, SupplyError> {
    let value: Value =
        toml::from_str(toml).map_err(|error| SupplyError::Toml(clip(&error.to_string())))?;
    let schema = value.get("schema").and_then(Value::as_str).unwrap_or_default();
    if !schema.starts_with(SCHEMA) {
        let what = format!("TOML without schema = \"{SCHEMA}1\": no attested facts");
        return Err(SupplyError::Other(what));
    }
    Ok(read(&value))
}

/// Reads the facts.
pub(super) fn read(value: &Value) -> Document {
    let root = Node::root(value);
    let mut complaints = Complaints::default();
    let schema = text(&root, "schema", &mut complaints);
    let version = schema.strip_prefix(SCHEMA).unwrap_or_default();
    let (by, made) = (text(&root, "by", &mut complaints), text(&root, "made", &mut complaints));
    let mut document = begin(Format::Attested, version, "", &by, &made);
    document.attested.by = by;
    if version != "1" {
        root.get("schema").unwrap_or(root.clone()).complain("is newer than 1", &mut complaints);
    }
    for node in root.items("tie", &mut complaints) {
        unknown(&node, &TIE, &mut complaints);
        if let Some(new) = tie(&node, &mut complaints) {
            Document::record(&mut document.dropped, &mut document.attested.ties, new);
        }
    }
    for node in root.items("origin", &mut complaints) {
        unknown(&node, &ORIGIN, &mut complaints);
        if let Some(new) = origin(&node, &mut complaints) {
            Document::record(&mut document.dropped, &mut document.attested.origins, new);
        }
    }
    for node in root.items("life", &mut complaints) {
        unknown(&node, &LIFE, &mut complaints);
        let new = LifeFact {
            supplier: clip(node.must("supplier", &mut complaints)),
            product: clip(node.must("product", &mut complaints)),
            end_of_sale: day(&node, "end_of_sale", &mut complaints),
            end_of_support: day(&node, "end_of_support", &mut complaints),
            evidence: evidence(&node, &mut complaints),
        };
        if !new.supplier.is_empty() && !new.product.is_empty() {
            Document::record(&mut document.dropped, &mut document.attested.lives, new);
        }
    }
    document.done(complaints)
}

/// People write these files: a word that is not known is a mistake of theirs.
fn unknown(node: &Node<'_>, keys: &[&str], complaints: &mut Complaints) {
    let Some(object) = node.value().as_object() else { return };
    for key in object.keys().filter(|key| !keys.contains(&key.as_str())) {
        node.complain(&format!("{} is no field here", clip(key)), complaints);
    }
}

fn tie(node: &Node<'_>, complaints: &mut Complaints) -> Option<Tie> {
    let kind = match node.must("kind", complaints) {
        "contract" => TieKind::Contract,
        "remote_maintenance" | "remote-maintenance" => TieKind::RemoteMaintenance,
        other => {
            let what = format!("kind is {}: contract or remote_maintenance", clip(other));
            node.complain(&what, complaints);
            return None;
        }
    };
    let supplier = clip(node.must("supplier", complaints));
    if supplier.is_empty() {
        return None;
    }
    let new = Tie {
        kind,
        supplier,
        what: text(node, "what", complaints),
        from: day(node, "from", complaints),
        until: day(node, "until", complaints),
        assets: list(node, "assets", complaints),
        addresses: list(node, "addresses", complaints),
        evidence: evidence(node, complaints),
    };
    if kind == TieKind::RemoteMaintenance && new.addresses.is_empty() {
        node.complain(
            "remote maintenance without addresses can be compared with nothing",
            complaints,
        );
    }
    Some(new)
}

fn origin(node: &Node<'_>, complaints: &mut Complaints) -> Option<Origin> {
    let kind = match node.text("kind", complaints).unwrap_or("manufacture") {
        "manufacture" => OriginKind::Manufacture,
        "development" => OriginKind::Development,
        "headquarters" => OriginKind::Headquarters,
        other => {
            let what = format!("kind is {}: manufacture, development or headquarters", clip(other));
            node.complain(&what, complaints);
            return None;
        }
    };
    let country = node.must("country", complaints).to_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        node.complain("country is not two letters of ISO 3166-1", complaints);
        return None;
    }
    let own = Origin {
        kind,
        country,
        supplier: text(node, "supplier", complaints),
        product: text(node, "product", complaints),
        assets: list(node, "assets", complaints),
        evidence: evidence(node, complaints),
    };
    if own.supplier.is_empty() && own.assets.is_empty() {
        node.complain("names neither a supplier nor assets", complaints);
        return None;
    }
    Some(own)
}

fn list(node: &Node<'_>, key: &str, complaints: &mut Complaints) -> Vec<String> {
    let texts = node.texts(key, complaints).into_iter();
    texts.filter(|text| !text.is_empty()).take(LIST_MAX).map(clip).collect()
}

/// `YYYY-MM-DD`, else a complaint. A day that is not certain is no day.
fn day(node: &Node<'_>, key: &str, complaints: &mut Complaints) -> String {
    // TOML's own dates come as a map with one text.
    let field = node.get(key);
    let own = field.as_ref().and_then(|field| field.value().as_object());
    let toml = own.and_then(|map| map.values().next()).and_then(Value::as_str);
    let text = match toml {
        Some(text) => text,
        None => node.text(key, complaints).unwrap_or_default(),
    };
    if text.is_empty() || is_day(text) {
        return text.to_owned();
    }
    if let Some(field) = field {
        field.complain("is no day: YYYY-MM-DD", complaints);
    }
    String::new()
}

fn is_day(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<u32>().ok())
    };
    let marks = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let in_range = |number: Option<u32>, max| number.is_some_and(|n| (1..=max).contains(&n));
    marks && digits(0..4).is_some() && in_range(digits(5..7), 12) && in_range(digits(8..10), 31)
}

fn evidence(node: &Node<'_>, complaints: &mut Complaints) -> Option<Evidence> {
    let own = node.get("evidence")?;
    let name = clip(own.must("name", complaints));
    let mut sha256 = text(&own, "sha256", complaints).to_lowercase();
    if !sha256.is_empty()
        && (sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        own.complain("sha256 is not 64 hexadecimal digits", complaints);
        sha256.clear();
    }
    (!name.is_empty()).then_some(Evidence { name, sha256 })
}
