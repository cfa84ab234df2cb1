//! Data frames: measurements in the layout that the configuration announced.
//! IEEE C37.118.2-2011 §6.3.

use super::layout::{NOMINAL_50, Pmu};
use super::spec;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Status, Target, Value};

/// Says the values of each PMU in turn.
pub(super) fn say(cx: &mut Cx<'_>, pmus: &[Pmu], content: &[u8]) {
    if !cx.wants_values() {
        for pmu in pmus {
            cx.item(target(spec::STATUS, *pmu, 0), Value::None);
        }
        return;
    }
    let mut at = Cursor::new(content);
    for pmu in pmus {
        if block(cx, *pmu, &mut at).is_none() {
            return;
        }
    }
}

fn target(area: &'static Area, pmu: Pmu, index: u8) -> Target<'static> {
    Target { area, index: u64::from(index), count: 1, extra: u32::from(pmu.id), name: &[] }
}

/// How far a PMU trusts its values. §6.3, STAT.
fn status(word: u16) -> Status {
    match (word >> 14, word & 0x2000) {
        (0, 0) => Status::Ok,
        (0, _) => Status::Error(4),
        (error, _) => Status::Error(u32::from(error)),
    }
}

/// The values of one PMU; `None` when they are not all there.
fn block(cx: &mut Cx<'_>, pmu: Pmu, at: &mut Cursor<'_>) -> Option<()> {
    let word = at.be16()?;
    let quality = status(word);
    cx.item_status(target(spec::STATUS, pmu, 0), Value::Uint(u64::from(word)), quality);
    for index in 0..pmu.phasors {
        phasor(cx, pmu, index, at)?;
    }
    let (frequency, change) = if pmu.float_frequency() {
        (Value::Real(float(at)?), Value::Real(float(at)?))
    } else {
        // Millihertz off the nominal frequency; hundredths of hertz per second.
        let nominal = if pmu.format & NOMINAL_50 != 0 { 50.0 } else { 60.0 };
        let (off, change) = (f64::from(int(at)?), f64::from(int(at)?));
        (Value::Real(nominal + off / 1_000.0), Value::Real(change / 100.0))
    };
    cx.item(target(spec::FREQUENCY, pmu, 0), frequency);
    cx.item(target(spec::CHANGE, pmu, 0), change);
    for index in 0..pmu.analogs {
        let value = if pmu.float_analogs() {
            Value::Real(float(at)?)
        } else {
            Value::Int(i64::from(int(at)?))
        };
        cx.item(target(spec::ANALOG, pmu, index), value);
    }
    for index in 0..pmu.digitals {
        let word = at.be16()?;
        cx.item(target(spec::DIGITAL, pmu, index), Value::Uint(u64::from(word)));
    }
    Some(())
}

/// One phasor, in two parts.
fn phasor(cx: &mut Cx<'_>, pmu: Pmu, index: u8, at: &mut Cursor<'_>) -> Option<()> {
    let (first, second) = match (pmu.float_phasors(), pmu.is_polar()) {
        (true, _) => (Value::Real(float(at)?), Value::Real(float(at)?)),
        // A magnitude without sign, an angle in ten-thousandths of a radian.
        (false, true) => {
            let magnitude = at.be16()?;
            let angle = f64::from(int(at)?) / 10_000.0;
            (Value::Uint(u64::from(magnitude)), Value::Real(angle))
        }
        (false, false) => (Value::Int(i64::from(int(at)?)), Value::Int(i64::from(int(at)?))),
    };
    let (one, other) =
        if pmu.is_polar() { (spec::MAGNITUDE, spec::ANGLE) } else { (spec::REAL, spec::IMAGINARY) };
    cx.item(target(one, pmu, index), first);
    cx.item(target(other, pmu, index), second);
    Some(())
}

/// A number in single precision.
fn float(at: &mut Cursor<'_>) -> Option<f64> {
    Some(f64::from(f32::from_be_bytes(*at.chunk()?)))
}

/// A signed number of 16 bits.
fn int(at: &mut Cursor<'_>) -> Option<i16> {
    Some(i16::from_be_bytes(*at.chunk()?))
}
