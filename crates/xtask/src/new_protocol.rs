//! Makes the folder of a new protocol.

use crate::root;
use anyhow::{Context, Result, bail};
use std::fs;

/// `NAME --id N`.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let [name, "--id", id] = args else { bail!("usage: cargo xtask new-protocol NAME --id N") };
    let id: u16 = id.parse().context("--id takes a number from 1 to 65535")?;
    let valid = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !valid {
        bail!("'{name}': a protocol's folder has lower-case letters, digits and '_'");
    }
    let folder = root().join("crates/protocols/src").join(name);
    if folder.exists() {
        bail!("{} exists", folder.display());
    }
    let mut chars = name.chars();
    let first: String = chars.next().map(|c| c.to_ascii_uppercase()).into_iter().collect();
    let kind = first + &chars.as_str().replace('_', "");
    fs::create_dir_all(&folder)?;
    let key = name.replace('_', "-");
    for (file, template) in
        [("mod.rs", MOD), ("spec.rs", SPEC), ("cases.md", CASES), ("README.md", README)]
    {
        let text = template
            .replace("{Kind}", &kind)
            .replace("{key}", &key)
            .replace("{id}", &id.to_string());
        fs::write(folder.join(file), text)?;
    }
    crate::codegen::run(false)?;
    crate::say(&format!(
        "made {}\nnext: write cases.md, then `cargo test -p protocols`\n",
        folder.display()
    ));
    Ok(())
}

const MOD: &str = r"//! What {key} is, in two lines for somebody who has never met it.

mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec};

/// The {key} dissector.
#[derive(Debug)]
pub struct {Kind};

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

impl Dissector for {Kind} {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, _head: &[u8]) -> Probe {
        Probe::No
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let mut at = Cursor::new(bytes);
        let Some(code) = at.u8() else { return Step::Took { bytes: 0 } };
        cx.op(&Op::new(u32::from(code), Role::Event, bytes));
        Step::Took { bytes: bytes.len() }
    }
}
";

const SPEC: &str = r#"//! What {key} is.

use vocab::{Access, Binding, OpSpec, ProtoId, Spec};

pub(super) static SPEC: Spec = Spec {
    id: ProtoId({id}),
    key: "{key}",
    name: "{key}",
    standard: "the document, with edition",
    industrial: true,
    carrier: false,
    depth: 1,
    bindings: &[Binding::Tcp(65_000)],
    operations: &[OpSpec::new(1, "something", Access::Observe, "clause")],
    attributes: &[],
    faults: &[],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 16,
};
"#;

const CASES: &str = r"# {key}

Bytes are written by hand from the standard.

## The first message
What it says, with the clause.

```tcp 50000 > 65000
01
```
```facts
{key} > something(1)
```
";

const README: &str = r"# {key}

What is covered, what is not, and where the knowledge comes from.
";
