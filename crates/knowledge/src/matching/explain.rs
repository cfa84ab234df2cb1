//! Why a verdict is what it is, in plain words.

use super::{Device, Grade, Match};
use crate::advisory::Leaf;
use model::Reason;

/// The reason of a verdict as a code, for other languages: `version` is the device's, `range` what
/// the advisory writes; either is left out where there is none. How the device is named is the
/// grade.
pub fn why(found: &Match, device: &Device, leaf: &Leaf) -> Reason {
    let code = if found.reason == "in_range" && is_all(&leaf.range) {
        "all_versions"
    } else {
        found.reason
    };
    let mut reason = Reason::plain(code);
    if let Some(version) = &device.firmware {
        reason = reason.with("version", version);
    }
    if leaf.range.is_empty() { reason } else { reason.with("range", &leaf.range) }
}

/// The range has no bound.
fn is_all(range: &str) -> bool {
    !range.contains(['<', '>']) && (range.contains('*') || range.to_lowercase().starts_with("all"))
}

/// The reason of a verdict as a sentence that names what decided.
pub fn explain(found: &Match, device: &Device, leaf: &Leaf) -> String {
    let version = device.firmware.as_deref().unwrap_or("its version");
    let range = if leaf.range.is_empty() { "no versions" } else { leaf.range.as_str() };
    let by = match found.grade {
        Grade::I5 => "the serial number is named",
        Grade::I4 => "the order number is named",
        Grade::I3 => "maker and model are named",
        Grade::I2 => "maker and family are named",
        Grade::I1 => "the advisory names more than is known of the device",
    };
    let why = match found.reason {
        "in_range" if is_all(range) => "all versions are affected".to_owned(),
        "in_range" => format!("{version} is among {range}"),
        "out_of_range" => format!("{version} is not among {range}"),
        "stated" => "the advisory states that it is not affected, or fixed".to_owned(),
        "contradiction" => "the advisory contradicts itself".to_owned(),
        "condition" => format!("{range} holds under a condition that the network does not show"),
        "no_version" => format!("the firmware version is not known; affected are {range}"),
        "no_serial" => format!("the serial number is not known; affected are {range}"),
        "needs_hardware" => "the hardware series is not known, and only some are meant".to_owned(),
        "needs_model" => "the exact model is not known".to_owned(),
        "order" => format!("{version} and {range} cannot be put in order for certain"),
        "branch" => format!("{version} lies between the branches that {range} names"),
        "hardware_lines" => {
            "several ranges for different hardware, and the hardware is not known".to_owned()
        }
        "single_version" => format!("only {range} is named; other versions are not spoken of"),
        "listed_versions" => format!("only {range} are named; other versions are not spoken of"),
        "train" => format!("{version} is not of the line that the name says, but in {range}"),
        "coarse" => format!("{version} may be meant by {range}, which says only its beginning"),
        "bound" => format!("whether {version} itself is among {range} is told in two ways"),
        "date" => format!("{range} is a date, not a version"),
        "unread_range" => format!("\"{range}\" is no range of versions that can be read"),
        "under_investigation" => "the maker still looks into it".to_owned(),
        other => other.to_owned(),
    };
    match leaf.read_as() {
        Some(read) => format!("{by}; {why}; an analyst reads the advisory as \"{read}\""),
        None => format!("{by}; {why}"),
    }
}
