//! Tests of plans.

use super::{Action, Plan};
use crate::GeneratedFile;
use crate::header;
use std::fs;
use std::path::PathBuf;

const GENERATED: &str = "src/generated";

/// Creates an empty directory for a test.
fn directory(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dub-output-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(path.join(GENERATED)).unwrap();
    path
}

fn file(name: &str, text: &str) -> GeneratedFile {
    let file = GeneratedFile {
        path: format!("{GENERATED}/{name}"),
        text: text.to_owned(),
    };
    header::add(file, "links-sdk", "generate")
}

fn actions(plan: &Plan) -> Vec<Action> {
    plan.changes.iter().map(|change| change.action).collect()
}

/// A file that a newer runtime no longer has would be compiled in place of its successor.
#[test]
fn removes_stale_files_of_the_runtime_with_the_runtime_only() {
    let root = directory("runtime");
    fs::create_dir_all(root.join("src/runtime/pager")).unwrap();
    for path in ["pager.rs", "pager/old.rs", "mod.rs", "notes.txt"] {
        fs::write(root.join("src/runtime").join(path), "old").unwrap();
    }
    let only_generated = Plan::new(&root, &[file("mod.rs", "new")]).unwrap();
    assert_eq!(only_generated.changes.len(), 1);
    let runtime = GeneratedFile {
        path: "src/runtime/mod.rs".to_owned(),
        text: "new".to_owned(),
    };
    Plan::new(&root, &[runtime]).unwrap().apply().unwrap();
    let exists = |path: &str| root.join("src/runtime").join(path).exists();
    assert!(exists("mod.rs") && exists("notes.txt"));
    assert!(!exists("pager.rs") && !exists("pager/old.rs"));
    fs::remove_dir_all(root).unwrap();
}

/// The authors of a crate can replace its README, but not its code.
#[test]
fn keeps_handwritten_readme() {
    let root = directory("readme");
    let page = |path: &str| {
        let file = GeneratedFile {
            path: path.to_owned(),
            text: "new".to_owned(),
        };
        header::add(file, "links-sdk", "generate")
    };
    let kept = || {
        let mut files = vec![page("README.md"), page("src/lib.rs")];
        super::keep_handwritten_pages(&root, &mut files).unwrap();
        files.len()
    };
    assert_eq!(kept(), 2);
    fs::write(root.join("README.md"), page("README.md").text).unwrap();
    assert_eq!(kept(), 2);
    for path in ["README.md", "src/lib.rs"] {
        fs::write(root.join(path), "handwritten").unwrap();
    }
    assert_eq!(kept(), 1);
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn keeps_unchanged_files_and_removes_stale_ones() {
    let root = directory("same");
    let first = [file("a.rs", "a"), file("b.rs", "b")];
    Plan::new(&root, &first).unwrap().apply().unwrap();
    fs::write(root.join(GENERATED).join("hand.rs"), "handwritten").unwrap();
    let modified = || {
        fs::metadata(root.join(GENERATED).join("a.rs"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = modified();

    let plan = Plan::new(&root, &[file("a.rs", "a"), file("c.rs", "c")]).unwrap();
    assert_eq!(
        actions(&plan),
        [Action::Keep, Action::Remove, Action::Create]
    );
    plan.apply().unwrap();
    assert_eq!(modified(), before);
    let mut names: Vec<_> = fs::read_dir(root.join(GENERATED))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["a.rs", "c.rs", "hand.rs"]);
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn failed_apply_restores_every_file() {
    let root = directory("fails");
    Plan::new(&root, &[file("a.rs", "old")])
        .unwrap()
        .apply()
        .unwrap();
    let plan = Plan::new(&root, &[file("a.rs", "new"), file("b.rs", "new")]).unwrap();
    // Block a file that the plan creates with a directory of the same name.
    fs::create_dir_all(root.join(GENERATED).join("b.rs/full")).unwrap();
    let error = plan.apply().unwrap_err();
    assert!(error.to_string().contains("b.rs"), "{error}");
    let text = fs::read_to_string(root.join(GENERATED).join("a.rs")).unwrap();
    assert!(text.ends_with("old"));
    assert_eq!(fs::read_dir(root.join(GENERATED)).unwrap().count(), 2);
    fs::remove_dir_all(root).unwrap();
}

/// The name of a temporary file contains the extension of its target.
#[test]
fn files_that_differ_in_their_extension_are_written_together() {
    let root = directory("extensions");
    let of_file = |path, text: &str| Plan::of_file(&root, path, text.to_owned()).unwrap();
    let plan = of_file("SOURCE.toml", "a").merge(of_file("SOURCE.etag", "b"));
    plan.apply().unwrap();
    let read = |path| fs::read_to_string(root.join(path)).unwrap();
    assert_eq!(
        (read("SOURCE.toml"), read("SOURCE.etag")),
        ("a".into(), "b".into())
    );
    let plan = of_file("SOURCE.toml", "c").merge(Plan::without_file(&root, "SOURCE.etag").unwrap());
    plan.apply().unwrap();
    assert_eq!(read("SOURCE.toml"), "c");
    assert!(!root.join("SOURCE.etag").exists());
    assert!(Plan::without_file(&root, "SOURCE.etag").unwrap().is_clean());
    fs::remove_dir_all(root).unwrap();
}
