//! Keys that are not part of the grammar but occur in real documents: those of other OpenAPI
//! versions and of JSON Schema.

use super::grammar;
use super::grammar::types::Shape;
use super::tree::{Node, Value};
use super::version::Version;

/// The effect of such a key.
pub(super) enum DialectKey {
    /// The key does not affect the generated code. The comments in the tables give the reasons.
    Harmless,
    /// The key has a meaning that would be lost.
    Meaningful {
        /// The standard that defines the key.
        origin: &'static str,
        /// The equivalent in OpenAPI 3.0.
        help: &'static str,
    },
}

const OPENAPI_3_1: &str = "OpenAPI 3.1";
const SWAGGER_2: &str = "Swagger 2.0";
const JSON_SCHEMA: &str = "JSON Schema";

pub(super) fn lookup(
    shape: &'static Shape,
    key: &str,
    value: &Node,
    version: Version,
) -> Option<DialectKey> {
    if version.has_json_schema() && is_converted(shape, key) {
        return Some(DialectKey::Harmless);
    }
    let meaningful = |origin, help| Some(DialectKey::Meaningful { origin, help });
    if shape.is(&grammar::SCHEMA) {
        return in_schema(key, value);
    }
    if shape.is(&grammar::PARAMETER) || shape.is(&grammar::HEADER) {
        return in_parameter(shape, key);
    }
    if shape.is(&grammar::RESPONSE) && matches!(key, "schema" | "examples") {
        return meaningful(SWAGGER_2, "move it to `content`, under its media type");
    }
    if shape.is(&grammar::OPERATION) && matches!(key, "consumes" | "produces" | "schemes") {
        return meaningful(
            SWAGGER_2,
            "write media types in `content`, and schemes in `servers`",
        );
    }
    if shape.is(&grammar::OPENAPI) {
        return in_document(key);
    }
    if shape.is(&grammar::FLOWS) && matches!(key, "deviceAuthorization" | "device") {
        return Some(DialectKey::Harmless);
    }
    // `pathItems` only contains targets for references, and references are followed to any
    // location.
    let is_path_items_section = shape.is(&grammar::COMPONENTS) && key == "pathItems";
    (is_path_items_section || is_descriptive_only(shape)).then_some(DialectKey::Harmless)
}

/// Returns true for a key of OpenAPI 3.1 or 3.2 that remains in a converted document: it does not
/// affect the generated code, or [`convert`](super::convert) has read it.
fn is_converted(shape: &'static Shape, key: &str) -> bool {
    let keys: &[&str] = if shape.is(&grammar::SCHEMA) {
        return JSON_SCHEMA_KEYS.contains(&key);
    } else if shape.is(&grammar::OPENAPI) {
        &["$self", "jsonSchemaDialect"]
    } else if shape.is(&grammar::SECURITY_SCHEME) {
        &["deprecated", "oauth2MetadataUrl"]
    } else if shape.is(&grammar::DISCRIMINATOR) {
        &["defaultMapping"]
    } else if shape.is(&grammar::RESPONSE) {
        &["summary"]
    } else if shape.is(&grammar::SERVER) {
        &["name"]
    } else {
        return false;
    };
    keys.contains(&key)
}

/// The keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have, and those of 2019-09 that
/// became `$dynamicRef` and `$dynamicAnchor`.
const JSON_SCHEMA_KEYS: [&str; 29] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$schema",
    "$vocabulary",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "definitions",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

fn in_schema(key: &str, value: &Node) -> Option<DialectKey> {
    let is_flag = matches!(value.value, Value::Bool(_));
    let meaningful = |origin, help| Some(DialectKey::Meaningful { origin, help });
    match key {
        // Examples, or metadata for other tools.
        "examples" | "$comment" | "$schema" | "$id" | "id" | "summary" => {
            Some(DialectKey::Harmless)
        }
        // Constraints that do not change the type. The generated code does not validate values.
        "propertyNames" | "contains" | "minContains" | "maxContains" | "dependentRequired" => {
            Some(DialectKey::Harmless)
        }
        "unevaluatedProperties" | "unevaluatedItems" | "additionalItems" if is_flag => {
            Some(DialectKey::Harmless)
        }
        "const" => meaningful(OPENAPI_3_1, "write `enum` with one value"),
        "prefixItems" => meaningful(
            OPENAPI_3_1,
            "OpenAPI 3.0 has no tuples: use an object, or an array with one type of item",
        ),
        "$defs" | "definitions" => {
            meaningful(JSON_SCHEMA, "move the schemas to `components/schemas`")
        }
        "if" | "then" | "else" | "dependentSchemas" | "dependencies" => meaningful(
            JSON_SCHEMA,
            "OpenAPI 3.0 has no conditional schemas: describe the cases with `oneOf`",
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
            "write `format: binary` for raw bytes, or `format: byte` for base64",
        ),
        "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$recursiveAnchor" | "$recursiveRef" => {
            meaningful(
                JSON_SCHEMA,
                "write a `$ref` with a JSON pointer, such as `#/components/schemas/Name`",
            )
        }
        "collectionFormat" => meaningful(
            SWAGGER_2,
            "write `style` and `explode` in the parameter, next to its `schema`",
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
                help: "move it to `schema`",
            })
        }
        "collectionFormat" => Some(DialectKey::Meaningful {
            origin: SWAGGER_2,
            help: "write `style` and `explode`",
        }),
        // The key of a header is its name. Repeating it has no effect.
        "name" | "in" if shape.is(&grammar::HEADER) => Some(DialectKey::Harmless),
        _ => None,
    }
}

fn in_document(key: &str) -> Option<DialectKey> {
    match key {
        // Requests to the SDK user's server. No code is generated for them, as for callbacks.
        "webhooks" => Some(DialectKey::Harmless),
        "jsonSchemaDialect" => Some(DialectKey::Meaningful {
            origin: OPENAPI_3_1,
            help: "remove it",
        }),
        "definitions" | "parameters" | "responses" | "securityDefinitions" => {
            Some(DialectKey::Meaningful {
                origin: SWAGGER_2,
                help: "move it to `components`",
            })
        }
        "host" | "basePath" | "schemes" => Some(DialectKey::Meaningful {
            origin: SWAGGER_2,
            help: "write the URL under `servers`",
        }),
        "consumes" | "produces" => Some(DialectKey::Meaningful {
            origin: SWAGGER_2,
            help: "write media types in the `content` of each operation",
        }),
        _ => None,
    }
}

/// Returns true for objects that affect only documentation. Later versions of OpenAPI add keys to
/// them, such as `summary` and `identifier`.
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
    shapes.into_iter().any(|descriptive| descriptive.is(shape))
}
