//! Tools that need the protocols built: `cargo xtask` calls them.

mod facts;
mod oui;
mod policy_page;
mod tables;

use anyhow::{Result, bail};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}\n"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.split_first() {
        Some((&"facts", rest)) => facts::run(rest),
        Some((&"oui", rest)) => oui::run(rest),
        Some((&"tables", rest)) => tables::run(rest.contains(&"--check")),
        Some((other, _)) => bail!("no command '{other}': see `cargo xtask help`"),
        None => bail!("which command? See `cargo xtask help`"),
    }
}

/// Prints to standard error.
#[expect(clippy::print_stderr, reason = "this is what the tool is for")]
fn complain(text: &str) {
    eprint!("{text}");
}

/// Prints to standard output.
#[expect(clippy::print_stdout, reason = "this is what the tool is for")]
fn say(text: &str) {
    print!("{text}");
}
