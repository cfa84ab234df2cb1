//! Bundles: what a plant decided about CVEs on models, to be shared with other plants.
//!
//! ```text
//! FERRITE-BUNDLE-1
//! public key (64 hexadecimal digits)
//! signature (128 hexadecimal digits, Ed25519 over the first line and the payload)
//! payload (JSON, readable: who sends it can look at every word first)
//! ```
//! Devices are named by a keyed hash that only the sending plant can make. Addresses, names,
//! serial numbers and zones have no field; texts that contain one of them are left out.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const MAGIC: &str = "FERRITE-BUNDLE-1\n";
/// Largest bundle in bytes.
pub const BUNDLE_BYTES_MAX: usize = 32 << 20;
/// Most records of a bundle.
pub const SHARED_MAX: usize = 200_000;
/// Longest text of a record in bytes.
const TEXT_MAX: usize = 500;

/// What a plant shares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// `ferrite.bundle/1`.
    pub schema: String,
    /// Day on which it was made.
    pub made: String,
    /// Records.
    pub records: Vec<SharedRecord>,
    /// Texts that were left out because they name something of the plant.
    pub withheld: usize,
}

/// A CVE on one device, with what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedRecord {
    /// The device, as a keyed hash.
    pub device: String,
    /// Maker.
    pub vendor: String,
    /// Product.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub product: String,
    /// Model.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// Order number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub order_number: String,
    /// Firmware.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub firmware: String,
    /// Role.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The advisory.
    pub advisory: String,
    /// The CVE.
    pub cve: String,
    /// `affected` or `undetermined`.
    pub verdict: String,
    /// `open`, `accepted`, `mitigated`, `fixed`, `false_positive`.
    pub state: String,
    /// Kinds of controls that the reason names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<String>,
    /// The reason, where the plant chose to share it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A bundle cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Not a bundle, or cut off.
    #[error("not a whole bundle: {0}")]
    Format(&'static str),
    /// The signature is not by the key that it names.
    #[error("the signature is not by the key that the bundle names: it was changed on its way")]
    Signature,
    /// The key is none of those that are trusted.
    #[error("the bundle is signed by {0}, which is none of the keys given")]
    Stranger(String),
    /// The payload cannot be read.
    #[error("the payload cannot be read: {0}")]
    Payload(#[from] serde_json::Error),
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if digits.len() != 2 * N {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// HMAC-SHA256, RFC 2104.
fn keyed(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |byte: u8| {
        let mut block = [byte; 64];
        for (own, key) in block.iter_mut().zip(key) {
            *own ^= key;
        }
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

/// The name of a device in bundles of this plant: nobody without the plant's secret key can make
/// it, and it stays the same from bundle to bundle.
pub fn pseudonym(key: &SigningKey, asset: &str) -> String {
    let secret = Sha256::new()
        .chain_update(b"ferrite bundle pseudonyms\n")
        .chain_update(key.to_bytes())
        .finalize()
        .into();
    let name = keyed(&secret, asset.as_bytes());
    hex(name.get(..16).unwrap_or(&name))
}

/// Writes a bundle.
///
/// # Errors
/// When the payload cannot be written, or is larger than others take.
pub fn seal(shared: &Shared, key: &SigningKey) -> Result<Vec<u8>, BundleError> {
    let payload = serde_json::to_string(shared)?;
    let signature = key.sign(format!("{MAGIC}{payload}").as_bytes());
    let key = hex(key.verifying_key().as_bytes());
    let text = format!("{MAGIC}{key}\n{}\n{payload}\n", hex(&signature.to_bytes()));
    if text.len() > BUNDLE_BYTES_MAX || shared.records.len() > SHARED_MAX {
        return Err(BundleError::Format("it is larger than others take"));
    }
    Ok(text.into_bytes())
}

/// A bundle whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The public key, in hexadecimal.
    pub signer: String,
    /// What was signed, as it was written.
    pub payload: String,
    /// The same, read.
    pub shared: Shared,
}

/// Reads a bundle; only of those whose keys are trusted.
///
/// # Errors
/// When it is no whole bundle, was changed, or is by a stranger.
pub fn unseal(bytes: &[u8], trusted: &[VerifyingKey]) -> Result<Opened, BundleError> {
    if bytes.len() > BUNDLE_BYTES_MAX {
        return Err(BundleError::Format("it is larger than is taken"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| BundleError::Format("it is no text"))?;
    let rest = text.strip_prefix(MAGIC).ok_or(BundleError::Format("the beginning is not one's"))?;
    let mut lines = rest.splitn(3, '\n');
    let mut line = || lines.next().ok_or(BundleError::Format("it ends early"));
    let (signer, signature, payload) = (line()?, line()?, line()?.trim_end_matches('\n'));
    let wrong = BundleError::Format("the key is no key of Ed25519");
    let key = bytes_of::<32>(signer).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    let key = key.ok_or(wrong)?;
    let signature = bytes_of::<64>(signature).ok_or(BundleError::Format("no signature"))?;
    if !trusted.contains(&key) {
        return Err(BundleError::Stranger(hex(key.as_bytes())));
    }
    let signed = format!("{MAGIC}{payload}");
    key.verify(signed.as_bytes(), &Signature::from_bytes(&signature))
        .map_err(|_| BundleError::Signature)?;
    let shared = payload_of(payload)?;
    Ok(Opened { signer: hex(key.as_bytes()), payload: payload.to_owned(), shared })
}

/// Reads a payload whose signature was looked at before.
///
/// # Errors
/// When it is no payload, or larger than is taken.
pub fn payload_of(payload: &str) -> Result<Shared, BundleError> {
    let mut shared: Shared = serde_json::from_str(payload)?;
    if shared.schema != "ferrite.bundle/1" {
        return Err(BundleError::Format("its schema is not ferrite.bundle/1"));
    }
    if shared.records.len() > SHARED_MAX {
        return Err(BundleError::Format("it has more records than are taken"));
    }
    for record in &mut shared.records {
        for text in [&mut record.reason, &mut record.vendor, &mut record.product, &mut record.model]
        {
            text.truncate(text.floor_char_boundary(TEXT_MAX));
        }
        record.controls.truncate(16);
    }
    Ok(shared)
}

/// Kinds of controls, with words that name them in a reason.
const CONTROLS: [(&str, &[&str]); 9] = [
    ("firewall", &["firewall", "fire wall", "acl", "防火墙"]),
    ("segmentation", &["segment", "vlan", "dmz", "conduit", "isolat", "air gap", "隔离", "分区"]),
    ("vpn", &["vpn", "tunnel"]),
    (
        "access control",
        &["password", "allowlist", "whitelist", "access list", "jump host", "mfa", "白名单"],
    ),
    ("service disabled", &["disable", "switched off", "turned off", "not used", "禁用", "关闭"]),
    ("monitoring", &["monitor", "alert", "ids", "detect", "监测", "监控"]),
    ("physical protection", &["physical", "cabinet", "locked", "key switch", "物理"]),
    ("update planned", &["planned", "outage", "maintenance window", "计划"]),
    ("backup", &["backup", "redundan", "spare", "备份"]),
];

/// Kinds of controls that a reason names, by a fixed list of words: nothing of the reason's own
/// text leaves the plant this way.
pub fn controls(reason: &str) -> Vec<String> {
    let text = reason.to_lowercase();
    let named = |words: &[&str]| {
        words.iter().any(|word| {
            // A short word must stand alone.
            let alone = |at: usize| {
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let before = text.get(..at).and_then(|text| text.chars().next_back());
                let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
                !letter(before) && !letter(after)
            };
            text.match_indices(word).any(|(at, _)| word.len() > 3 || !word.is_ascii() || alone(at))
        })
    };
    let kinds = CONTROLS.iter().filter(|(_, words)| named(words));
    kinds.map(|(kind, _)| (*kind).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> Shared {
        let record = SharedRecord {
            device: "d".to_owned(),
            vendor: "Acme".to_owned(),
            cve: "CVE-1".to_owned(),
            state: "mitigated".to_owned(),
            ..SharedRecord::default()
        };
        Shared {
            schema: "ferrite.bundle/1".to_owned(),
            made: "2026-01-01".to_owned(),
            records: vec![record],
            withheld: 0,
        }
    }

    #[test]
    fn bundles_are_trusted_by_key() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let other = SigningKey::from_bytes(&[8; 32]);
        let sealed = seal(&shared(), &key).unwrap();
        let opened = unseal(&sealed, &[other.verifying_key(), key.verifying_key()]).unwrap();
        assert_eq!(opened.shared, shared());
        let stranger = unseal(&sealed, &[other.verifying_key()]);
        assert!(matches!(stranger, Err(BundleError::Stranger(_))));
        let text = String::from_utf8(sealed).unwrap();
        let changed = text.replace("mitigated", "fixed");
        let error = unseal(changed.as_bytes(), &[key.verifying_key()]);
        assert!(matches!(error, Err(BundleError::Signature)));
        for end in 0..text.len() - 1 {
            assert!(unseal(&text.as_bytes()[..end], &[key.verifying_key()]).is_err(), "{end}");
        }
    }

    #[test]
    fn pseudonyms_belong_to_a_plant() {
        let (a, b) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        assert_eq!(pseudonym(&a, "x"), pseudonym(&a, "x"));
        assert_ne!(pseudonym(&a, "x"), pseudonym(&a, "y"));
        assert_ne!(pseudonym(&a, "x"), pseudonym(&b, "x"));
        assert_eq!(pseudonym(&a, "x").len(), 32);
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        // Checked against Python's hmac.new(bytes([11] * 32), b"Hi There", "sha256").
        let name = keyed(&[11; 32], b"Hi There");
        assert_eq!(hex(&name), "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7");
    }

    #[test]
    fn controls_are_named_by_kind() {
        assert_eq!(
            controls("Firewall rule 12 on 10.0.0.1, own VLAN"),
            ["firewall", "segmentation"]
        );
        assert_eq!(controls("ids"), ["monitoring"]);
        assert!(controls("considering everything").is_empty());
    }
}
