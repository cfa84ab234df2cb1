//! What a server says before somebody types: its name, its system, a warning.

use super::spec::LOGIN_TEXT;
use dissect::Cx;

/// Bytes of the text that are kept.
const TEXT_MAX: usize = 200;
/// Bytes of the current line's end that are remembered.
const TAIL: usize = 12;
/// What a prompt asks for, without its colon.
const PROMPTS: [&[u8]; 5] = [b"login", b"user", b"name", b"password", b"account"];

/// Where a terminal's control sequence is. ECMA-48 §5.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    No,
    Begun,
    Parameters,
}

/// The text as it comes. It is over at a prompt, at the first key that is pressed, or when there
/// is enough.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Greeting {
    escape: Escape,
    tail: [u8; TAIL],
    is_over: bool,
    is_typed: bool,
    /// The last byte kept is a blank.
    blank: bool,
}

impl Greeting {
    /// Somebody typed: what follows may be an echo.
    pub(super) fn typed(&mut self) {
        self.is_typed = true;
    }

    /// The server's text.
    pub(super) fn server(&mut self, cx: &mut Cx<'_>, text: &[u8]) {
        if self.is_over {
            return;
        }
        if self.is_typed {
            self.end(cx);
            return;
        }
        let mut kept = [0; TEXT_MAX];
        let mut len = 0usize;
        let room = TEXT_MAX.saturating_sub(cx.stashed());
        for byte in text {
            let Some(byte) = self.printable(*byte) else { continue };
            let Some(place) = kept.get_mut(len).filter(|_| len < room) else {
                self.is_over = true;
                break;
            };
            *place = byte;
            len = len.saturating_add(1);
            self.tail.rotate_left(1);
            if let Some(last) = self.tail.last_mut() {
                *last = byte.to_ascii_lowercase();
            }
            if byte == b':' && self.is_prompt() {
                self.is_over = true;
                break;
            }
        }
        let is_over = self.is_over;
        cx.stash(kept.get(..len).unwrap_or(&[]), TEXT_MAX);
        if is_over {
            self.end(cx);
        }
    }

    /// Says what was kept.
    pub(super) fn end(&mut self, cx: &mut Cx<'_>) {
        self.is_over = true;
        cx.with_stash(|cx, text| cx.attr(LOGIN_TEXT, text));
    }

    /// What is shown of a byte: blanks for ends of lines, one for several, nothing for the
    /// terminal's controls.
    fn printable(&mut self, byte: u8) -> Option<u8> {
        self.escape = match (self.escape, byte) {
            (Escape::No, 0x1b) => Escape::Begun,
            (Escape::No, _) => Escape::No,
            (Escape::Begun, b'[') | (Escape::Parameters, 0x00..=0x3f) => Escape::Parameters,
            (Escape::Begun | Escape::Parameters, _) => {
                self.escape = Escape::No;
                return None;
            }
        };
        let shown = match byte {
            _ if self.escape != Escape::No => return None,
            b'!'..=b'~' => byte,
            b' ' | b'\t' | b'\r' | b'\n' => b' ',
            _ => return None,
        };
        let again = shown == b' ' && self.blank;
        self.blank = shown == b' ';
        if again { None } else { Some(shown) }
    }

    fn is_prompt(&self) -> bool {
        let before = self.tail.split_last().map_or(&[][..], |(_, before)| before);
        PROMPTS.iter().any(|prompt| before.ends_with(prompt))
    }
}
