//! The example call in the docs of an operation.

use super::Context;
use crate::model::{
    Body, BodyContent, Field, Input, Kind, NumberWidth, Operation, Parameter, Resource, Type,
};

/// Returns the lines of the example for rustdoc, with code fences. The surrounding function is
/// hidden.
pub fn lines(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let (name, client) = (&context.api.crate_name, &context.api.client);
    let variable = &context.api.client_variable;
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example({variable}: {name}::{client}) -> Result<(), {name}::Error> {{"),
    ];
    lines.extend(call(context, resource, operation));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// Like [`lines`], but for a Markdown page, where lines cannot be hidden.
pub fn markdown_lines(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Vec<String> {
    let (name, client) = (&context.api.crate_name, &context.api.client);
    let variable = &context.api.client_variable;
    let mut lines = vec![
        "```rust,no_run".to_owned(),
        format!("use {name}::{{{client}, Error}};"),
        String::new(),
        format!("async fn example({variable}: {client}) -> Result<(), Error> {{"),
    ];
    let call = call(context, resource, operation);
    lines.extend(call.into_iter().map(|line| format!("    {line}")));
    if let Some(name) = &operation.result_variable {
        lines.push(format!("    println!(\"{{{name}:?}}\");"));
    }
    lines.extend(["    Ok(())", "}", "```"].map(str::to_owned));
    lines
}

/// Returns the lines of the call statement.
fn call(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let variable = &context.api.client_variable;
    let deprecated = operation.deprecated.as_ref();
    let mut lines: Vec<_> = deprecated
        .map(|_| "#[allow(deprecated)]".to_owned())
        .into_iter()
        .collect();
    let result = operation.result_variable.as_ref();
    let binding = result.map(|name| format!("let {name} = "));
    lines.push(format!("{}{variable}", binding.unwrap_or_default()));
    lines.push(format!("    .{}()", resource.module));
    lines.push(format!(
        "    .{}({})",
        operation.name.rust,
        arguments(context, operation).join(", ")
    ));
    let setters = setters(context, operation).into_iter();
    lines.extend(setters.map(|setter| format!("    {setter}")));
    lines.extend(["    .send()", "    .await?;"].map(str::to_owned));
    lines
}

/// Returns the values of the arguments, in the order of the method's parameters.
fn arguments(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let arguments = operation.arguments().into_iter();
    arguments
        .map(|argument| input(context, operation, argument))
        .collect()
}

/// Returns calls of one or two setters, to show their use, and of all setters that an optional body
/// requires.
fn setters(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let max_setters: usize = if operation.body.is_some() { 2 } else { 1 };
    let is_body_field = |input: &Input<'_>| matches!(input, Input::Field(_));
    let shown = operation.setters().into_iter().filter(|setter| {
        setter.deprecated().is_none() && is_body_field(setter) == operation.body.is_some()
    });
    let (mut shown, others): (Vec<_>, Vec<_>) =
        shown.partition(|setter| operation.is_required_with_others(*setter));
    let free = max_setters.saturating_sub(shown.len());
    shown.extend(others.into_iter().take(free));
    shown
        .into_iter()
        .map(|setter| {
            let value = input(context, operation, setter);
            format!(".{}({value})", setter.rust())
        })
        .collect()
}

fn input(context: &Context<'_>, operation: &Operation, input: Input<'_>) -> String {
    match input {
        Input::Parameter(input) => parameter(context, input),
        Input::Field(input) => field(context, operation, input),
    }
}

fn parameter(context: &Context<'_>, parameter: &Parameter) -> String {
    value(
        context,
        &parameter.ty,
        parameter.example.as_deref(),
        &parameter.name.wire,
    )
}

fn field(context: &Context<'_>, operation: &Operation, field: &Field) -> String {
    if field.required && field.nullable {
        return "None".to_owned();
    }
    let is_file =
        |ty: &Type| *ty == Type::Bytes || matches!(ty, Type::Array(item) if **item == Type::Bytes);
    let multipart = matches!(
        operation.body,
        Some(Body {
            content: BodyContent::MultipartFields(_),
            ..
        })
    );
    if multipart && is_file(&field.ty) {
        return format!(
            "{}::FilePart::new(\"file.bin\", vec![1, 2, 3])",
            context.api.crate_name
        );
    }
    value(context, &field.ty, field.example.as_deref(), &field.wire)
}

/// Returns a Rust expression for a value: the example of the document if it has the right type, or
/// else a placeholder.
fn value(context: &Context<'_>, ty: &Type, example: Option<&str>, name: &str) -> String {
    sample_value(context, ty, example, name, 3)
}

fn sample_value(
    context: &Context<'_>,
    ty: &Type,
    example: Option<&str>,
    name: &str,
    depth: u8,
) -> String {
    let example = example.and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok());
    let string = example.as_ref().and_then(|value| value.as_str());
    match ty {
        Type::String => literal(string.unwrap_or(name)),
        Type::Timestamp => literal(string.unwrap_or("2026-01-31T12:00:00.000Z")),
        Type::Boolean => "true".to_owned(),
        Type::Integer(_) => small_integer(example.and_then(|value| value.as_i64())).to_string(),
        Type::Number(width) => {
            let value = number(example.and_then(|value| value.as_f64()).unwrap_or(1.0));
            match width {
                // The argument is an `f32` without conversion, so an integer literal does not
                // compile.
                NumberWidth::F32 => float_literal(value),
                NumberWidth::F64 => value,
            }
        }
        Type::Json => "Default::default()".to_owned(),
        Type::Bytes => "vec![]".to_owned(),
        Type::Array(_) => "vec![]".to_owned(),
        Type::Map(_) => "Default::default()".to_owned(),
        Type::Nullable(_) => "None".to_owned(),
        Type::Boxed(inner) => format!(
            "Box::new({})",
            sample_value(context, inner, None, name, depth)
        ),
        Type::Named(name) => sample_named_value(context, name, string, depth),
    }
}

/// Like [`sample_value`], but for a position without conversions, where a number must be a float
/// literal.
fn exact_sample_value(
    context: &Context<'_>,
    ty: &Type,
    example: Option<&str>,
    name: &str,
    depth: u8,
) -> String {
    let value = sample_value(context, ty, example, name, depth);
    match ty {
        Type::Number(_) => float_literal(value),
        _ => value,
    }
}

/// Converts a number to a float literal.
fn float_literal(value: String) -> String {
    if value.contains('.') {
        value
    } else {
        format!("{value}.0")
    }
}

/// Returns the example if it fits every integer type, or else 1.
fn small_integer(example: Option<i64>) -> i64 {
    example
        .filter(|value| (0..=i64::from(i32::MAX)).contains(value))
        .unwrap_or(1)
}

/// Formats a string as a literal, without invisible characters and truncated to 60 characters.
fn literal(text: &str) -> String {
    let visible = |c: &char| {
        !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = text.chars().filter(visible).take(60).collect();
    format!("{text:?}")
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e9 {
        format!("{value:.0}")
    } else {
        "1.5".to_owned()
    }
}

/// The placeholder for a value that is too deeply nested to show.
const TODO_EXPRESSION: &str = "todo!()";

fn sample_named_value(
    context: &Context<'_>,
    name: &str,
    string: Option<&str>,
    depth: u8,
) -> String {
    let path = format!("{}::models::{name}", context.api.crate_name);
    let Some(def) = context.definition(name) else {
        return "Default::default()".to_owned();
    };
    // Deeper values would make the call hard to read.
    let Some(depth) = depth.checked_sub(1) else {
        return TODO_EXPRESSION.to_owned();
    };
    match &def.kind {
        Kind::Enum { values, .. } => {
            let chosen = values
                .iter()
                .find(|value| Some(value.wire.as_str()) == string);
            let chosen = chosen.or_else(|| values.first());
            chosen.map_or_else(
                || format!("{path}::Unknown(Default::default())"),
                |value| format!("{path}::{}", value.rust),
            )
        }
        Kind::Struct { fields, .. } => sample_struct(context, &path, fields, depth),
        Kind::Union { variants, .. } => match variants.first() {
            Some(variant) => {
                let value = exact_sample_value(context, &variant.ty, None, name, depth);
                let value = match variant.ty {
                    Type::Named(_) => format!("Box::new({value})"),
                    Type::String | Type::Timestamp => format!("{value}.into()"),
                    _ => value,
                };
                format!("{path}::{}({value})", variant.rust)
            }
            None => format!("{path}::Unknown(Default::default())"),
        },
        Kind::Alias(ty) => sample_value(context, ty, None, name, depth),
    }
}

fn sample_struct(context: &Context<'_>, path: &str, fields: &[Field], depth: u8) -> String {
    let required = fields.iter().filter(|field| !field.is_absent_by_default());
    let value = |field: &Field| {
        let example = field.example.as_deref();
        exact_sample_value(context, &field.ty, example, &field.wire, depth)
    };
    let values = required.map(|field| {
        if field.is_option() {
            "None".to_owned()
        } else {
            value(field)
        }
    });
    let values: Vec<_> = values.collect();
    if values.is_empty() {
        format!("{path}::default()")
    } else {
        format!("{path}::new({})", values.join(", "))
    }
}
