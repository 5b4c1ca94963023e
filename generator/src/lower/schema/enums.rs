//! Lowers schemas with `enum` to open enums.

use super::enum_descriptions;
use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Kind, Type};
use crate::model::{EnumValue, IntegerWidth, NumberWidth, Scalar};
use serde_json::Value;

impl Lowering<'_> {
    /// Returns the shape of a schema with `enum`.
    ///
    /// Booleans, and numbers that are not all integers, keep their scalar type: the list only
    /// restricts the values, and generated code does not validate.
    pub(super) fn enumeration(&mut self, view: &SchemaView<'_>, at: Pointer<'_>) -> Option<Shape> {
        let unique_values = self.unique_values(view, at);
        let values: Vec<&Value> = view
            .enumeration
            .iter()
            .filter(|value| !value.is_null())
            .collect();
        if values.is_empty() {
            return Some(Shape::Unnamed(LoweredType {
                ty: Type::Json,
                nullable: false,
            }));
        }
        let all = |test: fn(&Value) -> bool| values.iter().all(|value| test(value));
        let scalar = if all(Value::is_string) {
            Scalar::String
        } else if all(Value::is_boolean) {
            if let [Value::Bool(constant)] = *values.as_slice() {
                self.boolean_constants.insert(at.to_string(), *constant);
            }
            return Some(Shape::Unnamed(LoweredType {
                ty: Type::Boolean,
                nullable: view.nullable(),
            }));
        } else if all(Value::is_i64) && view.kind() != Some("number") {
            Scalar::Integer
        } else if all(Value::is_number) {
            // An enum has signed values only.
            let ty = match view.kind() {
                Some("integer") if all(Value::is_u64) => Type::Integer(IntegerWidth::U64),
                _ => Type::Number(NumberWidth::F64),
            };
            return Some(Shape::Unnamed(LoweredType {
                ty,
                nullable: view.nullable(),
            }));
        } else if all(|value| !value.is_array() && !value.is_object()) {
            Scalar::Mixed
        } else {
            return self.refuse(unsupported(
                at.child("enum"),
                "an enum of arrays or objects",
            ));
        };
        let kind = Kind::Enum {
            scalar,
            values: unique_values,
        };
        Some(Shape::Named {
            kind,
            nullable: view.nullable(),
        })
    }
}

impl Lowering<'_> {
    /// Returns the values of an enum without null and duplicates, in their order. `at` is the
    /// location of the schema.
    pub fn unique_values(&mut self, view: &SchemaView<'_>, at: Pointer<'_>) -> Vec<EnumValue> {
        let extensions = &view.schema.schema_data.extensions;
        let descriptions = enum_descriptions::read(extensions, &view.enumeration, at);
        // Descriptions change only the docs.
        let descriptions = descriptions.unwrap_or_else(|problem| {
            self.warn(problem);
            vec![None; view.enumeration.len()]
        });
        let names = enum_descriptions::names(extensions, &view.enumeration, at);
        let names = names.unwrap_or_else(|problem| {
            self.warn(problem);
            vec![None; view.enumeration.len()]
        });
        unique_values(&view.enumeration, names, descriptions, at)
    }

    /// Warns about descriptions of values in a schema without `enum`.
    pub(super) fn check_descriptions(&mut self, view: &SchemaView<'_>, at: Pointer<'_>) {
        let key = enum_descriptions::key(&view.schema.schema_data.extensions);
        if let Some(key) = key.filter(|_| view.enumeration.is_empty()) {
            let message = format!("`{key}` in a schema without `enum`");
            let problem = Diagnostic::new(Code::Extension, at.child(key), message);
            self.warn(problem.help("move it next to the `enum`, or remove it"));
        }
    }
}

fn unique_values(
    values: &[Value],
    names: Vec<Option<String>>,
    descriptions: Vec<Option<String>>,
    at: Pointer<'_>,
) -> Vec<EnumValue> {
    let at = at.child("enum");
    let is_mixed = values.iter().any(Value::is_string);
    let mut seen = std::collections::HashSet::new();
    let mut unique_values = Vec::new();
    let values = values.iter().zip(names).zip(descriptions);
    for (index, ((value, name), description)) in values.enumerate() {
        if value.is_null() {
            continue;
        }
        let wire = enum_descriptions::wire(value);
        let is_json = is_mixed && !value.is_string();
        if seen.insert((wire.clone(), is_json)) {
            unique_values.push(EnumValue {
                wire,
                is_json,
                rust: name.unwrap_or_default(),
                pointer: at.child(&index.to_string()).to_string(),
                description,
            });
        }
    }
    unique_values
}
