//! Tests of the committed crate.

use crate::support::{customers, generate, inspect, root};

/// Snapshots the model. The generated files need no snapshots: they are committed, so a review
/// shows every change to them.
#[test]
fn model() {
    insta::assert_json_snapshot!(inspect(&customers(), &[]));
}

/// The committed files match the generator's output, so they have no manual edits and `regen` has
/// run. Their first line names that command.
#[test]
fn committed_files_are_up_to_date() {
    for file in generate(&customers()) {
        let header = file.text.lines().next().unwrap_or_default();
        assert!(
            header.contains("@generated for `dub-sdk` by `cargo xtask regen`"),
            "{}: {header}",
            file.path
        );
        let committed =
            std::fs::read_to_string(root().join("dub-sdk").join(&file.path)).unwrap_or_default();
        assert!(
            committed == file.text,
            "{} is out of date: run `cargo xtask regen`",
            file.path
        );
    }
}

/// Two runs on the same document produce the same bytes.
#[test]
fn generation_is_deterministic() {
    assert_eq!(generate(&customers()), generate(&customers()));
}

/// A file that is no longer generated must be deleted.
#[test]
fn generated_directories_have_no_stale_files() {
    let generated: Vec<String> = generate(&customers())
        .into_iter()
        .map(|file| file.path)
        .collect();
    for directory in ["src/generated", "docs"] {
        for entry in std::fs::read_dir(root().join("dub-sdk").join(directory)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(
                generated.contains(&format!("{directory}/{name}")),
                "stale file `dub-sdk/{directory}/{name}`: run `cargo xtask regen`, or delete it"
            );
        }
    }
}
