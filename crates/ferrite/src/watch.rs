//! `ferrite watch`: a live sensor with its console.

use crate::cli::Watch;
use crate::host::{Host, Reading};
use crate::ledger::Ledger;
use crate::pipeline;
use anyhow::Result;
use capture::Live;
use std::process::ExitCode;

/// Watches interfaces until a signal comes.
pub(crate) fn run(args: &Watch) -> Result<ExitCode> {
    let host = Host::new(&args.own)?;
    let data = host.data(&args.data.data)?;
    let mut ledger = Ledger::new(data.sources()?);
    let places = ledger.watch(&args.interfaces)?;
    let live = Live::open(&places, host.stop())?;
    let workers = pipeline::workers(args.threads.threads, u64::MAX);
    let reading = Reading { source: Box::new(live), workers };
    let model = data.load()?;
    host.serve(args.listen.listen, model, ledger, Some(data), Some(reading))
}
