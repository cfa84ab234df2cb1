//! endoflife.date's pages: a head of YAML with the cycles of a product. Only the few fields
//! needed are read, line by line.

use super::Imported;
use crate::pack::Lifecycle;

/// Most cycles of a page.
const CYCLES_MAX: usize = 10_000;

/// Reads a page. A page without cycles gives none.
pub fn read_lifecycle(product: &str, text: &str) -> Imported<Lifecycle> {
    let mut records: Vec<Lifecycle> = Vec::new();
    let mut complaints = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate().skip(1) {
        if line.trim_end() == "---" {
            break;
        }
        if line.trim_end() == "releases:" {
            inside = true;
            continue;
        }
        let Some((key, value)) = line.trim().trim_start_matches("- ").split_once(':') else {
            continue;
        };
        if !inside || !line.starts_with([' ', '-']) {
            continue;
        }
        let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
        if key == "releaseCycle" {
            if records.len() >= CYCLES_MAX {
                break;
            }
            records.push(Lifecycle {
                product: product.to_owned(),
                cycle: value.to_owned(),
                released: String::new(),
                support: String::new(),
                end: String::new(),
            });
            continue;
        }
        let Some(record) = records.last_mut() else { continue };
        let place = match key {
            "releaseDate" => &mut record.released,
            "support" | "eoas" => &mut record.support,
            "eol" => &mut record.end,
            _ => continue,
        };
        if is_day(value) {
            value.clone_into(place);
        } else if !matches!(value, "true" | "false" | "") && complaints.len() < 32 {
            complaints.push(format!("line {}: {key} is no day", number + 1));
        }
    }
    Imported { records, complaints, version: String::new() }
}

/// `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
