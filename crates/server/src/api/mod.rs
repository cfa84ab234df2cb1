//! The HTTP interface: `/api/v1/…`. Every address but the session's needs an open session.

mod assets;
mod bonds;
mod corrections;
mod documents;
mod events;
mod findings;
mod map;
mod overview;
mod problem;
mod risk;
mod session;
mod suppliers;
mod triage;

pub use assets::{AssetPage, AssetQuery, AssetRow, ConversationPage};
pub use bonds::{SayBond, TakeBondBack};
pub use corrections::{Correct, TakeBack};
pub use documents::{DocumentQuery, TakenIn};
pub use findings::{FindingPage, FindingQuery};
pub use overview::{Change, Count, Overview, Party, ProtocolRow};
pub use problem::{Problem, ProblemView};
pub use risk::{
    AssetVulnerabilities, RiskPage, TrendView, VulnerabilityPage, VulnerabilityQuery,
    VulnerabilityRow,
};
pub use session::{NewPassword, SessionView, SignIn};
pub use triage::{Decide, DecideMany, Decided};

use crate::serve::App;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use session::cookie as session_of;

#[derive(OpenApi)]
#[openapi(info(
    title = "Ferrite",
    description = "What Ferrite knows of a plant. All documents are of one picture of the model; \
                   `revision` tells which.",
))]
struct Document;

/// All addresses with their documentation.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(session::show, session::enter, session::leave))
        .routes(routes!(session::change))
        .routes(routes!(overview::show))
        .routes(routes!(assets::list))
        .routes(routes!(assets::show))
        .routes(routes!(assets::conversations))
        .routes(routes!(corrections::history, corrections::correct, corrections::take_back))
        .routes(routes!(bonds::history, bonds::say, bonds::take_back))
        .routes(routes!(risk::list))
        .routes(routes!(risk::export))
        .routes(routes!(risk::of_asset))
        .routes(routes!(risk::site))
        .routes(routes!(risk::weights, risk::weigh))
        .routes(routes!(findings::list))
        .routes(routes!(triage::decide))
        .routes(routes!(triage::decide_many))
        .routes(routes!(triage::history))
        .routes(routes!(suppliers::list))
        .routes(routes!(suppliers::show))
        .routes(routes!(suppliers::passport))
        .routes(routes!(suppliers::warnings))
        .routes(routes!(suppliers::export))
        .routes(routes!(suppliers::intel))
        .routes(routes!(documents::list, documents::take))
        .routes(routes!(documents::forget))
        .routes(routes!(map::show))
        .routes(routes!(overview::protocols))
        .routes(routes!(events::stream))
}
