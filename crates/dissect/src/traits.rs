//! What a protocol implements and what a consumer implements.

use crate::context::{Cx, FactCx};
use crate::share::FlowShare;
use decode::Headers;
use vocab::{Dir, Fact, FrameId, ProtoId, Spec};

/// A protocol's reader. It sees whole messages in order, keeps a small state per flow and says
/// facts through the context. It never allocates, never panics, never blocks.
pub trait Dissector: Sized + 'static {
    /// What the protocol is.
    const SPEC: &'static Spec;
    /// What it remembers of a flow. At most 128 bytes; longer things go to the context's stash.
    type Flow: Default + Send;

    /// Is this the protocol? `head` is the beginning of one direction of a stream, or a datagram.
    /// The answer must be stable: what is `Sure` or `No` for some bytes stays so when more bytes
    /// follow them.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe;

    /// Reads the next message.
    fn step(flow: &mut Self::Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step;
}

/// What is known of a flow before its protocol is.
#[derive(Clone, Copy, Debug)]
pub struct Hint<'p> {
    /// The headers of the frame at hand.
    pub headers: &'p Headers,
    /// One of the ports, the EtherType, … is the protocol's own: less proof is needed.
    pub bound: bool,
    /// `bound`, and it is the sender's port: the bytes come from the server.
    pub from_server: bool,
    /// The bytes are a whole datagram, not a piece of a stream.
    pub datagram: bool,
    /// What the carrying protocol says of this payload; 0 outside one.
    pub tag: u64,
}

/// Is this the protocol?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Yes.
    Sure,
    /// Cannot be said before there are `need` bytes in all.
    Maybe {
        /// Bytes from the start of the head, more than there are now.
        need: usize,
    },
    /// No.
    No,
}

/// What a dissector is given.
#[derive(Clone, Copy, Debug)]
pub enum Input<'p> {
    /// The unread bytes of one direction of a stream; starts at a message.
    Stream(&'p [u8]),
    /// One datagram, frame or payload of a carrier, whole.
    Datagram(&'p [u8]),
    /// The capture missed `len` bytes here; the next bytes start at a message as far as known.
    Gap {
        /// How many bytes are missing.
        len: u32,
    },
    /// The direction ends.
    End,
}

impl<'p> Input<'p> {
    /// The bytes, none for gaps and ends.
    pub fn bytes(self) -> &'p [u8] {
        match self {
            Self::Stream(bytes) | Self::Datagram(bytes) => bytes,
            Self::Gap { .. } | Self::End => &[],
        }
    }
}

/// What a dissector made of its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Read a message of `bytes`. More than there are means that the rest, as it comes, is of no
    /// interest (a file's content, say) and is passed over. In a datagram the rest is ignored.
    Took {
        /// Bytes read from the start of the input, at least 1.
        bytes: usize,
    },
    /// Read `took` bytes and needs at least `more` than there are to go on.
    Need {
        /// Bytes read.
        took: usize,
        /// Bytes missing, at least 1.
        more: usize,
    },
    /// These bytes are no message: pass over `took` and look for the next message.
    Resync {
        /// Bytes to pass over, at least 1.
        took: usize,
    },
    /// This is not the protocol after all.
    NotMine,
}

/// A protocol's place in its registry.
pub type Place = u8;

/// [`Dissector::probe`] of some protocol.
pub type ProbeFn = fn(&Hint<'_>, &[u8]) -> Probe;

/// All protocols of a binary as one dissector: an enum of their states, dispatch by place.
/// [`registry!`](crate::registry) writes it.
pub trait Registry: 'static {
    /// State of a flow, whichever its protocol.
    type Flow: Default + Send;
    /// All specifications, by place.
    const SPECS: &'static [&'static Spec];
    /// All probes, by place.
    const PROBES: &'static [ProbeFn];

    /// A fresh state of the protocol at a place.
    fn begin(place: Place) -> Self::Flow;
    /// See [`Dissector::step`].
    fn step(flow: &mut Self::Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step;

    /// See [`Dissector::probe`].
    fn probe(place: Place, hint: &Hint<'_>, head: &[u8]) -> Probe {
        Self::PROBES.get(usize::from(place)).map_or(Probe::No, |probe| probe(hint, head))
    }

    /// The specification with this number.
    fn spec(proto: ProtoId) -> Option<&'static Spec> {
        Self::SPECS.iter().find(|spec| spec.id == proto).copied()
    }
}

/// Takes what the engine sees.
pub trait Sink {
    /// A fact, with where it was seen.
    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>);

    /// It wants every value. Else dissectors may say a range of targets as one item and leave
    /// values out: who only counts need not wait for what nobody reads.
    fn wants_values(&self) -> bool {
        true
    }

    /// What a flow carried since it was last reported. `share.ended` says that it will not be
    /// heard of again under this number.
    fn share(&mut self, share: &FlowShare<'_>) {
        let _ = share;
    }

    /// There is room for more shares. The engine asks between flows when it reports many.
    fn has_room(&self) -> bool {
        true
    }

    /// A header breaks its standard.
    fn header_fault(&mut self, layer: &'static str, fault: &'static str, frame: FrameId) {
        let _ = (layer, fault, frame);
    }
}

/// The direction that requests come from, when `dir` sends with role `role`.
pub(crate) fn client_of(dir: Dir, asks: bool) -> Dir {
    if asks { dir } else { dir.flip() }
}

/// Writes a [`Registry`](crate::Registry) from a list of dissectors.
///
/// ```ignore
/// dissect::registry! { pub Protocols, ProtocolFlow { Modbus(modbus::Modbus), Goose(goose::Goose) } }
/// ```
#[macro_export]
macro_rules! registry {
    ($vis:vis $name:ident, $flow:ident { $($variant:ident($dissector:ty)),* $(,)? }) => {
        /// All protocols.
        #[derive(Debug)]
        $vis struct $name;

        /// State of a flow, whichever its protocol.
        #[derive(Default)]
        $vis enum $flow {
            /// No protocol.
            #[default]
            None,
            $(
                #[doc = concat!("State of `", stringify!($variant), "`.")]
                $variant(<$dissector as $crate::Dissector>::Flow),
            )*
        }

        impl ::core::fmt::Debug for $flow {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    Self::None => "None",
                    $(Self::$variant(_) => stringify!($variant),)*
                })
            }
        }

        const _: () = assert!(
            ::core::mem::size_of::<$flow>() <= 136,
            "a flow state is larger than 128 bytes"
        );

        impl $crate::Registry for $name {
            type Flow = $flow;
            const SPECS: &'static [&'static ::vocab::Spec] =
                &[$(<$dissector as $crate::Dissector>::SPEC),*];
            const PROBES: &'static [$crate::ProbeFn] =
                &[$(<$dissector as $crate::Dissector>::probe),*];

            fn begin(place: $crate::Place) -> $flow {
                const BEGIN: &[fn() -> $flow] =
                    &[$(|| $flow::$variant(::core::default::Default::default())),*];
                BEGIN.get(usize::from(place)).map_or($flow::None, |begin| begin())
            }

            fn step(
                flow: &mut $flow,
                cx: &mut $crate::Cx<'_>,
                input: $crate::Input<'_>,
            ) -> $crate::Step {
                match flow {
                    $flow::None => $crate::Step::NotMine,
                    $($flow::$variant(state) =>
                        <$dissector as $crate::Dissector>::step(state, cx, input),)*
                }
            }
        }
    };
}
