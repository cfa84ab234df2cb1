//! A pack's bytes from a file or an address. This is the only place where Ferrite opens a
//! connection to somewhere else, and only because a person named the address.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(15);
/// How long everything may take.
const ALL: Duration = Duration::from_mins(5);
/// Most redirections followed.
const REDIRECTS_MAX: u32 = 5;

/// Reads at most `max` bytes of a file or of what an address answers; more is an error. `http` will
/// do: whether a pack is genuine is told by its signature, not by where it came from. A proxy is
/// taken from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
pub(super) fn bytes(from: &Path, max: u64) -> Result<Vec<u8>> {
    match from.to_str() {
        Some(address) if address.starts_with("https://") || address.starts_with("http://") => {
            of_address(address, max)
        }
        Some(other) if other.contains("://") => bail!("only https and http addresses and files"),
        _ => limited(File::open(from)?, max),
    }
}

fn of_address(address: &str, max: u64) -> Result<Vec<u8>> {
    // Plants often have authorities of their own: those that the system trusts count.
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .tls_config(tls)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(ALL))
        .max_redirects(REDIRECTS_MAX)
        .user_agent(concat!("ferrite/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut answer = agent.get(address).call().context("fetching it")?;
    limited(answer.body_mut().as_reader(), max)
}

fn limited(input: impl Read, max: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max {
        bail!("larger than {max} bytes");
    }
    Ok(bytes)
}
