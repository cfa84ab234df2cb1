//! A rough analysis for working on dissectors until the real one stands.
use dissect::{Engine, FactCx, FlowShare, Limits, Registry, Sink};
use std::collections::BTreeMap;
use vocab::{Dir, Fact, Host, Subject};
#[derive(Default)]
struct S {
    ops: BTreeMap<(String, &'static str, u32, Option<u16>), u64>,
    hosts: BTreeMap<String, Vec<String>>,
    macs: BTreeMap<String, String>,
    protos: BTreeMap<String, u64>,
}
impl Sink for S {
    fn fact(&mut self, cx: &FactCx<'_>, f: Fact<'_>) {
        let spec = protocols::Protocols::spec(cx.proto).unwrap();
        match f {
            Fact::Op(o) => {
                *self.ops.entry((spec.key.into(), o.role.key(), o.code, o.sub)).or_default() += 1;
                *self.protos.entry(spec.key.into()).or_default() += 1;
            }
            Fact::Attr(a) => {
                let h = cx.headers;
                let addr = |src: bool| {
                    if h.ip_version != 0 {
                        (if src { h.src } else { h.dst }).to_ip().to_string()
                    } else {
                        (if src { h.src_mac } else { h.dst_mac }).to_string()
                    }
                };
                let who = match a.of {
                    Subject::Sender | Subject::SenderPart(_) => addr(true),
                    Subject::Receiver | Subject::ReceiverPart(_) => addr(false),
                    Subject::Host(Host::Mac(m)) => m.to_string(),
                    Subject::Host(Host::Ip(i)) => i.to_string(),
                };
                self.hosts
                    .entry(who)
                    .or_default()
                    .push(String::from_utf8_lossy(a.value).into_owned());
                if matches!(a.of, Subject::Sender) {
                    self.hosts
                        .entry(h.src_mac.to_string())
                        .or_default()
                        .push(String::from_utf8_lossy(a.value).into_owned());
                }
            }
            _ => {}
        }
    }
    fn share(&mut self, s: &FlowShare<'_>) {
        for (d, e) in [Dir::Up, Dir::Down].into_iter().zip(s.ends) {
            let _ = d;
            if e.traits.packets > 0 {
                self.hosts.entry(e.host.to_string()).or_default();
                self.macs.insert(e.traits.mac.to_string(), String::new());
            }
        }
        for p in s.protos {
            if let Some(k) = p.proto.and_then(protocols::Protocols::spec) {
                self.protos.entry(k.key.into()).or_default();
            }
        }
    }
}
fn q(s: &str) -> String {
    let mut o = String::from("\"");
    for c in s.chars() {
        match c {
            '"' | '\\' => {
                o.push('\\');
                o.push(c)
            }
            c if c.is_control() => o += &format!("\\u{:04x}", c as u32),
            c => o.push(c),
        }
    }
    o + "\""
}
fn main() {
    let p = std::env::args().nth(2).unwrap();
    let mut i = capture::Inputs::open(&[p.into()]);
    let mut b = capture::Block::new();
    let mut e = Engine::<protocols::Protocols>::new(Limits::default());
    let mut s = S::default();
    loop {
        i.fill(&mut b);
        if b.is_empty() {
            break;
        }
        for f in b.frames() {
            e.handle_frame(&f, &mut s);
        }
    }
    e.finish(&mut s);
    let mut assets: Vec<String> = s
        .hosts
        .iter()
        .map(|(h, v)| {
            let a = if h.len() == 17 && h.matches(':').count() == 5 {
                format!("\"macs\":[{}]", q(h))
            } else {
                format!("\"ips\":[{}]", q(h))
            };
            format!(
                "{{{a},\"evidence\":[{}]}}",
                v.iter().map(|v| format!("{{\"value\":{}}}", q(v))).collect::<Vec<_>>().join(",")
            )
        })
        .collect();
    assets.extend(s.macs.keys().map(|m| format!("{{\"macs\":[{}]}}", q(m))));
    let ops: Vec<String> = s.ops.iter().map(|((p, d, c, u), n)| format!("{{\"protocol\":\"{p}\",\"direction\":\"{d}\",\"code\":{c},\"subcode\":{},\"count\":{n}}}", u.map_or("null".into(), |u| u.to_string()))).collect();
    let protos: Vec<String> = s.protos.keys().map(|p| format!("{{\"id\":\"{p}\"}}")).collect();
    println!(
        "{{\"capture\":{{\"packets\":{}}},\"assets\":[{}],\"operations\":[{}],\"protocols\":[{}]}}",
        i.reports()[0].packets,
        assets.join(","),
        ops.join(","),
        protos.join(",")
    );
}
