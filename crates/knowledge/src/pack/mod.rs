//! Packs: facts in one file, with where they come from, signed.
//!
//! ```text
//! "FERRITE-PACK-1\n" ─ length of the manifest (4 bytes, big endian) ─ manifest (JSON)
//!   ─ signature (64 bytes, Ed25519 over the manifest) ─ tables (postcard, zstd)
//! ```
//! Behind the tables stand what the texts of CVEs say of versions, and what analysts read in
//! advisories: packs without these are older.
//!
//! The manifest holds the hash of the tables, so that the signature covers both. A pack that is
//! older than the one in use is refused, unless asked for.

mod build;
mod tables;

pub use build::{Built, Files, build};
pub use tables::{
    Alias, Banner, CveFact, Decision, Exploited, Lifecycle, Likely, Named, ProfinetDevice, Tables,
    Technique,
};

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;

const MAGIC: &[u8] = b"FERRITE-PACK-1\n";
/// Bytes of a signature.
const SIGNATURE: usize = 64;
/// Largest manifest in bytes.
const MANIFEST_MAX: usize = 1 << 20;
/// Largest tables in bytes, unpacked.
const TABLES_MAX: u64 = 256 << 20;
/// The pack that comes with the program.
static BUILT_IN: &[u8] = include_bytes!("../../data/facts.pack");

/// Where facts of a pack come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Which table: `advisories`, `exploited`, …
    pub table: String,
    /// The publisher and the document.
    pub name: String,
    /// Its date, version or commit.
    pub version: String,
    /// Its licence.
    pub licence: String,
    /// Records taken.
    pub records: usize,
    /// SHA-256 of what was read, in hexadecimal.
    pub hash: String,
}

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Counts up: a pack replaces those with smaller numbers.
    pub sequence: u64,
    /// Day it was made, `YYYY-MM-DD`.
    pub made: String,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// SHA-256 of the packed tables, in hexadecimal.
    pub hash: String,
    /// Notices that licences ask for.
    #[serde(default)]
    pub notices: Vec<String>,
}

/// A pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Not a pack, or cut off.
    #[error("not a whole pack: {0}")]
    Format(&'static str),
    /// The manifest cannot be read.
    #[error("the manifest cannot be read: {0}")]
    Manifest(#[from] serde_json::Error),
    /// The tables do not have the manifest's hash.
    #[error("the tables are not those that the manifest names: the file is damaged or was changed")]
    Hash,
    /// The signature is not by the key.
    #[error("the signature is not by the trusted key")]
    Signature,
    /// The tables cannot be read.
    #[error("the tables cannot be read: {0}")]
    Tables(String),
    /// It is older than what is in use.
    #[error(
        "pack {new} is not newer than pack {own}, which is in use; --allow-rollback takes it anyway"
    )]
    Rollback {
        /// The pack in use.
        own: u64,
        /// The one that was offered.
        new: u64,
    },
}

/// A pack whose signature was not looked at yet.
#[derive(Debug)]
pub struct Pack<'a> {
    /// What it says of itself.
    pub manifest: Manifest,
    signed: &'a [u8],
    signature: [u8; SIGNATURE],
    tables: &'a [u8],
}

impl<'a> Pack<'a> {
    /// Reads a pack's frame; checks that its tables are those of the manifest.
    ///
    /// # Errors
    /// When it is no whole pack, or was changed.
    pub fn read(bytes: &'a [u8]) -> Result<Self, PackError> {
        let rest =
            bytes.strip_prefix(MAGIC).ok_or(PackError::Format("the beginning is not a pack's"))?;
        let (length, rest) =
            rest.split_first_chunk::<4>().ok_or(PackError::Format("it ends early"))?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > MANIFEST_MAX {
            return Err(PackError::Format("its manifest is too long"));
        }
        let signed = rest.get(..length).ok_or(PackError::Format("it ends early"))?;
        let rest = rest.get(length..).unwrap_or(&[]);
        let (signature, tables) =
            rest.split_first_chunk::<SIGNATURE>().ok_or(PackError::Format("it ends early"))?;
        let manifest: Manifest = serde_json::from_slice(signed)?;
        if hash(tables) != manifest.hash {
            return Err(PackError::Hash);
        }
        Ok(Self { manifest, signed, signature: *signature, tables })
    }

    /// The pack that comes with the program.
    ///
    /// # Errors
    /// When it is damaged, which a test excludes.
    pub fn built_in() -> Result<Pack<'static>, PackError> {
        Pack::read(BUILT_IN)
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// When it is not by this key.
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), PackError> {
        let signature = Signature::from_bytes(&self.signature);
        key.verify(self.signed, &signature).map_err(|_| PackError::Signature)
    }

    /// Refuses a pack that is not newer than the one in use.
    ///
    /// # Errors
    /// When it is not.
    pub fn replaces(&self, own: &Manifest) -> Result<(), PackError> {
        if self.manifest.sequence > own.sequence {
            return Ok(());
        }
        Err(PackError::Rollback { own: own.sequence, new: self.manifest.sequence })
    }

    /// Unpacks the tables.
    ///
    /// # Errors
    /// When they are damaged or larger than is taken.
    pub fn tables(&self) -> Result<Tables, PackError> {
        let wrong = |error: String| PackError::Tables(error);
        let decoder =
            zstd::stream::read::Decoder::new(self.tables).map_err(|e| wrong(e.to_string()))?;
        let mut plain = Vec::new();
        decoder.take(TABLES_MAX + 1).read_to_end(&mut plain).map_err(|e| wrong(e.to_string()))?;
        if plain.len() as u64 > TABLES_MAX {
            return Err(wrong(format!("they are larger than {TABLES_MAX} bytes")));
        }
        let (mut tables, rest) = postcard::take_from_bytes::<Tables>(&plain)
            .map_err(|error| wrong(error.to_string()))?;
        // Packs that were written before texts of CVEs were read end here.
        if !rest.is_empty() {
            let (told, rest) =
                postcard::take_from_bytes(rest).map_err(|error| wrong(error.to_string()))?;
            tables.take_told(told);
            // Those without readings here.
            if !rest.is_empty() {
                tables.readings =
                    postcard::from_bytes(rest).map_err(|error| wrong(error.to_string()))?;
            }
        }
        Ok(tables)
    }
}

/// Writes a pack. The hash in the manifest is set here.
///
/// # Errors
/// When the tables cannot be packed.
pub fn write(
    mut manifest: Manifest,
    tables: &Tables,
    key: &SigningKey,
) -> Result<Vec<u8>, PackError> {
    let wrong = |error: postcard::Error| PackError::Tables(error.to_string());
    let mut plain = postcard::to_allocvec(tables).map_err(wrong)?;
    plain.extend(postcard::to_allocvec(&tables.told()).map_err(wrong)?);
    plain.extend(postcard::to_allocvec(&tables.readings).map_err(wrong)?);
    let packed = zstd::stream::encode_all(plain.as_slice(), 19)
        .map_err(|error| PackError::Tables(error.to_string()))?;
    manifest.hash = hash(&packed);
    let signed = serde_json::to_vec(&manifest)?;
    let signature = key.sign(&signed).to_bytes();
    let length =
        u32::try_from(signed.len()).map_err(|_| PackError::Format("its manifest is too long"))?;
    Ok([MAGIC, &length.to_be_bytes(), &signed, &signature, &packed].concat())
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::{Advisory, Entry, Told};

    fn made(bytes: &[u8]) -> Tables {
        Pack::read(bytes).unwrap().tables().unwrap()
    }

    #[test]
    fn what_texts_of_cves_say_comes_back() {
        let told = Told { range: "<= 2.4".into(), leaves: vec![0], ..Told::default() };
        let entry = Entry { cve: "CVE-2026-1".into(), told: vec![told], ..Entry::default() };
        let advisory = Advisory { entries: vec![Entry::default(), entry], ..Advisory::default() };
        let tables = Tables { advisories: vec![advisory], ..Tables::default() };
        let key = SigningKey::from_bytes(&[7; 32]);
        let manifest = Manifest {
            sequence: 1,
            made: String::new(),
            sources: Vec::new(),
            hash: String::new(),
            notices: Vec::new(),
        };
        let bytes = write(manifest.clone(), &tables, &key).unwrap();
        assert_eq!(made(&bytes), tables);

        // A pack that ends with its tables is older, and says nothing of texts.
        let plain = postcard::to_allocvec(&tables).unwrap();
        let packed = zstd::stream::encode_all(plain.as_slice(), 1).unwrap();
        let signed = serde_json::to_vec(&Manifest { hash: hash(&packed), ..manifest }).unwrap();
        let length = u32::try_from(signed.len()).unwrap().to_be_bytes();
        let older = [MAGIC, &length, &signed, &[0; SIGNATURE], &packed].concat();
        let read = made(&older);
        assert!(read.advisories[0].entries[1].told.is_empty());
        assert_eq!(read.advisories[0].entries[1].cve, "CVE-2026-1");
    }
}
