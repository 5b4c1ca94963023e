//! Operations that are skipped with [`Unsupported::Skip`], so that the rest of the document is
//! accepted.

use crate::support::rendered;
use dub_generator::{Config, Unsupported};

fn config(document: &str) -> Config<'_> {
    Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Skip,
        names: None,
    }
}

/// Lists the generated operations, and the skipped ones with the reasons.
fn outcome(document: &str) -> String {
    let config = config(document);
    let api = match dub_generator::inspect(&config) {
        Ok(api) => api,
        Err(problems) => return rendered(&problems, "document", document),
    };
    let mut lines = Vec::new();
    for operation in api
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
    {
        lines.push(format!(
            "generated  {} {}",
            operation.method.as_str(),
            operation.path
        ));
    }
    for webhook in &api.webhooks {
        lines.push(format!("generated  webhook {}", webhook.name.wire));
    }
    for skipped in &api.skipped {
        lines.push(format!("skipped    {}", skipped.operation));
        lines.extend(
            skipped
                .reasons
                .iter()
                .map(|reason| format!("           {reason}")),
        );
    }
    lines.join("\n")
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Sample, version: '1'}\n";

/// An invalid hint for pagination is only a warning.
#[test]
fn ignores_invalid_pagination_when_skipping() {
    let document = format!(
        "{HEAD}{}",
        r#"
servers: [{url: https://api.example.com}]
paths:
  /things:
    get:
      operationId: getThings
      tags: [Things]
      parameters: [{name: page, in: query, schema: {type: integer}}]
      x-speakeasy-pagination:
        {type: offsetLimit, inputs: [{name: page, in: parameters, type: page}], outputs: {results: $.items}}
      responses:
        "200":
          description: Fine.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
"#
    );
    assert_eq!(outcome(&document), "generated  GET /things");
    let generated = dub_generator::generate(&config(&document)).unwrap();
    let warnings = rendered(&generated.warnings, "document", &document);
    let message = "warning[E009]: invalid `x-speakeasy-pagination`: expected an array of results";
    assert!(warnings.contains(message), "{warnings}");
    assert!(
        warnings.contains("generated without a stream"),
        "{warnings}"
    );

    let strict = Config {
        unsupported: Unsupported::Reject,
        ..config(&document)
    };
    assert!(dub_generator::generate(&strict).is_err());
}

/// An operation is skipped for an error in the operation, its path item, a referenced component or
/// its security scheme. An invalid component that no operation refers to is listed, too, but no
/// operation is skipped for it.
#[test]
fn skips_only_affected_operations() {
    insta::assert_snapshot!(outcome(&format!(
        "{HEAD}{}",
        r##"
security: [{token: []}]
paths:
  /sound: {get: {responses: {'204': {description: Done.}}}}
  /inside: {get: {responses: {'204': {description: Done.}}, produces: [text/plain]}}
  /through: {get: {responses: {'200': {$ref: '#/components/responses/Bad'}}}}
  /shared:
    parameters: [{name: a, in: nowhere, schema: {type: string}}]
    get: {responses: {'204': {description: Done.}}}
  /mutual: {get: {security: [{certificate: []}], responses: {'204': {description: Done.}}}}
  /undefined: {get: {security: [{nobody: []}], responses: {'204': {description: Done.}}}}
  /unknown: {search: {responses: {'204': {description: Done.}}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    certificate: {type: mutualTLS}
  responses:
    Bad: {description: Bad., content: {application/json: {schema: {$ref: '#/components/schemas/Bad'}}}}
  schemas:
    Bad: {type: object, properties: {a: {type: list}}}
    Unused: {type: string, const: a}
"##
    )));
}

/// An unknown key is ignored with a warning, also at the root of the document. A keyword of another
/// version of OpenAPI changes the meaning of its operation, which is skipped.
#[test]
fn ignores_unknown_keys_when_skipping() {
    let document = format!(
        "{HEAD}{}",
        r"
description: About this document.
owner: {team: web}
paths:
  /sound: {get: {operationid: hear, responses: {'204': {description: Done., reason: none}}}}
  /other: {get: {responses: {'204': {description: Done.}}, produces: [text/plain]}}
"
    );
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Skip,
        names: None,
    };
    let (_, read) = dub_generator::read(&config).unwrap();
    let warnings = rendered(read.warnings(), "document", &document);
    insta::assert_snapshot!(outcome(&document) + "\n\n" + &warnings);
}

/// A duplicate component name is an error even when skipping: it is ambiguous which definition
/// applies.
#[test]
fn rejects_duplicate_component_when_skipping() {
    insta::assert_snapshot!(outcome(&format!(
        "{HEAD}{}",
        r"
paths:
  /sound: {get: {responses: {'204': {description: Done.}}}}
components:
  schemas:
    Unused: {type: string}
    Unused: {type: integer}
"
    )));
}

/// A schema that extends a base with a discriminator is reached through the base, but a schema that
/// extends another one does not reach the others.
#[test]
fn skips_operations_that_reach_an_unsupported_type_through_its_base() {
    insta::assert_snapshot!(outcome(&format!(
        "{HEAD}{}",
        r##"
paths:
  /shapes: {get: {responses: {'200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}}}}}
  /circles: {get: {responses: {'200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Circle'}}}}}}}
  /blobs: {get: {responses: {'200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Blob'}}}}}}}
components:
  schemas:
    Shape: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Circle: {allOf: [{$ref: '#/components/schemas/Shape'}, {type: object, properties: {radius: {type: number}}}]}
    Blob: {allOf: [{$ref: '#/components/schemas/Shape'}, {type: object, properties: {kind: {type: integer}}}]}
"##
    )));
}

/// A webhook is skipped for an error in itself or in a component that it refers to.
#[test]
fn skips_only_affected_webhooks() {
    insta::assert_snapshot!(outcome(&format!(
        "{HEAD}{}",
        r##"
paths:
  /sound: {get: {responses: {'204': {description: Done.}}}}
x-webhooks:
  sound: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}
  inside: {post: {requestBody: {content: {application/json: {schema: {type: strin}}}}}}
  through: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Bad'}}}}}}
  dangling: {$ref: '#/components/x-path-items/Nothing'}
components:
  schemas:
    Bad: {type: strin}
"##
    )));
}
