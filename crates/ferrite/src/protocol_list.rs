//! `ferrite protocols`.

use crate::cli::{ListFormat, Protocols as Args};
use crate::output;
use anyhow::Result;
use dissect::Registry;
use protocols::Protocols;
use serde::Serialize;
use std::process::ExitCode;
use vocab::{Binding, Spec, Technique};

#[derive(Serialize)]
struct Document {
    protocols: Vec<Row>,
}

/// A protocol as the list shows it.
#[derive(Serialize)]
struct Row {
    id: &'static str,
    name: &'static str,
    standard: &'static str,
    industrial: bool,
    depth: u8,
    transports: Vec<String>,
    operations: usize,
    techniques: Vec<Served>,
    identity: Vec<&'static str>,
}

/// A technique of ATT&CK for ICS and the operations that serve it.
#[derive(Serialize)]
struct Served {
    id: String,
    name: &'static str,
    operations: Vec<&'static str>,
}

fn techniques(spec: &'static Spec) -> Vec<Served> {
    let serving = |technique| {
        let ops = spec.operations.iter().filter(move |op| spec.technique(op) == Some(technique));
        let mut names: Vec<_> = ops.map(|op| op.name).collect();
        names.dedup();
        names
    };
    let served = |&technique: &Technique| Served {
        id: technique.to_string(),
        name: technique.name(),
        operations: serving(technique),
    };
    spec.techniques().iter().map(served).collect()
}

impl Row {
    fn new(spec: &'static Spec) -> Self {
        let mut identity: Vec<_> = spec.attributes.iter().map(|a| a.attr).collect();
        identity.sort_unstable();
        identity.dedup();
        let mut transports: Vec<String> = spec.bindings.iter().map(transport).collect();
        transports.dedup();
        Self {
            id: spec.key,
            name: spec.name,
            standard: spec.standard,
            industrial: spec.industrial,
            depth: spec.depth,
            transports,
            operations: spec.operations.len(),
            techniques: techniques(spec),
            identity: identity.into_iter().map(vocab::Attribute::key).collect(),
        }
    }
}

fn transport(binding: &Binding) -> String {
    let inside = |id| Protocols::spec(id).map_or("?", |spec| spec.key);
    match *binding {
        Binding::Tcp(port) => format!("tcp/{port}"),
        Binding::Udp(port) => format!("udp/{port}"),
        Binding::AnyTcp => "tcp".to_owned(),
        Binding::AnyUdp => "udp".to_owned(),
        Binding::EtherType(kind) => format!("ethertype/0x{kind:04x}"),
        Binding::Llc(sap) => format!("llc/0x{sap:02x}"),
        Binding::Snap([a, b, c], pid) => format!("snap/{a:02x}{b:02x}{c:02x}-{pid:04x}"),
        Binding::IpProto(proto) => format!("ip/{proto}"),
        Binding::Link(link) => format!("link/{link}"),
        Binding::Inside(carrier, _) => format!("in {}", inside(carrier)),
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut rows: Vec<Row> = Protocols::SPECS.iter().map(|spec| Row::new(spec)).collect();
    rows.sort_by_key(|row| (!row.industrial, row.id));
    let text = match args.format.unwrap_or(ListFormat::Table) {
        ListFormat::Json => serde_json::to_string_pretty(&Document { protocols: rows })? + "\n",
        ListFormat::Table => table(&rows),
    };
    output::write(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<16} depth  operations  {:<40} transports\n", "protocol", "name");
    for row in rows {
        text += &format!(
            "{:<16} {:>5}  {:>10}  {:<40} {}\n",
            row.id,
            row.depth,
            row.operations,
            row.name,
            row.transports.join(" ")
        );
    }
    text
}
