//! What attacks have in common: a laptop in the office that looks around in the cells.

use crate::frame::{self, Nic};
use crate::plant::{CELL_1, CELL_2, Id};
use crate::rng::Rng;
use crate::tcp::Tcp;
use crate::truth::{Step, dotted};
use crate::wire::{MS, S, US};
use crate::world::World;

/// Where the attacker sits.
pub(crate) const ME: Id = Id::Laptop;

/// Which ports of control protocols a host answers on.
fn listens(who: Id, port: u16) -> bool {
    match who {
        Id::Dosing => port == 502 || port == 44_818,
        Id::Pumps => port == 502,
        Id::Intake | Id::Storage => port == 102,
        Id::Drive | Id::DriveSwitch => port == 44_818,
        Id::Outstation => port == 20_000,
        _ => false,
    }
}

/// Hosts of a cell.
fn hosts(vlan: u16) -> &'static [Id] {
    const FIRST: [Id; 9] = [
        Id::Switch1,
        Id::DriveSwitch,
        Id::Dosing,
        Id::Intake,
        Id::Drive,
        Id::Panel1,
        Id::Scada,
        Id::Engineering,
        Id::Historian,
    ];
    const SECOND: [Id; 8] = [
        Id::Switch2,
        Id::Pumps,
        Id::Storage,
        Id::Outstation,
        Id::Panel2,
        Id::Scada,
        Id::Engineering,
        Id::Historian,
    ];
    if vlan == CELL_1 { &FIRST } else { &SECOND }
}

/// A step of an attack from the laptop against devices.
pub(crate) fn step(
    technique: &'static str,
    description: &'static str,
    targets: &[(Id, u16)],
) -> Step {
    Step {
        technique,
        description,
        source: dotted(ME.nic(CELL_1).ip),
        targets: targets.iter().map(|(id, vlan)| dotted(id.nic(*vlan).ip)).collect(),
    }
}

/// Tries addresses 2 to 60 of both cells: the router asks for each address, hosts that are there
/// are tried on four ports. Returns when it is done.
pub(crate) fn sweep(rng: &mut Rng, at: i64, world: &mut World) -> i64 {
    let all: Vec<(Id, u16)> = [CELL_1, CELL_2]
        .into_iter()
        .flat_map(|vlan| hosts(vlan).iter().map(move |id| (*id, vlan)))
        .collect();
    let text = "sweeps both cells for hosts with control protocols";
    world.attack(step("T0846", text, &all));
    let mut now = at;
    for vlan in [CELL_1, CELL_2] {
        let router = Id::Router.nic(vlan);
        let [a, b, c, _] = router.ip;
        for last in 2..=60 {
            now += rng.between(40 * MS, 90 * MS);
            let there = hosts(vlan).iter().find(|id| id.nic(vlan).ip == [a, b, c, last]);
            let target = Nic { ip: [a, b, c, last], ..router };
            world.wire.put(now, frame::arp(router, target, false));
            let Some(id) = there else {
                world.wire.put(now + S, frame::arp(router, target, false));
                continue;
            };
            let nic = id.nic(vlan);
            world.wire.put(now + 400 * US, frame::arp(nic, router, true));
            for port in [102, 502, 20_000, 44_818] {
                now += rng.between(2 * MS, 5 * MS);
                let mut tcp = Tcp::new(rng, ME.nic(vlan), nic, port);
                if listens(*id, port) {
                    tcp.half_open(&mut world.wire, now);
                } else {
                    tcp.refused(&mut world.wire, now);
                }
            }
        }
    }
    world.peace();
    now + S
}
