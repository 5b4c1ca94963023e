//! Tests of both programs with documents of several files.

use super::repository::{Repository, SPEC};
use super::{CommandResult, TempDir, generator, xtask};
use crate::support::root;
use serde_json::Value;
use std::fs;
use std::path::Path;

const ZOO: &str = "several_files/openapi.yaml";

/// Runs the generator, and removes the path of a temporary directory from its output.
fn run(folder: &TempDir, arguments: &[&str]) -> CommandResult {
    let mut result = generator(arguments);
    let directory = format!("{}/", folder.0.display());
    result.out = result.out.replace(&directory, "");
    result.err = result.err.replace(&directory, "");
    result
}

fn path(folder: &TempDir, path: &str) -> String {
    folder.join(path).display().to_string()
}

/// Copies a directory.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Creates a copy of the fixture.
fn zoo(name: &str) -> TempDir {
    let folder = TempDir::new(name);
    copy(
        &root().join("tests/fixtures/several_files"),
        &folder.join("zoo"),
    );
    folder
}

fn edit(folder: &TempDir, path: &str, from: &str, to: &str) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn bundle_writes_one_file() {
    let folder = TempDir::new("bundle");
    let (one, two) = (path(&folder, "one.yaml"), path(&folder, "two.yaml"));
    let written = run(&folder, &["generate", "--spec", ZOO, "--bundle", &one]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert_eq!(written.err.trim(), "created  one.yaml");
    let again = run(&folder, &["generate", "--spec", &one, "--bundle", &two]);
    assert_eq!(again.code, 0, "{}", again.err);
    let bundle = fs::read_to_string(&one).unwrap();
    assert_eq!(fs::read_to_string(&two).unwrap(), bundle);

    // With a directory, both are written, and `--check` checks both.
    let out = path(&folder, "zoo");
    let both = [
        "generate", "--spec", ZOO, "--out", &out, "--bundle", &one, "-q",
    ];
    assert_eq!(generator(&both).code, 0);
    let check = [&both[..], &["--check"]].concat();
    assert_eq!(generator(&check).code, 0);
    fs::write(&one, "").unwrap();
    assert_eq!(generator(&check).code, 1);

    let neither = generator(&["generate", "--spec", ZOO]);
    assert_eq!(neither.code, 2);
    assert!(neither.err.contains("--out"), "{}", neither.err);
}

#[test]
fn errors_name_the_file() {
    let folder = zoo("files_errors");
    edit(
        &folder,
        "zoo/schemas/keeper.json",
        "\"string\"}",
        "\"strin\"}",
    );
    edit(&folder, "zoo/common.yaml", "headers.json#", "header.json#");
    let spec = path(&folder, "zoo/openapi.yaml");
    let result = run(&folder, &["inspect", "--spec", &spec]);
    assert_eq!((result.code, result.out.as_str()), (2, ""));
    insta::assert_snapshot!(result.err);
    let json = run(&folder, &["inspect", "--spec", &spec, "--format", "json"]);
    let problems: Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!(problems[0]["file"], "zoo/common.yaml");
    assert_eq!(problems[1]["file"], "zoo/schemas/keeper.json");
    assert_eq!(problems[1]["pointer"], "/properties/name/type");
}

#[test]
fn diff_names_the_file() {
    let folder = zoo("files_diff");
    edit(&folder, "zoo/common.yaml", "[indoor, outdoor]", "[indoor]");
    let new = path(&folder, "zoo/openapi.yaml");
    let result = run(&folder, &["diff", ZOO, &new]);
    assert_eq!(result.code, 2, "{}", result.err);
    insta::assert_snapshot!(result.out);
    let json = run(&folder, &["diff", ZOO, &new, "--format", "json"]);
    let changes: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        changes["changes"][0]["old"]["file"],
        "several_files/common.yaml"
    );
}

/// Files outside of the directory of the document are read only if that is allowed. A symbolic link
/// can be one.
#[test]
fn outside_files_must_be_allowed() {
    let folder = TempDir::new("outside");
    fs::create_dir_all(folder.join("api/folder")).unwrap();
    fs::write(folder.join("shared.yaml"), "Id: {type: string}\n").unwrap();
    let document = |reference: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\n\
             paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          \
             content:\n            application/json:\n              schema:\n                \
             $ref: '{reference}'\n"
        );
        fs::write(folder.join("api/openapi.yaml"), text).unwrap();
    };
    let spec = path(&folder, "api/openapi.yaml");
    let out = path(&folder, "out");
    let generate = ["generate", "--spec", &spec, "--out", &out];
    let allowed = [&generate[..], &["--allow-outside"]].concat();

    document("../shared.yaml#/Id");
    let rejected = run(&folder, &generate);
    let location = "api/openapi.yaml:13:23: error[E006]: unresolved reference `../shared.yaml#/Id`";
    assert!(rejected.err.starts_with(location), "{}", rejected.err);
    assert!(
        rejected.err.contains("pass `--allow-outside`"),
        "{}",
        rejected.err
    );
    let result = run(&folder, &allowed);
    assert_eq!(result.code, 0, "{}", result.err);
    let header = fs::read_to_string(folder.join("out/src/generated/mod.rs")).unwrap();
    assert!(
        header.lines().next().unwrap().contains(" --allow-outside`"),
        "{header}"
    );

    document("folder");
    let directory = run(&folder, &generate);
    assert!(
        directory
            .err
            .contains("cannot read `api/folder`: it is a directory"),
        "{}",
        directory.err
    );

    #[cfg(unix)]
    {
        let link = std::os::unix::fs::symlink;
        link("../shared.yaml", folder.join("api/link.yaml")).unwrap();
        link("openapi.yaml", folder.join("api/itself.yaml")).unwrap();
        document("link.yaml#/Id");
        let rejected = run(&folder, &generate);
        assert!(
            rejected.err.contains("`api/link.yaml` is outside"),
            "{}",
            rejected.err
        );
        assert_eq!(generator(&allowed).code, 0);
        document("itself.yaml#/components/schemas/A");
        let itself = run(&folder, &generate);
        let expected = "unresolved reference `#/components/schemas/A`";
        assert!(itself.err.contains(expected), "{}", itself.err);
        document("/dev/zero");
        assert!(run(&folder, &generate).err.contains("absolute path"));
    }
}

/// Replaces the path item of a path in our document by a reference to a file.
fn split(repository: &Repository) {
    let text = repository.read(SPEC);
    let mut document: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let item = &mut document["paths"]["/customers/{id}"];
    let reference = serde_yaml::from_str("$ref: paths/customer.yaml").unwrap();
    let file = std::mem::replace(item, reference);
    // The references in the file are to the document.
    let file = serde_yaml::to_string(&file).unwrap();
    let file = file.replace("'#/", "'../customers.yaml#/");
    fs::create_dir_all(repository.path().join("spec/paths")).unwrap();
    repository.write("spec/paths/customer.yaml", &file);
    repository.write(SPEC, &serde_yaml::to_string(&document).unwrap());
}

#[test]
fn maintainers_can_split_the_document() {
    let repository = Repository::new("files_regen");
    split(&repository);
    // The crate stays the same, and so does the comparison with the last commit.
    let check = xtask(repository.path(), &["regen", "--check"]);
    assert_eq!((check.code, check.err.as_str()), (0, ""), "{}", check.out);
    assert_eq!(xtask(repository.path(), &["diff"]).code, 0);
    repository.commit("split the document");

    // The files of an earlier revision are read from git.
    let from = "operationId: getCustomer\n";
    repository.edit(
        "spec/paths/customer.yaml",
        from,
        &format!("{from}  deprecated: true\n"),
    );
    let diff = xtask(repository.path(), &["diff"]);
    assert_eq!(diff.code, 1, "{}{}", diff.out, diff.err);
    assert!(diff.out.contains("added deprecation"), "{}", diff.out);
    assert!(
        diff.out
            .contains("      HEAD:spec/paths/customer.yaml:1:1 /get"),
        "{}",
        diff.out
    );
    assert!(
        diff.out.contains("      spec/paths/customer.yaml:1:1 /get"),
        "{}",
        diff.out
    );

    repository.edit("spec/paths/customer.yaml", "operationId", "operatonId");
    let regen = xtask(repository.path(), &["regen"]);
    assert_eq!(regen.code, 2);
    assert!(
        regen.err.starts_with("spec/paths/customer.yaml:"),
        "{}",
        regen.err
    );
}

#[test]
fn import_includes_what_other_files_have() {
    let repository = Repository::new("files_import");
    split(&repository);
    let document = repository.path().join(SPEC).display().to_string();
    let import = [
        "spec",
        "import",
        &document,
        "--tag",
        "Customers",
        "--date",
        "2026-12-01",
    ];
    let result = xtask(repository.path(), &import);
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    let imported = repository.read("spec/dub.yaml");
    assert!(imported.contains("operationId: getCustomer"), "{imported}");
    assert!(!imported.contains("customers.yaml"), "{imported}");

    fs::remove_file(repository.path().join("spec/paths/customer.yaml")).unwrap();
    let missing = xtask(repository.path(), &import);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("paths/customer.yaml` does not exist"),
        "{}",
        missing.err
    );
}
