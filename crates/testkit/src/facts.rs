//! Facts as text, one per line: what tests compare.

use dissect::{FactCx, FlowShare, Registry, Sink};
use std::marker::PhantomData;
use vocab::{Fact, FrameId, Op, Part, Role, Show, Spec, Status, Subject, Value};

/// Writes facts down.
///
/// ```text
/// modbus > read_holding_registers(3) unit=1 start=0 quantity=2      request
/// modbus < read_holding_registers(3) unit=1 start=0 quantity=2 ok value=1,2    answer, paired
///          holding_register[0..1] = 1,2                             target of the line above
/// goose  * publish(0) …                                             event
/// lldp   @ name "PLC-3" (LLDP system name)                          attribute of the sender
/// arp    = 02:00:00:00:00:05 10.0.0.5                               addresses that belong together
/// modbus ! bad_length                                               fault
/// ```
#[derive(Debug)]
pub struct Facts<R> {
    /// The text.
    pub text: String,
    verbose: bool,
    registry: PhantomData<R>,
}

impl<R> Default for Facts<R> {
    fn default() -> Self {
        Self { text: String::new(), verbose: false, registry: PhantomData }
    }
}

impl<R> Facts<R> {
    /// Header faults and shares too.
    pub fn verbose() -> Self {
        Self { verbose: true, ..Self::default() }
    }
}

impl<R: Registry> Sink for Facts<R> {
    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>) {
        let Some(spec) = R::spec(cx.proto) else { return };
        let key = spec.key;
        let line = match fact {
            Fact::Op(op) => format!("{key} {}", operation(spec, op, cx)),
            Fact::Item(item) => {
                let mut line = format!("{:>width$}  {}", "", item.target, width = key.len());
                if item.value != Value::None {
                    line += &format!(" = {}", shown(item.value));
                }
                line + &status(spec, item.status)
            }
            Fact::Attr(attr) => {
                let value = String::from_utf8_lossy(attr.value);
                let of = subject(attr.of);
                format!("{key} @ {} {value:?} ({}){of}", attr.spec.attr.key(), attr.spec.source)
            }
            Fact::Bind(bind) => format!("{key} = {} {}", bind.mac, bind.ip),
            Fact::Fault(fault) => format!("{key} ! {}", fault.spec.key),
        };
        self.text += &line;
        self.text.push('\n');
    }

    fn share(&mut self, share: &FlowShare<'_>) {
        if self.verbose {
            let [up, down] = share.ends;
            let protos: Vec<_> = share.protos.iter().map(|p| (p.proto, p.messages)).collect();
            self.text += &format!(
                "share {}:{} {}:{} client={:?} packets={},{} {protos:?}\n",
                up.host,
                up.port,
                down.host,
                down.port,
                share.client,
                up.traits.packets,
                down.traits.packets
            );
        }
    }

    fn header_fault(&mut self, layer: &'static str, fault: &'static str, _frame: FrameId) {
        if self.verbose {
            self.text += &format!("{layer} ! {fault}\n");
        }
    }
}

fn operation(spec: &Spec, op: &Op<'_>, cx: &FactCx<'_>) -> String {
    let known = spec.operation(op.code, op.sub);
    let mark = match op.role {
        Role::Request => '>',
        Role::Response => '<',
        Role::Event => '*',
    };
    let name = known.map_or("unknown", |known| known.name);
    let mut line = format!("{mark} {name}({}", op.code);
    if let Some(sub) = op.sub {
        line += &format!(".{sub}");
    }
    line.push(')');
    if let Some(unit) = op.unit {
        line += &format!(" unit={unit}");
    }
    let args = known.map_or(&[][..], |known| known.args);
    for (arg, value) in args.iter().zip(op.args.into_iter().flatten()) {
        line += &match arg.show {
            _ if arg.name == "_" => String::new(),
            Show::Dec => format!(" {}={value}", arg.name),
            Show::Hex => format!(" {}=0x{value:x}", arg.name),
        };
    }
    line += &status(spec, op.status);
    if op.value != Value::None {
        line += &format!(" value={}", shown(op.value));
    }
    if cx.pair.is_some() {
        line += " paired";
    }
    line
}

fn shown(value: Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
        _ => value.to_string(),
    }
}

fn status(spec: &Spec, status: Status) -> String {
    match status {
        Status::None => String::new(),
        Status::Ok => " ok".to_owned(),
        Status::Error(code) => {
            format!(" error={code} {}", spec.status_name(code).unwrap_or("unknown"))
        }
    }
}

fn subject(of: Subject) -> String {
    let part = |part: Part| format!("{} {}", part.kind, part.number);
    match of {
        Subject::Sender => String::new(),
        Subject::Receiver => " of the receiver".to_owned(),
        Subject::Host(host) => format!(" of {host}"),
        Subject::SenderPart(p) => format!(" of {}", part(p)),
        Subject::ReceiverPart(p) => format!(" of the receiver's {}", part(p)),
    }
}
