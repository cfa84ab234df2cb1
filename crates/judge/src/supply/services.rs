//! Services that documents declare, compared with those that were seen.

use super::shelf::Filed;
use knowledge::supply::Service;
use model::{Asset, Model, Resolution};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use vocab::{Attribute, FrameId, Transport, Ts};

/// Most ports that are kept for one device.
const PORTS_MAX: usize = 256;
/// Most services of a device that are compared.
const SERVICES_MAX: usize = 512;
/// From here on ports are given for a while only: what listens there is nobody's service by its
/// number. RFC 6335 §6.
const DYNAMIC: u16 = 49_152;

/// A carrier with a port.
pub type Port = (Transport, u16);

/// A port that a device was seen to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serves {
    /// Protocols.
    pub protocols: BTreeSet<&'static str>,
    /// Addresses that asked.
    pub clients: usize,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// The first frame.
    pub frame: FrameId,
}

/// Ports that devices were seen to serve, by position of the device.
#[derive(Clone, Debug, Default)]
pub struct Served {
    by_asset: BTreeMap<usize, BTreeMap<Port, Serves>>,
    /// Ports that found no room.
    pub dropped: usize,
}

/// Sums up who answers at which port. What nobody answered is no service; neither is what merely
/// might be one: a conversation whose ends are not told apart, a datagram nobody recognised.
pub fn served(model: &Model, resolution: &Resolution) -> Served {
    let mut all = Served::default();
    for (key, seen) in &model.conversations {
        let named = key.proto.and_then(|proto| model.spec(proto)).map(|spec| spec.key);
        let is_service = match key.transport {
            Transport::Tcp => true,
            Transport::Udp => named.is_some(),
            _ => false,
        };
        if !is_service || !seen.certain || seen.server_packets == 0 || key.port == 0 {
            continue;
        }
        let Some(at) = resolution.position(key.server, key.vlan) else { continue };
        let new = Serves {
            protocols: named.into_iter().collect(),
            clients: 1,
            first: seen.first,
            last: seen.last,
            frame: seen.frame,
        };
        all.add(at, (key.transport, key.port), new);
    }
    all
}

impl Served {
    /// Ports that a device was seen to serve.
    pub fn of(&self, asset: usize) -> impl Iterator<Item = (Port, &Serves)> {
        self.by_asset.get(&asset).into_iter().flatten().map(|(port, serves)| (*port, serves))
    }

    /// Notes a port that a device was seen to serve.
    pub fn add(&mut self, asset: usize, port: Port, new: Serves) {
        let own = self.by_asset.entry(asset).or_default();
        if let Some(known) = own.get_mut(&port) {
            known.protocols.extend(new.protocols);
            known.clients += new.clients;
            known.first = known.first.min(new.first);
            known.last = known.last.max(new.last);
            known.frame = known.frame.min(new.frame);
        } else if own.len() < PORTS_MAX {
            own.insert(port, new);
        } else {
            self.dropped += 1;
        }
    }
}

/// What a service means by what documents declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceVerdict {
    /// It was seen, but no document declares it: a warning.
    Undeclared,
    /// A document declares it, and nobody was seen to use it: worth knowing.
    Unseen,
    /// As a document declares.
    AsDeclared,
    /// A document declares it, but not where on this device: it cannot be compared.
    Elsewhere,
}

impl ServiceVerdict {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Undeclared => "undeclared",
            Self::Unseen => "unseen",
            Self::AsDeclared => "as_declared",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// How much it weighs: `warning`, `info` or `none`.
    pub fn severity(self) -> &'static str {
        match self {
            Self::Undeclared => "warning",
            Self::Unseen => "info",
            Self::AsDeclared | Self::Elsewhere => "none",
        }
    }
}

/// A service with its verdict.
#[derive(Clone, Debug)]
pub struct ComparedService<'a> {
    /// The verdict.
    pub verdict: ServiceVerdict,
    /// What a document declares.
    pub declared: Option<(&'a Filed, &'a Service)>,
    /// The endpoint as the document writes it.
    pub endpoint: Option<&'a str>,
    /// Where it is served.
    pub port: Option<Port>,
    /// What was seen there.
    pub seen: Option<&'a Serves>,
}

/// Where an endpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At a port of the device.
    Here(Port),
    /// Inside the device, on another one, or nowhere that the document says.
    Elsewhere,
}

/// Schemes of addresses with the port that they stand for. IANA service names; OPC 10000-6 §7.2.
const SCHEMES: [(&str, Transport, u16); 25] = {
    use Transport::{Tcp, Udp};
    [
        ("amqp", Tcp, 5_672),
        ("amqps", Tcp, 5_671),
        ("coap", Udp, 5_683),
        ("coaps", Udp, 5_684),
        ("dns", Udp, 53),
        ("ftp", Tcp, 21),
        ("ftps", Tcp, 990),
        ("http", Tcp, 80),
        ("https", Tcp, 443),
        ("ldap", Tcp, 389),
        ("ldaps", Tcp, 636),
        ("modbus", Tcp, 502),
        ("modbus.tcp", Tcp, 502),
        ("mqtt", Tcp, 1_883),
        ("mqtts", Tcp, 8_883),
        ("opc.tcp", Tcp, 4_840),
        ("rtsp", Tcp, 554),
        ("sftp", Tcp, 22),
        ("smb", Tcp, 445),
        ("snmp", Udp, 161),
        ("ssh", Tcp, 22),
        ("telnet", Tcp, 23),
        ("tftp", Udp, 69),
        ("ws", Tcp, 80),
        ("wss", Tcp, 443),
    ]
};

/// Reads an endpoint: an address with scheme, host and port as RFC 3986 §3 has it, `host:port`, or
/// `502/tcp`.
fn place(endpoint: &str, asset: &Asset) -> Place {
    let text = endpoint.trim().to_lowercase();
    let by_name = |name: &str| match name {
        "tcp" => Some(Transport::Tcp),
        "udp" => Some(Transport::Udp),
        _ => None,
    };
    if let Some((port, carrier)) = text.split_once('/')
        && let (Ok(port), Some(carrier)) = (port.parse(), by_name(carrier))
    {
        return Place::Here((carrier, port));
    }
    let (scheme, rest) = text.split_once("://").map_or(("", text.as_str()), |(s, r)| (s, r));
    if rest.starts_with('/') || (scheme.is_empty() && rest.contains('/')) {
        return Place::Elsewhere;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit_once('@').map_or(authority, |(_, own)| own);
    let in_brackets = authority.rfind(']').unwrap_or(0);
    let colon = authority.rfind(':').filter(|at| *at >= in_brackets);
    let (host, port) = match colon.and_then(|at| authority.split_at_checked(at)) {
        Some((host, port)) => (host, port.get(1..).unwrap_or_default()),
        None => (authority, ""),
    };
    if !is_here(host.trim_matches(['[', ']']), asset) {
        return Place::Elsewhere;
    }
    let known = SCHEMES.iter().find(|(name, ..)| *name == scheme);
    let known = known.map(|(_, carrier, port)| (*carrier, *port));
    let stated = if port.is_empty() { None } else { port.parse().ok() };
    match (stated, known, by_name(scheme)) {
        (Some(port), Some((carrier, _)), _) | (Some(port), None, Some(carrier)) => {
            Place::Here((carrier, port))
        }
        // Without a word on the carrier it is TCP: services of other kinds say theirs.
        (Some(port), None, None) => Place::Here((Transport::Tcp, port)),
        (None, Some(known), _) if port.is_empty() => Place::Here(known),
        (None, ..) => Place::Elsewhere,
    }
}

/// A host of an endpoint is the device: any address, its own, its name, or a word that only holds
/// a name's place. Bills of materials are made for a product, whose address nobody knows yet.
fn is_here(host: &str, asset: &Asset) -> bool {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return ip.is_unspecified() || asset.ips.contains(&ip);
    }
    let own = asset.value(Attribute::Name).map(str::to_lowercase);
    host != "localhost" && (!host.contains('.') || own.as_deref() == Some(host))
}

/// Compares what documents about a device declare with what it was seen to serve. A served port is
/// a warning only where some document declares where services of the device are.
pub fn services<'a>(
    asset: &Asset,
    documents: &[&'a Filed],
    seen: impl Iterator<Item = (Port, &'a Serves)>,
) -> Vec<ComparedService<'a>> {
    let seen: BTreeMap<Port, &Serves> = seen.collect();
    let (mut all, mut declared) = (Vec::new(), BTreeSet::new());
    let services = documents
        .iter()
        .flat_map(|filed| filed.document.services.iter().map(move |service| (*filed, service)));
    for (filed, service) in services {
        let endpoints = service.endpoints.iter().map(|endpoint| Some(endpoint.as_str()));
        let none = service.endpoints.is_empty().then_some(None);
        for endpoint in endpoints.chain(none) {
            let port = match endpoint.map(|endpoint| place(endpoint, asset)) {
                Some(Place::Here(port)) => Some(port),
                Some(Place::Elsewhere) | None => None,
            };
            declared.extend(port);
            let served = port.and_then(|port| seen.get(&port).copied());
            let verdict = match (port, served) {
                (None, _) => ServiceVerdict::Elsewhere,
                (Some(_), None) => ServiceVerdict::Unseen,
                (Some(_), Some(_)) => ServiceVerdict::AsDeclared,
            };
            if all.len() < SERVICES_MAX {
                let declared = Some((filed, service));
                all.push(ComparedService { verdict, declared, endpoint, port, seen: served });
            }
        }
    }
    if !declared.is_empty() {
        let new = seen.iter().filter(|(port, _)| port.1 < DYNAMIC && !declared.contains(*port));
        all.extend(new.map(|(port, seen)| ComparedService {
            verdict: ServiceVerdict::Undeclared,
            declared: None,
            endpoint: None,
            port: Some(*port),
            seen: Some(*seen),
        }));
    }
    all.sort_by_key(|one| (one.verdict, one.port));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supply::Scope;
    use knowledge::supply::{Document, Format};
    use vocab::Transport::{Tcp, Udp};

    fn asset() -> Asset {
        Asset { ips: vec!["10.0.0.5".parse().unwrap()], ..Asset::by_hand("10.0.0.5", "cell") }
    }

    #[test]
    fn endpoints_are_read() {
        let asset = asset();
        for (endpoint, port) in [
            ("https://0.0.0.0:8443/api", Some((Tcp, 8443))),
            ("HTTPS://10.0.0.5", Some((Tcp, 443))),
            ("https://10.0.0.6", None),
            ("https://updates.example.com/feed", None),
            ("opc.tcp://{host}:4841/", Some((Tcp, 4841))),
            ("opc.tcp://plc", Some((Tcp, 4840))),
            ("udp://:47808", Some((Udp, 47808))),
            ("snmp://user@device", Some((Udp, 161))),
            ("http://[::]:81/", Some((Tcp, 81))),
            ("http://[2001:db8::1]/", None),
            ("http://localhost:9090", None),
            ("http://127.0.0.1:9090", None),
            (":502", Some((Tcp, 502))),
            ("502/tcp", Some((Tcp, 502))),
            ("161/UDP", Some((Udp, 161))),
            ("/api/v1", None),
            ("api/v1", None),
            ("acme://plc", None),
            ("http://plc:99999", None),
            ("", None),
        ] {
            let found = match place(endpoint, &asset) {
                Place::Here(port) => Some(port),
                Place::Elsewhere => None,
            };
            assert_eq!(found, port, "{endpoint}");
        }
    }

    fn filed(endpoints: &[&[&str]]) -> Filed {
        let mut document = Document::new(Format::CycloneDx);
        document.services.extend(endpoints.iter().map(|endpoints| Service {
            name: String::from("a service"),
            provider: String::new(),
            endpoints: endpoints.iter().map(|one| (*one).to_owned()).collect(),
            crosses_trust: false,
        }));
        Filed {
            id: 1,
            name: String::from("a.json"),
            sha256: String::new(),
            scope: Scope::Site,
            imported: String::new(),
            document,
        }
    }

    fn seen(ports: &[Port]) -> Served {
        let mut served = Served::default();
        for (at, port) in ports.iter().enumerate() {
            let frame = FrameId { file: 0, number: 7 - u64::try_from(at).unwrap().min(7) };
            let (first, last) = (Ts(1), Ts(2));
            let new =
                Serves { protocols: BTreeSet::from(["http"]), clients: 1, first, last, frame };
            served.add(0, *port, new);
        }
        served
    }

    fn verdicts(filed: &Filed, served: &Served) -> Vec<(&'static str, Option<u16>)> {
        let found = services(&asset(), &[filed], served.of(0));
        found.iter().map(|one| (one.verdict.key(), one.port.map(|port| port.1))).collect()
    }

    #[test]
    fn what_is_declared_is_compared_with_what_was_seen() {
        let own = filed(&[&["https://0.0.0.0", "tcp://:502"], &["https://cloud.example.com"], &[]]);
        let served = seen(&[(Tcp, 443), (Tcp, 23), (Udp, 502), (Tcp, 50_000), (Tcp, 23)]);
        let wanted = [
            ("undeclared", Some(23)),
            ("undeclared", Some(502)),
            ("unseen", Some(502)),
            ("as_declared", Some(443)),
            ("elsewhere", None),
            ("elsewhere", None),
        ];
        assert_eq!(verdicts(&own, &served), wanted);
        let (_, telnet) = served.of(0).find(|(port, _)| *port == (Tcp, 23)).unwrap();
        assert_eq!((telnet.clients, telnet.frame.number), (2, 3));
        // Documents that say nothing of the device's own ports make nothing undeclared.
        assert_eq!(verdicts(&filed(&[&["/api"]]), &served), [("elsewhere", None)]);
        assert_eq!(verdicts(&filed(&[]), &served), []);
    }

    #[test]
    fn a_device_with_every_port_open_is_cut_and_counted() {
        let all: Vec<Port> = (1..=1_000).map(|port| (Tcp, port)).collect();
        let served = seen(&all);
        assert_eq!((served.of(0).count(), served.dropped), (PORTS_MAX, 1_000 - PORTS_MAX));
    }
}
