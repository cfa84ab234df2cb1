//! Batches of several threads come in any order.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use model::{Model, ModelLimits, NoKnowledge, resolve};
use vocab::{
    AttrSeen, AttrSpec, Attribute, Batch, BatchRoom, FrameId, Host, Mac, Part, ProtoId, Ts,
};

static SPECS: [AttrSpec; 2] = [
    AttrSpec::new(Attribute::Name, "called name", 90, "§1"),
    AttrSpec::new(Attribute::Name, "calling name", 90, "§1"),
];

fn stated(spec: &'static AttrSpec, part: Option<Part>) -> Batch {
    let mut batch = Batch::new(&BatchRoom::small());
    let seen = AttrSeen {
        host: Host::Mac(Mac([2, 0, 0, 0, 0, 5])),
        mac: Mac([2, 0, 0, 0, 0, 5]),
        vlan: 0,
        part,
        proto: ProtoId(1),
        spec,
        value: batch.intern(b"PANEL-2"),
        count: 1,
        first: Ts(1),
        last: Ts(2),
        frame: FrameId { file: 0, number: 4 },
        offset: None,
        length: 7,
    };
    batch.attrs.push(seen).unwrap();
    batch
}

#[test]
fn evidence_stands_in_one_order() {
    let part = |kind| Some(Part { kind, number: 1 });
    let batches = [
        stated(&SPECS[0], None),
        stated(&SPECS[1], None),
        stated(&SPECS[0], part("slot")),
        stated(&SPECS[0], part("unit")),
    ];
    let told = |order: &[usize]| {
        let mut model = Model::new(ModelLimits::default(), &[]);
        for at in order {
            model.apply(&batches[*at]);
        }
        format!("{:?}", resolve(&model, &NoKnowledge).assets[0].evidence)
    };
    let one = told(&[0, 1, 2, 3]);
    assert!(one.contains("calling name") && one.contains("slot") && one.contains("unit"));
    assert_eq!(told(&[3, 2, 1, 0]), one);
    assert_eq!(told(&[1, 3, 0, 2]), one);
}
