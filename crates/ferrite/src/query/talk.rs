//! Asks, waits, and asks again: one question at a time, and none after one that was not answered.

use super::log::Log;
use super::script::{Carrier, Question, Script};
use crate::clock;
use anyhow::{Context, Result, bail};
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

/// Largest answer in bytes.
const ANSWER_MAX: usize = 32 << 10;
/// Most datagrams that are looked at while one answer is waited for.
const DATAGRAMS_MAX: usize = 256;

/// How fast to ask, and how long to wait.
#[derive(Debug)]
pub(super) struct Pace {
    pub(super) gap: Duration,
    pub(super) patience: Duration,
    last: Option<Instant>,
}

impl Pace {
    pub(super) fn new(rate: u32, timeout_s: u64) -> Self {
        let gap = Duration::from_secs(1) / rate.max(1);
        Self { gap, patience: Duration::from_secs(timeout_s), last: None }
    }

    /// Waits until the next message may go.
    pub(super) fn wait(&mut self) {
        if let Some(last) = self.last {
            std::thread::sleep(self.gap.saturating_sub(clock::now().duration_since(last)));
        }
        self.last = Some(clock::now());
    }
}

/// What became of the questions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) asked: usize,
    pub(super) answered: usize,
}

/// Asks a device everything.
pub(super) fn all(
    to: SocketAddr,
    (carrier, port): (Carrier, u16),
    script: &mut dyn Script,
    pace: &mut Pace,
    log: &mut Log,
) -> Result<Tally> {
    let mut line: Box<dyn Line> = match carrier {
        Carrier::Tcp => Box::new(Tcp::open(to, port, pace, log)?),
        Carrier::Udp { own } => Box::new(Udp::open(to, port, own, log)?),
    };
    let mut tally = Tally::default();
    let mut answer: Option<Vec<u8>> = None;
    while let Some(question) = script.next(answer.as_deref()) {
        pace.wait();
        // First the log: what was sent is known whatever happens next.
        log.sent(&question.what, &question.bytes)?;
        tally.asked += 1;
        answer = line.ask(&question, script, pace.patience, log)?;
        if answer.is_some() {
            tally.answered += 1;
            continue;
        }
        log.note(&format!("no answer in {} s", pace.patience.as_secs()))?;
        if !question.optional {
            break;
        }
    }
    log.over()?;
    Ok(tally)
}

/// A way to a device.
trait Line {
    fn ask(
        &mut self,
        question: &Question,
        script: &dyn Script,
        patience: Duration,
        log: &mut Log,
    ) -> Result<Option<Vec<u8>>>;
}

struct Tcp {
    stream: TcpStream,
}

impl Tcp {
    fn open(to: SocketAddr, port: u16, pace: &mut Pace, log: &mut Log) -> Result<Self> {
        pace.wait();
        log.note(&format!("connecting to {to}"))?;
        let stream = TcpStream::connect_timeout(&to, pace.patience);
        if let Err(error) = &stream {
            log.note(&format!("no connection: {error}"))?;
        }
        let stream = stream.with_context(|| format!("{to}: no connection"))?;
        stream.set_nodelay(true)?;
        log.between(stream.local_addr()?, to, port, true)?;
        Ok(Self { stream })
    }
}

impl Line for Tcp {
    fn ask(
        &mut self,
        question: &Question,
        script: &dyn Script,
        patience: Duration,
        log: &mut Log,
    ) -> Result<Option<Vec<u8>>> {
        self.stream.write_all(&question.bytes)?;
        let until = clock::now() + patience;
        let mut received = Vec::new();
        let mut part = [0; 2048];
        loop {
            let whole = script.length(&received).filter(|_| !received.is_empty());
            if let Some(length) = whole.filter(|length| received.len() >= *length) {
                received.truncate(length);
                log.received(&question.what, &received)?;
                return Ok(Some(received));
            }
            if whole.is_some_and(|length| length > ANSWER_MAX) || received.len() > ANSWER_MAX {
                log.received("too long, not read further", &received)?;
                return Ok(None);
            }
            let left = until.saturating_duration_since(clock::now());
            if left.is_zero() {
                break;
            }
            self.stream.set_read_timeout(Some(left))?;
            match self.stream.read(&mut part) {
                Ok(0) => {
                    log.note("the device closed the connection")?;
                    break;
                }
                Ok(count) => received.extend(part.iter().take(count)),
                Err(error) if is_timeout(&error) => break,
                Err(error) => {
                    log.note(&format!("the connection broke: {error}"))?;
                    break;
                }
            }
        }
        if !received.is_empty() {
            log.received("the beginning of an answer", &received)?;
        }
        Ok(None)
    }
}

struct Udp {
    socket: UdpSocket,
    to: SocketAddr,
}

impl Udp {
    fn open(to: SocketAddr, port: u16, own: u16, log: &mut Log) -> Result<Self> {
        let any: IpAddr = match to {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        // Another program may have the port; then answers to it are missed, others are not.
        let socket = UdpSocket::bind((any, own)).or_else(|_| UdpSocket::bind((any, 0)))?;
        let route = UdpSocket::bind((any, 0))?;
        // Sends nothing: it asks the system which address of ours leads there.
        route.connect(to).with_context(|| format!("{to}: no way there"))?;
        let own = SocketAddr::new(route.local_addr()?.ip(), socket.local_addr()?.port());
        log.between(own, to, port, false)?;
        Ok(Self { socket, to })
    }
}

impl Line for Udp {
    fn ask(
        &mut self,
        question: &Question,
        script: &dyn Script,
        patience: Duration,
        log: &mut Log,
    ) -> Result<Option<Vec<u8>>> {
        self.socket.send_to(&question.bytes, self.to)?;
        let until = clock::now() + patience;
        let mut datagram = vec![0; ANSWER_MAX];
        for _ in 0..DATAGRAMS_MAX {
            let left = until.saturating_duration_since(clock::now());
            if left.is_zero() {
                break;
            }
            self.socket.set_read_timeout(Some(left))?;
            match self.socket.recv_from(&mut datagram) {
                Ok((count, from)) if from.ip() == self.to.ip() => {
                    let bytes = datagram.get(..count).unwrap_or_default();
                    if script.is_answer(bytes) {
                        log.received(&question.what, bytes)?;
                        return Ok(Some(bytes.to_vec()));
                    }
                    log.received("something else", bytes)?;
                }
                // Somebody else's.
                Ok(_) => {}
                Err(error) if is_timeout(&error) => break,
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    log.note("the device says that nobody listens there")?;
                    break;
                }
                Err(error) => bail!("{}: {error}", self.to),
            }
        }
        Ok(None)
    }
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}
