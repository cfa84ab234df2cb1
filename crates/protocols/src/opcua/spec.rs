//! What OPC UA is.

use super::{node, operations, status};
use core::fmt;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, Target};

/// Operations without a number in the standard have codes from 0x10000 on. Hello, acknowledge.
pub(super) const HELLO: u32 = 0x1_0001;
/// An error that ends the connection.
pub(super) const ERROR: u32 = 0x1_0002;
/// A server that calls a client.
pub(super) const REVERSE_HELLO: u32 = 0x1_0003;
/// A message that is encrypted.
pub(super) const SEALED: u32 = 0x1_0004;
/// A message that its sender gave up.
pub(super) const ABORT: u32 = 0x1_0005;
/// Open secure channel, request.
pub(super) const OPEN_CHANNEL: u32 = 446;
/// Open secure channel, answer.
pub(super) const OPEN_CHANNEL_RESPONSE: u32 = 449;
/// Close secure channel.
pub(super) const CLOSE_CHANNEL: u32 = 452;

/// Nodes with a number.
pub(super) const NUMERIC: &Area = &Area::shown(1, "node", node::show_numeric);
/// Nodes with a text.
pub(super) const TEXT: &Area = &Area::shown(2, "text_node", node::show_text);
/// Nodes with a GUID.
pub(super) const GUID: &Area = &Area::shown(3, "guid_node", node::show_guid);
/// Nodes with bytes.
pub(super) const OPAQUE: &Area = &Area::shown(4, "opaque_node", node::show_opaque);
/// A position in an answer whose request was not seen, or was too long to be kept.
pub(super) const RESULT: &Area = &Area::shown(5, "result", show_nth);
/// A value by the handle that the client gave its node.
pub(super) const HANDLE: &Area = &Area::shown(6, "handle", show_nth);
/// A field of an event by the handle that the client gave its source.
pub(super) const EVENT: &Area = &Area::shown(7, "event", show_nth);
/// A monitored item by its number.
pub(super) const ITEM: &Area = &Area::indexed(8, "monitored_item");
/// A subscription by its number.
pub(super) const SUBSCRIPTION: &Area = &Area::indexed(9, "subscription");
/// An argument that a method is called with.
pub(super) const INPUT: &Area = &Area::shown(10, "input", show_nth);
/// A result of a method.
pub(super) const OUTPUT: &Area = &Area::shown(11, "output", show_nth);
/// An endpoint: URL and security mode; its value is the security policy.
pub(super) const ENDPOINT: &Area = &Area::shown(12, "endpoint", show_endpoint);
/// How users may log on at the endpoint before it; its value is the server's name for it.
pub(super) const TOKEN: &Area = &Area::shown(13, "user_token", show_token);

/// Positions, and places in an array, which count from 1 in the upper half of `extra`.
fn show_nth(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[{}]", t.area.key, t.index)?;
    match (t.extra >> 16).checked_sub(1) {
        Some(element) => write!(out, "[{element}]"),
        None => Ok(()),
    }
}

/// URL and mode. OPC 10000-4 §7.20.
fn show_endpoint(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let mode = match t.extra {
        1 => "none",
        2 => "sign",
        3 => "sign_and_encrypt",
        _ => "invalid",
    };
    write!(out, "{} {mode}", vocab::Value::Text(t.name))
}

/// Kind of token. OPC 10000-4 §7.41.
fn show_token(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let kind = match t.extra {
        0 => "anonymous",
        1 => "user_name",
        2 => "certificate",
        3 => "issued_token",
        _ => "unknown",
    };
    write!(out, "{}[{kind}]", t.area.key)
}

const fn attr(
    attribute: Attribute,
    source: &'static str,
    weight: u8,
    clause: &'static str,
) -> AttrSpec {
    AttrSpec::new(attribute, source, weight, clause)
}

pub(super) const APPLICATION_URI: &AttrSpec =
    &attr(Attribute::Description, "ApplicationUri", 80, "OPC 10000-4 §7.2");
pub(super) const PRODUCT_URI: &AttrSpec =
    &attr(Attribute::Product, "ProductUri", 50, "OPC 10000-4 §7.2");
pub(super) const APPLICATION_NAME: &AttrSpec =
    &attr(Attribute::Software, "ApplicationName", 80, "OPC 10000-4 §7.2");
pub(super) const KNOWN_SERVER: &AttrSpec =
    &attr(Attribute::Object, "server known to it", 40, "OPC 10000-4 §5.4.2");
pub(super) const URL: &AttrSpec = &attr(Attribute::Url, "endpoint URL", 90, "OPC 10000-4 §7.14");
pub(super) const URL_CALLED: &AttrSpec =
    &attr(Attribute::Url, "endpoint URL that a client calls", 60, "OPC 10000-6 §7.1.2.3");
pub(super) const CALLS: &AttrSpec =
    &attr(Attribute::Description, "calls endpoint URL", 20, "OPC 10000-6 §7.1.2.3");
pub(super) const SESSION: &AttrSpec =
    &attr(Attribute::Description, "session name", 40, "OPC 10000-4 §5.6.2");
pub(super) const USER: &AttrSpec =
    &attr(Attribute::User, "user name token", 90, "OPC 10000-4 §7.40.4");
pub(super) const PRODUCT_NAME: &AttrSpec =
    &attr(Attribute::Product, "BuildInfo ProductName", 90, "OPC 10000-5 §12.4");
pub(super) const MANUFACTURER: &AttrSpec =
    &attr(Attribute::Vendor, "BuildInfo ManufacturerName", 90, "OPC 10000-5 §12.4");
pub(super) const SOFTWARE_VERSION: &AttrSpec =
    &attr(Attribute::Firmware, "BuildInfo SoftwareVersion", 80, "OPC 10000-5 §12.4");
pub(super) const BUILD_NUMBER: &AttrSpec =
    &attr(Attribute::Software, "BuildInfo BuildNumber", 60, "OPC 10000-5 §12.4");
pub(super) const CERTIFICATE_NAME: &AttrSpec =
    &attr(Attribute::Description, "certificate common name", 60, "OPC 10000-6 §6.2.2");
pub(super) const CERTIFICATE_ORGANIZATION: &AttrSpec =
    &attr(Attribute::Description, "certificate organization", 40, "OPC 10000-6 §6.2.2");
pub(super) const CERTIFICATE_HOST: &AttrSpec =
    &attr(Attribute::Name, "certificate host name", 70, "OPC 10000-6 §6.2.2");

pub(super) const BAD_HEADER: &FaultSpec =
    &FaultSpec::new("bad_message_header", "OPC 10000-6 §7.1.2.2");
pub(super) const BAD_BODY: &FaultSpec = &FaultSpec::new("malformed_message", "OPC 10000-6 §5.2");
pub(super) const UNKNOWN_SERVICE: &FaultSpec =
    &FaultSpec::new("unknown_service", "OPC 10000-6 Annex A.3");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(18),
    key: "opcua",
    name: "OPC UA",
    standard: "OPC 10000-4 and 10000-6, 1.04 and 1.05 (OPC UA Binary over TCP)",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Tcp(4840), Binding::AnyTcp],
    operations: operations::OPERATIONS,
    attributes: &[
        APPLICATION_URI,
        PRODUCT_URI,
        APPLICATION_NAME,
        KNOWN_SERVER,
        URL,
        URL_CALLED,
        CALLS,
        SESSION,
        USER,
        PRODUCT_NAME,
        MANUFACTURER,
        SOFTWARE_VERSION,
        BUILD_NUMBER,
        CERTIFICATE_NAME,
        CERTIFICATE_ORGANIZATION,
        CERTIFICATE_HOST,
    ],
    faults: &[BAD_HEADER, BAD_BODY, UNKNOWN_SERVICE],
    areas: &[
        NUMERIC,
        TEXT,
        GUID,
        OPAQUE,
        RESULT,
        HANDLE,
        EVENT,
        ITEM,
        SUBSCRIPTION,
        INPUT,
        OUTPUT,
        ENDPOINT,
        TOKEN,
    ],
    statuses: status::STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 64,
};
