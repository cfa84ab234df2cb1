//! `ferrite query`: asks one device what it is.
//!
//! The only command that sends frames to devices. It asks whom it may, what standards have for
//! this purpose, slowly, one question at a time; it logs every message before it goes. What comes
//! back is read by the same dissectors as captures are.

mod allow;
mod dcp;
mod log;
mod script;
mod talk;

use crate::cli::{ListFormat, Query};
use crate::feed::Feed;
use crate::host::Host;
use crate::intel::LazyFacts;
use crate::output;
use crate::own_rules;
use crate::pipeline;
use crate::plant::Plant;
use crate::progress::Progress;
use allow::Allowed;
use anyhow::{Context, Result, bail};
use capture::Inputs;
use dcp::Station;
use log::Log;
use model::{Asset, Model, resolve};
use serde::Serialize;
use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use talk::{Pace, Tally};
use view::AssetView;
use vocab::{Host as Address, Mac};

/// Whom to ask.
enum Target {
    Ip(IpAddr),
    Station(Station, String),
}

/// Asks a device.
pub(crate) fn run(args: &Query) -> Result<ExitCode> {
    let target = match target(args) {
        Ok(target) => target,
        Err(error) => {
            output::complain(&format!("ferrite: {error:#}"));
            return Ok(ExitCode::from(2));
        }
    };
    if !args.yes {
        plan(args, &target)?;
        return Ok(ExitCode::from(2));
    }
    let facts = own_rules::facts(&args.own)?;
    let folder = args.data.data.join("queries");
    let ethernet = matches!(target, Target::Station(..));
    let mut log = Log::new(&folder, &args.host, args.protocol.key(), ethernet)?;
    log.note(&format!("query of {} with {}", args.host, args.protocol.key()))?;
    let asked = ask(args, &target, &mut log);
    if let Err(error) = &asked {
        log.note(&format!("ended: {error:#}"))?;
        output::complain(&format!("ferrite: {error:#}; the log is {}", log.text_path.display()));
        return Ok(ExitCode::from(1));
    }
    let (tally, address) = asked?;
    let model = read(&mut log)?;
    let mut outside = LazyFacts::new(Some(&args.data.data));
    let facts = facts.with_banners(outside.banners_for(&model)?);
    let resolution = resolve(&model, &facts);
    let found = address.and_then(|address| resolution.position(address, 0));
    let asset = found.and_then(|at| resolution.assets.get(at));
    let asset = asset.filter(|_| tally.answered > 0);
    tell(args, &log, tally, asset.map(|asset| (asset, &model)))?;
    Ok(if asset.is_some() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The device, where it may be asked.
fn target(args: &Query) -> Result<Target> {
    let allowed = Allowed::read(&args.allow)?;
    let Some(_) = script::of(args) else {
        let Some(interface) = &args.interface else {
            bail!("{} needs --interface", args.protocol.key());
        };
        return Ok(Target::Station(Station::of(&args.host, &allowed)?, interface.clone()));
    };
    let Ok(ip) = args.host.parse::<IpAddr>() else {
        bail!(
            "{} is no IP address; names are not looked up, so that nobody else is asked",
            args.host
        );
    };
    let group = match ip {
        IpAddr::V4(ip) => ip.is_broadcast() || ip.is_multicast() || ip.is_unspecified(),
        IpAddr::V6(ip) => ip.is_multicast() || ip.is_unspecified(),
    };
    if group {
        bail!("{ip} is not the address of one device");
    }
    if !allowed.has_ip(ip) {
        bail!("{ip} is not in the list of --allow; nothing was sent");
    }
    Ok(Target::Ip(ip))
}

/// Says what would be sent.
fn plan(args: &Query, target: &Target) -> Result<()> {
    output::say(&format!("{} would be asked:", args.host))?;
    match (target, script::of(args)) {
        (Target::Station(station, _), _) => {
            output::say(&format!("  {}", station.question(Mac([0; 6]), 0).0))?;
        }
        (Target::Ip(_), Some((_, port, mut script))) => {
            for question in script::plan(script.as_mut()) {
                output::say(&format!("  {}", question.what))?;
            }
            output::say(&format!("on port {}", args.port.unwrap_or(port)))?;
        }
        (Target::Ip(_), None) => {}
    }
    output::say("Nothing was sent. Add --yes to ask.")
}

/// Asks, and says which address answered.
fn ask(args: &Query, target: &Target, log: &mut Log) -> Result<(Tally, Option<Address>)> {
    let mut pace = Pace::new(args.rate, args.timeout);
    match target {
        Target::Station(station, interface) => {
            let (tally, mac) = dcp::ask(station, interface, &mut pace, log)?;
            Ok((tally, mac.map(Address::Mac)))
        }
        Target::Ip(ip) => {
            let (carrier, port, mut script) = script::of(args).context("nothing to ask")?;
            let to = SocketAddr::new(*ip, args.port.unwrap_or(port));
            let tally = talk::all(to, (carrier, port), script.as_mut(), &mut pace, log)?;
            Ok((tally, Some(Address::Ip(*ip))))
        }
    }
}

/// Reads the capture of the query as any other.
fn read(log: &mut Log) -> Result<Model> {
    let bytes = std::io::Cursor::new(log.readable());
    let inputs = Inputs::from_reader(&log.capture_path, Box::new(bytes))?;
    let feed = Feed::new(Box::new(inputs), 1);
    let plant = Plant::new(Host::empty_model());
    pipeline::run(&feed, &plant, false, &Progress::new());
    Ok(plant.into_model())
}

/// The result as a document.
#[derive(Serialize)]
struct Document {
    asked: usize,
    answered: usize,
    log: String,
    capture: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    asset: Option<AssetView>,
}

fn tell(args: &Query, log: &Log, tally: Tally, found: Option<(&Asset, &Model)>) -> Result<()> {
    if args.format == ListFormat::Json {
        let document = Document {
            asked: tally.asked,
            answered: tally.answered,
            log: log.text_path.display().to_string(),
            capture: log.capture_path.display().to_string(),
            asset: found.map(|(asset, model)| AssetView::new(asset, model)),
        };
        return output::say(&serde_json::to_string_pretty(&document)?);
    }
    output::say(&format!(
        "{}: {} of {} questions answered",
        args.host, tally.answered, tally.asked
    ))?;
    for (attribute, choice) in found.iter().flat_map(|(asset, _)| asset.choices.iter()) {
        let of = found.and_then(|(asset, _)| asset.evidence.get(choice.evidence));
        let source = of.map_or_else(String::new, |e| format!("{} {}", e.protocol, e.source));
        // What a device says must not control the terminal.
        let value: String =
            choice.value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        output::say(&format!("  {:<14}{value}  ({source})", attribute.key()))?;
    }
    output::say(&format!("log      {}", log.text_path.display()))?;
    output::say(&format!("capture  {}", log.capture_path.display()))
}
