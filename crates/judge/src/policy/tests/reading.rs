//! Files, and what is wrong with them.

use super::*;
use proptest::prelude::*;

fn mistakes(text: &str) -> Vec<String> {
    let problems = read("p.toml", text, SPECS).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

/// The only mistake of a rule with this line.
fn mistake(line: &str) -> String {
    let text = format!("default = \"deny\"\n[zones]\ncell = \"10.0.0.0/8\"\n[[deny]]\n{line}\n");
    let all = mistakes(&text);
    assert_eq!(all.len(), 1, "{line}: {all:#?}");
    all[0].strip_prefix("p.toml:").unwrap().to_owned()
}

#[test]
fn a_mistake_is_said_with_its_place_and_the_nearest_word() {
    for (line, said) in [
        ("form = \"cell\"", "5:1: no field \"form\"; did you mean \"from\"?"),
        ("from = \"cel\"", "5:8: no zone or address \"cel\"; did you mean \"cell\"?"),
        ("to = [\"any\", \"plc\"]", "5:14: no zone \"plc\"; the role is written \"role:plc\""),
        ("to = \"role:plx\"", "5:6: no role \"plx\"; did you mean \"plc\"?"),
        ("to = \"level:6\"", "5:6: no level \"6\": there are 0 to 5"),
        ("to = \"vlan:4095\"", "5:6: no VLAN \"4095\": there are 0 to 4094"),
        ("to = \"name:\"", "5:6: name: lacks the name"),
        (
            "to = \"10.1.2.3/8\"",
            "5:6: \"10.1.2.3/8\" has bits behind its 8: write 10.0.0.0/8, or 10.1.2.3 for one \
             address",
        ),
        ("protocols = \"modbuss\"", "5:13: no protocol \"modbuss\"; did you mean \"modbus\"?"),
        ("classes = \"wirte\"", "5:11: no access class \"wirte\"; did you mean \"write\"?"),
        (
            "protocols = \"modbus\"\noperations = \"write_tag\"",
            "6:14: modbus has no operation \"write_tag\"; tags has",
        ),
        (
            "operations = [\"write_tag\", \"write_tags\"]",
            "5:28: no operation \"write_tags\"; did you mean \"write_tag\"?",
        ),
        ("targets = \"coils[3]\"", "5:11: no area \"coils\"; did you mean \"coil\"?"),
        ("targets = \"coil[9..3]\"", "5:11: \"coil[9..3]\" ends before it begins"),
        (
            "targets = \"coil[3-9]\"",
            "5:11: \"coil[3-9]\" are no positions: coil[3], coil[3..9] and coil[*] would be some",
        ),
        ("severity = \"hihg\"", "5:12: no severity \"hihg\"; did you mean \"high\"?"),
        ("units = \"9..3\"", "5:9: \"9..3\" is no unit: 1 and \"1..5\" would be some"),
        ("units = -1", "5:9: units takes no number below 0 or so large"),
        ("name = 3", "5:8: name takes a text, not integer"),
        ("from = []", "5:8: from lists nothing: leave it out where anything fits"),
        ("from = [[\"any\"]]", "5:9: from takes texts, not array"),
    ] {
        assert_eq!(mistake(line), said, "{line}");
    }
    assert!(mistake("ports = 502").contains("are no ports: tcp/502"));
    let ümlaut = mistakes("default = \"deny\"\n[[allow]]\ncomment = \"ü\"\nfrom = [\"ü\", \"x\"]");
    assert!(ümlaut[0].starts_with("p.toml:4:9: ") && ümlaut[1].starts_with("p.toml:4:14: "));
}

#[test]
fn what_the_file_lacks_is_said() {
    assert!(mistakes("")[0].contains("no default: write default = \"deny\""));
    assert!(mistakes("default = \"drop\"")[0].contains("there are allow, deny"));
    assert!(mistakes("default = \"deny\"\n[[allow]\n")[0].starts_with("p.toml:2:9: no TOML: "));
    assert!(mistakes("default = \"deny\"\n[allow]\n")[0].contains("begin with [[allow]]"));
    assert!(mistakes("default = \"deny\"\nzones = 3\n")[0].contains("zones is a table"));
    let nested = "default = \"deny\"\n[zones]\na = \"10.0.0.1\"\nb = [\"a\"]\n";
    assert!(mistakes(nested)[0].contains("zones list no zones"));
    let taken = "default = \"deny\"\n[zones]\nany = \"10.0.0.1\"\n";
    assert!(mistakes(taken)[0].contains("means something else"));
    let twice = "default = \"deny\"\n[[deny]]\nname = \"x\"\n[[allow]]\nname = \"x\"\n";
    assert_eq!(mistakes(twice), ["p.toml:4:1: another rule is called \"x\" already"]);
    let grave = "default = \"deny\"\n[[allow]]\nseverity = \"low\"\n";
    assert!(mistakes(grave)[0].contains("severity belongs to [[deny]]"));
}

#[test]
fn rules_decide_in_the_order_of_the_file() {
    let policy = of("default = \"allow\"\n[[deny]]\nname = \"1\"\n[[allow]]\nname = \"2\"\n\
                     [[deny]]\n[zones]\nz = \"10.0.0.1\"\n[[allow]]\nfrom = \"z\"\n");
    let found: Vec<(Verdict, u32)> = policy.rules.iter().map(|r| (r.verdict, r.line)).collect();
    let (allow, deny) = (Verdict::Allow, Verdict::Deny);
    assert_eq!(found, [(deny, 2), (allow, 4), (deny, 6), (allow, 9)]);
    assert_eq!((policy.default, policy.default_line), (allow, 1));
    assert_eq!(policy.rules[3].from, [Who::Zone(0)], "zones may stand behind rules");
    assert_eq!(policy.rules[2].title(), "deny of line 6");
    assert_eq!(policy.rules[3].text, "from = \"z\"");
}

#[test]
fn a_file_has_limits() {
    let many = |what: &str, count: usize| format!("default = \"deny\"\n{}", what.repeat(count));
    assert_eq!(of(&many("[[deny]]\n", RULES_MAX)).rules.len(), RULES_MAX);
    assert!(mistakes(&many("[[deny]]\n", RULES_MAX + 1))[0].contains("more than 1000 rules"));
    let words = vec!["\"any\""; WORDS_MAX + 1].join(",");
    let long = format!("default = \"deny\"\n[[deny]]\nfrom = [{words}]\n");
    assert!(mistakes(&long)[0].contains("more than 20000 words"));
    let large = format!("default = \"deny\"\n#{}\n", " ".repeat(1 << 20));
    assert!(mistakes(&large)[0].contains("larger than the 1 MiB"));
    let wrong = mistakes(&many("[[deny]]\nx = 1\n", 100));
    assert_eq!(wrong.len(), PROBLEMS_MAX);
    assert!(wrong[PROBLEMS_MAX - 1].ends_with("(and 80 more mistakes)"));
}

/// Lines of a file, some of them wrong.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("default = \"deny\"".to_owned()),
        Just("[zones]".to_owned()),
        Just("[[allow]]".to_owned()),
        Just("[[deny]]".to_owned()),
        "[a-z]{1,9} = \\[?\"[a-z:/\\[\\]0-9.*]{0,12}\"\\]?",
        ("(from|to|targets|units|ports|operations|classes)", "\\PC{0,12}")
            .prop_map(|(field, text)| format!("{field} = {text:?}")),
        "\\PC{0,20}",
    ];
    prop::collection::vec(line, 0..20).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn nothing_that_is_written_stops_the_reader(text in lines()) {
        match read("p.toml", &text, SPECS) {
            Ok(policy) => drop(inspect(&policy, SPECS)),
            Err(problems) => {
                prop_assert!(!problems.is_empty() && problems.len() <= PROBLEMS_MAX);
                let count = u32::try_from(text.matches('\n').count()).unwrap() + 1;
                prop_assert!(problems.iter().all(|p| (1..=count).contains(&p.line)));
            }
        }
    }
}
