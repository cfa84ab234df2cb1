//! What a product's whole name says of a range that was read from elsewhere.

use super::{Bound, Interval, Kind, Range};

impl Range {
    /// `< 1.26` of a product whose whole name says "1.26 and prior": the bound is included.
    /// Or it holds under a condition: "prior to 3.0 without the security mechanism activated".
    /// `None` where the name says nothing else.
    pub(crate) fn as_full_name_says(&self, full: &str) -> Option<Self> {
        let behind = full.split_once(": ").or_else(|| full.split_once(" - "));
        let behind = behind.map_or("", |(_, rest)| rest).to_lowercase();
        let words =
            [" without ", " when ", " only if ", " is enabled", " affected if ", " configured to "];
        if !self.conditional && words.iter().any(|word| behind.contains(word)) {
            return Some(Self { conditional: true, ..self.clone() });
        }
        let Kind::Intervals(list) = &self.kind else { return None };
        // `>= 1.8.0` of "1.8.0 and older".
        if let [Interval { lower: Some(bound), upper: None }] = list.as_slice() {
            let text = bound.version.text().to_lowercase();
            let older = [" and older", " and prior", " and earlier", " and below", " and lower"];
            let says = behind
                .split_once(&text)
                .is_some_and(|(_, rest)| older.iter().any(|words| rest.starts_with(words)));
            let upper = Some(Bound { version: bound.version.clone(), inclusive: true });
            let kind = Kind::Intervals(vec![Interval { lower: None, upper }]);
            return says.then_some(Self { kind, ..self.clone() });
        }
        let [Interval { lower, upper: Some(Bound { version, inclusive: false }) }] =
            list.as_slice()
        else {
            return None;
        };
        let full = full.to_lowercase();
        let text = version.text().to_lowercase();
        let (_, rest) = full.split_once(&text)?;
        let included = [" and prior", " and earlier", " and below", " or prior", " or earlier"];
        if !included.iter().any(|words| rest.starts_with(words)) {
            return None;
        }
        let upper = Some(Bound { version: version.clone(), inclusive: true });
        let kind = Kind::Intervals(vec![Interval { lower: lower.clone(), upper }]);
        Some(Self { kind, ..self.clone() })
    }
}
