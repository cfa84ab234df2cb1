//! Addresses of variables and blocks, printed as engineers write them.

use core::fmt::{Result, Write};
use decode::Cursor;
use vocab::{Area, Target};

/// An area of variables: index in bits, `extra` holds type and data block.
const fn variables(id: u8, key: &'static str) -> Area {
    Area::shown(id, key, show_variable)
}

pub(super) const DB: &Area = &variables(1, "DB");
pub(super) const DI: &Area = &variables(2, "DI");
pub(super) const M: &Area = &variables(3, "M");
pub(super) const I: &Area = &variables(4, "I");
pub(super) const Q: &Area = &variables(5, "Q");
pub(super) const P: &Area = &variables(6, "P");
pub(super) const L: &Area = &variables(7, "L");
pub(super) const V: &Area = &variables(8, "V");
pub(super) const T: &Area = &Area::shown(9, "T", show_numbered);
pub(super) const C: &Area = &Area::shown(10, "C", show_numbered);
pub(super) const RECORD: &Area = &Area::indexed(11, "data_record");
pub(super) const SYSTEM: &Area = &variables(12, "SYS");
pub(super) const FLAGS: &Area = &variables(13, "SM");
pub(super) const ANALOG_IN: &Area = &variables(14, "AI");
pub(super) const ANALOG_OUT: &Area = &variables(15, "AQ");
pub(super) const OTHER: &Area = &Area::shown(16, "area", show_other);
pub(super) const NCK: &Area = &Area::shown(17, "nck", show_nck);
pub(super) const DRIVE: &Area = &Area::shown(18, "drive", show_drive);
pub(super) const SYMBOL: &Area = &Area::shown(19, "symbol", show_symbol);
pub(super) const ITEM: &Area = &Area::indexed(20, "item");
pub(super) const BLOCK: &Area = &Area::shown(21, "block", show_block);
pub(super) const ALARM: &Area = &Area::shown(22, "alarm", show_alarm);
pub(super) const STATE: &Area = &Area::named(23, "state");
pub(super) const SZL: &Area = &Area::shown(24, "szl", show_szl);
pub(super) const FILE: &Area = &Area::named(25, "file");
pub(super) const REMOTE: &Area = &Area::indexed(26, "r_id");
pub(super) const CODE: &Area = &Area::shown(27, "code", show_code);
pub(super) const JOB: &Area = &Area::shown(28, "job", show_job);
pub(super) const ARGUMENT: &Area = &Area::indexed(29, "argument");

/// All areas, for the specification.
pub(super) const AREAS: &[&Area] = &[
    DB, DI, M, I, Q, P, L, V, T, C, RECORD, SYSTEM, FLAGS, ANALOG_IN, ANALOG_OUT, OTHER, NCK,
    DRIVE, SYMBOL, ITEM, BLOCK, ALARM, STATE, SZL, FILE, REMOTE, CODE, JOB, ARGUMENT,
];

/// Element types of S7ANY addresses that need telling apart.
pub(super) mod kind {
    pub(in crate::s7comm) const BIT: u8 = 1;
    pub(in crate::s7comm) const BYTE: u8 = 2;
    pub(in crate::s7comm) const CHAR: u8 = 3;
    pub(in crate::s7comm) const WORD: u8 = 4;
    pub(in crate::s7comm) const INT: u8 = 5;
    pub(in crate::s7comm) const DWORD: u8 = 6;
    pub(in crate::s7comm) const DINT: u8 = 7;
    pub(in crate::s7comm) const REAL: u8 = 8;
    pub(in crate::s7comm) const DATE: u8 = 9;
    pub(in crate::s7comm) const TIME_OF_DAY: u8 = 10;
    pub(in crate::s7comm) const TIME: u8 = 11;
    pub(in crate::s7comm) const S5TIME: u8 = 12;
    pub(in crate::s7comm) const DATE_AND_TIME: u8 = 15;
    pub(in crate::s7comm) const COUNTER: u8 = 28;
    pub(in crate::s7comm) const TIMER: u8 = 29;
}

/// An address with the type of what is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'p> {
    pub(super) target: Target<'p>,
    /// Element type of an S7ANY address; 0 where there is none.
    pub(super) kind: u8,
}

impl<'p> Address<'p> {
    fn new(area: &'static Area, index: u64, count: u32, extra: u32, name: &'p [u8]) -> Self {
        Self { target: Target { area, index, count, extra, name }, kind: 0 }
    }

    /// The place of the `index`th item, where the address is not known.
    pub(super) fn item(index: u64) -> Self {
        Self::new(ITEM, index, 1, 0, &[])
    }

    /// A variable: area, element type, number of elements, data block, address in bits.
    pub(super) fn any(area: u8, kind: u8, count: u16, block: u16, bits: u32) -> Self {
        let extra = u32::from(kind) << 16 | u32::from(block);
        let (area, extra) = match area {
            0x01 => (RECORD, extra),
            0x03 => (SYSTEM, extra),
            0x05 => (FLAGS, extra),
            0x06 => (ANALOG_IN, extra),
            0x07 => (ANALOG_OUT, extra),
            0x1c | 0x1e => (C, extra),
            0x1d | 0x1f => (T, extra),
            0x80 => (P, extra),
            0x81 => (I, extra),
            0x82 => (Q, extra),
            0x83 => (M, extra),
            0x84 => (DB, extra),
            0x85 => (DI, extra),
            0x86 => (L, extra),
            0x87 => (V, extra),
            other => (OTHER, u32::from(other)),
        };
        Self { kind, ..Self::new(area, u64::from(bits), u32::from(count), extra, &[]) }
    }

    /// Bytes of a data block, the form of `DBREAD` addresses.
    pub(super) fn bytes(block: u16, start: u16, count: u8) -> Self {
        Self::any(0x84, kind::BYTE, u16::from(count), block, u32::from(start) << 3)
    }

    /// The address in an item of the form `12`, length, syntax, …; `inner` is what follows the
    /// length. `None` for addresses of several places and for unknown forms.
    pub(super) fn read(inner: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(inner);
        match at.u8()? {
            0x10 => {
                let (kind, count, block) = (at.u8()?, at.be16()?, at.be16()?);
                Some(Self::any(at.u8()?, kind, count, block, at.be24()?))
            }
            // Numerical controllers: area and unit, column, line, module, lines.
            0x82..=0x84 => {
                let (unit, column, line) = (at.u8()?, at.be16()?, at.be16()?);
                let (module, lines) = (at.u8()?, at.u8()?);
                let index = u64::from(column) << 16 | u64::from(line);
                let extra = u32::from(unit) << 8 | u32::from(module);
                Some(Self::new(NCK, index, u32::from(lines), extra, &[]))
            }
            // Drives: three fields of unknown meaning, parameter, index.
            0xa2 => {
                at.skip(5)?;
                let (parameter, index) = (at.be16()?, at.be16()?);
                Some(Self::new(DRIVE, u64::from(parameter), 1, u32::from(index), &[]))
            }
            // Symbols of S7-1200 and S7-1500: area, checksum of the symbol, path of numbers.
            0xb2 => {
                at.skip(1)?;
                let (area, checksum) = (at.be32()?, at.be32()?);
                Some(Self::new(SYMBOL, u64::from(checksum), 1, area, at.rest()))
            }
            0x13 => {
                at.skip(1)?;
                Some(Self::new(REMOTE, u64::from(at.be32()?), 1, 0, &[]))
            }
            _ => None,
        }
    }
}

/// The block of a list: type in two hexadecimal digits as a number, and number.
pub(super) fn block(kind: u8, number: u64) -> Target<'static> {
    Target { area: BLOCK, index: number, count: 1, extra: u32::from(kind), name: &[] }
}

/// A place in a block's code.
pub(super) fn code(kind: u8, number: u16, code: u16) -> Target<'static> {
    let extra = u32::from(code) << 8 | u32::from(kind);
    Target { area: CODE, index: u64::from(number), count: 1, extra, name: &[] }
}

/// The letters of a type's size (`X`, `B`, `W`, `D`) and the type's name.
fn kind_names(kind: u8) -> (&'static str, &'static str) {
    match kind {
        kind::BIT => ("X", "BOOL"),
        kind::BYTE => ("B", "BYTE"),
        kind::CHAR => ("B", "CHAR"),
        kind::WORD => ("W", "WORD"),
        kind::INT => ("W", "INT"),
        kind::DWORD => ("D", "DWORD"),
        kind::DINT => ("D", "DINT"),
        kind::REAL => ("D", "REAL"),
        kind::DATE => ("W", "DATE"),
        kind::TIME_OF_DAY => ("D", "TIME_OF_DAY"),
        kind::TIME => ("D", "TIME"),
        kind::S5TIME => ("W", "S5TIME"),
        kind::DATE_AND_TIME => ("", "DATE_AND_TIME"),
        kind::COUNTER => ("", "COUNTER"),
        kind::TIMER => ("", "TIMER"),
        _ => ("", "TYPE"),
    }
}

/// One element as `DB1.DBX4.0`, `MW20`, `I0.3`; several as `P#DB1.DBX4.0 BYTE 10`.
fn show_variable(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let (kind, block) = (vocab::low_u8(u64::from(t.extra >> 16)), t.extra & 0xffff);
    let (letter, name) = kind_names(kind);
    let (byte, bit) = (t.index >> 3, t.index & 7);
    let of_block = matches!(t.area.id, 1 | 2);
    let one = t.count == 1 && !letter.is_empty();
    if !one {
        out.write_str("P#")?;
    }
    if of_block && block > 0 {
        write!(out, "{0}{block}.{0}", t.area.key)?;
    } else {
        out.write_str(t.area.key)?;
    }
    if !one {
        let bits = if of_block { "X" } else { "" };
        write!(out, "{bits}{byte}.{bit} {name}")?;
        if name == "TYPE" {
            write!(out, " {kind}")?;
        }
        return write!(out, " {}", t.count);
    }
    match (kind, of_block) {
        (kind::BIT, true) => write!(out, "X{byte}.{bit}"),
        (kind::BIT, false) => write!(out, "{byte}.{bit}"),
        _ => write!(out, "{letter}{byte}"),
    }
}

/// Timers and counters: `T5`, `C3..C7`.
fn show_numbered(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let key = t.area.key;
    write!(out, "{key}{}", t.index)?;
    if t.count > 1 {
        write!(out, "..{key}{}", t.index.saturating_add(u64::from(t.count).saturating_sub(1)))?;
    }
    Ok(())
}

fn show_other(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "area 0x{:02x} {}.{} x{}", t.extra, t.index >> 3, t.index & 7, t.count)
}

/// Area (upper three bits) and unit (lower five), module, column, line, lines.
fn show_nck(t: &Target<'_>, out: &mut dyn Write) -> Result {
    const NAMES: [&str; 8] = ["N", "B", "C", "A", "T", "V", "H", "M"];
    let (unit, module) = (t.extra >> 8 & 0x1f, t.extra & 0xff);
    let area = NAMES.get(vocab::sat_usize(u64::from(t.extra >> 13 & 7))).unwrap_or(&"?");
    let (column, line) = (t.index >> 16, t.index & 0xffff);
    write!(out, "NCK {area}{unit} module 0x{module:02x} column {column} line {line}")?;
    if t.count > 1 { write!(out, " x{}", t.count) } else { Ok(()) }
}

fn show_drive(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "p{}[{}]", t.index, t.extra)
}

/// Data block or memory area, the symbol's checksum, the path of numbers to the member.
fn show_symbol(t: &Target<'_>, out: &mut dyn Write) -> Result {
    match (t.extra >> 16, t.extra & 0xffff) {
        (0x8a0e, block) => write!(out, "DB{block}")?,
        (0, 0x50) => out.write_str("I")?,
        (0, 0x51) => out.write_str("Q")?,
        (0, 0x52) => out.write_str("M")?,
        (0, 0x53) => out.write_str("C")?,
        (0, 0x54) => out.write_str("T")?,
        _ => write!(out, "area 0x{:08x}", t.extra)?,
    }
    write!(out, " symbol 0x{:08x}", t.index)?;
    let mut separator = " path ";
    for step in t.name.chunks_exact(4) {
        let number = step.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) & 0x0fff_ffff;
        write!(out, "{separator}{number}")?;
        separator = ".";
    }
    Ok(())
}

/// The letters of a type of blocks.
const fn block_name(kind: u32) -> Option<&'static str> {
    Some(match kind {
        0x08 => "OB",
        0x0a => "DB",
        0x0b => "SDB",
        0x0c => "FC",
        0x0d => "SFC",
        0x0e => "FB",
        0x0f => "SFB",
        _ => return None,
    })
}

/// Blocks by type and number: `OB1`, `DB10`, `SFC58`.
fn show_block(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let Some(name) = block_name(t.extra) else {
        return write!(out, "block type 0x{:02x} {}", t.extra, t.index);
    };
    // A list says how many there are of a type, without numbers.
    if t.count == 0 { write!(out, "{name}s") } else { write!(out, "{name}{}", t.index) }
}

/// A place in a block: `FB41 code 0x0010`.
fn show_code(t: &Target<'_>, out: &mut dyn Write) -> Result {
    show_block(&Target { extra: t.extra & 0xff, ..*t }, out)?;
    write!(out, " code 0x{:04x}", t.extra >> 8)
}

/// A job by its number and the test function that it runs: `job 7 function 0x02`.
fn show_job(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "job {} function 0x{:02x}", t.index, t.extra)
}

fn show_alarm(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "alarm 0x{:08x}", t.index)
}

fn show_szl(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "SZL 0x{:04x}.{:04x}", t.index >> 16, t.index & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::text::Line;
    use crate::line;

    fn shown(address: &Address<'_>) -> Line<64> {
        line!("{}", address.target)
    }

    #[test]
    fn variables_look_as_engineers_write_them() {
        let one = |area, kind, block, bits| shown(&Address::any(area, kind, 1, block, bits));
        assert_eq!(one(0x84, kind::BIT, 1, 32).bytes(), b"DB1.DBX4.0");
        assert_eq!(one(0x84, kind::REAL, 12, 80).bytes(), b"DB12.DBD10");
        assert_eq!(one(0x83, kind::WORD, 0, 160).bytes(), b"MW20");
        assert_eq!(one(0x83, kind::BIT, 0, 85).bytes(), b"M10.5");
        assert_eq!(one(0x81, kind::BYTE, 0, 8).bytes(), b"IB1");
        assert_eq!(one(0x1d, kind::TIMER, 0, 5).bytes(), b"T5");
        let several =
            |area, kind, count, block, bits| shown(&Address::any(area, kind, count, block, bits));
        assert_eq!(several(0x84, kind::BYTE, 10, 1, 32).bytes(), b"P#DB1.DBX4.0 BYTE 10");
        assert_eq!(several(0x83, kind::WORD, 4, 0, 80).bytes(), b"P#M10.0 WORD 4");
        assert_eq!(several(0x1c, kind::COUNTER, 3, 0, 2).bytes(), b"C2..C4");
    }
}
