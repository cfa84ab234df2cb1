//! Finds names that may mean a device, and tells how they do.

use super::super::grade::{grade, may_be_near};
use super::super::near::{self, Shared};
use super::super::product::Named;
use super::super::{Asked, Grade, patterns, words};
use super::{ALONE_MAX, NEAR_MAX, Product, START_MAX, Shelf};
use std::collections::BTreeSet;

impl Shelf {
    /// How a name means a device: by its words, or because no other name has what both say. Also
    /// whether it is one of several parts of what the device says.
    pub(super) fn grade(&self, product: &Product, asked: &Asked) -> Option<(Grade, usize, bool)> {
        if !product.short.is_empty()
            && product.short == asked.named.whole
            && may_be_near(&product.named, asked)
        {
            return Some((Grade::I3, product.named.words.len(), false));
        }
        if self.is_fuller_named(product, asked) {
            return None;
        }
        let own = grade(&product.named, asked);
        if product.named.is_titled {
            let meant = own.is_some_and(|(grade, _)| grade > Grade::I1);
            return (meant && says_no_more(&product.named, asked)).then_some((Grade::I2, 0, true));
        }
        if let Some((grade, weight)) = own.filter(|(grade, _)| *grade > Grade::I1) {
            return Some((grade, weight, false));
        }
        if let Some(weight) = by_pattern(&product.named, asked) {
            return Some((Grade::I2, weight, false));
        }
        let shared = near::shared(&product.named, &product.title, &asked.named)
            .filter(|_| may_be_near(&product.named, asked));
        match shared.and_then(|shared| self.is_alone(product, &shared, &asked.named.words)) {
            Some(part) => Some((Grade::I2, 1, part)),
            None => own.map(|(grade, weight)| (grade, weight, false)),
        }
    }

    /// The maker has another product of the device's very name, which is this one's with a word of
    /// weight behind it: `Box Linx Gateway` is not `Box Linx`.
    fn is_fuller_named(&self, product: &Product, asked: &Asked) -> bool {
        let (own, device) = (&product.named.whole, &asked.named.whole);
        let rest = device.strip_prefix(own.as_str()).filter(|_| own.len() >= 4);
        rest.is_some_and(|rest| near::APART_KINDS.contains(&rest))
            && self.whole.contains_key(device)
    }

    /// The device's name is short for this one where the advisory has no other, and no product
    /// of the maker has a word of the device that this one lacks.
    pub(super) fn is_short(&self, product: &Product, asked: &Asked) -> bool {
        let (leaf, device) = (&product.named, &asked.named);
        let tells = |word: &&String| {
            let own = [&leaf.words, &device.maker, &device.aside, &product.title];
            word.len() >= 3 && !own.iter().any(|set| set.contains(*word))
        };
        may_be_near(leaf, asked)
            && near::is_short_for(leaf, &product.title, device)
            && !asked.own.iter().filter(tells).any(|word| {
                let list = self.words.get(word).into_iter().flatten();
                let others = list.filter_map(|at| self.products.get(*at as usize));
                others.filter(|other| !other.named.is_titled && !other.is_read).any(|other| {
                    leaf.words
                        .iter()
                        .any(|own| !near::is_of_no_weight(own) && other.named.words.contains(own))
                })
            })
    }

    /// No other product has all these words; or only others of the same advisory have them, and
    /// it is one of several parts.
    fn is_alone(
        &self,
        product: &Product,
        shared: &Shared,
        device: &BTreeSet<String>,
    ) -> Option<bool> {
        let more = &shared.more;
        let shared = &shared.words;
        let telling = shared.iter().filter(|word| !near::is_of_no_weight(word));
        let rarest =
            telling.filter_map(|word| self.words.get(word)).min_by_key(|list| list.len())?;
        if rarest.len() > ALONE_MAX {
            return None;
        }
        let core = near::core(&product.named);
        let kinds_only = core.iter().all(|word| shared.contains(*word) || near::is_kind(word));
        let is_whole = core.iter().all(|word| shared.contains(*word));
        let mut part = false;
        for other in rarest.iter().filter_map(|at| self.products.get(*at as usize)) {
            // The device says a word that another product has, and this one does not.
            if other.named.is_titled || other.is_read {
                continue;
            }
            if shared.is_subset(&other.named.words)
                && (!more.is_disjoint(&other.named.words) || says_other(product, other, device))
            {
                return None;
            }
            // Nothing is left out of this name: only one that says more of the device is nearer.
            let nearer = || {
                let more = other.named.words.iter().filter(|word| !shared.contains(*word));
                more.filter(|word| !near::is_of_no_weight(word)).any(|word| device.contains(word))
            };
            if is_whole && !nearer() {
                continue;
            }
            let its = near::core(&other.named);
            // What the leaf says more than another of the same words only says its kind.
            let same = its.iter().all(|word| shared.contains(*word)) && kinds_only;
            if !shared.is_subset(&other.named.words) || its == core || same {
                continue;
            }
            let places = |product: &Product| -> BTreeSet<u32> {
                product.leaves.iter().map(|((advisory, _), _)| *advisory).collect()
            };
            let same_leaves =
                other.leaves.iter().all(|(at, _)| product.leaves.iter().any(|(own, _)| own == at));
            if same_leaves {
                continue;
            }
            if places(other) != places(product) {
                return None;
            }
            part = true;
        }
        Some(part)
    }

    /// Names that have the rarest of the device's words.
    fn near<'a>(&'a self, asked: &'a Asked) -> impl Iterator<Item = &'a u32> {
        let words = asked.own.iter().chain(asked.named.written.keys());
        let mut lists: Vec<&Vec<u32>> = words
            .filter(|word| !near::is_of_no_weight(word))
            .filter_map(|word| self.words.get(word))
            .filter(|list| list.len() <= NEAR_MAX)
            .collect();
        lists.sort_by_key(|list| list.len());
        lists.into_iter().take(2).flatten()
    }

    /// Names that may mean a device, each once.
    pub(super) fn names(&self, asked: &Asked) -> Vec<u32> {
        let mut names: Vec<u32> = Vec::new();
        for number in asked.named.numbers.iter().chain(&asked.named.tokens) {
            names.extend(self.by_number.get(number.base()).into_iter().flatten());
            let patterns = number.start().and_then(|start| self.patterns.get(start));
            names.extend(patterns.into_iter().flatten());
        }
        names.extend(&self.open);
        for whole in asked.named.wholes.iter().chain([&asked.named.whole]) {
            names.extend(self.whole.get(whole).into_iter().flatten());
        }
        names.extend(self.short.get(&asked.named.whole).into_iter().flatten());
        for word in &asked.named.words {
            names.extend(self.rarest.get(word).into_iter().flatten());
            names.extend(self.patterned.get(word).into_iter().flatten());
        }
        for word in &asked.named.maker {
            names.extend(self.rarest.get(word).into_iter().flatten());
        }
        // Words that stand inside a longer text: `bmxp342020`.
        for run in &words::runs(&asked.named.compact) {
            names.extend(self.rarest.get(*run).into_iter().flatten());
            names.extend(self.compact.get(*run).into_iter().flatten());
        }
        for word in asked.named.written.keys() {
            names.extend(self.rarest.get(word).into_iter().flatten());
        }
        // Beginnings of words: `hmigto5310` is of the HMIGTO series.
        // A name and its number may stand apart: `BX 171`.
        let model = |word: &&String| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.bytes().any(|b| b.is_ascii_digit())
        };
        let written = asked.named.written.keys().filter(model);
        for word in asked.named.words.iter().chain(written) {
            let starts = (2..word.len().min(START_MAX)).filter_map(|end| word.get(..end));
            names.extend(starts.filter_map(|start| self.starts.get(start)).flatten());
        }
        // Names that say more than is known of the device.
        let count = |word: &&String| self.words.get(*word).map_or(0, Vec::len);
        let rarest = asked.own.iter().min_by_key(count);
        names.extend(rarest.and_then(|word| self.words.get(word)).into_iter().flatten());
        names.extend(self.near(asked));
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The device says a short code that the other name has and this one has another in place of:
/// `Box XE` is not `Box XT`, though a title says both.
fn says_other(product: &Product, other: &Product, device: &BTreeSet<String>) -> bool {
    let code = |word: &&String| {
        word.len() == 2
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && !near::is_of_no_weight(word)
    };
    let (own, others) = (&product.named.words, &other.named.words);
    others.difference(own).filter(code).any(|word| device.contains(word))
        && own.difference(others).filter(code).any(|word| !device.contains(word))
}

/// How specific the pattern of a name is that a device's model is one of.
fn by_pattern(leaf: &Named, asked: &Asked) -> Option<usize> {
    if leaf.patterns.is_empty() || !may_be_near(leaf, asked) {
        return None;
    }
    let device = &asked.named;
    let models = asked.own.iter().chain(device.written.keys()).map(String::as_str).collect();
    let words = |word: &str| device.words.contains(word) || device.maker.contains(word);
    patterns::meant(&leaf.patterns, &patterns::Said { models, words: &words })
}

/// The device says nothing that the name does not but what kind of thing it is: it is all of it, and
/// not one of many.
fn says_no_more(leaf: &Named, asked: &Asked) -> bool {
    let device = &asked.named;
    // What its family adds it does not say; a family that it says tells it apart.
    let sets = [&leaf.words, &device.aside, &device.maker];
    let known = |word: &String| sets.iter().any(|set| set.contains(word));
    device.numbers.is_empty()
        && asked
            .own
            .iter()
            .all(|word| known(word) || near::is_kind(word) || near::is_of_no_weight(word))
}
