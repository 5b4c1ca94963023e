//! Names of resources, methods and request builders.

use super::arguments::arguments;
use super::case::{pascal, snake, unescape_keyword};
use super::media_types;
use super::methods;
use super::reserved::{self, Namespace};
use super::scope::{Scope, file_name, shorten};
use super::statuses::status_name;
use super::stems;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Operation, Resource, Success};
use crate::model::{Record, Skipped};
use heck::ToShoutySnakeCase;

/// The maximum length of the name of a module or a method. A module name is also a file name.
const MAX_NAME_LENGTH: usize = 80;

/// Names the resources, and their methods, builders and arguments. Adds the names of the methods to
/// `new_record`.
pub fn assign(
    resources: &mut [Resource],
    client: &str,
    record: &Record,
    new_record: &mut Record,
    (diagnostics, warnings): (&mut Vec<Diagnostic>, &mut Vec<Diagnostic>),
) {
    let all = resources.iter().flat_map(|resource| &resource.operations);
    let prefix = methods::common_prefix(all);
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
        let mut methods = methods(resource, &prefix, record, (diagnostics, warnings));
        let mut builders = builders(resource);
        methods_by_body_type(resource, &mut methods, &mut builders);
        for operation in &resource.operations {
            if operation.other_body_type.is_none() {
                new_record.add_method(origin(operation), &operation.name.rust);
            }
        }
        for operation in &mut resource.operations {
            arguments(operation);
        }
    }
}

/// Returns the type name of a resource: the tag, with a suffix if the name is reserved.
fn handle(tag: &str) -> String {
    let name = shorten(pascal(tag, "Resource"), MAX_NAME_LENGTH);
    let namespaces = [Namespace::Type, Namespace::Handle];
    if namespaces.iter().any(|one| reserved::contains(*one, &name)) {
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
    let operations = resource.operations.iter();
    let names: Vec<String> = operations
        .map(|operation| shorten(stems::builder(resource, operation), MAX_NAME_LENGTH))
        .collect();
    let operations = resource.operations.iter_mut().zip(names);
    for (operation, name) in operations.filter(|(one, _)| one.other_body_type.is_none()) {
        operation.builder = builders.claim_unique(name, &operation.pointer);
        operation.constant = operation.builder.to_shouty_snake_case();
        responses(operation, &mut builders);
    }
    builders
}

/// Returns the origin of a method in the record of names.
pub fn origin(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// Names the methods of a resource: first those whose names the document chooses, then those that
/// the record of names has, so that no other method takes one of them, then those for which the
/// document suggests a name.
fn methods(
    resource: &mut Resource,
    prefix: &[String],
    record: &Record,
    (diagnostics, warnings): (&mut Vec<Diagnostic>, &mut Vec<Diagnostic>),
) -> Scope {
    let mut methods = Scope::default();
    let tag = stems::tag_words(resource);
    let operations = resource.operations.iter_mut();
    let operations = operations.filter(|operation| operation.other_body_type.is_none());
    let (chosen, unnamed): (Vec<_>, Vec<_>) =
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
    let mut new = Vec::new();
    for operation in unnamed {
        match record.method(&origin(operation)) {
            Some(name) if methods.claim(name, &operation.pointer).is_ok() => {
                operation.name.rust = name.to_owned();
            }
            _ => new.push(operation),
        }
    }
    let mut derived = Vec::new();
    for operation in new {
        let name = method_name(&operation.suggested_name);
        if !operation.suggested_name.is_empty() && methods.claim(&name, &operation.pointer).is_ok()
        {
            operation.name.rust = name;
        } else {
            derived.push(operation);
        }
    }
    for operation in derived {
        let candidates = methods::candidates(operation, &tag, prefix);
        operation.name.rust = match first_free(&candidates, &operation.pointer, &mut methods) {
            Ok(name) => name,
            Err(numbered) => {
                let (name, mut warning) = *numbered;
                warning.message = format!("{}: this one becomes `{name}`", warning.message);
                warnings.push(warning.as_warning());
                name
            }
        };
    }
    methods
}

/// Claims the first candidate that is free: operations with equal names are told apart by more
/// words, and only as the last resort by a number.
fn first_free(
    candidates: &[Vec<String>],
    pointer: &str,
    scope: &mut Scope,
) -> Result<String, Box<(String, Diagnostic)>> {
    let names = || candidates.iter().map(|words| method_name(&words.join("_")));
    if let Some(name) = names().find(|name| scope.claim(name, pointer).is_ok()) {
        return Ok(name);
    }
    let first = names().next().unwrap_or_default();
    let holder = scope.claim(&first, pointer).err().unwrap_or_default();
    let warning = collision(pointer, "method", &first, &holder);
    Err(Box::new((numbered(&first, pointer, scope), warning)))
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
