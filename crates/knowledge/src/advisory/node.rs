//! A place in a JSON document, and what was wrong with places.

use serde_json::Value;

/// Most complaints kept of one document.
const COMPLAINTS_MAX: usize = 32;

/// Most items looked at of one list: the longest that publishers write have some tens of thousands.
const ITEMS_MAX: usize = 500_000;

/// What was wrong in a document: which field, and what.
#[derive(Debug, Default)]
pub(crate) struct Complaints {
    pub(crate) list: Vec<String>,
}

impl Complaints {
    fn add(&mut self, path: &str, what: &str) {
        if self.list.len() < COMPLAINTS_MAX {
            self.list.push(format!("{path}: {what}"));
        }
    }
}

/// A value with its path.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    pub(crate) fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    /// A field that may be missing.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let path =
            if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Self { value, path })
    }

    /// A text that may be missing; complains where it is no text.
    pub(crate) fn text(&self, key: &str, complaints: &mut Complaints) -> Option<&'a str> {
        let node = self.get(key)?;
        let text = node.value.as_str();
        if text.is_none() {
            complaints.add(&node.path, "is not a text");
        }
        text.map(str::trim)
    }

    /// A text that must be there.
    pub(crate) fn must(&self, key: &str, complaints: &mut Complaints) -> &'a str {
        if self.get(key).is_none() {
            let path =
                if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
            complaints.add(&path, "is missing");
        }
        self.text(key, complaints).unwrap_or_default()
    }

    /// The items of a list; none where it is missing, a complaint where it is no list.
    pub(crate) fn items(&self, key: &str, complaints: &mut Complaints) -> Vec<Self> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let Some(list) = node.value.as_array() else {
            complaints.add(&node.path, "is not a list");
            return Vec::new();
        };
        if list.len() > ITEMS_MAX {
            complaints.add(&node.path, "is too long: its end is left out");
        }
        let item = |(at, value)| Self { value, path: format!("{}[{at}]", node.path) };
        list.iter().take(ITEMS_MAX).enumerate().map(item).collect()
    }

    /// The texts of a list.
    pub(crate) fn texts(&self, key: &str, complaints: &mut Complaints) -> Vec<&'a str> {
        let items = self.items(key, complaints);
        items.iter().filter_map(|item| item.value.as_str()).map(str::trim).collect()
    }

    /// Complains about this place.
    pub(crate) fn complain(&self, what: &str, complaints: &mut Complaints) {
        complaints.add(&self.path, what);
    }
}
