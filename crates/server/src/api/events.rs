//! Live updates: one event per picture.

use crate::serve::App;
use crate::site::Snapshot;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::wrappers::WatchStream;

/// What an event says.
#[derive(Debug, Serialize)]
struct News {
    revision: u64,
    live: bool,
    packets: u64,
    assets: usize,
    conversations: usize,
}

fn event(snapshot: &Arc<Snapshot>) -> Event {
    let news = News {
        revision: snapshot.revision,
        live: snapshot.live,
        packets: snapshot.capture.packets,
        assets: snapshot.resolution.assets.len(),
        conversations: snapshot.conversations,
    };
    let id = snapshot.revision.to_string();
    Event::default().event("picture").id(id).json_data(news).unwrap_or_default()
}

/// Server-sent events: a `picture` at once, and whenever there is a newer one. Whoever comes back
/// gets the newest.
#[utoipa::path(get, path = "/api/v1/events", operation_id = "events",
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(super) async fn stream(
    State(app): State<App>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let pictures = WatchStream::new(app.site.watch());
    Sse::new(pictures.map(|snapshot| Ok(event(&snapshot)))).keep_alive(KeepAlive::default())
}
