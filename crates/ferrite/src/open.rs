//! `ferrite open`: the console while captures are read.

use crate::cli::Open;
use crate::host::{Host, Reading};
use crate::ledger::Ledger;
use crate::output;
use crate::pipeline;
use crate::source::Background;
use anyhow::Result;
use capture::Inputs;
use std::process::ExitCode;

/// Reads captures and serves what is known so far.
pub(crate) fn run(args: &Open) -> Result<ExitCode> {
    let host = Host::new(&args.own)?;
    let inputs = Inputs::open(&args.captures.paths);
    if inputs.is_hopeless() {
        for report in inputs.reports() {
            let error = report.error.as_deref().unwrap_or("nothing to read");
            output::complain(&format!("ferrite: {}: {error}", report.path.display()));
        }
        if inputs.reports().is_empty() {
            output::complain("ferrite: no captures found");
        }
        return Ok(ExitCode::from(1));
    }
    let total = pipeline::size_of(inputs.reports());
    let workers = pipeline::workers(args.threads.threads, total);
    let source = Background::new(inputs, host.stop());
    let reading = Reading { source: Box::new(source), workers };
    host.serve(args.listen.listen, Host::empty_model(), Ledger::default(), None, Some(reading))
}
