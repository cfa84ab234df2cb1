//! Configuration frames: who measures, what the channels are called, how data frames are laid out.
//! IEEE C37.118.2-2011 §6.4.

use super::layout::Layout;
use super::spec;
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, AttrSpec, Part, Subject, Target, Value};

/// Bytes of a name in configurations 1 and 2.
const NAME_LEN: usize = 16;
/// Names of a digital status word: one for each bit.
const WORD_BITS: u32 = 16;

/// What a configuration says before its PMUs and behind them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Summary {
    /// TIME_BASE: parts of a second that FRACSEC counts.
    pub(super) time_base: u32,
    /// NUM_PMU.
    pub(super) pmus: u16,
    /// DATA_RATE: frames in a second, or, below 0, seconds from one to the next.
    pub(super) rate: i16,
}

impl Summary {
    /// Reads the fields around the PMUs. The content is without header and checksum.
    pub(super) fn read(content: &[u8]) -> Self {
        let mut at = Cursor::new(content);
        let time_base = at.be32().unwrap_or(0) & 0x00ff_ffff;
        let pmus = at.be16().unwrap_or(0);
        let rate = content.split_last_chunk::<2>().map_or(0, |(_, rate)| i16::from_be_bytes(*rate));
        Self { time_base, pmus, rate }
    }

    /// Frames in a second, seconds from one to the next: one of them is 0.
    pub(super) fn rates(&self) -> [u64; 2] {
        let size = u64::from(self.rate.unsigned_abs());
        if self.rate < 0 { [0, size] } else { [size, 0] }
    }
}

/// How names and channel descriptions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Configurations 1 and 2: names of 16 bytes, padded.
    Fixed,
    /// Configuration 3: names with their length, more about each channel.
    Extended,
}

/// Says the PMUs of a configuration of stream `id`; those of data frames go into `layout`.
pub(super) fn say(
    cx: &mut Cx<'_>,
    style: Style,
    id: u16,
    content: &[u8],
    layout: Option<&mut Layout>,
) {
    let summary = Summary::read(content);
    let mut fresh = Layout::default();
    fresh.begin(id);
    let mut at = Cursor::new(content);
    let whole = at.skip(6).is_some()
        && (0..summary.pmus).all(|_| {
            let alone = summary.pmus == 1;
            pmu(cx, style, alone.then_some(id), &mut at, &mut fresh).is_some()
        })
        && at.len() == 2;
    if !whole && !cx.cut() {
        cx.fault(spec::BAD_CONFIGURATION, content);
        return;
    }
    if let Some(layout) = layout {
        *layout = fresh;
    }
}

/// One PMU. `alone` is the stream's number where it holds one PMU only: then the PMU is the
/// sender, else something behind a concentrator.
fn pmu(
    cx: &mut Cx<'_>,
    style: Style,
    alone: Option<u16>,
    at: &mut Cursor<'_>,
    layout: &mut Layout,
) -> Option<()> {
    let name = take_name(style, at)?;
    let id = at.be16()?;
    let subject = match alone {
        Some(stream) if stream == id => Subject::Sender,
        _ => Subject::SenderPart(Part { kind: "pmu", number: u32::from(id) }),
    };
    cx.attr_of(subject, spec::ID, crate::line!("{id}").bytes());
    say_name(cx, subject, spec::STATION, name);
    if style == Style::Extended {
        let global = at.take(16)?;
        if global.iter().any(|byte| *byte != 0) {
            cx.attr_of(subject, spec::GLOBAL_ID, crate::line!("{}", Value::Bytes(global)).bytes());
        }
    }
    let format = at.be16()?;
    let counts = [at.be16()?, at.be16()?, at.be16()?];
    let [phasors, analogs, digitals] = counts.map(u32::from);
    let bits = digitals.saturating_mul(WORD_BITS);
    let areas = [(spec::PHASOR, phasors), (spec::ANALOG, analogs), (spec::BIT, bits)];
    for (area, count) in areas {
        for index in 0..count {
            let name = take_name(style, at)?;
            channel(cx, subject, target(area, id, index), name);
        }
    }
    let nominal = match style {
        Style::Fixed => {
            at.skip(units(counts, [4, 4, 4]))?;
            at.be16()?
        }
        Style::Extended => {
            at.skip(units(counts, [12, 8, 4]))?;
            place(cx, subject, at)?;
            // Service class, window, delay of the filters.
            at.skip(9)?;
            at.be16()?
        }
    };
    // The count of changes.
    at.skip(2)?;
    layout.add(id, format, nominal & 1 != 0, counts);
    Some(())
}

/// Bytes of the conversion factors of all channels.
fn units(counts: [u16; 3], sizes: [usize; 3]) -> usize {
    counts
        .into_iter()
        .zip(sizes)
        .fold(0, |sum, (n, size)| sum.saturating_add(usize::from(n).saturating_mul(size)))
}

fn target(area: &'static Area, id: u16, index: u32) -> Target<'static> {
    Target { area, index: u64::from(index), count: 1, extra: u32::from(id), name: &[] }
}

fn take_name<'p>(style: Style, at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    match style {
        Style::Fixed => at.take(NAME_LEN),
        Style::Extended => {
            let len = usize::from(at.u8()?);
            at.take(len)
        }
    }
}

/// Without the padding: blanks as the standard says, zeros as some send.
fn unpadded(name: &[u8]) -> &[u8] {
    let end = name.iter().rposition(|byte| !matches!(byte, 0 | b' '));
    name.get(..end.map_or(0, |at| at.saturating_add(1))).unwrap_or(name)
}

/// Says a name where it is text.
fn say_name(cx: &mut Cx<'_>, subject: Subject, spec: &'static AttrSpec, name: &[u8]) {
    let name = unpadded(name);
    if is_text(name) {
        cx.attr_of(subject, spec, name);
    }
}

/// A channel with its name; bits of digital words are often without.
fn channel(cx: &mut Cx<'_>, subject: Subject, target: Target<'_>, name: &[u8]) {
    if !unpadded(name).is_empty() {
        cx.item(target, Value::Text(unpadded(name)));
        say_name(cx, subject, spec::CHANNEL, name);
    }
}

/// Latitude, longitude, elevation; infinite where not told. §6.4, PMU_LAT to PMU_ELEV.
fn place(cx: &mut Cx<'_>, subject: Subject, at: &mut Cursor<'_>) -> Option<()> {
    let mut next = || Some(f32::from_be_bytes(*at.chunk()?));
    let (latitude, longitude, _elevation) = (next()?, next()?, next()?);
    if latitude.is_finite() && longitude.is_finite() && (latitude != 0.0 || longitude != 0.0) {
        cx.attr_of(subject, spec::LOCATION, crate::line!("{latitude},{longitude}").bytes());
    }
    Some(())
}
