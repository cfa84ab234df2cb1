//! Ether-S-I/O: the cyclic data between SAIA PCD controllers and their remote inputs and outputs.

mod spec;

use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Target, Value};

/// The Ether-S-I/O dissector.
#[derive(Debug)]
pub struct EtherSIo;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The station was said, in each direction.
    said: [bool; 2],
}

impl Dissector for EtherSIo {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// The first four bytes are a name, the version is 0.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            [b'E', b'S', b'I', b'O', 0, 0..=2, 0, 0, ..] if hint.datagram && head.len() >= 20 => {
                Probe::Sure
            }
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if !bytes.is_empty() && telegram(flow, cx, bytes).is_none() && !cx.cut() {
            cx.fault(spec::SHORT, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// One telegram; `None` when it ends early.
fn telegram(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    at.skip(4)?;
    let kind = at.be16()?;
    // Version, length, transaction number.
    at.skip(6)?;
    let station = match kind {
        1 => {
            let telegram = at.be32()?;
            let station = at.be32()?;
            let transfers = at.u8()?;
            let flags = at.u8()?;
            let numbers = [telegram, transfers.into(), flags.into(), 0];
            event(cx, 1, station, numbers, bytes);
            for _ in 0..transfers {
                at.skip(4)?;
                let index = u64::from(at.be32()?);
                let len = usize::from(at.be16()?);
                let target = Target { area: spec::STATION, index, count: 1, extra: 0, name: &[] };
                cx.item(target, Value::Bytes(at.take(len)?));
            }
            station
        }
        2 => {
            at.skip(4)?;
            let station = at.be32()?;
            let [status, lost, diagnostics, flags] = *at.chunk::<4>()?;
            event(cx, 2, station, [status, lost, diagnostics, flags].map(u32::from), bytes);
            station
        }
        _ => {
            event(cx, kind.into(), 0, [0; 4], bytes);
            cx.fault(spec::UNKNOWN, bytes.get(4..6)?);
            return Some(());
        }
    };
    if let Some(said) = flow.said.get_mut(cx.dir().index()).filter(|said| !**said) {
        *said = true;
        cx.attr(spec::ADDRESS, line!("{station}").bytes());
    }
    Some(())
}

fn event(cx: &mut Cx<'_>, code: u32, station: u32, args: [u32; 4], whole: &[u8]) {
    cx.op(&Op {
        proof: Proof::Context,
        unit: Some(station),
        args: Some(args.map(u64::from)),
        ..Op::new(code, Role::Event, whole)
    });
}
