//! Keys that OpenAPI 3.0 does not have and that documents contain all the same: those of other versions, and of
//! JSON Schema at large.

use super::grammar;
use super::grammar::types::Shape;
use super::tree::{Node, Value};

/// What becomes of such a key.
pub(super) enum DialectKey {
    /// It says nothing that generated code could express; the table tells why.
    Harmless,
    /// It has a meaning that would be lost. Where it belongs, and how to say the same in OpenAPI 3.0.
    Meaningful {
        origin: &'static str,
        help: &'static str,
    },
}

const OPENAPI_3_1: &str = "OpenAPI 3.1";
const SWAGGER_2: &str = "Swagger 2.0";
const JSON_SCHEMA: &str = "JSON Schema";

pub(super) fn lookup(shape: &'static Shape, key: &str, value: &Node) -> Option<DialectKey> {
    let meaningful = |origin, help| Some(DialectKey::Meaningful { origin, help });
    if shape.is(&grammar::SCHEMA) {
        return in_schema(key, value);
    }
    if shape.is(&grammar::PARAMETER) || shape.is(&grammar::HEADER) {
        return in_parameter(shape, key);
    }
    if shape.is(&grammar::RESPONSE) && matches!(key, "schema" | "examples") {
        return meaningful(
            SWAGGER_2,
            "write it inside of `content`, below its media type",
        );
    }
    if shape.is(&grammar::OPERATION) && matches!(key, "consumes" | "produces" | "schemes") {
        return meaningful(
            SWAGGER_2,
            "media types stand in `content`, schemes in `servers`",
        );
    }
    if shape.is(&grammar::OPENAPI) {
        return in_document(key);
    }
    if shape.is(&grammar::FLOWS) && matches!(key, "deviceAuthorization" | "device") {
        return Some(DialectKey::Harmless);
    }
    // Only references make something of what is kept here, and those are followed wherever they lead.
    let is_path_items_section = shape.is(&grammar::COMPONENTS) && key == "pathItems";
    (is_path_items_section || is_descriptive_only(shape)).then_some(DialectKey::Harmless)
}

fn in_schema(key: &str, value: &Node) -> Option<DialectKey> {
    let is_flag = matches!(value.value, Value::Bool(_));
    let meaningful = |origin, help| Some(DialectKey::Meaningful { origin, help });
    match key {
        // They show values, or name the schema to other tools.
        "examples" | "$comment" | "$schema" | "$id" | "id" | "summary" => {
            Some(DialectKey::Harmless)
        }
        // They restrict what is valid without changing its type; nothing is validated here.
        "propertyNames" | "contains" | "minContains" | "maxContains" | "dependentRequired" => {
            Some(DialectKey::Harmless)
        }
        "unevaluatedProperties" | "unevaluatedItems" | "additionalItems" if is_flag => {
            Some(DialectKey::Harmless)
        }
        "const" => meaningful(OPENAPI_3_1, "write `enum` with that one value"),
        "prefixItems" => meaningful(
            OPENAPI_3_1,
            "tuples cannot be expressed; describe an object, or a list of one kind of item",
        ),
        "$defs" | "definitions" => meaningful(
            JSON_SCHEMA,
            "put schemas that are referred to under `components/schemas`",
        ),
        "if" | "then" | "else" | "dependentSchemas" | "dependencies" => meaningful(
            JSON_SCHEMA,
            "conditions cannot be expressed; `oneOf` may describe the cases",
        ),
        "patternProperties" => meaningful(
            OPENAPI_3_1,
            "write `additionalProperties` with the schema of the values",
        ),
        "unevaluatedProperties" | "unevaluatedItems" | "additionalItems" => {
            meaningful(JSON_SCHEMA, "write `additionalProperties` or `items`")
        }
        "contentMediaType" | "contentEncoding" | "contentSchema" => meaningful(
            OPENAPI_3_1,
            "write `format: binary` for bytes as they are, `format: byte` for base64",
        ),
        "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$recursiveAnchor" | "$recursiveRef" => {
            meaningful(
                JSON_SCHEMA,
                "write a `$ref` with a pointer, such as `#/components/schemas/Name`",
            )
        }
        "collectionFormat" => meaningful(
            SWAGGER_2,
            "write `style` and `explode` beside the parameter's `schema`",
        ),
        _ => None,
    }
}

fn in_parameter(shape: &'static Shape, key: &str) -> Option<DialectKey> {
    match key {
        "type" | "format" | "items" | "enum" | "default" | "minimum" | "maximum" | "pattern"
        | "minLength" | "maxLength" | "minItems" | "maxItems" | "uniqueItems" => {
            Some(DialectKey::Meaningful {
                origin: SWAGGER_2,
                help: "write it inside of the `schema`",
            })
        }
        "collectionFormat" => Some(DialectKey::Meaningful {
            origin: SWAGGER_2,
            help: "write `style` and `explode`",
        }),
        // A header's name is its key; saying it again does no harm.
        "name" | "in" if shape.is(&grammar::HEADER) => Some(DialectKey::Harmless),
        _ => None,
    }
}

fn in_document(key: &str) -> Option<DialectKey> {
    match key {
        // Calls to the user of the code, of which nothing is generated, as of callbacks.
        "webhooks" => Some(DialectKey::Harmless),
        "jsonSchemaDialect" => Some(DialectKey::Meaningful {
            origin: OPENAPI_3_1,
            help: "remove it",
        }),
        "definitions" | "parameters" | "responses" | "securityDefinitions" => {
            Some(DialectKey::Meaningful {
                origin: SWAGGER_2,
                help: "it stands under `components` in OpenAPI 3.0",
            })
        }
        "host" | "basePath" | "schemes" => Some(DialectKey::Meaningful {
            origin: SWAGGER_2,
            help: "write the URL under `servers`",
        }),
        "consumes" | "produces" => Some(DialectKey::Meaningful {
            origin: SWAGGER_2,
            help: "media types stand in each operation's `content`",
        }),
        _ => None,
    }
}

/// Objects of which nothing but text ever comes. Later versions have added to them (`summary`, `identifier`).
pub(super) fn is_descriptive_only(shape: &'static Shape) -> bool {
    let shapes = [
        &grammar::INFO,
        &grammar::CONTACT,
        &grammar::LICENSE,
        &grammar::TAG,
        &grammar::EXTERNAL_DOCS,
        &grammar::EXAMPLE,
        &grammar::XML,
    ];
    shapes.into_iter().any(|one| one.is(shape))
}
