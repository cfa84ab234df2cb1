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

/// What states a value stands in its frames, the old value before the work and the new one after.
#[test]
fn frames_of_changes_are_the_devices_own() {
    for seed in 1..6 {
        let capture = made(Scenario::Maintenance, seed);
        assert!(capture.truth.attacks.is_empty() && capture.truth.incidents.is_empty());
        assert_eq!(capture.truth.assets.len(), 22, "one drive more");
        let [update, exchange] = &capture.truth.changes[..] else {
            panic!("seed {seed}: {:?}", capture.truth.changes)
        };
        assert_eq!((&*update.kind, &*update.attribute), ("firmware", "firmware"));
        assert_eq!((&*exchange.kind, &*exchange.attribute), ("device", "serial"));
        assert_eq!(update.asset, update.before);
        assert_ne!(exchange.asset, exchange.before);
        let at = |number: &u64| capture.frames[usize::try_from(*number).unwrap() - 1].at;
        let seconds = |change: &range::Change| {
            let times = change.old_frames.last().map(at).zip(change.new_frames.first().map(at));
            times.map(|(old, new)| new.since_ns(old) / 1_000_000_000).unwrap()
        };
        assert!(seconds(update) >= 60 && seconds(exchange) >= 180, "seed {seed}");
        let now = capture.truth.assets.iter().find(|asset| asset.id == update.asset).unwrap();
        assert_eq!(now.firmware.as_ref(), Some(&update.to));
        for change in [update, exchange] {
            let silent = capture.frames.iter().filter(|frame| {
                let mac: Vec<String> =
                    frame.bytes[6..12].iter().map(|byte| format!("{byte:02x}")).collect();
                let time = frame.at.0 / 1_000_000_000;
                let clock = |text: &str| -> i64 {
                    let parts: Vec<i64> =
                        text.get(11..19).unwrap().split(':').map(|n| n.parse().unwrap()).collect();
                    parts[0] * 3_600 + parts[1] * 60 + parts[2]
                };
                mac.join(":") == change.before
                    && (clock(&change.off) + 1..clock(&change.on)).contains(&(time % 86_400))
            });
            assert_eq!(silent.count(), 0, "seed {seed}: {} is switched off", change.before);
        }
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
