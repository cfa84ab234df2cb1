//! Recog's fingerprints of banners, XML.

use super::{ImportError, Imported};
use crate::pack::Banner;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Most fingerprints of a file.
const RECORDS_MAX: usize = 100_000;
/// Longest expression.
const PATTERN_MAX: usize = 4_096;

/// Reads fingerprints. Those whose expression cannot be used are left out with a complaint.
///
/// # Errors
/// When it is no XML.
pub fn read_recog(bytes: &[u8]) -> Result<Imported<Banner>, ImportError> {
    let mut reader = Reader::from_reader(bytes);
    let mut imported =
        Imported { records: Vec::new(), complaints: Vec::new(), version: String::new() };
    let mut buffer = Vec::new();
    let mut field = String::new();
    let mut banner: Option<Banner> = None;
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|error| {
            ImportError::Xml(format!("byte {}: {error}", reader.buffer_position()))
        })?;
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                b"fingerprints" => field = value(&element, b"matches").unwrap_or_default(),
                b"fingerprint" => {
                    banner = value(&element, b"pattern").filter(|p| p.len() <= PATTERN_MAX).map(
                        |pattern| Banner {
                            field: field.clone(),
                            pattern,
                            caseless: value(&element, b"flags")
                                .is_some_and(|flags| flags.contains("ICASE")),
                            sets: Vec::new(),
                        },
                    );
                }
                b"param" => {
                    if let Some(banner) = &mut banner {
                        banner.sets.extend(param(&element));
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == b"fingerprint" => {
                if let Some(banner) = banner.take() {
                    keep(banner, &mut imported);
                }
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
        if imported.records.len() >= RECORDS_MAX {
            break;
        }
    }
    Ok(imported)
}

fn keep(banner: Banner, imported: &mut Imported<Banner>) {
    match regex_lite::RegexBuilder::new(&banner.pattern).case_insensitive(banner.caseless).build() {
        Ok(_) if !banner.sets.is_empty() => imported.records.push(banner),
        Err(error) if imported.complaints.len() < 32 => {
            imported.complaints.push(format!("{}: {error}", banner.pattern));
        }
        Ok(_) | Err(_) => {}
    }
}

/// An attribute of an element, with the standard's five entities resolved.
fn value(element: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    let text = String::from_utf8_lossy(&attribute.value).into_owned();
    Some(
        quick_xml::escape::unescape(&text)
            .map_or_else(|_| text.clone(), std::borrow::Cow::into_owned),
    )
}

/// `pos` 0 is a fixed value, else a group of the expression.
fn param(element: &BytesStart<'_>) -> Option<(String, String)> {
    let name = value(element, b"name")?;
    let position: u32 = value(element, b"pos")?.parse().ok()?;
    let text = match position {
        0 => value(element, b"value")?.replace('$', "$$"),
        group => format!("${{{group}}}"),
    };
    Some((name, text))
}
