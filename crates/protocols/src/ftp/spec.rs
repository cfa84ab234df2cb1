//! What FTP is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const FILE: &Area = &Area::named(1, "file");

pub(super) const GREETING: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "FTP greeting", 70, "RFC 959 §5.4");
pub(super) const SYSTEM: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "FTP SYST", 50, "RFC 959 §4.1.3");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "FTP USER", 90, "RFC 959 §4.1.1");

pub(super) const LINE_TOO_LONG: &FaultSpec =
    &FaultSpec::new("line_too_long", "RFC 959 §5.3; a limit of this reader, 1,024 bytes");
pub(super) const BAD_LINE: &FaultSpec = &FaultSpec::new("malformed_line", "RFC 959 §4.2, §5.3");

/// The operation of replies to nothing that was seen.
pub(super) const UNASKED: u32 = 0;
pub(super) const USER_NAME: u32 = 1;
pub(super) const PASSWORD: u32 = 2;
pub(super) const ACCOUNT: u32 = 3;
pub(super) const SYST: u32 = 30;
pub(super) const AUTH: u32 = 36;
/// A command that is none of the named ones.
pub(super) const OTHER: u32 = 45;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(114),
    key: "ftp",
    name: "FTP",
    standard: "RFC 959, RFC 2228, RFC 2389, RFC 2428, RFC 3659",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(21), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[GREETING, SYSTEM, USER],
    faults: &[LINE_TOO_LONG, BAD_LINE],
    areas: &[FILE],
    statuses: REPLIES,
    pdu_bytes_max: 1_100,
    open_max: 8,
};

const REPLY: &[Arg] = &[Arg::dec("reply")];
const RFC959: &str = "RFC 959 §4.1";
const RFC3659: &str = "RFC 3659";

const fn op(code: u32, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, access, clause).args(REPLY)
}

/// Commands with the number of their operation, by name. The names with X are those of RFC 775.
pub(super) const COMMANDS: [(&[u8], u32); 49] = [
    (b"USER", USER_NAME),
    (b"PASS", PASSWORD),
    (b"ACCT", ACCOUNT),
    (b"CWD", 4),
    (b"CDUP", 5),
    (b"SMNT", 6),
    (b"QUIT", 7),
    (b"REIN", 8),
    (b"PORT", 9),
    (b"PASV", 10),
    (b"TYPE", 11),
    (b"STRU", 12),
    (b"MODE", 13),
    (b"RETR", 14),
    (b"STOR", 15),
    (b"STOU", 16),
    (b"APPE", 17),
    (b"ALLO", 18),
    (b"REST", 19),
    (b"RNFR", 20),
    (b"RNTO", 21),
    (b"ABOR", 22),
    (b"DELE", 23),
    (b"RMD", 24),
    (b"MKD", 25),
    (b"PWD", 26),
    (b"LIST", 27),
    (b"NLST", 28),
    (b"SITE", 29),
    (b"SYST", SYST),
    (b"STAT", 31),
    (b"HELP", 32),
    (b"NOOP", 33),
    (b"FEAT", 34),
    (b"OPTS", 35),
    (b"AUTH", AUTH),
    (b"PBSZ", 37),
    (b"PROT", 38),
    (b"EPRT", 39),
    (b"EPSV", 40),
    (b"MDTM", 41),
    (b"SIZE", 42),
    (b"MLST", 43),
    (b"MLSD", 44),
    (b"XCWD", 4),
    (b"XCUP", 5),
    (b"XRMD", 24),
    (b"XMKD", 25),
    (b"XPWD", 26),
];

/// The operations whose argument is a path.
pub(super) fn names_file(code: u32) -> bool {
    matches!(code, 4 | 6 | 14..=17 | 20 | 21 | 23..=25 | 27 | 28 | 41..=44)
}

const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe, Program, Read};
    &[
        op(UNASKED, "greeting", Observe, "RFC 959 §5.4"),
        op(USER_NAME, "user", Observe, RFC959),
        op(PASSWORD, "pass", Observe, RFC959),
        op(ACCOUNT, "acct", Observe, RFC959),
        op(4, "cwd", Observe, RFC959),
        op(5, "cdup", Observe, RFC959),
        op(6, "smnt", Admin, RFC959),
        op(7, "quit", Observe, RFC959),
        op(8, "rein", Observe, RFC959),
        op(9, "port", Observe, RFC959),
        op(10, "pasv", Observe, RFC959),
        op(11, "type", Observe, RFC959),
        op(12, "stru", Observe, RFC959),
        op(13, "mode", Observe, RFC959),
        op(14, "retr", Read, RFC959),
        op(15, "stor", Program, RFC959),
        op(16, "stou", Program, RFC959),
        op(17, "appe", Program, RFC959),
        op(18, "allo", Observe, RFC959),
        op(19, "rest", Observe, RFC959),
        op(20, "rnfr", Program, RFC959),
        op(21, "rnto", Program, RFC959),
        op(22, "abor", Observe, RFC959),
        op(23, "dele", Program, RFC959),
        op(24, "rmd", Program, RFC959),
        op(25, "mkd", Program, RFC959),
        op(26, "pwd", Observe, RFC959),
        op(27, "list", Observe, RFC959),
        op(28, "nlst", Observe, RFC959),
        op(29, "site", Admin, RFC959),
        op(SYST, "syst", Observe, RFC959),
        op(31, "stat", Observe, RFC959),
        op(32, "help", Observe, RFC959),
        op(33, "noop", Observe, RFC959),
        op(34, "feat", Observe, "RFC 2389 §3"),
        op(35, "opts", Observe, "RFC 2389 §4"),
        op(AUTH, "auth", Observe, "RFC 2228 §3"),
        op(37, "pbsz", Observe, "RFC 2228 §3"),
        op(38, "prot", Observe, "RFC 2228 §3"),
        op(39, "eprt", Observe, "RFC 2428 §2"),
        op(40, "epsv", Observe, "RFC 2428 §3"),
        op(41, "mdtm", Observe, RFC3659),
        op(42, "size", Observe, RFC3659),
        op(43, "mlst", Observe, RFC3659),
        op(44, "mlsd", Observe, RFC3659),
        op(OTHER, "other", Admin, "RFC 959 §5.3"),
    ]
};

/// Replies that refuse. RFC 959 §4.2.
const REPLIES: &[StatusSpec] = &[
    StatusSpec::new(421, "service_not_available"),
    StatusSpec::new(425, "no_data_connection"),
    StatusSpec::new(426, "connection_closed"),
    StatusSpec::new(430, "invalid_user_or_password"),
    StatusSpec::new(450, "file_busy"),
    StatusSpec::new(451, "local_error"),
    StatusSpec::new(452, "insufficient_storage"),
    StatusSpec::new(500, "syntax_error"),
    StatusSpec::new(501, "argument_error"),
    StatusSpec::new(502, "command_not_implemented"),
    StatusSpec::new(503, "bad_sequence"),
    StatusSpec::new(504, "parameter_not_implemented"),
    StatusSpec::new(522, "protocol_not_supported"),
    StatusSpec::new(530, "not_logged_in"),
    StatusSpec::new(532, "need_account"),
    StatusSpec::new(550, "file_unavailable"),
    StatusSpec::new(551, "page_type_unknown"),
    StatusSpec::new(552, "storage_exceeded"),
    StatusSpec::new(553, "file_name_not_allowed"),
];
