//! `ferrite policy`, and the policy of an analysis.

use crate::analyze::{Analysed, analyse};
use crate::cli::{ListFormat, Policy as Args, PolicyCheck, PolicyCommand, PolicyLearn};
use crate::data::Data;
use crate::host::Host;
use crate::intel::LazyFacts;
use crate::ledger::Ledger;
use crate::output::{self, Paint};
use crate::own_rules;
use anyhow::{Context, Result, anyhow, bail};
use dissect::Registry;
use judge::policy::{FILE_MAX, Policy, Problem, Remark, Rule, Zone, inspect, learn, read};
use model::resolve;
use protocols::Protocols;
use serde::Serialize;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Runs a command about policies.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    match &args.command {
        PolicyCommand::Check(args) => check(args),
        PolicyCommand::Learn(args) => write_learned(args),
    }
}

/// The policy of an analysis: the file's, which is stored where there is a data folder, else the
/// one that is stored there.
pub(crate) fn of(file: Option<&Path>, data: Option<&Data>) -> Result<Option<Policy>> {
    match (file, data) {
        (Some(path), _) => {
            let (name, text) = (path.display().to_string(), text_of(path)?);
            let policy = read(&name, &text, Protocols::SPECS).map_err(mistakes)?;
            if let Some(data) = data {
                data.keep_policy(&name, &text)?;
            }
            Ok(Some(policy))
        }
        (None, Some(data)) => stored(data),
        (None, None) => Ok(None),
    }
}

/// The policy that is stored in a data folder.
pub(crate) fn stored(data: &Data) -> Result<Option<Policy>> {
    let Some((name, text)) = data.policy()? else { return Ok(None) };
    let policy = read(&name, &text, Protocols::SPECS).map_err(|problems| {
        let why = "the policy stored in the data folder is not understood any more; give it anew \
                   with `ferrite analyze --policy FILE --data DIR`";
        mistakes(problems).context(why)
    })?;
    Ok(Some(policy))
}

fn text_of(path: &Path) -> Result<String> {
    let shown = || path.display().to_string();
    let mut text = String::new();
    let file = File::open(path).with_context(shown)?;
    file.take(FILE_MAX + 1).read_to_string(&mut text).with_context(shown)?;
    if text.len() as u64 > FILE_MAX {
        bail!("{}: larger than the {} MiB that are read", path.display(), FILE_MAX >> 20);
    }
    Ok(text)
}

/// All mistakes, a line each.
fn mistakes(problems: Vec<Problem>) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    anyhow!("the policy has mistakes\n{}", lines.join("\n"))
}

/// What `policy check --format json` writes.
#[derive(Serialize)]
struct Document {
    schema: &'static str,
    file: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ErrorRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zones: Option<Vec<ZoneRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<RuleRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<Vec<RemarkRow>>,
}

#[derive(Serialize)]
struct ErrorRow {
    line: u32,
    column: u32,
    what: String,
}

#[derive(Serialize)]
struct ZoneRow {
    line: u32,
    name: String,
    members: Vec<String>,
}

#[derive(Serialize)]
struct RuleRow {
    line: u32,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct RemarkRow {
    line: u32,
    kind: &'static str,
    what: String,
}

fn members(zone: &Zone) -> Vec<String> {
    zone.members.iter().map(ToString::to_string).collect()
}

impl From<&Rule> for RuleRow {
    fn from(rule: &Rule) -> Self {
        Self {
            line: rule.line,
            verdict: rule.verdict.key(),
            name: rule.name.clone(),
            severity: rule.severity.map(judge::review::Severity::key),
            comment: rule.comment.clone(),
            text: rule.text.clone(),
        }
    }
}

impl Document {
    fn of_policy(policy: &Policy, remarks: Vec<Remark>) -> Self {
        let zone = |zone: &Zone| ZoneRow {
            line: zone.line,
            name: zone.name.clone(),
            members: members(zone),
        };
        let remark = |Remark { line, kind, what }| RemarkRow { line, kind, what };
        Self {
            schema: SCHEMA,
            file: policy.file.clone(),
            errors: Vec::new(),
            default: Some(policy.default.key()),
            zones: Some(policy.zones.iter().map(zone).collect()),
            rules: Some(policy.rules.iter().map(RuleRow::from).collect()),
            remarks: Some(remarks.into_iter().map(remark).collect()),
        }
    }

    fn of_problems(file: String, problems: Vec<Problem>) -> Self {
        let row = |Problem { line, column, what, .. }| ErrorRow { line, column, what };
        let errors = problems.into_iter().map(row).collect();
        let (default, zones, rules, remarks) = (None, None, None, None);
        Self { schema: SCHEMA, file, errors, default, zones, rules, remarks }
    }
}

const SCHEMA: &str = "ferrite.policy/1";

fn check(args: &PolicyCheck) -> Result<ExitCode> {
    let text = text_of(&args.file)?;
    let name = args.file.display().to_string();
    let as_json = args.format == Some(ListFormat::Json);
    match read(&name, &text, Protocols::SPECS) {
        Ok(policy) => {
            let remarks = inspect(&policy, Protocols::SPECS);
            if as_json {
                json(&Document::of_policy(&policy, remarks))?;
            } else {
                output::write(table(&policy, &remarks, Paint::for_stdout()).as_bytes())?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) if as_json => {
            json(&Document::of_problems(name, problems))?;
            Ok(ExitCode::from(1))
        }
        Err(problems) => Err(mistakes(problems)),
    }
}

fn json(document: &Document) -> Result<()> {
    output::write((serde_json::to_string_pretty(document)? + "\n").as_bytes())
}

fn table(policy: &Policy, remarks: &[Remark], paint: Paint) -> String {
    let mut text = format!("{}: {}\n", policy.file, policy.summary());
    if !policy.zones.is_empty() {
        text += &format!("\n{}\n", paint.bold("Zones"));
        let width = policy.zones.iter().map(|zone| zone.name.chars().count()).max().unwrap_or(0);
        for zone in &policy.zones {
            text += &format!("  {:<width$}  {}\n", zone.name, members(zone).join(", "));
        }
    }
    if !policy.rules.is_empty() {
        text += &format!("\n{}\n", paint.bold("Rules: the first that fits decides"));
        text += &format!("  {}\n", paint.dim("line  verdict  name: what it fits"));
        for rule in &policy.rules {
            let what = if rule.text.is_empty() { "everything" } else { &rule.text };
            let (line, verdict) = (rule.line, rule.verdict.key());
            text += &format!("  {line:>4}  {verdict:<7}  {}: {what}\n", rule.title());
        }
    }
    let (line, verdict) = (policy.default_line, policy.default.key());
    text += &format!("  {line:>4}  {verdict:<7}  default: what no rule fits\n");
    if !remarks.is_empty() {
        text += &format!("\n{}\n", paint.bold("To know"));
        for Remark { line, what, .. } in remarks {
            text += &format!("  {}\n", paint.warn(&format!("line {line}: {what}")));
        }
    }
    text
}

/// Writes what captures show as a policy.
fn write_learned(args: &PolicyLearn) -> Result<ExitCode> {
    let facts = own_rules::facts(&args.own)?;
    let (captures, threads) = (&args.captures, &args.threads);
    let analysed = analyse(captures, threads, Host::empty_model(), Ledger::default(), None)?;
    let Analysed { model, failed, .. } = analysed;
    let facts = facts.with_banners(LazyFacts::new(None).banners_for(&model)?);
    let resolution = resolve(&model, &facts);
    let (text, policy) = learn(&model, &resolution)?;
    let lost: u64 = model.losses.values().sum();
    if lost > 0 {
        output::complain(&format!(
            "ferrite: not all of the captures is in the policy: full tables lost {lost} rows"
        ));
    }
    let mut out = output::target(args.out.as_deref())?;
    out.write_all(text.as_bytes())?;
    out.flush()?;
    if let Some(path) = &args.out {
        output::complain(&format!("ferrite: {}: {}", path.display(), policy.summary()));
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
