//! Full tables: what finds no room is counted, and what is there goes on counting.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use model::{Model, ModelLimits};
use proptest::prelude::*;
use vocab::{
    Access, Batch, BatchRoom, FrameId, Host, HostTraits, LossKind, Mac, OpSum, ProtoId, Role, Talk,
    TargetSeen, Transport, Ts,
};

const FRAME: FrameId = FrameId { file: 0, number: 1 };

fn talk(number: u8) -> Talk {
    let traits = |mac| HostTraits {
        mac: Mac([mac; 6]),
        packets: 1,
        bytes: 60,
        ttl: 64,
        listens: false,
        first: Ts(1),
        last: Ts(1),
        frame: FRAME,
    };
    Talk {
        client: Host::Ip([10, 0, 0, 9].into()),
        server: Host::Ip([10, 0, 0, number].into()),
        certain: true,
        proto: Some(ProtoId(1)),
        main: true,
        transport: Transport::Tcp,
        port: 502,
        vlan: 0,
        from_client: traits(2),
        from_server: traits(4),
        first: Ts(1),
        last: Ts(1),
        frame: FRAME,
    }
}

fn operation(talk: u32, code: u32) -> OpSum {
    OpSum {
        talk,
        proto: ProtoId(1),
        code,
        sub: None,
        role: Role::Request,
        count: 2,
        errors: 0,
        paired: 0,
        latency_ns_sum: 0,
        latency_ns_max: 0,
        first: Ts(1),
        last: Ts(1),
        frame: FRAME,
    }
}

fn target(talk: u32, index: u64) -> TargetSeen {
    TargetSeen {
        talk,
        proto: ProtoId(1),
        code: 1,
        access: Access::Observe,
        role: Role::Request,
        unit: None,
        area: 1,
        index,
        count: 0,
        extra: 0,
        name: vocab::Text::default(),
        touched: 1,
        frame: FRAME,
        first: Ts(1),
        last: Ts(1),
    }
}

/// Four conversations, each with six operations of its own and six targets.
fn apply(model: &mut Model) {
    for server in 0..4 {
        let mut batch = Batch::new(&BatchRoom::small());
        let at = batch.talks.push(talk(server)).unwrap();
        for number in 0..6 {
            batch.ops.push(operation(at, u32::from(server) * 6 + number)).unwrap();
            batch.targets.push(target(at, u64::from(number))).unwrap();
        }
        model.apply(&batch);
    }
}

fn held(model: &Model) -> (Vec<usize>, Vec<usize>) {
    let each = model.conversations.iter();
    each.map(|(_, one)| (one.operations.len(), one.targets.len())).unzip()
}

fn lost(model: &Model) -> [u64; 2] {
    [LossKind::OperationsFull, LossKind::TargetsFull]
        .map(|kind| model.losses.get(&kind).copied().unwrap_or(0))
}

#[test]
fn rows_of_conversations_are_bounded_one_by_one_and_in_all() {
    let limits = ModelLimits {
        targets: 4,
        targets_in_all: 10,
        operations: 5,
        operations_in_all: 12,
        ..ModelLimits::default()
    };
    let mut model = Model::new(limits, &[]);
    apply(&mut model);
    assert_eq!(held(&model), (vec![5, 5, 2, 0], vec![4, 4, 2, 0]));
    assert_eq!(model.operations.len(), 12);
    // Operations, two times each: two find no room in their conversation, twelve none in the sums.
    assert_eq!(lost(&model), [2 * (2 + 12), 24 - 10]);
    // What is there goes on counting, also after it was counted anew.
    model.count_rows();
    apply(&mut model);
    assert_eq!(held(&model), (vec![5, 5, 2, 0], vec![4, 4, 2, 0]));
    let first = model.conversations.iter().next().unwrap().1;
    assert!(first.operations.iter().all(|(_, seen)| seen.at.count == 4));
}

#[test]
fn within_the_limits_nothing_is_lost() {
    let mut model = Model::new(ModelLimits::default(), &[]);
    apply(&mut model);
    assert_eq!(held(&model), (vec![6; 4], vec![6; 4]));
    assert_eq!(lost(&model), [0, 0]);
}

/// The targets that a conversation with room for four keeps: code, position, name, count. Code 1
/// reads, 2 writes.
fn kept(touched: &[(u32, u64, &str)]) -> Vec<(u32, u64, String, u64)> {
    let limits = ModelLimits { targets: 4, ..ModelLimits::default() };
    let mut model = Model::new(limits, &[]);
    for (code, index, name) in touched {
        let mut batch = Batch::new(&BatchRoom::small());
        let at = batch.talks.push(talk(1)).unwrap();
        let name = batch.intern(name.as_bytes());
        let access = if *code == 1 { Access::Read } else { Access::Write };
        let seen = TargetSeen { code: *code, access, name, ..target(at, *index) };
        batch.targets.push(seen).unwrap();
        model.apply(&batch);
    }
    let counted: u64 = model.losses.get(&LossKind::TargetsFull).copied().unwrap_or(0);
    let of = model.conversations.values().next().unwrap();
    let rows = of.targets.iter();
    let mut kept: Vec<_> = rows
        .map(|(key, total)| {
            (key.code, key.index, model.names.get(key.name).to_owned(), total.at.count)
        })
        .collect();
    kept.sort();
    assert_eq!(counted == 0, touched.len() as u64 == kept.iter().map(|row| row.3).sum());
    kept
}

#[test]
fn what_was_written_stays_where_there_is_no_room_for_all() {
    let reads = (0..9).map(|index| (1, index, ""));
    let all: Vec<_> = reads.chain([(2, 7, ""), (2, 8, "x")]).collect();
    let row = |code, index, name: &str| (code, index, name.to_owned(), 1);
    assert_eq!(kept(&all), [row(1, 0, ""), row(1, 1, ""), row(2, 7, ""), row(2, 8, "x")]);
}

#[test]
fn names_of_targets_that_gave_way_fill_no_memory() {
    let limits = ModelLimits { targets: 4, targets_in_all: 16, ..ModelLimits::default() };
    let mut model = Model::new(limits, &[]);
    // Each goes before all that are there.
    for number in (0..200).rev() {
        let mut batch = Batch::new(&BatchRoom::small());
        let at = batch.talks.push(talk(1)).unwrap();
        let name = batch.intern(format!("{number:03}").as_bytes());
        batch.targets.push(TargetSeen { name, ..target(at, 1) }).unwrap();
        model.apply(&batch);
    }
    assert!(model.names.len() <= 16);
    assert_eq!(held(&model).1, [4]);
    assert_eq!(lost(&model)[1], 200 - 4);
}

proptest! {
    #[test]
    fn which_targets_stay_does_not_depend_on_their_order(
        touched in prop::collection::vec(
            (1_u32..3, 0_u64..4, prop::sample::select(vec!["", "a", "b", "c"])), 1..40),
        seed in any::<u64>(),
    ) {
        let one = kept(&touched);
        let mut other = touched;
        other.sort_by_cached_key(|(code, index, name)| {
            let text = name.bytes().map(u64::from).sum::<u64>();
            (u64::from(*code) * 31 + index * 17 + text).wrapping_mul(seed | 1)
        });
        prop_assert_eq!(kept(&other), one);
    }
}
