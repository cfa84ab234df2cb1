//! What TASE.2 is.

use crate::mms::{spec as mms, status};
use vocab::{Access, Arg, AttrSpec, Attribute, Binding, OpSpec, ProtoId, Spec};

pub(super) const INFORMATION_REPORT: u32 = 0x300;
pub(super) const GET_NAMES: u32 = 1;
pub(super) const READ: u32 = 4;
pub(super) const WRITE: u32 = 5;
pub(super) const GET_TYPE: u32 = 6;
pub(super) const CREATE_DATA_SET: u32 = 11;
pub(super) const GET_DATA_SET_NAMES: u32 = 12;
pub(super) const DELETE_DATA_SET: u32 = 13;

/// Below a read or write: all elements of a data set.
pub(super) const DATA_SET: u16 = 1;
/// Below a read: a transfer set is asked for.
pub(super) const NEXT_TRANSFER_SET: u16 = 2;
/// Below a read: a device is selected.
pub(super) const SELECT: u16 = 3;
/// Below a read: a tag is asked for.
pub(super) const GET_TAG: u16 = 4;
/// Below a read: version, features, bilateral table.
pub(super) const GET_AGREEMENT: u16 = 5;
/// Below a write.
pub(super) const START_TRANSFER: u16 = 2;
/// Below a write.
pub(super) const STOP_TRANSFER: u16 = 3;
/// Below a write: a device that was selected.
pub(super) const OPERATE: u16 = 4;
/// Below a write.
pub(super) const SET_TAG: u16 = 5;
/// Below a write: a report arrived, or was refused.
pub(super) const ACKNOWLEDGE: u16 = 6;
/// Below a report.
pub(super) const TRANSFER: u16 = 1;
/// Below a report.
pub(super) const MESSAGE: u16 = 2;
/// Below a report, which then goes to the server.
pub(super) const ACKNOWLEDGED: u16 = 3;

pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "TASE2_Version", 70, "IEC 60870-6-503 TASE2_Version");
pub(super) const TABLE: &AttrSpec = &AttrSpec::new(
    Attribute::Description,
    "Bilateral_Table_ID",
    50,
    "IEC 60870-6-503 Bilateral_Table_ID",
);

const ITEMS: &[Arg] = &[Arg::dec("items")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(21),
    key: "iccp",
    name: "ICCP (TASE.2)",
    standard: "IEC 60870-6-503, IEC 60870-6-802",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(19), 1)],
    operations: OPERATIONS,
    attributes: &[VERSION, TABLE],
    faults: &[],
    areas: &[mms::OBJECT, mms::LIST, mms::DOMAIN],
    statuses: status::STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 32,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Read, Write};
    &[
        OpSpec::new(GET_NAMES, "get_data_value_names", Observe, "IEC 60870-6-503 Data Value"),
        OpSpec::new(READ, "get_data_value", Read, "IEC 60870-6-503 Data Value").args(ITEMS),
        OpSpec::new(READ, "get_data_set_element_values", Read, "IEC 60870-6-503 Data Set")
            .sub(DATA_SET).args(ITEMS),
        OpSpec::new(READ, "get_next_transfer_set", Observe, "IEC 60870-6-503 Transfer Set")
            .sub(NEXT_TRANSFER_SET).args(ITEMS),
        OpSpec::new(READ, "select_device", Control, "IEC 60870-6-503 Device").sub(SELECT).args(ITEMS),
        OpSpec::new(READ, "get_tag", Read, "IEC 60870-6-503 Device").sub(GET_TAG).args(ITEMS),
        OpSpec::new(READ, "get_agreement", Observe, "IEC 60870-6-503 Association")
            .sub(GET_AGREEMENT).args(ITEMS),
        OpSpec::new(WRITE, "set_data_value", Write, "IEC 60870-6-503 Data Value").args(ITEMS),
        OpSpec::new(WRITE, "set_data_set_element_values", Write, "IEC 60870-6-503 Data Set")
            .sub(DATA_SET).args(ITEMS),
        OpSpec::new(WRITE, "start_transfer", Admin, "IEC 60870-6-503 Transfer Set")
            .sub(START_TRANSFER).args(ITEMS),
        OpSpec::new(WRITE, "stop_transfer", Admin, "IEC 60870-6-503 Transfer Set")
            .sub(STOP_TRANSFER).args(ITEMS),
        OpSpec::new(WRITE, "operate_device", Control, "IEC 60870-6-503 Device")
            .sub(OPERATE).args(ITEMS),
        OpSpec::new(WRITE, "set_tag", Control, "IEC 60870-6-503 Device").sub(SET_TAG).args(ITEMS),
        OpSpec::new(WRITE, "acknowledge_report", Observe, "IEC 60870-6-503 Transfer Set")
            .sub(ACKNOWLEDGE).args(ITEMS),
        OpSpec::new(GET_TYPE, "get_data_value_type", Observe, "IEC 60870-6-503 Data Value"),
        OpSpec::new(CREATE_DATA_SET, "create_data_set", Admin, "IEC 60870-6-503 Data Set"),
        OpSpec::new(GET_DATA_SET_NAMES, "get_data_set_element_names", Observe,
            "IEC 60870-6-503 Data Set"),
        OpSpec::new(DELETE_DATA_SET, "delete_data_set", Admin, "IEC 60870-6-503 Data Set"),
        OpSpec::new(INFORMATION_REPORT, "report", Read, "IEC 60870-6-503 Transfer Set")
            .args(ITEMS),
        OpSpec::new(INFORMATION_REPORT, "transfer_report", Read, "IEC 60870-6-503 Transfer Set")
            .sub(TRANSFER).args(ITEMS),
        OpSpec::new(INFORMATION_REPORT, "information_message", Read,
            "IEC 60870-6-503 Information Message").sub(MESSAGE).args(ITEMS),
        OpSpec::new(INFORMATION_REPORT, "transfer_acknowledged", Observe,
            "IEC 60870-6-503 Transfer Set").sub(ACKNOWLEDGED).args(ITEMS),
    ]
};
