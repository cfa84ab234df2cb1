//! ZigBee: radio networks of sensors, meters and lights. A sniffer sends what it hears on the air
//! over UDP (ZEP) or in Ethernet frames.
//!
//! Most networks protect what is above the network layer; then addresses are all that shows.

mod application;
mod network;
mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use network::{Mac, Network};
use vocab::{Op, Proof, Role, Spec, Target, Value};

/// The ZigBee dissector.
#[derive(Debug)]
pub struct Zigbee;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

/// What a sniffer says of a frame. ZEP, versions 1 and 2.
#[derive(Clone, Copy, Debug)]
enum Heard<'p> {
    /// A frame from its control field on, without the checksum. `wrong`: the length that was told
    /// is not the length there is.
    Frame { frame: &'p [u8], wrong: bool },
    /// An acknowledgement between sniffers.
    Ack,
}

impl<'p> Heard<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        const ACK: u8 = 2;
        let mut at = Cursor::new(bytes);
        if at.chunk()? != b"EX" {
            return None;
        }
        match at.u8()? {
            1 => at.skip(12)?,
            2 => {
                if at.u8()? == ACK {
                    at.skip(4)?;
                    return Some(Self::Ack);
                }
                at.skip(27)?;
            }
            _ => return None,
        }
        let len = usize::from(at.u8()? & 0x7f);
        let frame = at.take_up_to(len);
        let wrong = frame.len() != len;
        // The last two bytes are the checksum, or what a receiver puts in its place.
        let frame = frame.get(..frame.len().saturating_sub(2)).unwrap_or(&[]);
        Some(Self::Frame { frame, wrong })
    }
}

impl Dissector for Zigbee {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let udp = matches!(hint.headers.transport, decode::Transport::Udp { .. });
        let sure = if udp {
            Heard::read(head)
                .is_some_and(|heard| !matches!(heard, Heard::Frame { wrong: true, .. }))
        } else {
            // Other protocols use the same radio: only the network layer of ZigBee convinces.
            let frame = head.get(..head.len().saturating_sub(2)).unwrap_or(&[]);
            Mac::read(frame).is_some_and(|mac| Network::read(&mac).is_some())
        };
        if hint.datagram && sure { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Input::Datagram(bytes) = input else { return Step::Took { bytes: 0 } };
        let udp = matches!(cx.headers().transport, decode::Transport::Udp { .. });
        if !udp {
            frame(cx, bytes.get(..bytes.len().saturating_sub(2)).unwrap_or(&[]));
            return Step::Took { bytes: bytes.len() };
        }
        match Heard::read(bytes) {
            None => return Step::NotMine,
            Some(Heard::Ack) => {}
            Some(Heard::Frame { frame: heard, wrong }) => {
                frame(cx, heard);
                if wrong && !cx.cut() {
                    cx.fault(spec::BAD_LENGTH, bytes);
                }
            }
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Says a frame of the radio.
fn frame(cx: &mut Cx<'_>, bytes: &[u8]) {
    let Some(mac) = Mac::read(bytes) else {
        // Acknowledgements have no addresses; what is cut short has a type at least.
        let Some(first) = bytes.first() else { return };
        let args = bytes.get(2).map(|sequence| [0, 0, u64::from(*sequence), 0]);
        let code = u32::from(first & 7);
        cx.op(&Op { args, proof: Proof::Context, ..Op::new(code, Role::Event, bytes) });
        return;
    };
    let Some(network) = Network::read(&mac) else {
        let args = Some([mac.source, mac.target, u64::from(mac.sequence), 0]);
        cx.op(&Op { args, ..event(u32::from(mac.kind), bytes) });
        node(cx, mac.source);
        return;
    };
    let sequence = u64::from(network.sequence);
    let args = Some([network.source.into(), network.target.into(), sequence, 0]);
    match (network.protected, network.kind) {
        (true, _) => {
            cx.op(&Op { args, ..event(spec::code::PROTECTED, bytes) });
            node(cx, network.source.into());
        }
        (false, Network::COMMAND) => {
            let command = u32::from(network.content.first().copied().unwrap_or(0) & 0x1f);
            let code = spec::code::NETWORK.saturating_add(command);
            cx.op(&Op { args, ..event(code, bytes) });
            node(cx, network.source.into());
        }
        (false, _) => application::say(cx, &network, bytes),
    }
}

fn event(code: u32, bytes: &[u8]) -> Op<'_> {
    Op { proof: Proof::Context, ..Op::new(code, Role::Event, bytes) }
}

/// Says the node that a frame is from.
fn node(cx: &mut Cx<'_>, address: u64) {
    let target = Target { area: spec::NODE, index: address, count: 1, extra: 0, name: &[] };
    cx.item(target, Value::None);
}
