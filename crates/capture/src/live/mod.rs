//! Live capture: frames of network interfaces through rings shared with the kernel
//! (AF_PACKET, TPACKET_V3). Nothing is ever sent.
//!
//! **One ring per interface, our own spread over threads.** The kernel could spread frames over
//! several sockets (PACKET_FANOUT), but its hash differs from the one that files are read with:
//! it knows no inner addresses of tunnels, no MAC pairs of frames without IP, and sends fragments
//! elsewhere than their first. The engines' ownership of flows is `decode::lane`; with it one
//! thread and many, live and replay, see the same frames in the same order. Copying a frame out
//! of the ring costs far less than dissecting it, so one reader feeds several workers.
//!
//! **Several interfaces are merged by time.** A tap gives each direction its own interface, and
//! an answer must not come before its question. The kernel hands blocks over at the latest after
//! some milliseconds, so frames are held for a little longer than that and then handed on in the
//! order of their times.
//!
//! An interface that goes down or is removed is waited for; the report of its input says so.

mod port;
mod ring;
mod socket;

use crate::block::Block;
use crate::inputs::FileReport;
use port::Port;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vocab::{FrameId, Ts};

/// Bytes handed out at a time.
const BATCH_BYTES: usize = 256 << 10;
/// How long an idle reader waits before it says that there is nothing.
const WAIT_MS: i32 = 100;
/// How long frames of several interfaces are held to bring them in order.
const HOLD: Duration = Duration::from_millis(2 * socket::RETIRE_MS as u64);
/// Most bytes held; beyond them order is given up, not frames.
const HELD_BYTES_MAX: usize = 32 << 20;

/// An interface cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// Capturing needs a capability.
    #[error(
        "{name}: no permission to capture (CAP_NET_RAW): run Ferrite as root, or allow it once \
         with `sudo setcap cap_net_raw+ep {program}`"
    )]
    Permission {
        /// The interface.
        name: String,
        /// This program's file.
        program: String,
    },
    /// There is no such interface.
    #[error("{name}: no such network interface; there are: {}", there.join(", "))]
    Missing {
        /// The interface.
        name: String,
        /// Those that there are.
        there: Vec<String>,
    },
    /// An interface of a kind whose frames are not understood.
    #[error("{name}: interfaces of this kind (ARPHRD {hardware}) cannot be watched")]
    Kind {
        /// The interface.
        name: String,
        /// The kernel's number of the kind.
        hardware: u16,
    },
    /// The system refuses.
    #[error("{name}: cannot capture: {error}")]
    System {
        /// The interface.
        name: String,
        /// What it said.
        error: io::Error,
    },
}

impl LiveError {
    pub(crate) fn new(name: &str, error: io::Error) -> Self {
        let name = name.to_owned();
        match error.raw_os_error() {
            Some(libc::EPERM | libc::EACCES) => {
                let program = std::env::current_exe().map(|path| path.display().to_string());
                Self::Permission { name, program: program.unwrap_or_else(|_| "ferrite".into()) }
            }
            Some(libc::ENODEV | libc::ENXIO) => Self::Missing { name, there: names() },
            _ => Self::System { name, error },
        }
    }
}

/// The network interfaces that there are.
fn names() -> Vec<String> {
    let table = std::fs::read_to_string("/proc/net/dev").unwrap_or_default();
    let name = |line: &str| line.split_once(':').map(|(name, _)| name.trim().to_owned());
    table.lines().filter_map(name).collect()
}

/// Network interfaces that are watched.
pub struct Live {
    ports: Vec<Port>,
    held: Held,
    stop: Arc<AtomicBool>,
    over: bool,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("interfaces", &self.ports.len()).finish_non_exhaustive()
    }
}

impl Live {
    /// Opens interfaces, each with the place of its next frame. Reading ends some milliseconds
    /// after `stop` is set.
    ///
    /// # Errors
    /// When an interface cannot be watched: no permission, none of this name, none of a kind that
    /// is understood. One that is down is waited for.
    pub fn open(
        interfaces: &[(String, FrameId)],
        stop: Arc<AtomicBool>,
    ) -> Result<Self, LiveError> {
        let ports: Result<_, _> =
            interfaces.iter().map(|(name, next)| Port::open(name, *next, now())).collect();
        Ok(Self { ports: ports?, held: Held::default(), stop, over: false })
    }

    /// What became of each interface so far, in the given order.
    pub fn reports(&self) -> Vec<FileReport> {
        self.ports.iter().map(|port| port.report.clone()).collect()
    }

    /// Reading has ended.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Fills `block` with the next frames; leaves it empty when none came for a while.
    pub fn fill(&mut self, block: &mut Block) {
        block.clear();
        if self.over {
            return;
        }
        let stopping = self.stop.load(Ordering::Relaxed);
        if stopping {
            // The kernel hands over what it has not yet.
            std::thread::sleep(HOLD);
        }
        for port in &mut self.ports {
            port.care(block, now());
        }
        self.collect(block, stopping);
        if block.is_empty() && !stopping {
            socket::wait(&mut self.ports.iter().filter_map(Port::descriptor), WAIT_MS);
            self.collect(block, false);
        }
        self.over = stopping && block.is_empty();
    }

    /// Takes what is there, in order of time.
    fn collect(&mut self, block: &mut Block, all: bool) {
        if let [only] = self.ports.as_mut_slice() {
            only.drain(block, BATCH_BYTES);
            return;
        }
        let first = self.held.frames.len();
        for port in &mut self.ports {
            // Every interface gets its turn: one alone never fills the room.
            let room = self.held.frames.byte_len() + BATCH_BYTES;
            port.drain(&mut self.held.frames, room);
        }
        self.held.note(first, now());
        self.held.release(block, now(), all);
    }
}

/// Frames of several interfaces, held until nothing earlier can come.
#[derive(Default)]
struct Held {
    frames: Block,
    spare: Block,
    /// When frames came in, and the latest of their times.
    arrived: VecDeque<(Instant, Ts)>,
}

impl Held {
    /// Frames from position `first` on came in.
    fn note(&mut self, first: usize, now: Instant) {
        let new = self.frames.records().get(first..).unwrap_or(&[]);
        if let Some(latest) = new.iter().map(|record| record.at).max() {
            self.arrived.push_back((now, latest));
        }
    }

    /// Moves frames to `out` that nothing earlier can come before.
    fn release(&mut self, out: &mut Block, now: Instant, all: bool) {
        let mut due = None;
        while let Some((at, latest)) = self.arrived.front()
            && (all || now.duration_since(*at) >= HOLD)
        {
            due = due.max(Some(*latest));
            self.arrived.pop_front();
        }
        if self.frames.byte_len() > HELD_BYTES_MAX {
            self.arrived.clear();
            due = Some(Ts::MAX);
        }
        let Some(due) = due else { return };
        self.frames.records.sort_by_key(|record| (record.at, record.id.file));
        self.spare.clear();
        for record in &self.frames.records {
            let to = if record.at <= due { &mut *out } else { &mut self.spare };
            to.push(&self.frames.frame(record));
        }
        std::mem::swap(&mut self.frames, &mut self.spare);
    }
}

#[expect(clippy::disallowed_methods, reason = "live capture reads the clock")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use decode::{Frame, LinkType};

    fn push(held: &mut Held, file: u16, at: i64) {
        let id = FrameId { file, number: 1 };
        let link = LinkType::ETHERNET;
        let bytes = &[0; 14];
        held.frames.push(&Frame { at: Ts(at), id, link, bytes, wire_len: 14, vlan: 0 });
    }

    fn times(block: &Block) -> Vec<i64> {
        block.records().iter().map(|record| record.at.0).collect()
    }

    #[test]
    fn frames_of_two_interfaces_come_in_order() {
        let start = now();
        let mut held = Held::default();
        let mut out = Block::new();
        push(&mut held, 0, 10);
        push(&mut held, 0, 30);
        held.note(0, start);
        held.release(&mut out, start, false);
        assert!(out.is_empty(), "an earlier frame may still come");
        push(&mut held, 1, 20);
        push(&mut held, 1, 40);
        held.note(2, start + HOLD / 2);
        held.release(&mut out, start + HOLD, false);
        assert_eq!(times(&out), [10, 20, 30]);
        out.clear();
        held.release(&mut out, start + HOLD * 2, false);
        assert_eq!(times(&out), [40]);
    }

    #[test]
    fn too_much_is_handed_on_out_of_turn() {
        let start = now();
        let mut held = Held::default();
        let mut out = Block::new();
        while held.frames.byte_len() <= HELD_BYTES_MAX {
            push(&mut held, 0, 10);
        }
        held.note(0, start);
        held.release(&mut out, start, false);
        assert!(held.frames.is_empty() && !out.is_empty());
    }

    #[test]
    fn a_missing_interface_is_said_with_those_there_are() {
        let error = LiveError::new("eth7", io::Error::from_raw_os_error(libc::ENODEV));
        let text = error.to_string();
        assert!(text.starts_with("eth7: no such network interface; there are: "), "{text}");
        assert!(text.contains("lo"), "{text}");
        let error = LiveError::new("eth7", io::Error::from_raw_os_error(libc::EPERM));
        assert!(error.to_string().contains("setcap cap_net_raw+ep /"), "{error}");
    }
}
