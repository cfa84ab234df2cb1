//! SSVC decision tables: comma-separated values, a column for the row's number, one per decision
//! point, the last is the outcome.

use super::ImportError;
use crate::pack::Decision;

/// Most rows of a table.
const ROWS_MAX: usize = 100_000;

/// Reads a table.
///
/// # Errors
/// When it is no table with at least two columns.
pub fn read_decision(name: &str, bytes: &[u8]) -> Result<Decision, ImportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let wrong = |error: csv::Error| ImportError::Csv(error.to_string());
    let own = |text: &str| text.trim().to_lowercase();
    let columns: Vec<String> = reader.headers().map_err(wrong)?.iter().map(own).collect();
    let skip = usize::from(columns.first().is_some_and(|first| first == "row"));
    if columns.len() < skip + 2 {
        return Err(ImportError::Other(String::from("a decision table has at least two columns")));
    }
    let mut rows = Vec::new();
    for row in reader.records().take(ROWS_MAX) {
        let row: Vec<String> = row.map_err(wrong)?.iter().skip(skip).map(own).collect();
        if row.len() + skip != columns.len() {
            return Err(ImportError::Other(format!(
                "row {} has another number of columns",
                rows.len()
            )));
        }
        rows.push(row);
    }
    // `Exploitation v1.1.0` is the point's name and version.
    let point = |text: &String| match text.rsplit_once(" v") {
        Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            name.to_owned()
        }
        _ => text.clone(),
    };
    Ok(Decision {
        name: name.to_owned(),
        columns: columns.iter().skip(skip).map(point).collect(),
        rows,
    })
}
