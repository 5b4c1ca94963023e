//! Errors in documents of several files, and their locations.

use super::{Documents, get, returning};

/// Returns the first line of each error, and the lines with a pointer or a help.
fn short(text: &str) -> String {
    let is_kept = |line: &&str| {
        line.contains(": error[") || line.contains(": warning[") || line.trim().starts_with("= ")
    };
    let lines: Vec<_> = text.lines().filter(is_kept).map(str::trim).collect();
    lines.join("\n")
}

/// Each of these references is unresolved. The location is that of the reference.
#[test]
fn unresolved_references() {
    let references = [
        "missing.yaml",
        "folder/missing.yaml#/A",
        "a.yaml#/B",
        "a.yaml#/Aa",
        "a.yaml#anchor",
        "a.yaml#/%zz",
        "../outside.yaml#/A",
        "x/../../outside.yaml",
        "%2e%2e/outside.yaml",
        "/etc/passwd",
        "file:///etc/passwd",
        "C:\\a.yaml",
        "x\\a.yaml",
        "http://example.com/a.yaml",
        "https://example.com/a.yaml#/A",
        "//example.com/a.yaml",
        "urn:example:a",
        "a.yaml?version=1",
        "%ff.yaml",
        "a%2Fb.yaml",
        "text.yaml",
        "list.json",
        "whole.yaml",
        "empty.yaml",
        "invalid.yaml",
        "invalid.json#/A",
        "page.html",
        "binary.yaml",
        "two.yaml",
        "parameters.yaml#/components/parameters/P",
        "loop.yaml#/A",
        "path_loop.yaml#/A/b",
    ];
    let files: [(&str, &[u8]); 13] = [
        ("a.yaml", b"A: {type: object}\nAb: {type: object}"),
        ("text.yaml", b"just a text"),
        ("list.json", b"[1]"),
        ("whole.yaml", b"openapi: 3.0.3\ninfo: {}\npaths: {}"),
        ("empty.yaml", b"# nothing\n"),
        ("invalid.yaml", b"A:\n  b: [1\nc: 2\n"),
        ("invalid.json", b"{\"A\": }"),
        ("page.html", b"<html><body>404</body></html>"),
        ("binary.yaml", b"A: \xff\xfe"),
        ("two.yaml", b"A: 1\n---\nB: 2\n"),
        (
            "parameters.yaml",
            b"components: {parameters: {P: {name: p, in: query}}}",
        ),
        ("loop.yaml", b"A: {$ref: 'other.yaml#/A'}"),
        ("path_loop.yaml", b"A: {$ref: '#/A'}"),
    ];
    let other: (&str, &[u8]) = ("other.yaml", b"A: {$ref: 'loop.yaml#/A'}");
    let mut found = String::new();
    for reference in references {
        let document = format!(
            "openapi: 3.0.3\n{}",
            returning(&format!("{{$ref: '{reference}'}}"), "")
        );
        let files = files.iter().copied().chain([other]);
        found += &short(&Documents::of_bytes(&document, files).errors());
        found += "\n\n";
    }
    for block in found.split("\n\n").filter(|block| !block.is_empty()) {
        assert!(block.starts_with("openapi.yaml:3:"), "{block}");
    }
    insta::assert_snapshot!(found);
}

/// The line, the column and the pointer are those of the file with the error.
#[test]
fn errors_in_a_file_name_it() {
    let files = [
        (
            "schemas/pet.yaml",
            "type: object\nproperties:\n  name: {type: strin}\n  owner:\n    $ref: owner.yaml\n",
        ),
        (
            "parts.json",
            "{\n  \"P\": {\"name\": \"p\", \"in\": \"query\", \"schema\": {\"$ref\": \"missing.json\"}},\n  \"P\": {}\n}",
        ),
        (
            "item.yaml",
            "get:\n  parameters: [{$ref: 'parts.json#/P'}]\n  responses: {}\n  titel: x\n",
        ),
    ];
    let content = returning("{$ref: schemas/pet.yaml}", "  /b: {$ref: item.yaml}\n");
    let errors = Documents::new(&content, &files).errors();
    insta::assert_snapshot!(errors);
}

/// Only the operations that need the reference are skipped.
#[test]
fn operations_with_unresolved_references_are_skipped() {
    let files = [("a.yaml", "A: {properties: {b: {$ref: 'missing.yaml'}}}")];
    let content = format!(
        "paths:\n  /a: {{{}}}\n  /b: {{{}}}\n  /c: {{get: {{$ref: gone.yaml}}}}\n",
        get("getA", "{$ref: 'a.yaml#/A'}"),
        get("getB", "{type: string}"),
    );
    let documents = Documents::new(&content, &files).lenient();
    let generated = dub_generator::generate(&documents.config()).unwrap();
    let skipped: Vec<_> = generated
        .api
        .skipped
        .iter()
        .map(|skipped| format!("{}: {}", skipped.operation, skipped.reasons.join(", ")))
        .collect();
    insta::assert_snapshot!(skipped.join("\n"));
    let text: String = generated
        .files
        .iter()
        .map(|file| file.text.as_str())
        .collect();
    assert!(text.contains("GetB") && !text.contains("GetA"));
}

/// An example changes nothing in the generated code.
#[test]
fn unresolved_references_to_examples_are_warnings() {
    let content = "components:\n  examples:\n    E: {$ref: missing.yaml}\n";
    let documents = Documents::new(content, &[]);
    let generated = dub_generator::generate(&documents.config()).unwrap();
    let warnings = documents.rendered(&generated.warnings);
    assert!(
        warnings
            .starts_with("openapi.yaml:4:15: warning[E006]: unresolved reference `missing.yaml`"),
        "{warnings}"
    );
}

/// A file of which the document uses only a part can have errors elsewhere.
#[test]
fn parts_of_files_that_are_not_used_are_not_checked() {
    let files = [(
        "a.yaml",
        "A: {type: object}\nB: {typ: x, $ref: missing.yaml}\nC: 1\nC: 2\n",
    )];
    let documents = Documents::new(&returning("{$ref: 'a.yaml#/A'}", ""), &files);
    let generated = dub_generator::generate(&documents.config()).unwrap();
    let warnings = documents.rendered(&generated.warnings);
    assert!(
        warnings.starts_with("a.yaml:4:1: warning[E004]: duplicate key `C`"),
        "{warnings}"
    );
}

/// A document that is read without its files has the errors that it had before.
#[test]
fn without_files_references_to_them_are_errors() {
    let documents = Documents::new(&returning("{$ref: 'a.yaml#/A'}", ""), &[]);
    let config = dub_generator::Config {
        files: None,
        ..documents.config()
    };
    let problems = dub_generator::generate(&config).unwrap_err();
    let text = documents.rendered(&problems);
    assert!(
        text.contains("external reference `a.yaml#/A` is not supported"),
        "{text}"
    );
}
