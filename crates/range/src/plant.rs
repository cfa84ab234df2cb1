//! The devices of the plant: what they are, where they stand, how the mirror port sees them.

use crate::frame::Nic;
use vocab::Mac;

/// VLAN of cell 1, intake and dosing.
pub(crate) const CELL_1: u16 = 10;
/// VLAN of cell 2, storage and pumping.
pub(crate) const CELL_2: u16 = 20;

/// A device's name in this crate; its position in [`DEVICES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Id {
    Dosing,
    Intake,
    Drive,
    RemoteIo,
    Switch1,
    DriveSwitch,
    Panel1,
    Pumps,
    Storage,
    Outstation,
    Switch2,
    Panel2,
    Scada,
    Engineering,
    Historian,
    Router,
    Laptop,
    Domain,
    Manager,
    Mirror,
    District,
    NewDrive,
}

/// An interface in a VLAN.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home {
    /// 0 where it is behind the router.
    pub(crate) vlan: u16,
    pub(crate) ip: [u8; 4],
}

/// A device as it really is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Device {
    pub(crate) name: &'static str,
    /// `None` behind the router: its MAC is not seen here.
    pub(crate) mac: Option<[u8; 6]>,
    pub(crate) homes: &'static [Home],
    /// Time to live that its system starts with.
    pub(crate) ttl: u8,
    pub(crate) vendor: &'static str,
    pub(crate) product: &'static str,
    pub(crate) model: &'static str,
    pub(crate) order_number: &'static str,
    pub(crate) serial: &'static str,
    pub(crate) firmware: &'static str,
    pub(crate) role: &'static str,
    pub(crate) purdue: u8,
    pub(crate) zone: &'static str,
    /// The attributes that its own messages state in this capture.
    pub(crate) stated: &'static [&'static str],
}

const NOTHING: Device = Device {
    name: "",
    mac: None,
    homes: &[],
    ttl: 64,
    vendor: "",
    product: "",
    model: "",
    order_number: "",
    serial: "",
    firmware: "",
    role: "",
    purdue: 1,
    zone: "",
    stated: &[],
};

const WINDOWS: Device = Device { ttl: 128, purdue: 2, zone: "operations", ..NOTHING };
const OFFICE: Device = Device { ttl: 128, purdue: 4, zone: "office", ..NOTHING };

const fn home(vlan: u16, ip: [u8; 4]) -> Home {
    Home { vlan, ip }
}

/// All devices, in the order of [`Id`].
pub(crate) static DEVICES: &[Device] = &[
    Device {
        name: "plc-dosing",
        mac: Some([0x00, 0x80, 0xf4, 0x1a, 0x52, 0x07]),
        homes: &[home(CELL_1, [10, 20, 10, 11])],
        vendor: "Schneider Electric",
        product: "Modicon M580",
        model: "BMEP582040",
        order_number: "BME P58 2040",
        serial: "21170304",
        firmware: "V3.10",
        role: "plc",
        zone: "cell-1",
        stated: &["vendor", "product", "model", "order_number", "firmware", "serial"],
        ..NOTHING
    },
    Device {
        name: "plc-intake",
        mac: Some([0x28, 0x63, 0x36, 0x8c, 0x11, 0x2e]),
        homes: &[home(CELL_1, [10, 20, 10, 12])],
        vendor: "Siemens",
        product: "SIMATIC S7-1200",
        model: "CPU 1214C DC/DC/DC",
        order_number: "6ES7 214-1AG40-0XB0",
        serial: "S C-H9K412852018",
        firmware: "V4.2.1",
        role: "plc",
        zone: "cell-1",
        ttl: 30,
        stated: &["name", "vendor", "model", "order_number", "serial", "firmware"],
        ..NOTHING
    },
    Device {
        name: "drive-intake",
        mac: Some([0xf4, 0x54, 0x33, 0x97, 0xa0, 0x41]),
        homes: &[home(CELL_1, [10, 20, 10, 13])],
        vendor: "Rockwell Automation",
        product: "PowerFlex 525",
        model: "PowerFlex 525 3P 400V 5.0HP",
        serial: "4061a2b3",
        firmware: "5.1",
        role: "drive",
        zone: "cell-1",
        stated: &["vendor", "product", "serial", "firmware"],
        ..NOTHING
    },
    Device {
        name: "io-intake",
        mac: Some([0xac, 0x64, 0x17, 0x30, 0x5d, 0x18]),
        homes: &[home(CELL_1, [10, 20, 10, 14])],
        vendor: "Siemens",
        product: "ET 200SP",
        model: "IM 155-6 PN ST",
        order_number: "6ES7 155-6AU01-0BN0",
        serial: "S C-K9LJ42192019",
        firmware: "V4.2.0",
        role: "io-device",
        zone: "cell-1",
        ttl: 30,
        stated: &["name", "vendor", "order_number", "firmware"],
        ..NOTHING
    },
    Device {
        name: "sw-cell-1",
        mac: Some([0x20, 0x87, 0x56, 0x0b, 0xe4, 0x60]),
        homes: &[home(CELL_1, [10, 20, 10, 2])],
        vendor: "Siemens",
        product: "SCALANCE XC208",
        model: "SCALANCE XC208",
        order_number: "6GK5 208-0BA00-2AC2",
        serial: "VPK6147920",
        firmware: "V04.01.00",
        role: "switch",
        purdue: 2,
        zone: "cell-1",
        stated: &["name", "vendor", "product", "order_number", "firmware"],
        ..NOTHING
    },
    Device {
        name: "sw-drives",
        mac: Some([0xe4, 0x90, 0x69, 0x5d, 0x20, 0x80]),
        homes: &[home(CELL_1, [10, 20, 10, 3])],
        vendor: "Rockwell Automation",
        product: "Stratix 5700",
        model: "1783-BMS10CGN",
        order_number: "1783-BMS10CGN",
        serial: "61c40e75",
        firmware: "15.2(6)E0a",
        ttl: 255,
        role: "switch",
        purdue: 2,
        zone: "cell-1",
        stated: &["name", "vendor", "product", "model", "order_number", "serial", "firmware"],
    },
    Device {
        name: "HMI-INTAKE",
        mac: Some([0xd4, 0xbe, 0xd9, 0x42, 0x77, 0x10]),
        homes: &[home(CELL_1, [10, 20, 10, 31])],
        vendor: "Dell",
        role: "hmi",
        zone: "cell-1",
        stated: &["name", "vendor"],
        ..WINDOWS
    },
    Device {
        name: "plc-pumps",
        mac: Some([0x00, 0x80, 0xf4, 0x0d, 0x91, 0xc3]),
        homes: &[home(CELL_2, [10, 20, 20, 11])],
        vendor: "Schneider Electric",
        product: "Modicon M340",
        model: "BMXP342020",
        order_number: "BMX P34 2020",
        firmware: "V3.10",
        role: "plc",
        zone: "cell-2",
        stated: &["vendor", "product", "model", "order_number", "firmware"],
        ..NOTHING
    },
    Device {
        name: "plc-storage",
        mac: Some([0x00, 0x1b, 0x1b, 0x61, 0x3a, 0x95]),
        homes: &[home(CELL_2, [10, 20, 20, 12])],
        vendor: "Siemens",
        product: "SIMATIC S7-300",
        model: "CPU 315-2 PN/DP",
        order_number: "6ES7 315-2EH14-0AB0",
        serial: "S C-C2UR28922012",
        firmware: "V3.2.8",
        role: "plc",
        zone: "cell-2",
        ttl: 30,
        stated: &["name", "vendor", "model", "order_number", "serial", "firmware"],
        ..NOTHING
    },
    Device {
        name: "RTAC-PS4",
        mac: Some([0x00, 0x30, 0xa7, 0x14, 0xf2, 0x5b]),
        homes: &[home(CELL_2, [10, 20, 20, 14])],
        vendor: "Schweitzer Engineering Laboratories",
        product: "SEL-3530 RTAC",
        model: "SEL-3530",
        serial: "1151230412",
        firmware: "SEL-3530-R143-V0",
        role: "rtu",
        zone: "cell-2",
        stated: &["name", "vendor", "product", "serial", "firmware"],
        ..NOTHING
    },
    Device {
        name: "sw-cell-2",
        mac: Some([0x00, 0x80, 0x63, 0x7e, 0x08, 0xb0]),
        homes: &[home(CELL_2, [10, 20, 20, 2])],
        vendor: "Hirschmann",
        product: "RSP",
        model: "RSP25-11003Z6TT",
        firmware: "HiOS-2S-07.0.02",
        role: "switch",
        purdue: 2,
        zone: "cell-2",
        stated: &["name", "vendor", "product", "firmware"],
        ..NOTHING
    },
    Device {
        name: "HMI-PUMPS",
        mac: Some([0xd4, 0xbe, 0xd9, 0x42, 0x79, 0x8c]),
        homes: &[home(CELL_2, [10, 20, 20, 31])],
        vendor: "Dell",
        role: "hmi",
        zone: "cell-2",
        stated: &["name", "vendor"],
        ..WINDOWS
    },
    Device {
        name: "SCADA-01",
        mac: Some([0x3c, 0xd9, 0x2b, 0xf0, 0x33, 0x21]),
        homes: &[home(CELL_1, [10, 20, 10, 41]), home(CELL_2, [10, 20, 20, 41])],
        vendor: "PTC",
        product: "KEPServerEX",
        firmware: "6.8.796.0",
        role: "scada-server",
        stated: &["name", "vendor", "product", "firmware"],
        ..WINDOWS
    },
    Device {
        name: "ENG-STATION-01",
        mac: Some([0x3c, 0xd9, 0x2b, 0xf0, 0x3b, 0x5e]),
        homes: &[home(CELL_1, [10, 20, 10, 42]), home(CELL_2, [10, 20, 20, 42])],
        vendor: "HP",
        role: "engineering-station",
        stated: &["name", "vendor"],
        ..WINDOWS
    },
    Device {
        name: "HISTORIAN-01",
        mac: Some([0x3c, 0xd9, 0x2b, 0xf0, 0x41, 0x77]),
        homes: &[home(CELL_1, [10, 20, 10, 43]), home(CELL_2, [10, 20, 20, 43])],
        vendor: "Siemens",
        product: "SIMATIC Process Historian OPC UA Server",
        firmware: "2019",
        role: "historian",
        purdue: 3,
        stated: &["name", "vendor", "product", "firmware"],
        ..WINDOWS
    },
    Device {
        name: "rt-plant",
        mac: Some([0x00, 0x1e, 0x13, 0x5a, 0x6c, 0x01]),
        homes: &[home(CELL_1, [10, 20, 10, 1]), home(CELL_2, [10, 20, 20, 1])],
        ttl: 255,
        vendor: "Rockwell Automation",
        product: "Stratix 5900",
        model: "1783-SR",
        order_number: "1783-SR",
        firmware: "15.6(3)M1",
        role: "router",
        purdue: 3,
        zone: "operations",
        stated: &["name", "vendor", "product", "order_number", "firmware"],
        ..NOTHING
    },
    Device { name: "OFFICE-LT-07", homes: &[home(0, [10, 1, 1, 107])], role: "pc", ..OFFICE },
    Device { name: "dc01", homes: &[home(0, [10, 1, 1, 5])], role: "server", ..OFFICE },
    Device { name: "netmgr", homes: &[home(0, [10, 1, 1, 8])], ttl: 64, role: "server", ..OFFICE },
    Device { name: "reports", homes: &[home(0, [10, 1, 1, 20])], role: "server", ..OFFICE },
    Device {
        name: "rtu-district",
        homes: &[home(0, [10, 30, 1, 11])],
        role: "rtu",
        zone: "district",
        ..NOTHING
    },
    // The store had one of these: it takes the drive's place when that is exchanged.
    Device {
        name: "drive-intake",
        mac: Some([0x5c, 0x88, 0x16, 0x0e, 0x4d, 0x92]),
        homes: &[home(CELL_1, [10, 20, 10, 13])],
        vendor: "Rockwell Automation",
        product: "PowerFlex 525",
        model: "PowerFlex 525 3P 400V 5.0HP",
        serial: "40d417e9",
        firmware: "5.1",
        role: "drive",
        zone: "cell-1",
        stated: &["vendor", "product", "serial", "firmware"],
        ..NOTHING
    },
];

impl Id {
    /// Every device.
    pub(crate) fn device(self) -> &'static Device {
        &DEVICES[self as usize]
    }

    /// How its frames look at the mirror port in a VLAN.
    pub(crate) fn nic(self, vlan: u16) -> Nic {
        let device = self.device();
        let here = device.homes.iter().find(|home| home.vlan == vlan);
        match (here, device.mac) {
            (Some(home), Some(mac)) => Nic { mac: Mac(mac), ip: home.ip, vlan, ttl: device.ttl },
            _ => Nic {
                mac: Mac(Self::Router.device().mac.unwrap_or_default()),
                ip: device.homes.first().map_or([0; 4], |home| home.ip),
                vlan,
                ttl: device.ttl - 1,
            },
        }
    }

    /// Its MAC.
    pub(crate) fn mac(self) -> Mac {
        Mac(self.device().mac.unwrap_or_default())
    }
}
