//! What the grammar of OpenAPI is made of: kinds of values, and kinds of objects with their keys.

use super::rules::Rule;

/// A kind of value.
pub(super) enum Kind {
    Text,
    Flag,
    Number,
    /// A whole number that is not negative.
    Count,
    /// One of a few words.
    Word(&'static [&'static str]),
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
    FlagOrSchema,
    /// The scopes of a security requirement; some documents write nothing where an empty list belongs.
    Scopes,
}

/// The types of schemas.
pub(super) const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "object", "array"];

/// A kind of object.
pub struct Shape {
    /// As messages call it, with its article.
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// What other keys than the fields mean.
    pub(super) others: Others,
    /// What a table cannot say.
    pub(super) rule: Option<Rule>,
}

pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// Keys that are no fields.
pub(super) enum Others {
    /// There are none, apart from extensions.
    None,
    /// Those that a pattern admits, each with such a value.
    Pattern {
        admits: fn(&str) -> bool,
        wanted: &'static str,
        kind: Kind,
    },
}

impl Shape {
    pub(super) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The kind of value of a key, be it a field or one that the pattern admits.
    pub(super) fn kind_of(&'static self, key: &str) -> Option<&'static Kind> {
        match (self.field(key), &self.others) {
            (Some(field), _) => Some(&field.kind),
            (None, Others::Pattern { admits, kind, .. })
                if !key.starts_with("x-") && admits(key) =>
            {
                Some(kind)
            }
            _ => None,
        }
    }

    pub(super) fn is(&'static self, other: &'static Self) -> bool {
        std::ptr::eq(self, other)
    }
}

pub(super) const fn optional(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: false,
    }
}

pub(super) const fn required(key: &'static str, kind: Kind) -> Field {
    Field {
        key,
        kind,
        required: true,
    }
}

pub(super) const fn shape(name: &'static str, fields: &'static [Field]) -> Shape {
    Shape {
        name,
        fields,
        others: Others::None,
        rule: None,
    }
}

pub(super) const fn ruled(name: &'static str, fields: &'static [Field], rule: Rule) -> Shape {
    Shape {
        name,
        fields,
        others: Others::None,
        rule: Some(rule),
    }
}
