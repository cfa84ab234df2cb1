//! What a serving command needs: the runtime, the end by a signal, the console, and somebody who
//! keeps the picture fresh and the data folder up to date.

use crate::cli::OwnRules;
use crate::clock;
use crate::data::Data;
use crate::feed::Feed;
use crate::intel::LazyFacts;
use crate::ledger::Ledger;
use crate::output::{self, Paint};
use crate::own_rules;
use crate::pipeline;
use crate::plant::Plant;
use crate::policy;
use crate::progress::Progress;
use crate::source::Source;
use crate::supply;
use anyhow::{Context, Result, anyhow};
use capture::FileReport;
use dissect::Registry;
use judge::supply::{Pool, Supply};
use knowledge::Facts;
use model::{Model, ModelLimits};
use protocols::Protocols;
use server::{Access, Site};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// How often the keeper looks around.
const LOOK: Duration = Duration::from_millis(100);
/// A new picture at most this often.
const PICTURE: Duration = Duration::from_secs(1);
/// Taking pictures takes at most this share of the time.
const PICTURE_SHARE: u32 = 4;
/// What is new is stored this often.
const STORE: Duration = Duration::from_secs(5);
/// The risk of the day is kept this often.
const RISK: Duration = Duration::from_hours(1);
/// Browsers that still listen at the end get this long.
const FAREWELL: Duration = Duration::from_millis(500);

/// The runtime with its signals.
pub(crate) struct Host {
    runtime: Runtime,
    stop: Arc<AtomicBool>,
    facts: Facts,
}

/// What is read while the console is up.
pub(crate) struct Reading {
    pub(crate) source: Box<dyn Source>,
    pub(crate) workers: u8,
}

impl Host {
    /// From now on SIGINT and SIGTERM ask for an orderly end; a second one ends at once. Rules
    /// that cannot be used are said at once.
    pub(crate) fn new(own: &OwnRules) -> Result<Self> {
        let facts = own_rules::facts(own)?;
        let runtime = runtime()?;
        let stop = Arc::new(AtomicBool::new(false));
        let entered = runtime.enter();
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let asked = stop.clone();
        runtime.spawn(async move {
            loop {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                if asked.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            }
        });
        drop(entered);
        Ok(Self { runtime, stop, facts })
    }

    /// Set when the end was asked for.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        self.stop.clone()
    }

    /// Opens a data folder.
    pub(crate) fn data(&self, folder: &Path) -> Result<Data> {
        Data::open(self.runtime.handle(), folder)
    }

    /// A model of nothing.
    pub(crate) fn empty_model() -> Model {
        Model::new(ModelLimits::default(), Protocols::SPECS)
    }

    /// Serves the console over a model until a signal comes, while something may be read.
    pub(crate) fn serve(
        self,
        listen: SocketAddr,
        model: Model,
        ledger: Ledger,
        data: Option<Data>,
        reading: Option<Reading>,
    ) -> Result<ExitCode> {
        let plant = Plant::new(model);
        let folder = data.as_ref().map(|data| data.store().folder().to_owned());
        let mut facts_outside = LazyFacts::new(folder.as_deref());
        let facts = Arc::new(self.facts.with_banners(facts_outside.banners()?));
        let live = reading.is_some();
        let inputs = ledger.inputs(&[]);
        let site = Arc::new(Site::new(plant.shared(), facts, &inputs, live));
        let access = match &data {
            Some(data) => Arc::new(data.access()?),
            None => Arc::new(Access::new(None, false)),
        };
        let store = data.as_ref().map(Data::store);
        if let Some(data) = &data {
            let (rulings, weights) = data.decided()?;
            site.recall(rulings, weights);
            site.recall_corrections(data.corrections()?, data.ties()?);
            // A sensor whose policy is of another version still sees.
            match policy::stored(data) {
                Ok(Some(policy)) => site.govern(policy),
                Ok(None) => {}
                Err(error) => output::complain(&format!("ferrite: {error:#}")),
            }
        }
        let router = server::router(site.clone(), access.clone(), store);
        let served = self.runtime.block_on(server::serve(listen, router));
        let served = served.map_err(|error| cannot_listen(listen, &error))?;
        announce(served.address, &access, data.as_ref())?;
        let (advice, outside) = facts_outside.known()?;
        site.know(advice);
        let filed = data.as_ref().map_or_else(|| Ok(Vec::new()), Data::filed)?;
        let pool = data.as_ref().map_or_else(|| Ok(Pool::default()), Data::pool)?;
        site.supply(Supply::new(outside, filed, pool));
        if let Some(data) = &data {
            supply::catch_up(data, &site);
        }
        // The listener ends with the runtime: event streams would otherwise keep it open.
        self.runtime.spawn(served.run(std::future::pending()));
        let mut keeper =
            Keeper { plant: &plant, site: &site, ledger, data: data.as_ref(), stop: &self.stop };
        let code = if let Some(reading) = reading {
            keeper.read(reading)
        } else {
            keeper.wait();
            Ok(ExitCode::SUCCESS)
        };
        self.runtime.shutdown_timeout(FAREWELL);
        code
    }
}

/// The runtime of the server and the data folder; packets never touch it.
pub(crate) fn runtime() -> Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    Ok(builder.worker_threads(2).enable_all().build()?)
}

fn cannot_listen(listen: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    let port = listen.port().checked_add(1).unwrap_or(8640);
    let other = SocketAddr::new(listen.ip(), port);
    match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow!(
            "{listen} is taken, perhaps by another Ferrite: stop it, or give another address, for \
             instance --listen {other}"
        ),
        std::io::ErrorKind::PermissionDenied => anyhow!(
            "{listen}: no permission to listen there: ports below 1024 need CAP_NET_BIND_SERVICE; \
             give another, for instance --listen {}:8640",
            listen.ip()
        ),
        _ => anyhow!("cannot listen on {listen}: {error}"),
    }
}

/// Says where the console is and how to come in.
fn announce(address: SocketAddr, access: &Access, data: Option<&Data>) -> Result<()> {
    let paint = Paint::for_stdout();
    let line = |name: &str, text: &str| output::say(&format!("{} {text}", paint.dim(name)));
    if !address.ip().is_loopback() {
        output::complain(&format!(
            "ferrite: warning: {address} can be reached from other machines, and there is no TLS: \
             passwords and data cross the network in the clear. Listen on 127.0.0.1 behind a TLS \
             proxy or an SSH tunnel instead."
        ));
    }
    let token = access.issue_token()?;
    let shown = reachable(address);
    line("console  ", &paint.bold(&format!("http://{shown}/#token={token}")))?;
    line("         ", "this link opens one session")?;
    if let Some(data) = data {
        if let Some(password) = data.first_password(access)? {
            line("password ", &paint.bold(&password))?;
            line("         ", "shown once; to be changed by whoever signs in with it")?;
        }
        line("data     ", &data.store().folder().display().to_string())?;
    }
    line("stop     ", "Ctrl-C")
}

/// An address that a browser on this machine can open.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Keeps picture and data folder up to date.
struct Keeper<'a> {
    plant: &'a Plant,
    site: &'a Site,
    ledger: Ledger,
    data: Option<&'a Data>,
    stop: &'a AtomicBool,
}

impl Keeper<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Keeps the risk of today: the trend goes on where nobody looks.
    fn keep_trend(&self) {
        let Some(data) = self.data else { return };
        let Some(judged) = self.site.judged(&clock::date()) else { return };
        if let Err(error) = data.keep_trend(&judged.day, &judged.assessment) {
            output::complain(&format!("ferrite: the risk of today is not stored: {error:#}"));
        }
    }

    /// Waits for the end.
    fn wait(&self) {
        self.keep_trend();
        while !self.is_stopped() {
            std::thread::sleep(LOOK);
        }
    }

    /// Reads to the end or the signal, then waits for the signal.
    fn read(&mut self, reading: Reading) -> Result<ExitCode> {
        let Reading { source, workers } = reading;
        let feed = Feed::new(source, workers);
        let progress = Progress::new();
        let plant = self.plant;
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| pipeline::run(&feed, plant, true, &progress));
            self.look_after(&feed, || reader.is_finished());
        });
        let reports = feed.reports();
        self.site.refresh(&self.ledger.inputs(&reports), false);
        if let Some(data) = self.data {
            data.save(self.plant, &self.ledger.rows(&reports)).context("storing the last state")?;
        }
        self.sum_up(&reports)?;
        self.wait();
        let failed = reports.iter().any(|report| report.error.is_some() && report.packets == 0);
        let failed = failed && self.data.is_none();
        Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }

    /// Takes pictures and stores, each at its pace, until reading is over.
    fn look_after(&self, feed: &Feed, is_over: impl Fn() -> bool) {
        let mut picture = Pace::new(PICTURE);
        let mut storing = Pace::new(STORE);
        let mut risk = Pace::new(RISK);
        let mut trouble = Trouble::default();
        while !is_over() {
            std::thread::sleep(LOOK);
            let seen = (self.plant.revision(), feed.progress().0);
            let reports = feed.reports();
            let told = trouble.tell(&reports);
            if picture.is_due() && (told || picture.seen != seen) {
                self.site.refresh(&self.ledger.inputs(&reports), true);
                picture.done(seen);
            }
            if let Some(data) = self.data
                && storing.is_due()
                && (told || storing.seen != seen)
            {
                if let Err(error) = data.save(self.plant, &self.ledger.rows(&reports)) {
                    output::complain(&format!("ferrite: not stored, tried again: {error:#}"));
                }
                storing.done(seen);
            }
            if risk.is_due() {
                self.keep_trend();
                risk.done(seen);
            }
        }
    }

    /// Says what was read.
    fn sum_up(&self, reports: &[FileReport]) -> Result<()> {
        let picture = self.site.snapshot();
        let packets: u64 = reports.iter().map(|report| report.packets).sum();
        let (assets, talks) = (picture.resolution.assets.len(), picture.conversations);
        output::say(&format!("{packets} packets, {assets} assets, {talks} conversations"))?;
        if let Some(dropped) = picture.capture.dropped.get(vocab::LossKind::KernelDrops.key()) {
            output::say(&format!("{dropped} frames were dropped by the kernel"))?;
        }
        Ok(())
    }
}

/// Something that is done now and then, when there is something new.
struct Pace {
    every: Duration,
    next: Instant,
    began: Instant,
    /// What there was the last time.
    seen: (u64, u64),
}

impl Pace {
    fn new(every: Duration) -> Self {
        let now = clock::now();
        Self { every, next: now + every, began: now, seen: (0, 0) }
    }

    fn is_due(&mut self) -> bool {
        self.began = clock::now();
        self.began >= self.next
    }

    /// It was done: what takes long is done less often.
    fn done(&mut self, seen: (u64, u64)) {
        let now = clock::now();
        let took = now.duration_since(self.began);
        self.next = now + self.every.max(took * PICTURE_SHARE);
        self.seen = seen;
    }
}

/// What is wrong with inputs, said once.
#[derive(Default)]
struct Trouble {
    told: Vec<Option<String>>,
}

impl Trouble {
    /// Says what is new; true when there was something.
    fn tell(&mut self, reports: &[FileReport]) -> bool {
        self.told.resize(reports.len(), None);
        let mut new = false;
        for (told, report) in self.told.iter_mut().zip(reports) {
            if *told != report.error {
                let what = report.error.as_deref().unwrap_or("comes in again");
                output::complain(&format!("ferrite: {}: {what}", report.path.display()));
                told.clone_from(&report.error);
                new = true;
            }
        }
        new
    }
}
