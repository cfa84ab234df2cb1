//! `ferrite range capture` and `ferrite demo`.

use crate::cli::{Demo, RangeCapture};
use crate::host::{Host, Reading};
use crate::ledger::Ledger;
use crate::source::Background;
use crate::virtual_plant::{self, Made};
use ::range::Scenario;
use anyhow::{Context, Result};
use capture::Inputs;
use std::io::Cursor;
use std::path::Path;
use std::process::ExitCode;

/// Writes a capture of the virtual plant.
pub(crate) fn capture(args: &RangeCapture) -> Result<ExitCode> {
    let Made { pcap, truth } = virtual_plant::capture(&args.traffic, Scenario::Normal)?;
    let mut beside = args.out.clone().into_os_string();
    beside.push(".truth.json");
    std::fs::write(&args.out, pcap).with_context(|| args.out.display().to_string())?;
    std::fs::write(&beside, truth).with_context(|| beside.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Shows the virtual plant in the browser.
pub(crate) fn demo(args: &Demo) -> Result<ExitCode> {
    let host = Host::new(&args.own)?;
    let Made { pcap, .. } = virtual_plant::capture(&args.traffic, Scenario::Overflow)?;
    let name = Path::new("virtual plant");
    let inputs = Inputs::from_reader(name, Box::new(Cursor::new(pcap)))?;
    let source = Background::new(inputs, host.stop());
    let reading = Reading { source: Box::new(source), workers: 1 };
    host.serve(args.listen.listen, Host::empty_model(), Ledger::default(), None, Some(reading))
}
