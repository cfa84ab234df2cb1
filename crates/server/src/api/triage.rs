//! What people decide about a CVE on a device.

use super::assets::find;
use super::problem::{Problem, ProblemView};
use super::risk::ready;
use super::session_of;
use crate::serve::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use judge::risk::{Assessment, AssetRisk, Ruling, State as Triaged};
use serde::{Deserialize, Serialize};
use view::TriageView;

/// Longest reason in characters.
const REASON_CHARS_MAX: usize = 2_000;

/// A decision.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// `open`, `accepted`, `mitigated`, `fixed` or `false_positive`.
    pub state: String,
    /// Why; needed for all but `open` and `fixed`. For `mitigated` the control.
    #[serde(default)]
    pub reason: String,
    /// Last day on which an accepted risk stays accepted, `YYYY-MM-DD`.
    #[serde(default)]
    pub until: Option<String>,
}

/// `YYYY-MM-DD`, a day that there is.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |text: &str, digits: usize| {
        let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// Reads a decision.
fn ruling(given: Decide, who: &str, now: String, today: &str) -> Result<Ruling, Problem> {
    let wrong = |code, what: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, what);
    let state = Triaged::from_key(&given.state).ok_or_else(|| {
        wrong("state", "a state is open, accepted, mitigated, fixed or false_positive")
    })?;
    let reason = given.reason.trim().to_owned();
    let needs = matches!(state, Triaged::Accepted | Triaged::Mitigated | Triaged::FalsePositive);
    if needs && reason.is_empty() {
        return Err(wrong("reason", "say why: others must be able to follow it"));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(wrong("reason", "a reason has at most 2,000 characters"));
    }
    let until = match (state, given.until) {
        (Triaged::Accepted, Some(day)) if is_day(&day) && day.as_str() >= today => Some(day),
        (Triaged::Accepted, _) => {
            return Err(wrong(
                "until",
                "an accepted risk has a last day, YYYY-MM-DD, from today on",
            ));
        }
        (_, None) => None,
        (_, Some(_)) => return Err(wrong("until", "only an accepted risk has a last day")),
    };
    Ok(Ruling { state, reason, until, who: who.to_owned(), when: now })
}

/// Decides about a CVE on a device. The decision is kept with who made it and when; it holds for
/// all advisories that name the CVE.
#[utoipa::path(put, path = "/api/v1/assets/{id}/vulnerabilities/{cve}", operation_id = "decide",
    params(("id" = String, Path, description = "Identifier, or any address of the device"),
           ("cve" = String, Path, description = "The CVE")),
    request_body = Decide,
    responses((status = 200, body = TriageView), (status = 404, body = ProblemView),
              (status = 422, body = ProblemView), (status = 503, body = ProblemView)))]
pub(super) async fn decide(
    State(app): State<App>,
    Path((id, cve)): Path<(String, String)>,
    headers: HeaderMap,
    Json(given): Json<Decide>,
) -> Result<Json<TriageView>, Problem> {
    let who = app.access.who(session_of(&headers).unwrap_or_default());
    let ruling = ruling(given, who, App::wall(), &App::today())?;
    let by = ready(&app).await?.assessment;
    let asset = known_on(&app, &by, &id, &cve)?;
    keep(&app, &[&asset], &cve, &ruling).await?;
    Ok(Json(TriageView::from(&ruling)))
}

/// A decision about a CVE on many devices.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideMany {
    /// `open`, `accepted`, `mitigated`, `fixed` or `false_positive`.
    pub state: String,
    /// Why; needed for all but `open` and `fixed`. For `mitigated` the control.
    #[serde(default)]
    pub reason: String,
    /// Last day on which an accepted risk stays accepted, `YYYY-MM-DD`.
    #[serde(default)]
    pub until: Option<String>,
    /// Identifiers or addresses of the devices; all that it is known on where left out.
    #[serde(default)]
    pub assets: Vec<String>,
}

/// What was decided, and on which devices.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Decided {
    /// Identifiers of the devices.
    pub assets: Vec<String>,
    /// The decision.
    pub decision: TriageView,
}

/// Decides about a CVE on many devices at once, on all of them or on none.
#[utoipa::path(put, path = "/api/v1/vulnerabilities/{cve}", operation_id = "decideMany",
    params(("cve" = String, Path, description = "The CVE")),
    request_body = DecideMany,
    responses((status = 200, body = Decided), (status = 404, body = ProblemView),
              (status = 422, body = ProblemView), (status = 503, body = ProblemView)))]
pub(super) async fn decide_many(
    State(app): State<App>,
    Path(cve): Path<String>,
    headers: HeaderMap,
    Json(given): Json<DecideMany>,
) -> Result<Json<Decided>, Problem> {
    let who = app.access.who(session_of(&headers).unwrap_or_default());
    let DecideMany { state, reason, until, assets } = given;
    let ruling = ruling(Decide { state, reason, until }, who, App::wall(), &App::today())?;
    let by = ready(&app).await?.assessment;
    let assets: Vec<String> = if assets.is_empty() {
        let all = by.assets.iter().filter(|risk| has(risk, &cve));
        all.map(|risk| risk.id.clone()).collect()
    } else {
        let given = assets.iter().map(|id| known_on(&app, &by, id, &cve));
        given.collect::<Result<_, _>>()?
    };
    if assets.is_empty() {
        return Err(Problem::not_found("such CVE on any device"));
    }
    keep(&app, &assets.iter().map(String::as_str).collect::<Vec<_>>(), &cve, &ruling).await?;
    Ok(Json(Decided { assets, decision: TriageView::from(&ruling) }))
}

fn has(risk: &AssetRisk, cve: &str) -> bool {
    risk.known.iter().any(|one| one.cve == cve)
}

/// The identifier of a device on which a CVE is known.
fn known_on(app: &App, by: &Assessment, id: &str, cve: &str) -> Result<String, Problem> {
    let asset = identifier(app, id)?;
    let known = by.asset(&asset).is_some_and(|risk| has(risk, cve));
    if known { Ok(asset) } else { Err(Problem::not_found("such CVE on this device")) }
}

/// Writes a decision down and takes it over.
async fn keep(app: &App, assets: &[&str], cve: &str, ruling: &Ruling) -> Result<(), Problem> {
    let _deciding = app.deciding.lock().await;
    if let Some(store) = &app.store {
        // First the disk: what is shown as decided survives.
        let kept = store.decide(assets, cve, ruling).await;
        kept.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?;
    }
    app.site.rule(assets, cve, ruling);
    Ok(())
}

/// All decisions about a CVE on a device, the latest first: that one counts. Those on devices that
/// are part of it now say which. Without a data folder only the latest of each is kept.
#[utoipa::path(get, path = "/api/v1/assets/{id}/vulnerabilities/{cve}/history",
    operation_id = "decisions",
    params(("id" = String, Path, description = "Identifier, or any address of the device"),
           ("cve" = String, Path, description = "The CVE")),
    responses((status = 200, body = Vec<TriageView>), (status = 404, body = ProblemView)))]
pub(super) async fn history(
    State(app): State<App>,
    Path((id, cve)): Path<(String, String)>,
) -> Result<Json<Vec<TriageView>>, Problem> {
    let asset = identifier(&app, &id)?;
    let told = if let Some(store) = &app.store {
        let under = app.site.filed_under(&asset, &cve);
        let under: Vec<&str> = under.iter().map(String::as_str).collect();
        let kept = store.history(&under, &cve).await;
        kept.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?
    } else {
        let by = ready(&app).await?.assessment;
        let filed = by.triage.filed(&asset, &cve).iter();
        filed.map(|filed| (filed.under.clone(), filed.ruling.clone())).collect()
    };
    let view = |(under, ruling): &(String, Ruling)| TriageView::of(ruling, under, &asset);
    Ok(Json(told.iter().map(view).collect()))
}

pub(super) fn identifier(app: &App, id: &str) -> Result<String, Problem> {
    let snapshot = app.site.snapshot();
    let asset = find(&snapshot.resolution.assets, id);
    asset.map(|asset| asset.id.clone()).ok_or_else(|| Problem::not_found("such device"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read() {
        for (text, is) in [
            ("2026-02-28", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-4-01", false),
            ("+026-04-01", false),
            ("tomorrow", false),
        ] {
            assert_eq!(is_day(text), is, "{text}");
        }
    }

    #[test]
    fn decisions_must_be_whole() {
        let given = |state: &str, reason: &str, until: Option<&str>| {
            let until = until.map(str::to_owned);
            let given = Decide { state: state.to_owned(), reason: reason.to_owned(), until };
            ruling(given, "administrator", String::new(), "2026-05-01").is_ok()
        };
        assert!(given("accepted", "low value", Some("2026-05-01")));
        assert!(!given("accepted", "low value", Some("2026-04-30")), "it would be over already");
        assert!(!given("accepted", "low value", None));
        assert!(!given("accepted", " ", Some("2026-06-01")));
        assert!(given("fixed", "", None));
        assert!(!given("fixed", "", Some("2026-06-01")));
        assert!(!given("mitigated", "", None) && given("mitigated", "firewall rule 12", None));
        assert!(!given("done", "", None));
    }
}
