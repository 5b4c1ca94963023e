//! The corrections of Dub's document, as far as they fit a revision of it.

use super::OVERLAY;
use crate::diff::Side;
use dub_generator::diagnostic::{Code, Diagnostic};
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// An overlay without the actions that match nothing in a document.
pub struct Corrections {
    overlay: Option<Vec<u8>>,
    warning: String,
}

impl Corrections {
    /// Reads the corrections and leaves out those that have nothing to correct in this document. They are mended once
    /// the document is there, so they do not stop anything.
    pub fn read(root: &Path, document: &[u8]) -> Result<Self, String> {
        let Ok(overlay) = std::fs::read(root.join(OVERLAY)) else {
            return Ok(Self {
                overlay: None,
                warning: String::new(),
            });
        };
        let side = |overlay| Side {
            name: "the import",
            text: document,
            overlay: Some((OVERLAY, overlay)),
        };
        let all = side(overlay.as_slice());
        let Err(problems) = dub_generator::inspect(&all.config()) else {
            return Ok(Self {
                overlay: Some(overlay),
                warning: String::new(),
            });
        };
        let said = all.render_diagnostics(&problems);
        let Some(applicable) = remove_actions(&overlay, &problems) else {
            return Err(said);
        };
        let rest = side(applicable.as_slice());
        dub_generator::inspect(&rest.config())
            .map_err(|problems| rest.render_diagnostics(&problems))?;
        Ok(Self {
            overlay: Some(applicable),
            warning: format!("{said}\nthese corrections were left out: mend {OVERLAY}\n\n"),
        })
    }

    /// The document with the corrections that fit it.
    pub fn apply_to<'a>(&'a self, name: &'a str, text: &'a [u8]) -> Side<'a> {
        let overlay = self.overlay.as_deref();
        Side {
            name,
            text,
            overlay: overlay.map(|overlay| (OVERLAY, overlay)),
        }
    }

    /// What is to be said of the corrections that do not fit.
    pub fn warning(&self) -> &str {
        &self.warning
    }
}

/// The overlay without the actions that the problems are about; none when they are about anything else.
fn remove_actions(overlay: &[u8], problems: &[Diagnostic]) -> Option<Vec<u8>> {
    let indices: Option<BTreeSet<usize>> = problems.iter().map(action).collect();
    let indices = indices?;
    let mut overlay: Value = serde_yaml::from_slice(overlay).ok()?;
    let actions = overlay.get_mut("actions")?.as_sequence_mut()?;
    let mut number = 0..;
    actions.retain(|_| {
        number
            .next()
            .is_none_or(|number| !indices.contains(&number))
    });
    serde_yaml::to_string(&overlay).ok().map(String::into_bytes)
}

/// The action whose target matches nothing.
fn action(problem: &Diagnostic) -> Option<usize> {
    let is_overlay_error = problem.in_overlay && problem.code == Code::Overlay;
    let rest = problem
        .pointer
        .strip_prefix("/actions/")
        .filter(|_| is_overlay_error)?;
    rest.split('/').next()?.parse().ok()
}
