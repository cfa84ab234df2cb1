//! What was lost, and how much of it: never silently.

/// What a full table lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossKind {
    /// A flow was forgotten to make room.
    FlowTableFull,
    /// No room for a flow's protocol state: its content was not looked at.
    LayerTableFull,
    /// No buffer for a message in pieces.
    StreamBuffersFull,
    /// A segment out of order found no room.
    ReorderBuffersFull,
    /// A fragment found no room.
    FragmentBuffersFull,
    /// A waiting request was forgotten to make room.
    OpenRequestsFull,
    /// Bytes of a stream that the capture missed.
    StreamGapBytes,
    /// Stream bytes skipped while looking for a message boundary.
    StreamSkippedBytes,
    /// A message larger than the protocol allows, or than there is room for.
    OversizedMessages,
    /// One frame said more than a batch holds.
    ObservationsDropped,
    /// The kernel dropped frames before they were seen.
    KernelDrops,
    /// The model's table of hosts is full.
    HostsFull,
    /// The model's table of conversations is full.
    ConversationsFull,
    /// A conversation's list of targets is full.
    TargetsFull,
    /// A list of operations is full.
    OperationsFull,
    /// The model's table of evidence is full.
    EvidenceFull,
}

impl LossKind {
    /// Lower-case name as files write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FlowTableFull => "flow_table_full",
            Self::LayerTableFull => "layer_table_full",
            Self::StreamBuffersFull => "stream_buffers_full",
            Self::ReorderBuffersFull => "reorder_buffers_full",
            Self::FragmentBuffersFull => "fragment_buffers_full",
            Self::OpenRequestsFull => "open_requests_full",
            Self::StreamGapBytes => "stream_gap_bytes",
            Self::StreamSkippedBytes => "stream_skipped_bytes",
            Self::OversizedMessages => "oversized_messages",
            Self::ObservationsDropped => "observations_dropped",
            Self::KernelDrops => "kernel_drops",
            Self::HostsFull => "hosts_full",
            Self::ConversationsFull => "conversations_full",
            Self::TargetsFull => "targets_full",
            Self::OperationsFull => "operations_full",
            Self::EvidenceFull => "evidence_full",
        }
    }

    /// All kinds.
    pub const ALL: [Self; 16] = [
        Self::FlowTableFull,
        Self::LayerTableFull,
        Self::StreamBuffersFull,
        Self::ReorderBuffersFull,
        Self::FragmentBuffersFull,
        Self::OpenRequestsFull,
        Self::StreamGapBytes,
        Self::StreamSkippedBytes,
        Self::OversizedMessages,
        Self::ObservationsDropped,
        Self::KernelDrops,
        Self::HostsFull,
        Self::ConversationsFull,
        Self::TargetsFull,
        Self::OperationsFull,
        Self::EvidenceFull,
    ];
}

/// Something was lost, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub kind: LossKind,
    /// How many.
    pub count: u64,
}
