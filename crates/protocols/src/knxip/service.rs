//! The services: discovery, connections, and those that carry telegrams. KNX 3/8.

use super::operations::{CONFIGURATION, ROUTING, TUNNELLING};
use super::{device, spec, telegram};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Value};

/// The service exists.
pub(super) const fn is_known(service: u16) -> bool {
    matches!(
        service,
        0x0201..=0x020c | 0x0310..=0x0311 | 0x0420..=0x0425 | 0x0530..=0x0533
            | 0x0740..=0x0743 | 0x0950..=0x0955
    )
}

/// Says a message.
pub(super) fn say(cx: &mut Cx<'_>, service: u16, whole: &[u8], body: &[u8]) {
    let mut at = Cursor::new(body);
    let told = match u32::from(service) {
        0x0202 | 0x0204 | 0x020c | 0x0741 => described(cx, service, whole, at),
        0x0205 => connect(cx, whole, at),
        0x0206 => connected(cx, whole, at),
        0x0207..=0x020a => channel(cx, service, whole, at),
        0x0311 | 0x0421 => ack(cx, service, whole, at),
        0x0422..=0x0425 => feature(cx, service, whole, at),
        code @ (CONFIGURATION | TUNNELLING) => match header(&mut at) {
            Some(connection) => telegram::say(cx, code, connection, whole, at),
            None => bare(cx, service, whole),
        },
        ROUTING => telegram::say(cx, ROUTING, Connection::default(), whole, at),
        0x0531 | 0x0532 => routing_state(cx, service, whole, at),
        0x0950 | 0x0952 => {
            let session = at.be16().map(|session| [u64::from(session), 0, 0, 0]);
            cx.op(&Op { args: session, ..op(service, whole) });
            session.map(|_| ())
        }
        _ => {
            cx.op(&op(service, whole));
            Some(())
        }
    };
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_BODY, whole);
    }
}

/// A service whose body could not be read.
fn bare(cx: &mut Cx<'_>, service: u16, whole: &[u8]) -> Option<()> {
    cx.op(&op(service, whole));
    None
}

/// The operation with its role. Answers on UDP come from another port pair where the question was
/// multicast: then nothing pairs.
fn op(service: u16, whole: &[u8]) -> Op<'_> {
    let (role, key) = match service {
        0x0201 | 0x020b | 0x0740 | 0x0742 | 0x0743 => (Role::Request, None),
        0x0203 | 0x0205 | 0x0207 | 0x0209 | 0x0422 | 0x0424 | 0x0951 | 0x0953 => {
            (Role::Request, Some(service))
        }
        0x0202 | 0x020c | 0x0741 => (Role::Response, None),
        0x0204 | 0x0206 | 0x0208 | 0x020a | 0x0423 | 0x0952 | 0x0954 => {
            (Role::Response, service.checked_sub(1))
        }
        _ => (Role::Event, None),
    };
    Op { tx: key.map(u64::from), ..Op::new(u32::from(service), role, whole) }
}

/// 0 is done. KNX 3/8/2 §7.5.5 and those of each service.
fn status(code: u8) -> Status {
    if code == 0 { Status::Ok } else { Status::Error(u32::from(code)) }
}

/// The host address structure: its length, protocol, address, port. §7.5.1. Streams leave it
/// empty but do send it.
fn skip_host(at: &mut Cursor<'_>) -> Option<()> {
    let len = usize::from(at.peek()?);
    at.skip(len.max(1))
}

/// Answers with descriptions: first an address in search answers. §7.6.2, §7.7.2.
fn described(cx: &mut Cx<'_>, service: u16, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let op = Op { status: Status::Ok, ..op(service, whole) };
    if service != 0x0204 && skip_host(&mut at).is_none() {
        cx.op(&op);
        return None;
    }
    if service == 0x0741 {
        // The selector of the device that answers.
        skip_host(&mut at);
    }
    device::say(cx, &op, at)
}

/// Both addresses, then what kind of connection, and for tunnels on which layer. §7.8.1.
fn connect(cx: &mut Cx<'_>, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let info = skip_host(&mut at).and_then(|()| skip_host(&mut at)).and_then(|()| at.be16());
    let kind = info.map(|info| u64::from(info & 0xff));
    let layer = at.u8().map_or(0, u64::from);
    cx.op(&Op { args: kind.map(|kind| [kind, layer, 0, 0]), ..op(0x0205, whole) });
    kind.map(|_| ())
}

/// Channel, status, address, then for tunnels the address on the bus. §7.8.2.
fn connected(cx: &mut Cx<'_>, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let (number, code) = (at.u8(), at.u8());
    let answer = op(0x0206, whole);
    let asked = answer.tx.and_then(|tx| cx.pending(tx));
    let [kind, layer, ..] = asked.map(|asked| asked.args).unwrap_or_default();
    let args = number.map(|number| [kind, layer, u64::from(number), 0]);
    cx.op(&Op { args, status: code.map_or(Status::None, status), ..answer });
    code?;
    if skip_host(&mut at).is_some()
        && let Some(&[4, 4, high, low]) = at.chunk()
    {
        cx.item(telegram::device(u16::from_be_bytes([high, low])), Value::None);
    }
    Some(())
}

/// Channel and status, or channel and address. §7.8.3 to §7.8.6.
fn channel(cx: &mut Cx<'_>, service: u16, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let (number, code) = (at.u8(), at.u8());
    let mut op = op(service, whole);
    op.args = number.map(|number| [u64::from(number), 0, 0, 0]);
    if op.role == Role::Response {
        op.status = code.map_or(Status::None, status);
    }
    cx.op(&op);
    code.map(|_| ())
}

/// What stands before a telegram on a connection. KNX 3/8/2 §5.3.1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Connection {
    /// The channel, 0 without a connection.
    pub(super) channel: u8,
    /// Counts the telegrams of each direction.
    pub(super) sequence: u8,
    /// The status in acknowledgements.
    pub(super) status: u8,
}

impl Connection {
    /// Pairs a telegram with its acknowledgement.
    pub(super) fn key(self, code: u32) -> u64 {
        u64::from(code) << 16 | u64::from(self.channel) << 8 | u64::from(self.sequence)
    }

    pub(super) fn args(self) -> [u64; 4] {
        [u64::from(self.channel), u64::from(self.sequence), 0, 0]
    }
}

fn header(at: &mut Cursor<'_>) -> Option<Connection> {
    let &[4, channel, sequence, status] = at.chunk()? else { return None };
    Some(Connection { channel, sequence, status })
}

/// Acknowledges one telegram, from either side. KNX 3/8/3 §4.2.7, 3/8/4 §4.4.7.
fn ack(cx: &mut Cx<'_>, service: u16, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let connection = header(&mut at);
    let code = u32::from(service);
    let mut op = Op::new(code, Role::Response, whole);
    op.proof = Proof::Context;
    if let Some(connection) = connection {
        op.args = Some(connection.args());
        op.status = status(connection.status);
        if service == 0x0421 {
            op.tx = Some(connection.key(TUNNELLING));
        }
    }
    cx.op(&op);
    connection.map(|_| ())
}

/// Connection, feature, return code, value. KNX 3/8/4 §4.4.8.
fn feature(cx: &mut Cx<'_>, service: u16, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    let connection = header(&mut at);
    let (feature, code) = (at.u8(), at.u8());
    let mut op = op(service, whole);
    if let (Some(connection), Some(feature)) = (connection, feature) {
        let [channel, sequence, ..] = connection.args();
        op.args = Some([channel, sequence, u64::from(feature), 0]);
    }
    if op.role == Role::Response {
        op.status = code.map_or(Status::None, status);
    }
    op.value = if at.is_empty() { Value::None } else { Value::Bytes(at.rest()) };
    cx.op(&op);
    code.map(|_| ())
}

/// Length, state of the device, then how many telegrams were lost, or how long to wait.
/// KNX 3/8/5 §5.2, §5.3.
fn routing_state(cx: &mut Cx<'_>, service: u16, whole: &[u8], mut at: Cursor<'_>) -> Option<()> {
    at.skip(1);
    let (state, number) = (at.u8(), at.be16());
    let args = state.zip(number).map(|(state, n)| [u64::from(state), u64::from(n), 0, 0]);
    cx.op(&Op { args, ..op(service, whole) });
    args.map(|_| ())
}
