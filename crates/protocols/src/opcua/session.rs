//! Channels, sessions, discovery: who speaks, and how it is secured. OPC 10000-4 §5.4 to §5.6.

use super::encoding::{
    Extension, boolean, count, localized_text, milliseconds, skip_array, skip_strings, string,
};
use super::node::NodeId;
use super::{certificate, spec};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use decode::Cursor;
use dissect::Cx;
use vocab::{Host, Subject, Target, Value};

/// Binary encoding of an identity token with user name and password. OPC 10000-4 §7.40.4.
const USER_NAME_TOKEN: u32 = 324;
/// Kind of application: a server that knows other servers. §7.4.
const DISCOVERY_SERVER: u32 = 3;

/// Numbers of the services of channels and sessions.
pub(super) fn arguments(code: u32, at: &mut Cursor<'_>) -> Option<[u64; 4]> {
    let number = |at: &mut Cursor<'_>| at.le32().map(u64::from);
    Some(match code {
        // §5.5.2: protocol version, issue or renew, security mode, nonce, lifetime.
        446 => {
            at.skip(4)?;
            let (kind, mode) = (number(at)?, number(at)?);
            string(at)?;
            [kind, mode, number(at)?, 0]
        }
        // Protocol version; channel, token, time, lifetime.
        449 => {
            at.skip(4)?;
            let (channel, token) = (number(at)?, number(at)?);
            at.skip(8)?;
            [channel, token, number(at)?, 0]
        }
        // §5.6.2.
        461 => {
            Application::read(at)?;
            for _ in 0..5 {
                string(at)?;
            }
            [milliseconds(at)?, 0, 0, 0]
        }
        464 => {
            NodeId::read(at)?;
            NodeId::read(at)?;
            [milliseconds(at)?, 0, 0, 0]
        }
        _ => {
            let token = token(at)?;
            let kind = token_kind(token.kind);
            [kind, u64::from(User::read(&token).is_some_and(|user| user.clear)), 0, 0]
        }
    })
}

/// What an application says of itself. OPC 10000-4 §7.2.
#[derive(Clone, Copy, Debug)]
struct Application<'p> {
    uri: &'p [u8],
    product: &'p [u8],
    name: &'p [u8],
    kind: u32,
    /// The first of its URLs.
    url: &'p [u8],
}

impl<'p> Application<'p> {
    fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let (uri, product) = (string(at)?, string(at)?);
        let (name, kind) = (localized_text(at)?, at.le32()?);
        // Gateway, profile of discovery.
        string(at)?;
        string(at)?;
        let url = urls(at)?;
        Some(Self { uri, product, name, kind, url })
    }

    fn say(&self, cx: &mut Cx<'_>, of: Subject) {
        cx.attr_of(of, spec::APPLICATION_URI, self.uri);
        cx.attr_of(of, spec::PRODUCT_URI, self.product);
        cx.attr_of(of, spec::APPLICATION_NAME, self.name);
        cx.attr_of(of, spec::URL, self.url);
    }
}

/// The first of some URLs.
fn urls<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let mut first: &[u8] = &[];
    for n in 0..count(at)? {
        let url = string(at)?;
        if n == 0 {
            first = url;
        }
    }
    Some(first)
}

/// Get endpoints, find servers: the URL that the client used.
pub(super) fn asked_url(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let url = string(at)?;
    cx.attr_of(Subject::Receiver, spec::URL_CALLED, url);
    cx.attr(spec::CALLS, url);
    Some(())
}

/// Answer to find servers: the sender itself, or the servers that it knows. §5.4.2.
pub(super) fn servers(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let count = count(at)?;
    for _ in 0..count {
        let application = Application::read(at)?;
        if count == 1 || application.kind == DISCOVERY_SERVER {
            application.say(cx, Subject::Sender);
        } else if let Some(host) = host(application.url) {
            application.say(cx, Subject::Host(host));
        } else {
            cx.attr(spec::KNOWN_SERVER, application.uri);
        }
    }
    Some(())
}

/// Answer to find servers on network: names and URLs of other servers. §5.4.3.
pub(super) fn servers_on_network(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    at.skip(8)?;
    for _ in 0..count(at)? {
        at.skip(4)?;
        let (name, url) = (string(at)?, string(at)?);
        skip_strings(at)?;
        match host(url) {
            Some(host) => {
                cx.attr_of(Subject::Host(host), spec::APPLICATION_NAME, name);
                cx.attr_of(Subject::Host(host), spec::URL, url);
            }
            None => cx.attr(spec::KNOWN_SERVER, name),
        }
    }
    Some(())
}

/// The address in a URL like `opc.tcp://10.0.0.5:4840/path`, where it is one and not a name.
fn host(url: &[u8]) -> Option<Host> {
    let text = core::str::from_utf8(url).ok()?;
    let (_, rest) = text.split_once("://")?;
    let ip = match rest.strip_prefix('[') {
        Some(six) => IpAddr::V6(six.split(']').next()?.parse::<Ipv6Addr>().ok()?),
        None => IpAddr::V4(rest.split([':', '/']).next()?.parse::<Ipv4Addr>().ok()?),
    };
    let usable = !(ip.is_unspecified() || ip.is_loopback() || ip.is_multicast());
    usable.then_some(Host::Ip(ip))
}

/// Answer to get endpoints. §5.4.4.
pub(super) fn endpoints(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let (mut application, mut certificate): (&[u8], &[u8]) = (&[], &[]);
    for _ in 0..count(at)? {
        let url = string(at)?;
        let server = Application::read(at)?;
        // Endpoints of one server repeat all of this.
        if server.uri != application {
            server.say(cx, Subject::Sender);
            cx.attr(spec::URL, url);
            application = server.uri;
        }
        let own = string(at)?;
        if own != certificate {
            certificate::say(cx, Subject::Sender, own);
            certificate = own;
        }
        let (mode, policy) = (at.le32()?, string(at)?);
        let target = Target { area: spec::ENDPOINT, index: 0, count: 1, extra: mode, name: url };
        cx.item(target, Value::Text(policy));
        for _ in 0..count(at)? {
            let name = string(at)?;
            let kind = at.le32()?;
            // Type and issuer of an issued token, its own policy.
            for _ in 0..3 {
                string(at)?;
            }
            let target = Target { area: spec::TOKEN, index: 0, count: 1, extra: kind, name: &[] };
            cx.item(target, Value::Text(name));
        }
        // Transport profile, level.
        string(at)?;
        at.skip(1)?;
    }
    Some(())
}

/// A server makes itself known to a discovery server. §5.4.5, §5.4.6.
pub(super) fn register(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    cx.attr(spec::APPLICATION_URI, string(at)?);
    cx.attr(spec::PRODUCT_URI, string(at)?);
    for n in 0..count(at)? {
        let name = localized_text(at)?;
        if n == 0 {
            cx.attr(spec::APPLICATION_NAME, name);
        }
    }
    at.skip(4)?;
    string(at)?;
    cx.attr(spec::URL, urls(at)?);
    string(at)?;
    boolean(at).map(|_| ())
}

/// Create session: the client, the URL it used, the session's name. §5.6.2.
pub(super) fn create(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    Application::read(at)?.say(cx, Subject::Sender);
    string(at)?;
    asked_url(cx, at)?;
    cx.attr(spec::SESSION, string(at)?);
    string(at)?;
    certificate::say(cx, Subject::Sender, string(at)?);
    Some(())
}

/// Answer to create session: the server's certificate and endpoints.
pub(super) fn created(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    NodeId::read(at)?;
    NodeId::read(at)?;
    at.skip(8)?;
    string(at)?;
    certificate::say(cx, Subject::Sender, string(at)?);
    endpoints(cx, at)
}

/// Activate session: the user, if told in clear. §5.6.3.
pub(super) fn activate(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    let token = token(at)?;
    if let Some(user) = User::read(&token) {
        cx.attr(spec::USER, user.name);
    }
    Some(())
}

/// The identity token of activate session: behind the client's signature, its software
/// certificates and its languages.
fn token<'p>(at: &mut Cursor<'p>) -> Option<Extension<'p>> {
    string(at)?;
    string(at)?;
    skip_array(at, |at| {
        string(at)?;
        string(at).map(|_| ())
    })?;
    skip_strings(at)?;
    Extension::read(at)
}

/// Kinds of token by their encoding: anonymous, user name, certificate, issued. §7.41.
fn token_kind(encoding: u32) -> u64 {
    match encoding {
        USER_NAME_TOKEN => 1,
        327 => 2,
        940 => 3,
        _ => 0,
    }
}

/// A user who is told by name. §7.40.4.
#[derive(Clone, Copy, Debug)]
struct User<'p> {
    name: &'p [u8],
    /// The password is there for everybody to read.
    clear: bool,
}

impl<'p> User<'p> {
    fn read(token: &Extension<'p>) -> Option<Self> {
        if token.kind != USER_NAME_TOKEN {
            return None;
        }
        let mut at = Cursor::new(token.body);
        string(&mut at)?;
        let name = string(&mut at)?;
        let (password, algorithm) = (string(&mut at)?, string(&mut at)?);
        Some(Self { name, clear: !password.is_empty() && algorithm.is_empty() })
    }
}
