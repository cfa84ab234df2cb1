use dissect::{Engine, FactCx, FlowShare, Limits, Sink, Registry};
use std::collections::BTreeMap;
use vocab::Fact;
#[derive(Default)]
struct D(BTreeMap<(u16, &'static str), u64>);
impl Sink for D { fn fact(&mut self, c: &FactCx<'_>, f: &Fact<'_>) { *self.0.entry((c.proto.0, match f { Fact::Op(o) => o.role.key(), Fact::Item(_) => "item", Fact::Attr(_) => "attr", Fact::Bind(_) => "bind", Fact::Fault(_) => "fault" })).or_default() += 1; }
 fn share(&mut self, _: &FlowShare<'_>) {} }
fn main() {
    let p: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let mut i = capture::Inputs::open(&p); let mut b = capture::Block::new();
    let mut e = Engine::<protocols::Protocols>::new(Limits::default()); let mut s = D::default();
    loop { i.fill(&mut b); if b.is_empty() { break; } for f in b.frames() { e.handle_frame(&f, &mut s); } }
    e.finish(&mut s);
    for ((p, k), n) in s.0 { println!("{:12} {k:9} {n}", protocols::Protocols::spec(vocab::ProtoId(p)).unwrap().key); }
}
