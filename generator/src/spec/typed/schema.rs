//! Converts schemas to openapiv3's kinds: a composition such as `OneOf` if it is the only key that
//! matters, a plain type if all keys belong to that type, and otherwise `Any` with all keys.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::Value as Json;

use super::shared::external_docs;
use super::{Fields, reference_or};
use crate::spec::tree::{Node, Value};
use crate::spec::{grammar, number, ref_siblings};

pub(in crate::spec) fn schema(node: &Node) -> Schema {
    let fields = Fields::of(node);
    Schema {
        schema_data: data(fields),
        schema_kind: kind(fields, node),
    }
}

/// Groups of the keys that determine a schema's kind, as bit flags.
mod groups {
    pub(super) const STRING: u16 = 1;
    pub(super) const NUMBER: u16 = 1 << 1;
    pub(super) const OBJECT: u16 = 1 << 2;
    pub(super) const ARRAY: u16 = 1 << 3;
    pub(super) const ENUM: u16 = 1 << 4;
    pub(super) const FORMAT: u16 = 1 << 5;
    pub(super) const ONE_OF: u16 = 1 << 6;
    pub(super) const ALL_OF: u16 = 1 << 7;
    pub(super) const ANY_OF: u16 = 1 << 8;
    pub(super) const NOT: u16 = 1 << 9;
    pub(super) const TYPE: u16 = 1 << 10;

    pub(super) fn of(key: &str) -> u16 {
        match key {
            "pattern" | "minLength" | "maxLength" => STRING,
            "multipleOf" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                NUMBER
            }
            "properties"
            | "required"
            | "additionalProperties"
            | "minProperties"
            | "maxProperties" => OBJECT,
            "items" | "minItems" | "maxItems" | "uniqueItems" => ARRAY,
            "enum" => ENUM,
            "format" => FORMAT,
            "oneOf" => ONE_OF,
            // A reference with other keys next to it becomes an `allOf`.
            "allOf" | "$ref" => ALL_OF,
            "anyOf" => ANY_OF,
            "not" => NOT,
            "type" => TYPE,
            _ => 0,
        }
    }
}

fn data(fields: Fields<'_>) -> SchemaData {
    SchemaData {
        nullable: fields.is("nullable") || is_null_type(fields),
        read_only: fields.is("readOnly"),
        write_only: fields.is("writeOnly"),
        deprecated: fields.is("deprecated"),
        external_docs: fields.get("externalDocs").map(external_docs),
        example: fields.data("example"),
        title: fields.string("title"),
        description: fields.string("description"),
        discriminator: fields.get("discriminator").map(discriminator),
        default: fields.data("default"),
        extensions: fields.extensions(),
    }
}

fn kind(fields: Fields<'_>, node: &Node) -> SchemaKind {
    let entries = node
        .as_object()
        .into_iter()
        .flat_map(|object| object.iter());
    let found = entries
        .filter(|(_, entry)| !entry.node.is_null())
        .fold(0, |found, (key, _)| found | groups::of(key));
    match found {
        groups::ONE_OF => {
            return SchemaKind::OneOf {
                one_of: schemas(fields, "oneOf"),
            };
        }
        groups::ALL_OF => {
            return SchemaKind::AllOf {
                all_of: all_of(fields, node),
            };
        }
        groups::ANY_OF => {
            return SchemaKind::AnyOf {
                any_of: schemas(fields, "anyOf"),
            };
        }
        _ => {}
    }
    if found == groups::NOT
        && let Some(not) = fields.get("not")
    {
        return SchemaKind::Not {
            not: Box::new(subschema(not)),
        };
    }
    match plain_type(fields, found) {
        Some(plain) => SchemaKind::Type(plain),
        None => SchemaKind::Any(any(fields, node)),
    }
}

/// Returns the type of a schema, if it has one and all its keys belong to that type.
fn plain_type(fields: Fields<'_>, found: u16) -> Option<Type> {
    use groups::{ARRAY, ENUM, FORMAT, NUMBER, OBJECT, STRING, TYPE};
    let only = |allowed: u16| found & !(allowed | TYPE) == 0;
    match fields.get("type")?.as_str()? {
        "string" if only(STRING | ENUM | FORMAT) => string(fields).map(Type::String),
        "number" if only(NUMBER | ENUM | FORMAT) => decimal(fields).map(Type::Number),
        "integer" if only(NUMBER | ENUM | FORMAT) => integer(fields).map(Type::Integer),
        "boolean" if only(ENUM) => Some(Type::Boolean(BooleanType {
            enumeration: enumeration(fields, to_bool)?,
        })),
        "object" if only(OBJECT) => Some(Type::Object(object(fields))),
        "array" if only(ARRAY) => Some(Type::Array(array(fields))),
        _ => None,
    }
}

fn string(fields: Fields<'_>) -> Option<StringType> {
    Some(StringType {
        format: fields.string("format").into(),
        pattern: fields.string("pattern"),
        enumeration: enumeration(fields, super::string)?,
        min_length: count(fields, "minLength"),
        max_length: count(fields, "maxLength"),
    })
}

fn decimal(fields: Fields<'_>) -> Option<NumberType> {
    Some(NumberType {
        format: fields.string("format").into(),
        multiple_of: float(fields, "multipleOf"),
        exclusive_minimum: fields.is("exclusiveMinimum"),
        exclusive_maximum: fields.is("exclusiveMaximum"),
        minimum: float(fields, "minimum"),
        maximum: float(fields, "maximum"),
        enumeration: enumeration(fields, |node| to_number(node)?.as_f64())?,
    })
}

/// Returns `None` if a bound or an enum value is not a 64-bit integer. `1e3` is an integer.
fn integer(fields: Fields<'_>) -> Option<IntegerType> {
    let integer = |node: &Node| number::integer(&parse_number(node)?);
    let bound = |key| match fields.get(key) {
        // Validation has warned about other values.
        Some(node) if matches!(node.value, Value::Number(_)) => integer(node).map(Some),
        Some(_) | None => Some(None),
    };
    Some(IntegerType {
        format: fields.string("format").into(),
        multiple_of: bound("multipleOf")?,
        exclusive_minimum: fields.is("exclusiveMinimum"),
        exclusive_maximum: fields.is("exclusiveMaximum"),
        minimum: bound("minimum")?,
        maximum: bound("maximum")?,
        enumeration: enumeration(fields, |node| number::integer(&to_number(node)?))?,
    })
}

fn object(fields: Fields<'_>) -> ObjectType {
    ObjectType {
        properties: properties(fields),
        required: fields.strings("required"),
        additional_properties: additional_properties(fields),
        min_properties: count(fields, "minProperties"),
        max_properties: count(fields, "maxProperties"),
    }
}

fn array(fields: Fields<'_>) -> ArrayType {
    ArrayType {
        items: fields.get("items").map(boxed_subschema),
        min_items: count(fields, "minItems"),
        max_items: count(fields, "maxItems"),
        unique_items: fields.is("uniqueItems"),
    }
}

fn any(fields: Fields<'_>, node: &Node) -> AnySchema {
    let null = is_null_type(fields);
    let typ = fields.get("type").and_then(Node::as_str);
    let values = || fields.list("enum", |node| enum_value(node, typ));
    AnySchema {
        typ: fields.string("type").filter(|_| !null),
        pattern: fields.string("pattern"),
        multiple_of: float(fields, "multipleOf"),
        exclusive_minimum: fields.bool("exclusiveMinimum"),
        exclusive_maximum: fields.bool("exclusiveMaximum"),
        minimum: float(fields, "minimum"),
        maximum: float(fields, "maximum"),
        properties: properties(fields),
        required: fields.strings("required"),
        additional_properties: additional_properties(fields),
        min_properties: count(fields, "minProperties"),
        max_properties: count(fields, "maxProperties"),
        items: fields.get("items").map(boxed_subschema),
        min_items: count(fields, "minItems"),
        max_items: count(fields, "maxItems"),
        unique_items: fields.bool("uniqueItems"),
        enumeration: if null { vec![Json::Null] } else { values() },
        format: fields.string("format"),
        min_length: count(fields, "minLength"),
        max_length: count(fields, "maxLength"),
        one_of: schemas(fields, "oneOf"),
        all_of: all_of(fields, node),
        any_of: schemas(fields, "anyOf"),
        not: fields.get("not").map(|not| Box::new(subschema(not))),
    }
}

/// Returns true for `type: 'null'`. It is not OpenAPI 3.0, but it has only one meaning: null is the
/// only value.
fn is_null_type(fields: Fields<'_>) -> bool {
    fields.get("type").and_then(Node::as_str) == Some("null")
}

fn discriminator(node: &Node) -> Discriminator {
    let fields = Fields::of(node);
    Discriminator {
        property_name: fields.required_string("propertyName"),
        mapping: fields.string_map("mapping"),
        extensions: fields.extensions(),
    }
}

fn subschema(node: &Node) -> ReferenceOr<Schema> {
    reference_or(&grammar::SCHEMA, node, schema)
}

fn boxed_subschema(node: &Node) -> ReferenceOr<Box<Schema>> {
    reference_or(&grammar::SCHEMA, node, |node| Box::new(schema(node)))
}

fn schemas(fields: Fields<'_>, key: &str) -> Vec<ReferenceOr<Schema>> {
    fields.list(key, subschema)
}

fn all_of(fields: Fields<'_>, node: &Node) -> Vec<ReferenceOr<Schema>> {
    let reference = node
        .as_object()
        .and_then(ref_siblings::reference_with_siblings);
    let reference = reference.map(|reference| ReferenceOr::Reference {
        reference: reference.to_owned(),
    });
    reference
        .into_iter()
        .chain(schemas(fields, "allOf"))
        .collect()
}

fn properties(fields: Fields<'_>) -> IndexMap<String, ReferenceOr<Box<Schema>>> {
    fields.map("properties", boxed_subschema)
}

fn additional_properties(fields: Fields<'_>) -> Option<AdditionalProperties> {
    let node = fields.get("additionalProperties")?;
    Some(match node.as_bool() {
        Some(any) => AdditionalProperties::Any(any),
        None => AdditionalProperties::Schema(Box::new(subschema(node))),
    })
}

/// Returns the values of `enum`, with `None` for null. Returns `None` instead of a list if a value
/// has another type.
fn enumeration<T>(fields: Fields<'_>, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<Option<T>>> {
    let values = fields
        .get("enum")
        .and_then(Node::as_array)
        .unwrap_or_default();
    let value = |node: &Node| {
        if node.is_null() {
            Some(None)
        } else {
            read(node).map(Some)
        }
    };
    values.iter().map(value).collect()
}

/// Returns a value of `enum` as JSON. A scalar that contradicts `type` is converted to it: the type
/// decides what is sent.
fn enum_value(node: &Node, typ: Option<&str>) -> Json {
    let converted = match typ {
        Some("string") => super::string(node).map(Json::String),
        Some("integer" | "number") => to_number(node).map(Json::Number),
        Some("boolean") => to_bool(node).map(Json::Bool),
        _ => None,
    };
    converted.unwrap_or_else(|| super::json(node))
}

/// Returns a boolean, also if it is written as a string.
fn to_bool(node: &Node) -> Option<bool> {
    match node.as_str() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => node.as_bool(),
    }
}

/// Returns a number, also if it is written as a string.
fn to_number(node: &Node) -> Option<serde_json::Number> {
    match node.as_str() {
        Some(text) => number::parse(text),
        None => parse_number(node),
    }
}

fn parse_number(node: &Node) -> Option<serde_json::Number> {
    match &node.value {
        Value::Number(string) => number::parse(string),
        _ => None,
    }
}

fn float(fields: Fields<'_>, key: &str) -> Option<f64> {
    parse_number(fields.get(key)?)?.as_f64()
}

fn count(fields: Fields<'_>, key: &str) -> Option<usize> {
    number::integer(&parse_number(fields.get(key)?)?)?
        .try_into()
        .ok()
}
