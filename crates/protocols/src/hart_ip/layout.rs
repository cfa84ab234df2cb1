//! Which fields the data of a command have. HCF_SPEC-127 §6, HCF_SPEC-151 §7.

use Field::{Byte, Class, Code, Date, Float, Number, Packed, Skip, Text, Unit, Word};

/// A field of a command's data.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    /// A unit code, for the values behind it.
    Unit,
    /// A device variable's number, for the values behind it.
    Code,
    /// A device variable's class: not said.
    Class,
    /// The value of a device variable.
    Variable,
    /// The value of the dynamic variable with this number.
    Dynamic(u8),
    /// A floating-point parameter.
    Float(&'static str),
    /// A parameter of one byte.
    Byte(&'static str),
    /// A parameter of two bytes.
    Word(&'static str),
    /// A parameter of three bytes.
    Number(&'static str),
    /// Text of so many bytes, four characters in three bytes.
    Packed(&'static str, u8),
    /// Text of so many bytes.
    Text(&'static str, u8),
    /// Day, month, year since 1900.
    Date(&'static str),
    /// Bytes that are not said.
    Skip(u8),
}

/// The fields of a command's data and how many of them, from the end, may repeat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Read once.
    pub(super) head: &'static [Field],
    /// Read while there are bytes, up to eight times.
    pub(super) slots: &'static [Field],
}

const fn once(head: &'static [Field]) -> Layout {
    Layout { head, slots: &[] }
}

const fn slots(head: &'static [Field], slots: &'static [Field]) -> Layout {
    Layout { head, slots }
}

const TAG_SET: &[Field] = &[Packed("tag", 6), Packed("descriptor", 12), Date("date")];
const UNIT_TAG_SET: &[Field] =
    &[Packed("unit_tag", 6), Packed("unit_descriptor", 12), Date("unit_date")];
const POLLING: &[Field] = &[Byte("polling_address"), Byte("loop_current_mode")];
const ASSIGNED: &[Field] =
    &[Byte("primary"), Byte("secondary"), Byte("tertiary"), Byte("quaternary")];
const DYNAMIC: &[Field] = &[
    Unit,
    Field::Dynamic(0),
    Unit,
    Field::Dynamic(1),
    Unit,
    Field::Dynamic(2),
    Unit,
    Field::Dynamic(3),
];
const CURRENT_AND_DYNAMIC: &[Field] = &[
    Float("loop_current"),
    Unit,
    Field::Dynamic(0),
    Unit,
    Field::Dynamic(1),
    Unit,
    Field::Dynamic(2),
    Unit,
    Field::Dynamic(3),
];
const RANGE: &[Field] = &[Unit, Float("upper_range_value"), Float("lower_range_value")];
const CHANNEL_RANGE: &[Field] =
    &[Byte("analog_channel"), Unit, Float("upper_range_value"), Float("lower_range_value")];
const CHANNEL_LEVEL: &[Field] = &[Byte("analog_channel"), Unit, Float("level")];
const WRITE_VARIABLE: &[Field] = &[Code, Byte("command_code"), Unit, Field::Variable, Skip(1)];

/// The fields of a command; nothing for those that are not taken apart.
pub(super) fn of(command: u16, asks: bool) -> Layout {
    if !asks && let Some(layout) = answer(command) {
        return layout;
    }
    match command {
        6 => once(POLLING),
        11 if asks => once(&[Packed("tag", 6)]),
        17 => once(&[Packed("message", 24)]),
        18 => once(TAG_SET),
        19 => once(&[Number("final_assembly_number")]),
        21 | 22 => once(&[Text("long_tag", 32)]),
        9 | 33 if asks => slots(&[], &[Code]),
        34 => once(&[Float("damping")]),
        35 => once(RANGE),
        38 => once(&[Word("configuration_change_counter")]),
        39 => once(&[Byte("eeprom_control_code")]),
        40 => once(&[Float("fixed_current")]),
        44 => once(&[Byte("units_code")]),
        45 | 46 => once(&[Float("measured_current")]),
        47 => once(&[Byte("transfer_function")]),
        49 => once(&[Number("transducer_serial_number")]),
        51 => once(ASSIGNED),
        52 | 54 if asks => once(&[Code]),
        53 => once(&[Code, Byte("units_code")]),
        55 => once(&[Code, Float("damping")]),
        56 => once(&[Code, Number("transducer_serial_number")]),
        58 => once(UNIT_TAG_SET),
        59 => once(&[Byte("response_preambles")]),
        64 => once(&[Byte("analog_channel"), Float("damping")]),
        65 => once(CHANNEL_RANGE),
        66..=68 => once(CHANNEL_LEVEL),
        69 => once(&[Byte("analog_channel"), Byte("transfer_function")]),
        71 => once(&[Byte("lock_code")]),
        72 => once(&[Byte("squawk_control")]),
        79 => once(WRITE_VARIABLE),
        82 => once(&[Code, Byte("trim_point"), Unit, Float("trim_value")]),
        83 => once(&[Code]),
        87 => once(&[Byte("master_mode")]),
        88 => once(&[Byte("retry_count")]),
        89 => once(&[Byte("time_set_code"), Date("date")]),
        108 | 109 => once(&[Byte("burst_control")]),
        513 => once(&[Byte("country_code"), Byte("si_units_control")]),
        773 => once(&[Word("network_id")]),
        _ => once(&[]),
    }
}

/// The fields of an answer that is laid out unlike its request.
fn answer(command: u16) -> Option<Layout> {
    Some(match command {
        1 => once(&[Unit, Field::Dynamic(0)]),
        2 => once(&[Float("loop_current"), Float("percent_of_range")]),
        3 => once(CURRENT_AND_DYNAMIC),
        7 => once(POLLING),
        // Extended device status; code, class, unit, value and status of each; a time.
        9 => slots(&[Skip(1)], &[Code, Class, Unit, Field::Variable, Skip(1)]),
        12 => once(&[Packed("message", 24)]),
        13 => once(TAG_SET),
        14 => once(&[
            Number("transducer_serial_number"),
            Unit,
            Float("upper_transducer_limit"),
            Float("lower_transducer_limit"),
            Float("minimum_span"),
        ]),
        15 => once(&[
            Byte("alarm_selection"),
            Byte("transfer_function"),
            Unit,
            Float("upper_range_value"),
            Float("lower_range_value"),
            Float("damping"),
            Byte("write_protect"),
        ]),
        16 => once(&[Number("final_assembly_number")]),
        20 => once(&[Text("long_tag", 32)]),
        33 => slots(&[], &[Code, Unit, Field::Variable]),
        50 => once(ASSIGNED),
        54 => once(&[
            Code,
            Number("transducer_serial_number"),
            Unit,
            Float("upper_transducer_limit"),
            Float("lower_transducer_limit"),
            Float("damping"),
            Float("minimum_span"),
        ]),
        57 => once(UNIT_TAG_SET),
        60 => once(&[Byte("analog_channel"), Unit, Float("level"), Float("percent_of_range")]),
        61 => once(&[
            Unit,
            Float("level"),
            Unit,
            Field::Dynamic(0),
            Unit,
            Field::Dynamic(1),
            Unit,
            Field::Dynamic(2),
            Unit,
            Field::Dynamic(3),
        ]),
        76 => once(&[Byte("lock_status")]),
        110 => once(DYNAMIC),
        774 => once(&[Word("network_id")]),
        776 => once(&[Text("network_tag", 32)]),
        _ => return None,
    })
}
