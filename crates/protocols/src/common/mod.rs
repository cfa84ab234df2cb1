//! Encodings that several protocols share.

pub mod base64;
pub mod ber;
pub mod gss;
pub mod lines;
pub mod ntlmssp;
pub mod pieces;
pub mod text;
pub mod x509;
