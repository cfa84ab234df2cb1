//! The HTTP interface: `/api/v1/…`. Every address but the session's needs an open session.

mod assets;
mod events;
mod map;
mod overview;
mod problem;
mod session;

pub use assets::{AssetPage, AssetQuery, AssetRow, ConversationPage};
pub use overview::{Change, Count, Overview, Party, ProtocolRow};
pub use problem::{Problem, ProblemView};
pub use session::{NewPassword, SessionView, SignIn};

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
        .routes(routes!(map::show))
        .routes(routes!(overview::protocols))
        .routes(routes!(events::stream))
}
