//! S7 functions that move programs: upload, download, start and stop.

use super::s7::{ACK_DATA, JOB, message};
use crate::bytes::{Buf, len8, len16};
use crate::truth::Op;

pub(crate) const REQUEST_DOWNLOAD: Op = Op::new("s7comm", 0x1a, "request_download", "program");
pub(crate) const DOWNLOAD_BLOCK: Op = Op::new("s7comm", 0x1b, "download_block", "program");
pub(crate) const DOWNLOAD_ENDED: Op = Op::new("s7comm", 0x1c, "download_ended", "program");
pub(crate) const START_UPLOAD: Op = Op::new("s7comm", 0x1d, "start_upload", "program");
pub(crate) const UPLOAD: Op = Op::new("s7comm", 0x1e, "upload", "program");
pub(crate) const END_UPLOAD: Op = Op::new("s7comm", 0x1f, "end_upload", "program");
pub(crate) const CONTROL: Op = Op::new("s7comm", 0x28, "plc_control", "control");
pub(crate) const STOP: Op = Op::new("s7comm", 0x29, "plc_stop", "control");

/// A block by its file name: `_`, type in hexadecimal, number, `A` active or `P` passive.
fn file(function: u8, status: u8, block: &str) -> Buf {
    Buf::new().raw(&[function, status, 0, 0, 0, 0, 0, 0]).counted(block.as_bytes())
}

/// A job of the family that names a block. `lengths` are those of load memory and code.
pub(crate) fn job(reference: u16, op: Op, block: &str, lengths: Option<(usize, usize)>) -> Vec<u8> {
    let mut buf = file(len8(op.code as usize), 0, block);
    if let Some((load, code)) = lengths {
        buf = buf.counted(format!("1{load:06}{code:06}").as_bytes());
    }
    message(JOB, reference, &buf.done(), &[])
}

/// An acknowledgement that says no more than its function.
pub(crate) fn done(reference: u16, op: Op) -> Vec<u8> {
    message(ACK_DATA, reference, &[len8(op.code as usize)], &[])
}

/// Start upload is answered with the number of the upload and the length in digits.
pub(crate) fn upload_started(reference: u16, upload: u32, bytes: usize) -> Vec<u8> {
    let buf = Buf::new().raw(&[0x1d, 0, 1, 0]).be32(upload);
    message(ACK_DATA, reference, &buf.counted(format!("{bytes:07}").as_bytes()).done(), &[])
}

/// Upload a piece, or end the upload.
pub(crate) fn upload(reference: u16, op: Op, number: u32) -> Vec<u8> {
    let buf = Buf::new().raw(&[len8(op.code as usize), 0, 0, 0]).be32(number);
    message(JOB, reference, &buf.done(), &[])
}

/// A piece of a block, up or down.
pub(crate) fn piece(reference: u16, op: Op, bytes: &[u8], more: bool) -> Vec<u8> {
    let data = Buf::new().be16(len16(bytes.len())).be16(0x00fb).raw(bytes).done();
    message(ACK_DATA, reference, &[len8(op.code as usize), u8::from(more)], &data)
}

/// Makes a downloaded block active: program invocation `_INSE`.
pub(crate) fn insert(reference: u16, block: &str) -> Vec<u8> {
    let argument = Buf::new().raw(&[1, 0]).raw(block.as_bytes()).done();
    let buf = Buf::new()
        .raw(&[0x28, 0, 0, 0, 0, 0, 0, 0xfd])
        .be16(len16(argument.len()))
        .raw(&argument)
        .counted(b"_INSE");
    message(JOB, reference, &buf.done(), &[])
}

/// Stops the program.
pub(crate) fn stop(reference: u16) -> Vec<u8> {
    let buf = Buf::new().raw(&[0x29, 0, 0, 0, 0, 0]).counted(b"P_PROGRAM");
    message(JOB, reference, &buf.done(), &[])
}

/// A block as the programming device stores it: header, code, trailer.
pub(crate) fn block(kind: u8, number: u16, code: &[u8], author: &str) -> Vec<u8> {
    let total = 36 + code.len() + 36;
    let total = vocab::sat_u32(total + total % 2);
    let mut bytes = Buf::new()
        .raw(b"pp")
        .raw(&[1, 1, 1, kind])
        .be16(number)
        .be32(total)
        .zeros(4)
        .raw(&[0x02, 0x4f, 0x9d, 0x35, 0x1c, 0x62])
        .raw(&[0x02, 0x4f, 0x9d, 0x35, 0x1c, 0x62])
        .be16(0)
        .be16(0)
        .be16(0)
        .be16(len16(code.len()))
        .raw(code)
        .field(author, 8, 0)
        .field("PUMPS", 8, 0)
        .field("BOOST", 8, 0)
        .raw(&[0x10, 0, 0, 0])
        .zeros(8)
        .done();
    bytes.resize(vocab::sat_usize(u64::from(total)), 0);
    bytes
}
