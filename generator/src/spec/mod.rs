//! Reads an OpenAPI document: decodes the bytes, parses JSON or YAML into a tree, applies an
//! overlay, converts OpenAPI 3.1 and 3.2 to the form of 3.0, validates the tree and converts it to
//! openapiv3's types.

mod builder;
mod bundle;
mod component;
mod convert;
mod document;
mod external;
mod grammar;
mod identifiers;
mod input;
mod json;
mod number;
mod other_dialects;
mod overlay;
pub mod pointer;
mod ref_siblings;
mod references;
mod report;
mod rules;
mod scalar;
mod source;
mod subset;
mod suggest;
mod text;
pub mod tree;
mod typed;
mod validate;
mod version;
mod written;
mod yaml;
mod yaml_layout;
#[cfg(test)]
mod yaml_parity_tests;
mod yaml_writer;

pub use component::Component;
pub use document::Document;
pub use input::Input;
pub use number::parse as parse_number;
pub use report::in_source_order;
pub use subset::subset_by_tags;
pub use tree::Node;
pub use typed::json as to_json;

pub(crate) use bundle::bundle;

use crate::diagnostic::Diagnostic;

/// The detected syntax of a document or an overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Json,
    Yaml,
}

/// The treatment of keys that OpenAPI does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownKeys {
    /// They are errors, because they are usually typos.
    Reject,
    /// They are warnings, and ignored.
    Warn,
}

/// A parsed tree, and the problems after which the parser continued.
struct Parsed {
    root: Node,
    /// The number of nodes, with aliases expanded.
    nodes: usize,
    /// True if a reference may be to another file.
    refers_outside: bool,
    problems: Vec<Diagnostic>,
}
