//! Encodings that several protocols share.

pub mod address;
pub mod ber;
pub mod cip;
pub mod domain;
pub mod inventory;
pub mod netbios;
pub mod text;
