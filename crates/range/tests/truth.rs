//! The truth tells what the frames show.

use range::{Capture, Options, Scenario, Truth, generate};

fn made(scenario: Scenario, seed: u64) -> Capture {
    generate(&Options { scenario, seed, ..Options::default() })
}

#[test]
fn a_normal_day_has_no_attack() {
    let truth = made(Scenario::Normal, 1).truth;
    assert!(truth.attacks.is_empty() && truth.incidents.is_empty());
    assert_eq!(truth.assets.len(), 21);
}

/// Whatever the seed, the attack reaches its end, step by step.
#[test]
fn attacks_reach_their_end() {
    for seed in 1..12 {
        for (scenario, techniques) in [
            (Scenario::Overflow, &["T0846", "T0888", "T0878", "T0855", "T0836", "T0831"][..]),
            (Scenario::Takeover, &["T0846", "T0888", "T0845", "T0843", "T0858"]),
        ] {
            let capture = made(scenario, seed);
            let mut seen: Vec<&str> =
                capture.truth.attacks.iter().map(|attack| attack.technique.as_str()).collect();
            seen.dedup();
            assert_eq!(seen, techniques, "{scenario:?}, seed {seed}");
            let [incident] = &capture.truth.incidents[..] else {
                panic!("{scenario:?}, seed {seed}: {:?}", capture.truth.incidents)
            };
            assert_eq!(incident.path[0], incident.entry);
            assert!(incident.at > capture.truth.attacks[0].first);
        }
    }
}

/// The frames named are those of the attacker: they carry its address, or the router's question
/// for an address that it tried.
#[test]
fn frames_of_attacks_are_the_attackers() {
    for scenario in [Scenario::Overflow, Scenario::Takeover] {
        let capture = made(scenario, 4);
        let mut all = 0;
        for attack in &capture.truth.attacks {
            let source: Vec<u8> = attack.source.split('.').map(|n| n.parse().unwrap()).collect();
            assert!(attack.first <= attack.last && !attack.targets.is_empty());
            for number in &attack.frames {
                let frame = &capture.frames[usize::try_from(*number).unwrap() - 1].bytes;
                let arp = frame[16..18] == [8, 6];
                assert!(arp || frame.windows(4).any(|bytes| bytes == source), "{number}");
                all += 1;
            }
        }
        let others = capture.frames.iter().zip(1u64..).filter(|(frame, number)| {
            let named = capture.truth.attacks.iter().any(|a| a.frames.contains(number));
            frame.attack.is_some() != named
        });
        assert_eq!(others.count(), 0);
        assert!(all > 40, "{all}");
    }
}

#[test]
fn truth_can_be_read_back() {
    for scenario in Scenario::ALL {
        let truth = generate(&Options { scenario, minutes: 3, ..Options::default() }).truth;
        let text = serde_json::to_string_pretty(&truth).unwrap();
        assert_eq!(serde_json::from_str::<Truth>(&text).unwrap(), truth);
    }
}
