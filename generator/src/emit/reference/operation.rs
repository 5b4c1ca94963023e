//! The section of an operation: an example call, its parameters, its responses and its errors.

use super::markdown::{Anchors, cell, code, deprecation, row, table_header};
use super::{ModelAnchors, type_link};
use crate::emit::response::{REDIRECTS, ignored_body_note, status_text};
use crate::emit::{Context, body_streams, builder, docs, example, known, operation};
use crate::model::{
    BodyFormat, DeclaredError, ErrorVariant, HttpMethod, Input, Operation, Pagination, Payload,
    Resource, Response, ResponseBody, StatusRange, Success, unraw,
};

/// The path of the models page, relative to the page of a resource.
const MODELS: &str = "models.md";

/// A section of a page, with the anchor of its heading.
pub struct Section {
    pub anchor: String,
    pub lines: Vec<String>,
}

pub fn section(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    models: &ModelAnchors<'_>,
    anchors: &mut Anchors,
) -> Section {
    let name = unraw(&operation.name.rust);
    let anchor = anchors.next(name);
    let mut lines = vec![format!("## {name}"), String::new()];
    if let Some(note) = &operation.deprecated {
        lines.push(format!("> {}", deprecation(note)));
        lines.push(String::new());
    }
    lines.extend(operation::introduction(resource, operation));
    let mut add_section = |title: &str, content: Vec<String>| {
        if !content.is_empty() {
            anchors.next(title);
            lines.extend([String::new(), format!("### {title}"), String::new()]);
            lines.extend(content);
        }
    };
    add_section(
        "Usage",
        example::markdown_lines(context, resource, operation),
    );
    add_section("Parameters", parameters(operation, models));
    add_section("Response", response(context, operation, models));
    add_section("Errors", errors(context, operation, models));
    Section { anchor, lines }
}

/// Returns the table of the parameters: first the arguments, then the setters.
fn parameters(operation: &Operation, models: &ModelAnchors<'_>) -> Vec<String> {
    let all: Vec<_> = [operation.arguments(), operation.setters()].concat();
    if all.is_empty() {
        return Vec::new();
    }
    let names = ["name", "type", "required", "sent as", "description"];
    let rows = all.into_iter().map(|input| {
        let ty = if input.is_option() {
            format!("Option<{}>", input.ty())
        } else {
            input.ty().to_string()
        };
        row(&[
            &code(unraw(input.rust())),
            &type_link(input.ty(), &ty, MODELS, models),
            if input.required() { "yes" } else { "no" },
            &format!("{} {}", input.location_name(), code(input.wire())),
            &description(operation, input),
        ])
    });
    table_header(&names).into_iter().chain(rows).collect()
}

fn description(operation: &Operation, input: Input<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(note) = input.deprecated() {
        parts.push(format!("{}.", deprecation(note.trim_end_matches('.'))));
    }
    parts.extend(known::input(input).as_deref().map(cell));
    parts.extend(builder::media_types_note(input));
    parts.extend(input.default().and_then(known::default_value));
    if operation.is_required_with_others(input) {
        parts.push(builder::REQUIRED_WITH_OTHERS.to_owned());
    }
    if operation.has_clear_setter(input) {
        parts.push(format!("`{}()` sends `null`.", input.clear_setter()));
    }
    if let Some(name) = operation.empty_setter(input) {
        parts.push(format!("`{name}()` sends it without a value."));
    }
    parts.join(" ")
}

/// Returns the list of the success responses, and the paragraph about pagination.
fn response(
    context: &Context<'_>,
    operation: &Operation,
    models: &ModelAnchors<'_>,
) -> Vec<String> {
    let mut lines: Vec<_> = operation
        .success
        .responses()
        .map(|response| {
            let description = response.description.as_deref().map(cell);
            let body = body(response, models);
            let description = description.map(|text| format!(": {text}"));
            let note = ignored_body_note(response).map(|note| format!(" {note}"));
            format!(
                "- {}, {body}{}{}",
                status_text(response.statuses),
                description.unwrap_or_default(),
                note.unwrap_or_default()
            )
        })
        .collect();
    if let Success::Several { rust, .. } = &operation.success {
        let module =
            "an enum with one variant per status, in the same module as the request builder";
        lines.splice(0..0, [format!("`{rust}`, {module}:"), String::new()]);
    }
    lines.extend(operation.other_formats.iter().map(|other| {
        let body = response_body(&other.body, models);
        let parts = other.body.stream.as_ref().map(body_streams::parts_note);
        let parts = parts.map(|parts| format!(": {parts}"));
        format!(
            "- with `{}()`, {body}{}",
            unraw(&other.rust),
            parts.unwrap_or_default()
        )
    }));
    if let Some(parts) = body_streams::note(context, operation) {
        lines.push(String::new());
        lines.extend(docs::wrapped(&parts));
    }
    if !operation.redirects.is_empty() {
        lines.push(String::new());
        lines.extend(docs::wrapped(REDIRECTS));
    }
    if let Some(Pagination { item, .. }) = &operation.pagination {
        let item = type_link(item, &item.to_string(), MODELS, models);
        lines.push(String::new());
        lines.extend(docs::wrapped(&format!(
            "`stream()` returns each {item} of this page and of all following pages; `pages()` returns whole pages. Both \
             request a page only when it is needed."
        )));
    }
    lines
}

fn body(response: &Response, models: &ModelAnchors<'_>) -> String {
    match &response.body {
        Some(body) => response_body(body, models),
        None => "no body".to_owned(),
    }
}

fn response_body(body: &ResponseBody, models: &ModelAnchors<'_>) -> String {
    let label = match body.format {
        BodyFormat::Json | BodyFormat::TextOrJson => body.ty.to_string(),
        BodyFormat::Text => "String".to_owned(),
        BodyFormat::Bytes => "Bytes".to_owned(),
    };
    let ty = type_link(&body.ty, &label, MODELS, models);
    format!("{} ({})", ty, code(&body.media_type))
}

/// Returns the table of the errors: a row for each declared status, and one for all other errors.
fn errors(context: &Context<'_>, operation: &Operation, models: &ModelAnchors<'_>) -> Vec<String> {
    let names = ["type", "status", "content type", "body", "when"];
    let variants = &context.api.errors.variants;
    let rows = operation.errors.iter().filter_map(|error| {
        let variant = variants
            .iter()
            .find(|variant| variant.status == error.status)?;
        Some(row(&[
            &error_name(variant, operation),
            &status(error.status),
            &media_type(error),
            &payload(variant, operation, models),
            &error.description.as_deref().map(cell).unwrap_or_default(),
        ]))
    });
    let (status_of_others, when) = match operation.default_error {
        true => (
            "any",
            "A body that does not match the schema for its status.",
        ),
        false => (
            "any other 4XX or 5XX",
            "A status that is not listed, or a body that does not match the schema for its status.",
        ),
    };
    let others = row(&[
        "`ApiError::Unexpected`",
        status_of_others,
        "any",
        "unparsed",
        when,
    ]);
    let default = operation.default_error.then(|| {
        let any = variants
            .iter()
            .find(|variant| variant.status == StatusRange::Any);
        any.map(|variant| {
            let body = payload(variant, operation, models);
            let is_head = operation.method == HttpMethod::Head;
            row(&[
                &error_name(variant, operation),
                "any other",
                if is_head { "none" } else { "as declared" },
                &body,
                "A status that is not listed.",
            ])
        })
    });
    table_header(&names)
        .into_iter()
        .chain(rows)
        .chain(default.flatten())
        .chain([others])
        .collect()
}

fn status(statuses: StatusRange) -> String {
    let text = status_text(statuses);
    text.strip_prefix("Status ").unwrap_or(&text).to_owned()
}

fn media_type(error: &DeclaredError) -> String {
    error
        .media_type
        .as_deref()
        .map_or_else(|| "none".to_owned(), code)
}

/// Returns the variant of an error. A response to HEAD has no body, so that it cannot become a
/// variant that has one.
fn error_name(variant: &ErrorVariant, operation: &Operation) -> String {
    let has_body = matches!(
        variant.payload,
        Payload::One(_) | Payload::PerOperation { .. }
    );
    let is_unexpected = operation.method == HttpMethod::Head && has_body;
    let name = if is_unexpected {
        "Unexpected"
    } else {
        &variant.rust
    };
    format!("`ApiError::{name}`")
}

/// Returns the type of the body of an error variant for this operation.
fn payload(variant: &ErrorVariant, operation: &Operation, models: &ModelAnchors<'_>) -> String {
    let body = match &variant.payload {
        Payload::None => None,
        Payload::One(body) => (operation.method != HttpMethod::Head).then_some(body),
        Payload::PerOperation { bodies, .. } => {
            let own = bodies
                .iter()
                .find(|body| body.operations.contains(&operation.pointer));
            own.and_then(|body| body.body.as_ref())
        }
    };
    body.map_or_else(
        || "unparsed".to_owned(),
        |body| type_link(&body.ty, &body.ty.to_string(), MODELS, models),
    )
}
