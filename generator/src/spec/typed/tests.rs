use openapiv3::{OpenAPI, Schema, SchemaKind, Type};

use super::super::yaml;
use super::*;
use crate::span::SourceId;

/// A document with the constructs that openapiv3 can deserialize. Both must read it the same way.
const EVERYTHING: &str = r##"
openapi: 3.0.3
info:
  title: Links
  version: "1"
  description: d
  termsOfService: https://example.com/terms
  contact: {name: n, url: u, email: e, x-a: 1}
  license: {name: MIT, url: u}
  x-info: {a: [1, null, true, 1.5]}
servers:
  - {url: "https://{region}.example.com", description: d, variables: {region: {default: eu, enum: [eu, us], description: d}}}
security: [{token: []}, {}]
tags: [{name: Links, description: d, externalDocs: {url: u, description: d}}]
externalDocs: {url: u}
x-root: r
paths:
  x-paths: 1
  /links/{id}:
    summary: s
    description: d
    servers: [{url: /v2}]
    parameters:
      - {$ref: "#/components/parameters/id"}
      - {name: s, in: query, style: spaceDelimited, explode: false, allowReserved: true, allowEmptyValue: true, schema: {type: string}}
      - {name: d, in: query, style: deepObject, schema: {type: object}, deprecated: true, example: {a: 1}}
      - {name: m, in: path, required: true, style: matrix, schema: {type: string}, examples: {e: {value: 1, summary: s}}}
      - {name: l, in: path, required: true, style: label, schema: {type: string}}
      - {name: h, in: header, schema: {type: string}, description: d, x-p: 1}
      - {name: c, in: cookie, content: {application/json: {schema: {}}}}
    get:
      operationId: getLink
      tags: [Links]
      summary: s
      description: d
      externalDocs: {url: u}
      deprecated: true
      security: [{oauth: [read]}]
      servers: [{url: /v3}]
      x-operation: {a: b}
      responses:
        default: {$ref: "#/components/responses/error"}
        "200":
          description: ok
          headers: {X-A: {schema: {type: integer}, required: true, description: d, deprecated: true, example: 1}}
          content:
            application/json: {schema: {$ref: "#/components/schemas/Link"}, example: {a: 1}, examples: {a: {$ref: "#/components/examples/e"}}}
          links: {next: {operationId: getLink, parameters: {id: $response.body#/id}, requestBody: {}, description: d, server: {url: s}}}
        4xx: {description: client}
        x-responses: 1
    post:
      requestBody:
        description: d
        required: true
        content:
          multipart/form-data:
            schema: {type: object}
            encoding: {file: {contentType: image/png, style: form, explode: true, allowReserved: true, headers: {X: {schema: {}}}}}
      callbacks: {done: {"{$request.body#/url}": {post: {responses: {"200": {description: ok}}}}}}
      responses: {}
    put: {responses: {}}
    patch: {responses: {}}
    delete: {responses: {}}
    head: {responses: {}}
    options: {responses: {}}
    trace: {responses: {}}
  /other: {$ref: "#/paths/~1links~1%7Bid%7D"}
components:
  x-components: 1
  parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}
  responses: {error: {description: d, x-response: 1}}
  examples: {e: {value: {}, externalValue: u, description: d}}
  requestBodies: {b: {content: {text/plain: {}}}}
  headers: {h: {content: {text/plain: {}}}}
  links: {l: {operationRef: r}}
  callbacks: {c: {u: {}}, r: {$ref: "#/components/callbacks/c"}}
  securitySchemes:
    token: {type: http, scheme: bearer, bearerFormat: JWT, description: d, x-scheme: 1}
    key: {type: apiKey, in: header, name: X-Key}
    cookie: {type: apiKey, in: cookie, name: sid}
    query: {type: apiKey, in: query, name: key}
    oidc: {type: openIdConnect, openIdConnectUrl: u}
    oauth:
      type: oauth2
      flows:
        implicit: {authorizationUrl: a, refreshUrl: r, scopes: {read: d}}
        password: {tokenUrl: t, scopes: {}}
        clientCredentials: {tokenUrl: t, scopes: {}}
        authorizationCode: {authorizationUrl: a, tokenUrl: t, scopes: {}, x-flow: 1}
  schemas:
    Link:
      type: object
      title: t
      description: d
      required: [id]
      properties: {id: {type: string}, self: {$ref: "#/components/schemas/Link"}}
      additionalProperties: false
      minProperties: 1
      maxProperties: 9
      externalDocs: {url: u}
      xml: {name: x}
      x-schema: 1
    Text: {type: string, format: date-time, pattern: a, enum: [a, null], minLength: 1, maxLength: 2, nullable: true, default: a, example: a}
    Odd: {type: string, format: uuid}
    Bytes: {type: string, format: byte}
    Float: {type: number, format: double, minimum: 1, maximum: 2.5, exclusiveMinimum: true, multipleOf: 0.5, enum: [1, 1.5]}
    Whole: {type: integer, format: int64, minimum: 1, maximum: 9, exclusiveMaximum: true, multipleOf: 1, enum: [1, null]}
    Flag: {type: boolean, enum: [true], readOnly: true}
    List: {type: array, items: {type: string}, minItems: 1, maxItems: 2, uniqueItems: true, writeOnly: true}
    Map: {type: object, additionalProperties: {type: string}, deprecated: true}
    Free: {type: object, additionalProperties: true}
    One: {oneOf: [{type: string}, {$ref: "#/components/schemas/Link"}], discriminator: {propertyName: p, mapping: {a: "#/components/schemas/Link"}, x-d: 1}}
    All: {allOf: [{$ref: "#/components/schemas/Link"}], nullable: true}
    AnyOf: {anyOf: [{}]}
    Not: {not: {type: string}}
    Everything: {}
    MixedEnum: {type: string, enum: [a, [1]]}
    TypedUnion: {type: object, oneOf: [{}]}
    Untyped: {properties: {a: {}}, required: [a]}
    Huge: {type: integer, maximum: 18446744073709551615}
    Stray: {type: string, minimum: 1, items: {}}
    All2: {allOf: [{}], anyOf: [{}], oneOf: [{}], not: {}, enum: [1], format: f}
"##;

fn read(text: &str) -> OpenAPI {
    openapi(&yaml::read(SourceId::DOCUMENT, text).unwrap().root)
}

fn schema_of(text: &str) -> Schema {
    schema(&yaml::read(SourceId::DOCUMENT, text).unwrap().root)
}

#[test]
fn matches_openapiv3_deserialization() {
    let root = yaml::read(SourceId::DOCUMENT, EVERYTHING).unwrap().root;
    let expected: OpenAPI = serde_json::from_value(json(&root)).unwrap();
    let found = openapi(&root);
    assert_eq!(found.paths, expected.paths);
    assert_eq!(found.components, expected.components);
    assert_eq!(found, expected);
}

#[test]
fn accepts_values_that_openapiv3_rejects() {
    let document = read(
        "info: {title: t, version: 1.10}\n\
         servers: [{url: u, variables: {port: {default: 80, enum: [80, 443]}}}]\n\
         security: [{a: }]\n\
         paths: {/a: {get: {responses: {'200': {}}, callbacks: {c: {$ref: '#/components/callbacks/c'}}}}}\n",
    );
    assert_eq!(document.info.version, "1.10");
    assert_eq!(
        document.servers[0].variables.as_ref().unwrap()["port"].enumeration,
        ["80", "443"]
    );
    assert_eq!(document.security.unwrap()[0]["a"], [""; 0]);
    let item = document.paths.paths["/a"].as_item().unwrap();
    let operation = item.get.as_ref().unwrap();
    let response = operation.responses.responses.values().next().unwrap();
    assert_eq!(response.as_item().unwrap().description, "");
    assert!(operation.callbacks.is_empty());
}

#[test]
fn reads_integers_in_any_notation() {
    let SchemaKind::Type(Type::Integer(integer)) =
        schema_of("{type: integer, maximum: 1e3, enum: [1.0]}").schema_kind
    else {
        panic!("not an integer")
    };
    assert_eq!(
        (integer.maximum, integer.enumeration),
        (Some(1000), vec![Some(1)])
    );
}

#[test]
fn null_type_allows_only_null() {
    let schema = schema_of("{type: 'null'}");
    assert!(schema.schema_data.nullable);
    let SchemaKind::Any(any) = schema.schema_kind else {
        panic!("not any")
    };
    assert_eq!((any.typ, any.enumeration), (None, vec![Json::Null]));
}

#[test]
fn keys_beside_reference_become_all_of() {
    let schema = schema_of("{$ref: '#/a', type: object, allOf: [{title: t}]}");
    let SchemaKind::Any(any) = schema.schema_kind else {
        panic!("not any")
    };
    assert_eq!((any.typ.as_deref(), any.all_of.len()), (Some("object"), 2));
}

#[test]
fn invalid_values_become_defaults() {
    let document = read(
        "info: 1\npaths: {/a: {get: {parameters: {}, responses: []}}, b: 1}\ncomponents: {schemas: {A: {properties: 3, type: 5}, B: 4}}\n",
    );
    assert_eq!(document.paths.paths.len(), 1);
    assert_eq!(document.components.unwrap().schemas.len(), 2);
}
