//! Putting it together: routes, who may pass, headers, the listener.

use crate::api::{self, Problem};
use crate::console;
use crate::session::Access;
use crate::site::Site;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use vocab::Ts;

/// What every request may need.
#[derive(Clone, Debug)]
pub(crate) struct App {
    pub(crate) site: Arc<Site>,
    pub(crate) access: Arc<Access>,
    pub(crate) store: Option<Arc<Store>>,
    /// Held while a decision goes to disk and into the picture: both see them in one order.
    pub(crate) deciding: Arc<Mutex<()>>,
}

impl App {
    /// The time for sessions.
    #[expect(clippy::disallowed_methods, reason = "sessions live in real time")]
    pub(crate) fn now() -> Instant {
        Instant::now()
    }

    /// The time of day.
    #[expect(clippy::disallowed_methods, reason = "people decide in real time")]
    pub(crate) fn time() -> Ts {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ts::new(since.as_secs().cast_signed(), since.subsec_nanos())
    }

    /// The time of day, RFC 3339 in UTC.
    pub(crate) fn wall() -> String {
        view::rfc3339(Self::time())
    }

    /// Today, `YYYY-MM-DD` in UTC.
    pub(crate) fn today() -> String {
        Self::wall().chars().take(10).collect()
    }

    pub(crate) fn is_open(&self, session: &str) -> bool {
        self.access.is_open(session, Self::now())
    }
}

/// What a browser may load: only from here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The whole server as a service.
pub fn router(site: Arc<Site>, access: Arc<Access>, store: Option<Arc<Store>>) -> Router {
    let app = App { site, access, store, deciding: Arc::default() };
    let (api, _) = api::routes().split_for_parts();
    api.fallback(console::file)
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .layer(middleware::map_response(headers))
        .with_state(app)
}

/// Lets requests of the interface pass only with an open session; one that was opened with the
/// first password only to change it.
async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let free = !path.starts_with("/api/") || path == "/api/v1/session";
    if free {
        return next.run(request).await;
    }
    let session = api::session_of(request.headers()).filter(|session| app.is_open(session));
    let Some(session) = session else { return Problem::no_session().into_response() };
    if path != "/api/v1/session/password" && app.access.must_change(session) {
        return Problem::must_change().into_response();
    }
    next.run(request).await
}

async fn headers(mut response: Response) -> Response {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A server that listens.
#[derive(Debug)]
pub struct Served {
    listener: TcpListener,
    router: Router,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Starts to listen.
///
/// # Errors
/// When the address cannot be had.
pub async fn serve(listen: SocketAddr, router: Router) -> std::io::Result<Served> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    Ok(Served { listener, router, address })
}

impl Served {
    /// Serves until `stop` comes.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        axum::serve(self.listener, self.router).with_graceful_shutdown(stop).await
    }
}
