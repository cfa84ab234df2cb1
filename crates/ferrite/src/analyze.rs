//! `ferrite analyze`.

use crate::cli::{AnalysisFormat, Analyze, Captures, Threads};
use crate::clock;
use crate::data::Data;
use crate::feed::Feed;
use crate::host::{self, Host};
use crate::intel::{self, LazyFacts};
use crate::ledger::Ledger;
use crate::output::{self, Paint};
use crate::own_rules;
use crate::pipeline;
use crate::plant::Plant;
use crate::policy;
use crate::progress::Progress;
use crate::summary;
use anyhow::Result;
use capture::{Input, Inputs};
use judge::policy::Policy;
use judge::review::{Findings, Plant as Reviewed, review};
use judge::risk::{Assessment, Triage, Weights};
use model::{Corrections, Model, Resolution, resolve_corrected};
use serde::Serialize;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use view::{Analysis, AssetView, FindingView};

/// What captures gave.
pub(crate) struct Analysed {
    /// Everything observed.
    pub(crate) model: Model,
    /// The inputs.
    pub(crate) inputs: server::Inputs,
    /// Files found in folders that are no captures.
    pub(crate) skipped: usize,
    /// Some input could not be read at all. One that ends early counts as read: what is wrong
    /// with it is said, and all before it is analysed.
    pub(crate) failed: bool,
    /// Threads that worked on it.
    workers: u8,
}

impl Analysed {
    /// What was read, as a document.
    pub(crate) fn capture(&self) -> view::Capture {
        let server::Inputs { files, first, last } = &self.inputs;
        view::Capture::new(files.clone(), *first, *last, &self.model)
    }
}

/// Reads captures and writes what is in them.
pub(crate) fn run(args: &Analyze) -> Result<ExitCode> {
    let facts = own_rules::facts(&args.own)?;
    let runtime = args.data.as_ref().map(|_| host::runtime()).transpose()?;
    let data = match (&args.data, &runtime) {
        (Some(folder), Some(runtime)) => Some((Data::open(runtime.handle(), folder)?, folder)),
        _ => None,
    };
    let rules = policy::of(args.policy.as_deref(), data.as_ref().map(|(data, _)| data))?;
    let (captures, threads) = (&args.captures, &args.threads);
    let analysed = match &data {
        None => analyse(captures, threads, Host::empty_model(), Ledger::default(), None)?,
        Some((data, folder)) => {
            let ledger = Ledger::new(data.sources()?);
            analyse(captures, threads, data.load()?, ledger, Some((data, folder)))?
        }
    };
    let mut outside = LazyFacts::new(args.data.as_deref());
    let facts = facts.with_banners(outside.banners_for(&analysed.model)?);
    let today = clock::date();
    let said = Said::of(data.as_ref().map(|(data, _)| data), &today)?;
    let (model, threads) = (&analysed.model, analysed.workers);
    let find = || resolve_corrected(model, &facts, &said.corrections, threads);
    let (resolution, advice) = intel::find_and_ask(model, outside, threads, find)?;
    let Said { weights, triage, .. } = &said;
    let judge = |advice| intel::judge(model, &resolution, advice, weights, triage, threads);
    let risk = advice.as_ref().map(judge);
    if let (Some((data, _)), Some(risk)) = (&data, &risk) {
        data.keep_trend(&today, risk)?;
    }
    let (weak, policy) = (risk.as_ref(), rules.as_ref());
    let reviewed = Reviewed { model, resolution: &resolution, risk: weak, policy };
    let findings = review(&reviewed);
    let told = Told {
        analysed: &analysed,
        resolution: &resolution,
        risk: weak,
        findings: &findings,
        policy,
    };
    write(args, &told)?;
    let grave = match (findings.worst(), args.fail_on) {
        (Some(worst), Some(level)) => worst >= level.severity(),
        _ => false,
    };
    let code = match (analysed.failed, grave) {
        (true, _) => ExitCode::from(1),
        (false, true) => ExitCode::from(3),
        (false, false) => ExitCode::SUCCESS,
    };
    // The process ends: taking its tables apart row by row would only take time.
    std::mem::forget((analysed, resolution, advice, risk));
    Ok(code)
}

/// What people said of the plant, as a data folder keeps it.
struct Said {
    corrections: Corrections,
    triage: Triage,
    weights: Weights,
}

impl Said {
    fn of(data: Option<&Data>, today: &str) -> Result<Self> {
        let mut corrections = Corrections::default();
        let mut triage = Triage::new(today);
        let Some(data) = data else {
            return Ok(Self { corrections, triage, weights: Weights::default() });
        };
        corrections.recall(data.corrections()?, data.ties()?);
        let (rulings, weights) = data.decided()?;
        for (asset, cve, ruling) in rulings {
            triage.add(&asset, &cve, ruling);
        }
        Ok(Self { corrections, triage, weights })
    }
}

/// What there is to tell.
pub(crate) struct Told<'a> {
    /// What captures gave.
    pub(crate) analysed: &'a Analysed,
    /// The devices.
    pub(crate) resolution: &'a Resolution,
    /// What is known against them.
    pub(crate) risk: Option<&'a Assessment>,
    /// What somebody should look at.
    pub(crate) findings: &'a Findings,
    /// The plant's own rules, where it has some.
    pub(crate) policy: Option<&'a Policy>,
}

fn write(args: &Analyze, told: &Told<'_>) -> Result<()> {
    let mut out = output::target(args.out.as_deref())?;
    match args.format.unwrap_or(AnalysisFormat::Table) {
        AnalysisFormat::Json => {
            let capture = told.analysed.capture();
            let analysis = Analysis {
                capture: &capture,
                model: &told.analysed.model,
                resolution: told.resolution,
                risk: told.risk,
                findings: told.findings,
                policy: told.policy,
            };
            analysis.write(&mut out, usize::from(told.analysed.workers))?;
        }
        AnalysisFormat::Ndjson => lines(&mut out, told)?,
        AnalysisFormat::Html => summary::html(&mut out, told)?,
        AnalysisFormat::Table => {
            let paint = if args.out.is_some() { Paint::off() } else { Paint::for_stdout() };
            summary::table(&mut out, told, paint)?;
        }
    }
    Ok(out.flush()?)
}

/// Reads captures into a model; stores it in the data folder, where there is one.
pub(crate) fn analyse(
    captures: &Captures,
    threads: &Threads,
    model: Model,
    mut ledger: Ledger,
    data: Option<(&Data, &Path)>,
) -> Result<Analysed> {
    let mut files = Input::list(&captures.paths);
    if let Some((_, folder)) = data {
        for path in ledger.pass_over_known(&mut files) {
            let (path, folder) = (path.display(), folder.display());
            output::complain(&format!("ferrite: {path}: is in {folder} already, not read again"));
        }
    }
    let inputs = Inputs::of(files, ledger.base());
    let skipped = inputs.skipped();
    let total = pipeline::size_of(inputs.reports());
    let progress = Progress::new();
    progress.total(total);
    let workers = pipeline::workers(threads.threads, total);
    let feed = Feed::new(Box::new(inputs), workers);
    let plant = Plant::new(model);
    pipeline::run(&feed, &plant, false, &progress);
    let reports = feed.reports();
    for report in &reports {
        if let Some(error) = &report.error {
            output::complain(&format!("ferrite: {}: {error}", report.path.display()));
        }
    }
    if let Some((data, _)) = data {
        data.save(&plant, &ledger.rows(&reports))?;
    }
    Ok(Analysed {
        inputs: ledger.inputs(&reports),
        model: plant.into_model(),
        skipped,
        failed: reports.iter().any(|report| report.error.is_some() && report.packets == 0),
        workers,
    })
}

/// One line of newline-separated JSON.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<T> {
    Capture(T),
    Asset(T),
    Conversation(T),
    Operation(T),
    Protocol(T),
    Finding(T),
}

/// Capture, assets, conversations, operations, protocols and findings, a line each.
fn lines(out: &mut dyn Write, told: &Told<'_>) -> Result<()> {
    let Told { analysed, resolution, risk, findings, .. } = told;
    let model = &analysed.model;
    line(out, &Line::Capture(analysed.capture()))?;
    for asset in &resolution.assets {
        line(out, &Line::Asset(AssetView::new(asset, model).with(*risk)))?;
    }
    let mut keys: Vec<_> = model.conversations.keys().collect();
    keys.sort();
    for key in keys {
        if let Some(seen) = model.conversations.get(key) {
            line(out, &Line::Conversation(view::conversation(key, seen, model)))?;
        }
    }
    for operation in view::operations(model) {
        line(out, &Line::Operation(operation))?;
    }
    for protocol in view::protocols(model) {
        line(out, &Line::Protocol(protocol))?;
    }
    for finding in findings.all() {
        line(out, &Line::Finding(FindingView::from(finding)))?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}
