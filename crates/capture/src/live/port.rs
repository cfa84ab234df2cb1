//! One watched interface: opened, read, and opened again when it went away.

use super::LiveError;
use super::ring::{self, Origin};
use super::socket::{PacketSocket, RETIRE_MS};
use crate::block::Block;
use crate::inputs::FileReport;
use decode::LinkType;
use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use vocab::FrameId;

/// Between two tries to open an interface that went away.
const RETRY: Duration = Duration::from_secs(1);
/// An interface that failed is read for this long still: the kernel hands over what it had.
const LAST_WORDS: Duration = Duration::from_millis(3 * RETIRE_MS as u64);

enum State {
    /// Frames come in.
    Open(PacketSocket),
    /// Failed at this time; what is left in the ring is read.
    Ending(PacketSocket, Instant),
    /// Tried again after this time.
    Waiting(Instant),
}

/// A watched interface.
pub(super) struct Port {
    name: String,
    state: State,
    origin: Origin,
    /// The block of the ring that comes next.
    at: usize,
    /// The frame that comes next.
    next: FrameId,
    pub(super) report: FileReport,
}

impl Port {
    /// Opens an interface whose next frame is `next`; one that is down is waited for.
    pub(super) fn open(name: &str, next: FrameId, now: Instant) -> Result<Self, LiveError> {
        let mut this = Self {
            name: name.to_owned(),
            state: State::Waiting(now),
            origin: Origin { link: LinkType::ETHERNET, echoes: false },
            at: 0,
            next,
            report: FileReport::new(PathBuf::from(name)),
        };
        let refused = |error| LiveError::new(name, error);
        let socket = PacketSocket::new().map_err(refused)?;
        this.start(socket, now)?;
        Ok(this)
    }

    /// Lets frames come in.
    fn start(&mut self, socket: PacketSocket, now: Instant) -> Result<(), LiveError> {
        let refused = |error| LiveError::new(&self.name, error);
        let interface = socket.interface(&self.name).map_err(refused)?;
        self.origin = Origin {
            link: link_of(interface.hardware).ok_or_else(|| LiveError::Kind {
                name: self.name.clone(),
                hardware: interface.hardware,
            })?,
            echoes: interface.hardware == libc::ARPHRD_LOOPBACK,
        };
        self.at = 0;
        if interface.up {
            socket.bind(interface).map_err(refused)?;
            self.report.error = None;
            self.state = State::Open(socket);
        } else {
            self.wait(now, "the interface is down; waiting for it");
        }
        Ok(())
    }

    fn wait(&mut self, now: Instant, why: &str) {
        self.report.error = Some(why.to_owned());
        self.state = State::Waiting(now + RETRY);
    }

    /// The socket to wait for.
    pub(super) fn descriptor(&self) -> Option<RawFd> {
        match &self.state {
            State::Open(socket) => Some(socket.as_raw_fd()),
            State::Ending(..) | State::Waiting(_) => None,
        }
    }

    /// Adds the frames that are there, one block of the ring at a time while `out` has room.
    pub(super) fn drain(&mut self, out: &mut Block, bytes_max: usize) {
        let (State::Open(socket) | State::Ending(socket, _)) = &mut self.state else { return };
        while out.byte_len() < bytes_max
            && let Some(ring) = socket.block(self.at)
        {
            let first = out.len();
            ring::take(ring, self.origin, &mut self.next, out);
            socket.release(self.at);
            self.at = PacketSocket::after(self.at);
            for record in out.records().get(first..).unwrap_or(&[]) {
                self.report.count(record.at, record.wire_len);
            }
        }
    }

    /// Looks after the socket: what failed, what was dropped, whether to try again.
    pub(super) fn care(&mut self, out: &mut Block, now: Instant) {
        if let State::Open(socket) | State::Ending(socket, _) = &self.state {
            let counts = socket.counts().unwrap_or_default();
            out.add_lost(counts.drops);
        }
        match std::mem::replace(&mut self.state, State::Waiting(now)) {
            State::Open(socket) => {
                self.state = match socket.failure() {
                    None => State::Open(socket),
                    Some(error) => {
                        self.report.error = Some(format!("{}; waiting for it", lost(&error)));
                        State::Ending(socket, now)
                    }
                };
            }
            State::Ending(socket, since) if now.duration_since(since) < LAST_WORDS => {
                self.state = State::Ending(socket, since);
            }
            State::Ending(..) => self.state = State::Waiting(now + RETRY),
            State::Waiting(until) if now < until => self.state = State::Waiting(until),
            State::Waiting(_) => {
                let started = PacketSocket::new()
                    .map_err(|error| LiveError::new(&self.name, error))
                    .and_then(|socket| self.start(socket, now));
                if started.is_err() {
                    self.wait(now, "the interface is gone; waiting for it");
                }
            }
        }
    }
}

fn lost(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(libc::ENETDOWN) => "the interface went down".to_owned(),
        Some(libc::ENODEV | libc::ENXIO) => "the interface was removed".to_owned(),
        _ => error.to_string(),
    }
}

/// The link layer of an `ARPHRD_…` number.
fn link_of(hardware: u16) -> Option<LinkType> {
    match hardware {
        libc::ARPHRD_ETHER | libc::ARPHRD_LOOPBACK => Some(LinkType::ETHERNET),
        libc::ARPHRD_NONE | libc::ARPHRD_TUNNEL | libc::ARPHRD_TUNNEL6 | libc::ARPHRD_SIT => {
            Some(LinkType::RAW)
        }
        _ => None,
    }
}
