//! An analysis for people: on the terminal, or as one page.

use crate::analyze::Told;
use crate::output::Paint;
use anyhow::Result;
use judge::policy::Policy;
use judge::review::{Finding, Findings};
use judge::risk::{Assessment, State, in_words};
use model::{Asset, Model, Resolution};
use std::collections::BTreeMap;
use std::io::Write;
use vocab::{Access, Attribute, Host, Role};

/// Most rows of a table on the terminal.
const ROWS_MAX: usize = 40;

/// What both forms show.
struct Summary {
    facts: Vec<(String, String)>,
    assets: Table,
    changes: Table,
    findings: Table,
    weak: Table,
    steps: Table,
    protocols: Table,
    trouble: Vec<String>,
}

/// Rows of text under headings.
struct Table {
    title: String,
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// Thousands apart: 24,763.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Summary {
    fn new(told: &Told<'_>) -> Self {
        let Told { analysed, resolution, risk, findings, policy } = told;
        let model = &analysed.model;
        let capture = analysed.capture();
        let files = match analysed.inputs.files.as_slice() {
            [one] => one.path.clone(),
            many => format!("{} files", many.len()),
        };
        let mut facts = vec![
            ("input".to_owned(), files),
            ("packets".to_owned(), grouped(capture.packets)),
            ("bytes".to_owned(), grouped(capture.bytes)),
        ];
        if let (Some(first), Some(last)) = (&capture.first, &capture.last) {
            facts.push(("from".to_owned(), first.clone()));
            facts.push(("to".to_owned(), last.clone()));
        }
        facts.push(("assets".to_owned(), grouped(resolution.assets.len() as u64)));
        facts.push(("conversations".to_owned(), grouped(model.conversations.len() as u64)));
        if let Some(policy) = policy {
            facts.push(("policy".to_owned(), format!("{}: {}", policy.file, policy.summary())));
        }
        Self {
            facts,
            assets: assets(model, resolution),
            changes: changes(model),
            findings: found(findings),
            weak: weak(resolution, *risk),
            steps: steps(*risk),
            protocols: protocols(model),
            trouble: trouble(told, &capture),
        }
    }
}

impl Summary {
    /// In the order in which they are shown.
    fn tables(&self) -> [&Table; 6] {
        let Self { assets, changes, findings, weak, steps, protocols, .. } = self;
        [assets, changes, findings, weak, steps, protocols]
    }
}

fn assets(model: &Model, resolution: &Resolution) -> Table {
    let rows = resolution.assets.iter().map(|asset| {
        let value = |attribute| asset.value(attribute).unwrap_or("").to_owned();
        let product = [Attribute::Model, Attribute::Product, Attribute::OrderNumber]
            .into_iter()
            .find_map(|attribute| asset.value(attribute))
            .unwrap_or("");
        vec![
            address(asset),
            asset.role().unwrap_or("").to_owned(),
            asset.purdue.map_or(String::new(), |(level, _)| level.to_string()),
            value(Attribute::Vendor),
            product.to_owned(),
            value(Attribute::Firmware),
            value(Attribute::Name),
            spoken(asset, model),
        ]
    });
    Table {
        title: "Assets".to_owned(),
        head: vec!["address", "role", "level", "vendor", "product", "firmware", "name", "speaks"],
        rows: rows.collect(),
    }
}

/// The first address, and how many more there are.
fn address(asset: &Asset) -> String {
    let all = asset.ips.len() + asset.macs.len();
    let first = asset.ips.first().map(ToString::to_string);
    let first = first.or_else(|| asset.macs.first().map(ToString::to_string)).unwrap_or_default();
    match all.saturating_sub(if asset.ips.is_empty() { 1 } else { 1 + asset.macs.len().min(1) }) {
        0 => first,
        more => format!("{first} +{more}"),
    }
}

/// Industrial protocols, else what there is.
fn spoken(asset: &Asset, model: &Model) -> String {
    let specs = asset.protocols.iter().filter_map(|p| model.spec(p.proto));
    let mut keys: Vec<_> = specs.map(|spec| (!spec.industrial, spec.key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.iter().take(4).map(|(_, key)| *key).collect::<Vec<_>>().join(" ")
}

/// Operations that change the plant, by who sends them to whom.
fn changes(model: &Model) -> Table {
    type Rows = BTreeMap<(Access, &'static str, &'static str, Host, Host), (u64, u64)>;
    let mut found: Rows = BTreeMap::new();
    for (key, seen) in &model.conversations {
        for (op, total) in seen.operations.iter().filter(|(op, _)| op.role != Role::Response) {
            let Some(spec) = model.spec(op.proto) else { continue };
            let Some(named) = spec.operation(op.code, op.sub) else { continue };
            let telling = named.access >= Access::Write && op.role == Role::Request;
            if telling {
                let place = (named.access, spec.key, named.name, key.client, key.server);
                let row = found.entry(place).or_insert((0, u64::MAX));
                row.0 += total.at.count;
                row.1 = row.1.min(total.at.frame.number);
            }
        }
    }
    let row = |((access, proto, name, client, server), (count, frame)): (_, (u64, u64))| {
        let (access, client, server): (Access, Host, Host) = (access, client, server);
        let (proto, name): (&str, &str) = (proto, name);
        vec![
            access.key().to_owned(),
            format!("{proto} {name}"),
            client.to_string(),
            server.to_string(),
            grouped(count),
            frame.to_string(),
        ]
    };
    Table {
        title: "Operations that change the plant".to_owned(),
        head: vec!["class", "operation", "from", "to", "count", "frame"],
        rows: found.into_iter().rev().map(row).collect(),
    }
}

fn protocols(model: &Model) -> Table {
    let mut rows: Vec<_> = view::protocols(model).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.messages));
    let row =
        |p: view::ProtocolView| vec![p.id.to_owned(), grouped(p.packets), grouped(p.messages)];
    Table {
        title: "Protocols".to_owned(),
        head: vec!["protocol", "packets", "messages"],
        rows: rows.into_iter().map(row).collect(),
    }
}

/// Devices with known vulnerabilities, the largest risk first.
fn weak(resolution: &Resolution, risk: Option<&Assessment>) -> Table {
    let mut rows = Vec::new();
    for own in risk.into_iter().flat_map(|risk| &risk.assets) {
        let Some(asset) = resolution.assets.get(own.at) else { continue };
        let Some(worst) = own.worst() else { continue };
        let Some(known) = own.known.get(worst.known) else { continue };
        let open = own.weaknesses.iter().filter(|weakness| weakness.state == State::Open);
        let affected = open.clone().filter(|weakness| {
            own.known.get(weakness.known).is_some_and(|known| known.verdict.key() == "affected")
        });
        rows.push(vec![
            address(asset),
            format!("{:.0}", own.risk * 100.0),
            own.decision().map_or("", judge::risk::Decision::key).to_owned(),
            own.exposed.exposure.key().to_owned(),
            affected.clone().count().to_string(),
            (open.count() - affected.count()).to_string(),
            format!("{} {}", known.cve, known.advisory),
            known.cvss.map_or_else(String::new, |score| format!("{score:.1}")),
            known.fixed.clone().unwrap_or_default(),
        ]);
    }
    Table {
        title: "Known vulnerabilities".to_owned(),
        head: vec![
            "address", "risk", "do", "reach", "affected", "open", "worst", "CVSS", "fixed in",
        ],
        rows,
    }
}

/// Findings, the gravest first.
fn found(findings: &Findings) -> Table {
    let row = |finding: &Finding| {
        let frame = finding.evidence.first().map(|place| place.frame.number.to_string());
        vec![
            finding.severity.key().to_owned(),
            finding.target.as_ref().map(|party| party.address.clone()).unwrap_or_default(),
            frame.unwrap_or_default(),
            finding.techniques.join(" "),
            finding.in_words(finding.rule.title),
        ]
    };
    Table {
        title: "Findings".to_owned(),
        head: vec!["severity", "device", "frame", "techniques", "what"],
        rows: findings.all().iter().map(row).collect(),
    }
}

/// What lowers the site's risk most.
fn steps(risk: Option<&Assessment>) -> Table {
    let steps = risk.into_iter().flat_map(|risk| &risk.steps);
    let row = |step: &judge::risk::Step| {
        let (before, after) = (view::score(step.before), view::score(step.after));
        vec![format!("{before:.1} to {after:.1}"), in_words(&step.what)]
    };
    Table {
        title: "What lowers the risk most".to_owned(),
        head: vec!["risk of the site", "step"],
        rows: steps.map(row).collect(),
    }
}

/// What was not read, not understood, or lost.
fn trouble(told: &Told<'_>, capture: &view::Capture) -> Vec<String> {
    let Told { analysed, findings, policy, .. } = told;
    let mut lines = Vec::new();
    if findings.dropped() > 0 {
        lines.push(format!("{} findings were too many to keep", grouped(findings.dropped())));
    }
    let unseen = analysed.model.losses.get(&vocab::LossKind::TargetsFull).copied().unwrap_or(0);
    if unseen > 0 && policy.is_some_and(Policy::asks_targets) {
        let count = grouped(unseen);
        lines.push(format!("the policy's targets were not looked for in {count} that were lost"));
    }
    for file in &analysed.inputs.files {
        if let Some(error) = &file.error {
            lines.push(format!("{}: {error}", file.path));
        }
    }
    if analysed.skipped > 0 {
        lines.push(format!("{} files in folders are no captures", analysed.skipped));
    }
    let unknown = |(key, _): &(&model::ConversationKey, &model::Conversation)| key.proto.is_none();
    let silent: u64 = analysed
        .model
        .conversations
        .iter()
        .filter(unknown)
        .map(|(_, seen)| seen.client_packets + seen.server_packets)
        .sum();
    if silent > 0 {
        lines.push(format!("{} packets are of no protocol that was recognised", grouped(silent)));
    }
    for fault in &capture.faults {
        let (layer, what, count) = (&fault.layer, &fault.fault, grouped(fault.count));
        lines.push(format!("{layer}: {what}, {count} times, first in frame {}", fault.frame));
    }
    for (what, count) in &capture.dropped {
        lines.push(format!("lost: {what} {}", grouped(*count)));
    }
    lines
}

/// Writes the summary for a terminal.
pub(crate) fn table(out: &mut dyn Write, told: &Told<'_>, paint: Paint) -> Result<()> {
    let summary = Summary::new(told);
    for (name, value) in &summary.facts {
        writeln!(out, "{} {value}", paint.dim(&format!("{name:<14}")))?;
    }
    for table in summary.tables() {
        if !table.rows.is_empty() {
            writeln!(out, "\n{}", paint.bold(&table.title))?;
            rows(out, table, paint)?;
        }
    }
    if !summary.trouble.is_empty() {
        writeln!(out, "\n{}", paint.bold("To know"))?;
        for line in &summary.trouble {
            writeln!(out, "  {}", paint.warn(line))?;
        }
    }
    Ok(())
}

fn rows(out: &mut dyn Write, table: &Table, paint: Paint) -> Result<()> {
    let shown = &table.rows[..table.rows.len().min(ROWS_MAX)];
    let width = |column: usize| {
        let cells = shown.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        let head = table.head.get(column).map_or(0, |head| head.len());
        // The last column has the rest of the line.
        let most = if column + 1 == table.head.len() { 100 } else { 40 };
        cells.chain([head]).max().unwrap_or(0).min(most)
    };
    let widths: Vec<usize> = (0..table.head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(&widths).map(|(cell, width)| fit(cell, *width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    writeln!(out, "  {}", paint.dim(&line(&mut table.head.iter().copied())))?;
    for row in shown {
        writeln!(out, "  {}", line(&mut row.iter().map(String::as_str)))?;
    }
    if shown.len() < table.rows.len() {
        let more = table.rows.len() - shown.len();
        writeln!(out, "  {}", paint.dim(&format!("… and {more} more (--format json has all)")))?;
    }
    Ok(())
}

/// Padded or cut to a width in characters.
fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:<width$}");
    }
    let cut: String = text.chars().take(width.saturating_sub(1)).collect();
    cut + "…"
}

const STYLE: &str = "\
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;
padding:0 1rem}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;
width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884;
vertical-align:top}th{font-weight:600}dl{display:grid;grid-template-columns:10rem 1fr;gap:.2rem}dd{margin:0}
@media print{body{margin:0}}";

/// Text safe inside HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes the summary as one page that needs nothing else.
pub(crate) fn html(out: &mut dyn Write, told: &Told<'_>) -> Result<()> {
    let summary = Summary::new(told);
    write!(
        out,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Ferrite analysis</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>\
         <h1>Ferrite analysis</h1><dl>"
    )?;
    for (name, value) in &summary.facts {
        write!(out, "<dt>{name}</dt><dd>{}</dd>", escaped(value))?;
    }
    write!(out, "</dl>")?;
    for table in summary.tables() {
        if table.rows.is_empty() {
            continue;
        }
        write!(out, "<h2>{}</h2><table><thead><tr>", table.title)?;
        for head in &table.head {
            write!(out, "<th scope=\"col\">{head}</th>")?;
        }
        write!(out, "</tr></thead><tbody>")?;
        for row in &table.rows {
            let cells = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell)));
            write!(out, "<tr>{}</tr>", cells.collect::<String>())?;
        }
        write!(out, "</tbody></table>")?;
    }
    if !summary.trouble.is_empty() {
        write!(out, "<h2>To know</h2><ul>")?;
        for line in &summary.trouble {
            write!(out, "<li>{}</li>", escaped(line))?;
        }
        write!(out, "</ul>")?;
    }
    writeln!(out, "</html>")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn cells_are_cut_with_a_sign() {
        assert_eq!(fit("abcdef", 4), "abc…");
        assert_eq!(fit("ab", 4), "ab  ");
    }

    #[test]
    fn text_from_the_network_is_no_markup() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
