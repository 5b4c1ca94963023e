//! The example in an operation's docs: a call that a reader can take over.

use super::Context;
use crate::model::{Body, BodyContent, Field, Kind, Operation, Parameter, Resource, Type};

/// The lines of an operation's example, code fences included.
pub fn lines(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let crate_name = &context.api.crate_name;
    let client = &context.api.client;
    let variable = variable(client);
    let mut lines = vec![
        "```no_run".to_owned(),
        format!(
            "# async fn example({variable}: {crate_name}::{client}) -> Result<(), {crate_name}::Error> {{"
        ),
    ];
    if operation.deprecated.is_some() {
        lines.push("#[allow(deprecated)]".to_owned());
    }
    let binding = binding(resource, operation);
    lines.push(format!("{binding}{variable}"));
    lines.push(format!("    .{}()", resource.module));
    lines.push(format!(
        "    .{}({})",
        operation.name.rust,
        arguments(context, operation).join(", ")
    ));
    lines.extend(
        setters(context, operation)
            .into_iter()
            .map(|setter| format!("    {setter}")),
    );
    lines.push("    .send()".to_owned());
    lines.push("    .await?;".to_owned());
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines.push("```".to_owned());
    lines
}

fn variable(client: &str) -> String {
    heck::ToSnakeCase::to_snake_case(client)
}

/// What the example calls the reply.
fn binding(resource: &Resource, operation: &Operation) -> String {
    let name = match &operation.success.ty {
        None => return String::new(),
        Some(Type::Array(_)) => resource.module.clone(),
        Some(Type::Named(name)) if !name.ends_with("Response") => variable(name),
        Some(_) => "reply".to_owned(),
    };
    format!("let {name} = ")
}

/// The required values, in the order of the method's arguments.
fn arguments(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let mut values: Vec<String> = parameters.map(|p| parameter(context, p)).collect();
    let fields = fields(operation).iter().filter(|field| field.required);
    values.extend(fields.map(|f| field(context, f)));
    values
}

/// A setter or two, so that the example shows what they look like.
fn setters(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|p| !p.required && p.deprecated.is_none());
    let parameters = parameters.map(|p| format!(".{}({})", p.name.rust, parameter(context, p)));
    let fields = fields(operation)
        .iter()
        .filter(|f| !f.required && f.deprecated.is_none());
    let fields = fields.map(|f| format!(".{}({})", f.rust, field(context, f)));
    match operation.body {
        Some(_) => fields.take(2).collect(),
        None => parameters.take(1).collect(),
    }
}

fn fields(operation: &Operation) -> &[Field] {
    match &operation.body {
        Some(Body {
            content: BodyContent::JsonFields(fields),
            ..
        }) => fields,
        None => &[],
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

fn field(context: &Context<'_>, field: &Field) -> String {
    value(context, &field.ty, field.example.as_deref(), &field.wire)
}

/// A value in Rust: the document's example where it is of the type, else one made up.
fn value(context: &Context<'_>, ty: &Type, example: Option<&str>, name: &str) -> String {
    let example = example.and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok());
    let text = example.as_ref().and_then(|value| value.as_str());
    match ty {
        Type::String => format!("{:?}", text.unwrap_or(name)),
        Type::Timestamp => format!("{:?}", text.unwrap_or("2026-01-31T12:00:00.000Z")),
        Type::Boolean => "true".to_owned(),
        Type::Integer(_) => example.and_then(|v| v.as_i64()).unwrap_or(1).to_string(),
        Type::Number(_) => number(example.and_then(|v| v.as_f64()).unwrap_or(1.0)),
        Type::Json => "serde_json::Value::Null".to_owned(),
        Type::Array(_) => "vec![]".to_owned(),
        Type::Map(_) => "Default::default()".to_owned(),
        Type::Nullable(inner) => format!("Some({})", value(context, inner, None, name)),
        Type::Boxed(inner) => format!("Box::new({})", value(context, inner, None, name)),
        Type::Named(name) => named(context, name, text),
    }
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        value.to_string()
    }
}

fn named(context: &Context<'_>, name: &str, text: Option<&str>) -> String {
    let crate_name = &context.api.crate_name;
    let path = format!("{crate_name}::models::{name}");
    match context.types.get(name).map(|def| &def.kind) {
        Some(Kind::Enum(values)) => {
            let chosen = values
                .iter()
                .find(|value| Some(value.wire.as_str()) == text);
            let chosen = chosen.or_else(|| values.first());
            chosen.map_or_else(
                || "Default::default()".to_owned(),
                |v| format!("{path}::{}", v.rust),
            )
        }
        _ => format!("{path}::new()"),
    }
}
