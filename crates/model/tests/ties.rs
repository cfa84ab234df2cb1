//! What people say of which addresses are one device goes before all evidence.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use model::{
    Bond, Corrections, Model, ModelLimits, NoKnowledge, Resolution, Tie, TieRefused,
    resolve_corrected,
};
use proptest::prelude::*;
use vocab::{
    AttrSeen, AttrSpec, Attribute, Batch, BatchRoom, FrameId, Host, HostTraits, Mac, ProtoId, Spec,
    Talk, Transport, Ts,
};

static UMAS: Spec = Spec::bare(1, "umas");
static SPECS: &[&Spec] = &[&UMAS];
static SERIAL: AttrSpec = AttrSpec::new(Attribute::Serial, "a field", 95, "");

fn ip(last: u8) -> Host {
    Host::Ip([10, 0, 0, last].into())
}

fn mac(last: u8) -> Host {
    Host::Mac(Mac([2, 0, 0, 0, 0, last]))
}

/// Address and MAC of each, by the last byte: 5 and 6 are of one MAC, the MACs 7 and 8 state one
/// serial number, 9 asks them all.
const HOSTS: [(u8, u8); 5] = [(5, 5), (6, 5), (7, 7), (8, 8), (9, 9)];

fn plant() -> Model {
    let mut batch = Batch::new(&BatchRoom::small());
    let traits = |mac| HostTraits {
        mac: Mac([2, 0, 0, 0, 0, mac]),
        packets: 3,
        bytes: 90,
        ttl: 64,
        listens: false,
        first: Ts(1),
        last: Ts(2),
        frame: FrameId { file: 0, number: 4 },
    };
    for (address, mac) in &HOSTS[..4] {
        let talk = Talk {
            client: ip(9),
            server: ip(*address),
            certain: true,
            proto: Some(ProtoId(1)),
            main: true,
            transport: Transport::Tcp,
            port: 502,
            vlan: 0,
            from_client: traits(9),
            from_server: traits(*mac),
            first: Ts(1),
            last: Ts(2),
            frame: FrameId { file: 0, number: 4 },
        };
        batch.talks.push(talk).unwrap();
    }
    for last in [7, 8] {
        let value = batch.intern(b"SN-4711");
        let seen = AttrSeen {
            host: ip(last),
            mac: Mac([2, 0, 0, 0, 0, last]),
            vlan: 0,
            part: None,
            proto: ProtoId(1),
            spec: &SERIAL,
            value,
            count: 1,
            first: Ts(0),
            last: Ts(0),
            frame: FrameId { file: 0, number: 7 },
            offset: Some(60),
            length: value.len,
        };
        batch.attrs.push(seen).unwrap();
    }
    let mut model = Model::new(ModelLimits::default(), SPECS);
    model.apply(&batch);
    model
}

fn tie(bond: Bond) -> Tie {
    let (who, reason) = (String::from("ada"), String::from("its plate"));
    Tie { bond, holds: true, reason, who, at: Ts(5) }
}

fn found(said: &Corrections) -> Resolution {
    resolve_corrected(&plant(), &NoKnowledge, said, 1)
}

/// The addresses of all devices, by their last bytes.
fn devices(found: &Resolution) -> Vec<(Vec<u8>, Vec<u8>)> {
    let last = |host: Host| match host {
        Host::Mac(mac) => mac.0[5],
        Host::Ip(std::net::IpAddr::V4(ip)) => ip.octets()[3],
        Host::Ip(_) => 0,
    };
    let of = |asset: &model::Asset| {
        let macs = asset.macs.iter().map(|mac| last(Host::Mac(*mac))).collect();
        (macs, asset.ips.iter().map(|ip| last(Host::Ip(*ip))).collect())
    };
    found.assets.iter().map(of).collect()
}

fn own(found: &Resolution, host: Host) -> Option<Bond> {
    Bond::own(host, &found.assets[found.position(host, 0).unwrap()])
}

fn same(found: &Resolution, one: Host, other: Host) -> Option<Bond> {
    let at = |host| &found.assets[found.position(host, 0).unwrap()];
    Bond::same(at(one), at(other))
}

#[test]
fn an_address_of_its_own_leaves_its_device() {
    let mut said = Corrections::default();
    let before = found(&said);
    let all = [(vec![5], vec![5, 6]), (vec![7, 8], vec![7, 8]), (vec![9], vec![9])];
    assert_eq!(devices(&before), all);
    let bond = own(&before, ip(6)).unwrap();
    said.tie(tie(bond.clone())).unwrap();
    let after = found(&said);
    assert_eq!(devices(&after)[..2], [(vec![5], vec![5]), (vec![], vec![6])]);
    assert_eq!(after.assets[1].id, "10.0.0.6");
    assert!(!after.assets[1].silent, "what it sent stays its own");
    said.tie(Tie { holds: false, ..tie(bond) }).unwrap();
    assert_eq!(devices(&found(&said)), all, "taken back");
}

#[test]
fn a_mac_of_its_own_keeps_its_addresses() {
    let mut said = Corrections::default();
    said.tie(tie(own(&found(&said), mac(8)).unwrap())).unwrap();
    let after = found(&said);
    assert_eq!(devices(&after)[1..3], [(vec![7], vec![7]), (vec![8], vec![8])]);
    // Each keeps what it stated.
    assert!(after.assets[1..3].iter().all(|one| one.value(Attribute::Serial) == Some("SN-4711")));
    assert_eq!(own(&after, mac(8)), None, "it is alone already: its addresses can go");
    assert_eq!(own(&after, ip(9)).unwrap().hosts().collect::<Vec<_>>(), [ip(9), mac(9)]);
    assert_eq!(Bond::own(ip(5), &after.assets[1]), None, "another device's address");
}

#[test]
fn two_devices_become_one() {
    let mut said = Corrections::default();
    let bond = same(&found(&said), ip(9), ip(5)).unwrap();
    assert_eq!(bond, Bond::Same { one: mac(5), other: mac(9) });
    said.tie(tie(bond.clone())).unwrap();
    let after = found(&said);
    assert_eq!(devices(&after), [(vec![5, 9], vec![5, 6, 9]), (vec![7, 8], vec![7, 8])]);
    assert!(after.assets[0].merges.iter().any(|merge| merge.why == "said"));
    assert_eq!(same(&after, ip(9), ip(5)), None, "they are one already");
    said.tie(Tie { holds: false, ..tie(bond) }).unwrap();
    assert_eq!(found(&said).assets.len(), 3);
}

#[test]
fn what_contradicts_is_refused() {
    let mut said = Corrections::default();
    let before = found(&said);
    let six = own(&before, ip(6)).unwrap();
    said.tie(tie(six.clone())).unwrap();
    let after = found(&said);
    let back = same(&after, ip(6), ip(5)).unwrap();
    let refused = said.tie(tie(back)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "ada said otherwise: 10.0.0.6 is a device of its own; take that back first"
    );
    // Nor over a third one.
    said.tie(tie(same(&after, ip(6), ip(7)).unwrap())).unwrap();
    let found = found(&said);
    assert_eq!(devices(&found)[1], (vec![7, 8], vec![6, 7, 8]));
    let third = same(&found, ip(7), ip(5)).unwrap();
    assert!(matches!(said.tie(tie(third)), Err(TieRefused::Contradicts(_))));
    // And the other way round: one device by people's word does not fall apart by another.
    let apart = own(&found, ip(6)).unwrap();
    let refused = said.tie(tie(apart)).unwrap_err().to_string();
    assert!(refused.contains("10.0.0.6 are one device"), "{refused}");
    let (one, other) = (&found.assets[0], &found.assets[1]);
    assert_eq!(said.ties().between(one, other).unwrap().bond, six);
}

#[derive(Clone, Debug)]
enum Step {
    Same(usize, usize),
    Own(usize),
    Back(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let host = 0..HOSTS.len() * 2;
    let step = prop_oneof![
        (host.clone(), host.clone()).prop_map(|(a, b)| Step::Same(a, b)),
        host.clone().prop_map(Step::Own),
        host.prop_map(Step::Back),
    ];
    prop::collection::vec(step, 0..12)
}

proptest! {
    /// Whatever people say in whatever order: all that holds is so, and every address is of one
    /// device.
    #[test]
    fn what_is_held_is_so(steps in steps()) {
        let all: Vec<Host> = HOSTS.iter().flat_map(|(i, m)| [ip(*i), mac(*m)]).collect();
        let mut said = Corrections::default();
        for step in steps {
            let now = found(&said);
            let bond = match step {
                Step::Same(a, b) => same(&now, all[a], all[b]),
                Step::Own(at) => own(&now, all[at]),
                Step::Back(at) => said.ties().iter().nth(at).map(|tie| tie.bond.clone()),
            };
            let Some(bond) = bond else { continue };
            let _refused = said.tie(Tie { holds: !matches!(step, Step::Back(_)), ..tie(bond) });
        }
        let now = found(&said);
        let at = |host| now.position(host, 0).unwrap();
        for tie in said.ties().iter() {
            match &tie.bond {
                Bond::Same { one, other } => prop_assert_eq!(at(*one), at(*other)),
                Bond::Own { one, apart } => {
                    prop_assert!(apart.iter().all(|host| at(*host) != at(*one)));
                }
            }
        }
        let held: usize = now.assets.iter().map(|one| one.macs.len() + one.ips.len()).sum();
        prop_assert_eq!(held, 9);
    }
}
