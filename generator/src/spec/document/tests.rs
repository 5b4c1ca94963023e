use openapiv3::{ReferenceOr, SchemaKind};

use super::*;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

fn document(rest: &str) -> Document {
    Document::read(format!("{HEAD}{rest}").as_bytes())
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn rejections(text: &str) -> Vec<(Code, String)> {
    let problems = Document::read(text.as_bytes()).err().unwrap();
    problems
        .into_iter()
        .map(|problem| (problem.code, problem.message))
        .collect()
}

#[test]
fn detects_json_or_yaml_by_content() {
    let json =
        r#"{"openapi": "3.0.3", "info": {"title": "a \ud83d\ude00", "version": "1"}, "paths": {}}"#;
    assert_eq!(
        Document::read(json.as_bytes())
            .unwrap()
            .openapi()
            .info
            .title,
        "a 😀"
    );
    let flow = "\u{feff}{openapi: 3.0.3, info: {title: t, version: 1.10,}, paths: {},}\r\n";
    assert_eq!(
        Document::read(flow.as_bytes())
            .unwrap()
            .openapi()
            .info
            .version,
        "1.10"
    );
}

#[test]
fn reports_json_error_for_broken_json_document() {
    let rejection = rejections("{\"openapi\": \"3.0.3\", \"info\": [}");
    assert!(
        matches!(&*rejection, [(Code::Syntax, message)] if message.contains("expected a value")),
        "{rejection:?}"
    );
}

#[test]
fn reports_all_problems_in_source_order() {
    let text = format!(
        "{HEAD}paths: {{a: {{}}}}\ncomponents:\n  schemas:\n    A: {{typ: string}}\n    A: {{}}\ntags: 1\n"
    );
    let problems = Document::read(text.as_bytes()).err().unwrap();
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| (problem.code, problem.position().unwrap().0))
        .collect();
    assert_eq!(
        codes,
        [
            (Code::Shape, 3),
            (Code::Shape, 6),
            (Code::DuplicateKey, 7),
            (Code::Shape, 8)
        ]
    );
}

#[test]
fn unsupported_version_suppresses_other_problems() {
    assert_eq!(rejections("openapi: 3.1.0\ninfo: 1\n").len(), 1);
}

#[test]
fn lenient_read_keeps_document_with_local_problems() {
    let text = format!(
        "{HEAD}paths: {{/a: {{get: {{}}}}, /a-b: {{get: {{}}}}}}\ncomponents: {{schemas: {{A: {{typ: 1}}, AB: {{typ: 1}}}}}}\n"
    );
    let document = Document::read_lenient(text.as_bytes()).unwrap();
    let within = |pointer: &str| {
        document
            .problems_within(pointer)
            .iter()
            .map(|problem| &*problem.pointer)
            .collect::<Vec<_>>()
    };
    assert_eq!(document.problems().len(), 4);
    assert_eq!(within("/paths/~1a"), ["/paths/~1a/get"]);
    assert_eq!(
        within("/components/schemas/A"),
        ["/components/schemas/A/typ"]
    );
    assert_eq!(
        within("/components/schemas"),
        ["/components/schemas/A/typ", "/components/schemas/AB/typ"]
    );
    assert_eq!(within("/components/schemas/A/typ/x"), [""; 0]);
    assert_eq!(within("").len(), 4);
}

#[test]
fn lenient_read_rejects_document_wide_problems() {
    for text in [
        "",
        "openapi: 3.0.3\npaths: {}\n",
        "openapi: 3.1.0",
        "openapi: 3.0.3\ninfo: {title: [], version: '1'}\npaths: {}\n",
    ] {
        assert!(Document::read_lenient(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn locates_pointers() {
    let document = document(
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties: {b: {type: string}}\n",
    );
    assert_eq!(document.locate(""), Span::new(SourceId::DOCUMENT, 1, 1));
    assert_eq!(
        document.locate("/components/schemas/A"),
        Span::new(SourceId::DOCUMENT, 6, 5)
    );
    assert_eq!(
        document.locate("/components/schemas/A/type"),
        Span::new(SourceId::DOCUMENT, 7, 13)
    );
    assert_eq!(
        document.locate("/components/schemas/A/properties/b/type"),
        Span::new(SourceId::DOCUMENT, 8, 30)
    );
    assert_eq!(
        document.locate("/components/schemas/A/items/x"),
        Span::new(SourceId::DOCUMENT, 6, 5)
    );
}

#[test]
fn follows_reference_chains() {
    let document = document(
        "paths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/C'}, C: {title: c}}}\n",
    );
    let (pointer, schema) = document.schema("#/components/schemas/A").unwrap();
    assert_eq!(
        (&*pointer, schema.schema_data.title.as_deref()),
        ("/components/schemas/C", Some("c"))
    );
}

#[test]
fn resolves_references_to_any_location() {
    let document = document(
        "paths: {'/a{b}': {get: {parameters: [{name: q, in: query, schema: {title: s}}], responses: {'200': {content: {a/b: {schema: {title: r}}}}}}}}\n\
         components:\n  schemas:\n    A: {$ref: '#/paths/~1a%7Bb%7D/get/responses/200/content/a~1b/schema'}\n    B: {properties: {p~q: {title: p}}}\n    C: {$ref: '#/components/schemas/B/properties/p~0q'}\n    D: {$ref: '#/x-d'}\n  parameters: {P: {$ref: '#/paths/~1a%7Bb%7D/get/parameters/0'}}\n\
         x-d: {title: d}\n",
    );
    let title = |reference: &str| {
        document
            .schema(reference)
            .unwrap()
            .1
            .schema_data
            .title
            .clone()
            .unwrap()
    };
    let names = ["A", "C", "D"].map(|name| title(&format!("#/components/schemas/{name}")));
    assert_eq!(names, ["r", "p", "d"]);
    assert_eq!(document.schema("#/components/schemas/D").unwrap().0, "/x-d");
    assert_eq!(
        document
            .parameter("#/components/parameters/P")
            .unwrap()
            .1
            .parameter_data_ref()
            .name,
        "q"
    );
}

#[test]
fn references_outside_ref_resolve_to_components_only() {
    let document =
        document("paths: {}\ncomponents: {schemas: {A: {}, B: {properties: {c: {}}}}}\n");
    assert_eq!(
        document.schema("#/components/schemas/A").unwrap().0,
        "/components/schemas/A"
    );
    assert_eq!(
        document.schema("#/components/schemas/X").unwrap_err().code,
        Code::Reference
    );
    assert_eq!(
        document
            .schema("#/components/schemas/B/properties/c")
            .unwrap_err()
            .code,
        Code::Reference
    );
}

#[test]
fn rejects_invalid_references() {
    for (target, reason) in [
        ("#/components/schemas/Aa", "unresolved reference"),
        ("other.yaml#/A", "external reference"),
        ("#A", "not a JSON pointer"),
        (
            "#/components/responses/R",
            "expected a schema, found a response",
        ),
        ("#/components/schemas", "found another object"),
        ("#/info/title", "expected a schema, found a string"),
        ("#/components/schemas/Loop", "circular reference"),
    ] {
        let components = format!(
            "components: {{responses: {{R: {{}}}}, schemas: {{Loop: {{$ref: '#/components/schemas/Loop'}}, A: {{items: {{$ref: '{target}'}}}}}}}}"
        );
        let document =
            Document::read_lenient(format!("{HEAD}paths: {{}}\n{components}\n").as_bytes())
                .unwrap();
        let problem = document.schema(target).unwrap_err();
        assert!(
            problem.code == Code::Reference && problem.message.contains(reason),
            "{target}: {problem:?}"
        );
        assert!(problem.position().is_some(), "{problem:?}");
    }
}

#[test]
fn suggests_target_for_misspelt_reference() {
    let text = format!(
        "{HEAD}paths: {{}}\ncomponents: {{schemas: {{Customer: {{}}, A: {{items: {{$ref: '#/components/schemas/Custmer'}}}}}}}}\n"
    );
    let problems = Document::read(text.as_bytes()).err().unwrap();
    assert_eq!(
        problems[0].help.as_deref(),
        Some("did you mean `#/components/schemas/Customer`?")
    );
}

#[test]
fn keeps_keys_beside_schema_reference() {
    let document = document(
        "paths: {}\ncomponents: {schemas: {A: {}, B: {$ref: '#/components/schemas/A', nullable: true, description: d}, C: {$ref: '#/components/schemas/A', example: 1}}}\n",
    );
    let (pointer, schema) = document.schema("#/components/schemas/B").unwrap();
    assert_eq!(pointer, "/components/schemas/B");
    assert!(schema.schema_data.nullable && schema.schema_data.description.as_deref() == Some("d"));
    let target = ReferenceOr::Reference {
        reference: "#/components/schemas/A".to_owned(),
    };
    assert_eq!(
        schema.schema_kind,
        SchemaKind::AllOf {
            all_of: vec![target]
        }
    );
    assert_eq!(
        document.schema("#/components/schemas/C").unwrap().0,
        "/components/schemas/A"
    );
}

#[test]
fn reports_deeply_nested_type_error_quickly() {
    let depth = 100;
    let schema = format!(
        "{}{{nullable: x}}{}",
        "{properties: {a: ".repeat(depth),
        "}}".repeat(depth)
    );
    let text = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n");
    assert_eq!(rejections(&text).len(), 1);
}

#[test]
fn reads_and_drops_deeply_nested_document() {
    let depth = 120;
    let schema = format!(
        "{}{{}}{}",
        "{properties: {a: ".repeat(depth),
        "}}".repeat(depth)
    );
    drop(document(&format!(
        "paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
    )));
}
