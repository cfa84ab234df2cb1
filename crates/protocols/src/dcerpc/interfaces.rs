//! Interfaces that are well known, with the calls that matter.

/// An interface.
#[derive(Debug)]
pub(super) struct Interface {
    pub(super) id: u128,
    /// Short name, as its specification uses it.
    pub(super) name: &'static str,
    /// Upper half of the subcode of its calls; 0 where no call has a name of its own. Ours, since
    /// calls are numbered per interface.
    pub(super) number: u8,
}

impl Interface {
    /// The subcode of a call.
    pub(super) fn sub(&self, call: u16) -> u16 {
        match call.to_be_bytes() {
            [0, low] => u16::from_be_bytes([self.number, low]),
            _ => call,
        }
    }

    /// Device, controller, supervisor, parameter server of PROFINET, from 1; 0 for all others.
    pub(super) fn profinet(&self) -> u8 {
        let pnio = uuid("dea00000-6c97-11d1-8271-00a02442df7d");
        match self.id ^ pnio {
            difference if difference & !(0xffff_ffff << 96) == 0 => {
                vocab::low_u8(u64::try_from(difference >> 96).unwrap_or(0))
            }
            _ => 0,
        }
    }
}

impl Interface {
    /// The number of an interface of OPC Classic, from 1; 0 for all others.
    pub(super) fn opc(&self) -> u8 {
        let place = OPC.iter().position(|name| *name == self.name);
        place.map_or(0, |at| vocab::sat_u8(at).saturating_add(1))
    }
}

/// The interfaces of OPC Classic whose calls are read. Their places are the upper half of the
/// codes of its operations: new ones go to the end.
const OPC: [&str; 23] = [
    "IOPCServer",
    "IOPCBrowseServerAddressSpace",
    "IOPCGroupStateMgt",
    "IOPCSyncIO",
    "IOPCAsyncIO",
    "IOPCItemMgt",
    "IOPCAsyncIO2",
    "IOPCDataCallback",
    "IOPCItemProperties",
    "IOPCSyncIO2",
    "IOPCAsyncIO3",
    "IOPCItemIO",
    "IOPCBrowse",
    "IOPCServerList",
    "IOPCServerList2",
    "IOPCCommon",
    "IOPCShutdown",
    "IOPCEventServer",
    "IOPCEventSubscriptionMgt",
    "IOPCEventSink",
    "IOPCHDA_Server",
    "IOPCHDA_SyncRead",
    "IOPCHDA_SyncUpdate",
];

/// The place of an interface in the table.
pub(super) fn find(id: u128) -> Option<usize> {
    INTERFACES.iter().position(|interface| interface.id == id)
}

/// The interface at a place of the table.
pub(super) fn at(place: usize) -> Option<&'static Interface> {
    INTERFACES.get(place)
}

/// A written identifier as a number.
const fn uuid(text: &str) -> u128 {
    let mut rest = text.as_bytes();
    let mut number = 0u128;
    while let [digit, tail @ ..] = rest {
        rest = tail;
        let value = match *digit {
            b'0'..=b'9' => *digit & 0x0f,
            b'a'..=b'f' => (*digit & 0x0f).wrapping_add(9),
            _ => continue,
        };
        number = number << 4 | value as u128;
    }
    number
}

const fn new(name: &'static str, number: u8, id: &str) -> Interface {
    Interface { id: uuid(id), name, number }
}

/// Those of plants first. IEC 61158-6-10:2019 §4.10.3.2.9; OPC Data Access 3.0; C706 appendix O;
/// MS-SCMR, MS-TSCH, MS-SRVS, MS-SAMR, MS-LSAD, MS-RRP, MS-RPRN, MS-DRSR, MS-DCOM, MS-WMI, MS-RSP,
/// MS-NRPC, MS-WKST, MS-BRWSA, MS-DSSP, MS-EVEN, MS-DFSNM, MS-OAUT.
#[rustfmt::skip]
static INTERFACES: &[Interface] = &[
    new("pnio_device", 0, "dea00001-6c97-11d1-8271-00a02442df7d"),
    new("pnio_controller", 0, "dea00002-6c97-11d1-8271-00a02442df7d"),
    new("pnio_supervisor", 0, "dea00003-6c97-11d1-8271-00a02442df7d"),
    new("pnio_parameter_server", 0, "dea00004-6c97-11d1-8271-00a02442df7d"),
    new("epm", 10, "e1af8308-5d1f-11c9-91a4-08002b14a0fa"),
    new("IOPCSyncIO", 13, "39c13a52-011e-11d0-9675-0020afd8adb3"),
    new("IOPCAsyncIO", 13, "39c13a53-011e-11d0-9675-0020afd8adb3"),
    new("IOPCAsyncIO2", 13, "39c13a71-011e-11d0-9675-0020afd8adb3"),
    new("IOPCSyncIO2", 13, "730f5f0f-55b1-4c81-9e18-ff8a0904e1fa"),
    new("IOPCAsyncIO3", 13, "0967b97b-36ef-423e-b6f8-6bff1e40d39d"),
    new("IOPCItemIO", 13, "85c0b427-2893-4cbc-bd78-e5fc5146f08f"),
    new("IOPCDataCallback", 14, "39c13a70-011e-11d0-9675-0020afd8adb3"),
    new("IOPCServer", 0, "39c13a4d-011e-11d0-9675-0020afd8adb3"),
    new("IOPCServerPublicGroups", 0, "39c13a4e-011e-11d0-9675-0020afd8adb3"),
    new("IOPCBrowseServerAddressSpace", 0, "39c13a4f-011e-11d0-9675-0020afd8adb3"),
    new("IOPCGroupStateMgt", 0, "39c13a50-011e-11d0-9675-0020afd8adb3"),
    new("IOPCPublicGroupStateMgt", 0, "39c13a51-011e-11d0-9675-0020afd8adb3"),
    new("IOPCItemMgt", 0, "39c13a54-011e-11d0-9675-0020afd8adb3"),
    new("IEnumOPCItemAttributes", 0, "39c13a55-011e-11d0-9675-0020afd8adb3"),
    new("IOPCItemProperties", 0, "39c13a72-011e-11d0-9675-0020afd8adb3"),
    new("IOPCBrowse", 0, "39227004-a18f-4b57-8b0a-5235670f4468"),
    new("IOPCServerList", 0, "13486d50-4821-11d2-a494-3cb306c10000"),
    new("IOPCServerList2", 0, "9dd0b56c-ad9e-43ee-8305-487f3188bf7a"),
    new("IOPCCommon", 0, "f31dfde2-07b6-11d2-b2d8-0060083ba1fb"),
    new("IOPCShutdown", 0, "f31dfde1-07b6-11d2-b2d8-0060083ba1fb"),
    new("IOPCEventServer", 0, "65168851-5783-11d1-84a0-00608cb8a7e9"),
    new("IOPCEventSubscriptionMgt", 0, "65168855-5783-11d1-84a0-00608cb8a7e9"),
    new("IOPCEventSink", 0, "6516885f-5783-11d1-84a0-00608cb8a7e9"),
    new("IOPCHDA_Server", 0, "1f1217b0-dee0-11d2-a5e5-000086339399"),
    new("IOPCHDA_SyncRead", 0, "1f1217b2-dee0-11d2-a5e5-000086339399"),
    new("IOPCHDA_SyncUpdate", 0, "1f1217b3-dee0-11d2-a5e5-000086339399"),
    new("svcctl", 1, "367abb81-9844-35f1-ad32-98f038001003"),
    new("atsvc", 2, "1ff70682-0a51-30e8-076d-740be8cee98b"),
    new("ITaskSchedulerService", 3, "86d35949-83c9-4044-b424-db363231fd0c"),
    new("srvsvc", 4, "4b324fc8-1670-01d3-1278-5a47bf6ee188"),
    new("samr", 5, "12345778-1234-abcd-ef00-0123456789ac"),
    new("lsarpc", 0, "12345778-1234-abcd-ef00-0123456789ab"),
    new("winreg", 7, "338cd001-2244-31f1-aaaa-900038001003"),
    new("spoolss", 8, "12345678-1234-abcd-ef00-0123456789ab"),
    new("drsuapi", 9, "e3514235-4b06-11d1-ab04-00c04fc2dcd2"),
    new("IRemoteSCMActivator", 11, "000001a0-0000-0000-c000-000000000046"),
    new("IWbemServices", 12, "9556dc99-828c-11cf-a37e-00aa003240c7"),
    new("InitShutdown", 15, "894de0c0-0d55-11d3-a322-00c04fa321a1"),
    new("WindowsShutdown", 15, "d95afe70-a6d5-4259-822e-2c84da1ddb0d"),
    new("IActivation", 0, "4d9f4ab8-7d1c-11cf-861e-0020af6e7c57"),
    new("IObjectExporter", 0, "99fcfec4-5260-101b-bbcb-00aa0021347a"),
    new("IRemUnknown", 0, "00000131-0000-0000-c000-000000000046"),
    new("IRemUnknown2", 0, "00000143-0000-0000-c000-000000000046"),
    new("IDispatch", 0, "00020400-0000-0000-c000-000000000046"),
    new("IWbemLevel1Login", 0, "f309ad18-d86a-11d0-a075-00c04fb68820"),
    new("mgmt", 0, "afa8bd80-7d8a-11c9-bef4-08002b102989"),
    new("netlogon", 0, "12345678-1234-abcd-ef00-01234567cffb"),
    new("wkssvc", 0, "6bffd098-a112-3610-9833-46c3f87e345a"),
    new("browser", 0, "6bffd098-a112-3610-9833-012892020162"),
    new("dssetup", 0, "3919286a-b10c-11d0-9ba8-00c04fd92ef5"),
    new("eventlog", 0, "82273fdc-e32a-18c3-3f78-827929dc23ea"),
    new("netdfs", 0, "4fc742e0-4a10-11cf-8273-00aa004ae673"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_and_profinet() {
        assert_eq!(uuid("00000001-0000-0000-0000-0000000000ff"), 1 << 96 | 0xff);
        let kinds: [u8; 6] = core::array::from_fn(|place| at(place).unwrap().profinet());
        assert_eq!(kinds, [1, 2, 3, 4, 0, 0]);
        let mut ids: [u128; 64] = [0; 64];
        for (slot, interface) in ids.iter_mut().zip(INTERFACES) {
            *slot = interface.id;
        }
        ids.sort_unstable();
        assert!(ids.windows(2).all(|w| w[0] == 0 || w[0] != w[1]), "an identifier twice");
    }
}
