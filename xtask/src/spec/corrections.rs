//! The corrections to Dub's document that apply to a revision of it.

use super::tags;
use crate::diff::Side;
use dub_generator::diagnostic::{Code, Diagnostic};
use dub_generator::span::SourceId;
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The path of the overlay with corrections to Dub's document, relative to the repository root.
const OVERLAY: &str = "spec/overlay.yaml";

/// The overlay with corrections, without the actions that do not apply to a document.
pub struct Corrections {
    overlay: Option<Vec<u8>>,
    warning: String,
}

impl Corrections {
    /// Reads the corrections and skips those that do not apply to the document, for example because
    /// their target matches nothing. They cause only a warning, because the overlay can be fixed
    /// after the import.
    pub fn read(root: &Path, document: &[u8]) -> Result<Self, String> {
        let Ok(overlay) = std::fs::read(root.join(OVERLAY)) else {
            return Ok(Self {
                overlay: None,
                warning: String::new(),
            });
        };
        let overlay = remove_other_tags(overlay, &tags::of(document));
        // An overlay without actions is invalid.
        if is_without_actions(&overlay) {
            return Ok(Self {
                overlay: None,
                warning: String::new(),
            });
        }
        let side = |overlay| Side {
            name: "the import",
            text: document,
            files: None,
            overlay: Some((OVERLAY, overlay)),
            names: None,
            tags: &[],
        };
        let all = side(overlay.as_slice());
        let Err(problems) = dub_generator::inspect(&all.config()) else {
            return Ok(Self {
                overlay: Some(overlay),
                warning: String::new(),
            });
        };
        let rendered = all.render_diagnostics(&problems);
        let Some(applicable) = remove_actions(&overlay, &problems) else {
            return Err(rendered);
        };
        let applicable = Some(applicable).filter(|overlay| !is_without_actions(overlay));
        if let Some(overlay) = &applicable {
            let rest = side(overlay.as_slice());
            dub_generator::inspect(&rest.config())
                .map_err(|problems| rest.render_diagnostics(&problems))?;
        }
        Ok(Self {
            overlay: applicable,
            warning: format!("{rendered}\nskipped these corrections: update {OVERLAY}\n\n"),
        })
    }

    /// Combines a document with the corrections.
    pub fn apply_to<'a>(&'a self, name: &'a str, text: &'a [u8]) -> Side<'a> {
        let overlay = self.overlay.as_deref();
        Side {
            name,
            text,
            files: None,
            overlay: overlay.map(|overlay| (OVERLAY, overlay)),
            names: None,
            tags: &[],
        }
    }

    /// Returns a warning about skipped corrections, or an empty string.
    pub fn warning(&self) -> &str {
        &self.warning
    }
}

/// Returns true if the list of actions is empty. An overlay that is malformed has other errors.
fn is_without_actions(overlay: &[u8]) -> bool {
    let overlay: Value = serde_yaml::from_slice(overlay).unwrap_or_default();
    let actions = overlay.get("actions").and_then(Value::as_sequence);
    actions.is_some_and(Vec::is_empty)
}

/// Removes the actions for tags (`x-tag`) of which the document has no operation. Returns the same
/// bytes if there are none, so that diagnostics show the overlay as it is.
fn remove_other_tags(overlay: Vec<u8>, tags: &[String]) -> Vec<u8> {
    let is_other = |action: &Value| {
        let tag = action.get("x-tag").and_then(Value::as_str);
        tag.is_some_and(|tag| !tags.iter().any(|known| known == tag))
    };
    let without_others = || {
        let mut overlay: Value = serde_yaml::from_slice(&overlay).ok()?;
        let actions = overlay.get_mut("actions")?.as_sequence_mut()?;
        let count = actions.len();
        actions.retain(|action| !is_other(action));
        let is_changed = actions.len() < count;
        let text = serde_yaml::to_string(&overlay).ok();
        text.filter(|_| is_changed).map(String::into_bytes)
    };
    without_others().unwrap_or(overlay)
}

/// Removes the actions that have errors from the overlay. Returns `None` if any of the errors is
/// not about an action.
fn remove_actions(overlay: &[u8], problems: &[Diagnostic]) -> Option<Vec<u8>> {
    let errors = problems.iter().filter(|problem| !problem.is_warning());
    let indices: Option<BTreeSet<usize>> = errors.map(action).collect();
    let indices = indices?;
    let mut overlay: Value = serde_yaml::from_slice(overlay).ok()?;
    let actions = overlay.get_mut("actions")?.as_sequence_mut()?;
    let mut index = 0..;
    actions.retain(|_| index.next().is_none_or(|index| !indices.contains(&index)));
    serde_yaml::to_string(&overlay).ok().map(String::into_bytes)
}

/// Returns the index of the overlay action that an error is about.
fn action(problem: &Diagnostic) -> Option<usize> {
    let is_overlay_error = problem.source == SourceId::OVERLAY && problem.code == Code::Overlay;
    let rest = problem
        .pointer
        .strip_prefix("/actions/")
        .filter(|_| is_overlay_error)?;
    rest.split('/').next()?.parse().ok()
}
