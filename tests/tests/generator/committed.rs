//! The crate as it is committed.

use crate::support::{customers, generate, inspect, root};

/// Every generated file, for review: a change of the document or of the generator shows here first.
#[test]
fn generated_files() {
    for file in generate(&customers()) {
        insta::assert_snapshot!(file.path.replace(['/', '.'], "_"), file.text);
    }
}

#[test]
fn model() {
    insta::assert_json_snapshot!(inspect(&customers(), &[]));
}

/// The committed files are what the generator makes now: nobody edited them, nobody forgot `regen`.
#[test]
fn committed_files_are_up_to_date() {
    for file in generate(&customers()) {
        let committed =
            std::fs::read_to_string(root().join("dub-sdk").join(&file.path)).unwrap_or_default();
        assert!(
            committed == file.text,
            "{} is out of date: run `cargo xtask regen`",
            file.path
        );
    }
}

/// The same text gives the same bytes, whatever the run.
#[test]
fn generation_is_deterministic() {
    assert_eq!(generate(&customers()), generate(&customers()));
}

/// A file that is no longer generated must not stay behind.
#[test]
fn generated_directories_have_no_stale_files() {
    let made: Vec<String> = generate(&customers())
        .into_iter()
        .map(|file| file.path)
        .collect();
    for directory in ["src/generated", "docs"] {
        for entry in std::fs::read_dir(root().join("dub-sdk").join(directory)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(
                made.contains(&format!("{directory}/{name}")),
                "{directory}/{name} is nobody's"
            );
        }
    }
}
