//! What an ADS device tells of itself.

use super::spec;
use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;

/// Answer to Read Device Info, behind the result: version, revision, build, name.
pub(super) fn device(cx: &mut Cx<'_>, data: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    let (major, minor, build) = (at.u8()?, at.u8()?, at.le16()?);
    let name = until_nul(at.take_up_to(16));
    if is_text(name) {
        cx.attr(spec::SOFTWARE, name);
        cx.attr(spec::VERSION, line!("{major}.{minor}.{build}").bytes());
    }
    Some(())
}

/// The target description: XML that the system service keeps.
pub(super) fn description(cx: &mut Cx<'_>, xml: &[u8]) {
    let pairs = [
        (&b"<TargetType>"[..], spec::PRODUCT),
        (b"<Model>", spec::MODEL),
        (b"<SerialNo>", spec::SERIAL),
        (b"<CPUVersion>", spec::HARDWARE),
    ];
    let mut any = false;
    for (tag, attribute) in pairs {
        if let Some(value) = between(xml, tag).filter(|value| is_text(value)) {
            any = true;
            cx.attr(attribute, value);
        }
    }
    if any {
        cx.attr(spec::VENDOR, b"Beckhoff");
    }
}

/// What stands between a tag and the next one.
fn between<'x>(xml: &'x [u8], tag: &[u8]) -> Option<&'x [u8]> {
    let start = xml.windows(tag.len()).position(|window| window == tag)?;
    let rest = xml.get(start.saturating_add(tag.len())..)?;
    let end = rest.iter().position(|byte| *byte == b'<')?;
    rest.get(..end)
}
