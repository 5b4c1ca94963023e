//! The example call in the docs of an operation.

use super::example_input::{Shown, input};
use super::example_value::ValueWriter;
use super::{Context, body_streams};
use crate::model::{Input, Location, Operation, Resource};

/// The maximum length of the arguments of a call on one line.
const MAX_LINE: usize = 80;

/// The maximum length of a value with all properties, in bytes. A longer value only has the required
/// ones, because large programs compile slowly.
const MAX_EXPRESSION: usize = 2_000;

/// The calls of an operation, without the functions around them.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The location of the operation in the document: a JSON pointer.
    pub operation: String,
    /// The request builder. With it, operations for several media types of one body differ.
    pub builder: String,
    /// The variable with the result; `None` if the response has no body.
    pub result: Option<String>,
    /// The call in the docs, which shows one or two of the setters.
    pub example: Call,
    /// A call of all setters for which the document describes a valid value.
    pub full: Call,
}

/// A call of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The statement, and the comments and statements above it. The client is the variable
    /// [`Api::client_variable`](crate::model::Api::client_variable).
    pub lines: Vec<String>,
    /// The locations of the inputs that the request contains.
    pub sent: Vec<String>,
    /// False if an argument is a placeholder, because the document describes no valid value.
    pub is_valid: bool,
}

/// Returns the lines of the examples for rustdoc, with code fences. The surrounding functions are
/// hidden.
pub fn lines(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let (name, client) = (&context.api.crate_name, &context.api.client);
    let variable = &context.api.client_variable;
    let function =
        format!("# async fn example({variable}: {name}::{client}) -> Result<(), {name}::Error> {{");
    let block = |statements: Vec<String>| {
        let mut lines = vec!["```no_run".to_owned(), function.clone()];
        lines.extend(statements);
        lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
        lines
    };
    let mut lines = block(example(context, resource, operation, Ending::Send).lines);
    if let Some(parts) = parts(context, resource, operation) {
        lines.extend(PARTS_INTRODUCTION.map(str::to_owned));
        lines.extend(block(parts));
    }
    lines
}

/// The paragraph before the example of a stream.
const PARTS_INTRODUCTION: [&str; 3] = ["", "To receive the response in parts as they arrive:", ""];

/// Returns the calls of each operation. The samples of `complete` are those for the full calls.
pub fn snippets(context: &Context<'_>, complete: &Context<'_>) -> Vec<Snippet> {
    let resources = context.api.resources.iter();
    let operations = resources.flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    operations
        .map(|(resource, operation)| Snippet {
            operation: operation.pointer.clone(),
            builder: operation.builder.clone(),
            result: operation.result_variable.clone(),
            example: example(context, resource, operation, Ending::Send),
            full: full(context, complete, resource, operation),
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
    let block = |statements: Vec<String>| {
        let mut lines = vec![
            "```rust,no_run".to_owned(),
            format!("use {name}::{{{client}, Error}};"),
            String::new(),
            format!("async fn example({variable}: {client}) -> Result<(), Error> {{"),
        ];
        lines.extend(statements.into_iter().map(|line| format!("    {line}")));
        lines.extend(["    Ok(())", "}", "```"].map(str::to_owned));
        lines
    };
    let mut call = example(context, resource, operation, Ending::Send).lines;
    if let Some(name) = &operation.result_variable {
        call.push(format!("println!(\"{{{name}:?}}\");"));
    }
    let mut lines = block(call);
    if let Some(parts) = parts(context, resource, operation) {
        lines.extend(PARTS_INTRODUCTION.map(str::to_owned));
        lines.extend(block(parts));
    }
    lines
}

/// The method calls after the setters.
#[derive(Clone, Copy)]
enum Ending<'a> {
    /// `send`, whose result is awaited.
    Send,
    /// A method that returns a stream, after the method that chooses the media type, if any.
    Parts(Option<&'a str>, &'static str),
}

impl Ending<'_> {
    /// Returns the beginning of the statement that declares the variable of the result.
    fn binding(self, operation: &Operation) -> Option<String> {
        match self {
            Self::Send => {
                let result = operation.result_variable.as_ref();
                result.map(|name| format!("let {name} = "))
            }
            Self::Parts(_, method) => Some(format!("let mut {method} = ")),
        }
    }

    fn lines(self) -> Vec<String> {
        match self {
            Self::Send => ["    .send()", "    .await?;"].map(str::to_owned).to_vec(),
            Self::Parts(media_type, method) => {
                let media_type = media_type.map(|name| format!("    .{name}()"));
                let method = format!("    .{method}();");
                media_type.into_iter().chain([method]).collect()
            }
        }
    }
}

/// Returns the statements that receive the response in parts, if it can be received so.
fn parts(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Option<Vec<String>> {
    let (media_type, method) = body_streams::method(context, operation)?;
    let ending = Ending::Parts(media_type, method);
    let mut lines = example(context, resource, operation, ending).lines;
    let part = method.trim_end_matches('s');
    lines.push(format!(
        "while let Some({part}) = {method}.try_next().await? {{"
    ));
    lines.push(match method {
        "chunks" => "    println!(\"{} bytes\", chunk.len());".to_owned(),
        _ => format!("    println!(\"{{{part}:?}}\");"),
    });
    lines.push("}".to_owned());
    Some(lines)
}

/// Returns the call in the docs.
fn example(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    ending: Ending<'_>,
) -> Call {
    let value = |value: Input<'_>, values: &mut ValueWriter<'_>| input(operation, value, values);
    let setters = setters(operation);
    call(context, resource, operation, &setters, &value, ending)
}

/// Returns the lines of the call without setters that it does not need.
pub fn short_call(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Vec<String> {
    let value = |value: Input<'_>, values: &mut ValueWriter<'_>| input(operation, value, values);
    let mut setters = operation.setters();
    setters.retain(|setter| operation.body.is_some() && operation.is_required_with_others(*setter));
    let ending = Ending::Send;
    call(context, resource, operation, &setters, &value, ending).lines
}

/// Returns the call of all setters.
fn full(
    context: &Context<'_>,
    complete: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Call {
    let value = |value: Input<'_>, values: &mut ValueWriter<'_>| {
        // Values with all properties need no statements.
        let shown = input(operation, value, &mut ValueWriter::new(complete));
        match shown.is_valid && shown.expression.len() <= MAX_EXPRESSION {
            true => shown,
            false => input(operation, value, values),
        }
    };
    let is_valid = |setter: Input<'_>| value(setter, &mut ValueWriter::new(context)).is_valid;
    let is_in_conflict = |setter: &Input<'_>| {
        let mut conflicts = operation.conflicts.iter();
        conflicts.any(|conflict| conflict.name == setter.wire())
    };
    let setters = operation.setters().into_iter();
    let setters = setters.filter(|setter| !is_in_conflict(setter) && has_sendable_name(*setter));
    let setters: Vec<_> = setters.filter(|setter| is_valid(*setter)).collect();
    let ending = Ending::Send;
    call(context, resource, operation, &setters, &value, ending)
}

/// Returns false for a header whose name HTTP does not allow.
fn has_sendable_name(setter: Input<'_>) -> bool {
    let is_header =
        matches!(setter, Input::Parameter(parameter) if parameter.location == Location::Header);
    !is_header || setter.wire().is_ascii()
}

/// Returns the call statement with some of the setters, after a comment on the values that are not
/// valid.
fn call(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    setters: &[Input<'_>],
    value: &dyn Fn(Input<'_>, &mut ValueWriter<'_>) -> Shown,
    ending: Ending<'_>,
) -> Call {
    let variable = &context.api.client_variable;
    let mut without_value = Vec::new();
    let mut sent = Vec::new();
    let mut values = ValueWriter::new(context);
    let mut expression = |input: Input<'_>| {
        let shown = value(input, &mut values);
        if !shown.is_valid {
            without_value.push(format!("`{}`", input.rust()));
        }
        if shown.is_sent {
            sent.push(input.pointer().to_owned());
        }
        shown.expression
    };
    let arguments = operation.arguments().into_iter();
    let arguments: Vec<_> = arguments.map(&mut expression).collect();
    let setters = setters.iter();
    let setters: Vec<_> = setters
        .map(|setter| format!("    .{}({})", setter.rust(), expression(*setter)))
        .collect();
    let mut lines = Vec::new();
    let is_valid = without_value.is_empty();
    if !is_valid {
        lines.push(format!(
            "// Replace the value of {}, which the API does not accept.",
            without_value.join(" and ")
        ));
    }
    lines.extend(values.into_statements());
    if operation.deprecated.is_some() {
        lines.push("#[allow(deprecated)]".to_owned());
    }
    let binding = ending.binding(operation);
    lines.push(format!("{}{variable}", binding.unwrap_or_default()));
    lines.push(format!("    .{}()", resource.module));
    lines.extend(method_call(&operation.name.rust, &arguments));
    lines.extend(setters);
    lines.extend(ending.lines());
    Call {
        lines,
        sent,
        is_valid,
    }
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
    if !shown.is_empty() {
        let setters = operation.setters().into_iter();
        shown.extend(setters.filter(|setter| is_media_type(*setter)));
    }
    shown
}

/// Returns true for the media type of a body that has no default.
fn is_media_type(setter: Input<'_>) -> bool {
    matches!(setter, Input::Parameter(parameter)
        if parameter.location == Location::Header
            && parameter.name.wire == "Content-Type"
            && parameter.default.is_none())
}
