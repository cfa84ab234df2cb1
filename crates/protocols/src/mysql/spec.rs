//! What MySQL's protocol is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const DATABASE: &Area = &Area::named(1, "database");

pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "MySQL server version", 90, "Protocol::HandshakeV10");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "MySQL user name", 90, "Protocol::HandshakeResponse41");

pub(super) const BAD_GREETING: &FaultSpec =
    &FaultSpec::new("malformed_greeting", "Protocol::HandshakeV10");

/// Operations that are no commands.
pub(super) const GREETING: u32 = 0x100;
pub(super) const LOGIN: u32 = 0x101;
pub(super) const START_TLS: u32 = 0x102;
/// An answer to nothing that was seen.
pub(super) const ANSWER: u32 = 0x103;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(133),
    key: "mysql",
    name: "MySQL",
    standard: "MySQL 8.0 client/server protocol",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(3306), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[VERSION, USER],
    faults: &[BAD_GREETING],
    areas: &[DATABASE],
    statuses: ERRORS,
    pdu_bytes_max: 1_200,
    open_max: 4,
};

const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Read, Write};
    const CLAUSE: &str = "Command Phase";
    const FLAGS: &[Arg] = &[Arg::hex("capabilities")];
    &[
        OpSpec::new(0x00, "sleep", Observe, CLAUSE),
        OpSpec::new(0x01, "quit", Observe, CLAUSE),
        OpSpec::new(0x02, "init_db", Observe, CLAUSE),
        OpSpec::new(0x03, "query", Write, CLAUSE),
        OpSpec::new(0x04, "field_list", Observe, CLAUSE),
        OpSpec::new(0x05, "create_db", Admin, CLAUSE),
        OpSpec::new(0x06, "drop_db", Admin, CLAUSE),
        OpSpec::new(0x07, "refresh", Admin, CLAUSE),
        OpSpec::new(0x08, "shutdown", Control, CLAUSE),
        OpSpec::new(0x09, "statistics", Observe, CLAUSE),
        OpSpec::new(0x0a, "process_info", Observe, CLAUSE),
        OpSpec::new(0x0c, "process_kill", Admin, CLAUSE),
        OpSpec::new(0x0d, "debug", Observe, CLAUSE),
        OpSpec::new(0x0e, "ping", Observe, CLAUSE),
        OpSpec::new(0x11, "change_user", Observe, CLAUSE),
        OpSpec::new(0x12, "binlog_dump", Read, CLAUSE),
        OpSpec::new(0x16, "prepare", Write, CLAUSE),
        OpSpec::new(0x17, "execute", Write, CLAUSE),
        OpSpec::new(0x18, "send_long_data", Write, CLAUSE),
        OpSpec::new(0x19, "close_statement", Observe, CLAUSE),
        OpSpec::new(0x1a, "reset_statement", Observe, CLAUSE),
        OpSpec::new(0x1b, "set_option", Admin, CLAUSE),
        OpSpec::new(0x1c, "fetch", Read, CLAUSE),
        OpSpec::new(0x1f, "reset_connection", Observe, CLAUSE),
        OpSpec::new(GREETING, "greeting", Observe, "Protocol::HandshakeV10"),
        OpSpec::new(LOGIN, "login", Observe, "Protocol::HandshakeResponse41").args(FLAGS),
        OpSpec::new(START_TLS, "start_tls", Observe, "Protocol::SSLRequest").args(FLAGS),
        OpSpec::new(ANSWER, "answer", Observe, "Generic Response Packets"),
    ]
};

/// MySQL 8.0 error reference.
const ERRORS: &[StatusSpec] = &[
    StatusSpec::new(1_040, "too_many_connections"),
    StatusSpec::new(1_044, "database_access_denied"),
    StatusSpec::new(1_045, "access_denied"),
    StatusSpec::new(1_046, "no_database_selected"),
    StatusSpec::new(1_047, "unknown_command"),
    StatusSpec::new(1_049, "unknown_database"),
    StatusSpec::new(1_054, "unknown_column"),
    StatusSpec::new(1_062, "duplicate_entry"),
    StatusSpec::new(1_064, "syntax_error"),
    StatusSpec::new(1_129, "host_blocked"),
    StatusSpec::new(1_130, "host_not_privileged"),
    StatusSpec::new(1_142, "table_access_denied"),
    StatusSpec::new(1_146, "no_such_table"),
    StatusSpec::new(1_205, "lock_wait_timeout"),
    StatusSpec::new(1_213, "deadlock"),
];
