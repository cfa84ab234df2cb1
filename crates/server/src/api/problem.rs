//! Errors of the interface: what is wrong and what to do, as a code that every language words.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An error's document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemView {
    /// What is wrong, as a code.
    pub code: &'static str,
    /// The same in English.
    pub message: String,
}

/// An error.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl ToString) -> Self {
        Self { status, code, message: message.to_string() }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("there is no {what}"))
    }

    pub(crate) fn must_change() -> Self {
        let message = "change the first password before anything else";
        Self::new(StatusCode::FORBIDDEN, "must_change_password", message)
    }

    pub(crate) fn no_session() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "no_session", "sign in first")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let view = ProblemView { code: self.code, message: self.message };
        (self.status, Json(view)).into_response()
    }
}
