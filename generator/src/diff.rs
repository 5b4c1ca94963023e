//! Compares two models and lists the changes for users of the crate.
//!
//! The severity of a change follows Cargo's semver rules. All structs and enums are
//! `#[non_exhaustive]`, so an added field or enum value is a compatible change. Changes that affect
//! only the wire format are listed too, because the compiler cannot detect them.

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
mod webhooks;

pub use change::{Change, ItemKind, Kind, Severity, SourceLocation};
pub use changelog::{Section, changelog};
pub use locate::locate;
pub use render::{Names, json, line, markdown, text};
pub use version::{max_severity, next};

use crate::model::Api;
use change::Changes;

/// Returns the changes between two models, breaking changes first.
pub fn diff(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = Changes::default();
    let renamed = rename::types(old, new);
    // Use the new name of each renamed type, so that the items that use the type do not count as
    // changed.
    let old = &rename::apply(old, &renamed);
    // Replace aliases in the new crate by their targets: both names are the same type to the
    // compiler.
    let aliases = rename::aliases(&new.types);
    let (old, new) = (
        &rename::rename_uses(old, &aliases),
        &rename::rename_uses(new, &aliases),
    );
    client::compare(&mut changes, old, new);
    operations::compare(&mut changes, old, new);
    types::compare(&mut changes, old, new, &renamed);
    errors::compare(&mut changes, old, new);
    webhooks::compare(&mut changes, old, new);
    changes.sorted()
}
