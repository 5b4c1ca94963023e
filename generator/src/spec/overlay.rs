//! Overlays (OpenAPI Overlay 1.0): corrections that are applied to the tree before it is validated.
//!
//! Nodes that an overlay adds keep their location in the overlay.

pub(super) mod merge;
mod read;

use super::tree::Node;
use super::typed;
use crate::diagnostic::{Code, Diagnostic};
use read::{Action, Effect};
use serde_json::Value as Json;

/// The maximum number of nodes that an overlay may add. An update of several targets counts once
/// per target.
const MAX_ADDED: usize = 1_000_000;
/// The maximum nesting depth, as for a document.
const MAX_DEPTH: usize = 256;

/// Applies the actions of an overlay in order.
///
/// # Errors
///
/// Returns all problems of the overlay. An action whose target matches nothing is one of them: the
/// document has changed, and the correction no longer applies.
pub(super) fn apply(root: &mut Node, overlay: &[u8]) -> Result<(), Vec<Diagnostic>> {
    let actions = read::actions(overlay)?;
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
        Err(problems)
    }
}

/// The tree, and the same data as JSON, on which the JSONPaths are evaluated.
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
                .help("the document has changed: correct the path, or remove the action if it is no longer needed"));
        }
        match &action.effect {
            Effect::Remove => {
                // In reverse order, so that the pointers of the remaining targets stay valid.
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
            return Err(problem(action, "cannot remove the whole document"));
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
            let message = "the overlay makes the document too large or too deeply nested";
            return Err(Diagnostic::new(Code::Bound, &action.pointer, message).at(action.span));
        }
        let Some(target) = merge::node_mut(self.root, pointer) else {
            return Ok(());
        };
        merge::update(target, update).map_err(|kind| {
            problem(action, &format!("cannot merge `update` into {kind}"))
                .help("select an array, or an object if `update` is an object")
        })?;
        self.refresh(pointer);
        Ok(())
    }

    /// Updates the JSON data at a pointer after the tree has changed there.
    fn refresh(&mut self, pointer: &str) {
        if let (Some(json), Some(node)) = (self.json.pointer_mut(pointer), self.root.at(pointer)) {
            *json = typed::json(node);
        }
    }
}

/// Creates a diagnostic for an action, at its target.
fn problem(action: &Action, message: &str) -> Diagnostic {
    let message = match &action.description {
        Some(description) => format!("{message} (action: {description})"),
        None => message.to_owned(),
    };
    Diagnostic::new(Code::Overlay, &action.pointer, message).at(action.span)
}

#[cfg(test)]
mod tests;
