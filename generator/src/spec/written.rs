//! The locations of a document's tree in the document as written.

use super::bundle::Moves;
use super::convert;
use super::tree::Node;
use crate::diagnostic::Diagnostic;
use crate::span::SourceId;

/// The origin of the tree of a document.
pub(super) struct Origin {
    /// The tree as written, if the document has a later version.
    pub(super) written: Option<Node>,
    /// The parts that come from other files.
    pub(super) moves: Moves,
}

impl Origin {
    /// Returns the JSON pointer in the source for one in the tree.
    pub(super) fn pointer(&self, root: &Node, pointer: &str) -> String {
        match &self.written {
            Some(written) => {
                let pointer = convert::origin::pointer(written, root, pointer);
                self.moves.written(&pointer)
            }
            None => self.moves.written(pointer),
        }
    }

    /// Gives a diagnostic the JSON pointer in the source. Those of an overlay have it already.
    pub(super) fn restore(&self, root: &Node, problem: &mut Diagnostic) {
        if problem.source != SourceId::OVERLAY {
            problem.pointer = self.pointer(root, &problem.pointer);
        }
    }
}
