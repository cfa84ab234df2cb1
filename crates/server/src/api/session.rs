//! Signing in and out.

use super::problem::{Problem, ProblemView};
use crate::serve::App;
use crate::session::AccessError;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// The session cookie's name.
const COOKIE: &str = "ferrite_session";

/// Who is signed in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionView {
    /// A session is open.
    pub open: bool,
    /// Signing in takes a password; else only the one-time link opens a session.
    pub password: bool,
    /// The password is the first one: it must be changed before anything else.
    pub must_change: bool,
    /// Ferrite's version.
    pub version: &'static str,
}

/// What opens a session: one of the two.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct SignIn {
    /// The one-time token of the address that was printed.
    #[serde(default)]
    pub token: Option<String>,
    /// The administrator's password.
    #[serde(default)]
    pub password: Option<String>,
}

/// Another password.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewPassword {
    /// At least 10 characters.
    pub password: String,
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        let (status, code) = match error {
            AccessError::Wrong => (StatusCode::UNAUTHORIZED, "wrong_password"),
            AccessError::Wait => (StatusCode::TOO_MANY_REQUESTS, "wait"),
            AccessError::Short => (StatusCode::UNPROCESSABLE_ENTITY, "short_password"),
            AccessError::System => (StatusCode::INTERNAL_SERVER_ERROR, "system"),
        };
        Self::new(status, code, error)
    }
}

/// The session named by a request's cookie.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Is somebody signed in?
#[utoipa::path(get, path = "/api/v1/session", operation_id = "session",
    responses((status = 200, body = SessionView)))]
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Json<SessionView> {
    Json(view(&app, cookie(&headers).filter(|session| app.is_open(session))))
}

fn view(app: &App, session: Option<&str>) -> SessionView {
    SessionView {
        open: session.is_some(),
        password: app.access.has_password(),
        must_change: session.is_some_and(|session| app.access.must_change(session)),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// Signs in.
#[utoipa::path(post, path = "/api/v1/session", operation_id = "enter", request_body = SignIn,
    responses((status = 200, body = SessionView), (status = 401, body = ProblemView),
              (status = 429, body = ProblemView)))]
pub(super) async fn enter(
    State(app): State<App>,
    Json(given): Json<SignIn>,
) -> Result<Response, Problem> {
    let now = App::now();
    let session = match (given.token, given.password) {
        (Some(token), _) => app.access.enter_with_token(&token, now)?,
        (None, Some(password)) => {
            let access = app.access.clone();
            // Checking a password takes a while: not on the threads that serve everybody.
            let checked =
                tokio::task::spawn_blocking(move || access.enter_with_password(&password, now));
            checked.await.map_err(|_| AccessError::System)??
        }
        (None, None) => return Err(AccessError::Wrong.into()),
    };
    let cookie = format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict");
    Ok(([(header::SET_COOKIE, cookie)], Json(view(&app, Some(&session)))).into_response())
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", operation_id = "leave",
    responses((status = 204)))]
pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(session) = cookie(&headers) {
        app.access.leave(session);
    }
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response()
}

/// Changes the password; all other sessions end.
#[utoipa::path(post, path = "/api/v1/session/password", operation_id = "changePassword",
    request_body = NewPassword,
    responses((status = 204), (status = 401, body = ProblemView), (status = 422, body = ProblemView)))]
pub(super) async fn change(
    State(app): State<App>,
    headers: HeaderMap,
    Json(new): Json<NewPassword>,
) -> Result<StatusCode, Problem> {
    let session = cookie(&headers).unwrap_or_default().to_owned();
    let access = app.access.clone();
    let changed =
        tokio::task::spawn_blocking(move || access.change_password(&new.password, &session));
    let hash = changed.await.map_err(|_| AccessError::System)??;
    if let Some(store) = &app.store {
        let kept = store.set_setting("admin_password", &hash).await;
        let kept = match kept {
            Ok(()) => store.set_setting("admin_password_initial", "no").await,
            error => error,
        };
        kept.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?;
    }
    Ok(StatusCode::NO_CONTENT)
}
