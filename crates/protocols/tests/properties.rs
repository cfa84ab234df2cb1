//! What holds for every protocol, over its cases changed at random.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use protocols::Protocols;
use testkit::Case;

fn all_cases() -> Vec<Case> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    let mut files: Vec<_> = folders.map(|f| f.unwrap().path().join("cases.md")).collect();
    files.sort();
    files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .flat_map(|text| testkit::read(&text))
        .collect()
}

fn cases() -> impl Strategy<Value = Case> {
    let all = all_cases();
    (0..all.len()).prop_map(move |at| all[at].clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_of_a_stream_gives_the_same_facts(
        case in cases(),
        cuts in prop::collection::vec(1usize..40, 1..20),
    ) {
        let difference = testkit::split_anywhere::<Protocols>(&case, &cuts);
        prop_assert!(difference.is_none(), "{}: {:#?}", case.title, difference);
    }

    #[test]
    fn truncated_frames_break_nothing(case in cases(), len in 0usize..400, sent in any::<bool>()) {
        testkit::cut_anywhere::<Protocols>(&case, len, sent);
    }

    #[test]
    fn changed_bytes_break_nothing(
        case in cases(),
        changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..8),
    ) {
        testkit::flip::<Protocols>(&case, &changes);
    }

    #[test]
    fn probes_do_not_change_their_mind(
        case in cases(),
        changes in prop::collection::vec((0usize..64, any::<u8>()), 0..4),
    ) {
        for message in case.messages() {
            let mut head: Vec<u8> = message.bytes.iter().copied().take(200).collect();
            for (position, value) in &changes {
                if let Some(byte) = head.get_mut(*position) {
                    *byte ^= value;
                }
            }
            let changed = testkit::probe_is_stable::<Protocols>(&head);
            prop_assert!(changed.is_none(), "{}: {:?}", case.title, changed);
        }
    }
}
