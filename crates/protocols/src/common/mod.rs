//! Encodings that several protocols share.

pub mod ber;
pub mod canopen;
pub mod gss;
pub mod ntlmssp;
pub mod text;
pub mod uuid;
