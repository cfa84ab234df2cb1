//! Index groups: which memory, service or file operation an access means.

/// The IEC 61131 letter of a memory group; true when its offsets count bits.
pub(super) fn memory(group: u32) -> Option<(char, bool)> {
    Some(match group {
        0x4020 => ('M', false),
        0x4021 => ('M', true),
        0xf020 => ('I', false),
        0xf021 => ('I', true),
        0xf030 => ('Q', false),
        0xf031 => ('Q', true),
        _ => return None,
    })
}

/// The group as a subcode, where an operation has a meaning of its own for it. The groups below
/// 1,000 are those of the system service alone.
pub(super) fn sub(code: u32, group: u32, port: u16) -> Option<u16> {
    const SYSTEM_SERVICE: u16 = 10_000;
    let sub = u16::try_from(group).ok()?;
    let own = super::spec::SPEC.operation(code, Some(sub)).is_some_and(|op| op.sub.is_some());
    (own && (sub >= 1_000 || port == SYSTEM_SERVICE)).then_some(sub)
}

/// What the bytes written with a group name.
pub(super) enum Names {
    /// A symbol.
    Symbol,
    /// A file.
    File,
    /// A registry key.
    Registry,
}

/// What is named in the data that is written with a subcode.
pub(super) fn names(sub: Option<u16>) -> Option<Names> {
    Some(match sub? {
        0xf003 | 0xf004 | 0xf007 | 0xf009 => Names::Symbol,
        120 | 131..=133 | 138 | 139 | 500 => Names::File,
        200 => Names::Registry,
        _ => return None,
    })
}
