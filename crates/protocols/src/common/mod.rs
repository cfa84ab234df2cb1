//! Encodings that several protocols share.

pub mod address;
pub mod ber;
pub mod canopen;
pub mod cip;
pub mod domain;
pub mod gss;
pub mod inventory;
pub mod netbios;
pub mod ntlmssp;
pub mod text;
pub mod uuid;
