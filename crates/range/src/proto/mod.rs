//! Messages of the protocols, one file each: bytes in the order of the standard.

pub(crate) mod cdp;
pub(crate) mod dcp;
pub(crate) mod dnp3;
pub(crate) mod enip;
pub(crate) mod iec104;
pub(crate) mod lldp;
pub(crate) mod modbus;
pub(crate) mod names;
pub(crate) mod office;
pub(crate) mod opcua;
pub(crate) mod s7;
pub(crate) mod s7_blocks;
