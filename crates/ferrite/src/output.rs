//! Standard output is for data, standard error for everything else.

use crate::cli::Color;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;

/// Writes data to standard output.
pub(crate) fn write(data: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(data)?;
    out.flush()?;
    Ok(())
}

/// Says something to people on standard error.
#[expect(clippy::print_stderr, reason = "the one place that speaks")]
pub(crate) fn complain(text: &str) {
    eprintln!("{text}");
}

/// A buffered writer to a file, or to standard output.
pub(crate) fn target(path: Option<&Path>) -> Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => {
            let file = File::create(path).with_context(|| path.display().to_string())?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}

/// Says something to people on standard output, at once: for commands that go on.
pub(crate) fn say(text: &str) -> Result<()> {
    write(format!("{text}\n").as_bytes())
}

static COLOR: OnceLock<Color> = OnceLock::new();

/// What the command line says of colours.
pub(crate) fn choose(color: Color) {
    COLOR.get_or_init(|| color);
}

/// Colours for a terminal that wants them. <https://no-color.org>
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// For standard output.
    #[expect(clippy::disallowed_methods, reason = "NO_COLOR and TERM are the terminal's own")]
    pub(crate) fn for_stdout() -> Self {
        let on = match COLOR.get() {
            Some(Color::Always) => true,
            Some(Color::Never) => false,
            Some(Color::Auto) | None => {
                std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var("TERM").is_ok_and(|term| term != "dumb")
                    && io::stdout().is_terminal()
            }
        };
        Self { on }
    }

    /// No colours.
    pub(crate) const fn off() -> Self {
        Self { on: false }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.code("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.code("2", text)
    }

    pub(crate) fn warn(self, text: &str) -> String {
        self.code("33", text)
    }

    fn code(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
