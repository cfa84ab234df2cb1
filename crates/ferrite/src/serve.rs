//! `ferrite serve`: the console over stored data.

use crate::cli::Serve;
use crate::host::Host;
use crate::ledger::Ledger;
use crate::output;
use anyhow::Result;
use std::process::ExitCode;

/// Serves what is stored.
pub(crate) fn run(args: &Serve) -> Result<ExitCode> {
    let host = Host::new(&args.own)?;
    let data = host.data(&args.data.data)?;
    let sources = data.sources()?;
    if sources.is_empty() {
        output::complain(&format!(
            "ferrite: nothing is stored in {} yet: `ferrite analyze … --data` or `ferrite watch` \
             fills it",
            args.data.data.display()
        ));
    }
    let model = data.load()?;
    host.serve(args.listen.listen, model, Ledger::new(sources), Some(data), None)
}
