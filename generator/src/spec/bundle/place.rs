//! The grammar of references: which values of a document can be references, and to what.
//!
//! In contrast to the grammar of validation, it covers all versions of OpenAPI, because documents
//! are bundled before they are converted.

use super::super::pointer;

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Document,
    Components,
    Paths,
    Schema,
    Response,
    Parameter,
    RequestBody,
    Header,
    Example,
    Link,
    SecurityScheme,
    Callback,
    PathItem,
    Operation,
    Responses,
    MediaType,
    Encoding,
    Discriminator,
    /// The mapping of a discriminator.
    Mapping,
    Map(&'static Self),
    List(&'static Self),
    /// Any value, such as an example. A `$ref` in it is not a reference.
    Data,
    /// An object without references of its own, such as a tag.
    Other,
}

use Place::{
    Callback, Components, Data, Discriminator, Document, Encoding, Example, Header, Link, List,
    Map, Mapping, MediaType, Operation, Other, Parameter, PathItem, Paths, RequestBody, Response,
    Responses, Schema, SecurityScheme,
};

impl Place {
    /// Returns the section of `components` for the values of this kind, if a reference to one may
    /// replace it.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Schema => "schemas",
            Response => "responses",
            Parameter => "parameters",
            RequestBody => "requestBodies",
            Header => "headers",
            Example => "examples",
            Link => "links",
            SecurityScheme => "securitySchemes",
            Callback => "callbacks",
            _ => return None,
        })
    }

    /// Returns the kind of a value for messages, with its article.
    pub(super) fn name(self) -> &'static str {
        match self {
            Schema => "a schema",
            Response => "a response",
            Parameter => "a parameter",
            RequestBody => "a request body",
            Header => "a header",
            Example => "an example",
            Link => "a link",
            SecurityScheme => "a security scheme",
            Callback => "a callback",
            PathItem => "a path item",
            Operation => "an operation",
            MediaType => "a media type",
            _ => "another value",
        }
    }

    /// Returns the kind of the values in a section of `components`.
    pub(super) fn in_section(section: &str) -> Option<Self> {
        match components(section) {
            Map(place) => Some(*place),
            _ => None,
        }
    }

    /// Returns the kind of the value at a JSON pointer in a document.
    pub(super) fn at(pointer: &str) -> Self {
        pointer::tokens(pointer).fold(Document, |place, token| match place {
            List(item) => *item,
            place => place.child(&token),
        })
    }

    /// Returns the kind of the value of a key.
    pub(super) fn child(self, key: &str) -> Self {
        match self {
            Map(place) => *place,
            Data | Mapping => Data,
            _ if key.starts_with("x-") && key != "x-webhooks" => Data,
            Document => document(key),
            Components => components(key),
            Paths | Callback => PathItem,
            Responses => Response,
            Schema => schema(key),
            PathItem => path_item(key),
            Operation => operation(key),
            Response | Parameter | RequestBody | Header | MediaType | Encoding => content(key),
            Discriminator if key == "mapping" => Mapping,
            Example if matches!(key, "value" | "dataValue") => Data,
            Link if matches!(key, "parameters" | "requestBody") => Data,
            _ => Other,
        }
    }

    /// Returns the kind of the items, if the value is an array.
    pub(super) fn item(self) -> Self {
        match self {
            List(item) => *item,
            // Such as `items` before JSON Schema 2020-12.
            Schema => Schema,
            Other => Other,
            _ => Data,
        }
    }
}

fn document(key: &str) -> Place {
    match key {
        "paths" => Paths,
        "components" => Components,
        "webhooks" | "x-webhooks" => Map(&PathItem),
        _ => Other,
    }
}

fn components(key: &str) -> Place {
    match key {
        "schemas" => Map(&Schema),
        "responses" => Map(&Response),
        "parameters" => Map(&Parameter),
        "requestBodies" => Map(&RequestBody),
        "headers" => Map(&Header),
        "examples" => Map(&Example),
        "links" => Map(&Link),
        "securitySchemes" => Map(&SecurityScheme),
        "callbacks" => Map(&Callback),
        "pathItems" => Map(&PathItem),
        "mediaTypes" => Map(&MediaType),
        _ => Other,
    }
}

fn path_item(key: &str) -> Place {
    match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Operation
        }
        "additionalOperations" => Map(&Operation),
        "parameters" => List(&Parameter),
        _ => Other,
    }
}

fn operation(key: &str) -> Place {
    match key {
        "parameters" => List(&Parameter),
        "requestBody" => RequestBody,
        "responses" => Responses,
        "callbacks" => Map(&Callback),
        _ => Other,
    }
}

/// The keys of the objects that have content or a schema.
fn content(key: &str) -> Place {
    match key {
        "schema" | "itemSchema" => Schema,
        "content" => Map(&MediaType),
        "headers" => Map(&Header),
        "links" => Map(&Link),
        "examples" => Map(&Example),
        "encoding" => Map(&Encoding),
        "itemEncoding" => Encoding,
        "prefixEncoding" => List(&Encoding),
        "example" => Data,
        _ => Other,
    }
}

fn schema(key: &str) -> Place {
    match key {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Map(&Schema)
        }
        "items"
        | "additionalProperties"
        | "additionalItems"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "contentSchema" => Schema,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => List(&Schema),
        "discriminator" => Discriminator,
        "xml" | "externalDocs" => Other,
        _ => Data,
    }
}
