//! The modules of the runtime that only some crates need.

use super::{Api, Operation, Type};

/// A module of the runtime that a crate has only if its document needs it. `src/generated/mod.rs`
/// declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Strings of the format `byte`.
    Base64,
    /// Strings of the formats `date` and `time`.
    Date,
    /// Arguments of the formats `uuid` and `decimal`.
    IntoText,
    /// Responses in further media types.
    OtherFormat,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Base64, Self::Date, Self::IntoText, Self::OtherFormat];

    /// Returns the name of the module, which is also that of its file in the runtime.
    pub fn module(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Date => "date",
            Self::IntoText => "into_text",
            Self::OtherFormat => "other_format",
        }
    }

    /// Returns the names of its public items.
    pub fn items(self) -> &'static [&'static str] {
        match self {
            Self::Base64 => &["Base64", "InvalidBase64"],
            Self::Date => &["Date", "TimeOfDay"],
            Self::IntoText => &["IntoText"],
            Self::OtherFormat => &["AsBytes", "AsJson", "AsText"],
        }
    }

    /// Returns the part that defines an item of the runtime; `None` if every crate has the item.
    pub fn of_item(item: &str) -> Option<Self> {
        let mut parts = Self::ALL.into_iter();
        parts.find(|part| part.items().contains(&item))
    }
}

impl Api {
    /// Returns the parts of the runtime that the crate needs.
    pub fn runtime_parts(&self) -> Vec<Part> {
        let has = |test: fn(&Type) -> bool| self.all_types().any(|ty| ty.nested().any(test));
        let mut operations = self.resources.iter().flat_map(|one| &one.operations);
        [
            (has(|ty| *ty == Type::Base64), Part::Base64),
            (has(|ty| matches!(ty, Type::Date | Type::Time)), Part::Date),
            (has(|ty| matches!(ty, Type::Formatted(_))), Part::IntoText),
            (
                operations.any(|operation| !operation.other_formats.is_empty()),
                Part::OtherFormat,
            ),
        ]
        .into_iter()
        .filter_map(|(is_needed, part)| is_needed.then_some(part))
        .collect()
    }

    fn all_types(&self) -> impl Iterator<Item = &Type> {
        let operations = self.resources.iter().flat_map(|one| &one.operations);
        let types = self.types.iter().flat_map(|def| def.kind.types());
        types
            .chain(operations.flat_map(Operation::types))
            .chain(self.errors.types())
    }
}
