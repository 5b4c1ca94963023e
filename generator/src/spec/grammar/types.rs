//! What the grammar of OpenAPI is made of: kinds of values, and kinds of objects with their keys.

use crate::spec::rules::Rule;

/// A kind of value.
pub(in crate::spec) enum Kind {
    String,
    Bool,
    Number,
    /// A whole number that is not negative.
    NonNegativeInteger,
    /// One of a few words.
    Enum(&'static [&'static str]),
    /// The type of a schema.
    Type,
    /// Whatever it is, it is data and not part of the grammar.
    Data,
    /// A list whose items are data.
    DataList,
    List(&'static Kind),
    /// An object whose keys are names.
    Map(&'static Kind),
    Object(&'static Shape),
    /// An object, or a reference to one.
    Reference(&'static Shape),
    /// `additionalProperties`: true, false or a schema.
    BoolOrSchema,
    /// The scopes of a security requirement; some documents write nothing where an empty list belongs.
    Scopes,
}

/// The types of schemas.
pub(in crate::spec) const SCHEMA_TYPES: [&str; 6] =
    ["string", "number", "integer", "boolean", "object", "array"];

/// A kind of object.
pub struct Shape {
    /// As messages call it, with its article.
    pub(in crate::spec) name: &'static str,
    pub(in crate::spec) fields: &'static [Field],
    /// What other keys than the fields mean.
    pub(in crate::spec) other_keys: OtherKeys,
    /// What a table cannot say.
    pub(in crate::spec) rule: Option<Rule>,
}

pub(in crate::spec) struct Field {
    pub(in crate::spec) key: &'static str,
    pub(in crate::spec) kind: Kind,
    pub(in crate::spec) required: bool,
}

/// Keys that are no fields.
pub(in crate::spec) enum OtherKeys {
    /// There are none, apart from extensions.
    None,
    /// Those that a pattern accepts, each with such a value.
    Pattern {
        accepts: fn(&str) -> bool,
        expected: &'static str,
        kind: Kind,
    },
}

impl Shape {
    pub(in crate::spec) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The kind of value of a key, be it a field or one that the pattern accepts.
    pub(in crate::spec) fn kind_of(&'static self, key: &str) -> Option<&'static Kind> {
        match (self.field(key), &self.other_keys) {
            (Some(field), _) => Some(&field.kind),
            (None, OtherKeys::Pattern { accepts, kind, .. })
                if !key.starts_with("x-") && accepts(key) =>
            {
                Some(kind)
            }
            _ => None,
        }
    }

    pub(in crate::spec) fn is(&'static self, other: &'static Self) -> bool {
        std::ptr::eq(self, other)
    }
}

pub(in crate::spec) const fn optional(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: false,
    }
}

pub(in crate::spec) const fn required(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: true,
    }
}

pub(in crate::spec) const fn shape(name: &'static str, fields: &'static [Field]) -> Shape {
    Shape {
        name,
        fields,
        other_keys: OtherKeys::None,
        rule: None,
    }
}

pub(in crate::spec) const fn shape_with_rule(
    name: &'static str,
    fields: &'static [Field],
    rule: Rule,
) -> Shape {
    Shape {
        name,
        fields,
        other_keys: OtherKeys::None,
        rule: Some(rule),
    }
}
