//! `trial COMMAND`: the trials by hand.

mod asks;
mod counts;
mod damage;
mod floor;

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use trial::hostile::SCENARIOS;
use trial::random::Random;
use trial::{TARGETS, corpus};

const HELP: &str = "\
trial COMMAND

  floor FILE                      walks the records of a capture and does nothing else
  counts                          every protocol's cases again and again, for callgrind
  damage FOLDER [PLACES]          every capture of a folder, cut and changed at random places
  hostile PROGRAM [SCENARIO]      hostile traffic through the program, in its big sizes
  match                           asks the built-in advisories about 10,000 devices
  mutate TARGET [--seconds N]     a fuzz target over random changes of its first inputs
  seeds FOLDER                    writes the first inputs of the fuzz targets
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("trial: {error:#}\n"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match *args.as_slice() {
        ["floor", file] => floor::run(Path::new(file)),
        ["counts"] => {
            counts::run();
            Ok(())
        }
        ["damage", folder] => damage::run(Path::new(folder), 200),
        ["damage", folder, places] => damage::run(Path::new(folder), places.parse()?),
        ["hostile", program] => hostile(Path::new(program), ""),
        ["hostile", program, scenario] => hostile(Path::new(program), scenario),
        ["match"] => {
            let asks::Asked { load, ask, verdicts } = asks::run(now)?;
            say(&format!(
                "facts read in {:.3} s; {} devices asked about in {:.2} s, {verdicts} verdicts\n",
                load.as_secs_f32(),
                asks::DEVICES,
                ask.as_secs_f32(),
            ));
            Ok(())
        }
        ["mutate", target] => mutate(target, 60),
        ["mutate", target, "--seconds", seconds] => mutate(target, seconds.parse()?),
        ["seeds", folder] => seeds(Path::new(folder)),
        ["help" | "--help"] => {
            say(HELP);
            Ok(())
        }
        _ => bail!("which command?\n\n{HELP}"),
    }
}

fn seeds(folder: &Path) -> Result<()> {
    for (target, _) in TARGETS {
        let folder = folder.join(target);
        std::fs::create_dir_all(&folder)?;
        for (name, bytes) in corpus::seeds(target) {
            std::fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

/// All scenarios, or the one of this name.
fn hostile(program: &Path, only: &str) -> Result<()> {
    for scenario in SCENARIOS.iter().filter(|scenario| only.is_empty() || scenario.name == only) {
        let began = now();
        let taken = trial::hostile::run(program, scenario, scenario.big)?;
        say(&format!(
            "{}: {} {}; {} packets, {} MB at most, {:.1} s, lost {}\n",
            scenario.name,
            scenario.big,
            scenario.of,
            taken.packets,
            taken.peak_bytes / 1_000_000,
            began.elapsed().as_secs_f32(),
            taken.dropped,
        ));
    }
    Ok(())
}

/// The clock of a tool that runs by hand.
#[expect(clippy::disallowed_methods, reason = "measures itself")]
fn now() -> Instant {
    Instant::now()
}

fn mutate(name: &str, seconds: u64) -> Result<()> {
    let known = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = known.with_context(|| format!("no target {name:?}"))?;
    let seeds = corpus::seeds(name);
    // Other inputs at every call.
    let mut random = Random::new(u64::from(std::process::id()));
    let began = now();
    let mut runs = 0u64;
    let last = std::env::temp_dir().join(format!("trial-{name}-{}", std::process::id()));
    while began.elapsed() < Duration::from_secs(seconds) {
        let mut input = seeds[random.below(seeds.len())].1.clone();
        random.damage(&mut input, 16 << 10);
        let result = std::panic::catch_unwind(|| target(&input));
        if result.is_err() {
            std::fs::write(&last, &input)?;
            bail!("{name} broke: its input is {}", last.display());
        }
        runs += 1;
    }
    say(&format!("{name}: {runs} runs, nothing broke\n"));
    Ok(())
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
