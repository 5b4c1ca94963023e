//! The tags of the operations of a document.

use serde_yaml::Value;
use std::collections::BTreeSet;

/// Returns the tags of all operations; none if the document is malformed.
pub fn of(document: &[u8]) -> Vec<String> {
    let document: Value = serde_yaml::from_slice(document).unwrap_or_default();
    let items = document.get("paths").and_then(Value::as_mapping);
    let operations = items
        .into_iter()
        .flat_map(|items| items.values())
        .filter_map(Value::as_mapping)
        .flat_map(|item| item.values());
    let tags = operations
        .filter_map(|operation| operation.get("tags")?.as_sequence())
        .flatten()
        .filter_map(Value::as_str);
    let tags: BTreeSet<&str> = tags.collect();
    tags.into_iter().map(str::to_owned).collect()
}

/// Returns the tags that both documents have.
pub fn common(one: &[u8], other: &[u8]) -> Vec<String> {
    let mut tags = of(one);
    let others = of(other);
    tags.retain(|tag| others.contains(tag));
    tags
}
