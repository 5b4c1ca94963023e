//! The table "OpenAPI 3.1 and 3.2" in ARCHITECTURE.md lists what each construct of these versions
//! leads to.

use crate::support::root;
use dub_generator::{Config, Unsupported};

/// A part of the document in which an example stands.
#[derive(Clone, Copy)]
enum Part {
    Document,
    Item,
    Operation,
    Response,
    Schema,
}

/// An example of each row of the table "OpenAPI 3.1 and 3.2" in ARCHITECTURE.md.
const EXAMPLES: [(&str, Part, &str); 44] = [
    ("`type` as a list", Part::Schema, "{type: [string, 'null']}"),
    (
        "null in `enum`, `oneOf` or `anyOf`",
        Part::Schema,
        "{anyOf: [{type: string}, {type: 'null'}]}",
    ),
    ("`nullable`", Part::Schema, "{type: string, nullable: true}"),
    ("`const`", Part::Schema, "{const: a}"),
    (
        "`oneOf` of constants with titles",
        Part::Schema,
        "{oneOf: [{const: a, title: First}, {const: b, title: Second}]}",
    ),
    (
        "`examples`",
        Part::Schema,
        "{type: string, examples: [a, b]}",
    ),
    (
        "`exclusiveMinimum`, `exclusiveMaximum`",
        Part::Schema,
        "{type: integer, exclusiveMinimum: 0}",
    ),
    (
        "keywords beside `$ref`",
        Part::Schema,
        "{$ref: '#/components/schemas/Other', description: Another one.}",
    ),
    (
        "`$defs`",
        Part::Schema,
        "{$ref: '#/components/schemas/Sample/$defs/A', $defs: {A: {type: string}}}",
    ),
    (
        "`$id`, `$anchor`, `$self`",
        Part::Schema,
        "{$id: 'https://a.example/b', type: object, properties: {a: {$ref: '#c'}, b: {$anchor: c, type: string}}}",
    ),
    (
        "`$dynamicRef`, `$dynamicAnchor`",
        Part::Schema,
        "{$dynamicAnchor: c, type: object, properties: {a: {$dynamicRef: '#c'}}}",
    ),
    (
        "`$schema`, `jsonSchemaDialect`",
        Part::Schema,
        "{$schema: 'https://json-schema.org/draft/2020-12/schema', type: string}",
    ),
    (
        "`$vocabulary`, `$comment`",
        Part::Schema,
        "{$comment: A comment., type: string}",
    ),
    (
        "boolean schemas",
        Part::Schema,
        "{type: object, properties: {a: true, b: false}}",
    ),
    (
        "`prefixItems`",
        Part::Schema,
        "{type: array, prefixItems: [{type: string}, {type: string}]}",
    ),
    (
        "`prefixItems` with several types",
        Part::Schema,
        "{type: array, prefixItems: [{type: string}, {type: integer}]}",
    ),
    (
        "`patternProperties`",
        Part::Schema,
        "{type: object, patternProperties: {^a: {type: string}}}",
    ),
    (
        "`patternProperties` with several types",
        Part::Schema,
        "{type: object, patternProperties: {^a: {type: string}, ^b: {type: integer}}}",
    ),
    (
        "`unevaluatedProperties`, `unevaluatedItems`",
        Part::Schema,
        "{type: object, unevaluatedProperties: {type: string}}",
    ),
    (
        "`unevaluatedProperties` beside other schemas",
        Part::Schema,
        "{allOf: [{$ref: '#/components/schemas/Other'}], unevaluatedProperties: {type: string}}",
    ),
    (
        "`contentEncoding`",
        Part::Schema,
        "{type: string, contentEncoding: base64}",
    ),
    (
        "`contentMediaType`",
        Part::Schema,
        "{type: string, contentMediaType: image/png}",
    ),
    (
        "`contentSchema`",
        Part::Schema,
        "{type: string, contentMediaType: application/json, contentSchema: {type: object}}",
    ),
    (
        "`propertyNames`, `dependentRequired`, `contains`, `minContains`, `maxContains`",
        Part::Schema,
        "{type: object, propertyNames: {maxLength: 3}, dependentRequired: {a: [b]}}",
    ),
    (
        "`if`, `then`, `else`",
        Part::Schema,
        "{type: object, if: {required: [a]}, then: {required: [b]}}",
    ),
    (
        "`not`, `dependentSchemas`",
        Part::Schema,
        "{type: string, not: {const: a}}",
    ),
    (
        "other keywords in a schema",
        Part::Schema,
        "{type: string, widget: slider}",
    ),
    (
        "`webhooks`",
        Part::Document,
        "webhooks: {added: {post: {requestBody: {content: {application/json: {schema: {type: [string, 'null']}}}}}}}",
    ),
    (
        "no `paths`, no `responses`",
        Part::Operation,
        "deprecated: true",
    ),
    (
        "`components/pathItems`",
        Part::Document,
        "components: {pathItems: {A: {get: {operationId: other}}}}",
    ),
    (
        "`summary` of `info`, `identifier` of a license",
        Part::Document,
        "externalDocs: {url: 'https://a.example'}",
    ),
    (
        "security schemes of the type `mutualTLS`",
        Part::Document,
        "components: {securitySchemes: {a: {type: mutualTLS}}}",
    ),
    (
        "`query` and `additionalOperations` of a path item",
        Part::Item,
        "query: {responses: {'204': {description: d}}}",
    ),
    (
        "`itemSchema`",
        Part::Response,
        "{application/jsonl: {itemSchema: {type: object, properties: {a: {type: string}}}}}",
    ),
    (
        "`itemEncoding`, `prefixEncoding`",
        Part::Response,
        "{multipart/mixed: {itemEncoding: {contentType: text/plain}}}",
    ),
    (
        "`querystring` parameters",
        Part::Operation,
        "parameters: [{name: a, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {b: {type: string}}}}}}]",
    ),
    (
        "`querystring` parameters of another media type",
        Part::Operation,
        "parameters: [{name: a, in: querystring, content: {application/json: {schema: {type: object}}}}]",
    ),
    (
        "`style: cookie`",
        Part::Operation,
        "parameters: [{name: a, in: cookie, style: cookie, schema: {type: string}}]",
    ),
    (
        "`parent`, `kind` and `summary` of a tag",
        Part::Document,
        "tags: [{name: a, kind: nav, summary: A}, {name: b, parent: a}]",
    ),
    (
        "`defaultMapping`",
        Part::Schema,
        "{oneOf: [{$ref: '#/components/schemas/Other'}, {type: string}], discriminator: {propertyName: a, defaultMapping: Other}}",
    ),
    (
        "`components/mediaTypes`",
        Part::Response,
        "{application/json: {$ref: '#/components/mediaTypes/A'}}",
    ),
    (
        "`dataValue` of an example",
        Part::Operation,
        "parameters: [{name: a, in: query, schema: {type: string}, examples: {b: {dataValue: c}}}]",
    ),
    (
        "`deviceAuthorization`, `oauth2MetadataUrl`, `deprecated` of a security scheme",
        Part::Document,
        "components: {securitySchemes: {a: {type: oauth2, deprecated: true, flows: {deviceAuthorization: {scopes: {}}}}}}",
    ),
    (
        "`name` of a server, `summary` of a response",
        Part::Document,
        "servers: [{url: 'https://a.example', name: a}]",
    ),
];

fn document_with(part: Part, example: &str) -> String {
    let (mut document, mut item, mut operation) = (String::new(), String::new(), String::new());
    let schema = "{$ref: '#/components/schemas/Sample'}";
    let mut content = format!("{{application/json: {{schema: {schema}}}}}");
    let mut sample = "{type: string}";
    match part {
        Part::Document => document = example.to_owned(),
        Part::Item => item = format!("{example}, "),
        Part::Operation => operation = format!(", {example}"),
        Part::Response => content = example.to_owned(),
        Part::Schema => sample = example,
    }
    let mut other = format!(
        "components: {{schemas: {{Sample: {sample}, Other: {{type: object, properties: {{a: {{type: string}}}}}}}}}}"
    );
    if document.starts_with("components") {
        let inner = document.strip_prefix("components: {").unwrap().to_owned();
        other = other.replacen(
            "schemas:",
            &format!("{}, schemas:", inner.strip_suffix('}').unwrap()),
            1,
        );
        document.clear();
    }
    format!(
        "openapi: 3.2.0\n\
         info: {{title: t, version: '1', summary: s, license: {{name: MIT, identifier: MIT}}}}\n\
         {document}\n\
         paths: {{/a: {{{item}get: {{operationId: a, responses: {{'200': {{description: d, content: {content}}}}}{operation}}}}}}}\n\
         {other}\n"
    )
}

/// Returns the status of an example: the generator rejects it, warns about it, or accepts it.
fn status(part: Part, example: &str) -> &'static str {
    let document = document_with(part, example);
    let generated = dub_generator::generate(&Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    });
    match generated {
        Ok(generated) if generated.warnings.is_empty() => "accepted",
        Ok(_) => "warning",
        Err(_) => "rejected",
    }
}

#[test]
fn table_of_constructs_says_what_each_leads_to() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let section = page.split("## OpenAPI 3.1 and 3.2").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| "));
    let rows = rows.map(|row| {
        row.split(" | ")
            .map(|cell| cell.trim_matches(['|', ' ']))
            .collect()
    });
    let rows: Vec<Vec<&str>> = rows.skip(1).collect();
    let names: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let examples: Vec<&str> = EXAMPLES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, examples);
    for (row, (name, part, example)) in rows.iter().zip(EXAMPLES) {
        let expected = match row[1] {
            "supported" | "ignored" => "accepted",
            other => other,
        };
        assert_eq!(status(part, example), expected, "{name}");
    }
}
