//! What LDAP's messages say. RFC 4511 §4.

use super::spec;
use crate::common::ber::{self, Tlv};
use crate::common::{lines, ntlmssp};
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Op, Role, Status, Target, Value};

/// The request to encrypt. RFC 4511 §4.14.1.
const START_TLS: &[u8] = b"1.3.6.1.4.1.1466.20037";

/// A message: its number, and its operation with what is in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    whole: &'p [u8],
    number: u64,
    /// The operation's tag.
    pub(super) code: u32,
    content: &'p [u8],
}

impl<'p> Message<'p> {
    /// RFC 4511 §4.1.1. Long ones may end early.
    pub(super) fn read(whole: &'p [u8]) -> Option<Self> {
        let sequence = ber::next_lax(&mut Cursor::new(whole))?;
        let mut at = Cursor::new(sequence.content);
        let number = ber::next(&mut at).filter(|tlv| tlv.first == 0x02)?.uint()?;
        let operation = ber::next_lax(&mut at)?;
        let is_application = operation.first & 0xc0 == 0x40;
        let Tlv { number: code, content, .. } = operation;
        if is_application { Some(Self { whole, number, code, content }) } else { None }
    }

    fn fields(&self) -> Cursor<'p> {
        Cursor::new(self.content)
    }

    /// An extended request for encryption.
    pub(super) fn asks_for_tls(&self) -> bool {
        ber::next_lax(&mut self.fields()).is_some_and(|name| name.content == START_TLS)
    }

    /// Says the message; true when it is an answer that grants.
    pub(super) fn say(&self, cx: &mut Cx<'_>) -> bool {
        match self.code {
            spec::BIND => self.bind(cx),
            spec::SEARCH => self.search(cx),
            2 | 16 => cx.op(&Op::new(self.code, Role::Request, self.whole)),
            6 | 8 | 10 | 12 | 14 => self.change(cx),
            spec::EXTENDED => cx.op(&self.request()),
            spec::ENTRY_FOUND => self.entry(cx),
            spec::REFERENCE | spec::INTERMEDIATE => {
                cx.op(&Op::new(self.code, Role::Response, self.whole));
            }
            _ => return self.answer(cx),
        }
        false
    }

    fn request(&self) -> Op<'p> {
        Op { tx: Some(self.number), ..Op::new(self.code, Role::Request, self.whole) }
    }

    /// RFC 4511 §4.2; methods 9 to 11 are those of MS-ADTS §5.1.1.1. Passwords are not kept.
    fn bind(&self, cx: &mut Cx<'_>) {
        let mut at = self.fields();
        let version = ber::next(&mut at).and_then(|tlv| tlv.uint());
        let name = ber::next(&mut at).map_or(&[][..], |tlv| tlv.content);
        let method = ber::next_lax(&mut at);
        let mut op = Op { pdu: self.whole.get(..8).unwrap_or(&[]), ..self.request() };
        if let (Some(version), Some(method)) = (version, method) {
            op.args = Some([version, u64::from(method.number), 0, 0]);
        }
        cx.op(&op);
        cx.attr(spec::USER, name);
        match method {
            Some(Tlv { number: 3, content, .. }) => {
                // The mechanism's name, then its token.
                let mut fields = Cursor::new(content);
                let _mechanism = ber::next(&mut fields);
                if let Some(token) = ber::next_lax(&mut fields) {
                    ntlmssp::say(cx, token.content);
                }
            }
            Some(Tlv { number: 9..=11, content, .. }) => ntlmssp::say(cx, content),
            _ => {}
        }
    }

    /// RFC 4511 §4.5.1.
    fn search(&self, cx: &mut Cx<'_>) {
        let mut at = self.fields();
        let base = ber::next(&mut at).map_or(&[][..], |tlv| tlv.content);
        let scope = ber::next(&mut at).and_then(|tlv| tlv.uint());
        let args = scope.map(|scope| [scope, 0, 0, 0]);
        cx.op(&Op { args, ..self.request() });
        cx.item(entry(base), Value::None);
    }

    /// Changes and comparisons name their entry first; deleting names nothing else.
    fn change(&self, cx: &mut Cx<'_>) {
        cx.op(&self.request());
        let name = match self.code {
            10 => self.content,
            _ => ber::next_lax(&mut self.fields()).map_or(&[][..], |tlv| tlv.content),
        };
        cx.item(entry(name), Value::None);
    }

    /// An entry that was found; the root's attributes name the server. RFC 4511 §4.5.2.
    fn entry(&self, cx: &mut Cx<'_>) {
        cx.op(&Op::new(self.code, Role::Response, self.whole));
        let mut at = self.fields();
        let name = ber::next(&mut at).map_or(&[][..], |tlv| tlv.content);
        cx.item(entry(name), Value::None);
        if !name.is_empty() {
            return;
        }
        let list = ber::next_lax(&mut at).map_or(&[][..], |tlv| tlv.content);
        for attribute in ber::each(list) {
            let mut fields = ber::each(attribute.content);
            let (Some(name), Some(values)) = (fields.next(), fields.next()) else { continue };
            if let Some(value) = ber::each(values.content).next() {
                root(cx, name.content, value.content);
            }
        }
    }

    /// A result: code, matched entry, message. RFC 4511 §4.1.9.
    fn answer(&self, cx: &mut Cx<'_>) -> bool {
        let mut at = self.fields();
        let code = ber::next(&mut at).and_then(|tlv| tlv.uint());
        let mut op = Op { tx: Some(self.number), ..Op::new(self.code, Role::Response, self.whole) };
        op.status = match code {
            // Success; a comparison's outcome; a referral; a login that goes on.
            Some(0 | 5 | 6 | 10 | 14) => Status::Ok,
            Some(code) => Status::Error(vocab::low_u32(code)),
            None => Status::None,
        };
        cx.op(&op);
        if self.code == spec::BIND_ANSWER {
            // A step of NTLMSSP is in the matched entry's place, or in a field of its own.
            let matched = ber::next(&mut at).map_or(&[][..], |tlv| tlv.content);
            ntlmssp::say(cx, matched);
            if let Some(token) = ber::each(at.rest()).find(|tlv| tlv.first == 0x87) {
                ntlmssp::say(cx, token.content);
            }
        }
        op.status == Status::Ok
    }
}

fn entry(name: &[u8]) -> Target<'_> {
    Target { area: spec::ENTRY, index: 0, count: 0, extra: 0, name }
}

/// An attribute of the server's root. RFC 3045, MS-ADTS §3.1.1.3.2.
fn root(cx: &mut Cx<'_>, name: &[u8], value: &[u8]) {
    let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
    let spec: &'static AttrSpec = if is(b"dnsHostName") {
        spec::HOST
    } else if is(b"vendorName") {
        spec::VENDOR
    } else if is(b"vendorVersion") {
        spec::VERSION
    } else if is(b"ldapServiceName") {
        // `domain:account@REALM`.
        let domain = lines::split(value, b':').map_or(value, |(domain, _)| domain);
        cx.attr(spec::DOMAIN, domain);
        return;
    } else {
        return;
    };
    cx.attr(spec, value);
}
