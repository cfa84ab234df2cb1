//! What SMB is.

use super::operations::OPERATIONS;
use super::statuses::STATUSES;
use crate::common::ntlmssp;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, Target};

pub(super) const SHARE: &Area = &Area::named(1, "share");
pub(super) const FILE: &Area = &Area::named(2, "file");
pub(super) const PIPE: &Area = &Area::shown(3, "pipe", show_pipe);
pub(super) const DIALECT: &Area = &Area::named(4, "dialect");

/// As programs write it: `\PIPE\svcctl`.
fn show_pipe(target: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    out.write_str("\\PIPE\\")?;
    (Area::named(3, "pipe").show)(target, out)
}

pub(super) const NATIVE_OS: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "SMB NativeOS", 85, "MS-CIFS §2.2.4.53");
pub(super) const NATIVE_LAN_MANAGER: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "SMB NativeLanMan", 60, "MS-CIFS §2.2.4.53");
pub(super) const PRIMARY_DOMAIN: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "SMB PrimaryDomain", 80, "MS-CIFS §2.2.4.53");
pub(super) const ACCOUNT: &AttrSpec =
    &AttrSpec::new(Attribute::User, "SMB AccountName", 90, "MS-CIFS §2.2.4.53.1");
pub(super) const SERVER_DOMAIN: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "SMB DomainName", 85, "MS-CIFS §2.2.4.52.2");
pub(super) const SERVER_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "SMB ServerName", 90, "MS-SMB §2.2.4.5.2.1");
pub(super) const SHARE_HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "SMB tree connect path", 60, "MS-CIFS §2.2.4.55.1");
pub(super) const SERVER_GUID: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "SMB server GUID", 60, "MS-SMB2 §2.2.4");
pub(super) const CLIENT_GUID: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "SMB client GUID", 60, "MS-SMB2 §2.2.3");
pub(super) const CALLED_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "NetBIOS called name", 70, "RFC 1002 §4.3.2");
pub(super) const CALLING_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "NetBIOS calling name", 80, "RFC 1002 §4.3.2");

pub(super) const BAD_STRUCTURE: &FaultSpec =
    &FaultSpec::new("malformed_message", "MS-CIFS §2.2.3, MS-SMB2 §2.2");
pub(super) const BAD_CHAIN: &FaultSpec =
    &FaultSpec::new("bad_chain_offset", "MS-CIFS §2.2.3.4, MS-SMB2 §2.2.1");
pub(super) const BAD_SESSION: &FaultSpec =
    &FaultSpec::new("malformed_session_packet", "RFC 1002 §4.3.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(109),
    key: "smb",
    name: "SMB over NetBIOS and TCP",
    standard: "RFC 1002 §4.3; MS-CIFS (rev. 31); MS-SMB (rev. 53); MS-SMB2 (rev. 79); MS-NLMP",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(139), Binding::Tcp(445), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: ATTRIBUTES,
    faults: &[BAD_STRUCTURE, BAD_CHAIN, BAD_SESSION],
    areas: &[SHARE, FILE, PIPE, DIALECT],
    statuses: STATUSES,
    pdu_bytes_max: 65_540,
    open_max: 64,
};

const ATTRIBUTES: &[&AttrSpec] = &[
    NATIVE_OS,
    NATIVE_LAN_MANAGER,
    PRIMARY_DOMAIN,
    ACCOUNT,
    SERVER_DOMAIN,
    SERVER_NAME,
    SHARE_HOST,
    SERVER_GUID,
    CLIENT_GUID,
    CALLED_NAME,
    CALLING_NAME,
    ntlmssp::COMPUTER,
    ntlmssp::DOMAIN,
    ntlmssp::DNS_COMPUTER,
    ntlmssp::DNS_DOMAIN,
    ntlmssp::VERSION,
    ntlmssp::WORKSTATION,
    ntlmssp::USER,
    ntlmssp::USER_DOMAIN,
];
