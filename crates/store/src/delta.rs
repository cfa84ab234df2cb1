//! What changed in a model, apart from it: taking it is quick, writing it is not.

use model::{
    Attested, AttributeKey, AttributeSeen, BindKey, Changes, Conversation, ConversationKey, Model,
    Names, OperationKey, OperationSeen, PathKey, PathSeen, ProtocolSeen,
};
use std::collections::BTreeMap;
use vocab::{LossKind, ProtoId};

/// A row with its position.
type Row<K, V> = (usize, K, V);

/// Copies of the rows that changed, and of the small tables.
#[derive(Debug)]
pub struct Delta {
    changes: Changes,
    pub(crate) names: Names,
    pub(crate) paths: Vec<Row<PathKey, PathSeen>>,
    pub(crate) binds: Vec<Row<BindKey, Attested>>,
    pub(crate) attributes: Vec<Row<AttributeKey, AttributeSeen>>,
    pub(crate) conversations: Vec<Row<ConversationKey, Conversation>>,
    pub(crate) operations: BTreeMap<OperationKey, OperationSeen>,
    pub(crate) protocols: BTreeMap<ProtoId, ProtocolSeen>,
    pub(crate) faults: BTreeMap<(Box<str>, Box<str>), Attested>,
    pub(crate) losses: BTreeMap<LossKind, u64>,
}

impl Delta {
    /// What changed in a model since this was last asked. The model must keep note of changes, as
    /// a loaded one does.
    pub fn take(model: &mut Model) -> Self {
        let changes = model.take_changes();
        macro_rules! rows {
            ($table:ident) => {
                changes
                    .$table
                    .iter()
                    .filter_map(|at| {
                        let (key, seen) = model.$table.get_index(*at)?;
                        Some((*at, key.clone(), seen.clone()))
                    })
                    .collect()
            };
        }
        Self {
            names: model.names.clone(),
            paths: rows!(paths),
            binds: rows!(binds),
            attributes: rows!(attributes),
            conversations: rows!(conversations),
            operations: model.operations.clone(),
            protocols: model.protocols.clone(),
            faults: model.faults.clone(),
            losses: model.losses.clone(),
            changes,
        }
    }

    /// It could not be written: the rows count as changed again.
    pub fn put_back(self, model: &mut Model) {
        model.put_back(&self.changes);
    }
}
