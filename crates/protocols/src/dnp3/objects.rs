//! The objects of an application message: header after header, object after object. IEEE
//! 1815-2012 §4.2.2.7.

use super::header::{Header, Prefix, Range, number};
use super::table::{self, Shape};
use super::{attributes, points, sized, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, FaultSpec, Subject, Target, Ts, Value};

/// What reading objects takes from the message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    /// The application function.
    pub(super) function: u8,
    /// The capture cut the message short: what is missing is nobody's fault.
    pub(super) cut: bool,
    /// The station that sends.
    pub(super) sender: Subject,
    /// The common time of occurrence said last. A.24.
    pub(super) occurred: Option<Ts>,
}

impl Walk {
    /// Says all objects of a message.
    pub(super) fn say(mut self, cx: &mut Cx<'_>, bytes: &[u8]) {
        let mut at = Cursor::new(bytes);
        while !at.is_empty() {
            let start = at.rest();
            if let Err(fault) = self.header(cx, &mut at) {
                self.fault(cx, fault, start);
                return;
            }
        }
    }

    /// The message is an answer.
    pub(super) fn is_response(&self) -> bool {
        self.function >= 129
    }

    /// Says that a rule is broken, unless the capture is to blame.
    pub(super) fn fault(&self, cx: &mut Cx<'_>, fault: &'static FaultSpec, bytes: &[u8]) {
        if !self.cut {
            cx.fault(fault, bytes);
        }
    }

    /// Content follows the header: in answers, in requests that write or operate, and wherever
    /// the qualifier tells sizes. §4.4, A.23 for freezing at a time, A.45 for authentication.
    fn carries(&self, header: &Header) -> bool {
        let by_function = match self.function {
            2..=6 | 129.. => true,
            11 | 12 => header.group == 50,
            31 => header.group == 110,
            _ => header.group == 120,
        };
        by_function || matches!(header.prefix, Prefix::Size(_))
    }

    /// One header with what follows it.
    fn header(&mut self, cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Result<(), &'static FaultSpec> {
        let start = at.rest();
        let header = Header::read(at)?;
        let carries = self.carries(&header);
        let shape = table::shape(header.group, header.variation);
        let Some(area) = table::area(header.group) else {
            // How long the content is cannot be known.
            if carries {
                return Err(spec::UNKNOWN_OBJECT);
            }
            self.fault(cx, spec::UNKNOWN_OBJECT, start);
            return Ok(());
        };
        match shape {
            Some(shape) if carries => self.content(cx, at, &Set { area, header, shape }),
            None if carries => Err(spec::UNKNOWN_OBJECT),
            None if header.variation != 0 => {
                self.fault(cx, spec::UNKNOWN_OBJECT, start);
                Ok(())
            }
            _ => names(cx, at, area, &header),
        }
    }

    /// The objects behind a header.
    fn content(
        &mut self,
        cx: &mut Cx<'_>,
        at: &mut Cursor<'_>,
        set: &Set,
    ) -> Result<(), &'static FaultSpec> {
        let header = &set.header;
        let counted = header.range != Range::All;
        match (header.prefix, set.shape, set.shape.size(header.variation)) {
            (Prefix::Size(width), ..) => self.sized(cx, at, set, width),
            (_, _, Some(0)) => names(cx, at, set.area, header),
            (_, Shape::Attribute, _) if counted => self.attributes(cx, at, header),
            (_, _, Some(size)) if counted => self.fixed(cx, at, set, size),
            (Prefix::None, Shape::Bits, _) if counted => bits(cx, at, set),
            (Prefix::None, Shape::Pairs, _) if counted => pairs(cx, at, set),
            _ => Err(spec::BAD_QUALIFIER),
        }
    }

    /// Objects of the same size.
    fn fixed(
        &mut self,
        cx: &mut Cx<'_>,
        at: &mut Cursor<'_>,
        set: &Set,
        size: usize,
    ) -> Result<(), &'static FaultSpec> {
        let quantity = set.header.quantity();
        if let (Prefix::None, false) = (set.header.prefix, cx.wants_values())
            && set.area.ranges
            && at.skip(size.saturating_mul(vocab::sat_usize(quantity))).is_some()
        {
            let count = vocab::sat_u32(vocab::sat_usize(quantity));
            cx.item(set.point(set.header.first(), count), Value::None);
            return Ok(());
        }
        for nth in 0..quantity {
            let index = set.header.index(at, nth)?;
            let object = at.take(size).ok_or(spec::OBJECT_CUT)?;
            points::say(self, cx, set.point(index, 1), set.shape, object);
        }
        Ok(())
    }

    /// Objects that each tell their size. Qualifier 0x5B of §4.2.2.7.3.
    fn sized(
        &mut self,
        cx: &mut Cx<'_>,
        at: &mut Cursor<'_>,
        set: &Set,
        width: u8,
    ) -> Result<(), &'static FaultSpec> {
        for nth in 0..set.header.quantity() {
            let size = number(at, width).ok_or(spec::OBJECT_CUT)?;
            let target = set.point(nth, 1);
            let Some(object) = at.take(vocab::sat_usize(size)) else {
                if self.cut {
                    sized::say(self, cx, target, at.rest());
                }
                return Err(spec::OBJECT_CUT);
            };
            match set.shape.size(set.header.variation) {
                Some(size) if size == object.len() => {
                    points::say(self, cx, target, set.shape, object);
                }
                Some(_) => self.fault(cx, spec::BAD_OBJECT, object),
                None => sized::say(self, cx, target, object),
            }
        }
        Ok(())
    }

    /// Device attributes: the index is the attribute's set. A.1.
    fn attributes(
        &self,
        cx: &mut Cx<'_>,
        at: &mut Cursor<'_>,
        header: &Header,
    ) -> Result<(), &'static FaultSpec> {
        for nth in 0..header.quantity() {
            let set = header.index(at, nth)?;
            attributes::say(self, cx, at, header.variation, set)?;
        }
        Ok(())
    }
}

/// Objects of one kind: their header, what they speak of and what they are made of.
struct Set {
    area: &'static Area,
    header: Header,
    shape: Shape,
}

impl Set {
    /// A point, or several in a row.
    fn point(&self, index: u64, count: u32) -> Target<'static> {
        point(self.area, &self.header, index, count)
    }
}

/// A point, or several in a row.
fn point(area: &'static Area, header: &Header, index: u64, count: u32) -> Target<'static> {
    Target { area, index, count, extra: header.kind(), name: &[] }
}

/// Points that a header names without content: one item for a range, one for each index.
fn names(
    cx: &mut Cx<'_>,
    at: &mut Cursor<'_>,
    area: &'static Area,
    header: &Header,
) -> Result<(), &'static FaultSpec> {
    match (header.group, header.prefix, header.range) {
        (60, ..) if header.variation != 0 => {
            let class = u64::from(header.variation).saturating_sub(1);
            cx.item(point(area, header, class, 1), Value::None);
        }
        (0, ..) => {
            let index = u64::from(header.variation);
            let extra = vocab::low_u32(header.first());
            cx.item(Target { area, index, count: 1, extra, name: &[] }, Value::None);
        }
        (_, Prefix::Index(_), Range::Count(count)) => {
            for nth in 0..count {
                cx.item(point(area, header, header.index(at, nth)?, 1), Value::None);
            }
        }
        (_, _, Range::Span(first, count)) => {
            let count = vocab::sat_u32(vocab::sat_usize(count));
            cx.item(point(area, header, first, count), Value::None);
        }
        _ => cx.item(point(area, header, 0, 0), Value::None),
    }
    Ok(())
}

/// Packed states: one item for all of them. §11.9.
fn bits(cx: &mut Cx<'_>, at: &mut Cursor<'_>, set: &Set) -> Result<(), &'static FaultSpec> {
    let count = set.header.quantity();
    let len = vocab::sat_usize(count.div_ceil(8));
    let packed = at.take_up_to(len);
    let there = vocab::sat_u32(packed.len().saturating_mul(8));
    let shown = there.min(vocab::sat_u32(vocab::sat_usize(count)));
    if shown > 0 {
        let value = match (shown, packed) {
            (1, [byte]) => Value::Bool(byte & 1 == 1),
            _ => Value::Bits(packed, shown),
        };
        cx.item(set.point(set.header.first(), shown), value);
    }
    if packed.len() < len { Err(spec::OBJECT_CUT) } else { Ok(()) }
}

/// Packed double-bit states: 0 between, 1 off, 2 on, 3 neither. A.4.
fn pairs(cx: &mut Cx<'_>, at: &mut Cursor<'_>, set: &Set) -> Result<(), &'static FaultSpec> {
    let count = set.header.quantity();
    let len = vocab::sat_usize(count.div_ceil(4));
    let packed = at.take_up_to(len);
    let states = packed.iter().flat_map(|byte| [0u32, 2, 4, 6].map(|shift| byte >> shift & 3));
    for (nth, state) in (0..count).zip(states) {
        let target = set.point(set.header.first().saturating_add(nth), 1);
        cx.item(target, Value::Uint(u64::from(state)));
    }
    if packed.len() < len { Err(spec::OBJECT_CUT) } else { Ok(()) }
}
