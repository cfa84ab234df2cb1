//! What holds of every plant.

use super::*;
use proptest::prelude::*;

/// A small plant: firmware and zone of each controller, contacts between devices.
type Sketch = (Vec<(u8, u8)>, Vec<(u8, u8, u8)>);

fn sketch() -> impl Strategy<Value = Sketch> {
    let devices = proptest::collection::vec((0u8..4, 0u8..4), 1..7);
    let contacts = proptest::collection::vec((0u8..8, 0u8..8, 0u8..6), 0..14);
    (devices, contacts)
}

fn drawn((devices, contacts): &Sketch) -> (Resolution, Vec<Contact>) {
    const ZONES: [&str; 4] = ["cell-1", "cell-2", "it", "internet"];
    const CLASSES: [Access; 6] = [
        Access::Observe,
        Access::Read,
        Access::Write,
        Access::Control,
        Access::Program,
        Access::Admin,
    ];
    let assets: Vec<Asset> = devices
        .iter()
        .enumerate()
        .map(|(at, (minor, zone))| {
            let mut asset =
                plc(&format!("d{at}"), ZONES[usize::from(*zone)], &format!("V4.{minor}.0"));
            asset.purdue = Some((if *zone == 2 { 4 } else { 1 }, "controls"));
            asset
        })
        .collect();
    let count = assets.len();
    let contacts = contacts
        .iter()
        .map(|(a, b, class)| {
            let ends = (usize::from(*a) % count, usize::from(*b) % count);
            contact(ends.0, ends.1, CLASSES[usize::from(*class)])
        })
        .filter(|contact| contact.client != contact.server)
        .collect();
    (plant(assets), contacts)
}

fn advisories(many: usize) -> Vec<Advisory> {
    let one = |number: usize| {
        let below = format!("V4.{}.0", 1 + number % 4);
        advisory(
            number,
            &below,
            if number.is_multiple_of(3) { EASY } else { HARD },
            number.is_multiple_of(2),
        )
    };
    (0..many).map(one).collect()
}

/// Nothing in `after` is riskier than in `before`.
fn no_worse(before: &Assessment, after: &Assessment) -> bool {
    let zone = |by: &Assessment, name: &str| {
        by.zones.iter().find(|zone| zone.zone == name).map_or(0.0, |zone| zone.risk)
    };
    after.risk <= before.risk + 1e-9
        && after
            .assets
            .iter()
            .all(|asset| before.asset(&asset.id).is_some_and(|own| asset.risk <= own.risk + 1e-9))
        && after.zones.iter().all(|own| own.risk <= zone(before, &own.zone) + 1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn one_more_vulnerability_never_lowers(sketch in sketch(), many in 0usize..8) {
        let (plant, contacts) = drawn(&sketch);
        let few = judged(&plant, &contacts, &advice(advisories(many), &[]), &today());
        let more = judged(&plant, &contacts, &advice(advisories(many + 1), &[]), &today());
        prop_assert!(no_worse(&more, &few));
    }

    #[test]
    fn less_contact_never_raises(sketch in sketch(), gone in 0usize..14) {
        let (plant, contacts) = drawn(&sketch);
        let advice = advice(advisories(5), &[]);
        let before = judged(&plant, &contacts, &advice, &today());
        let mut less = contacts.clone();
        if !less.is_empty() {
            less.remove(gone % less.len());
        }
        prop_assert!(no_worse(&before, &judged(&plant, &less, &advice, &today())));
        // What a step promises is never a rise.
        prop_assert!(before.steps.iter().all(|step| step.after <= step.before + 1e-9));
    }
}
