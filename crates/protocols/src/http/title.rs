//! The title of a page: what devices write over their configuration pages.

use super::head::Fields;
use super::spec;
use crate::common::lines;
use dissect::Cx;

/// Bytes of a page in which its title is looked for.
const WITHIN_MAX: usize = 2_048;
/// Longest title that is said: those of devices are short.
const TITLE_MAX: usize = 200;

/// The answer's content is a page in clear that a device shows where nothing went wrong.
pub(super) fn is_page(status: u16, fields: &Fields<'_>) -> bool {
    let kind = fields.content_type;
    let html = lines::starts(kind, b"text/html") || lines::starts(kind, b"application/xhtml+xml");
    (200..300).contains(&status) && html && !fields.coded
}

/// Says the title of a page of which `left` bytes are still to come, these the first. True when
/// nothing more of it is needed.
pub(super) fn say(cx: &mut Cx<'_>, bytes: &[u8], left: u64) -> bool {
    let within = WITHIN_MAX.min(vocab::sat_usize(left));
    let page = bytes.get(..within).unwrap_or(bytes);
    if let Some(title) = find(page) {
        let title = lines::trim(title);
        if (1..=TITLE_MAX).contains(&title.len()) {
            cx.attr(spec::TITLE, title);
        }
        return true;
    }
    page.len() >= within || cx.cut()
}

/// What stands between `<title>` and `</title>`. HTML Living Standard §4.2.2, §13.1.2.
fn find(page: &[u8]) -> Option<&[u8]> {
    let mut rest = page;
    loop {
        rest = behind(rest, b"<title")?;
        // Not `<titles>`.
        if rest.first().is_some_and(|b| *b == b'>' || b.is_ascii_whitespace()) {
            break;
        }
    }
    let (_, text) = lines::split(rest, b'>')?;
    let end = text.len().checked_sub(behind(text, b"</title")?.len())?;
    text.get(..end.saturating_sub(b"</title".len()))
}

/// What stands behind a tag, whatever the case of its letters.
fn behind<'p>(mut text: &'p [u8], tag: &[u8]) -> Option<&'p [u8]> {
    loop {
        text = text.get(text.iter().position(|b| *b == b'<')?..)?;
        if lines::starts(text, tag) {
            return text.get(tag.len()..);
        }
        text = text.get(1..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_between_their_tags() {
        let page = b"<!DOCTYPE html><head><TITLE lang=en>Oven 3</Title></head>";
        assert_eq!(find(page), Some(&b"Oven 3"[..]));
        assert_eq!(find(b"<titles>a</titles><title>b</title>"), Some(&b"b"[..]));
        assert_eq!(find(b"<title></title>"), Some(&b""[..]));
        assert_eq!(find(b"<title>Oven </titl"), None, "its end is still to come");
        assert_eq!(find(b"<title"), None);
    }
}
