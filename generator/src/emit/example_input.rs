//! The values of arguments and setters in examples.

use super::Context;
use super::example_value::{Position, ValueWriter};
use crate::model::{Body, BodyContent, Input, Operation, Type};
use serde_json::Value;

/// The Rust expression for the value of an input.
pub(super) struct Shown {
    pub(super) expression: String,
    /// True if the API accepts the value.
    pub(super) is_valid: bool,
    /// True if the value is part of the request. An empty list or object may be left out.
    pub(super) is_sent: bool,
}

pub(super) fn input(
    operation: &Operation,
    input: Input<'_>,
    values: &mut ValueWriter<'_>,
) -> Shown {
    let context = values.context();
    let valid = |expression: String| Shown {
        expression,
        is_valid: true,
        is_sent: true,
    };
    if input.is_option() {
        return valid("None".to_owned());
    }
    if is_file_part(operation, input) {
        let name = &context.api.crate_name;
        let file = format!("{name}::FilePart::new(\"file.bin\", vec![1, 2, 3])");
        return valid(match input.ty() {
            Type::Array(_) => format!("[{file}]"),
            _ => file,
        });
    }
    if *input.ty() == Type::Bytes {
        return valid("vec![1, 2, 3]".to_owned());
    }
    let sample = context.samples.get(input.pointer());
    let expression = sample
        .and_then(|value| values.expression(input.ty(), value, Position::Argument, input.rust()));
    match expression {
        Some(expression) => Shown {
            expression,
            is_valid: true,
            is_sent: sample.is_some_and(|sample| is_visible(sample, context.samples.is_complete()))
                && (*input.ty() != Type::Json || context.samples.is_complete()),
        },
        None => Shown {
            expression: placeholder(context, input.ty(), input.wire()),
            is_valid: false,
            is_sent: false,
        },
    }
}

/// Returns true for a value that is written in every style. Without `is_complete`, the expression for
/// an object may lack all properties of the value.
fn is_visible(value: &Value, is_complete: bool) -> bool {
    let is_inner_visible = |inner: &Value| is_visible(inner, is_complete);
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(is_inner_visible),
        Value::Object(object) => is_complete && object.values().any(is_inner_visible),
        _ => true,
    }
}

/// Returns true for a file in a multipart body.
fn is_file_part(operation: &Operation, input: Input<'_>) -> bool {
    let multipart = matches!(
        operation.body,
        Some(Body {
            content: BodyContent::MultipartFields(_),
            ..
        })
    );
    multipart && matches!(input, Input::Field(field) if field.ty.is_file())
}

/// Returns an expression of a type, for which the document describes no valid value.
fn placeholder(context: &Context<'_>, ty: &Type, name: &str) -> String {
    match ty {
        Type::String | Type::Formatted(_) => format!("{name:?}"),
        Type::Timestamp => "\"2026-01-31T12:00:00.000Z\"".to_owned(),
        Type::Date => "\"2026-01-31\"".to_owned(),
        Type::Time => "\"12:00:00Z\"".to_owned(),
        Type::Base64 => "vec![1, 2, 3]".to_owned(),
        Type::Boolean => "true".to_owned(),
        Type::Integer(_) => "1".to_owned(),
        Type::Number(_) => "1.0".to_owned(),
        Type::Named(name) => format!("{}::models::{name}::default()", context.api.crate_name),
        Type::Array(item) if **item == Type::Base64 => "[vec![1, 2, 3].into()]".to_owned(),
        Type::Array(item) => format!("[{}]", placeholder(context, item, name)),
        Type::Json
        | Type::Bytes
        | Type::OneOrMany(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Boxed(_) => "Default::default()".to_owned(),
    }
}
