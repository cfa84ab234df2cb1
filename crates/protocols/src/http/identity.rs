//! Who the two ends are, from the fields of a head.

use super::head::{Fields, parameter};
use super::spec;
use crate::common::{base64, lines, ntlmssp};
use dissect::Cx;
use vocab::Subject;

/// Bytes of a token that are decoded: NTLMSSP messages are shorter.
const TOKEN_MAX: usize = 1_024;

/// What a request says: the client's program, the name it calls the server by, who logs in.
pub(super) fn request(cx: &mut Cx<'_>, fields: &Fields<'_>, of_receiver: bool) {
    cx.attr(spec::USER_AGENT, fields.user_agent);
    if let Some(name) = lines::host_name(fields.host).filter(|_| of_receiver) {
        cx.attr_of(Subject::Receiver, spec::HOST, name);
    }
    credentials(cx, fields.authorization);
}

/// What an answer says: the server's programs, and what it protects.
pub(super) fn response(cx: &mut Cx<'_>, fields: &Fields<'_>) {
    cx.attr(spec::SERVER, fields.server);
    cx.attr(spec::POWERED_BY, fields.powered_by);
    cx.attr(spec::REALM, fields.realm);
    if let Some((_, token)) = lines::split(fields.challenge, b' ') {
        let mut out = [0; TOKEN_MAX];
        ntlmssp::say(cx, base64::decode(token, &mut out));
    }
}

/// The user's name; passwords and proofs are passed over. RFC 7617 §2, RFC 7616 §3.4, RFC 4559 §4.
fn credentials(cx: &mut Cx<'_>, value: &[u8]) {
    let Some((scheme, rest)) = lines::split(value, b' ') else { return };
    let mut out = [0; TOKEN_MAX];
    if scheme.eq_ignore_ascii_case(b"basic") {
        if let Some((user, _)) = lines::split(base64::decode(rest, &mut out), b':') {
            cx.attr(spec::USER, user);
        }
    } else if scheme.eq_ignore_ascii_case(b"digest") {
        cx.attr(spec::USER, parameter(rest, b"username=\"").unwrap_or(&[]));
    } else {
        ntlmssp::say(cx, base64::decode(rest, &mut out));
    }
}
