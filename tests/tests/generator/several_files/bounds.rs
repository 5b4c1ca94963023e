//! The limits hold for all files of a document together, and hostile files are rejected quickly.

use super::{Documents, returning};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Returns the errors of a document with some files.
fn errors(schema: &str, files: &[(String, String)]) -> String {
    let document = format!("openapi: 3.0.3\n{}", returning(schema, ""));
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    let start = Instant::now();
    let errors = Documents::of_bytes(&document, files).errors();
    // A debug build on a busy machine takes a few seconds.
    assert!(start.elapsed() < Duration::from_secs(30));
    errors
}

/// Returns the errors of a document whose file `a.json` refers to `b.json`. Each of the two alone is
/// within the limits.
fn errors_of_large_file(b: String) -> String {
    let a = "{\"A\": {\"properties\": {\"b\": {\"$ref\": \"b.json#/A\"}}}}";
    let files = [
        ("a.json".to_owned(), a.to_owned()),
        ("b.json".to_owned(), b),
    ];
    let errors = errors("{$ref: 'a.json#/A'}", &files);
    assert!(errors.starts_with("a.json:1:37: error[E005]"));
    errors
}

#[test]
fn size_of_all_files_is_limited() {
    let errors = errors_of_large_file(" ".repeat((64 << 20) - 100));
    assert!(errors.contains("the files of the document are too large: maximum 64 MiB in total"));
}

#[test]
fn number_of_values_of_all_files_is_limited() {
    let rest = "null,".repeat(999_990);
    let errors = errors_of_large_file(format!("{{\"A\": {{}}, \"rest\": [{rest}0]}}"));
    assert!(errors.contains("the files of the document have more than 1000000 values"));
}

/// Each file contains the next one ten times, where OpenAPI has no references to components.
#[test]
fn targets_that_replace_references_are_limited() {
    let files = (0..12).map(|index| {
        let mut text = format!("get: {{operationId: a{index}, responses: {{}}, callbacks: {{");
        for copy in 0..10 {
            let _ = write!(
                text,
                "c{copy}: {{'{{$url}}': {{$ref: '{}.yaml'}}}}, ",
                index + 1
            );
        }
        (format!("{index}.yaml"), text + "}}\n")
    });
    let last = ("12.yaml".to_owned(), "get: {responses: {}}\n".to_owned());
    let files: Vec<_> = files.chain([last]).collect();
    let document = "openapi: 3.0.3\npaths: {/a: {$ref: 0.yaml}}\n";
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    let errors = Documents::of_bytes(document, files).errors();
    assert!(
        errors.contains("error[E005]: the document is many times as large as its files"),
        "{errors}"
    );
}

#[test]
fn nesting_of_all_files_is_limited() {
    let files: Vec<_> = (0..80)
        .map(|index| {
            let next = format!("{{get: {{responses: {{}}, callbacks: {{c: {{'{{$url}}': {{$ref: '{}.yaml'}}}}}}}}}}\n", index + 1);
            (format!("{index}.yaml"), next)
        })
        .chain([("80.yaml".to_owned(), "get: {responses: {}}\n".to_owned())])
        .collect();
    let document = "openapi: 3.0.3\npaths: {/a: {$ref: 0.yaml}}\n";
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    let errors = Documents::of_bytes(document, files).errors();
    assert!(
        errors.contains(
            "error[E005]: the document with its files is nested more than 256 levels deep"
        ),
        "{errors}"
    );
}

/// A value that contains itself would be infinitely large.
#[test]
fn targets_that_contain_themselves_are_rejected() {
    let files = [(
        "server.yaml",
        "url: https://a.example\nvariables:\n  $ref: server.yaml\n",
    )];
    let content = "servers: [{$ref: server.yaml}]\n";
    let errors = Documents::new(content, &files).errors();
    assert!(
        errors.contains("server.yaml:3:9: error[E006]: circular reference: `server.yaml`"),
        "{errors}"
    );
}

/// No code is generated for callbacks.
#[test]
fn path_items_that_contain_themselves_in_callbacks_are_warnings() {
    let callback = "callbacks: {c: {'{$url}': {$ref: a.yaml}}}";
    let item = format!(
        "post: {{operationId: postA, responses: {{'204': {{description: d}}}}, {callback}}}"
    );
    let documents = Documents::new("paths: {/a: {$ref: a.yaml}}\n", &[("a.yaml", &item)]);
    let generated = dub_generator::generate(&documents.config()).unwrap();
    let warnings = documents.rendered(&generated.warnings);
    assert!(
        warnings.starts_with("a.yaml:1:99: warning[E006]: circular reference: `a.yaml`"),
        "{warnings}"
    );
}
