//! Operations: SMB1 commands under their number, SMB2 and SMB3 under 0x100 + number, session
//! service packets under 0x300 + type.

use vocab::{Access, Arg, OpSpec};

/// Number of an SMB2 command's operation.
pub(super) const SMB2: u32 = 0x100;
/// Operation of a compressed message: what is inside is not read.
pub(super) const COMPRESSED: u32 = 0x1fc;
/// Operation of an encrypted message.
pub(super) const ENCRYPTED: u32 = 0x1fd;
/// Number of a session service packet's operation.
pub(super) const SESSION: u32 = 0x300;

/// Subcode of opening a named pipe; 0 to 5 are the create dispositions of MS-SMB2 §2.2.13.
pub(super) const OPEN_PIPE: u16 = 6;
/// Subcode of writing a remote procedure call to a named pipe.
pub(super) const PIPE_CALL: u16 = 1;

const NEGOTIATED: &[Arg] =
    &[Arg::hex("dialect"), Arg::hex("security_mode"), Arg::hex("capabilities")];
const CREATE: &[Arg] = &[Arg::hex("access"), Arg::dec("disposition"), Arg::hex("options")];
const RANGE: &[Arg] = &[Arg::dec("offset"), Arg::dec("length"), Arg::hex("handle")];
const HANDLE: &[Arg] = &[Arg::hex("handle")];
const CONTROL: &[Arg] = &[Arg::hex("control_code"), Arg::hex("handle")];
const INFO: &[Arg] = &[Arg::dec("info_type"), Arg::dec("info_class"), Arg::hex("handle")];

const CIFS: &str = "MS-CIFS §2.2.4";
const TRANS: &str = "MS-CIFS §2.2.5";
const TRANS2: &str = "MS-CIFS §2.2.6";
const NT_TRANS: &str = "MS-CIFS §2.2.7";
const V2: &str = "MS-SMB2 §2.2";
const NETBIOS: &str = "RFC 1002 §4.3";

#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Program, Read};
    &[
        OpSpec::new(0x00, "create_directory", Program, CIFS),
        OpSpec::new(0x01, "delete_directory", Program, CIFS),
        OpSpec::new(0x02, "open", Read, CIFS),
        OpSpec::new(0x03, "create", Program, CIFS),
        OpSpec::new(0x04, "close", Observe, CIFS).args(HANDLE),
        OpSpec::new(0x05, "flush", Observe, CIFS).args(HANDLE),
        OpSpec::new(0x06, "delete", Program, CIFS),
        OpSpec::new(0x07, "rename", Program, CIFS),
        OpSpec::new(0x08, "query_information", Observe, CIFS),
        OpSpec::new(0x09, "set_information", Program, CIFS),
        OpSpec::new(0x0a, "read", Read, CIFS),
        OpSpec::new(0x0b, "write", Program, CIFS),
        OpSpec::new(0x0c, "lock_byte_range", Observe, CIFS),
        OpSpec::new(0x0d, "unlock_byte_range", Observe, CIFS),
        OpSpec::new(0x0e, "create_temporary", Program, CIFS),
        OpSpec::new(0x0f, "create_new", Program, CIFS),
        OpSpec::new(0x10, "check_directory", Observe, CIFS),
        OpSpec::new(0x11, "process_exit", Observe, CIFS),
        OpSpec::new(0x12, "seek", Observe, CIFS),
        OpSpec::new(0x13, "lock_and_read", Read, CIFS),
        OpSpec::new(0x14, "write_and_unlock", Program, CIFS),
        OpSpec::new(0x1a, "read_raw", Read, CIFS),
        OpSpec::new(0x1b, "read_mpx", Read, CIFS),
        OpSpec::new(0x1d, "write_raw", Program, CIFS),
        OpSpec::new(0x1e, "write_mpx", Program, CIFS),
        OpSpec::new(0x20, "write_complete", Observe, CIFS),
        OpSpec::new(0x22, "set_information2", Program, CIFS),
        OpSpec::new(0x23, "query_information2", Observe, CIFS),
        OpSpec::new(0x24, "locking_andx", Observe, CIFS),
        OpSpec::new(0x25, "transaction", Observe, CIFS),
        OpSpec::new(0x25, "set_named_pipe_state", Observe, TRANS).sub(0x01),
        OpSpec::new(0x25, "raw_read_named_pipe", Observe, TRANS).sub(0x11),
        OpSpec::new(0x25, "query_named_pipe_state", Observe, TRANS).sub(0x21),
        OpSpec::new(0x25, "query_named_pipe_information", Observe, TRANS).sub(0x22),
        OpSpec::new(0x25, "peek_named_pipe", Observe, TRANS).sub(0x23),
        OpSpec::new(0x25, "transact_named_pipe", Observe, TRANS).sub(0x26),
        OpSpec::new(0x25, "raw_write_named_pipe", Observe, TRANS).sub(0x31),
        OpSpec::new(0x25, "read_named_pipe", Observe, TRANS).sub(0x36),
        OpSpec::new(0x25, "write_named_pipe", Observe, TRANS).sub(0x37),
        OpSpec::new(0x25, "wait_named_pipe", Observe, TRANS).sub(0x53),
        OpSpec::new(0x25, "call_named_pipe", Observe, TRANS).sub(0x54),
        OpSpec::new(0x26, "transaction_secondary", Observe, CIFS),
        OpSpec::new(0x2b, "echo", Observe, CIFS),
        OpSpec::new(0x2c, "write_and_close", Program, CIFS),
        OpSpec::new(0x2d, "open_andx", Read, CIFS),
        OpSpec::new(0x2e, "read_andx", Read, CIFS).args(RANGE),
        OpSpec::new(0x2f, "write_andx", Program, CIFS).args(RANGE),
        OpSpec::new(0x2f, "write_pipe", Observe, CIFS).sub(PIPE_CALL).args(RANGE),
        OpSpec::new(0x32, "transaction2", Observe, CIFS),
        OpSpec::new(0x32, "open2", Read, TRANS2).sub(0x00),
        OpSpec::new(0x32, "find_first2", Observe, TRANS2).sub(0x01),
        OpSpec::new(0x32, "find_next2", Observe, TRANS2).sub(0x02),
        OpSpec::new(0x32, "query_file_system_information", Observe, TRANS2).sub(0x03),
        OpSpec::new(0x32, "set_file_system_information", Program, TRANS2).sub(0x04),
        OpSpec::new(0x32, "query_path_information", Observe, TRANS2).sub(0x05),
        OpSpec::new(0x32, "set_path_information", Program, TRANS2).sub(0x06),
        OpSpec::new(0x32, "query_file_information", Observe, TRANS2).sub(0x07),
        OpSpec::new(0x32, "set_file_information", Program, TRANS2).sub(0x08),
        OpSpec::new(0x32, "create_directory2", Program, TRANS2).sub(0x0d),
        OpSpec::new(0x32, "session_setup2", Observe, TRANS2).sub(0x0e),
        OpSpec::new(0x32, "get_dfs_referral", Observe, TRANS2).sub(0x10),
        OpSpec::new(0x32, "report_dfs_inconsistency", Observe, TRANS2).sub(0x11),
        OpSpec::new(0x33, "transaction2_secondary", Observe, CIFS),
        OpSpec::new(0x34, "find_close2", Observe, CIFS),
        OpSpec::new(0x70, "tree_connect", Observe, CIFS),
        OpSpec::new(0x71, "tree_disconnect", Observe, CIFS),
        OpSpec::new(0x72, "negotiate", Observe, CIFS).args(NEGOTIATED),
        OpSpec::new(0x73, "session_setup_andx", Observe, CIFS),
        OpSpec::new(0x74, "logoff_andx", Observe, CIFS),
        OpSpec::new(0x75, "tree_connect_andx", Observe, CIFS),
        OpSpec::new(0x80, "query_information_disk", Observe, CIFS),
        OpSpec::new(0x81, "search", Observe, CIFS),
        OpSpec::new(0x82, "find", Observe, CIFS),
        OpSpec::new(0x83, "find_unique", Observe, CIFS),
        OpSpec::new(0x84, "find_close", Observe, CIFS),
        OpSpec::new(0xa0, "nt_transact", Observe, CIFS),
        OpSpec::new(0xa0, "nt_create", Program, NT_TRANS).sub(1),
        OpSpec::new(0xa0, "nt_ioctl", Observe, NT_TRANS).sub(2),
        OpSpec::new(0xa0, "nt_set_security_descriptor", Program, NT_TRANS).sub(3),
        OpSpec::new(0xa0, "nt_notify_change", Observe, NT_TRANS).sub(4),
        OpSpec::new(0xa0, "nt_rename", Program, NT_TRANS).sub(5),
        OpSpec::new(0xa0, "nt_query_security_descriptor", Observe, NT_TRANS).sub(6),
        OpSpec::new(0xa1, "nt_transact_secondary", Observe, CIFS),
        OpSpec::new(0xa2, "nt_create_andx", Program, CIFS).args(CREATE),
        OpSpec::new(0xa2, "nt_open_andx", Read, CIFS).sub(1).args(CREATE),
        OpSpec::new(0xa2, "open_pipe", Observe, CIFS).sub(OPEN_PIPE).args(CREATE),
        OpSpec::new(0xa4, "nt_cancel", Observe, CIFS),
        OpSpec::new(0xa5, "nt_rename", Program, CIFS),
        OpSpec::new(0xc0, "open_print_file", Program, CIFS),
        OpSpec::new(0xc1, "write_print_file", Program, CIFS),
        OpSpec::new(0xc2, "close_print_file", Observe, CIFS),
        OpSpec::new(SMB2, "negotiate", Observe, V2).args(NEGOTIATED),
        OpSpec::new(0x101, "session_setup", Observe, V2),
        OpSpec::new(0x102, "logoff", Observe, V2),
        OpSpec::new(0x103, "tree_connect", Observe, V2),
        OpSpec::new(0x104, "tree_disconnect", Observe, V2),
        OpSpec::new(0x105, "create", Program, V2).args(CREATE),
        OpSpec::new(0x105, "open", Read, V2).sub(1).args(CREATE),
        OpSpec::new(0x105, "open_pipe", Observe, V2).sub(OPEN_PIPE).args(CREATE),
        OpSpec::new(0x106, "close", Observe, V2).args(HANDLE),
        OpSpec::new(0x107, "flush", Observe, V2).args(HANDLE),
        OpSpec::new(0x108, "read", Read, V2).args(RANGE),
        OpSpec::new(0x109, "write", Program, V2).args(RANGE),
        OpSpec::new(0x109, "write_pipe", Observe, V2).sub(PIPE_CALL).args(RANGE),
        OpSpec::new(0x10a, "lock", Observe, V2).args(HANDLE),
        OpSpec::new(0x10b, "ioctl", Observe, V2).args(CONTROL),
        OpSpec::new(0x10c, "cancel", Observe, V2),
        OpSpec::new(0x10d, "echo", Observe, V2),
        OpSpec::new(0x10e, "query_directory", Observe, V2).args(HANDLE),
        OpSpec::new(0x10f, "change_notify", Observe, V2).args(HANDLE),
        OpSpec::new(0x110, "query_info", Observe, V2).args(INFO),
        OpSpec::new(0x111, "set_info", Program, V2).args(INFO),
        OpSpec::new(0x111, "rename", Program, V2).sub(0x010a).args(INFO),
        OpSpec::new(0x111, "delete", Program, V2).sub(0x010d).args(INFO),
        OpSpec::new(0x112, "oplock_break", Observe, V2),
        OpSpec::new(COMPRESSED, "compressed_message", Observe, V2),
        OpSpec::new(ENCRYPTED, "encrypted_message", Observe, V2),
        OpSpec::new(0x381, "session_request", Observe, NETBIOS),
        OpSpec::new(0x384, "session_retarget", Observe, NETBIOS),
        OpSpec::new(0x385, "session_keep_alive", Observe, NETBIOS),
    ]
};
