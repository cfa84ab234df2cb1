//! The interface as a browser meets it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod plant;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use model::{Model, ModelLimits};
use plant::SPECS;
use serde_json::{Value, json};
use server::{Access, Inputs, Site, router};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use vocab::{
    Batch, BatchRoom, FrameId, Host, HostTraits, Mac, OpSum, ProtoId, Role, Talk, Transport, Ts,
};

/// A controller and whoever writes to it.
fn model() -> Model {
    let traits = |mac: u8| HostTraits {
        mac: Mac([0, 0x0e, 0x8c, 0, 0, mac]),
        packets: 10,
        bytes: 900,
        ttl: 64,
        listens: false,
        first: Ts(0),
        last: Ts(1_000_000_000),
        frame: FrameId { file: 0, number: 1 },
    };
    let mut batch = Batch::new(&BatchRoom::small());
    let talk = batch
        .talks
        .push(Talk {
            client: Host::Ip([10, 0, 0, 9].into()),
            server: Host::Ip([10, 0, 0, 5].into()),
            certain: true,
            proto: Some(ProtoId(1)),
            main: true,
            transport: Transport::Tcp,
            port: 502,
            vlan: 0,
            from_client: traits(9),
            from_server: traits(5),
            first: Ts(0),
            last: Ts(1_000_000_000),
            frame: FrameId { file: 0, number: 1 },
        })
        .unwrap();
    batch.ops.push(OpSum {
        talk,
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
    let mut model = Model::new(ModelLimits::default(), SPECS);
    model.apply(&batch);
    model
}

fn console(access: Access) -> (Router, Arc<Access>) {
    let inputs = Inputs { files: Vec::new(), first: Ts(0), last: Ts(1) };
    let site =
        Site::new(Arc::new(Mutex::new(model())), Arc::new(model::NoKnowledge), &inputs, false);
    let access = Arc::new(access);
    (router(Arc::new(site), access.clone(), None), access)
}

async fn call(router: &Router, request: Request<Body>) -> (StatusCode, Response<Body>) {
    let response = router.clone().oneshot(request).await.unwrap();
    (response.status(), response)
}

async fn body(response: Response<Body>) -> Value {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&bytes).unwrap_or(Value::Null)
}

fn get(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
}

fn post(path: &str, cookie: &str, document: &Value) -> Request<Body> {
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(document.to_string()))
        .unwrap()
}

/// Signs in; gives the cookie.
async fn enter(router: &Router, with: &Value) -> String {
    let (status, response) = call(router, post("/api/v1/session", "", with)).await;
    assert_eq!(status, StatusCode::OK);
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    cookie.split(';').next().unwrap().to_owned()
}

/// Every address of the interface that gives data.
const ADDRESSES: [&str; 8] = [
    "/api/v1/overview",
    "/api/v1/assets",
    "/api/v1/assets/10.0.0.5",
    "/api/v1/assets/10.0.0.5/conversations",
    "/api/v1/map",
    "/api/v1/map?asset=00:0e:8c:00:00:05",
    "/api/v1/protocols",
    "/api/v1/events",
];

#[tokio::test]
async fn nothing_is_shown_without_a_session() {
    let (router, access) = console(Access::new(None, false));
    for address in ADDRESSES {
        let (status, _) = call(&router, get(address, "")).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{address}");
        let (status, _) = call(&router, get(address, "ferrite_session=guess")).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{address}");
    }
    let token = access.issue_token().unwrap();
    let cookie = enter(&router, &json!({ "token": token })).await;
    for address in ADDRESSES {
        let (status, _) = call(&router, get(address, &cookie)).await;
        assert_eq!(status, StatusCode::OK, "{address}");
    }
    let again = post("/api/v1/session", "", &json!({ "token": token }));
    assert_eq!(call(&router, again).await.0, StatusCode::UNAUTHORIZED, "a token works once");
}

#[tokio::test]
async fn the_first_password_opens_only_the_change_of_it() {
    let (router, access) = console(Access::new(None, false));
    let (password, _) = access.first_password().unwrap();
    let cookie = enter(&router, &json!({ "password": password })).await;
    let (status, response) = call(&router, get("/api/v1/assets", &cookie)).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(body(response).await["code"], "must_change_password");
    let short = post("/api/v1/session/password", &cookie, &json!({ "password": "short" }));
    assert_eq!(call(&router, short).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let good = json!({ "password": "long enough" });
    let change = post("/api/v1/session/password", &cookie, &good);
    assert_eq!(call(&router, change).await.0, StatusCode::NO_CONTENT);
    assert_eq!(call(&router, get("/api/v1/assets", &cookie)).await.0, StatusCode::OK);
    enter(&router, &good).await;
}

#[tokio::test]
async fn devices_are_found_by_filter_and_by_any_address() {
    let (router, access) = console(Access::new(None, false));
    let token = access.issue_token().unwrap();
    let cookie = enter(&router, &json!({ "token": token })).await;
    let (_, response) = call(&router, get("/api/v1/assets?filter=role:plc", &cookie)).await;
    let page = body(response).await;
    assert_eq!((&page["total"], &page["matched"]), (&json!(2), &json!(1)));
    assert_eq!(page["rows"][0]["address"], "10.0.0.5");
    for id in ["10.0.0.5", "00:0e:8c:00:00:05"] {
        let (_, response) = call(&router, get(&format!("/api/v1/assets/{id}"), &cookie)).await;
        assert_eq!(body(response).await["ips"], json!(["10.0.0.5"]));
    }
    let wrong = get("/api/v1/assets?filter=colour:red", &cookie);
    let (status, response) = call(&router, wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(response).await["message"].as_str().unwrap().contains("no field \"colour\""));
    let (status, _) = call(&router, get("/api/v1/assets/10.9.9.9", &cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_overview_shows_what_changes_the_plant() {
    let (router, access) = console(Access::new(None, false));
    let token = access.issue_token().unwrap();
    let cookie = enter(&router, &json!({ "token": token })).await;
    let (_, response) = call(&router, get("/api/v1/overview", &cookie)).await;
    let overview = body(response).await;
    let change = &overview["changes"][0];
    assert_eq!(change["operation"], "write_single_register");
    assert_eq!(change["server_asset"]["id"], "00:0e:8c:00:00:05");
    assert_eq!(change["frame"], 4);
}

#[tokio::test]
async fn every_answer_forbids_foreign_content() {
    let (router, _) = console(Access::new(None, false));
    for address in ["/", "/static/nothing.js", "/api/v1/session", "/api/v1/overview"] {
        let (_, response) = call(&router, get(address, "")).await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{address}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{address}");
    }
}

#[test]
fn the_document_describes_every_address() {
    let document: Value = serde_json::from_str(&server::openapi()).unwrap();
    for address in ADDRESSES {
        let path = address.split('?').next().unwrap().replace("10.0.0.5", "{id}");
        assert!(document["paths"][&path]["get"].is_object(), "{path}");
    }
}
