//! Tests of the overlay with corrections to Dub's document, and of the diagnostics for overlays
//! that do not apply.

use crate::support::{fixture, read, revisions, root};
use dub_generator::diagnostic::{self, Source};
use dub_generator::diff::{self, Names, Severity};
use dub_generator::{Config, Unsupported, terminal};

/// Dub's newest document with our corrections generates the same API as our own document, except
/// for the doc comments.
#[test]
fn upstream_document_with_overlay_matches_our_api() {
    let Some(newest) = revisions().pop() else {
        return;
    };
    let theirs = std::fs::read(newest).unwrap();
    let overlay = std::fs::read(root().join("spec/overlay.yaml")).unwrap();
    let ours = std::fs::read_to_string(root().join("spec/customers.yaml")).unwrap();
    let config = Config {
        document: &theirs,
        overlay: Some(&overlay),
        tags: &["Customers".to_owned()],
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
    };
    let theirs = dub_generator::inspect(&config).unwrap();
    let (ours, _) = read(&ours, &[]);
    let mut changes = diff::diff(&theirs, &ours);
    changes.retain(|change| change.severity != Severity::DocsOnly);
    let names = Names {
        old: "theirs",
        new: "ours",
        current: None,
    };
    assert!(
        changes.is_empty(),
        "{}",
        terminal::plain(&diff::text(&changes, names))
    );
}

/// Renders the diagnostics of overlays that do not apply.
#[test]
fn reports_overlays_that_do_not_apply() {
    let document = fixture("diff/shop.yaml");
    for name in [
        "target_matches_nothing",
        "target_is_not_a_json_path",
        "adds_unknown_key",
    ] {
        let overlay = fixture(&format!("overlay/{name}.yaml"));
        let config = Config {
            document: document.as_bytes(),
            overlay: Some(overlay.as_bytes()),
            tags: &[],
            crate_name: "dub-sdk",
            command: "cargo xtask regen",
            unsupported: Unsupported::Reject,
        };
        let problems = dub_generator::inspect(&config).unwrap_err();
        let sources = [
            Source {
                name: "shop.yaml",
                text: document.as_bytes(),
            },
            Source {
                name: "overlay.yaml",
                text: overlay.as_bytes(),
            },
        ];
        let shown = terminal::plain(&diagnostic::render(&problems, &sources));
        insta::assert_snapshot!(name, shown);
    }
}
