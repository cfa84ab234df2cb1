use dissect::{Engine, FactCx, FlowShare, Limits, Sink};
use vocab::Fact;
#[derive(Default)]
struct Null(u64, u64, u64, u64);
impl Sink for Null {
    fn fact(&mut self, _: &FactCx<'_>, f: &Fact<'_>) {
        match f {
            Fact::Op(_) => self.0 += 1,
            _ => self.1 += 1,
        }
    }
    fn share(&mut self, s: &FlowShare<'_>) {
        for e in s.ends {
            self.2 += e.traits.packets;
        }
        self.3 += 1;
    }
}
fn main() {
    let flows: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let p: Vec<std::path::PathBuf> = std::env::args().skip(2).map(Into::into).collect();
    let mut i = capture::Inputs::open(&p);
    let mut b = capture::Block::new();
    let mut e = Engine::<protocols::Protocols>::new(Limits { flows, ..Limits::default() });
    let mut s = Null::default();
    let mut n = 0u64;
    loop {
        i.fill(&mut b);
        if b.is_empty() {
            break;
        }
        for f in b.frames() {
            if decode::spread(&f) % 2 == 0 {
                n += 1;
                e.handle_frame(&f, &mut s)
            }
        }
    }
    e.finish(&mut s);
    println!(
        "{n} ops {} other {} packets {} shares {} {:?}",
        s.0,
        s.1,
        s.2,
        s.3,
        e.take_losses().collect::<Vec<_>>()
    );
}
