//! What a change of the document means for those who use the crate: two models, compared.
//!
//! Severity follows Cargo's rules for semver. All structs and enums are `#[non_exhaustive]`, so that a field or
//! a value more breaks nobody. What changes on the wire alone is named too: no compiler can see it.

mod change;
mod changelog;
mod client;
mod constructors;
mod display;
mod errors;
mod fields;
mod inputs;
mod locate;
mod matching;
mod operations;
mod rename;
mod render;
mod types;
mod version;

pub use change::{Change, ItemKind, Kind, Severity, SourceLocation};
pub use changelog::{Section, changelog};
pub use locate::locate;
pub use render::{Names, json, line, markdown, text};
pub use version::{max_severity, next};

use crate::model::Api;
use change::Changes;

/// Every difference between two models, what breaks first.
pub fn diff(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = Changes::default();
    let renamed = rename::types(&old.types, &new.types);
    // What a renamed type is part of has not changed otherwise, so the comparison goes on with its new name.
    let old = &rename::promote_aliases(&rename::apply(old, &renamed), new);
    // Names that stand for the same type in the new crate are one to whoever compiles.
    let aliases = rename::aliases(&new.types);
    let (old, new) = (
        &rename::rename_uses(old, &aliases),
        &rename::rename_uses(new, &aliases),
    );
    client::compare(&mut changes, old, new);
    operations::compare(&mut changes, old, new);
    types::compare(&mut changes, old, new, &renamed);
    errors::compare(&mut changes, old, new);
    changes.sorted()
}
