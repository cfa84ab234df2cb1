//! What the end-to-end tests share: captures made here, the binary, and a client for its console.

#![allow(dead_code, reason = "every test takes its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;
use testkit::{Ends, Session};
use vocab::Mac;

/// A frame with its time in nanoseconds since 1970.
pub(crate) type Timed = (i64, Vec<u8>);

/// When the captures made here begin.
pub(crate) const START: i64 = 1_700_000_000_000_000_000;

/// A folder with files, gone at the end.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A file with this content.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// A pcap file with nanoseconds. draft-ietf-opsawg-pcap §4.
pub(crate) fn pcap(frames: &[Timed]) -> Vec<u8> {
    let mut out = 0xa1b2_3c4du32.to_le_bytes().to_vec();
    out.extend([2, 0, 4, 0]);
    out.extend([0u32, 0, 65_535, 1].map(u32::to_le_bytes).concat());
    for (at, frame) in frames {
        let (seconds, nanos) = (at / 1_000_000_000, at % 1_000_000_000);
        let len = i64::try_from(frame.len()).unwrap();
        let words = [seconds, nanos, len, len].map(|n| u32::try_from(n).unwrap());
        out.extend(words.map(u32::to_le_bytes).concat());
        out.extend(frame);
    }
    out
}

/// Modbus/TCP traffic between clients and controllers of network `net`: every client polls every
/// controller `rounds` times and writes to it once. MODBUS Messaging on TCP/IP v1.0b §3.1.
pub(crate) fn modbus(net: u8, clients: u8, controllers: u8, rounds: u16) -> Vec<Timed> {
    let mut sessions = Vec::new();
    for client in 0..clients {
        for controller in 0..controllers {
            let mut ends = Ends::new(40_000 + u16::from(client), 502);
            ends.src = [10, net, 1, client + 1];
            ends.dst = [10, net, 2, controller + 1];
            ends.src_mac = Mac([0x02, 0, net, 0, 1, client]);
            ends.dst_mac = Mac([0x02, 0, net, 0, 2, controller]);
            sessions.push(Session::new(ends));
        }
    }
    let mut frames: Vec<Vec<u8>> = Vec::new();
    for session in &mut sessions {
        frames.extend(session.open());
    }
    for round in 0..rounds {
        for (number, session) in sessions.iter_mut().enumerate() {
            let [a, b] = round.to_be_bytes();
            let register = u8::try_from(number % 200).unwrap();
            if round == 1 {
                let write = [a, b, 0, 0, 0, 6, 1, 6, 0, register, 0, 7];
                frames.push(session.segment(true, &write));
                frames.push(session.segment(false, &write));
            } else {
                frames.push(session.segment(true, &[a, b, 0, 0, 0, 6, 1, 3, 0, register, 0, 2]));
                frames.push(session.segment(false, &[a, b, 0, 0, 0, 7, 1, 3, 4, a, b, 9, 9]));
            }
        }
    }
    let at = |n: usize| START + i64::from(net) * 500 + i64::try_from(n).unwrap() * 100_000;
    frames.into_iter().enumerate().map(|(n, frame)| (at(n), frame)).collect()
}

/// A switch announces itself, with what it can do where that is given. Tag in 7 bits, length in 9,
/// content. IEEE 802.1AB-2016 §8.4.
pub(crate) fn announcement(says: &str, can: Option<[u8; 4]>) -> Vec<u8> {
    let mac = [0x20, 0x87, 0x56, 0, 0, 1];
    let mut frame = vec![0x01, 0x80, 0xc2, 0, 0, 0x0e];
    frame.extend(mac);
    frame.extend([0x88, 0xcc]);
    let mut tlv = |tag: u16, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap();
        frame.extend((tag << 9 | length).to_be_bytes());
        frame.extend(content);
    };
    tlv(1, &[&[4][..], &mac].concat());
    tlv(2, b"\x07port-001");
    tlv(3, &120u16.to_be_bytes());
    tlv(5, b"sw-test");
    tlv(6, says.as_bytes());
    if let Some(can) = can {
        tlv(7, &can);
    }
    tlv(0, &[]);
    frame
}

/// The binary, with nothing of this environment's configuration.
pub(crate) fn ferrite() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ferrite"));
    for name in
        ["DATA", "LISTEN", "FORMAT", "THREADS", "OUT", "COLOR", "FAIL_ON", "RULES", "POLICY"]
    {
        command.env_remove(format!("FERRITE_{name}"));
    }
    command.stdin(Stdio::null());
    command
}

/// Runs `ferrite analyze` with these arguments.
pub(crate) fn analyze(paths: &[&Path], more: &[&str]) -> Output {
    ferrite().arg("analyze").args(paths).args(more).output().unwrap()
}

/// The analysis as a document; the run must be without errors.
pub(crate) fn analysis(paths: &[&Path], more: &[&str]) -> Value {
    let output = analyze(paths, &[&["--format", "json"], more].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A serving command with its console's address.
pub(crate) struct Console {
    pub(crate) child: Child,
    pub(crate) out: BufReader<ChildStdout>,
    address: SocketAddr,
    token: String,
    /// Lines it printed before it was up.
    pub(crate) said: String,
    cookie: String,
}

impl Console {
    /// Starts a serving command on a free port and waits until it is up.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Ctrl-C") {
            if out.read_line(&mut said).unwrap() == 0 {
                let output = child.wait_with_output().unwrap();
                panic!("it did not come up: {said}{}", text(&output.stderr));
            }
        }
        let link = said.split_whitespace().find_map(|word| word.strip_prefix("http://")).unwrap();
        let (address, token) = link.split_once("/#token=").unwrap();
        let (address, token) = (address.parse().unwrap(), token.to_owned());
        Self { child, out, address, token, said, cookie: String::new() }
    }

    fn connect(&self, request: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }

    /// Asks for a document; returns status and head beside it.
    pub(crate) fn call(&self, method: &str, path: &str, body: &str) -> (u16, String, Value) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        );
        let mut answer = String::new();
        self.connect(&request).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
        (status, head.to_owned(), serde_json::from_str(body).unwrap_or(Value::Null))
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Value) {
        let (status, _, body) = self.call("GET", path, "");
        (status, body)
    }

    /// Signs in; returns the status.
    pub(crate) fn enter(&mut self, name: &str, secret: &str) -> u16 {
        let body = serde_json::json!({ name: secret }).to_string();
        let (status, head, _) = self.call("POST", "/api/v1/session", &body);
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        if let Some((cookie, _)) = cookie.and_then(|cookie| cookie.split_once(';')) {
            cookie.clone_into(&mut self.cookie);
        }
        status
    }

    /// Signs in with the token that was printed.
    pub(crate) fn enter_with_token(&mut self) -> u16 {
        let token = self.token.clone();
        self.enter("token", &token)
    }

    /// Live updates, as long as somebody reads them.
    pub(crate) fn events(&self) -> impl Iterator<Item = Value> + use<> {
        let request = format!(
            "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
            self.address, self.cookie
        );
        let lines = self.connect(&request).lines().map_while(Result::ok);
        lines.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok())
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Asks for an orderly end; returns status, the rest of its output, and its complaints.
    pub(crate) fn stop(mut self) -> (Option<i32>, String, String) {
        self.signal("TERM");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        let output = self.child.wait_with_output().unwrap();
        (output.status.code(), rest, text(&output.stderr))
    }
}
