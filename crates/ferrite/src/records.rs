//! `ferrite records`: one line per message, in time order.

use crate::cli::{RecordFormat, Records as Args};
use crate::output;
use anyhow::{Result, bail};
use capture::{Block, Inputs};
use dissect::{Engine, FactCx, Limits, Registry, Sink};
use protocols::Protocols;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::io::Write;
use std::process::ExitCode;
use vocab::{Fact, Host, Item, Op, Show, Spec, Status, Value};

/// One message.
#[derive(Debug, Serialize)]
struct Record {
    time: String,
    file: u16,
    frame: u64,
    protocol: &'static str,
    direction: &'static str,
    code: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    subcode: Option<u16>,
    name: &'static str,
    class: &'static str,
    client: String,
    server: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    args: Map<String, Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_us: Option<u64>,
    /// The request's frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<u64>,
    /// Targets beyond the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<ItemRecord>,
}

#[derive(Debug, Serialize)]
struct ItemRecord {
    target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

/// Writes records as they come.
struct Recorder<'a> {
    out: &'a mut dyn Write,
    format: RecordFormat,
    only: Option<&'static Spec>,
    open: Option<Record>,
    failed: Option<anyhow::Error>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let only = match &args.protocol {
        None => None,
        Some(key) => match Protocols::SPECS.iter().find(|spec| spec.key == key) {
            Some(spec) => Some(*spec),
            None => bail!("there is no protocol \"{key}\": `ferrite protocols` lists them"),
        },
    };
    let mut out = output::target(None)?;
    if args.format == RecordFormat::Csv {
        writeln!(out, "{}", COLUMNS.join(","))?;
    }
    let mut recorder =
        Recorder { out: &mut out, format: args.format, only, open: None, failed: None };
    let mut inputs = Inputs::open(&args.captures.paths);
    let mut block = Block::new();
    let mut engine = Engine::<Protocols>::new(Limits::default());
    while recorder.failed.is_none() {
        inputs.fill(&mut block);
        if block.is_empty() {
            break;
        }
        for frame in block.frames() {
            engine.handle_frame(&frame, &mut recorder);
        }
    }
    engine.finish(&mut recorder);
    recorder.close();
    if let Some(error) = recorder.failed {
        return Err(error);
    }
    out.flush()?;
    let mut failed = false;
    for report in inputs.reports() {
        if let Some(error) = &report.error {
            output::complain(&format!("ferrite: {}: {error}", report.path.display()));
            // One that ends early counts as read, as it does for `analyze`.
            failed |= report.packets == 0;
        }
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

impl Sink for Recorder<'_> {
    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>) {
        if self.only.is_some_and(|only| only.id != cx.proto) {
            return;
        }
        match fact {
            Fact::Op(op) => {
                self.close();
                self.open = Protocols::spec(cx.proto).map(|spec| record(cx, op, spec));
            }
            Fact::Item(item) => self.item(cx, item),
            Fact::Attr(_) | Fact::Bind(_) | Fact::Fault(_) => {}
        }
    }
}

impl Recorder<'_> {
    fn item(&mut self, cx: &FactCx<'_>, item: &Item<'_>) {
        let spec = Protocols::spec(cx.proto);
        let Some(record) = self.open.as_mut() else { return };
        let (target, value) = (item.target.to_string(), json(item.value));
        let status = spec.and_then(|spec| status(item.status, spec));
        if record.target.is_none() {
            record.target = Some(target);
            record.value = value.or(record.value.take());
            // An answer may be fine as a whole and refuse what it is about.
            let refused = matches!(item.status, Status::Error(_));
            let fine = record.status.as_deref().is_none_or(|status| status == "ok");
            if refused && fine || record.status.is_none() {
                record.status = status;
            }
        } else {
            record.items.push(ItemRecord { target, value, status });
        }
    }

    /// Writes the record at hand: no more items belong to it.
    fn close(&mut self) {
        let Some(record) = self.open.take() else { return };
        if self.failed.is_some() {
            return;
        }
        let written = match self.format {
            RecordFormat::Ndjson => serde_json::to_writer(&mut *self.out, &record)
                .map_err(anyhow::Error::from)
                .and_then(|()| Ok(self.out.write_all(b"\n")?)),
            RecordFormat::Csv => writeln!(self.out, "{}", csv(&record)).map_err(Into::into),
        };
        self.failed = written.err();
    }
}

fn record(cx: &FactCx<'_>, op: &Op<'_>, spec: &Spec) -> Record {
    let known = spec.operation(op.code, op.sub);
    let h = cx.headers;
    let end = |ip: decode::Addr, mac| {
        if h.ip_version == 0 { Host::Mac(mac) } else { Host::Ip(ip.to_ip()) }
    };
    let (src, dst) = (end(h.src, h.src_mac).to_string(), end(h.dst, h.dst_mac).to_string());
    let (client, server) = if cx.from_client.unwrap_or(true) { (src, dst) } else { (dst, src) };
    let mut args = Map::new();
    for (arg, value) in known.map_or(&[][..], |k| k.args).iter().zip(op.args.into_iter().flatten())
    {
        if arg.name != "_" {
            let value = match arg.show {
                Show::Dec => Json::from(value),
                Show::Hex => Json::from(format!("0x{value:x}")),
            };
            args.insert(arg.name.to_owned(), value);
        }
    }
    Record {
        time: view::rfc3339(cx.at),
        file: cx.frame.file,
        frame: cx.frame.number,
        protocol: spec.key,
        direction: op.role.key(),
        code: op.code,
        subcode: op.sub,
        name: known.map_or("unknown", |known| known.name),
        class: known.map_or(vocab::Access::Observe, |known| known.access).key(),
        client,
        server,
        unit: op.unit,
        target: None,
        args,
        value: json(op.value),
        status: status(op.status, spec),
        latency_us: cx.pair.map(|pair| pair.latency_ns / 1000),
        pair: cx.pair.map(|pair| pair.request.frame.number),
        items: Vec::new(),
    }
}

fn status(status: Status, spec: &Spec) -> Option<String> {
    match status {
        Status::None => None,
        Status::Ok => Some("ok".to_owned()),
        Status::Error(code) => {
            let name = spec.status_name(code).map(str::to_owned);
            Some(name.unwrap_or_else(|| format!("error 0x{code:x}")))
        }
    }
}

/// A value as JSON: numbers as numbers, words as a list, bytes in hexadecimal.
fn json(value: Value<'_>) -> Option<Json> {
    Some(match value {
        Value::None => return None,
        Value::Bool(b) => Json::from(b),
        Value::Uint(n) => Json::from(n),
        Value::Int(n) => Json::from(n),
        Value::Real(x) => Json::from(x),
        Value::Text(bytes) => Json::from(String::from_utf8_lossy(bytes)),
        Value::Words(bytes) => bytes
            .chunks_exact(2)
            .map(|word| word.iter().fold(0u16, |n, b| n << 8 | u16::from(*b)))
            .collect(),
        Value::Time(at) => Json::from(view::rfc3339(at)),
        Value::Bytes(_) | Value::Bits(..) | Value::BitString(..) => Json::from(value.to_string()),
    })
}

const COLUMNS: [&str; 18] = [
    "time",
    "file",
    "frame",
    "protocol",
    "direction",
    "code",
    "subcode",
    "name",
    "class",
    "client",
    "server",
    "unit",
    "target",
    "args",
    "value",
    "status",
    "latency_us",
    "pair",
];

fn csv(record: &Record) -> String {
    let some = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    let args: Vec<String> = record.args.iter().map(|(name, v)| format!("{name}={v}")).collect();
    let value = |value: &Option<Json>| match value {
        None => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut targets = vec![record.target.clone().unwrap_or_default()];
    let mut values = vec![value(&record.value)];
    for item in &record.items {
        targets.push(item.target.clone());
        values.push(value(&item.value));
    }
    [
        record.time.clone(),
        record.file.to_string(),
        record.frame.to_string(),
        record.protocol.to_owned(),
        record.direction.to_owned(),
        record.code.to_string(),
        some(record.subcode.map(u64::from)),
        record.name.to_owned(),
        record.class.to_owned(),
        record.client.clone(),
        record.server.clone(),
        some(record.unit.map(u64::from)),
        targets.join("; "),
        args.join(" "),
        values.join("; "),
        record.status.clone().unwrap_or_default(),
        some(record.latency_us),
        some(record.pair),
    ]
    .iter()
    .map(|cell| cell_of(cell))
    .collect::<Vec<_>>()
    .join(",")
}

/// A cell of comma-separated values: quoted where it must be, and never a formula for the program
/// that opens it. RFC 4180 §2.
fn cell_of(text: &str) -> String {
    let formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(cell_of("a,b"), "\"a,b\"");
        assert_eq!(cell_of("say \"x\""), "\"say \"\"x\"\"\"");
        assert_eq!(cell_of("=1+2"), "'=1+2");
        assert_eq!(cell_of("-12.5"), "-12.5", "a number stays one");
    }
}
