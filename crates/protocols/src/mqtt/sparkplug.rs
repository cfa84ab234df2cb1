//! Sparkplug B: topics that name edge nodes and devices, values as metrics in Protocol Buffers.
//! Eclipse Sparkplug 3.0.0.

use super::spec;
use super::wire;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Target, Value};

/// Metrics of one message that are said.
const METRICS_MAX: usize = 256;

/// A topic of the Sparkplug namespace. §4.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Topic<'p> {
    /// What it is, as a subcode of publishing.
    pub(super) sub: u16,
    /// `group/node` with the type between them left in: `group/NDATA/node/device`.
    path: &'p [u8],
}

impl<'p> Topic<'p> {
    /// `spBv1.0/group/type/node[/device]`, `spBv1.0/STATE/host` or `STATE/host`. §4.1, §4.1.4.
    pub(super) fn read(topic: &'p [u8]) -> Option<Self> {
        let host_state = Self { sub: spec::STATE, path: topic };
        if topic.starts_with(b"STATE/") {
            return Some(host_state);
        }
        let path = topic.strip_prefix(b"spBv1.0/")?;
        if path.starts_with(b"STATE/") {
            return Some(host_state);
        }
        let kind = path.split(|b| *b == b'/').nth(1)?;
        let (_, sub) = spec::SPARKPLUG.iter().find(|(name, _)| *name == kind)?;
        Some(Self { sub: *sub, path })
    }

    /// The value is a list of metrics; a host's state is text.
    pub(super) fn has_metrics(&self) -> bool {
        self.sub != spec::STATE
    }

    /// Says the node that is born, where the message comes from itself.
    pub(super) fn name(&self, cx: &mut Cx<'_>, from_client: bool) {
        let mut parts = self.path.split(|b| *b == b'/');
        let (group, _, node) = (parts.next(), parts.next(), parts.next());
        let born = matches!(self.sub, spec::NODE_BIRTH | spec::DEVICE_BIRTH);
        if let (Some(group), Some(node), true, true) = (group, node, born, from_client) {
            let text = |part| core::str::from_utf8(part).unwrap_or("");
            let name = crate::line!("{}/{}", text(group), text(node));
            cx.attr(spec::NODE, name.bytes());
        }
    }

    /// Says the metrics of a payload. §6.4.1, §6.4.6.
    pub(super) fn metrics(&self, cx: &mut Cx<'_>, payload: &[u8], from_client: bool) {
        let metrics = fields(payload).filter_map(|field| match field {
            Field { number: 2, content: Content::Bytes(metric) } => Some(metric),
            _ => None,
        });
        for metric in metrics.take(METRICS_MAX).map(Metric::read) {
            let target = Target {
                area: spec::METRIC,
                index: metric.alias,
                count: 0,
                extra: metric.kind,
                name: metric.name,
            };
            cx.item(target, metric.value);
            if self.sub == spec::NODE_BIRTH && from_client {
                metric.identify(cx);
            }
        }
    }
}

/// A metric. §6.4.6.
#[derive(Debug, Default)]
struct Metric<'p> {
    name: &'p [u8],
    alias: u64,
    kind: u32,
    value: Value<'p>,
}

impl<'p> Metric<'p> {
    fn read(bytes: &'p [u8]) -> Self {
        let mut metric = Self::default();
        for field in fields(bytes) {
            match (field.number, field.content) {
                (1, Content::Bytes(name)) => metric.name = name,
                (2, Content::Varint(alias)) => metric.alias = alias,
                (4, Content::Varint(kind)) => metric.kind = vocab::low_u32(kind),
                (10 | 11, Content::Varint(number)) => {
                    metric.value = number_of(metric.kind, number, field.number == 10);
                }
                (12, Content::Four(bits)) => {
                    metric.value = Value::Real(f64::from(f32::from_bits(bits)));
                }
                (13, Content::Eight(bits)) => metric.value = Value::Real(f64::from_bits(bits)),
                (14, Content::Varint(number)) => metric.value = Value::Bool(number != 0),
                (15, Content::Bytes(text)) => metric.value = Value::Text(text),
                (16, Content::Bytes(bytes)) => metric.value = Value::Bytes(bytes),
                _ => {}
            }
        }
        metric
    }

    /// The properties that the standard's birth certificates carry. §6.4.8.
    fn identify(&self, cx: &mut Cx<'_>) {
        let spec: &'static AttrSpec = match self.name {
            b"Properties/Hardware Make" => spec::MAKE,
            b"Properties/Hardware Model" => spec::MODEL,
            b"Properties/FW" => spec::FIRMWARE,
            b"Properties/OS" => spec::OS,
            _ => return,
        };
        if let Value::Text(text) = self.value {
            cx.attr(spec, text);
        }
    }
}

/// Signed types come in two's complement of the field's width. §6.4.17: 1 to 4 are signed.
fn number_of(kind: u32, number: u64, narrow: bool) -> Value<'static> {
    match (kind, narrow) {
        (1..=4, true) => {
            let low = vocab::low_u32(number);
            Value::Int(i64::from(i32::from_ne_bytes(low.to_ne_bytes())))
        }
        (1..=4, false) => Value::Int(i64::from_ne_bytes(number.to_ne_bytes())),
        _ => Value::Uint(number),
    }
}

/// A field of a Protocol Buffers message.
struct Field<'p> {
    number: u64,
    content: Content<'p>,
}

/// What a field holds, by its wire type.
enum Content<'p> {
    Varint(u64),
    Eight(u64),
    Bytes(&'p [u8]),
    Four(u32),
}

/// The fields of a message, until one cannot be read.
fn fields(message: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut at = Cursor::new(message);
    core::iter::from_fn(move || {
        let tag = varint64(&mut at)?;
        let content = match tag & 7 {
            0 => Content::Varint(varint64(&mut at)?),
            1 => Content::Eight(at.le64()?),
            2 => {
                let len = varint64(&mut at)?;
                Content::Bytes(at.take(vocab::sat_usize(len))?)
            }
            5 => Content::Four(at.le32()?),
            _ => return None,
        };
        Some(Field { number: tag >> 3, content })
    })
}

/// A number of up to ten bytes, seven bits each, the lowest first.
fn varint64(at: &mut Cursor<'_>) -> Option<u64> {
    let mut probe = *at;
    if let Some(short) = wire::varint(&mut probe) {
        *at = probe;
        return Some(u64::from(short));
    }
    let mut value = 0u64;
    for shift in [0, 7, 14, 21, 28, 35, 42, 49, 56, 63] {
        let byte = at.u8()?;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
