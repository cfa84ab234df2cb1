//! OPC UA in its binary form over TCP, without security. OPC 10000-4, 10000-6.

use crate::bytes::Buf;
use crate::truth::Op;
use crate::wire::S;

const fn op(code: u32, name: &'static str, class: &'static str) -> Op {
    Op::new("opcua", code, name, class)
}

/// A service: its request, its response.
pub(crate) type Service = (Op, Op);

pub(crate) const OPEN: Service =
    (op(446, "open_secure_channel", "observe"), op(449, "open_secure_channel_response", "observe"));
pub(crate) const ENDPOINTS: Service =
    (op(428, "get_endpoints", "observe"), op(431, "get_endpoints_response", "observe"));
pub(crate) const CREATE: Service =
    (op(461, "create_session", "observe"), op(464, "create_session_response", "observe"));
pub(crate) const ACTIVATE: Service =
    (op(467, "activate_session", "observe"), op(470, "activate_session_response", "observe"));
pub(crate) const READ: Service = (op(631, "read", "read"), op(634, "read_response", "read"));

pub(crate) const PORT: u16 = 4_840;
const NO_SECURITY: &str = "http://opcfoundation.org/UA/SecurityPolicy#None";
const BINARY: &str = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

/// A string with its length. Part 6 §5.2.2.4.
fn string(buf: Buf, text: &str) -> Buf {
    buf.le32(vocab::sat_u32(text.len())).raw(text.as_bytes())
}

/// No string, no bytes, no array: length -1.
fn none(buf: Buf, count: usize) -> Buf {
    (0..count).fold(buf, |buf, _| buf.le32(u32::MAX))
}

/// 100 ns since 1601. Part 6 §5.2.2.5.
fn time(buf: Buf, at: i64) -> Buf {
    buf.raw(&((at / 100) + 11_644_473_600 * (S / 100)).to_le_bytes())
}

fn double(buf: Buf, value: f64) -> Buf {
    buf.raw(&value.to_le_bytes())
}

/// A message with its length, counted from its first byte. Part 6 §7.1.2.2.
fn framed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    Buf::new().raw(kind).le32(vocab::sat_u32(body.len() + 8)).raw(body).done()
}

/// Hello. Part 6 §7.1.2.3.
pub(crate) fn hello(url: &str) -> Vec<u8> {
    let limits = Buf::new().le32(0).le32(65_536).le32(65_536).le32(0).le32(0);
    framed(b"HELF", &string(limits, url).done())
}

/// Acknowledge. Part 6 §7.1.2.4.
pub(crate) fn acknowledge() -> Vec<u8> {
    framed(b"ACKF", &Buf::new().le32(0).le32(65_536).le32(65_536).le32(0).le32(0).done())
}

/// One secure channel with a session in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channel {
    pub(crate) id: u32,
    /// The number of the next request; answers have it too.
    pub(crate) request: u32,
    /// What the session is called in requests; 0 before there is one.
    pub(crate) session: u32,
}

impl Channel {
    /// Security header, sequence header, type of the body, body. Part 6 §6.7.2.
    fn message(&self, op: Op, body: &[u8]) -> Vec<u8> {
        let opens = op.code == OPEN.0.code || op.code == OPEN.1.code;
        let asks = op.code == OPEN.0.code;
        let buf = Buf::new().le32(if asks { 0 } else { self.id });
        let buf = if opens { none(string(buf, NO_SECURITY), 2) } else { buf.le32(1) };
        let code = vocab::low_u16(u64::from(op.code));
        let buf = buf.le32(self.request + 50).le32(self.request).raw(&[1, 0]).le16(code).raw(body);
        framed(if opens { b"OPNF" } else { b"MSGF" }, &buf.done())
    }

    /// A request: session, time, handle, time-out. Part 4 §7.33.
    pub(crate) fn ask(&mut self, service: Service, at: i64, body: &[u8]) -> Vec<u8> {
        self.request += 1;
        let buf = match self.session {
            0 => Buf::new().raw(&[0, 0]),
            session => Buf::new().raw(&[2, 1, 0]).le32(session),
        };
        let buf = none(time(buf, at).le32(self.request).le32(0), 1).le32(10_000).raw(&[0, 0, 0]);
        self.message(service.0, &buf.raw(body).done())
    }

    /// Its good response. Part 4 §7.34.
    pub(crate) fn answer(&self, service: Service, at: i64, body: &[u8]) -> Vec<u8> {
        let buf = time(Buf::new(), at).le32(self.request).le32(0).u8(0).le32(0).raw(&[0, 0, 0]);
        self.message(service.1, &buf.raw(body).done())
    }
}

/// Open secure channel: issue, no security, one hour. Part 4 §5.5.2.
pub(crate) fn open() -> Vec<u8> {
    none(Buf::new().le32(0).le32(0).le32(1), 1).le32(3_600_000).done()
}

/// The channel's token. Part 4 §5.5.2.
pub(crate) fn opened(channel: u32, at: i64) -> Vec<u8> {
    none(time(Buf::new().le32(0).le32(channel).le32(1), at).le32(3_600_000), 1).done()
}

/// Which program: its address in the world, its product, its name, 0 server or 1 client, where it
/// is found. Part 4 §7.2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Application {
    pub(crate) uri: &'static str,
    pub(crate) product: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: u32,
}

pub(crate) const SERVER: Application = Application {
    uri: "urn:SCADA-01:Kepware.KEPServerEX.V6:UA%20Server",
    product: "urn:Kepware.KEPServerEX.V6",
    name: "KEPServerEX/UA Server",
    kind: 0,
};
pub(crate) const CLIENT: Application = Application {
    uri: "urn:HISTORIAN-01:archive:client",
    product: "urn:archive:collector",
    name: "Archive collector",
    kind: 1,
};

fn application(buf: Buf, it: &Application, url: Option<&str>) -> Buf {
    let buf = string(string(buf, it.uri), it.product).u8(2);
    let buf = none(string(buf, it.name).le32(it.kind), 2);
    match url {
        Some(url) => string(buf.le32(1), url),
        None => none(buf, 1),
    }
}

/// The historian's own server, for those who read the past.
pub(crate) const PAST: Application = Application {
    uri: "urn:HISTORIAN-01:Siemens:ProcessHistorian:OpcUaServer",
    product: "urn:Siemens:ProcessHistorian:OpcUaServer",
    name: "Process Historian OPC UA Server",
    kind: 0,
};
/// The server as a client of it.
pub(crate) const TRENDS: Application = Application {
    uri: "urn:SCADA-01:Kepware.KEPServerEX.V6:UA%20Client%20Driver",
    product: "urn:Kepware.KEPServerEX.V6",
    name: "KEPServerEX/UA Client Driver",
    kind: 1,
};

/// One endpoint: no security, anybody. Part 4 §7.14.
fn endpoints(buf: Buf, server: &Application, url: &str) -> Buf {
    let buf = application(string(buf.le32(1), url), server, Some(url));
    let buf = string(none(buf, 1).le32(1), NO_SECURITY);
    let buf = none(string(buf.le32(1), "0").le32(0), 3);
    string(buf, BINARY).u8(0)
}

/// Get endpoints. Part 4 §5.4.4.
pub(crate) fn get_endpoints(url: &str) -> Vec<u8> {
    none(string(Buf::new(), url), 2).done()
}

/// All there are.
pub(crate) fn all_endpoints(server: &Application, url: &str) -> Vec<u8> {
    endpoints(Buf::new(), server, url).done()
}

/// Create session. Part 4 §5.6.2.
pub(crate) fn create(client: &Application, url: &str) -> Vec<u8> {
    let buf = none(application(Buf::new(), client, None), 1);
    let buf = string(string(buf, url), "archive").le32(32).zeros(32);
    double(none(buf, 1), 60_000.0).le32(0).done()
}

/// The session, and the token that stands for it in requests. Part 4 §5.6.2.
pub(crate) fn created(session: u32, server: &Application, url: &str) -> Vec<u8> {
    let buf = Buf::new().raw(&[2, 1, 0]).le32(session ^ 0x55).raw(&[2, 1, 0]).le32(session);
    let buf = none(double(buf, 60_000.0).le32(32).zeros(32), 1);
    none(endpoints(buf, server, url), 3).le32(0).done()
}

/// Activate session, anonymous. Part 4 §5.6.3.
pub(crate) fn activate() -> Vec<u8> {
    let token = string(Buf::new(), "0").done();
    let buf = none(Buf::new(), 4).raw(&[1, 0]).le16(321).u8(1);
    none(buf.le32(vocab::sat_u32(token.len())).raw(&token), 2).done()
}

/// The session is active.
pub(crate) fn activated() -> Vec<u8> {
    none(Buf::new().le32(32).zeros(32), 2).done()
}

/// A node: a number of the standard, or a name of the server's own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node {
    Standard(u16),
    Own(&'static str),
}

/// A value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    Text(&'static str),
    Double(f64),
}

/// Read the values of nodes. Part 4 §5.10.2.
pub(crate) fn read(nodes: &[Node]) -> Vec<u8> {
    let head = double(Buf::new(), 0.0).le32(0).le32(vocab::sat_u32(nodes.len()));
    let one = |buf: Buf, node: &Node| {
        let buf = match node {
            Node::Standard(number) => buf.raw(&[1, 0]).le16(*number),
            Node::Own(name) => string(buf.u8(3).le16(2), name),
        };
        // The value of the node, all of it, in its own encoding.
        none(none(buf.le32(13), 1).le16(0), 1)
    };
    nodes.iter().fold(head, one).done()
}

/// Their values, good, with the source's time. Part 4 §7.11.
pub(crate) fn values(all: &[Value], at: i64) -> Vec<u8> {
    let one = |buf: Buf, value: &Value| {
        let buf = match value {
            Value::Text(text) => string(buf.raw(&[5, 12]), text),
            Value::Double(number) => double(buf.raw(&[5, 11]), *number),
        };
        time(buf, at)
    };
    none(all.iter().fold(Buf::new().le32(vocab::sat_u32(all.len())), one), 1).done()
}
