//! What the controllers hold in their memories, as their clients read it.

use crate::bytes::Buf;
use crate::process::{Process, real, scaled};

/// Holding registers 0 to 11 of the dosing controller.
pub(crate) fn dosing_registers(p: &Process) -> Vec<u16> {
    vec![
        scaled(p.dosing, 10.0),
        scaled(p.chlorine, 1_000.0),
        scaled(p.acidity, 100.0),
        scaled(p.turbidity, 1_000.0),
        scaled(p.inflow, 100_000.0),
        scaled(p.speed, 100.0),
        520,
        730,
        u16::from(p.chlorine > 0.8),
        1,
        scaled(p.valve, 10.0),
        vocab::low_u16(p.second().cast_unsigned()),
    ]
}

/// Holding registers 0 to 11 of the pump controller.
pub(crate) fn pump_registers(p: &Process) -> Vec<u16> {
    vec![
        scaled(p.level, 1_000.0),
        scaled(p.outflow, 100_000.0),
        scaled(p.pressure, 100.0),
        u16::from(p.pumps[0]) | u16::from(p.pumps[1]) << 1,
        3_600,
        2_800,
        scaled(p.alarm_limit, 1_000.0),
        u16::from(p.alarm()),
        scaled(p.inflow, 100_000.0),
        scaled(p.valve, 10.0),
        0,
        vocab::low_u16(p.second().cast_unsigned()),
    ]
}

/// Coils 0 to 7 of the pump controller.
pub(crate) fn pump_coils(p: &Process) -> Vec<bool> {
    let [first, second] = p.pumps;
    vec![first, second, !p.pumps_locked, p.alarm(), false, true, false, false]
}

fn reals(values: &[f64]) -> Buf {
    values.iter().fold(Buf::new(), |buf, value| buf.be32(real(*value).to_bits()))
}

/// Data block 10 of the intake controller: bytes 0 to 25.
pub(crate) fn intake_block(p: &Process) -> Vec<u8> {
    let buf = reals(&[p.valve, p.valve_wanted, p.inflow * 3_600.0, p.speed, p.level, p.turbidity]);
    buf.u8(u8::from(p.valve_forced.is_some())).u8(1).done()
}

/// Data block 20 of the storage controller: bytes 0 to 17. In stop it keeps its last values.
pub(crate) fn storage_block(p: &Process) -> Vec<u8> {
    let buf = reals(&[p.level, p.pressure, p.outflow * 3_600.0, p.alarm_limit]);
    buf.u8(u8::from(p.alarm())).u8(u8::from(!p.storage_stopped)).done()
}
