//! Reasons of risk as codes with arguments: every language says them in its own words.

use model::Reason;
use model::fill;

/// All codes with their English words; `{name}` stands for an argument.
pub const REASONS: &[(&str, &str)] = &[
    ("kev", "CISA lists {cve} as exploited since {added}"),
    ("exploited", "its record says that {cve} is exploited"),
    ("poc", "its record says that an exploit of {cve} is public"),
    ("epss", "exploited within 30 days with a probability of {score} (EPSS)"),
    ("not_exploited", "no exploitation is known"),
    ("automatable_stated", "its record says whether attacks can be automated: {answer}"),
    ("automatable_vector", "attacks can be automated: over the network, easy, no rights, no user"),
    ("not_automatable_vector", "attacks cannot be automated: {vector}"),
    ("automatable_unknown", "whether attacks can be automated is not known; counted as yes"),
    ("likelihood", "exploitation: {exploitation}; automatable: {automatable}"),
    ("untrusted_peer", "{peer} in {zone}, which is not trusted, was seen to reach it ({protocol})"),
    ("it_peer", "{peer} on level {level} was seen to reach it ({protocol})"),
    (
        "foreign_peer",
        "{peer} in {zone}, behind a router and not of the plant by what is done there, was seen to \
         reach it ({protocol})",
    ),
    (
        "passes_on",
        "what {peer} in {zone}, which is outside, sends to {server} goes through it ({protocol})",
    ),
    ("other_zone", "{peer} in another zone, {zone}, was seen to reach it ({protocol})"),
    ("pivot", "{peer}, which can be reached from outside, was seen to reach it ({protocol})"),
    ("calls_out", "it was seen to call {peer} in {zone} ({protocol})"),
    ("own_zone", "only devices of its own zone were seen to reach it"),
    ("no_contact", "nobody was seen to reach it; its own zone can"),
    (
        "confirmed",
        "the advisory names the order or serial number; it and the version were read from the wire",
    ),
    ("likely", "the advisory names model or family only, or a value is not sure"),
    ("possible", "it cannot be excluded: {reason}"),
    ("role", "{role}: human impact {impact}"),
    ("no_role", "the role is not known: human impact {impact}"),
    ("acts", "{role} that others write to or control: human impact {impact}"),
    ("guards", "{role} through which other zones reach {peer}: human impact {impact}"),
    ("set_by_user", "human impact {impact}, set by a person"),
    ("technical_total", "it gives an attacker the whole device, or that is not known (CVSS)"),
    ("technical_partial", "it gives an attacker a part of the device, or stops it (CVSS)"),
    ("untouched", "nobody decided about it"),
    ("triage_accepted", "accepted until {until} by {who}"),
    ("triage_mitigated", "mitigated by a control, says {who}"),
    ("triage_fixed", "fixed, says {who}"),
    ("triage_false_positive", "a false positive, says {who}"),
    ("overruled", "earlier, {who} decided {state} for {device}; the newer decision counts"),
    ("triage_expired", "accepted by {who} only until {until}: open again"),
    ("more", "{count} further CVEs on the same device"),
    ("patch", "update {product} from {from} to {to} (devices: {count})"),
    ("block_all", "block everything from {from} to {to}"),
    ("block_class", "block {class} operations from {from} to {to}"),
    ("isolate", "let only its own zone reach {asset}"),
];

/// A reason in English.
pub fn in_words(reason: &Reason) -> String {
    let template = REASONS.iter().find(|(code, _)| *code == reason.code);
    fill(template.map_or(reason.code, |(_, words)| words), &reason.args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_words() {
        let reason = Reason::plain("block_all").with("from", "a").with("to", "b");
        assert_eq!(in_words(&reason), "block everything from a to b");
        assert!(in_words(&Reason::plain("own_zone")).starts_with("only devices of its own zone"));
    }

    #[test]
    fn codes_are_said_once() {
        let mut codes: Vec<_> = REASONS.iter().map(|(code, _)| code).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
