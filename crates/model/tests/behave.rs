//! What behaviour says of makers and systems.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use model::{Model, ModelLimits, NoKnowledge, Resolution, resolve};
use vocab::{
    Attribute, Batch, BatchRoom, FrameId, Host, HostTraits, Mac, OpSum, ProtoId, Role, Spec, Talk,
    Transport, Ts,
};

static UMAS: Spec = Spec::bare(1, "umas");
static SMB: Spec = Spec::bare(2, "smb");
static SPECS: &[&Spec] = &[&UMAS, &SMB];

/// A client asks a server; both send with this time to live.
fn plant(proto: u16, ttl: u8, role: Role) -> Resolution {
    let traits = |last| HostTraits {
        mac: Mac([2, 0, 0, 0, 0, last]),
        packets: 3,
        bytes: 90,
        ttl,
        listens: false,
        first: Ts(1),
        last: Ts(2),
        frame: FrameId { file: 0, number: 4 },
    };
    let mut batch = Batch::new(&BatchRoom::small());
    let talk = Talk {
        client: Host::Ip([10, 0, 0, 9].into()),
        server: Host::Ip([10, 0, 0, 5].into()),
        certain: true,
        proto: Some(ProtoId(proto)),
        main: true,
        transport: Transport::Tcp,
        port: 502,
        vlan: 0,
        from_client: traits(9),
        from_server: traits(5),
        first: Ts(1),
        last: Ts(2),
        frame: FrameId { file: 0, number: 4 },
    };
    let at = batch.talks.push(talk).unwrap();
    let op = OpSum {
        talk: at,
        proto: ProtoId(proto),
        code: 1,
        sub: None,
        role,
        count: 2,
        errors: 0,
        paired: 0,
        latency_ns_sum: 0,
        latency_ns_max: 0,
        first: Ts(1),
        last: Ts(2),
        frame: FrameId { file: 0, number: 4 },
    };
    batch.ops.push(op).unwrap();
    let mut model = Model::new(ModelLimits::default(), SPECS);
    model.apply(&batch);
    resolve(&model, &NoKnowledge)
}

fn value(found: &Resolution, last: u8, attribute: Attribute) -> Option<&str> {
    let at = found.position(Host::Ip([10, 0, 0, last].into()), 0).unwrap();
    found.assets[at].value(attribute)
}

#[test]
fn who_answers_a_makers_protocol_is_likely_its_device() {
    let found = plant(1, 64, Role::Response);
    assert_eq!(value(&found, 5, Attribute::Vendor), Some("Schneider Electric"));
    assert_eq!(value(&found, 9, Attribute::Vendor), None, "who asks may be anybody");
    let at = found.position(Host::Ip([10, 0, 0, 5].into()), 0).unwrap();
    let choice = found.assets[at].choices.get(&Attribute::Vendor).unwrap();
    assert!(choice.confidence < 0.65);
    assert_eq!(found.assets[at].evidence[choice.evidence].frame.number, 4);
    // Asked and never answered.
    assert_eq!(value(&plant(1, 64, Role::Request), 5, Attribute::Vendor), None);
}

#[test]
fn a_time_to_live_alone_says_nothing() {
    for last in [5, 9] {
        assert_eq!(value(&plant(2, 126, Role::Response), last, Attribute::Os), Some("Windows"));
        assert_eq!(value(&plant(2, 64, Role::Response), last, Attribute::Os), None);
        assert_eq!(value(&plant(1, 128, Role::Response), last, Attribute::Os), None);
        assert_eq!(value(&plant(2, 255, Role::Response), last, Attribute::Os), None);
    }
}
