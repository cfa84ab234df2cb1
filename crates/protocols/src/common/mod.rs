//! Encodings that several protocols share.

pub mod ber;
pub mod cip;
pub mod text;
