//! CVE records: the CVE List's own format (version 5) and NVD's answers (version 2.0), JSON.

use super::{ImportError, Imported};
use crate::advisory::node::{Complaints, Node};
use crate::pack::CveFact;
use serde_json::Value;

/// Keys of scores, newest kind first.
const SCORES: [&str; 8] = [
    "cvssV4_0",
    "cvssV3_1",
    "cvssV3_0",
    "cvssV2_0",
    "cvssMetricV40",
    "cvssMetricV31",
    "cvssMetricV30",
    "cvssMetricV2",
];

/// Reads a record of the CVE List. What the assigner says goes before what enrichers say.
///
/// # Errors
/// When it is no JSON or no record.
pub fn read_cve(bytes: &[u8]) -> Result<(CveFact, Vec<String>), ImportError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let root = Node::root(&value);
    let mut complaints = Complaints::default();
    let Some(head) = root.get("cveMetadata") else {
        return Err(ImportError::Other(String::from("cveMetadata: is missing; not a CVE record")));
    };
    let cve = head.must("cveId", &mut complaints).to_owned();
    if cve.is_empty() {
        return Err(ImportError::Other(String::from("cveMetadata.cveId: is missing")));
    }
    let rejected = head.text("state", &mut complaints) == Some("REJECTED");
    let mut fact = CveFact { cve, rejected, ..CveFact::default() };
    if let Some(containers) = root.get("containers") {
        let mut all: Vec<Node<'_>> = containers.get("cna").into_iter().collect();
        all.extend(containers.items("adp", &mut complaints));
        for container in &all {
            for metric in container.items("metrics", &mut complaints) {
                metric_of(&metric, &mut fact, &mut complaints);
            }
            for problem in container.items("problemTypes", &mut complaints) {
                for description in problem.items("descriptions", &mut complaints) {
                    if fact.cwe.is_empty() {
                        description
                            .text("cweId", &mut complaints)
                            .unwrap_or_default()
                            .clone_into(&mut fact.cwe);
                    }
                }
            }
        }
    }
    Ok((fact, complaints.list))
}

fn metric_of(metric: &Node<'_>, fact: &mut CveFact, complaints: &mut Complaints) {
    for key in SCORES {
        if let Some(score) = metric.get(key).filter(|_| fact.score.is_none()) {
            score_of(&score, fact, complaints);
        }
    }
    let Some(other) = metric.get("other") else { return };
    let Some(content) =
        other.get("content").filter(|_| other.text("type", complaints) == Some("ssvc"))
    else {
        return;
    };
    for option in content.items("options", complaints) {
        if let Some(text) = option.text("Exploitation", complaints) {
            fact.exploitation = text.to_lowercase();
        }
        if let Some(text) = option.text("Automatable", complaints) {
            fact.automatable = Some(text.eq_ignore_ascii_case("yes"));
        }
    }
}

fn score_of(score: &Node<'_>, fact: &mut CveFact, complaints: &mut Complaints) {
    let base = score.get("baseScore").and_then(|base| base.value().as_f64());
    #[expect(clippy::cast_possible_truncation, reason = "a score has one decimal")]
    let base = base.filter(|base| (0.0..=10.0).contains(base)).map(|base| base as f32);
    if base.is_none() {
        score.complain("has no base score from 0 to 10", complaints);
        return;
    }
    fact.score = base;
    score.text("vectorString", complaints).unwrap_or_default().clone_into(&mut fact.vector);
}

/// Reads an answer of NVD's interface.
///
/// # Errors
/// When it is no JSON or no such answer.
pub fn read_nvd(bytes: &[u8]) -> Result<Imported<CveFact>, ImportError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let root = Node::root(&value);
    let mut complaints = Complaints::default();
    if root.get("vulnerabilities").is_none() {
        return Err(ImportError::Other(String::from(
            "vulnerabilities: is missing; not an answer of NVD 2.0",
        )));
    }
    let mut records = Vec::new();
    for item in root.items("vulnerabilities", &mut complaints) {
        let Some(cve) = item.get("cve") else {
            item.complain("cve is missing", &mut complaints);
            continue;
        };
        let id = cve.must("id", &mut complaints);
        if id.is_empty() {
            continue;
        }
        let rejected = cve.text("vulnStatus", &mut complaints) == Some("Rejected");
        let mut fact = CveFact { cve: id.to_owned(), rejected, ..CveFact::default() };
        if let Some(metrics) = cve.get("metrics") {
            for key in SCORES {
                for metric in metrics.items(key, &mut complaints) {
                    if let Some(score) = metric.get("cvssData").filter(|_| fact.score.is_none()) {
                        score_of(&score, &mut fact, &mut complaints);
                    }
                }
            }
        }
        for weakness in cve.items("weaknesses", &mut complaints) {
            for description in weakness.items("description", &mut complaints) {
                let text = description.text("value", &mut complaints).unwrap_or_default();
                if fact.cwe.is_empty() && text.starts_with("CWE-") {
                    text.clone_into(&mut fact.cwe);
                }
            }
        }
        records.push(fact);
    }
    let version = root.text("timestamp", &mut complaints).unwrap_or_default();
    let version = version.get(..10).unwrap_or_default().to_owned();
    Ok(Imported { records, complaints: complaints.list, version })
}
