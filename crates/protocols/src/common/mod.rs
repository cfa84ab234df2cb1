//! Encodings that several protocols share.

pub mod ber;
pub mod text;
pub mod uuid;
