//! Where a device comes from, and how long it is supported.

use super::{LifeView, OriginView, ProofView, Provenance};
use judge::supply::{day_number, is_named};
use knowledge::supply::{Evidence, LifeFact, Origin, OriginKind};
use model::Asset;
use std::collections::BTreeSet;
use vocab::Attribute;

/// Days before the end of support from which on it is `ending`.
const ENDING_DAYS: i64 = 180;
/// Most programs of a device that are looked at.
const PROGRAMS_MAX: usize = 50;

/// A text, or nothing.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn proof(evidence: Option<&Evidence>) -> Option<ProofView> {
    evidence.map(|own| ProofView { name: own.name.clone(), sha256: some(&own.sha256) })
}

/// Who attests, and in which document.
fn source(by: &str, document: &str) -> String {
    if by.is_empty() { document.to_owned() } else { format!("{by}, {document}") }
}

/// The state of a day on which something ends.
fn state(end: &str, today: &str) -> &'static str {
    match (day_number(end), day_number(today)) {
        (Some(end), Some(today)) if end < today => "ended",
        (Some(end), Some(today)) if end - today <= ENDING_DAYS => "ending",
        (Some(_), Some(_)) => "supported",
        _ => "unknown",
    }
}

/// How bad a state is; what is not known is worse than support.
pub(super) fn rank(state: &str) -> u8 {
    match state {
        "ended" => 3,
        "ending" => 2,
        "unknown" => 1,
        _ => 0,
    }
}

/// The worst state of a device and its software; unknown where nothing is known.
pub(super) fn worst(lives: &[LifeView]) -> &'static str {
    lives.iter().map(|life| life.state).max_by_key(|state| rank(state)).unwrap_or("unknown")
}

impl Provenance<'_> {
    /// Whether a fact about a supplier's product is about a device: its order number, model or
    /// product is named, `*` at the end stands for any rest.
    fn fits(
        &self,
        supplier: &str,
        product: &str,
        asset: &Asset,
        makers: &BTreeSet<String>,
    ) -> bool {
        if makers.is_disjoint(&self.advice.makers(supplier)) {
            return false;
        }
        let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
        let wanted = plain(product);
        let own = [Attribute::OrderNumber, Attribute::Model, Attribute::Product];
        own.into_iter().filter_map(|what| asset.value(what)).map(plain).any(|own| {
            match wanted.strip_suffix('*') {
                Some(start) => own.starts_with(start),
                None => own == wanted,
            }
        })
    }

    fn is_from(&self, origin: &Origin, asset: &Asset, makers: &BTreeSet<String>) -> bool {
        if !origin.assets.is_empty() {
            return origin.assets.iter().any(|name| is_named(asset, name));
        }
        if origin.product.is_empty() {
            return !makers.is_disjoint(&self.advice.makers(&origin.supplier));
        }
        self.fits(&origin.supplier, &origin.product, asset, makers)
    }

    /// Countries of origin that are attested, and the seat of the maker.
    pub(super) fn origins(&self, asset: &Asset, makers: &BTreeSet<String>) -> Vec<OriginView> {
        let mut found = Vec::new();
        for filed in self.supply.filed() {
            let attested = &filed.document.attested;
            for origin in attested.origins.iter().filter(|one| self.is_from(one, asset, makers)) {
                found.push(OriginView {
                    country: origin.country.clone(),
                    kind: origin.kind.key(),
                    attested: true,
                    source: source(&attested.by, &filed.name),
                    proof: proof(origin.evidence.as_ref()),
                });
            }
        }
        for filed in self.supply.about(asset, self.advice) {
            let subject = filed.document.subject.as_ref();
            let country = subject.map(|own| own.country.as_str()).filter(|own| own.len() == 2);
            if let Some(country) = country {
                found.push(OriginView {
                    country: country.to_uppercase(),
                    kind: OriginKind::Manufacture.key(),
                    attested: true,
                    source: source(&filed.document.author, &filed.name),
                    proof: None,
                });
            }
        }
        found.extend(self.seats(makers));
        found
    }

    /// Seats of makers. Said plainly: this is no place of manufacture.
    pub(super) fn seats(&self, makers: &BTreeSet<String>) -> Vec<OriginView> {
        let seats = makers.iter().filter_map(|key| self.supply.seats().of(key));
        let view = |seat: knowledge::supply::Seat| OriginView {
            country: seat.country.to_owned(),
            kind: OriginKind::Headquarters.key(),
            attested: false,
            source: format!("headquarters, not place of manufacture: {}", seat.source),
            proof: None,
        };
        seats.map(view).collect()
    }

    /// How long a device, its operating system and its programs are supported.
    pub(super) fn lives(&self, asset: &Asset, makers: &BTreeSet<String>) -> Vec<LifeView> {
        let mut found = Vec::new();
        for filed in self.supply.filed() {
            let attested = &filed.document.attested;
            let fits = |life: &&LifeFact| self.fits(&life.supplier, &life.product, asset, makers);
            for life in attested.lives.iter().filter(fits) {
                found.push(LifeView {
                    subject: String::from("device"),
                    product: format!("{} {}", life.supplier, life.product),
                    state: state(&life.end_of_support, self.today),
                    released: None,
                    end_of_sale: some(&life.end_of_sale),
                    end_of_support: some(&life.end_of_support),
                    end_of_security: None,
                    attested: true,
                    source: source(&attested.by, &filed.name),
                    proof: proof(life.evidence.as_ref()),
                });
            }
        }
        let os = asset.value(Attribute::Os).map(|os| ("operating system", os));
        let programs = asset.evidence.iter().filter(|one| one.attribute == Attribute::Software);
        let programs: BTreeSet<&str> = programs.map(|one| one.value.as_str()).collect();
        let programs = programs.into_iter().take(PROGRAMS_MAX).map(|text| ("software", text));
        let mut named = BTreeSet::new();
        for (what, text) in os.into_iter().chain(programs) {
            found.extend(self.cycle(what, text).filter(|life| named.insert(life.product.clone())));
        }
        found
    }

    /// The pack's cycles for what a device says of itself.
    fn cycle(&self, what: &str, text: &str) -> Option<LifeView> {
        let cycles = self.supply.lives().of(text)?;
        let (first, last) =
            (state(&cycles.end_first, self.today), state(&cycles.end_last, self.today));
        // Several cycles may be meant: only what holds for all of them is certain.
        let state = if first == last || last == "ended" { last } else { "unknown" };
        let source = if cycles.end_first == cycles.end_last {
            String::from("endoflife.date, by the pack")
        } else {
            format!(
                "endoflife.date, by the pack; which edition is not known: ends from {} on",
                cycles.end_first
            )
        };
        Some(LifeView {
            subject: format!("{what}: {text}"),
            product: cycles.named,
            state,
            released: some(&cycles.released),
            end_of_sale: None,
            end_of_support: some(&cycles.support),
            end_of_security: some(&cycles.end_last),
            attested: false,
            source,
            proof: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_make_states() {
        for (end, wanted) in [
            ("2026-01-01", "ended"),
            ("2026-05-01", "ending"),
            ("2026-08-01", "ending"),
            ("2027-05-01", "supported"),
            ("", "unknown"),
        ] {
            assert_eq!(state(end, "2026-05-01"), wanted, "{end}");
        }
        assert_eq!(worst(&[]), "unknown");
    }
}
