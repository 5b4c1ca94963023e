//! Lowers schemas with `enum` to open enums.

use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Kind, Type};
use crate::model::{EnumValue, Scalar};
use serde_json::Value;

impl Lowering<'_> {
    /// Returns the shape of a schema with `enum`.
    ///
    /// Booleans, and numbers that are not all integers, keep their scalar type: the list only
    /// restricts the values, and generated code does not validate.
    pub(super) fn enumeration(&mut self, view: &SchemaView<'_>, at: Pointer<'_>) -> Option<Shape> {
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
            return Some(Shape::Unnamed(LoweredType {
                ty: Type::Boolean,
                nullable: view.nullable(),
            }));
        } else if all(Value::is_i64) && view.kind() != Some("number") {
            Scalar::Integer
        } else if all(Value::is_number) {
            let ty = Type::Number(crate::model::NumberWidth::F64);
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
            values: unique_values(&view.enumeration, at.child("enum")),
        };
        Some(Shape::Named {
            kind,
            nullable: view.nullable(),
        })
    }
}

/// Returns the values without null and duplicates, in their order.
pub fn unique_values(values: &[Value], at: Pointer<'_>) -> Vec<EnumValue> {
    let mut seen = std::collections::HashSet::new();
    let mut unique_values = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if value.is_null() {
            continue;
        }
        let wire = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if seen.insert(wire.clone()) {
            unique_values.push(EnumValue {
                wire,
                rust: String::new(),
                pointer: at.child(&index.to_string()).to_string(),
            });
        }
    }
    unique_values
}
