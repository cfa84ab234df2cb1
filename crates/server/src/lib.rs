//! The console's server: an HTTP interface over a model, sessions, live updates, and the console
//! itself, embedded.
//!
//! The types of the interface are the types of `view` and of [`api`]; the OpenAPI document and the
//! console's client are generated from them.

pub mod api;
mod console;
mod filter;
mod layout;
mod serve;
mod session;
mod site;

pub use filter::{Filter, FilterError};
pub use serve::{Served, router, serve};
pub use session::{Access, AccessError};
pub use site::{Inputs, Judged, Site, Snapshot};

/// The OpenAPI document of the interface, as JSON.
pub fn openapi() -> String {
    let (_, document) = api::routes().split_for_parts();
    document.to_pretty_json().unwrap_or_default()
}
