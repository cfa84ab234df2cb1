//! A small plant with weaknesses, and its interface, for the tests of risk and exports.

#![allow(dead_code, reason = "every test takes its part")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use judge::risk::Advice;
use knowledge::advisory::{Advisory, Entry, Leaf, Remedy, RemedyKind};
use knowledge::pack::{Exploited, Pack, Tables};
use model::{Model, ModelLimits, NoKnowledge};
use serde_json::{Value, json};
use server::{Access, Inputs, Site, router};
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::Store;
use tower::ServiceExt;
use vocab::{
    AttrSeen, AttrSpec, Attribute, Batch, BatchRoom, FrameId, Host, HostTraits, Mac, OpSpec, OpSum,
    ProtoId, Role, Spec, Talk, Transport, Ts,
};

static MODBUS: Spec = Spec {
    name: "Modbus/TCP",
    depth: 3,
    operations: &[OpSpec::new(6, "write_single_register", vocab::Access::Write, "")],
    ..Spec::bare(1, "modbus")
};

pub(crate) static SPECS: &[&Spec] = &[&MODBUS];
static STATED: [AttrSpec; 4] = [
    AttrSpec::new(Attribute::Vendor, "a field", 95, ""),
    AttrSpec::new(Attribute::Product, "a field", 95, ""),
    AttrSpec::new(Attribute::OrderNumber, "a field", 95, ""),
    AttrSpec::new(Attribute::Firmware, "a field", 95, ""),
];

const INSIDE: [u8; 4] = [10, 0, 0, 9];
/// A public address. RFC 5737.
const OUTSIDE: [u8; 4] = [198, 51, 100, 7];

fn write(batch: &mut Batch, client: [u8; 4], server: [u8; 4]) {
    let traits = |ip: [u8; 4]| HostTraits {
        mac: Mac([0, 0x0e, 0x8c, 0, 0, if ip == OUTSIDE { 1 } else { ip[3] }]),
        packets: 10,
        bytes: 900,
        // Routed seven times on its way here.
        ttl: if ip == OUTSIDE { 57 } else { 64 },
        listens: false,
        first: Ts(0),
        last: Ts(1_000_000_000),
        frame: FrameId { file: 0, number: 1 },
    };
    let talk = batch.talks.push(Talk {
        client: Host::Ip(client.into()),
        server: Host::Ip(server.into()),
        certain: true,
        proto: Some(ProtoId(1)),
        main: true,
        transport: Transport::Tcp,
        port: 502,
        vlan: 0,
        from_client: traits(client),
        from_server: traits(server),
        first: Ts(0),
        last: Ts(1_000_000_000),
        frame: FrameId { file: 0, number: 1 },
    });
    batch.ops.push(OpSum {
        talk: talk.unwrap(),
        proto: ProtoId(1),
        code: 6,
        sub: None,
        role: Role::Request,
        count: 3,
        errors: 0,
        paired: 0,
        latency_ns_sum: 0,
        latency_ns_max: 0,
        first: Ts(0),
        last: Ts(1),
        frame: FrameId { file: 0, number: 4 },
    });
}

/// Two controllers of one kind: 10.0.0.5 is written to from its own network, 10.0.0.6 also from
/// a public address.
fn model() -> Model {
    let mut batch = Batch::new(&BatchRoom::small());
    write(&mut batch, INSIDE, [10, 0, 0, 5]);
    write(&mut batch, INSIDE, [10, 0, 0, 6]);
    write(&mut batch, OUTSIDE, [10, 0, 0, 6]);
    for last in [5, 6] {
        let values = ["Siemens", "SIMATIC S7-1200 CPU 1214C", "6ES7 214-1AG40-0XB0", "V4.4.0"];
        for (spec, value) in STATED.iter().zip(values) {
            let value = batch.intern(value.as_bytes());
            batch.attrs.push(AttrSeen {
                host: Host::Ip([10, 0, 0, last].into()),
                mac: Mac([0, 0x0e, 0x8c, 0, 0, last]),
                vlan: 0,
                part: None,
                proto: ProtoId(1),
                spec,
                value,
                count: 1,
                first: Ts(0),
                last: Ts(0),
                frame: FrameId { file: 0, number: 7 },
                offset: Some(60),
                length: value.len,
            });
        }
    }
    let mut model = Model::new(ModelLimits::default(), SPECS);
    model.apply(&batch);
    model
}

const EASY: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const HARD: &str = "CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:H";

/// One CVE that an update fixes and that is exploited, one that nothing fixes.
pub(crate) fn advice() -> Advice {
    let advisory = |id: &str, cve: &str, range: &str, vector: &str, fix: Option<&str>| Advisory {
        id: id.to_owned(),
        leaves: vec![Leaf {
            vendor: "Siemens".to_owned(),
            product: "SIMATIC S7-1200 CPU 1214C".to_owned(),
            range: range.to_owned(),
            orders: vec!["6ES7 214-1AG40-0XB0".to_owned()],
            ..Leaf::default()
        }],
        entries: vec![Entry {
            cve: cve.to_owned(),
            vector: vector.to_owned(),
            score: Some(8.1),
            affected: vec![0],
            remedies: fix
                .map(|version| Remedy::new(RemedyKind::Fix, vec![version.to_owned()], vec![0]))
                .into_iter()
                .collect(),
            ..Entry::default()
        }],
        ..Advisory::default()
    };
    let exploited = Exploited {
        cve: "CVE-2024-0001".to_owned(),
        added: "2025-01-01".to_owned(),
        due: String::new(),
        ransomware: false,
    };
    Advice::new(Tables {
        advisories: vec![
            advisory("TEST-1", "CVE-2024-0001", "< V4.5.0", EASY, Some("V4.5.0")),
            advisory("TEST-2", "CVE-2024-0002", "vers:all/*", HARD, None),
        ],
        exploited: vec![exploited],
        decisions: Pack::built_in().unwrap().tables().unwrap().decisions,
        ..Tables::default()
    })
    .unwrap()
}

/// The interface over the plant, somebody signed in by the link.
pub(crate) struct Console {
    router: Router,
    pub(crate) site: Arc<Site>,
    pub(crate) cookie: String,
    pub(crate) store: Option<Arc<Store>>,
}

impl Console {
    pub(crate) async fn open(folder: Option<&Path>) -> Self {
        let inputs = Inputs { files: Vec::new(), first: Ts(0), last: Ts(1) };
        let site = Site::new(Arc::new(Mutex::new(model())), Arc::new(NoKnowledge), &inputs, false);
        let (site, access) = (Arc::new(site), Arc::new(Access::new(None, false)));
        let mut store = None;
        if let Some(folder) = folder {
            let open = Store::open(folder).await.unwrap();
            site.recall(open.rulings().await.unwrap(), open.weights().await.unwrap());
            let ties = open.ties().await.unwrap();
            site.recall_corrections(open.corrections().await.unwrap(), ties);
            store = Some(Arc::new(open));
        }
        let router = router(site.clone(), access.clone(), store.clone());
        let token = json!({ "token": access.issue_token().unwrap() });
        let mut own = Self { router, site, cookie: String::new(), store };
        let response = own.ask("POST", "/api/v1/session", &token.to_string()).await;
        let cookie = response.1[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut own.cookie);
        own
    }

    /// The same with facts from outside.
    pub(crate) async fn knowing(folder: Option<&Path>) -> Self {
        let own = Self::open(folder).await;
        own.site.know(advice());
        own
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        text: &str,
    ) -> (StatusCode, header::HeaderMap, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(text.to_owned()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (head.status, head.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, _, text) = self.ask("GET", path, "").await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) async fn put(&self, path: &str, document: &Value) -> (u16, Value) {
        let (status, _, text) = self.ask("PUT", path, &document.to_string()).await;
        (status.as_u16(), serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}
