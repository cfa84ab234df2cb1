//! What writing a variable means, by its name; the parameters of a control.
//! IEC 61850-8-1:2011 §20.

use super::names;
use crate::common::ber::Tlv;
use crate::common::mms;

pub(super) const OPERATE: u16 = 1;
pub(super) const SELECT: u16 = 2;
pub(super) const CANCEL: u16 = 3;
pub(super) const CONFIGURE: u16 = 4;
pub(super) const SETTINGS: u16 = 5;
pub(super) const SETTING_GROUP: u16 = 6;
pub(super) const CONTROL_BLOCK: u16 = 7;
pub(super) const SUBSTITUTE: u16 = 8;
pub(super) const CONTROL: u16 = 9;
pub(super) const MODE: u16 = 10;

/// The number below a write, by the name that is written; the most dangerous of several wins.
pub(super) fn write_kind(name: &[u8]) -> Option<u16> {
    let (_, item) = names::split(name);
    let (_, constraint, rest) = names::parts(item)?;
    let last = |part: &[u8]| rest.split(|byte| *byte == b'$').any(|one| one == part);
    Some(match &constraint {
        b"CO" if last(b"Oper") => {
            if rest.starts_with(b"Mod$") {
                MODE
            } else {
                OPERATE
            }
        }
        b"CO" if last(b"SBOw") => SELECT,
        b"CO" if last(b"Cancel") => CANCEL,
        b"CO" => CONTROL,
        b"SV" => SUBSTITUTE,
        b"CF" | b"DC" | b"EX" => CONFIGURE,
        b"SP" if rest.starts_with(b"SGCB") => SETTING_GROUP,
        b"SG" | b"SE" => SETTINGS,
        b"RP" | b"BR" | b"LG" | b"GO" | b"GS" | b"MS" | b"US" => CONTROL_BLOCK,
        _ => return None,
    })
}

/// How dangerous a kind of write is: the larger wins.
pub(super) fn weight(kind: Option<u16>) -> u8 {
    match kind {
        Some(OPERATE | MODE) => 5,
        Some(SELECT | CANCEL | CONTROL | SUBSTITUTE) => 4,
        Some(SETTINGS | SETTING_GROUP) => 3,
        Some(_) => 2,
        None => 1,
    }
}

/// Reading this variable selects a control. IEC 61850-8-1:2011 §20.3.
pub(super) fn selects(name: &[u8]) -> bool {
    let (_, item) = names::split(name);
    names::parts(item)
        .is_some_and(|(_, constraint, rest)| &constraint == b"CO" && rest.ends_with(b"$SBO"))
}

/// A control's parameters in their order. IEC 61850-8-1:2011 Table 87.
const FIELDS: [&str; 7] =
    ["ctlVal", "origin$orCat", "origin$orIdent", "ctlNum", "T", "Test", "Check"];

/// A control's parameters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parameters {
    /// Number, category of the originator, test, checks.
    pub(super) args: [u64; 4],
    /// Leaves of the control value; more than one for values that are structures.
    value: u32,
    /// A time of activation stands behind the value.
    timed: bool,
    leaves: u32,
}

impl Parameters {
    /// The parameters of a structure; `None` when it is none.
    pub(super) fn read(data: &Tlv<'_>) -> Option<Self> {
        if data.first != 0xa2 {
            return None;
        }
        let mut fields = crate::common::ber::each(data.content);
        let mut it = Self::default();
        let value = fields.next()?;
        mms::leaves(&value, &mut |_, _| it.value = it.value.saturating_add(1));
        let mut next = fields.next()?;
        if next.number == 17 || next.number == 12 {
            it.timed = true;
            next = fields.next()?;
        }
        let [number, category, test, check] = &mut it.args;
        let origin = crate::common::ber::each(next.content).next();
        *category = origin.and_then(|tlv| tlv.uint()).unwrap_or(0);
        *number = fields.next()?.uint().unwrap_or(0);
        fields.next()?;
        *test = u64::from(fields.next().is_some_and(|tlv| tlv.content.iter().any(|b| *b != 0)));
        if let Some(bits) = fields.next() {
            // Synchrocheck is the first bit, interlocking the second.
            let synchro = u64::from(mms::bit(bits.content, 0));
            *check = synchro | u64::from(mms::bit(bits.content, 1)) << 1;
        }
        mms::leaves(data, &mut |_, _| it.leaves = it.leaves.saturating_add(1));
        Some(it)
    }

    /// The name of a leaf; `None` for those inside a value that is a structure.
    pub(super) fn leaf(&self, number: u32) -> Option<&'static str> {
        if number < self.value {
            return if self.value == 1 { Some("ctlVal") } else { None };
        }
        let behind = number.saturating_sub(self.value);
        if self.timed && behind == 0 {
            return Some("operTm");
        }
        let behind = behind.saturating_sub(u32::from(self.timed)).saturating_add(1);
        FIELDS.get(usize::try_from(behind).ok()?).copied()
    }
}
