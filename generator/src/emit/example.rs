//! The example call in the docs of an operation.

use super::example_value::Position;
use super::{Context, arguments};
use crate::model::{Body, BodyContent, Input, Operation, Resource, Type};

/// The maximum length of the arguments of a call on one line.
const MAX_LINE: usize = 80;

/// The example call of an operation, without the function around it.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The location of the operation in the document: a JSON pointer.
    pub operation: String,
    /// The statement of the call, and the comments above it. The client is the variable
    /// [`Api::client_variable`](crate::model::Api::client_variable).
    pub lines: Vec<String>,
    /// The variable with the result; `None` if the response has no body.
    pub result: Option<String>,
}

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

/// Returns the example of each operation.
pub fn snippets(context: &Context<'_>) -> Vec<Snippet> {
    let resources = context.api.resources.iter();
    let operations = resources.flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    operations
        .map(|(resource, operation)| Snippet {
            operation: operation.pointer.clone(),
            lines: call(context, resource, operation),
            result: operation.result_variable.clone(),
        })
        .collect()
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

/// Returns the lines of the call statement, after a comment on the values that are not valid.
fn call(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let variable = &context.api.client_variable;
    let mut without_value = Vec::new();
    let mut expression = |input: Input<'_>| {
        let shown = self::input(context, operation, input);
        if !shown.is_valid {
            without_value.push(format!("`{}`", input.rust()));
        }
        shown.expression
    };
    let arguments = operation.arguments().into_iter();
    let arguments: Vec<_> = arguments.map(&mut expression).collect();
    let setters = setters(operation).into_iter();
    let setters: Vec<_> = setters
        .map(|setter| format!("    .{}({})", setter.rust(), expression(setter)))
        .collect();
    let mut lines = Vec::new();
    if !without_value.is_empty() {
        lines.push(format!(
            "// Replace the value of {}, which the API does not accept.",
            without_value.join(" and ")
        ));
    }
    if operation.deprecated.is_some() {
        lines.push("#[allow(deprecated)]".to_owned());
    }
    let result = operation.result_variable.as_ref();
    let binding = result.map(|name| format!("let {name} = "));
    lines.push(format!("{}{variable}", binding.unwrap_or_default()));
    lines.push(format!("    .{}()", resource.module));
    lines.extend(method_call(&operation.name.rust, &arguments));
    lines.extend(setters);
    lines.extend(["    .send()", "    .await?;"].map(str::to_owned));
    lines
}

/// Returns the lines of a method call, with one argument on each line if it would be long.
fn method_call(name: &str, arguments: &[String]) -> Vec<String> {
    let all = arguments.join(", ");
    if all.len() <= MAX_LINE || arguments.len() == 1 {
        return vec![format!("    .{name}({all})")];
    }
    let mut lines = vec![format!("    .{name}(")];
    lines.extend(
        arguments
            .iter()
            .map(|argument| format!("        {argument},")),
    );
    lines.push("    )".to_owned());
    lines
}

/// Returns one or two setters, to show their use, and all setters that an optional body requires.
fn setters(operation: &Operation) -> Vec<Input<'_>> {
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
}

/// The Rust expression for the value of an input, and whether the API accepts the value.
struct Shown {
    expression: String,
    is_valid: bool,
}

fn input(context: &Context<'_>, operation: &Operation, input: Input<'_>) -> Shown {
    let valid = |expression: String| Shown {
        expression,
        is_valid: true,
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
    let expression =
        sample.and_then(|value| context.expression(input.ty(), value, Position::Argument));
    match expression {
        Some(expression) => valid(expression),
        None => Shown {
            expression: placeholder(context, input.ty(), input.wire()),
            is_valid: false,
        },
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
    multipart && matches!(input, Input::Field(field) if arguments::is_file(&field.ty))
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
        Type::Array(item) => format!("[{}]", placeholder(context, item, name)),
        Type::Json
        | Type::Bytes
        | Type::OneOrMany(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Boxed(_) => "Default::default()".to_owned(),
    }
}
