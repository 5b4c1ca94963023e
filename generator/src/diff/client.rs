//! The client: its name, its server, how it is authorised, and its resources.

use super::change::{Changes, Kind, Subject, What};
use super::pairs::{Pair, pairs};
use crate::model::{Api, Resource, SecurityKind, SecurityScheme};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api) {
    let client = Subject::new(&new.client, &new.title).at(Some("/info"), Some("/info"));
    if old.client != new.client {
        let detail = super::spell::became(&old.client, &new.client);
        changes.breaking(Kind::Renamed, What::Client, &client, &detail);
    }
    if (&old.title, &old.description) != (&new.title, &new.description) {
        changes.docs(&client, "the title or the description");
    }
    if old.server != new.server {
        let show = |server: &Option<String>| server.clone().unwrap_or_else(|| "none".to_owned());
        let detail = super::spell::became(&show(&old.server), &show(&new.server));
        let subject = client.at(Some("/servers"), Some("/servers"));
        changes.wire(What::Server, &subject, &detail);
    }
    security(changes, old, new);
    for pair in pairs(&old.resources, &new.resources, |resource| &resource.module) {
        resource(changes, &old.client, &pair);
    }
}

fn resource(changes: &mut Changes, client: &str, pair: &Pair<'_, Resource>) {
    let named = |resource: &Resource| {
        let rust = format!("{client}::{}", super::spell::plain(&resource.module));
        Subject::new(rust, &resource.name.wire)
    };
    let tags = Some("/tags");
    match pair {
        Pair::Removed(old) => {
            changes.breaking(
                Kind::Removed,
                What::Resource,
                &named(old).at(tags, None),
                "",
            );
        }
        Pair::Added(new) => {
            changes.compatible(Kind::Added, What::Resource, &named(new).at(None, tags), "");
        }
        Pair::Both(old, new) => {
            let subject = named(new).at(tags, tags);
            if old.name.rust != new.name.rust {
                let detail = super::spell::became(&old.name.rust, &new.name.rust);
                changes.breaking(Kind::Renamed, What::Resource, &subject, &detail);
            }
            if old.description != new.description {
                changes.docs(&subject, "the description");
            }
        }
    }
}

/// A client of one scheme takes its secret in `new`, one of several has a setter for each.
fn security(changes: &mut Changes, old: &Api, new: &Api) {
    let place = Some("/components/securitySchemes");
    match (old.security.as_slice(), new.security.as_slice()) {
        ([old], [new_scheme]) => {
            let rust = format!("{}::new", new.client);
            let subject = Subject::new(rust, &new_scheme.name).at(place, place);
            scheme(changes, &subject, old, new_scheme);
        }
        (old_schemes, new_schemes) if old_schemes.len().min(2) == new_schemes.len().min(2) => {
            for pair in pairs(old_schemes, new_schemes, |scheme| &scheme.rust) {
                setter(changes, &pair);
            }
        }
        (old_schemes, new_schemes) => {
            let rust = format!("{}::new", new.client);
            let subject = Subject::new(rust, "securitySchemes").at(place, place);
            let (before, now) = (old_schemes.len(), new_schemes.len());
            let detail = format!("{before} ways to authorise became {now}");
            changes.breaking(Kind::Changed, What::Credential, &subject, &detail);
        }
    }
}

fn setter(changes: &mut Changes, pair: &Pair<'_, SecurityScheme>) {
    let place = Some("/components/securitySchemes");
    let named = |scheme: &SecurityScheme| {
        Subject::new(format!("ClientBuilder::{}", scheme.rust), &scheme.name)
    };
    match pair {
        Pair::Removed(old) => {
            let subject = named(old).at(place, None);
            changes.breaking(Kind::Removed, What::Credential, &subject, "");
        }
        Pair::Added(new) => {
            let subject = named(new).at(None, place);
            changes.compatible(Kind::Added, What::Credential, &subject, "");
        }
        Pair::Both(old, new) => scheme(changes, &named(new).at(place, place), old, new),
    }
}

fn scheme(changes: &mut Changes, subject: &Subject, old: &SecurityScheme, new: &SecurityScheme) {
    if old.kind == new.kind {
        return;
    }
    let basic = |scheme: &SecurityScheme| scheme.kind == SecurityKind::Basic;
    let detail = format!("{:?} became {:?}", old.kind, new.kind);
    if basic(old) == basic(new) {
        changes.wire(What::Authorisation, subject, &detail);
    } else {
        changes.breaking(Kind::Changed, What::Credential, subject, &detail);
    }
}
