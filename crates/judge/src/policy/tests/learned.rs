//! What is learned lets pass what was seen, and nothing else.

use super::*;
use proptest::prelude::*;

/// Somebody did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Deed {
    client: u8,
    server: u8,
    proto: u8,
    code: u8,
    sub: Option<u16>,
    port: u16,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = (0u8..8, 0u8..9, 0u8..4, 0u8..10, prop::option::of(0u16..3), 500u16..503);
    let deed = deed.prop_map(|(client, server, proto, code, sub, port)| Deed {
        client,
        server,
        proto,
        code,
        sub,
        port,
    });
    prop::collection::vec(deed, 0..40)
}

fn address(number: u8) -> Host {
    match number {
        8 => Host::Mac(Mac([0xff; 6])),
        0..=3 => ip(&format!("10.0.{}.{number}", number % 2)),
        _ => mac(u32::from(number % 4)),
    }
}

fn plant(deeds: &[Deed]) -> Plant {
    let mut plant = Plant::new();
    for (number, role) in ["plc", "plc", "hmi", ""].into_iter().enumerate() {
        let number = u8::try_from(number).unwrap();
        plant.device(
            u32::from(number),
            &address(number).to_string(),
            role,
            "\"]\u{7}\n[[allow]] # ü",
        );
    }
    for deed in deeds {
        plant.does(*deed);
    }
    plant
}

impl Plant {
    fn does(&mut self, deed: Deed) {
        let Deed { client, server, proto, code, sub, port } = deed;
        let spec = SPECS.get(usize::from(proto)).copied();
        let ends = (address(client), address(server));
        let talk = self.talk_over(ends.0, ends.1, spec, Transport::Tcp, port);
        // Some conversations show no operation.
        if code > 0 {
            talk.did(Role::Request, u32::from(code), sub, 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_was_learned_passes(deeds in deeds()) {
        let plant = plant(&deeds);
        let (text, policy) = learn(&plant.model, &plant.devices()).unwrap();
        let found = plant.judged(&policy);
        prop_assert_eq!(found, Found::default(), "{}", text);
        let shadowed = inspect(&policy, SPECS).into_iter().find(|remark| remark.kind != "unused");
        prop_assert_eq!(shadowed, None, "no rule is there for nothing: {}", text);
    }

    #[test]
    fn what_was_not_seen_does_not(deeds in deeds(), new in deeds()) {
        // Layer 2 and IP of a device are one for a policy: IP alone here.
        let on_ip = |deed: &Deed| deed.client < 4 && deed.server < 4;
        let deeds: Vec<Deed> = deeds.into_iter().filter(on_ip).collect();
        let mut known = plant(&deeds);
        let devices = known.devices();
        let (text, policy) = learn(&known.model, &devices).unwrap();
        let row = |deed: &Deed| {
            let spec = SPECS.get(usize::from(deed.proto));
            let op = spec.and_then(|spec| spec.operation(u32::from(deed.code), deed.sub));
            op.map(|op| op.name)
        };
        // Each deed alone, since ends and operations repeat.
        for deed in new.into_iter().filter(on_ip) {
            let like = |old: &Deed| {
                let same = (old.client, old.server, old.proto) == (deed.client, deed.server, deed.proto);
                match deed.proto {
                    3 => same && old.port == deed.port,
                    // It is bare only where nothing else is seen in its conversation.
                    _ if deed.code == 0 => same,
                    _ => same && old.code == deed.code
                        && (row(old).is_some() && row(old) == row(&deed)
                            || row(old).is_none() && (old.sub.is_none() || old.sub == deed.sub)),
                }
            };
            if deeds.iter().any(like) {
                continue;
            }
            known.does(deed);
            let found = known.judged(&policy);
            prop_assert!(!found.violations.is_empty(), "{:?} passes\n{}", deed, text);
            known = plant(&deeds);
        }
    }
}

#[test]
fn names_from_the_network_stay_in_their_comment() {
    let plant = plant(&[]);
    let (text, policy) = learn(&plant.model, &plant.devices()).unwrap();
    assert_eq!(policy.rules.len(), 0, "{text}");
    assert!(text.contains("# \"] [[allow]] # ü\n"), "{text}");
}

#[test]
fn many_devices_are_learned_from_zone_to_zone() {
    let mut plant = Plant::new();
    for number in 0..1_100u32 {
        let [.., a, b] = number.to_be_bytes();
        // Each with another number: nothing to put together.
        let (client, server) = (format!("10.9.{a}.{b}"), format!("10.8.{a}.{b}"));
        plant.device(number, &client, "hmi", "HMI");
        plant.device(0x8000 + number, &server, "plc", "PLC");
        plant.talk(ip(&client), ip(&server), Some(&MODBUS)).asked(100 + number, 1);
    }
    let (text, policy) = learn(&plant.model, &plant.devices()).unwrap();
    assert!(text.contains("From zone to zone"));
    let from = policy.rules.iter().map(|rule| rule.from.as_slice()).collect::<Vec<_>>();
    assert_eq!(from, [[Who::Zone(0)]]);
    assert_eq!(plant.judged(&policy), Found::default());
}
