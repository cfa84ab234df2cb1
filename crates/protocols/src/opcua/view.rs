//! Browsing the address space and changing it. OPC 10000-4 §5.7, §5.8.

use super::access::Place;
use super::encoding::{
    Extension, boolean, count, localized_text, qualified_name, skip_array, string,
};
use super::node::NodeId;
use super::service::{Noted, Notes, node_with_bytes};
use super::status;
use decode::Cursor;
use dissect::Cx;
use vocab::Value;

/// Attribute of a target that is a node as a whole: none.
const NODE: u32 = 0;

/// Browse: the nodes to start from. §5.8.2.
pub(super) fn browse(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    // The view with its time and version, how many references at most.
    NodeId::read(at)?;
    at.skip(16)?;
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let (node, bytes) = node_with_bytes(at)?;
        notes.add(NODE, 0, bytes);
        cx.item(node.target(NODE, 0), Value::None);
        // Direction; type of reference; subtypes, classes, fields wanted.
        at.skip(4)?;
        NodeId::read(at)?;
        at.skip(9)?;
    }
    notes.keep(cx, key);
    Some(())
}

/// Answer to browse: the nodes found, with their names.
pub(super) fn references(cx: &mut Cx<'_>, mut note: Noted<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        cx.item_status(place.target(0), Value::None, status::of(at.le32()?));
        string(at)?;
        for _ in 0..count(at)? {
            NodeId::read(at)?;
            boolean(at)?;
            let node = NodeId::read_expanded(at)?;
            let name = qualified_name(at)?;
            localized_text(at)?;
            at.skip(4)?;
            NodeId::read_expanded(at)?;
            cx.item(node.target(NODE, 0), Value::Text(name));
        }
    }
    Some(())
}

/// Translate browse paths: a node to start from, names to follow; the last name is shown. §5.8.4.
pub(super) fn translate(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let (node, bytes) = node_with_bytes(at)?;
        notes.add(NODE, 0, bytes);
        let mut last: &[u8] = &[];
        for _ in 0..count(at)? {
            NodeId::read(at)?;
            at.skip(2)?;
            last = qualified_name(at)?;
        }
        cx.item(node.target(NODE, 0), Value::Text(last));
    }
    notes.keep(cx, key);
    Some(())
}

/// Answer to translate: the nodes that the paths lead to.
pub(super) fn targets(cx: &mut Cx<'_>, mut note: Noted<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        cx.item_status(place.target(0), Value::None, status::of(at.le32()?));
        for _ in 0..count(at)? {
            let node = NodeId::read_expanded(at)?;
            at.skip(4)?;
            cx.item(node.target(NODE, 0), Value::None);
        }
    }
    Some(())
}

/// Register nodes, unregister nodes. §5.8.5, §5.8.6.
pub(super) fn register_nodes(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| {
        let node = NodeId::read(at)?;
        cx.item(node.target(NODE, 0), Value::None);
        Some(())
    })
}

/// Add nodes: parent, reference, name wanted, browse name, class, attributes, type. §5.7.2.
pub(super) fn add_nodes(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| {
        let parent = NodeId::read_expanded(at)?;
        NodeId::read(at)?;
        let wanted = NodeId::read_expanded(at)?;
        let name = qualified_name(at)?;
        at.skip(4)?;
        Extension::read(at)?;
        NodeId::read_expanded(at)?;
        // Where the server is to choose the name, the parent tells where the node goes.
        let null = matches!(wanted, NodeId::Numeric(_, 0));
        cx.item(if null { parent } else { wanted }.target(NODE, 0), Value::Text(name));
        Some(())
    })
}

/// Answer to add nodes.
pub(super) fn nodes_added(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| {
        let result = status::of(at.le32()?);
        let node = NodeId::read(at)?;
        cx.item_status(node.target(NODE, 0), Value::None, result);
        Some(())
    })
}

/// Add references: source, type, direction, server, target, class. §5.7.3.
pub(super) fn add_references(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| {
        let source = NodeId::read(at)?;
        NodeId::read(at)?;
        boolean(at)?;
        string(at)?;
        let target = NodeId::read_expanded(at)?;
        at.skip(4)?;
        reference(cx, source, target);
        Some(())
    })
}

/// Delete references: source, type, direction, target, both ways. §5.7.5.
pub(super) fn delete_references(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| {
        let source = NodeId::read(at)?;
        NodeId::read(at)?;
        boolean(at)?;
        let target = NodeId::read_expanded(at)?;
        boolean(at)?;
        reference(cx, source, target);
        Some(())
    })
}

/// A reference: its source, with where it leads as the value.
fn reference(cx: &mut Cx<'_>, source: NodeId<'_>, target: NodeId<'_>) {
    let text = crate::common::text::Line::<128>::of(format_args!("{target}"));
    cx.item(source.target(NODE, 0), Value::Text(text.bytes()));
}

/// Delete nodes. §5.7.4.
pub(super) fn delete_nodes(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let (node, bytes) = node_with_bytes(at)?;
        boolean(at)?;
        notes.add(NODE, 0, bytes);
        cx.item(node.target(NODE, 0), Value::None);
    }
    notes.keep(cx, key);
    Some(())
}
