//! The building blocks of the grammar: kinds of values, and shapes of objects with their keys.

use crate::spec::rules::Rule;

/// The kind of a value.
pub(in crate::spec) enum Kind {
    String,
    Bool,
    Number,
    NonNegativeInteger,
    /// A string enum: one of these strings.
    Enum(&'static [&'static str]),
    /// The `type` of a schema.
    Type,
    /// Any value. It is data, such as an example, and not part of the grammar.
    Data,
    /// A list of [`Data`](Self::Data).
    DataList,
    List(&'static Kind),
    /// An object with arbitrary keys, such as names of components.
    Map(&'static Kind),
    Object(&'static Shape),
    /// An object with this shape, or a reference to one.
    Reference(&'static Shape),
    /// `additionalProperties`: a boolean or a schema.
    BoolOrSchema,
    /// The scopes of a security requirement: a list, or null, which some documents use for no
    /// scopes.
    Scopes,
}

/// The values of a schema's `type`.
pub(in crate::spec) const SCHEMA_TYPES: [&str; 6] =
    ["string", "number", "integer", "boolean", "object", "array"];

/// The shape of an object: its name, its keys and the checks that apply to it.
pub struct Shape {
    /// The name for messages, with its article.
    pub(in crate::spec) name: &'static str,
    pub(in crate::spec) fields: &'static [Field],
    /// The keys that are allowed in addition to the fields.
    pub(in crate::spec) other_keys: OtherKeys,
    /// A check that the table cannot express.
    pub(in crate::spec) rule: Option<Rule>,
}

pub(in crate::spec) struct Field {
    pub(in crate::spec) key: &'static str,
    pub(in crate::spec) kind: Kind,
    pub(in crate::spec) required: bool,
    /// True if the value does not change the generated code, except for its docs. A problem with it
    /// is a warning.
    pub(in crate::spec) lenient: bool,
}

/// The keys of an object that are not fields.
pub(in crate::spec) enum OtherKeys {
    /// No other keys, except extensions.
    None,
    /// The keys that `accepts` accepts, with values of this `kind`. Messages explain the pattern
    /// with `expected`.
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

    /// Returns the kind of a key's value. The key is a field, or the pattern accepts it.
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
        lenient: false,
    }
}

/// An optional key whose value does not change the generated code, except for its docs.
pub(in crate::spec) const fn lenient(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: false,
        lenient: true,
    }
}

pub(in crate::spec) const fn required(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: true,
        lenient: false,
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
