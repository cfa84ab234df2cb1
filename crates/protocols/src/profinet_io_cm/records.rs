//! Records: reading and writing them, and their names. IEC 61158-6-10:2019 §5.2.

use super::blocks::{self, Block};
use super::{identity, spec, status_of};
use decode::Cursor;
use dissect::Cx;
use vocab::{Status, Target, Value};

/// Record index of several records written at once.
const MULTIPLE: u16 = 0xe040;

/// Types of block: write and read, requests; answers have the highest bit.
const WRITE_REQUEST: u16 = 0x0008;
const WRITE_RESPONSE: u16 = 0x8008;
const READ_REQUEST: u16 = 0x0009;
const READ_RESPONSE: u16 = 0x8009;

/// The header of a record. §5.2.
#[derive(Clone, Copy)]
pub(super) struct Header {
    pub(super) api: u32,
    pub(super) slot: u16,
    pub(super) subslot: u16,
    pub(super) index: u16,
    /// Bytes of the record; of the room for it in a read request.
    pub(super) length: u32,
    /// How writing this record ended.
    status: u32,
}

impl Header {
    /// Out of a record header block; `None` for all other blocks.
    pub(super) fn read(block: &Block<'_>) -> Option<Self> {
        if !matches!(block.kind & 0x7fff, WRITE_REQUEST | READ_REQUEST) {
            return None;
        }
        let mut at = block.cursor();
        at.skip(18)?;
        let (api, slot, subslot) = (at.be32()?, at.be16()?, at.be16()?);
        at.skip(2)?;
        let (index, length) = (at.be16()?, at.be32()?);
        let status = match block.kind {
            WRITE_RESPONSE => at.skip(4).and_then(|()| at.be32())?,
            _ => 0,
        };
        Some(Self { api, slot, subslot, index, length, status })
    }

    fn target(&self) -> Target<'static> {
        let place = u64::from(self.slot) << 32 | u64::from(self.subslot) << 16;
        Target {
            area: spec::RECORD,
            index: place | u64::from(self.index),
            count: 1,
            extra: self.api,
            name: &[],
        }
    }
}

/// Says the records of a call: its blocks behind the first header, which is already read.
pub(super) fn say<'p>(cx: &mut Cx<'_>, kind: u16, header: &Header, mut at: Cursor<'p>) {
    if header.index == MULTIPLE && matches!(kind, WRITE_REQUEST | WRITE_RESPONSE) {
        cx.item(header.target(), Value::None);
        return several(cx, at);
    }
    match kind {
        WRITE_REQUEST | READ_RESPONSE => {
            let data = at.take_up_to(vocab::sat_usize(u64::from(header.length)));
            record(cx, kind, header, data);
        }
        WRITE_RESPONSE => cx.item_status(header.target(), Value::None, result(header)),
        _ => cx.item(header.target(), Value::None),
    }
}

/// Headers with their records, each beginning at a multiple of four. §5.2.
fn several<'p>(cx: &mut Cx<'_>, mut at: Cursor<'p>) {
    while let Some(block) = Block::read(&mut at) {
        let Some(header) = Header::read(&block) else {
            cx.fault(spec::BAD_BLOCK, block.whole);
            return;
        };
        if block.kind == WRITE_RESPONSE {
            cx.item_status(header.target(), Value::None, result(&header));
            continue;
        }
        let data = at.take_up_to(vocab::sat_usize(u64::from(header.length)));
        record(cx, WRITE_REQUEST, &header, data);
        at.take_up_to(data.len().wrapping_neg() & 3);
    }
    if at.rest().iter().any(|b| *b != 0) && !cx.cut() {
        cx.fault(spec::BAD_BLOCK, at.rest());
    }
}

fn result(header: &Header) -> Status {
    status_of(header.status)
}

/// A record with its content. Records that the standard defines are made of blocks.
fn record(cx: &mut Cx<'_>, kind: u16, header: &Header, data: &[u8]) {
    let value = if data.is_empty() { Value::None } else { Value::Bytes(data) };
    cx.item(header.target(), value);
    let defined = matches!(header.index, 0x8000..=0xafff | 0xc000..=0xfbff);
    if defined && !data.is_empty() && is_block(data) {
        let about = identity::About { written: kind == WRITE_REQUEST, header };
        blocks::each(cx, Cursor::new(data), |cx, block| identity::say(cx, &about, block));
    }
}

/// The data begins with a block that fits into it.
fn is_block(data: &[u8]) -> bool {
    Block::read(&mut Cursor::new(data)).is_some()
}

/// Prints a record: place, then name or index.
pub(super) fn show(target: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let (slot, subslot) = (target.index >> 32, target.index >> 16 & 0xffff);
    let index = vocab::low_u16(target.index);
    write!(out, "slot[{slot}].subslot[0x{subslot:x}].")?;
    match name(index) {
        "" => write!(out, "record[0x{index:x}]"),
        name => out.write_str(name),
    }
}

/// The name of a record. §5.2.
#[rustfmt::skip]
fn name(index: u16) -> &'static str {
    match index {
        0x8000 | 0xc000 | 0xe000 => "ExpectedIdentificationData",
        0x8001 | 0xc001 | 0xe001 | 0xf000 => "RealIdentificationData",
        0x800a | 0xc00a | 0xe00a | 0xf00a => "DiagnosisChannel",
        0x800b | 0xc00b | 0xe00b | 0xf00b => "DiagnosisAll",
        0x800c | 0xc00c | 0xe00c | 0xf00c | 0xf80c => "Diagnosis",
        0x8010 | 0xc010 | 0xe010 | 0xf010 => "MaintenanceRequiredChannel",
        0x8011 | 0xc011 | 0xe011 | 0xf011 => "MaintenanceDemandedChannel",
        0x8012 | 0xc012 | 0xe012 | 0xf012 => "MaintenanceRequiredAll",
        0x8013 | 0xc013 | 0xe013 | 0xf013 => "MaintenanceDemandedAll",
        0x801e => "SubstituteValues",
        0x8020 => "PDIRSubframeData",
        0x8027 => "PDPortDataRealExtended",
        0x8028 => "RecordInputDataObjectElement",
        0x8029 => "RecordOutputDataObjectElement",
        0x802a => "PDPortDataReal",
        0x802b => "PDPortDataCheck",
        0x802c => "PDIRData",
        0x802d => "PDSyncData",
        0x802f => "PDPortDataAdjust",
        0x8030 => "IsochronousModeData",
        0x8031 => "PDTimeData",
        0x8050 => "PDInterfaceMrpDataReal",
        0x8051 => "PDInterfaceMrpDataCheck",
        0x8052 => "PDInterfaceMrpDataAdjust",
        0x8053 => "PDPortMrpDataAdjust",
        0x8054 => "PDPortMrpDataReal",
        0x8055 => "PDPortMrpIcDataAdjust",
        0x8056 => "PDPortMrpIcDataCheck",
        0x8057 => "PDPortMrpIcDataReal",
        0x8060 => "PDPortFODataReal",
        0x8061 => "PDPortFODataCheck",
        0x8062 => "PDPortFODataAdjust",
        0x8063 => "PDPortSFPDataCheck",
        0x8070 => "PDNCDataCheck",
        0x8071 => "PDInterfaceAdjust",
        0x8072 => "PDPortStatistic",
        0x8080 => "PDInterfaceDataReal",
        0x8090 => "PDInterfaceFSUDataAdjust",
        0x80a0 => "PROFIenergy",
        0x80af | 0xe030 | 0xf871 => "PE_EntityStatusData",
        0x80b0 => "CombinedObjectContainer",
        0x80cf => "RS_AdjustObserver",
        0xaff0 => "I&M0",
        0xaff1 => "I&M1",
        0xaff2 => "I&M2",
        0xaff3 => "I&M3",
        0xaff4 => "I&M4",
        0xaff5 => "I&M5",
        0xb02e | 0xb02f => "PROFIdriveParameterAccess",
        0xe002 => "ModuleDiffBlock",
        MULTIPLE => "MultipleWrite",
        0xe050 => "ARFSUDataAdjust",
        0xe060 => "RS_GetEvent",
        0xe061 => "RS_AckEvent",
        0xf020 | 0xf820 => "ARData",
        0xf821 => "APIData",
        0xf830 => "LogBookData",
        0xf831 => "PDevData",
        0xf840 => "I&M0FilterData",
        0xf841 => "PDRealData",
        0xf842 => "PDExpectedData",
        0xf850 => "AutoConfigurationData",
        0xf860 => "GSDUpload",
        0xf870 => "PE_EntityFilterData",
        0xf880 => "AssetManagementData",
        0xfbff => "ConnectionMonitoringTrigger",
        _ => "",
    }
}
