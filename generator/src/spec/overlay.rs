//! Overlays (OpenAPI Overlay 1.0): corrections that are applied to the tree before anything else looks at it.
//!
//! What an overlay brings in keeps its place in the overlay's own text; [`Mark::in_overlay`] tells the two apart.

mod merge;
mod read;

use super::tree::{Mark, Node};
use super::typed;
use crate::diagnostic::{Code, Diagnostic};
use read::{Action, Effect};
use serde_json::Value as Json;

/// Nodes that an overlay may add, copies for several targets counted each.
const MAX_ADDED: usize = 1_000_000;
/// Levels of nesting, as in a document.
const MAX_DEPTH: usize = 256;

/// Applies an overlay's actions in their order.
///
/// # Errors
///
/// Everything that is wrong with the overlay, among it actions that match nothing: what they were to mend is no more.
pub(super) fn apply(root: &mut Node, overlay: &[u8]) -> Result<(), Vec<Diagnostic>> {
    let actions = read::actions(overlay).map_err(flag_as_overlay)?;
    let mut applier = Applier {
        json: typed::json(root),
        root,
        added: 0,
    };
    let problems: Vec<_> = actions
        .iter()
        .filter_map(|action| applier.apply_action(action).err())
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(flag_as_overlay(problems))
    }
}

/// Says of each problem that its place is in the overlay.
fn flag_as_overlay(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for problem in &mut problems {
        problem.in_overlay = true;
    }
    problems
}

/// The tree, and the same data in the form that paths are evaluated on.
struct Applier<'t> {
    root: &'t mut Node,
    json: Json,
    added: usize,
}

impl Applier<'_> {
    fn apply_action(&mut self, action: &Action) -> Result<(), Diagnostic> {
        let found = action.target.query_located(&self.json);
        let mut pointers: Vec<String> = Vec::new();
        for node in found.iter() {
            let pointer = node.location().to_json_pointer();
            if !pointers.contains(&pointer) {
                pointers.push(pointer);
            }
        }
        if pointers.is_empty() {
            return Err(problem(action, "the target matches nothing in the document")
                .help("the document has changed: correct the path, or drop the action if it is no longer needed"));
        }
        match &action.effect {
            Effect::Remove => {
                // From the end, so that the places of those still to be removed stay what they are.
                for pointer in pointers.iter().rev() {
                    self.remove(action, pointer)?;
                }
            }
            Effect::Update(update) => {
                for pointer in &pointers {
                    self.update(action, pointer, update)?;
                }
            }
        }
        Ok(())
    }

    fn remove(&mut self, action: &Action, pointer: &str) -> Result<(), Diagnostic> {
        let Some((parent, _)) = pointer.rsplit_once('/') else {
            return Err(problem(action, "the whole document cannot be removed"));
        };
        merge::remove(self.root, pointer);
        self.refresh(parent);
        Ok(())
    }

    fn update(&mut self, action: &Action, pointer: &str, update: &Node) -> Result<(), Diagnostic> {
        let (nodes, height) = merge::size(update);
        self.added = self.added.saturating_add(nodes);
        let depth = pointer.split('/').count().saturating_add(height);
        if self.added > MAX_ADDED || depth > MAX_DEPTH {
            let message = "the overlay makes the document larger or deeper than the generator is willing to read";
            return Err(
                Diagnostic::new(Code::Bound, &action.pointer, message).at(action.mark.position())
            );
        }
        let Some(target) = merge::node_mut(self.root, pointer) else {
            return Ok(());
        };
        merge::update(target, update).map_err(|kind| {
            problem(
                action,
                &format!("the target is {kind}, and only objects and lists can be updated"),
            )
            .help("select the object around it")
        })?;
        self.refresh(pointer);
        Ok(())
    }

    /// Brings the data up to date with the tree, where the tree has changed.
    fn refresh(&mut self, pointer: &str) {
        if let (Some(json), Some(node)) = (self.json.pointer_mut(pointer), self.root.at(pointer)) {
            *json = typed::json(node);
        }
    }
}

/// A problem with an action, at its target.
fn problem(action: &Action, message: &str) -> Diagnostic {
    let what = match &action.description {
        Some(description) => format!("{message} (the action's reason: {description})"),
        None => message.to_owned(),
    };
    Diagnostic::new(Code::Overlay, &action.pointer, what).at(action.mark.position())
}

/// What was brought in stands in the overlay's text.
fn mark_nodes_as_overlay(node: &mut Node) {
    merge::for_each_mark(node, &mut |mark: &mut Mark| *mark = mark.into_overlay());
}

#[cfg(test)]
mod tests;
