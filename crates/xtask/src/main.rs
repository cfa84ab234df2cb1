//! Tools for those who work on Ferrite: `cargo xtask help`.

mod bench;
mod codegen;
mod counts;
mod new_protocol;

use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask COMMAND

  new-protocol NAME --id N   makes the folder of a new protocol with failing cases
  codegen [--check]          writes what is generated from the code; --check only compares
  bench [FILE]               side by side with the floor and the peers installed
  bench --counts | --check   instructions per frame of each protocol: writes or compares them
  facts FILE [--protocol KEY] [--frames A-B] [--count]
                             prints what the dissectors see in a capture; --count sums it up
  oui [FOLDER]               makes the list of MAC prefixes from Debian's ieee-data
";

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
        Some((&"codegen", rest)) => {
            codegen::run(rest.contains(&"--check"))?;
            // The tables need the protocols built, with the registry just written.
            workbench(&[&["tables"], rest].concat(), &[])
        }
        Some((&"bench", ["--counts"])) => counts::run(false),
        Some((&"bench", ["--check"])) => counts::run(true),
        Some((&"bench", rest)) => bench::run(rest.first().copied()),
        Some((&"new-protocol", rest)) => new_protocol::run(rest),
        // Large captures: worth a release build.
        Some((&("facts" | "oui"), _)) => workbench(&args, &["--release"]),
        Some((&("help" | "--help"), _)) | None => {
            say(HELP);
            Ok(())
        }
        Some((other, _)) => bail!("no command '{other}'\n\n{HELP}"),
    }
}

/// Runs a tool that needs the protocols built.
fn workbench(args: &[&str], profile: &[&str]) -> Result<()> {
    let cargo = ["run", "--quiet", "--package", "workbench"];
    let mut command = Command::new("cargo");
    command.args(cargo).args(profile).arg("--").args(args);
    let status = command.current_dir(root()).status()?;
    if status.success() { Ok(()) } else { bail!("the tool failed") }
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

/// The workspace's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
