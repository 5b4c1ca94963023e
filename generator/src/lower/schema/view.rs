//! A uniform view of a schema, independent of the variant of `openapiv3::SchemaKind`.

use crate::model::IntegerWidth;
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type as SchemaType};
use serde_json::Value;
use std::sync::LazyLock;

type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

static NO_PROPERTIES: LazyLock<Properties> = LazyLock::new(Properties::new);

/// The keywords of a schema. Absent keywords are empty.
pub struct SchemaView<'s> {
    pub schema: &'s Schema,
    /// The value of `type`.
    typ: Option<&'s str>,
    pub format: Option<&'s str>,
    /// True if `multipleOf` allows only integers.
    pub is_whole: bool,
    /// True for a range that starts at 0 or above and has values above the maximum of `i64`.
    is_unsigned: bool,
    pub enumeration: Vec<Value>,
    pub properties: &'s Properties,
    pub required: &'s [String],
    pub additional: Option<&'s AdditionalProperties>,
    pub items: Option<&'s ReferenceOr<Box<Schema>>>,
    pub all_of: &'s [ReferenceOr<Schema>],
    pub one_of: &'s [ReferenceOr<Schema>],
    pub any_of: &'s [ReferenceOr<Schema>],
}

impl<'s> SchemaView<'s> {
    pub fn of(schema: &'s Schema) -> Self {
        let mut view = Self {
            schema,
            typ: None,
            format: None,
            is_whole: false,
            is_unsigned: false,
            enumeration: Vec::new(),
            properties: &NO_PROPERTIES,
            required: &[],
            additional: None,
            items: None,
            all_of: &[],
            one_of: &[],
            any_of: &[],
        };
        match &schema.schema_kind {
            SchemaKind::Type(typ) => view.read_type(typ),
            SchemaKind::OneOf { one_of } => view.one_of = one_of,
            SchemaKind::AllOf { all_of } => view.all_of = all_of,
            SchemaKind::AnyOf { any_of } => view.any_of = any_of,
            // `not` restricts the valid values without changing their type. Generated code does not
            // validate.
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => {
                view.typ = any.typ.as_deref();
                view.format = any.format.as_deref();
                view.is_whole = any.multiple_of.is_some_and(is_whole);
                view.is_unsigned = is_unsigned(any);
                view.enumeration = any.enumeration.clone();
                view.properties = &any.properties;
                view.required = &any.required;
                view.additional = any.additional_properties.as_ref();
                view.items = any.items.as_ref();
                view.all_of = &any.all_of;
                view.one_of = &any.one_of;
                view.any_of = &any.any_of;
            }
        }
        view
    }

    fn read_type(&mut self, typ: &'s SchemaType) {
        match typ {
            SchemaType::String(string) => {
                self.typ = Some("string");
                self.format = format_name(&string.format);
                self.enumeration = values(&string.enumeration);
            }
            SchemaType::Number(number) => {
                self.typ = Some("number");
                self.format = number_format(&number.format);
                self.is_whole = number.multiple_of.is_some_and(is_whole);
                self.enumeration = values(&number.enumeration);
            }
            SchemaType::Integer(integer) => {
                self.typ = Some("integer");
                self.format = integer_format(&integer.format);
                self.enumeration = values(&integer.enumeration);
            }
            SchemaType::Boolean(boolean) => {
                self.typ = Some("boolean");
                self.enumeration = values(&boolean.enumeration);
            }
            SchemaType::Object(object) => {
                self.typ = Some("object");
                self.properties = &object.properties;
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
            SchemaType::Array(array) => {
                self.typ = Some("array");
                self.items = array.items.as_ref();
            }
        }
    }
}

impl<'s> SchemaView<'s> {
    /// Returns the type, which other keywords imply if `type` is absent.
    pub fn kind(&self) -> Option<&'s str> {
        if self.typ.is_some() {
            self.typ
        } else if !self.properties.is_empty() || self.additional.is_some() {
            Some("object")
        } else if self.items.is_some() {
            Some("array")
        } else if !self.enumeration.is_empty() && strings_or_null(&self.enumeration) {
            Some("string")
        } else {
            None
        }
    }

    /// Returns the width of an integer: that of its format, or `u64` if the range requires it.
    pub fn integer_width(&self) -> IntegerWidth {
        match self.format {
            Some("int32") => IntegerWidth::I32,
            Some("uint32") => IntegerWidth::U32,
            Some("uint64" | "uint") => IntegerWidth::U64,
            Some("int64") => IntegerWidth::I64,
            _ if self.is_unsigned => IntegerWidth::U64,
            _ => IntegerWidth::I64,
        }
    }

    pub fn nullable(&self) -> bool {
        self.schema.schema_data.nullable || self.enumeration.iter().any(Value::is_null)
    }

    /// Returns true if null is the only allowed value.
    pub fn is_null(&self) -> bool {
        !self.enumeration.is_empty() && self.enumeration.iter().all(Value::is_null)
    }

    /// Returns the value of `type`.
    pub fn declared_type(&self) -> Option<&'s str> {
        self.typ
    }

    pub fn is_enum(&self) -> bool {
        !self.enumeration.is_empty()
            && self.kind() != Some("object")
            && self.kind() != Some("array")
    }

    pub fn is_string_enum(&self) -> bool {
        self.is_enum() && self.kind() == Some("string") && strings_or_null(&self.enumeration)
    }

    pub fn is_struct(&self) -> bool {
        self.kind() == Some("object") && !self.properties.is_empty()
    }

    /// Returns true if the schema sets no type for additional properties: `additionalProperties` is
    /// absent or a boolean.
    pub fn additional_is_untyped(&self) -> bool {
        matches!(self.additional, None | Some(AdditionalProperties::Any(_)))
    }

    /// Returns true if the schema becomes a named type.
    pub fn is_named(&self) -> bool {
        self.has_branches() || self.is_enum() || self.is_struct()
    }

    /// Returns true if the schema has `oneOf` or `anyOf`.
    pub fn has_alternatives(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty()
    }

    /// Returns true if the schema is a composition: it has `allOf`, `oneOf` or `anyOf`.
    pub fn has_branches(&self) -> bool {
        !self.all_of.is_empty() || self.has_alternatives()
    }
}

/// The maximum of `i64` as `f64`, which rounds it to 2^63.
const MAX_SIGNED: f64 = 9_223_372_036_854_775_807.0;

/// Returns true for a range that starts at 0 or above and has values above the maximum of `i64`.
fn is_unsigned(schema: &openapiv3::AnySchema) -> bool {
    let excludes = schema.exclusive_minimum.unwrap_or_default();
    schema.minimum.is_some_and(|minimum| {
        let is_above = schema.maximum.is_some_and(|maximum| maximum > MAX_SIGNED);
        minimum >= MAX_SIGNED || (is_above && (minimum >= 0.0 || (excludes && minimum >= -1.0)))
    })
}

/// Returns true if all multiples of a number are integers.
fn is_whole(multiple_of: f64) -> bool {
    multiple_of.fract() == 0.0
}

/// Returns true if the values are strings or null. Null in an `enum` means the same as `nullable`.
fn strings_or_null(values: &[Value]) -> bool {
    values
        .iter()
        .all(|value| value.is_string() || value.is_null())
}

fn values<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
    values
        .iter()
        .map(|value| value.clone().map_or(Value::Null, Into::into))
        .collect()
}

fn format_name(
    format: &openapiv3::VariantOrUnknownOrEmpty<openapiv3::StringFormat>,
) -> Option<&str> {
    use openapiv3::{StringFormat, VariantOrUnknownOrEmpty as Format};
    match format {
        Format::Item(StringFormat::DateTime) => Some("date-time"),
        Format::Item(StringFormat::Date) => Some("date"),
        Format::Item(StringFormat::Password) => Some("password"),
        Format::Item(StringFormat::Byte) => Some("byte"),
        Format::Item(StringFormat::Binary) => Some("binary"),
        Format::Unknown(name) => Some(name),
        Format::Empty => None,
    }
}

fn number_format(
    format: &openapiv3::VariantOrUnknownOrEmpty<openapiv3::NumberFormat>,
) -> Option<&str> {
    use openapiv3::{NumberFormat, VariantOrUnknownOrEmpty as Format};
    match format {
        Format::Item(NumberFormat::Float) => Some("float"),
        Format::Item(NumberFormat::Double) => Some("double"),
        Format::Unknown(name) => Some(name),
        Format::Empty => None,
    }
}

fn integer_format(
    format: &openapiv3::VariantOrUnknownOrEmpty<openapiv3::IntegerFormat>,
) -> Option<&str> {
    use openapiv3::{IntegerFormat, VariantOrUnknownOrEmpty as Format};
    match format {
        Format::Item(IntegerFormat::Int32) => Some("int32"),
        Format::Item(IntegerFormat::Int64) => Some("int64"),
        Format::Unknown(name) => Some(name),
        Format::Empty => None,
    }
}
