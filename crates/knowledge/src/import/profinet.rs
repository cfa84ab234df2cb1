//! PROFINET order numbers and description files with their vendor and device numbers, JSON.

use super::{ImportError, Imported};
use crate::pack::ProfinetDevice;
use serde_json::Value;

/// Reads the list.
///
/// # Errors
/// When it is no JSON object.
pub fn read_profinet(bytes: &[u8]) -> Result<Imported<ProfinetDevice>, ImportError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let Some(list) = value.as_object() else {
        return Err(ImportError::Other(String::from("not an object of names and numbers")));
    };
    let (mut records, mut complaints) = (Vec::new(), Vec::new());
    for (key, number) in list {
        let number = number.as_str().and_then(|text| text.strip_prefix("0x"));
        let Some(number) = number.and_then(|digits| u64::from_str_radix(digits, 16).ok()) else {
            if complaints.len() < 32 {
                complaints.push(format!("{key}: is no hexadecimal number"));
            }
            continue;
        };
        let (vendor, device) = (vocab::low_u16(number >> 16), vocab::low_u16(number));
        if vendor == 0 {
            continue;
        }
        let (kind, name) = key.split_once(':').unwrap_or(("", key));
        let mut record =
            ProfinetDevice { vendor, device, order_number: String::new(), gsdml: String::new() };
        match kind {
            "OrderNumber" => name.clone_into(&mut record.order_number),
            _ => name.clone_into(&mut record.gsdml),
        }
        records.push(record);
    }
    records.sort();
    Ok(Imported { records, complaints, version: String::new() })
}
