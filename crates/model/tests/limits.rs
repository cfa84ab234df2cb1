//! Full tables: what finds no room is counted, and what is there goes on counting.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use model::{Model, ModelLimits};
use vocab::{
    Batch, BatchRoom, FrameId, Host, HostTraits, LossKind, Mac, OpSum, ProtoId, Role, Talk,
    TargetSeen, Transport, Ts,
};

const FRAME: FrameId = FrameId { file: 0, number: 1 };

fn talk(number: u8) -> Talk {
    let traits =
        |mac| HostTraits { mac: Mac([mac; 6]), packets: 1, bytes: 60, ttl: 64, listens: false };
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
