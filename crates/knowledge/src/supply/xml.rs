//! CycloneDX, XML: brought into the shape of its JSON, then read the same way. Entities of the
//! document's own are not expanded, nesting and number of elements are bounded.

use super::read::SupplyError;
use super::{Document, cyclonedx};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value, json};

/// Most elements.
const ELEMENTS_MAX: usize = 1_000_000;
/// Deepest nesting.
const DEPTH_MAX: usize = 96;
/// Longest text of an element in bytes.
const TEXT_MAX: usize = 16_384;

/// An element that is open.
#[derive(Debug, Default)]
struct Open {
    name: String,
    attributes: Map<String, Value>,
    children: Vec<(String, Value)>,
    text: String,
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Document, SupplyError> {
    let (root, value) = tree(bytes)?;
    if root != "bom" {
        return Err(SupplyError::Other(format!("XML with the root <{root}>: CycloneDX has <bom>")));
    }
    Ok(cyclonedx::read(&value))
}

fn tree(bytes: &[u8]) -> Result<(String, Value), SupplyError> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut count = 0usize;
    loop {
        let at = reader.buffer_position();
        let wrong = |what: &dyn std::fmt::Display| SupplyError::Xml(format!("byte {at}: {what}"));
        let event = reader.read_event_into(&mut buffer).map_err(|error| wrong(&error))?;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEPTH_MAX {
                    return Err(wrong(&"nested deeper than is read"));
                }
                open.push(self::open(&start));
            }
            Event::Empty(start) => {
                count += 1;
                let done = self::open(&start);
                match open.last_mut() {
                    Some(outer) => outer.children.push(close(done)),
                    None => return Ok(close(done)),
                }
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(wrong(&"an end without a start")) };
                match open.last_mut() {
                    Some(outer) => outer.children.push(close(done)),
                    None => return Ok(close(with_version(done))),
                }
            }
            Event::Text(text) => add(&mut open, &String::from_utf8_lossy(&text)),
            Event::CData(text) => add(&mut open, &String::from_utf8_lossy(&text)),
            Event::GeneralRef(name) => {
                if let Ok(Some(letter)) = name.resolve_char_ref() {
                    add(&mut open, letter.encode_utf8(&mut [0; 4]));
                } else {
                    let name = String::from_utf8_lossy(&name);
                    let known = quick_xml::escape::resolve_predefined_entity(&name);
                    add(&mut open, known.unwrap_or_default());
                }
            }
            Event::Eof => return Err(wrong(&"it ends early")),
            _ => {}
        }
        if count > ELEMENTS_MAX {
            return Err(wrong(&format!("more than {ELEMENTS_MAX} elements")));
        }
        buffer.clear();
    }
}

fn open(start: &BytesStart<'_>) -> Open {
    let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
    let mut attributes = Map::new();
    for attribute in start.attributes().flatten().take(32) {
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value);
        // References inside a value stay as they are written where they cannot be resolved.
        let value =
            quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), Into::into);
        attributes.insert(key, Value::String(value.chars().take(TEXT_MAX).collect()));
    }
    Open { name, attributes, ..Open::default() }
}

fn add(open: &mut [Open], text: &str) {
    if let Some(own) = open.last_mut().filter(|own| own.text.len() < TEXT_MAX) {
        own.text.push_str(text.get(..text.len().min(TEXT_MAX)).unwrap_or(text));
    }
}

/// The version stands in the name space: `http://cyclonedx.org/schema/bom/1.4`.
fn with_version(mut root: Open) -> Open {
    let space = root.attributes.get("xmlns").and_then(Value::as_str).unwrap_or_default();
    let version = space.rsplit('/').next().unwrap_or_default().to_owned();
    root.attributes.insert(String::from("specVersion"), Value::String(version));
    root
}

/// An element in the shape that JSON gives it.
fn close(own: Open) -> (String, Value) {
    let Open { name, attributes, children, text } = own;
    let text = text.trim().to_owned();
    let of = |attributes: &Map<String, Value>, key: &str| {
        attributes.get(key).cloned().unwrap_or(Value::Null)
    };
    let value = match name.as_str() {
        "components" | "services" | "hashes" | "dependencies" | "vulnerabilities" | "affects"
        | "authors" | "properties" | "ratings" | "responses" | "endpoints" => {
            Value::Array(children.into_iter().map(|(_, value)| value).collect())
        }
        "licenses" => {
            Value::Array(children.into_iter().map(|(name, value)| json!({ name: value })).collect())
        }
        "hash" => json!({ "alg": of(&attributes, "alg"), "content": text }),
        "property" => json!({ "name": of(&attributes, "name"), "value": text }),
        "dependency" => {
            let inner = children.iter().filter(|(name, _)| name == "dependency");
            let refs: Vec<Value> = inner.filter_map(|(_, one)| one.get("ref").cloned()).collect();
            json!({ "ref": of(&attributes, "ref"), "dependsOn": refs })
        }
        _ if children.is_empty() && (attributes.is_empty() || !text.is_empty()) => {
            Value::String(text)
        }
        _ => {
            let mut object = attributes;
            for (name, value) in children {
                let name = if name == "responses" { String::from("response") } else { name };
                object.insert(name, value);
            }
            Value::Object(object)
        }
    };
    (name, value)
}
