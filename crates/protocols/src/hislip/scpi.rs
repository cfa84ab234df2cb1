//! The commands inside: IEEE 488.2 and SCPI, in text.

use super::spec::{self, sub};
use crate::common::lines;
use dissect::Cx;

/// Commands of one message, divided by semicolons. IEEE 488.2-1992 §7.3.
pub(super) fn commands(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b';').map(lines::trim).filter(|command| !command.is_empty())
}

/// The header of a command and its arguments.
pub(super) fn parts(command: &[u8]) -> (&[u8], &[u8]) {
    let end = command.iter().position(u8::is_ascii_whitespace).unwrap_or(command.len());
    let (header, rest) = command.split_at_checked(end).unwrap_or((command, &[]));
    (header, lines::trim(rest))
}

/// What a command does: its subcode. Subcodes rise with what it can do.
fn kind(command: &[u8]) -> u16 {
    let (header, _) = parts(command);
    let header = header.strip_prefix(b":").unwrap_or(header);
    let asks = header.ends_with(b"?");
    let is = |name: &[u8]| lines::starts(header, name);
    if is(b"*IDN?") || is(b"*OPT?") || is(b"SYST:VERS") || is(b"SYSTEM:VERSION") {
        sub::IDENTIFY
    } else if is(b"MMEM") || is(b"*DMC") || is(b"*PUD") || is(b"DIAG") || is(b"*DDT") {
        // Files, macros, protected data, diagnosis. SCPI-1999 vol. 2 §7, §13.
        sub::MEMORY
    } else if asks {
        sub::QUERY
    } else if [&b"*RST"[..], b"*TRG", b"*RCL", b"*TST", b"*CAL", b"OUTP", b"INIT", b"ABOR", b"TRIG"]
        .into_iter()
        .any(is)
    {
        sub::OPERATE
    } else if is(b"SYST") || is(b"*SAV") || is(b"*PSC") || is(b"CAL") {
        sub::SETTING
    } else {
        sub::COMMAND
    }
}

/// What a message does: the most that one of its commands does.
pub(super) fn sub_of(text: &[u8]) -> u16 {
    commands(text).map(kind).max().unwrap_or(sub::COMMAND)
}

/// Maker, model, serial number, firmware. IEEE 488.2-1992 §10.14.3.
pub(super) fn identity(cx: &mut Cx<'_>, asked: &[u8], answer: &[u8]) {
    let mut answers = answer.split(|byte| *byte == b';');
    for command in commands(asked).filter(|command| parts(command).0.ends_with(b"?")) {
        let Some(answer) = answers.next().map(lines::trim) else { break };
        let (header, _) = parts(command);
        if header.eq_ignore_ascii_case(b"*IDN?") {
            let specs = [spec::VENDOR, spec::MODEL, spec::SERIAL, spec::FIRMWARE];
            for (spec, field) in specs.into_iter().zip(answer.splitn(4, |byte| *byte == b',')) {
                let field = lines::trim(field);
                // A field that is not available is an ASCII zero. §10.14.3.
                if field != b"0" {
                    cx.attr(spec, field);
                }
            }
        } else if header.eq_ignore_ascii_case(b"*OPT?") && answer != b"0" {
            cx.attr(spec::OPTIONS, answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_far_reaching_command_counts() {
        assert_eq!(sub_of(b"*IDN?\n"), sub::IDENTIFY);
        assert_eq!(sub_of(b"*IDN?;:MEAS:VOLT?"), sub::QUERY);
        assert_eq!(sub_of(b"VOLT 5;:OUTP ON\n"), sub::OPERATE);
        assert_eq!(sub_of(b"mmem:del 'a'"), sub::MEMORY);
        assert_eq!(sub_of(b"SYST:COMM:LAN:IPAD \"192.0.2.9\""), sub::SETTING);
        assert_eq!(sub_of(b""), sub::COMMAND);
    }
}
