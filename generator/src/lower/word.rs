//! The words after which types are named. Two inline schemas with the same structure become one type
//! only if they also have the same word: `{ "id": string }` is equal to every other such schema.

use crate::model::TypeId;
use crate::model::unnamed::{OperationId, Origin};
use crate::words;
use std::collections::{HashMap, HashSet};

/// The words of the types found so far.
#[derive(Debug, Default)]
pub struct Words {
    /// The word of each resource: its tag, in the singular.
    resources: Vec<String>,
    /// The words of the types whose parts are being lowered.
    types: HashMap<TypeId, String>,
    /// The types that are a response body, or an envelope in one.
    responses: HashSet<TypeId>,
}

impl Words {
    /// Creates the words of a document whose resources have these tags.
    pub fn new<'t>(tags: impl Iterator<Item = &'t str>) -> Self {
        Self {
            resources: tags.map(words::joined_singular).collect(),
            ..Self::default()
        }
    }

    /// Returns the word of a type with this origin.
    pub fn of(&self, origin: &Origin) -> String {
        match origin {
            Origin::Component(name) => {
                words::singular(&words::without_tool_suffixes(name).join("_"))
            }
            Origin::Success { operation } => self.of_resource(*operation),
            Origin::Webhook(name) => format!("webhook {name}"),
            Origin::Error { .. } => "error".to_owned(),
            Origin::ErrorEnum(wire) => format!("error {}", words::joined_singular(wire)),
            Origin::Parameter { wire, .. } => words::split(wire).join("_"),
            Origin::Body { operation } => format!("body {operation:?}"),
            Origin::Property { parent, wire, .. } if self.is_envelope(*parent, wire) => {
                self.of_type(*parent).to_owned()
            }
            Origin::BodyField { wire, item, .. } | Origin::Property { wire, item, .. } => {
                let word = words::split(wire).join("_");
                if *item { words::singular(&word) } else { word }
            }
            Origin::Base { union } => format!("{} base", self.of_type(*union)),
            Origin::Input { of } => format!("{} input", self.of_type(*of)),
            Origin::Variant { union, hint } => format!("{} {hint}", self.of_type(*union)),
        }
    }

    /// Records the word of a type, before its parts are lowered.
    pub fn begin(&mut self, id: TypeId, origin: &Origin) {
        let word = self.of(origin);
        let is_response = match origin {
            Origin::Success { .. } => true,
            Origin::Property { parent, wire, .. } => self.is_envelope(*parent, wire),
            _ => false,
        };
        if is_response {
            self.responses.insert(id);
        }
        self.types.insert(id, word);
    }

    fn of_resource(&self, operation: OperationId) -> String {
        let word = self.resources.get(operation.resource());
        word.cloned().unwrap_or_default()
    }

    fn of_type(&self, id: TypeId) -> &str {
        self.types.get(&id).map_or("", String::as_str)
    }

    /// Returns true if a property of a type holds the items of a response: they are what the
    /// resource is about.
    fn is_envelope(&self, parent: TypeId, wire: &str) -> bool {
        self.responses.contains(&parent) && words::is_envelope(wire)
    }
}
