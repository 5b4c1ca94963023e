use super::super::{json, yaml};
use super::*;
use crate::span::SourceId;

/// Returns the problems of a YAML document as `pointer: message (help)`. Warnings begin with
/// `warning: `, and follow the errors.
fn found(text: &str) -> Vec<String> {
    let root = yaml::read(SourceId::DOCUMENT, text).unwrap().root;
    checked(&root, Syntax::Yaml, UnknownKeys::Reject)
}

fn checked(root: &Node, syntax: Syntax, unknown_keys: UnknownKeys) -> Vec<String> {
    let settings = Settings {
        syntax,
        version: Version::V3_0,
        unknown_keys,
        failures: &Failures::new(),
    };
    render(check(root, settings))
}

/// Like [`found`], but for a single schema. Pointers are relative to the schema.
fn in_schema(schema: &str) -> Vec<String> {
    let found = found(&format!("{HEAD}components: {{schemas: {{A: {schema}}}}}\n"));
    let short = |problem: &String| problem.replace("/components/schemas/A", "");
    found.iter().map(short).collect()
}

fn in_operation(operation: &str) -> Vec<String> {
    let found = found(
        &format!("{HEAD}paths: {{/a: {{get: {{responses: {{}}, {operation}}}}}}}\n")
            .replace("paths: {}\n", ""),
    );
    found
        .iter()
        .map(|problem| problem.replace("/paths/~1a/get", ""))
        .collect()
}

fn render(findings: Findings) -> Vec<String> {
    let help = |problem: &Diagnostic| {
        problem
            .help
            .as_ref()
            .map(|help| format!(" ({help})"))
            .unwrap_or_default()
    };
    let line = |problem: &Diagnostic| {
        let start = if problem.is_warning() {
            "warning: "
        } else {
            ""
        };
        let (pointer, message) = (&problem.pointer, &problem.message);
        format!("{start}{pointer}: {message}{}", help(problem))
    };
    let all = findings.problems.iter().chain(&findings.warnings);
    all.map(line).collect()
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: 1.0}\npaths: {}\n";
const NONE: [&str; 0] = [];

#[test]
fn accepts_valid_document() {
    assert_eq!(found(HEAD), NONE);
}

#[test]
fn reports_missing_keys() {
    assert_eq!(
        found("openapi: 3.0.3\npaths: {/a: {get: {}}}\n"),
        [
            "/paths/~1a/get: missing key `responses`",
            ": missing key `info`",
        ]
    );
}

#[test]
fn misspelt_key_suppresses_missing_key_error() {
    assert_eq!(
        found("openapi: 3.0.3\ninfo: {titel: t, version: '1'}\npaths: {}\n"),
        ["/info/titel: unknown key `titel` in the info object (did you mean `title`?)"]
    );
    assert_eq!(
        in_schema("{type: object, propertes: {}, requred: [a]}"),
        [
            "/propertes: unknown key `propertes` in a schema (did you mean `properties`?)",
            "/requred: unknown key `requred` in a schema (did you mean `required`?)",
        ]
    );
}

#[test]
fn does_not_suggest_keys_already_present() {
    assert_eq!(
        in_schema("{format: a, formats: b}"),
        [
            "/formats: unknown key `formats` in a schema (the keys of vendor extensions start with `x-`)"
        ]
    );
}

#[test]
fn reports_type_mismatches() {
    assert_eq!(
        in_schema(
            "{title: [], nullable: 'true', maxLength: 1.5, minimum: x, required: [[]], enum: {}, properties: []}"
        ),
        [
            "/nullable: `nullable` must be a boolean, found a string (remove the quotes)",
            "/required/0: item 0 of `required` must be a string, found an array",
            "/enum: `enum` must be an array, found an object",
            "/properties: `properties` must be an object, found an array",
            "warning: /title: `title` must be a string, found an array",
            "warning: /maxLength: `maxLength` must be a non-negative integer, found the number `1.5`",
            "warning: /minimum: `minimum` must be a number, found a string",
        ]
    );
}

/// A required key that is misspelt is missing, even if unknown keys are only warnings.
#[test]
fn unknown_keys_can_be_warnings() {
    let text = "openapi: 3.0.3\ninfo: {titel: t, version: '1'}\npaths: {}\nnotes: a\n";
    let root = yaml::read(SourceId::DOCUMENT, text).unwrap().root;
    assert_eq!(
        checked(&root, Syntax::Yaml, UnknownKeys::Warn),
        [
            "/info: missing key `title`",
            "warning: /info/titel: unknown key `titel` in the info object (did you mean `title`?)",
            "warning: /notes: unknown key `notes` in the document (the keys of vendor extensions start with `x-`)",
        ]
    );
}

#[test]
fn rejects_unknown_schema_types() {
    assert_eq!(in_schema("{type: 'null'}"), NONE);
    let message = "/type: `type` must be one of `string`, `number`, `integer`, `boolean`, `object`, `array`, found ";
    assert_eq!(
        in_schema("{type: bool}"),
        [format!("{message}`bool` (write `boolean`)")]
    );
    assert_eq!(
        in_schema("{type: Strng}"),
        [format!("{message}`Strng` (did you mean `string`?)")]
    );
}

#[test]
fn names_openapi_3_1_features() {
    for schema in [
        "{type: [string, 'null']}",
        "{exclusiveMinimum: 0}",
        "{const: 1}",
        "{prefixItems: []}",
    ] {
        let found = in_schema(schema);
        assert!(
            matches!(&*found, [one] if one.contains("OpenAPI 3.1")),
            "{schema}: {found:?}"
        );
    }
}

#[test]
fn names_json_schema_and_swagger_keys() {
    for (schema, origin) in [
        ("{$defs: {}}", "JSON Schema"),
        ("{if: {}, then: {}}", "JSON Schema"),
        ("{items: [{type: string}]}", "tuple"),
        ("{discriminator: kind}", "Swagger 2.0"),
        ("{required: true}", "array of property names"),
    ] {
        let found = in_schema(schema);
        assert!(
            found.iter().all(|one| one.contains(origin)) && !found.is_empty(),
            "{schema}: {found:?}"
        );
    }
}

#[test]
fn ignores_harmless_keys() {
    assert_eq!(
        in_schema(
            "{examples: [1], $comment: c, propertyNames: {}, unevaluatedProperties: false, x-a: 1}"
        ),
        NONE
    );
    assert_eq!(
        found(&HEAD.replace("title: t", "title: t, summary: s")),
        NONE
    );
}

#[test]
fn does_not_validate_data() {
    let data = "{$ref: 42, type: [], requred: 1}";
    let schema = format!("{{example: {data}, default: {data}, enum: [{data}], x-data: {data}}}");
    assert_eq!(in_schema(&schema), NONE);
}

#[test]
fn accepts_any_property_name() {
    assert_eq!(
        in_schema("{properties: {$ref: {type: string}, type: {}, requred: {}, x-y: {}}}"),
        NONE
    );
    assert_eq!(
        in_schema("{properties: {x-y: 1}}"),
        ["/properties/x-y: `x-y` must be an object, found the number `1`"]
    );
}

#[test]
fn null_counts_as_absent_except_for_schemas() {
    assert_eq!(in_schema("{description:, properties:, required:}"), NONE);
    assert_eq!(
        in_schema("{items:}"),
        ["/items: `items` must be an object, found null"]
    );
    assert_eq!(
        in_schema("{type:}"),
        ["/type: `type` must be a string, found null (write `nullable: true` if null is allowed)"]
    );
}

#[test]
fn accepts_scalars_as_strings_only_in_yaml() {
    assert_eq!(in_schema("{description: 1.0, title: true}"), NONE);
    let json = json::read(
        SourceId::DOCUMENT,
        r#"{"openapi": "3.0.3", "info": {"title": true, "version": 1}, "paths": {}}"#,
    )
    .unwrap();
    assert_eq!(
        checked(&json.root, Syntax::Json, UnknownKeys::Reject),
        ["/info/title: `title` must be a string, found a boolean (put the value in quotes)"]
    );
}

#[test]
fn rejects_invalid_path_and_status_keys() {
    assert_eq!(
        found(&HEAD.replace("paths: {}", "paths: {a: {}, x-b: 1}")),
        ["/paths/a: invalid key `a`: a path must start with `/`"]
    );
    let text = HEAD.replace(
        "paths: {}",
        "paths: {/a: {get: {responses: {'200': {}, 4xx: {}, ok: {}, 4XX: {}}}}}",
    );
    let found = found(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("/paths/~1a/get/responses/ok: invalid key `ok`"));
    assert!(found[1].ends_with("`4xx` and `4XX` are the same status range"));
}

#[test]
fn validates_parameter_content_and_style() {
    let parameter = |rest: &str| in_operation(&format!("parameters: [{{name: a, {rest}}}]"));
    assert_eq!(parameter("in: query, schema: {}, style: deepObject"), NONE);
    assert_eq!(
        parameter("in: query, content: {application/json: {}}"),
        NONE
    );
    assert_eq!(
        parameter("in: query"),
        ["/parameters/0: expected `schema` or `content`"]
    );
    assert_eq!(
        parameter("in: query, content: {a: {}, b: {}}"),
        ["/parameters/0/content: `content` must have exactly one media type, found 2"]
    );
    assert_eq!(
        parameter("in: header, schema: {}, style: form"),
        ["/parameters/0/style: invalid style `form` for a header parameter, expected `simple`"]
    );
    assert!(parameter("in: body, schema: {}")[0].contains("Swagger 2.0"));
    assert!(parameter("in: query, type: string")[0].contains("Swagger 2.0"));
}

#[test]
fn security_scheme_requires_keys_of_its_type() {
    let found = found(&format!(
        "{HEAD}components: {{securitySchemes: {{a: {{type: apiKey}}, b: {{type: http, scheme: bearer}}}}}}"
    ));
    assert_eq!(found.len(), 2);
    assert!(
        found[0].ends_with("missing key `name` in a security scheme of type `apiKey`"),
        "{found:?}"
    );
}

#[test]
fn accepts_null_scopes() {
    assert_eq!(in_operation("security: [{a: }, {b: [c]}, {}]"), NONE);
    assert_eq!(
        in_operation("security: [{a: b}]"),
        ["/security/0/a: `a` must be an array, found a string"]
    );
}

/// Keys that do not affect the generated code may be missing, and empty objects may be null.
#[test]
fn accepts_missing_and_null_metadata() {
    let head = HEAD.replace(
        "paths: {}",
        "paths: {/a: , /b: {get: {responses: {'200': , '201': {content: {a/b: }}}}}}",
    );
    assert_eq!(
        found(&format!(
            "{head}externalDocs: {{}}\ntags: [{{description: d}}]\ncomponents: {{securitySchemes: {{a: {{type: oauth2, flows: {{implicit: {{}}, deviceAuthorization: {{}}}}}}}}, links: {{l: {{}}}}}}"
        )),
        NONE
    );
}

#[test]
fn validates_reference_targets_and_positions() {
    assert_eq!(
        in_schema("{properties: {b: {$ref: '#/components/schemas/B'}}}"),
        ["/properties/b/$ref: unresolved reference `#/components/schemas/B`"]
    );
    assert_eq!(
        in_schema("{items: {$ref: 42}}"),
        [
            "/items/$ref: `$ref` must be a string such as `#/components/schemas/Name`, found the number `42`"
        ]
    );
    let response = "components: {responses: {A: {description: d, content: {$ref: '#/x-a'}}}}";
    assert_eq!(
        found(&format!("{HEAD}{response}")),
        [
            "/components/responses/A/content/$ref: expected a map, found a reference (write the entries inline: OpenAPI allows no reference here)"
        ]
    );
    assert_eq!(
        found(&HEAD.replace("paths: {}", "paths: {/a: {get: {$ref: a.yaml}}}")),
        ["/paths/~1a/get/$ref: expected an operation, found a reference (write the object inline)"]
    );
}

#[test]
fn validates_keys_beside_reference() {
    assert_eq!(
        in_schema("{properties: {b: {$ref: '#/components/schemas/A', nullable: 1}}}"),
        ["/properties/b/nullable: `nullable` must be a boolean, found the number `1`"]
    );
    let components = "components: {responses: {A: {}, B: {$ref: '#/components/responses/A', description: d, content: {}}}}";
    assert_eq!(
        found(&format!("{HEAD}{components}")),
        [
            "/components/responses/B/content: `content` has no effect next to `$ref` (remove the key, or write the object inline without `$ref`)"
        ]
    );
    let text = format!("{HEAD}{components}");
    let root = yaml::read(SourceId::DOCUMENT, &text).unwrap().root;
    assert_eq!(
        checked(&root, Syntax::Yaml, UnknownKeys::Warn),
        [
            "warning: /components/responses/B/content: `content` has no effect next to `$ref` (remove the key, or write the object inline without `$ref`)"
        ]
    );
}

#[test]
fn validates_reference_targets_in_extensions() {
    let text = format!(
        "{HEAD}components: {{schemas: {{A: {{$ref: '#/x-b'}}}}}}\nx-b: {{items: {{$ref: '#/x-c/d'}}}}\nx-c: {{d: {{tipe: 1}}}}\n"
    );
    assert_eq!(
        found(&text),
        ["/x-c/d/tipe: unknown key `tipe` in a schema (did you mean `type`?)"]
    );
}

#[test]
fn validates_deep_documents_without_stack_overflow() {
    let depth = 120;
    let schema = format!("{}{{}}{}", "{items: ".repeat(depth), "}".repeat(depth));
    assert_eq!(in_schema(&schema), NONE);
}
