//! Names of resources, of their methods and builders, and of arguments and setters.

use super::arguments::arguments;
use super::case::{pascal, singular, snake, unescape_keyword};
use super::scope::{RESERVED, Scope, shorten};
use super::statuses::status_name;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation, Resource, Skipped, Success};

/// How long the name of a module or a method may be: a module is a file.
const MAX_NAME_LENGTH: usize = 80;
/// What the client has of its own, and what every value has by `self`, which comes before a method by `&self`.
const CLIENT_METHODS: [&str; 6] = ["new", "builder", "from_env", "clone", "into", "try_into"];
/// Names that the module of a resource must not have: files and modules that are there already, crates that code
/// names, and what Windows keeps for devices.
const RESERVED_MODULES: [&str; 43] = [
    "alloc",
    "aux",
    "blocking",
    "bytes",
    "client",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "core",
    "errors",
    "generated",
    "lib",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "main",
    "mod",
    "r#mod",
    "models",
    "nul",
    "prn",
    "reqwest",
    "runtime",
    "serde",
    "serde_json",
    "std",
    "test",
    "tokio",
    "tracing",
    "wire",
];
/// The same of a resource.
const RESOURCE_METHODS: [&str; 4] = ["with_client", "clone", "into", "try_into"];

/// Names the resources and everything in them.
pub fn assign(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut modules = Scope::with_reserved(&[&CLIENT_METHODS[..], &RESERVED_MODULES[..]].concat());
    let mut handles = Scope::with_reserved(&[&api.client]);
    super::security::assign(api);
    for resource in &mut api.resources {
        let tag = tag_name(&resource.name.wire).to_owned();
        let place = resource
            .operations
            .first()
            .map_or("", |operation| &operation.place);
        resource.module = modules.claim_unique(shorten(snake(&tag), MAX_NAME_LENGTH), place);
        resource.name.rust = handles.claim_unique(handle(&tag), place);
        methods(resource, diagnostics);
        for operation in &mut resource.operations {
            arguments(operation);
        }
    }
}

/// The handle's type: the tag, told apart from what its file uses of the runtime.
fn handle(tag: &str) -> String {
    let name = shorten(pascal(tag, "Resource"), MAX_NAME_LENGTH);
    if RESERVED.contains(&name.as_str()) {
        format!("{}Resource", unescape_keyword(&name))
    } else {
        name
    }
}

/// The tag; operations without one are the general ones.
fn tag_name(tag: &str) -> &str {
    if tag.trim().is_empty() {
        "general"
    } else {
        tag
    }
}

fn methods(resource: &mut Resource, diagnostics: &mut Vec<Diagnostic>) {
    let mut methods = Scope::default();
    let mut builders = Scope::with_reserved(&RESERVED);
    builders.claim_unique(resource.name.rust.clone(), "");
    let tag = resource.name.rust.clone();
    for operation in &mut resource.operations {
        let derived = derived_name(operation);
        let stem = stem(operation, &tag);
        operation.builder = builders.claim_unique(shorten(stem, MAX_NAME_LENGTH), &operation.place);
        responses(operation, &mut builders);
        let named = !operation.name.rust.is_empty() || !operation.name.wire.trim().is_empty();
        let chosen = if operation.name.rust.is_empty() {
            &derived
        } else {
            &operation.name.rust
        };
        let mut name = shorten(snake(chosen), MAX_NAME_LENGTH);
        if RESOURCE_METHODS.contains(&name.as_str()) {
            name.push('_');
        }
        if !named {
            // Nobody chose it: paths that differ in signs alone are told apart.
            operation.name.rust = methods.claim_unique(name, &operation.place);
            continue;
        }
        operation.name.rust = name;
        if let Err(holder) = methods.claim(&operation.name.rust, &operation.place) {
            diagnostics.push(collision(
                &operation.place,
                "method",
                &operation.name.rust,
                &holder,
            ));
        }
    }
}

/// What the names of an operation's builder and types begin with: `ListCustomers`, `GetCustomer`. A method
/// that the document names for its resource is qualified by it; an operationId says it all.
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

/// The operationId, else the method and the path.
fn derived_name(operation: &Operation) -> String {
    if !operation.name.wire.trim().is_empty() {
        return operation.name.wire.clone();
    }
    let path = operation.path.replace('{', "by ").replace(['/', '}'], " ");
    format!("{} {path}", operation.method.as_str().to_lowercase())
}

/// The beginnings of the names of an operation's own types.
pub struct Stems {
    /// For enums of its parameters: the tag stays plural.
    pub parameter: String,
    /// For its response and for properties of its body.
    pub body: String,
}

/// The beginnings of names for an operation of a resource.
pub fn stems(resource: &Resource, operation: &Operation) -> Stems {
    let method = pascal(unescape_keyword(&operation.name.rust), "Call");
    let tag = &resource.name.rust;
    let by_id = pascal(&derived_name(operation), "Call");
    if method == by_id {
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

/// Names the enum of an operation that gives different bodies, and its variants by their statuses.
fn responses(operation: &mut Operation, builders: &mut Scope) {
    let Success::Several { rust, responses } = &mut operation.success else {
        return;
    };
    *rust = builders.claim_unique(
        format!("{}ResponseBody", operation.builder),
        &operation.place,
    );
    let mut scope = Scope::default();
    for (name, response) in responses {
        *name = scope.claim_unique(status_name(response.statuses), "");
    }
}

/// Leaves out the operations whose names are taken, in place of refusing the document. They lose their names
/// and are dropped at the end, so that the others keep their numbers until then.
pub fn skip_colliding_operations(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let operations = api
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.operations);
    for operation in operations {
        let concerns = |problem: &Diagnostic| problem.pointer == operation.place;
        let reasons: Vec<String> = diagnostics
            .iter()
            .filter(|p| concerns(p))
            .map(|p| p.message.clone())
            .collect();
        if !reasons.is_empty() {
            diagnostics.retain(|problem| !concerns(problem));
            operation.name.rust.clear();
            api.skipped.push(Skipped {
                operation: format!("{} {}", operation.method.as_str(), operation.path),
                place: operation.place.clone(),
                reasons,
            });
        }
    }
}

/// Drops the operations that were left without a name.
pub fn drop_unnamed_operations(api: &mut Api) {
    for resource in &mut api.resources {
        resource
            .operations
            .retain(|operation| !operation.name.rust.is_empty());
    }
}

/// Two things that would have one name.
pub fn collision(place: &str, what: &str, name: &str, holder: &str) -> Diagnostic {
    let message = format!("the {what} would be called `{name}`, which is taken");
    let other = if holder.is_empty() {
        String::new()
    } else {
        format!(" (by `{holder}`)")
    };
    Diagnostic::new(Code::Collision, place, message).help(format!(
        "give one of the two another name with `x-rust-name`{other}"
    ))
}
