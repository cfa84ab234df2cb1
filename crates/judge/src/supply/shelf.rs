//! What was imported and what the pack says, ready to be asked about devices.

use super::graph::Graph;
use super::parts::PartWeakness;
use super::pool::Pool;
use crate::risk::Advice;
use knowledge::pack::{Lifecycle, Manifest};
use knowledge::supply::{Document, Lives, Seats, WeakIndex};
use model::Asset;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use vocab::Attribute;

/// Most kinds of devices that are remembered.
const KINDS_MAX: usize = 4_096;
/// Most products of a document's statements that are looked at.
const PRODUCTS_MAX: usize = 5_000;

/// Whom a document was imported for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A device, by identifier.
    Asset(String),
    /// All devices of a supplier, by name.
    Supplier(String),
    /// Whomever it names itself: ranges of components, attested facts.
    Site,
}

impl Scope {
    /// Its name in documents.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Asset(_) => "asset",
            Self::Supplier(_) => "supplier",
            Self::Site => "site",
        }
    }

    /// The device's identifier or the supplier's name.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Asset(name) | Self::Supplier(name) => Some(name),
            Self::Site => None,
        }
    }

    /// The scope with this name.
    pub fn from_key(key: &str, subject: &str) -> Option<Self> {
        match key {
            "asset" => Some(Self::Asset(subject.to_owned())),
            "supplier" => Some(Self::Supplier(subject.to_owned())),
            "site" => Some(Self::Site),
            _ => None,
        }
    }
}

/// A document that was imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Filed {
    /// Its number.
    pub id: i64,
    /// Its file name.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Whom it was imported for.
    pub scope: Scope,
    /// When, RFC 3339 in UTC.
    pub imported: String,
    /// What is in it.
    pub document: Document,
}

impl Filed {
    /// A bill of materials.
    pub fn is_bill(&self) -> bool {
        !self.document.components.is_empty()
    }
}

/// The pack's facts that concern the supply chain.
#[derive(Clone, Debug)]
pub struct Outside {
    /// What the pack says of itself.
    pub manifest: Manifest,
    /// It came with the program.
    pub built_in: bool,
    /// How long products are supported.
    pub lives: Vec<Lifecycle>,
}

/// Weaknesses of a document's components, and how many found no room.
type Made = (Arc<[PartWeakness]>, usize);

/// Documents and facts, ready to be asked.
#[derive(Debug)]
pub struct Supply {
    outside: Outside,
    filed: Vec<Filed>,
    pool: Pool,
    lives: Lives,
    seats: Seats,
    weak: WeakIndex,
    /// Positions of documents by the device that they were imported for.
    by_asset: BTreeMap<String, Vec<usize>>,
    /// What documents of suppliers are about.
    subjects: Vec<(usize, Subject)>,
    /// Positions of suppliers' documents by kind of device.
    kinds: Mutex<BTreeMap<[String; 5], Arc<[usize]>>>,
    /// Days from release to the latest revision of advisories with a fix, by maker.
    fixes: OnceLock<BTreeMap<String, Vec<i64>>>,
    /// Weaknesses of components by document.
    made: Mutex<BTreeMap<i64, Made>>,
    /// How components lead to each other, by document.
    graphs: Mutex<BTreeMap<i64, Arc<Graph>>>,
}

impl Supply {
    /// Puts documents and facts in order.
    pub fn new(outside: Outside, filed: Vec<Filed>, pool: Pool) -> Self {
        let lives = Lives::new(outside.lives.clone());
        let weak = filed.iter().flat_map(|filed| filed.document.weak.iter().cloned()).collect();
        let mut by_asset: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut subjects = Vec::new();
        for (at, filed) in filed.iter().enumerate() {
            match &filed.scope {
                Scope::Asset(id) => by_asset.entry(id.clone()).or_default().push(at),
                Scope::Supplier(name) => subjects.push((at, Subject::new(name, &filed.document))),
                Scope::Site => {}
            }
        }
        Self {
            outside,
            filed,
            pool,
            lives,
            seats: Seats::load(),
            weak: WeakIndex::new(weak),
            by_asset,
            subjects,
            kinds: Mutex::default(),
            fixes: OnceLock::new(),
            made: Mutex::default(),
            graphs: Mutex::default(),
        }
    }

    /// Days from the first release of an advisory to its latest revision, for advisories that name
    /// a fix, by maker: no less than the time to the fix.
    pub fn fixes(&self, advice: &Advice) -> &BTreeMap<String, Vec<i64>> {
        self.fixes.get_or_init(|| super::supplier::days_to_fix(advice))
    }

    /// The same with other documents.
    pub fn with(&self, filed: Vec<Filed>) -> Self {
        Self::new(self.outside.clone(), filed, self.pool.clone())
    }

    /// The pack's facts.
    pub fn outside(&self) -> &Outside {
        &self.outside
    }

    /// The documents.
    pub fn filed(&self) -> &[Filed] {
        &self.filed
    }

    /// What other plants decided.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// How long products are supported.
    pub fn lives(&self) -> &Lives {
        &self.lives
    }

    /// Where makers have their seat.
    pub fn seats(&self) -> &Seats {
        &self.seats
    }

    /// How the components of a document lead to each other; made once for each document.
    pub fn graph(&self, filed: &Filed) -> Arc<Graph> {
        let kept = || self.graphs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(graph) = kept().get(&filed.id) {
            return graph.clone();
        }
        let graph = Arc::new(Graph::new(&filed.document));
        kept().insert(filed.id, graph.clone());
        graph
    }

    pub(super) fn weak(&self) -> &WeakIndex {
        &self.weak
    }

    pub(super) fn made(&self) -> MutexGuard<'_, BTreeMap<i64, Made>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Documents that are about a device: imported for it, or for its supplier and about its
    /// product.
    pub fn about(&self, asset: &Asset, advice: &Advice) -> Vec<&Filed> {
        let addresses = asset.ips.iter().map(ToString::to_string);
        let addresses = addresses.chain(asset.macs.iter().map(ToString::to_string));
        let names: BTreeSet<String> = addresses.chain([asset.id.clone()]).collect();
        let mut found: BTreeSet<usize> =
            names.iter().filter_map(|name| self.by_asset.get(name)).flatten().copied().collect();
        found.extend(self.of_kind(asset, advice).iter());
        found.into_iter().filter_map(|at| self.filed.get(at)).collect()
    }

    /// Documents of a device's supplier that are about its product; many devices are alike.
    fn of_kind(&self, asset: &Asset, advice: &Advice) -> Arc<[usize]> {
        if self.subjects.is_empty() {
            return Arc::from([]);
        }
        let wanted = [
            Attribute::Vendor,
            Attribute::OrderNumber,
            Attribute::Model,
            Attribute::Product,
            Attribute::Firmware,
        ];
        let kind = wanted.map(|what| asset.value(what).unwrap_or_default().to_owned());
        let kept = || self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&kind) {
            return found.clone();
        }
        let makers = makers(asset, advice);
        let is_about = |(_, subject): &&(usize, Subject)| {
            !makers.is_disjoint(&advice.makers(&subject.supplier)) && subject.is_about(asset)
        };
        let found = self.subjects.iter().filter(is_about).map(|(at, _)| *at);
        let found: Arc<[usize]> = found.collect();
        let mut kept = kept();
        if kept.len() < KINDS_MAX {
            kept.insert(kind, found.clone());
        }
        found
    }
}

/// What a document of a supplier is about.
#[derive(Debug)]
struct Subject {
    supplier: String,
    /// Words of the document's own subject with its version.
    own: Option<(BTreeSet<String>, String)>,
    /// Words of products that its statements name.
    products: BTreeSet<BTreeSet<String>>,
}

impl Subject {
    fn new(supplier: &str, document: &Document) -> Self {
        let own = document.subject.as_ref().filter(|subject| !subject.name.is_empty());
        let named = document.statements.iter().flat_map(|said| &said.products);
        Self {
            supplier: supplier.to_owned(),
            own: own.map(|own| (words(&own.name).collect(), plain(&own.version))),
            products: named.take(PRODUCTS_MAX).map(|product| words(product).collect()).collect(),
        }
    }

    /// The subject or one of the statements names the product. A version of the subject must be
    /// the device's own.
    fn is_about(&self, asset: &Asset) -> bool {
        if let Some((own, version)) = self.own.as_ref().filter(|(own, _)| names(own, asset)) {
            let firmware = asset.value(Attribute::Firmware).map(plain);
            return !own.is_empty() && (version.is_empty() || firmware.as_ref() == Some(version));
        }
        self.products.iter().any(|product| names(product, asset))
    }
}

/// A version without its `V`.
fn plain(version: &str) -> String {
    version.trim().trim_start_matches(['v', 'V']).to_lowercase()
}

/// Keys of a device's maker.
pub fn makers(asset: &Asset, advice: &Advice) -> Arc<BTreeSet<String>> {
    asset.value(Attribute::Vendor).map(|vendor| advice.makers(vendor)).unwrap_or_default()
}

/// A device's identifier, or one of its addresses.
pub fn is_named(asset: &Asset, name: &str) -> bool {
    asset.id == name
        || asset.ips.iter().any(|ip| ip.to_string() == name)
        || asset.macs.iter().any(|mac| mac.to_string().eq_ignore_ascii_case(name))
}

/// A text's words name the device's product: its order number, or all words of its model or
/// product.
pub(super) fn names(text: &BTreeSet<String>, asset: &Asset) -> bool {
    let wanted = [Attribute::OrderNumber, Attribute::Model, Attribute::Product];
    wanted.into_iter().filter_map(|what| asset.value(what)).any(|own| {
        let mut own = words(own).peekable();
        own.peek().is_some() && own.all(|word| text.contains(&word))
    })
}

/// Words in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let mark = |c: char| !c.is_alphanumeric() && c != '-' && c != '.' && c != '/';
    let words = text.split(mark).filter(|word| word.chars().any(char::is_alphanumeric));
    words.map(str::to_lowercase)
}
