//! What plants speak beside their own protocols: time, logs, management, TLS.

use crate::bytes::{Buf, len8, len16};
use crate::rng::Rng;
use crate::wire::S;

/// Seconds from 1900 to 1970.
const ERA: i64 = 2_208_988_800;

/// A time stamp. RFC 5905 §6.
fn stamp(buf: Buf, at: i64) -> Buf {
    let seconds = vocab::low_u32((at.div_euclid(S) + ERA).cast_unsigned());
    let rest = u64::from(vocab::low_u32(at.rem_euclid(S).cast_unsigned()));
    buf.be32(seconds).be32(vocab::low_u32((rest << 32) / 1_000_000_000))
}

/// A client's request. RFC 5905 §7.3.
pub(crate) fn ask_time(at: i64) -> Vec<u8> {
    stamp(Buf::new().raw(&[0x23, 0, 6, 0xec]).zeros(36), at).done()
}

/// The server's answer.
pub(crate) fn tell_time(asked: i64, at: i64) -> Vec<u8> {
    let buf = Buf::new().raw(&[0x24, 2, 6, 0xec]).be32(0x0000_0a1c).be32(0x0000_0b20);
    let buf = stamp(buf.raw(&[10, 1, 1, 1]), at - 37 * S);
    stamp(stamp(stamp(buf, asked), at), at + 20_000).done()
}

/// A log message. RFC 5424 §6.
pub(crate) fn log(at: i64, host: &str, app: &str, text: &str) -> Vec<u8> {
    let time = crate::clock::rfc3339(at - at.rem_euclid(crate::wire::US));
    let time = time.replace("000Z", "Z");
    format!("<134>1 {time} {host} {app} - - - {text}").into_bytes()
}

/// Type, length, content. ITU-T X.690 §8.1; lengths here need two bytes at most.
fn ber(kind: u8, content: &[u8]) -> Vec<u8> {
    let buf = Buf::new().u8(kind);
    let buf = match content.len() {
        short @ 0..=127 => buf.u8(len8(short)),
        long @ 128..=255 => buf.raw(&[0x81, len8(long)]),
        long => buf.u8(0x82).be16(len16(long)),
    };
    buf.raw(content).done()
}

/// A get of variables in the system group, or the response with their values. RFC 3416 §4.2.1.
pub(crate) fn system(id: u16, values: &[(u8, Option<&str>)]) -> Vec<u8> {
    let one = |(number, value): &(u8, Option<&str>)| {
        let name = ber(6, &[0x2b, 6, 1, 2, 1, 1, *number, 0]);
        let value = value.map_or_else(|| ber(5, &[]), |text| ber(4, text.as_bytes()));
        ber(0x30, &[name, value].concat())
    };
    let list = ber(0x30, &values.iter().map(one).collect::<Vec<_>>().concat());
    let answers = values.iter().any(|(_, value)| value.is_some());
    let number = ber(2, &(id & 0x7fff).to_be_bytes());
    let none = ber(2, &[0]);
    let pdu = ber(if answers { 0xa2 } else { 0xa0 }, &[number, none.clone(), none, list].concat());
    ber(0x30, &[ber(2, &[1]), ber(4, b"works-ro"), pdu].concat())
}

/// A TLS record. RFC 8446 §5.1.
fn record(kind: u8, minor: u8, content: &[u8]) -> Vec<u8> {
    Buf::new().raw(&[kind, 3, minor]).be16(len16(content.len())).raw(content).done()
}

/// A handshake message in its record. RFC 8446 §4.
fn handshake(kind: u8, minor: u8, body: &[u8]) -> Vec<u8> {
    let content = Buf::new().raw(&[kind, 0]).be16(len16(body.len())).raw(body).done();
    record(22, minor, &content)
}

fn extension(buf: Buf, kind: u16, content: &[u8]) -> Buf {
    buf.be16(kind).be16(len16(content.len())).raw(content)
}

/// Random bytes.
pub(crate) fn noise(rng: &mut Rng, count: usize) -> Vec<u8> {
    (0..count).map(|_| vocab::low_u8(rng.next() >> 56)).collect()
}

/// A client's hello for a server's name. RFC 8446 §4.1.2.
pub(crate) fn client_hello(rng: &mut Rng, server: &str) -> Vec<u8> {
    let name = Buf::new().u8(0).be16(len16(server.len())).raw(server.as_bytes()).done();
    let names = Buf::new().be16(len16(name.len())).raw(&name).done();
    let share = Buf::new().be16(36).be16(0x001d).be16(32).raw(&noise(rng, 32)).done();
    let all = extension(Buf::new(), 0, &names);
    let all = extension(all, 43, &[4, 3, 4, 3, 3]);
    let all = extension(all, 10, &[0, 4, 0, 0x1d, 0, 0x17]);
    let all = extension(all, 13, &[0, 4, 4, 3, 8, 4]);
    let all = extension(all, 51, &share).done();
    let body = Buf::new()
        .raw(&[3, 3])
        .raw(&noise(rng, 32))
        .counted(&noise(rng, 32))
        .be16(6)
        .raw(&[0x13, 1, 0x13, 2, 0xc0, 0x2f, 1, 0])
        .be16(len16(all.len()))
        .raw(&all)
        .done();
    handshake(1, 1, &body)
}

/// The server's hello, and its encrypted first flight. RFC 8446 §4.1.3.
pub(crate) fn server_hello(rng: &mut Rng) -> Vec<u8> {
    let share = Buf::new().be16(0x001d).be16(32).raw(&noise(rng, 32)).done();
    let all = extension(extension(Buf::new(), 43, &[3, 4]), 51, &share).done();
    let body = Buf::new()
        .raw(&[3, 3])
        .raw(&noise(rng, 32))
        .counted(&noise(rng, 32))
        .raw(&[0x13, 1, 0])
        .be16(len16(all.len()))
        .raw(&all)
        .done();
    [handshake(2, 3, &body), record(20, 3, &[1]), sealed(rng, 2_310)].concat()
}

/// Encrypted data.
pub(crate) fn sealed(rng: &mut Rng, count: usize) -> Vec<u8> {
    record(23, 3, &noise(rng, count))
}

/// A client's last flight of the handshake.
pub(crate) fn client_done(rng: &mut Rng) -> Vec<u8> {
    [record(20, 3, &[1]), sealed(rng, 53)].concat()
}
