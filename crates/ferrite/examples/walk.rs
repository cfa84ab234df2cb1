use dissect::{Engine, FactCx, FlowShare, Limits, Sink, Registry};
use vocab::Fact;
#[derive(Default)]
struct Null(u64, u64, u64, u64);
impl Sink for Null { fn fact(&mut self, _: &FactCx<'_>, f: &Fact<'_>) { match f { Fact::Op(_) => self.0 += 1, _ => self.1 += 1 } }
 fn share(&mut self, s: &FlowShare<'_>) { for e in s.ends { self.2 += e.traits.packets; } self.3 += 1; } }
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let p: Vec<std::path::PathBuf> = std::env::args().skip(2).map(Into::into).collect();
    let mut i = capture::Inputs::open(&p);
    let mut b = capture::Block::new();
    let l = Limits::default();
    let mut e = Engine::<protocols::Protocols>::new(l);
    let mut s = Null::default();
    let mut o = observe::Observer::new(&observe::Room::for_flows(l.flows), protocols::Protocols::SPECS);
    let mut m = model::Model::new(model::ModelLimits::default(), protocols::Protocols::SPECS);
    let mut drains = 0; let mut obs = [0u64; 8];
    loop {
        i.fill(&mut b);
        if b.is_empty() { break; }
        for f in b.frames() {
            if mode == "null" { e.handle_frame(&f, &mut s); } else {
                e.handle_frame(&f, &mut o);
                if o.is_ripe() { e.report(&mut o); o.seal(std::iter::empty());
                    for x in o.batch().items() { obs[match x { vocab::Observation::Talk(_) => 0, vocab::Observation::Op(_) => 1, vocab::Observation::Target(_) => 2, vocab::Observation::Attr(_) => 3, vocab::Observation::Bind(_) => 4, _ => 5 }] += 1; }
                    if mode == "model" { m.apply(o.batch()); } o.clear(true); drains += 1; }
            }
        }
    }
    e.finish(&mut s);
    println!("ops {} other {} packets {} shares {} drains {drains} {obs:?}", s.0, s.1, s.2, s.3);
    if mode == "model" { println!("conv {} targets {} ops {} attrs {} paths {}", m.conversations.len(), m.conversations.values().map(|c| c.targets.len()).sum::<usize>(), m.conversations.values().map(|c| c.operations.len()).sum::<usize>(), m.attributes.len(), m.paths.len()); }
}
