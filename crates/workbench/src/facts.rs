//! Prints what the dissectors see in a capture.

use crate::say;
use anyhow::{Context, Result, bail};
use capture::{Block, Inputs};
use dissect::{Engine, FactCx, FlowShare, Limits, Sink};
use protocols::Protocols;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use testkit::Facts;
use vocab::{Fact, FrameId};

struct Printer {
    facts: Facts<Protocols>,
    protocol: Option<String>,
    frames: RangeInclusive<u64>,
    counts: Option<BTreeMap<String, u64>>,
}

impl Printer {
    /// Prints or counts what `facts` wrote.
    fn flush(&mut self, frame: FrameId) {
        let text = std::mem::take(&mut self.facts.text);
        for line in text.lines() {
            let key = line.split_whitespace().next().unwrap_or("");
            let wanted = self.protocol.as_deref().is_none_or(|p| p == key || line.starts_with(' '));
            if !wanted || !self.frames.contains(&frame.number) {
                continue;
            }
            match &mut self.counts {
                Some(_) if line.starts_with(' ') => {}
                Some(counts) => {
                    let words: Vec<&str> = line.split_whitespace().take(3).collect();
                    *counts.entry(words.join(" ")).or_default() += 1;
                }
                None => say(&format!("{:>6} {line}\n", frame.number)),
            }
        }
    }
}

impl Sink for Printer {
    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>) {
        self.facts.fact(cx, fact);
        self.flush(cx.frame);
    }

    fn share(&mut self, share: &FlowShare<'_>) {
        self.facts.share(share);
        self.flush(share.frame);
    }

    fn header_fault(&mut self, layer: &'static str, fault: &'static str, frame: FrameId) {
        self.facts.header_fault(layer, fault, frame);
        self.flush(frame);
    }
}

/// `FILE [--protocol KEY] [--frames A-B] [--count]`.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let mut printer =
        Printer { facts: Facts::verbose(), protocol: None, frames: 0..=u64::MAX, counts: None };
    let mut files = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--protocol" => printer.protocol = args.next().map(|key| (*key).to_owned()),
            "--count" => printer.counts = Some(BTreeMap::new()),
            "--frames" => {
                let range = args.next().and_then(|range| range.split_once('-'));
                let (from, to) = range.context("--frames takes A-B")?;
                printer.frames = from.parse()?..=to.parse()?;
            }
            file => files.push(file.into()),
        }
    }
    if files.is_empty() {
        bail!("which capture?");
    }
    let mut inputs = Inputs::open(&files);
    let mut block = Block::new();
    let mut engine = Engine::<Protocols>::new(Limits::default());
    loop {
        inputs.fill(&mut block);
        if block.is_empty() {
            break;
        }
        for frame in block.frames() {
            engine.handle_frame(&frame, &mut printer);
        }
    }
    engine.finish(&mut printer);
    for (line, count) in printer.counts.into_iter().flatten() {
        say(&format!("{count:>8} {line}\n"));
    }
    for loss in engine.take_losses() {
        say(&format!("lost: {} {}\n", loss.kind.key(), loss.count));
    }
    for report in inputs.reports() {
        if let Some(error) = &report.error {
            say(&format!("{}: {error}\n", report.path.display()));
        }
    }
    Ok(())
}
