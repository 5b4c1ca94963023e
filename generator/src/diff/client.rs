//! Compares the clients: name, server, authorisation and resources.

use super::change::{Changes, ItemKind, Kind, Subject};
use super::display;
use super::matching::{Pair, Renamed, pairs};
use crate::model::{Api, Resource, SecurityKind, SecurityScheme, Server, ServerSetter, unraw};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api) {
    let client = Subject::new(&new.client, &new.title).at(Some("/info"), Some("/info"));
    if old.client != new.client {
        let detail = display::became(&old.client, &new.client);
        changes.breaking(Kind::Renamed, ItemKind::Client, &client, &detail);
    }
    if (&old.title, &old.description) != (&new.title, &new.description) {
        changes.docs(&client, "the title or the description");
    }
    if old.external_docs != new.external_docs {
        changes.docs(&client, "the external documentation");
    }
    if old.server != new.server {
        let show = |server: &Option<Server>| match server {
            Some(server) => server.default_url(),
            None => "none".to_owned(),
        };
        let detail = display::became(&show(&old.server), &show(&new.server));
        let subject = client.at(Some("/servers"), Some("/servers"));
        changes.wire(ItemKind::Server, &subject, &detail);
    }
    server_setters(changes, old, new);
    security(changes, old, new);
    resources(changes, &old.client, &old.resources, &new.resources);
}

fn resources(changes: &mut Changes, client: &str, old: &[Resource], new: &[Resource]) {
    let named = |resource: &Resource| {
        let rust = format!("{client}::{}", unraw(&resource.module));
        Subject::new(rust, &resource.name.wire)
    };
    let renamed = Renamed::new(old, new, |resource| &resource.module, same);
    for (old, new) in renamed.iter() {
        let subject = named(new).at(pointer(old).as_deref(), pointer(new).as_deref());
        let detail = display::became(unraw(&old.module), unraw(&new.module));
        changes.breaking(Kind::Renamed, ItemKind::Resource, &subject, &detail);
    }
    for pair in pairs(old, new, |resource| &resource.module) {
        match pair {
            Pair::Removed(resource) | Pair::Added(resource) if renamed.contains(resource) => {}
            Pair::Removed(old) => {
                let subject = named(old).at(pointer(old).as_deref(), None);
                changes.breaking(Kind::Removed, ItemKind::Resource, &subject, "");
            }
            Pair::Added(new) => {
                let subject = named(new).at(None, pointer(new).as_deref());
                changes.compatible(Kind::Added, ItemKind::Resource, &subject, "");
            }
            Pair::Both(old, new) => {
                let subject = named(new).at(pointer(old).as_deref(), pointer(new).as_deref());
                if old.name.rust != new.name.rust {
                    let detail = display::became(&old.name.rust, &new.name.rust);
                    changes.breaking(Kind::Renamed, ItemKind::Resource, &subject, &detail);
                }
                if old.description != new.description {
                    changes.docs(&subject, "the description");
                }
                if old.external_docs != new.external_docs {
                    changes.docs(&subject, "the external documentation");
                }
            }
        }
    }
}

/// Returns true if both resources have the same methods and paths.
fn same(old: &Resource, new: &Resource) -> bool {
    let calls = |resource: &Resource| -> Vec<_> {
        let operations = resource.operations.iter();
        operations
            .map(|own| (own.method.as_str(), own.path.clone()))
            .collect()
    };
    calls(old) == calls(new)
}

/// Returns the pointer of the tags of a resource's first operation.
fn pointer(resource: &Resource) -> Option<String> {
    let first = resource.operations.first()?;
    Some(format!("{}/tags", first.pointer))
}

/// Compares the security schemes. A client with one scheme takes the secret in `new`; a client with
/// several schemes has a setter for each.
fn security(changes: &mut Changes, old: &Api, new: &Api) {
    let pointer = Some("/components/securitySchemes");
    match (old.security.as_slice(), new.security.as_slice()) {
        ([old], [new_scheme]) => {
            let rust = format!("{}::new", new.client);
            let subject = Subject::new(rust, &new_scheme.name).at(pointer, pointer);
            scheme(changes, &subject, old, new_scheme);
        }
        (old_schemes, new_schemes) if old_schemes.len().min(2) == new_schemes.len().min(2) => {
            for pair in pairs(old_schemes, new_schemes, |scheme| &scheme.rust) {
                setter(changes, &pair);
            }
        }
        (old_schemes, new_schemes) => {
            let rust = format!("{}::new", new.client);
            let subject = Subject::new(rust, "securitySchemes").at(pointer, pointer);
            let (before, now) = (old_schemes.len(), new_schemes.len());
            let detail = format!("{before} security schemes became {now}");
            changes.breaking(Kind::Changed, ItemKind::Credential, &subject, &detail);
        }
    }
}

/// Compares the methods that set the variables of the servers.
fn server_setters(changes: &mut Changes, old: &Api, new: &Api) {
    let pointer = Some("/servers");
    let named = |setter: &ServerSetter| {
        Subject::new(
            format!("ClientBuilder::{}", setter.rust),
            &setter.variable.name,
        )
    };
    for pair in pairs(&old.server_setters, &new.server_setters, |setter| {
        &setter.rust
    }) {
        match pair {
            Pair::Removed(old) => {
                let subject = named(old).at(pointer, None);
                changes.breaking(Kind::Removed, ItemKind::Server, &subject, "");
            }
            Pair::Added(new) => {
                let subject = named(new).at(None, pointer);
                changes.compatible(Kind::Added, ItemKind::Server, &subject, "");
            }
            Pair::Both(old, new) => {
                let (old, subject) = (&old.variable, named(new).at(pointer, pointer));
                let new = &new.variable;
                if old.default != new.default {
                    let detail = display::became(&old.default, &new.default);
                    changes.wire(ItemKind::Server, &subject, &detail);
                }
                if old.values != new.values {
                    let show = |values: &[String]| match values {
                        [] => "any value".to_owned(),
                        values => values.join(" or "),
                    };
                    let detail = display::became(&show(&old.values), &show(&new.values));
                    changes.wire(ItemKind::Server, &subject, &detail);
                }
            }
        }
    }
}

fn setter(changes: &mut Changes, pair: &Pair<'_, SecurityScheme>) {
    let pointer = Some("/components/securitySchemes");
    let named = |scheme: &SecurityScheme| {
        Subject::new(format!("ClientBuilder::{}", scheme.rust), &scheme.name)
    };
    match pair {
        Pair::Removed(old) => {
            let subject = named(old).at(pointer, None);
            changes.breaking(Kind::Removed, ItemKind::Credential, &subject, "");
        }
        Pair::Added(new) => {
            let subject = named(new).at(None, pointer);
            changes.compatible(Kind::Added, ItemKind::Credential, &subject, "");
        }
        Pair::Both(old, new) => scheme(changes, &named(new).at(pointer, pointer), old, new),
    }
}

fn scheme(changes: &mut Changes, subject: &Subject, old: &SecurityScheme, new: &SecurityScheme) {
    if old.token_sources != new.token_sources {
        changes.docs(subject, "the ways to obtain a token");
    }
    if old.kind == new.kind {
        return;
    }
    let basic = |scheme: &SecurityScheme| scheme.kind == SecurityKind::Basic;
    let detail = format!("{} became {}", describe(&old.kind), describe(&new.kind));
    if basic(old) == basic(new) {
        changes.wire(ItemKind::Authorisation, subject, &detail);
    } else {
        let suffix = if subject.rust.ends_with("::new") {
            ", in `new` and in `builder`"
        } else {
            ""
        };
        let detail = format!("{detail}{suffix}");
        changes.breaking(Kind::Changed, ItemKind::Credential, subject, &detail);
    }
}

/// Describes a security scheme.
fn describe(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "a bearer token".to_owned(),
        SecurityKind::Basic => "a username and a password".to_owned(),
        SecurityKind::Http(scheme) => format!("a credential of the scheme `{scheme}`"),
        SecurityKind::ApiKeyHeader(name) => format!("an API key in the header `{name}`"),
        SecurityKind::ApiKeyQuery(name) => format!("an API key in the query parameter `{name}`"),
        SecurityKind::ApiKeyCookie(name) => format!("an API key in the cookie `{name}`"),
    }
}
