//! What a server's own nodes tell of it: build information, and who it is. OPC 10000-5 §6.3.

use super::encoding::{Extension, Scalar, Variant, string};
use super::node::VALUE;
use super::spec;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Value};

/// Binary encoding of BuildInfo. OPC 10000-5 §12.4.
const BUILD_INFO: u32 = 340;
/// Binary encoding of ServerStatusDataType. §12.10.
const SERVER_STATUS: u32 = 864;

/// A value of a node of the standard's namespace, or of one whose name is not known (0).
pub(super) fn of_value(cx: &mut Cx<'_>, node: u32, attribute: u32, value: &Variant<'_>) {
    if attribute != VALUE {
        return;
    }
    match *value {
        Variant::Scalar(Scalar::Plain(Value::Text(text))) => {
            if let Some(attribute) = of_text(node) {
                cx.attr(attribute, text);
            }
        }
        Variant::Scalar(Scalar::Extension(extension)) => of_structure(cx, &extension),
        // The first server of the array is the one asked.
        Variant::Array(elements) if node == 2254 => {
            if let Some(Scalar::Plain(Value::Text(uri))) = elements.each().next() {
                cx.attr(spec::APPLICATION_URI, uri);
            }
        }
        Variant::Null | Variant::Scalar(_) | Variant::Array(_) => {}
    }
}

/// Build information, node by node. OPC 10000-5 §6.3.3, Annex B.
fn of_text(node: u32) -> Option<&'static AttrSpec> {
    Some(match node {
        2261 => spec::PRODUCT_NAME,
        2262 => spec::PRODUCT_URI,
        2263 => spec::MANUFACTURER,
        2264 => spec::SOFTWARE_VERSION,
        2265 => spec::BUILD_NUMBER,
        _ => return None,
    })
}

/// Build information as a structure, by itself or in the server's status.
fn of_structure(cx: &mut Cx<'_>, extension: &Extension<'_>) {
    let mut at = Cursor::new(extension.body);
    let begins = match extension.kind {
        BUILD_INFO => Some(()),
        // Start, now, state.
        SERVER_STATUS => at.skip(20),
        _ => None,
    };
    if begins.is_some() {
        let fields = [
            spec::PRODUCT_URI,
            spec::MANUFACTURER,
            spec::PRODUCT_NAME,
            spec::SOFTWARE_VERSION,
            spec::BUILD_NUMBER,
        ];
        for field in fields {
            let Some(text) = string(&mut at) else { return };
            cx.attr(field, text);
        }
    }
}
