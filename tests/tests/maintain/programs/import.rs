//! Tests of `cargo xtask spec import` in a temporary repository.

use super::repository::{Repository, SPEC};
use super::{CommandResult, xtask};

const DOCUMENT: &str = "2026-12-01-dub.yaml";

/// An overlay with one correction that applies, and one whose target does not exist.
pub const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Corrections, version: '1'}
actions:
  - target: $.components.schemas.CustomerSchema.properties.sales
    description: The number of sales is an integer.
    update: {format: int64}
  - target: $.paths['/gone']
    description: Fixed in a later revision.
    remove: true
";

/// Creates a repository with a document to import. It is a copy of our own document, so that the
/// import has no changes.
fn repository(name: &str) -> Repository {
    let repository = Repository::new(name);
    repository.write("spec/overlay.yaml", OVERLAY);
    repository.write(DOCUMENT, &repository.read(SPEC));
    repository.commit("prepare");
    repository
}

fn import(repository: &Repository, extra_arguments: &[&str]) -> CommandResult {
    let document = repository.path().join(DOCUMENT);
    let document = document.display().to_string();
    let arguments = ["spec", "import", &document, "--tag", "Customers"];
    let mut result = xtask(repository.path(), &[&arguments, extra_arguments].concat());
    result.out = result.out.replace(&document, DOCUMENT);
    result
}

#[test]
fn import_reports_changes_and_missing_coverage() {
    let repository = repository("import");
    let first = import(&repository, &[]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    insta::assert_snapshot!("first_import", first.out);
    assert_eq!(repository.changed(), ["spec/SOURCE.toml", "spec/dub.yaml"]);
    let source = repository.read("spec/SOURCE.toml");
    assert!(source.contains("date = 2026-12-01\n"), "{source}");
    assert!(
        source.contains(&format!("origin = \"{DOCUMENT}\"")),
        "{source}"
    );
    let sum = source.split("sha256 = \"").nth(1).unwrap();
    assert_eq!(sum.find('"'), Some(64), "{source}");
    repository.commit("import");

    let phone = "\n        phone: {type: string, nullable: true}\n        country:\n";
    repository.edit(DOCUMENT, "\n        country:\n", phone);
    repository.commit("a new revision");
    let dry = import(&repository, &["--dry-run"]);
    assert_eq!(dry.code, 0);
    assert!(dry.out.ends_with("no files written (--dry-run)\n"));
    assert!(repository.changed().is_empty());

    let second = import(&repository, &[]);
    insta::assert_snapshot!("second_import", second.out);
    // The crate is generated from our own document, so `regen` does not change it, but reports that
    // the document does not match the import.
    let regen = xtask(repository.path(), &["regen"]);
    assert_eq!(regen.code, 0, "{}", regen.err);
    assert!(
        regen.out.contains("does not match spec/dub.yaml yet"),
        "{}",
        regen.out
    );
    assert_eq!(xtask(repository.path(), &["regen", "--check"]).code, 0);
    repository.edit(SPEC, "\n        country:\n", phone);
    let regen = xtask(repository.path(), &["regen"]);
    assert!(regen.out.contains("matches spec/dub.yaml"), "{}", regen.out);
}

#[test]
fn rejected_import_changes_no_files() {
    let repository = repository("import-rejected");
    let document = repository.path().join(DOCUMENT).display().to_string();
    // Without this record, the tags have no default.
    std::fs::remove_file(repository.path().join("spec/SOURCE.toml")).unwrap();
    repository.commit("remove the record");
    for (arguments, expected) in [
        (
            vec![document.as_str(), "--tag", "customers"],
            "no operation has the tag",
        ),
        (
            vec![&document, "--tag", "Customers", "--date", "June"],
            "invalid date",
        ),
        (vec!["nowhere.json", "--tag", "Customers"], "nowhere.json"),
        (vec![&document], "--tag"),
    ] {
        let arguments = [vec!["spec", "import"], arguments].concat();
        let rejected = xtask(repository.path(), &arguments);
        assert_eq!(
            (rejected.code, rejected.out.as_str()),
            (2, ""),
            "{arguments:?}"
        );
        assert!(rejected.err.contains(expected), "{}", rejected.err);
    }
    assert!(repository.changed().is_empty());
    assert_eq!(import(&repository, &["-q", "--dry-run"]).out, "");
}

/// Tags can be imported to which no correction applies.
#[test]
fn import_works_without_applicable_corrections() {
    let repository = repository("import-corrections");
    let import = |overlay: &str| {
        repository.write("spec/overlay.yaml", overlay);
        import(&repository, &["--dry-run"])
    };
    let correction = |extra: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n  \
             - {{target: \"$.paths['/gone']\", remove: true{extra}}}\n"
        )
    };
    let gone = import(&correction(""));
    assert_eq!((gone.code, gone.err.as_str()), (0, ""));
    assert!(
        gone.out.contains("skipped these corrections"),
        "{}",
        gone.out
    );
    let other = import(&correction(", x-tag: Links"));
    assert_eq!((other.code, other.err.as_str()), (0, ""));
    assert!(!other.out.contains("skipped"), "{}", other.out);
}
