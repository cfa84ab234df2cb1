//! What somebody should look at.

use super::problem::{Problem, ProblemView};
use super::risk::ready;
use crate::serve::App;
use crate::site::Judged;
use axum::Json;
use axum::extract::{Query, State};
use judge::review::{Finding, Severity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use view::FindingView;

/// Most rows of one answer.
const ROWS_MAX: usize = 1_000;

/// Which findings.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindingQuery {
    /// Only of this severity: `info`, `low`, `medium`, `high` or `critical`.
    #[serde(default)]
    pub severity: String,
    /// Only of this rule.
    #[serde(default)]
    pub rule: String,
    /// Only about the device with this identifier.
    #[serde(default)]
    pub asset: String,
    /// Rows to leave out at the start.
    #[serde(default)]
    pub offset: usize,
    /// Most rows; 1,000 where it is left out.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Findings that were asked for.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FindingPage {
    /// The picture it is made from.
    pub revision: u64,
    /// All findings.
    pub total: usize,
    /// Those that passed.
    pub matched: usize,
    /// Findings that were too many to keep.
    pub dropped: u64,
    /// Those that passed, by severity.
    pub severities: BTreeMap<&'static str, usize>,
    /// The rows asked for, the gravest first.
    pub rows: Vec<FindingView>,
}

/// Findings about all devices.
#[utoipa::path(get, path = "/api/v1/findings", operation_id = "findings",
    params(FindingQuery),
    responses((status = 200, body = FindingPage), (status = 503, body = ProblemView)))]
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<FindingQuery>,
) -> Result<Json<FindingPage>, Problem> {
    let Judged { revision, findings, .. } = ready(&app).await?;
    let is_about = |finding: &Finding| {
        let mut parties = [&finding.source, &finding.target].into_iter().flatten();
        query.asset.is_empty() || parties.any(|party| party.asset == query.asset)
    };
    let wanted = |finding: &&Finding| {
        (query.severity.is_empty() || finding.severity.key() == query.severity)
            && (query.rule.is_empty() || finding.rule.id == query.rule)
            && is_about(finding)
    };
    let found: Vec<&Finding> = findings.all().iter().filter(wanted).collect();
    let mut severities: BTreeMap<&'static str, usize> =
        Severity::ALL.iter().map(|severity| (severity.key(), 0)).collect();
    for finding in &found {
        *severities.entry(finding.severity.key()).or_default() += 1;
    }
    let limit = query.limit.unwrap_or(ROWS_MAX).min(ROWS_MAX);
    let rows = found.iter().skip(query.offset).take(limit);
    Ok(Json(FindingPage {
        revision,
        total: findings.all().len(),
        matched: found.len(),
        dropped: findings.dropped(),
        severities,
        rows: rows.map(|finding| FindingView::from(*finding)).collect(),
    }))
}
