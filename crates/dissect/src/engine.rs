//! Frames in, facts out.

use crate::bindings::{Bindings, Spot};
use crate::context::FactCx;
use crate::flow::{Flow, Key, Phase, VLAN_UNSEEN};
use crate::identify::Verdict;
use crate::limits::Limits;
use crate::opens::NONE;
use crate::session::{Core, Session};
use crate::table::{Table, is_idle};
use crate::traits::{Input, Registry, Sink, Step};
use alloc::vec::Vec;
use decode::{Fragments, Frame, Headers, Piece, Stop, Transport};
use vocab::{Dir, Loss, LossKind, Mac, ProtoId, Transport as Carrier, Ts, sat_usize};

/// Frames after which a few flows are looked at for idleness.
const SWEEP_FRAMES: u32 = 1_024;
/// Datagrams without a message that may fail before a flow is given up.
const DATAGRAM_TRIES_MAX: u8 = 4;

/// The engine of one core. All memory it will ever use is allocated when it is made.
pub struct Engine<R: Registry> {
    table: Table,
    core: Core<R>,
    fragments: Fragments,
    bindings: Bindings,
    /// Flows with something to report.
    dirty: Vec<u32>,
    frames: u32,
    now: Ts,
    /// Flows whose streams were read to their end.
    finished: u32,
}

impl<R: Registry> core::fmt::Debug for Engine<R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Engine").field("flows", &self.table.numbers()).finish_non_exhaustive()
    }
}

impl<R: Registry> Engine<R> {
    /// An engine within these limits.
    pub fn new(limits: Limits) -> Self {
        Self {
            table: Table::new(limits.flows, limits.seed),
            core: Core::new(&limits),
            fragments: Fragments::new(sat_usize(u64::from(limits.datagrams))),
            bindings: Bindings::new::<R>(),
            dirty: Vec::with_capacity(sat_usize(u64::from(limits.flows)).saturating_mul(2)),
            frames: 0,
            now: Ts::MIN,
            finished: 0,
        }
    }

    /// Takes a frame; facts and ended flows go to `out`.
    pub fn handle_frame(&mut self, frame: &Frame<'_>, out: &mut dyn Sink) {
        let mut headers = Headers::default();
        decode::decode(frame.link, frame.bytes, frame.wire_len, &mut headers);
        if frame.vlan != 0 && headers.outer.is_none() {
            headers.vlan = if headers.vlan == 0 { frame.vlan } else { headers.vlan };
        }
        self.now = self.now.max(frame.at);
        self.frames = self.frames.wrapping_add(1);
        if self.frames.is_multiple_of(SWEEP_FRAMES) {
            self.sweep(SWEEP_FRAMES, out);
        }
        self.packet(frame, &mut headers, out);
        if let Some(fault) = headers.fault {
            out.header_fault(fault.layer.key(), fault.fault, frame.id);
        }
    }

    /// Forgets idle flows. Call it now and then while no frames come.
    pub fn handle_timeout(&mut self, now: Ts, out: &mut dyn Sink) {
        self.now = self.now.max(now);
        self.sweep(self.table.numbers(), out);
    }

    fn packet(&mut self, frame: &Frame<'_>, h: &mut Headers, out: &mut dyn Sink) {
        if let Some(outer) = h.outer {
            let (key, dir) = Key::of_outer(&outer);
            let source = Source { mac: outer.src_mac, vlan: outer.vlan, ttl: outer.ttl };
            if let Some(number) = self.account(frame, key, dir, source, out) {
                self.tunnel(frame, &outer, number, dir, out);
            }
        }
        if h.stop == Stop::Fragment {
            let (key, dir) = Key::of(h);
            self.account(frame, key, dir, Source::of(h), out);
            let piece = h.payload(frame.bytes);
            // The table is taken out, so that what it holds can be read while the engine works.
            let mut fragments = core::mem::replace(&mut self.fragments, Fragments::new(0));
            let before = fragments.evicted();
            match fragments.add(frame.at, h, piece) {
                Piece::Whole(datagram) => {
                    decode::resume(datagram, h);
                    if h.stop != Stop::Fragment {
                        self.flow_packet(frame, h, datagram, out);
                    }
                }
                Piece::Held => {}
                Piece::Dropped => self.core.lose(LossKind::FragmentBuffersFull, 1),
            }
            let evicted = fragments.evicted().saturating_sub(before);
            self.core.lose(LossKind::FragmentBuffersFull, evicted);
            self.fragments = fragments;
        } else {
            self.flow_packet(frame, h, frame.bytes, out);
        }
    }

    /// Hands a tunnel's own header to the protocol that the tunnel is, where there is one.
    fn tunnel(
        &mut self,
        frame: &Frame<'_>,
        outer: &decode::Outer,
        number: u32,
        dir: Dir,
        out: &mut dyn Sink,
    ) {
        let (src, dst) = outer.ports;
        let is_bound = |port| self.bindings.any_at(Spot::Udp(port));
        if outer.header == 0 || !(is_bound(src) || is_bound(dst)) {
            return;
        }
        let Some(flow) = self.table.get_mut(number) else { return };
        let payload = frame.bytes.get(outer.header..).unwrap_or(&[]);
        let headers = Headers {
            src_mac: outer.src_mac,
            dst_mac: outer.dst_mac,
            vlan: outer.vlan,
            ip_version: if outer.src.to_ip().is_ipv4() { 4 } else { 6 },
            src: outer.src,
            dst: outer.dst,
            ttl: outer.ttl,
            ip_proto: outer.proto,
            transport: Transport::Udp { src, dst },
            ..Headers::default()
        };
        let fact = FactCx {
            flow: number,
            proto: ProtoId(0),
            depth: 0,
            dir,
            at: frame.at,
            frame: frame.id,
            headers: &headers,
            wire: frame.bytes,
            // What is inside is not read here, and may be cut.
            cut: true,
            from_client: None,
            values: out.wants_values(),
            pair: None,
        };
        let mut session =
            Session::<R> { core: &mut self.core, flow, bindings: &self.bindings, sink: out };
        session.datagram(&fact, payload, None);
    }

    /// Counts a packet with its flow and hands its payload on.
    fn flow_packet(&mut self, frame: &Frame<'_>, h: &Headers, bytes: &[u8], out: &mut dyn Sink) {
        if matches!(h.stop, Stop::UnknownLink) {
            return;
        }
        let (key, dir) = Key::of(h);
        let Some(number) = self.account(frame, key, dir, Source::of(h), out) else { return };
        if h.stop != Stop::Payload {
            return;
        }
        let Some(flow) = self.table.get_mut(number) else { return };
        let payload = h.payload(bytes);
        let fact = FactCx {
            flow: number,
            proto: ProtoId(0),
            depth: 0,
            dir,
            at: frame.at,
            frame: frame.id,
            headers: h,
            wire: frame.bytes,
            // What a stream lacks is a gap in it, not a message cut short.
            cut: h.payload.missing != 0 && !matches!(h.transport, Transport::Tcp(_)),
            from_client: None,
            values: out.wants_values(),
            pair: None,
        };
        let mut session =
            Session::<R> { core: &mut self.core, flow, bindings: &self.bindings, sink: out };
        match &h.transport {
            Transport::Tcp(tcp) => session.tcp(&fact, tcp, payload, h.payload.missing),
            Transport::Udp { .. } => session.datagram(&fact, payload, None),
            Transport::Other => {
                let place = Spot::IpProto(vocab::low_u8(u64::from(h.ip_proto)));
                session.datagram(&fact, payload, Some(place));
            }
            Transport::None => session.datagram(&fact, payload, Spot::of_net(h.net)),
        }
    }

    /// Finds or makes the flow and counts the packet.
    fn account(
        &mut self,
        frame: &Frame<'_>,
        key: Key,
        dir: Dir,
        source: Source,
        out: &mut dyn Sink,
    ) -> Option<u32> {
        let mut found = self.table.find(&key, dir, source.vlan);
        if let Some(number) = found
            && self.table.get(number).is_some_and(|flow| is_idle(flow, frame.at))
        {
            self.close(number, out);
            found = None;
        }
        let number = match found {
            Some(number) => number,
            None => self.open(frame, key, dir, out)?,
        };
        let mut flow = self.table.get_mut(number)?;
        let mac = flow.macs.get(dir.index()).copied().unwrap_or_default();
        if mac != source.mac && mac != Mac::ZERO {
            // Another device or router carries this direction now: a share of its own.
            self.share(number, out);
            flow = self.table.get_mut(number)?;
        }
        if let Some(vlan) = flow.vlans.get_mut(dir.index()) {
            *vlan = source.vlan;
        }
        flow.count(dir, frame, source.mac, source.ttl);
        if !flow.dirty {
            self.mark_dirty(number);
        }
        Some(number)
    }

    fn open(&mut self, frame: &Frame<'_>, key: Key, dir: Dir, out: &mut dyn Sink) -> Option<u32> {
        if self.table.is_full() {
            let victim = self.table.victim()?;
            if self.table.get(victim).is_some_and(|flow| !flow.closed && !is_idle(flow, self.now)) {
                self.core.lose(LossKind::FlowTableFull, 1);
            }
            self.close(victim, out);
        }
        let mut flow = Flow::new(key, dir, frame.at, frame.id);
        let place = |port: u16| match key.transport {
            Carrier::Tcp => self.bindings.any_at(Spot::Tcp(port)),
            Carrier::Udp => self.bindings.any_at(Spot::Udp(port)),
            Carrier::Ip | Carrier::Ethernet => false,
        };
        flow.port_server = match (place(key.port(Dir::Up)), place(key.port(Dir::Down))) {
            (true, false) => Some(Dir::Up),
            (false, true) => Some(Dir::Down),
            _ => None,
        };
        self.table.insert(flow)
    }

    /// Notes that a flow has something to report. Flows that were forgotten leave their place in
    /// the list; they are taken out when it is full.
    fn mark_dirty(&mut self, number: u32) {
        let Some(flow) = self.table.get_mut(number).filter(|flow| !flow.dirty) else { return };
        flow.dirty = true;
        if self.dirty.len() == self.dirty.capacity() {
            let table = &self.table;
            let mut last = None;
            self.dirty.sort_unstable();
            self.dirty.retain(|number| {
                let again = last.replace(*number) == Some(*number);
                !again && table.get(*number).is_some_and(|flow| flow.dirty)
            });
        }
        self.dirty.push(number);
    }

    /// Reports a flow's share; its counts start again.
    fn share(&mut self, number: u32, out: &mut dyn Sink) {
        self.share_or_end(number, false, out);
    }

    fn share_or_end(&mut self, number: u32, ended: bool, out: &mut dyn Sink) {
        let Some(flow) = self.table.get_mut(number) else { return };
        let core = &mut self.core;
        Session::<R> { core, flow, bindings: &self.bindings, sink: out }.share(number, ended);
    }

    /// Ends a flow: what waits is read, the share reported, the memory given back.
    fn close(&mut self, number: u32, out: &mut dyn Sink) {
        self.end_streams(number, out);
        self.share_or_end(number, true, out);
        if let Some(flow) = self.table.remove(number) {
            for half in &flow.halves {
                let mut held = half.held;
                self.core.release(&mut held);
            }
            self.core.free_layers(flow.layer);
        }
    }

    fn end_streams(&mut self, number: u32, out: &mut dyn Sink) {
        let Some(flow) = self.table.get_mut(number) else { return };
        if flow.key.transport != Carrier::Tcp {
            return;
        }
        let waits = |half: &crate::flow::Half| half.waiting != NONE || half.held != NONE;
        if !flow.halves.iter().any(waits) {
            return;
        }
        self.mark_dirty(number);
        let Some(flow) = self.table.get_mut(number) else { return };
        let headers = Headers::default();
        for dir in [Dir::Up, Dir::Down] {
            let half = flow.half(dir);
            if half.finished || (half.waiting == NONE && half.held == NONE) {
                continue;
            }
            let fact = FactCx {
                flow: number,
                proto: ProtoId(0),
                depth: 0,
                dir,
                at: flow.last,
                frame: flow.latest,
                headers: &headers,
                wire: &[],
                cut: false,
                from_client: None,
                values: out.wants_values(),
                pair: None,
            };
            let core = &mut self.core;
            let mut session =
                Session::<R> { core, flow: &mut *flow, bindings: &self.bindings, sink: &mut *out };
            session.end(&fact);
        }
    }

    fn sweep(&mut self, count: u32, out: &mut dyn Sink) {
        let mut left = count;
        // A frame of another flow that comes later than this one may be older.
        let now = Ts(self.now.0.saturating_sub(decode::LATE_NS_MAX));
        while out.has_room()
            && let Some(number) = self.table.next_idle(now, &mut left)
        {
            self.close(number, out);
        }
    }

    /// Reports the shares of all flows that carried something since the last report. Flows whose
    /// protocol is still being found out wait for the next one. False when the sink has no more
    /// room: empty it and call again.
    pub fn report(&mut self, out: &mut dyn Sink) -> bool {
        self.report_flows(false, out)
    }

    /// The input ends: reads what waits and reports everything. False when the sink has no more
    /// room: empty it and call again.
    pub fn finish(&mut self, out: &mut dyn Sink) -> bool {
        while self.finished < self.table.numbers() {
            if !out.has_room() {
                return false;
            }
            self.end_streams(self.finished, out);
            self.finished = self.finished.wrapping_add(1);
        }
        self.report_flows(true, out)
    }

    fn report_flows(&mut self, all: bool, out: &mut dyn Sink) -> bool {
        let mut kept = 0usize;
        let mut done = 0usize;
        while let Some(number) = self.dirty.get(done).copied() {
            if !out.has_room() {
                break;
            }
            done = done.wrapping_add(1);
            let Some(flow) = self.table.get(number).filter(|flow| flow.dirty) else { continue };
            let open = flow.key.transport == Carrier::Tcp && !flow.closed;
            let undecided = open && matches!(flow.phase, Phase::Silent | Phase::Probing);
            if undecided && !all {
                if let Some(place) = self.dirty.get_mut(kept) {
                    *place = number;
                    kept = kept.wrapping_add(1);
                }
            } else {
                self.share(number, out);
            }
        }
        let left = self.dirty.len().saturating_sub(done);
        self.dirty.copy_within(done.., kept);
        self.dirty.truncate(kept.wrapping_add(left));
        left == 0
    }

    /// What full tables lost since the last call.
    pub fn take_losses(&mut self) -> impl Iterator<Item = Loss> + use<R> {
        let losses = core::mem::take(&mut self.core.losses);
        LossKind::ALL
            .into_iter()
            .zip(losses)
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| Loss { kind, count })
    }
}

/// Who put a packet on the segment.
#[derive(Clone, Copy)]
struct Source {
    mac: Mac,
    vlan: u16,
    ttl: u8,
}

impl Source {
    fn of(h: &Headers) -> Self {
        Self { mac: h.src_mac, vlan: h.vlan.min(VLAN_UNSEEN.wrapping_sub(1)), ttl: h.ttl }
    }
}

impl<R: Registry> Session<'_, R> {
    /// Takes a datagram, a frame without IP, or an IP payload without ports.
    fn datagram(&mut self, fact: &FactCx<'_>, payload: &[u8], place: Option<Spot>) {
        if payload.is_empty() || self.flow.phase == Phase::Ignored {
            return;
        }
        if self.flow.phase != Phase::Bound {
            self.flow.phase = Phase::Probing;
            let verdict = match (place, &fact.headers.transport) {
                (Some(place), _) => self.identify_at(place, fact, payload),
                (None, Transport::Udp { .. }) => self.identify_udp(fact, payload),
                (None, _) => Verdict::No,
            };
            let Verdict::Is(proto) = verdict else {
                let half = self.flow.half(fact.dir);
                half.tries = half.tries.saturating_add(1);
                if half.tries >= DATAGRAM_TRIES_MAX {
                    self.flow.phase = Phase::Ignored;
                }
                return;
            };
            if self.bind(proto).is_none() {
                return;
            }
        }
        let layer = self.flow.layer;
        self.count_packet(layer, fact);
        match self.step(layer, fact, Input::Datagram(payload), 0) {
            Step::Took { .. } | Step::Need { .. } => self.flow.strikes = 0,
            Step::Resync { .. } | Step::NotMine => self.strike(),
        }
    }
}
