use dissect::{Engine, FactCx, Limits, Sink};
use vocab::Fact;
struct Null(u64, u64);
impl Sink for Null {
    fn fact(&mut self, _: &FactCx<'_>, f: &Fact<'_>) {
        match f {
            Fact::Op(_) => self.0 += 1,
            _ => self.1 += 1,
        }
    }
}
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let p: Vec<std::path::PathBuf> = std::env::args().skip(2).map(Into::into).collect();
    let mut i = capture::Inputs::open(&p);
    let mut b = capture::Block::new();
    let mut e = Engine::<protocols::Protocols>::new(Limits::default());
    let mut s = Null(0, 0);
    let mut n = 0u64;
    let mut x = 0u64;
    loop {
        i.fill(&mut b);
        if b.is_empty() {
            break;
        }
        for f in b.frames() {
            n += 1;
            match mode.as_str() {
                "walk" => {
                    x += f.bytes.len() as u64;
                }
                "decode" => {
                    let mut h = decode::Headers::default();
                    decode::decode(f.link, f.bytes, f.wire_len, &mut h);
                    x += h.payload.len as u64;
                }
                _ => e.handle_frame(&f, &mut s),
            }
        }
    }
    e.finish(&mut s);
    println!("{n} {x} ops {} other {} {:?}", s.0, s.1, e.take_losses().collect::<Vec<_>>());
}
