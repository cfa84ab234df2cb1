//! How the components of a document lead to each other, from the product down.

use knowledge::supply::Document;
use std::collections::{BTreeMap, VecDeque};

/// Most components of a path that are named; of longer ones the middle is left out.
pub const PATH_MAX: usize = 16;

/// For each component the shortest way to it from the product.
#[derive(Debug, Default)]
pub struct Graph {
    /// Names of all that relations mention: the subject, components, what the document calls else.
    names: Vec<String>,
    /// Who was met before each on the way; `None` for those that the way begins with.
    before: Vec<Option<u32>>,
    /// It can be reached from the product.
    reached: Vec<bool>,
    /// Each component's place among the names.
    places: Vec<u32>,
}

/// A relation's direction: `Some(true)` from what uses to what is used, `Some(false)` the other
/// way. `None` for relations that say nothing of what lies in what. CycloneDX 1.6 `dependencies`,
/// SPDX 2.3 §11.1.
fn leads_down(kind: &str) -> Option<bool> {
    match kind {
        "depends_on" | "contains" | "describes" | "dynamic_link" | "static_link"
        | "has_prerequisite" | "provides" => Some(true),
        "contained_by" | "described_by" | "prerequisite_for" | "package_of" => Some(false),
        _ if kind.ends_with("dependency_of") => Some(false),
        _ => None,
    }
}

impl Graph {
    /// Follows the relations of a document: from its subject, or from all that nothing else uses
    /// where it names none. Takes time in proportion to the document.
    pub fn new(document: &Document) -> Self {
        let mut own = Self::default();
        let mut by_reference: BTreeMap<&str, u32> = BTreeMap::new();
        let named = |name: &str, version: &str| {
            if version.is_empty() { name.to_owned() } else { format!("{name} {version}") }
        };
        let subject = document.subject.as_ref();
        let root = subject.map(|subject| {
            let at = own.add(named(&subject.name, &subject.version));
            if !subject.reference.is_empty() {
                by_reference.insert(&subject.reference, at);
            }
            at
        });
        for component in &document.components {
            let known = by_reference.get(component.reference.as_str()).copied();
            let at = known.unwrap_or_else(|| own.add(named(&component.name, &component.version)));
            own.places.push(at);
            if !component.reference.is_empty() {
                by_reference.entry(&component.reference).or_insert(at);
            }
        }
        let mut down: Vec<Vec<u32>> = Vec::new();
        let mut used = Vec::new();
        for relation in &document.relations {
            let Some(leads) = leads_down(&relation.kind) else { continue };
            let mut place = |reference: &str| {
                let known = by_reference.get(reference).copied();
                known.unwrap_or_else(|| own.add(reference.to_owned()))
            };
            let (from, to) = (place(&relation.from), place(&relation.to));
            by_reference.entry(&relation.from).or_insert(from);
            by_reference.entry(&relation.to).or_insert(to);
            let (user, used_one) = if leads { (from, to) } else { (to, from) };
            link(&mut down, user, used_one);
            used.push(used_one);
        }
        for (at, component) in document.components.iter().enumerate() {
            let outer = component.within.and_then(|outer| own.places.get(usize_of(outer)));
            if let (Some(outer), Some(inner)) = (outer, own.places.get(at)) {
                link(&mut down, *outer, *inner);
                used.push(*inner);
            }
        }
        own.follow(root, &down, &used);
        own
    }

    fn add(&mut self, name: String) -> u32 {
        self.names.push(name);
        u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
    }

    /// Breadth first: the first way to each is the shortest one.
    fn follow(&mut self, root: Option<u32>, down: &[Vec<u32>], used: &[u32]) {
        self.before = vec![None; self.names.len()];
        self.reached = vec![false; self.names.len()];
        let mut is_used = vec![false; self.names.len()];
        for at in used {
            if let Some(slot) = is_used.get_mut(usize_of(*at)) {
                *slot = true;
            }
        }
        let of = |at: u32| down.get(usize_of(at)).map_or(&[][..], Vec::as_slice);
        let tops = (0..self.names.len()).filter_map(|at| u32::try_from(at).ok());
        let tops = tops.filter(|at| !is_used.get(usize_of(*at)).copied().unwrap_or(true));
        let mut open: VecDeque<u32> = match root {
            Some(root) if !of(root).is_empty() => VecDeque::from([root]),
            // The document leads nowhere from its subject: from whatever stands at the top.
            _ => tops.filter(|at| !of(*at).is_empty()).collect(),
        };
        for at in &open {
            if let Some(slot) = self.reached.get_mut(usize_of(*at)) {
                *slot = true;
            }
        }
        while let Some(at) = open.pop_front() {
            for next in of(at) {
                let place = usize_of(*next);
                let Some(slot) = self.reached.get_mut(place).filter(|slot| !**slot) else {
                    continue;
                };
                *slot = true;
                if let Some(before) = self.before.get_mut(place) {
                    *before = Some(at);
                }
                open.push_back(*next);
            }
        }
    }

    /// The names from the product to a component, both with them. Empty where the document does
    /// not say how one leads to the other, or they are the same.
    pub fn path(&self, component: usize) -> Vec<String> {
        let Some(place) = self.places.get(component).copied() else { return Vec::new() };
        let (mut names, mut at) = (Vec::new(), Some(place));
        // Every step leads closer to the beginning, as breadth first made it.
        while let Some(here) = at {
            names.extend(self.names.get(usize_of(here)));
            at = self.before.get(usize_of(here)).copied().flatten();
        }
        let reached = self.reached.get(usize_of(place)).copied().unwrap_or(false);
        if names.len() < 2 || !reached {
            return Vec::new();
        }
        names.reverse();
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        if names.len() > PATH_MAX {
            let half = PATH_MAX / 2;
            let gap = names.len() - half;
            names.splice(half..gap, [String::from("…")]);
        }
        names
    }
}

fn usize_of(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn link(down: &mut Vec<Vec<u32>>, from: u32, to: u32) {
    let place = usize_of(from);
    if down.len() <= place {
        down.resize_with(place + 1, Vec::new);
    }
    if let Some(own) = down.get_mut(place) {
        own.push(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knowledge::supply::read;

    fn paths(text: &str) -> Vec<String> {
        let document = read(text.as_bytes()).unwrap();
        let graph = Graph::new(&document);
        (0..document.components.len()).map(|at| graph.path(at).join(" > ")).collect()
    }

    #[test]
    fn cyclonedx_leads_from_the_product_down() {
        let text = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6",
            "metadata": {"component": {"type": "firmware", "bom-ref": "fw", "name": "PLC", "version": "2"}},
            "components": [
              {"type": "library", "bom-ref": "web", "name": "web"},
              {"type": "library", "bom-ref": "tls", "name": "tls", "version": "1.0"},
              {"type": "library", "bom-ref": "zip", "name": "zip", "components": [
                 {"type": "library", "bom-ref": "crc", "name": "crc"}]},
              {"type": "library", "bom-ref": "lost", "name": "lost"}],
            "dependencies": [
              {"ref": "fw", "dependsOn": ["web", "zip"]},
              {"ref": "web", "dependsOn": ["tls", "web"]},
              {"ref": "tls", "dependsOn": ["web"]}]}"#;
        let mut found = paths(text);
        found.sort();
        assert_eq!(
            found,
            ["", "PLC 2 > web", "PLC 2 > web > tls 1.0", "PLC 2 > zip", "PLC 2 > zip > crc"]
        );
    }

    #[test]
    fn spdx_relations_point_either_way() {
        let text = r#"{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "x",
            "packages": [
              {"SPDXID": "SPDXRef-app", "name": "app", "versionInfo": "3"},
              {"SPDXID": "SPDXRef-ssl", "name": "ssl"},
              {"SPDXID": "SPDXRef-test", "name": "test"},
              {"SPDXID": "SPDXRef-copy", "name": "copy"}],
            "relationships": [
              {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-app"},
              {"spdxElementId": "SPDXRef-ssl", "relationshipType": "RUNTIME_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-app"},
              {"spdxElementId": "SPDXRef-ssl", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-test"},
              {"spdxElementId": "SPDXRef-app", "relationshipType": "COPY_OF", "relatedSpdxElement": "SPDXRef-copy"}]}"#;
        assert_eq!(paths(text), ["", "app 3 > ssl", "app 3 > ssl > test", ""]);
    }

    #[test]
    fn without_a_subject_the_top_is_where_nothing_leads_to_and_long_ways_are_cut() {
        let components: Vec<String> = (0..40)
            .map(|n| format!(r#"{{"type": "library", "bom-ref": "{n}", "name": "p{n}"}}"#))
            .collect();
        let dependencies: Vec<String> =
            (0..39).map(|n| format!(r#"{{"ref": "{n}", "dependsOn": ["{}"]}}"#, n + 1)).collect();
        let text = format!(
            r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{}],
                "dependencies": [{}]}}"#,
            components.join(","),
            dependencies.join(",")
        );
        let found = paths(&text);
        assert_eq!(found[1], "p0 > p1");
        assert!(found[39].starts_with("p0 > p1 > "), "{}", found[39]);
        assert!(found[39].contains(" > p7 > … > p32 > ") && found[39].ends_with(" > p39"));
        // Without any relation nothing is said.
        let text = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6",
            "components": [{"type": "library", "bom-ref": "a", "name": "a"}]}"#;
        assert_eq!(paths(text), [""]);
    }
}
