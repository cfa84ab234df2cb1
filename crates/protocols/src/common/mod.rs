//! Encodings that several protocols share.

pub mod address;
pub mod base64;
pub mod ber;
pub mod canopen;
pub mod cip;
pub mod crc;
pub mod domain;
pub mod gss;
pub mod inventory;
pub mod lines;
pub mod mms;
pub mod netbios;
pub mod ntlmssp;
pub mod oid;
pub mod pieces;
pub(crate) mod telecontrol;
pub mod text;
pub mod uuid;
pub mod x509;
