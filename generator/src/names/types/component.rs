//! Names of components: their own, without what a tool added to them.

use super::super::case::pascal;
use crate::model::unnamed::{Lowered, Origin};
use crate::words;
use std::collections::HashMap;

/// The name of each component in Rust.
pub struct ComponentNames {
    names: HashMap<String, String>,
}

impl ComponentNames {
    /// Decides the names of all components. A short name is used only if no component has it itself,
    /// and if only one component is shortened to it.
    pub fn of(lowered: &Lowered) -> Self {
        let origins = lowered.origins.values().flatten();
        let mut components: Vec<&str> = origins
            .filter_map(|origin| match origin {
                Origin::Component(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        components.sort_unstable();
        components.dedup();
        let full: HashMap<&str, String> = components
            .iter()
            .map(|name| (*name, pascal(name, "Type")))
            .collect();
        let mut names: HashMap<String, String> = HashMap::new();
        for shorten in [without_package, without_suffixes, with_suffix_of_requests] {
            let mut wanted: HashMap<String, Vec<&str>> = HashMap::new();
            for name in components.iter().filter(|name| !names.contains_key(**name)) {
                if let Some(short) = shorten(name) {
                    wanted.entry(short).or_default().push(name);
                }
            }
            for (short, wanting) in wanted {
                let is_free = full
                    .iter()
                    .all(|(name, full)| *full != short || wanting == [*name])
                    && names.values().all(|known| *known != short);
                if let ([only], true) = (wanting.as_slice(), is_free) {
                    names.insert((*only).to_owned(), short);
                }
            }
        }
        for name in components {
            let own = || full.get(name).cloned().unwrap_or_default();
            names.entry(name.to_owned()).or_insert_with(own);
        }
        Self { names }
    }

    /// Returns the name of a component.
    pub fn name(&self, component: &str) -> String {
        let known = self.names.get(component).cloned();
        known.unwrap_or_else(|| pascal(component, "Type"))
    }
}

/// A name in a package of at least two levels is told apart by its last word: `Pod` for
/// `io.k8s.api.core.v1.Pod`.
fn without_package(name: &str) -> Option<String> {
    let mut parts = name.rsplit('.');
    let last = parts.next()?;
    let is_package = parts.clone().count() >= 2 && parts.all(|part| !part.contains(' '));
    (is_package && !last.is_empty()).then(|| pascal(last, "Type"))
}

/// A suffix of the tool that wrote the document is removed: `LinkTag` for `LinkTagSchemaOutput`.
fn without_suffixes(name: &str) -> Option<String> {
    if name.ends_with("-Input") {
        return None;
    }
    short(name)
}

/// FastAPI writes two schemas for one model: `Item-Output` becomes `Item`, and `Item-Input` keeps its
/// suffix unless it is the only one.
fn with_suffix_of_requests(name: &str) -> Option<String> {
    short(name.strip_suffix("-Input")?)
}

fn short(name: &str) -> Option<String> {
    let words = words::without_tool_suffixes(name);
    let short = pascal(&words.join("_"), "Type");
    let full = pascal(name, "Type");
    // The name itself keeps the spelling of its words.
    let start = full.get(..short.len())?;
    (full.len() > short.len() && start.eq_ignore_ascii_case(&short)).then(|| start.to_owned())
}
