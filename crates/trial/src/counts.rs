//! A protocol's cases through the packet side again and again: what callgrind counts.
//!
//! Two runs of different lengths differ only in the rounds between them, so start and end drop
//! out of the difference.

use anyhow::{Context, Result};
use dissect::Limits;
use testkit::{Ends, Session};
use trial::chain::Chain;
use trial::corpus;

/// Runs the cases `times` times; prints how many frames that were.
pub(crate) fn run(protocol: &str, times: u32) -> Result<()> {
    let all = corpus::cases();
    let found = all.iter().find(|(name, _)| name == protocol);
    let (_, cases) = found.with_context(|| format!("no protocol {protocol:?} with cases"))?;
    // A malformed message tells nothing of the cost of good ones, but it is cheap: all are run.
    let frames: Vec<_> = cases.iter().flat_map(testkit::Case::frames).collect();
    let mut chain = Chain::new(Limits::tiny());
    let mut clock = Session::new(Ends::new(0, 0));
    for _ in 0..times {
        for (link, bytes) in &frames {
            chain.frame(&clock.linked(bytes, *link));
        }
    }
    chain.finish();
    crate::say(&format!("{}\n", frames.len()));
    Ok(())
}
