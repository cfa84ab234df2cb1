//! The binary: commands, threads and the clock.

mod analyze;
mod cli;
mod clock;
mod data;
mod feed;
mod host;
mod intel;
mod ledger;
mod open;
mod output;
mod own_rules;
mod pipeline;
mod plant;
mod policy;
mod progress;
mod protocol_list;
mod query;
mod range;
mod records;
mod serve;
mod source;
mod summary;
mod supply;
mod virtual_plant;
mod watch;

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser};
use cli::{Cli, Command, RangeCommand};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        // Whoever reads the output has enough: not an error.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("ferrite: {error:#}"));
            ExitCode::from(1)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    output::choose(cli.color);
    match cli.command {
        Command::Analyze(args) => analyze::run(&args),
        Command::Open(args) => open::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Demo(args) => range::demo(&args),
        Command::Range(args) => match args.command {
            RangeCommand::Capture(args) => range::capture(&args),
        },
        Command::Intel(args) => intel::run(&args),
        Command::Query(args) => query::run(&args),
        Command::Supply(args) => supply::run(&args),
        Command::Policy(args) => policy::run(&args),
        Command::Records(args) => records::run(&args),
        Command::Protocols(args) => protocol_list::run(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "ferrite", &mut script);
            output::write(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { folder } => {
            std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
            clap_mangen::generate_to(Cli::command(), &folder)
                .with_context(|| folder.display().to_string())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(is_pipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .and_then(serde_json::Error::io_error_kind)
                .is_some_and(|kind| kind == std::io::ErrorKind::BrokenPipe)
    })
}
