//! Names of resources, methods and request builders.

use super::arguments::arguments;
use super::case::{pascal, singular, snake, unescape_keyword};
use super::media_types;
use super::reserved::{self, Namespace};
use super::scope::{Scope, file_name, shorten};
use super::statuses::status_name;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Skipped;
use crate::model::unnamed::{Operation, Resource, Success};
use heck::ToShoutySnakeCase;

/// The maximum length of the name of a module or a method. A module name is also a file name.
const MAX_NAME_LENGTH: usize = 80;

/// Names the resources, and their methods, builders and arguments.
pub fn assign(
    resources: &mut [Resource],
    client: &str,
    diagnostics: &mut Vec<Diagnostic>,
    warnings: &mut Vec<Diagnostic>,
) {
    let mut modules = Scope::with_reserved(&reserved::names(Namespace::Module));
    let mut handles = Scope::with_reserved(&[client]);
    for resource in resources {
        let tag = tag_name(&resource.name.wire).to_owned();
        let pointer = resource
            .operations
            .first()
            .map_or("", |operation| &operation.pointer);
        resource.module = modules.claim_unique(shorten(snake(&tag), MAX_NAME_LENGTH), pointer);
        resource.file = file_name(&resource.module);
        resource.name.rust = handles.claim_unique(handle(&tag), pointer);
        let mut builders = builders(resource);
        let mut methods = methods(resource, diagnostics, warnings);
        methods_by_body_type(resource, &mut methods, &mut builders);
        for operation in &mut resource.operations {
            arguments(operation);
        }
    }
}

/// Returns the type name of a resource: the tag, with a suffix if the name is reserved.
fn handle(tag: &str) -> String {
    let name = shorten(pascal(tag, "Resource"), MAX_NAME_LENGTH);
    if reserved::contains(Namespace::Type, &name) {
        format!("{}Resource", unescape_keyword(&name))
    } else {
        name
    }
}

/// Returns the tag, or `general` for operations without a tag.
fn tag_name(tag: &str) -> &str {
    if tag.trim().is_empty() {
        "general"
    } else {
        tag
    }
}

fn builders(resource: &mut Resource) -> Scope {
    let mut builders = Scope::with_reserved(&reserved::names(Namespace::Type));
    builders.claim_unique(resource.name.rust.clone(), "");
    let tag = resource.name.rust.clone();
    let preferred = resource.operations.iter_mut();
    let preferred = preferred.filter(|operation| operation.other_body_type.is_none());
    for operation in preferred {
        let stem = stem(operation, &tag);
        operation.builder =
            builders.claim_unique(shorten(stem, MAX_NAME_LENGTH), &operation.pointer);
        operation.constant = operation.builder.to_shouty_snake_case();
        responses(operation, &mut builders);
    }
    builders
}

/// Names the methods of a resource: first those whose names the document chooses, so that no other
/// method takes one of them.
fn methods(
    resource: &mut Resource,
    diagnostics: &mut Vec<Diagnostic>,
    warnings: &mut Vec<Diagnostic>,
) -> Scope {
    let mut methods = Scope::default();
    let operations = resource.operations.iter_mut();
    let operations = operations.filter(|operation| operation.other_body_type.is_none());
    let (chosen, derived): (Vec<_>, Vec<_>) =
        operations.partition(|operation| !operation.name.rust.is_empty());
    for operation in chosen {
        operation.name.rust = method_name(&operation.name.rust);
        if let Err(holder) = methods.claim(&operation.name.rust, &operation.pointer) {
            diagnostics.push(collision(
                &operation.pointer,
                "method",
                &operation.name.rust,
                &holder,
            ));
        }
    }
    for operation in derived {
        let name = method_name(&derived_name(operation));
        // Paths that differ only in punctuation get unique names without a warning.
        let has_id = !operation.name.wire.trim().is_empty();
        let holder = methods.claim(&name, &operation.pointer).err();
        operation.name.rust = match holder {
            None => name,
            Some(_) if !has_id => methods.claim_unique(name, &operation.pointer),
            Some(holder) => {
                let mut warning = collision(&operation.pointer, "method", &name, &holder);
                let unique = numbered(&name, &operation.pointer, &mut methods);
                warning.message = format!("{}: this one becomes `{unique}`", warning.message);
                warnings.push(warning.as_warning());
                unique
            }
        };
    }
    methods
}

fn method_name(name: &str) -> String {
    let mut name = shorten(snake(name), MAX_NAME_LENGTH);
    if reserved::contains(Namespace::Resource, &name) {
        name.push('_');
    }
    name
}

/// Adds a name with the first number from 2 that makes it unique, such as `list_2`.
fn numbered(name: &str, pointer: &str, scope: &mut Scope) -> String {
    let stem = unescape_keyword(name).trim_end_matches('_');
    let mut number = 2_u32;
    loop {
        let candidate = format!("{stem}_{number}");
        if scope.claim(&candidate, pointer).is_ok() {
            return candidate;
        }
        number = number.saturating_add(1);
    }
}

/// Names the operations that send a body as another media type than the preferred one, after all
/// others, whose names they must not take.
fn methods_by_body_type(resource: &mut Resource, methods: &mut Scope, builders: &mut Scope) {
    let mut preferred = (String::new(), String::new());
    for operation in &mut resource.operations {
        let Some(media_type) = operation.other_body_type.as_deref() else {
            preferred = (operation.name.rust.clone(), operation.builder.clone());
            continue;
        };
        let (method, builder) = &preferred;
        let base = unescape_keyword(method);
        let name = |word: &str| shorten(format!("{base}_{word}"), MAX_NAME_LENGTH);
        operation.name.rust = media_types::claim(methods, media_type, &operation.pointer, name);
        let name = |word: &str| shorten(format!("{builder}{}", pascal(word, "")), MAX_NAME_LENGTH);
        operation.builder = media_types::claim(builders, media_type, &operation.pointer, name);
        operation.constant = operation.builder.to_shouty_snake_case();
        responses(operation, builders);
    }
}

/// Returns the prefix of the names of an operation's builder and types, such as `ListCustomers` or
/// `GetCustomer`.
///
/// A method name set in the document is completed with the name of the resource. An `operationId`
/// is used as is.
fn stem(operation: &Operation, tag: &str) -> String {
    if operation.name.rust.is_empty() {
        return pascal(&derived_name(operation), "Call");
    }
    let method = pascal(&operation.name.rust, "Call");
    if method.starts_with("List") {
        format!("{method}{tag}")
    } else {
        format!("{method}{}", singular(tag))
    }
}

/// Returns the `operationId`, or else the method and the path.
fn derived_name(operation: &Operation) -> String {
    if !operation.name.wire.trim().is_empty() {
        return operation.name.wire.clone();
    }
    let path = operation
        .path
        .replace('{', "by ")
        .replace(['/', '}', '?', '&', '=', '#'], " ");
    format!("{} {path}", operation.method.as_str().to_lowercase())
}

/// The prefixes of the names of an operation's types.
pub struct Stems {
    /// For enums of its parameters. The tag stays plural.
    pub parameter: String,
    /// For its responses and the properties of its request body.
    pub body: String,
}

/// Returns the prefixes of the names of an operation's types.
pub fn stems(resource: &Resource, operation: &Operation) -> Stems {
    if operation.other_body_type.is_some() {
        return stems_by_body_type(resource, operation);
    }
    let method = pascal(unescape_keyword(&operation.name.rust), "Call");
    let tag = &resource.name.rust;
    let by_id = pascal(&derived_name(operation), "Call");
    // A number tells the method apart from another one.
    let number = method.strip_prefix(by_id.as_str());
    if number.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit())) {
        return Stems {
            parameter: method.clone(),
            body: method,
        };
    }
    Stems {
        parameter: format!("{method}{tag}"),
        body: format!("{method}{}", singular(tag)),
    }
}

/// Returns the prefixes for an operation that sends a body as another media type: those of the
/// operation for the preferred type, with the word of the media type.
fn stems_by_body_type(resource: &Resource, operation: &Operation) -> Stems {
    let mut operations = resource.operations.iter();
    let preferred = operations
        .find(|other| other.pointer == operation.pointer && other.other_body_type.is_none());
    let Some(preferred) = preferred else {
        let builder = &operation.builder;
        return Stems {
            parameter: builder.clone(),
            body: builder.clone(),
        };
    };
    let Stems { parameter, body } = stems(resource, preferred);
    let suffix = operation.builder.strip_prefix(preferred.builder.as_str());
    let suffix = suffix.unwrap_or_default();
    Stems {
        parameter: format!("{parameter}{suffix}"),
        body: format!("{body}{suffix}"),
    }
}

/// Names the enum of an operation with different response bodies. Its variants are named after the
/// statuses.
fn responses(operation: &mut Operation, builders: &mut Scope) {
    let Success::Several { rust, responses } = &mut operation.success else {
        return;
    };
    *rust = builders.claim_unique(
        format!("{}ResponseBody", operation.builder),
        &operation.pointer,
    );
    let mut scope = Scope::default();
    for (name, response) in responses {
        *name = scope.claim_unique(status_name(response.statuses), "");
    }
}

/// Skips the operations whose names collide, and lists them with the reasons.
///
/// Only their names are cleared here. [`drop_unnamed_operations`] removes them at the end, so that
/// the ids of the other operations stay valid until then.
pub fn skip_colliding_operations(
    resources: &mut [Resource],
    diagnostics: &[Diagnostic],
) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    for operation in resources.iter_mut().flat_map(|one| &mut one.operations) {
        let problems = diagnostics.iter();
        let problems = problems.filter(|problem| problem.pointer == operation.pointer);
        let reasons: Vec<String> = problems.map(|problem| problem.message.clone()).collect();
        if !reasons.is_empty() {
            operation.name.rust.clear();
            skipped.push(Skipped {
                operation: format!("{} {}", operation.method.as_str(), operation.path),
                pointer: operation.pointer.clone(),
                reasons,
            });
        }
    }
    skipped
}

/// Removes the operations without a name.
pub fn drop_unnamed_operations<R>(resources: &mut [crate::model::Resource<R>]) {
    for resource in resources {
        resource
            .operations
            .retain(|operation| !operation.name.rust.is_empty());
    }
}

/// Returns the diagnostic for an item whose name another item of its scope already has.
pub fn collision(pointer: &str, what: &str, name: &str, holder: &str) -> Diagnostic {
    let message = format!("{what} name `{name}` is already used");
    let other = if holder.is_empty() {
        String::new()
    } else {
        format!(" here or at `{holder}`")
    };
    Diagnostic::new(Code::Collision, pointer, message)
        .help(format!("set a different name with `x-rust-name`{other}"))
}
