//! Names of the types in `models`.

use super::case::{part, pascal, singular};
use super::entity::entity;
use super::operations::{Stems, collision, stems};
use super::parts;
use super::scope::{RESERVED, Scope, shortened};
use super::statuses::status_name;
use crate::diagnostic::Diagnostic;
use crate::lower::{Origin, TypeId};
use crate::model::{Api, Docs, Kind, StatusRange, Type, TypeDef};

/// How long a type's name may be.
const LONGEST: usize = 120;

/// How many names one type may have.
const NAMES: usize = 64;

/// Names the types, drops those that nothing reaches, and lets every use say the name.
pub fn assign(api: &mut Api, origins: &[Vec<Origin>], diagnostics: &mut Vec<Diagnostic>) {
    let reached = super::uses::reached(api);
    let names = Namer::new(api, origins, &reached, diagnostics).names();
    let aliases = aliases(api, &names);
    for (def, names) in api.types.iter_mut().zip(&names) {
        def.rust = names.first().cloned().unwrap_or_default();
    }
    super::uses::rename(api, &names);
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        reached.get(index - 1).copied().unwrap_or_default()
    });
    for def in &mut api.types {
        parts::assign(def, diagnostics);
    }
    api.types.extend(aliases);
    // By name, so that a new type moves no other.
    api.types.sort_by(|a, b| a.rust.cmp(&b.rust));
    parts::errors(&mut api.errors);
}

/// A definition for each further name of a type.
fn aliases(api: &Api, names: &[Vec<String>]) -> Vec<TypeDef> {
    let mut aliases = Vec::new();
    for (def, names) in api.types.iter().zip(names) {
        let Some((first, others)) = names.split_first() else {
            continue;
        };
        aliases.extend(others.iter().map(|name| TypeDef {
            rust: name.clone(),
            place: def.place.clone(),
            docs: Docs::default(),
            deprecated: None,
            error_payload: false,
            kind: Kind::Alias(Type::Named(first.clone())),
        }));
    }
    aliases
}

/// Decides the names of types from where they were met.
struct Namer<'a> {
    api: &'a Api,
    origins: &'a [Vec<Origin>],
    reached: &'a [bool],
    entities: Vec<Option<TypeId>>,
    /// The names of the components, which a shorter name must leave alone.
    components: std::collections::HashSet<String>,
    detail: Option<TypeId>,
    scope: Scope,
    names: Vec<Vec<String>>,
    /// Whose name is being made: types may lead to each other.
    open: Vec<TypeId>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Namer<'a> {
    fn new(
        api: &'a Api,
        origins: &'a [Vec<Origin>],
        reached: &'a [bool],
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let components = origins.iter().flatten().filter_map(|origin| match origin {
            Origin::Component(name) => Some(pascal(name, "Type")),
            _ => None,
        });
        Self {
            api,
            origins,
            reached,
            entities: api.resources.iter().map(entity).collect(),
            components: components.collect(),
            detail: detail(origins),
            scope: Scope::reserving(&RESERVED),
            names: vec![Vec::new(); api.types.len()],
            open: Vec::new(),
            diagnostics,
        }
    }

    /// The names in the order of the types, the one to use first. Those that a person chose come first, then
    /// the others by how much they say, so that a derived name gives way to a chosen one.
    fn names(mut self) -> Vec<Vec<String>> {
        let mut order: Vec<TypeId> = (0..self.api.types.len()).collect();
        order.retain(|&id| self.reached.get(id).copied().unwrap_or_default());
        order.sort_by_key(|&id| self.best(id).map(rank));
        for &id in &order {
            self.name(id);
        }
        // Further names come last of all: they are there so that nothing is renamed when a place that says
        // more is added, and must not take a name that a type needs.
        // The parts of a type that has several names have as many, so this goes on until nothing is new.
        let mut new = true;
        while new {
            new = false;
            for &id in &order {
                new |= self.further_names(id);
            }
        }
        self.names
    }

    /// The origin that says most about a type.
    fn best(&self, id: TypeId) -> Option<&'a Origin> {
        self.origins
            .get(id)?
            .iter()
            .min_by_key(|origin| rank(origin))
    }

    fn name(&mut self, id: TypeId) -> String {
        if let Some(name) = self.names.get(id).and_then(|names| names.first()) {
            return name.clone();
        }
        let api = self.api;
        let Some(def) = api.types.get(id) else {
            return String::new();
        };
        if self.open.contains(&id) {
            return "Recursive".to_owned();
        }
        self.open.push(id);
        let name = match self.best(id) {
            _ if !def.rust.is_empty() => pascal(&def.rust, "Type"),
            Some(origin) => self.derived(id, origin),
            None => "Unnamed".to_owned(),
        };
        self.open.pop();
        let chosen = !def.rust.is_empty() || matches!(self.best(id), Some(Origin::Component(_)));
        let name = if chosen {
            self.take(name, def)
        } else {
            self.scope.settle(shortened(name, LONGEST), &def.place)
        };
        if let Some(names) = self.names.get_mut(id) {
            names.push(name.clone());
        }
        name
    }

    /// The names that a type has from the other places where it was met; whether there was a new one.
    fn further_names(&mut self, id: TypeId) -> bool {
        let api = self.api;
        let Some(def) = api.types.get(id).filter(|def| def.rust.is_empty()) else {
            return false;
        };
        let mut new = false;
        for origin in self.origins.get(id).into_iter().flatten() {
            for name in self.names_from(id, origin) {
                let full = self.names.get(id).is_some_and(|names| names.len() >= NAMES);
                if !full
                    && self.scope.take(&name, &def.place).is_ok()
                    && let Some(names) = self.names.get_mut(id)
                {
                    names.push(name);
                    new = true;
                }
            }
        }
        new
    }

    /// The names that one place gives a type: a part of another type takes part in all of its names.
    fn names_from(&mut self, id: TypeId, origin: &Origin) -> Vec<String> {
        let (parent, end) = match origin {
            Origin::Component(_) => return Vec::new(),
            Origin::Property { parent, wire, item } => (*parent, property(wire, *item)),
            Origin::Variant { union, hint } => (*union, end(hint, "Variant")),
            _ => return vec![shortened(self.derived(id, origin), LONGEST)],
        };
        let parents = self.names.get(parent).into_iter().flatten();
        parents
            .map(|parent| shortened(format!("{parent}{end}"), LONGEST))
            .collect()
    }

    fn take(&mut self, name: String, def: &TypeDef) -> String {
        let name = if RESERVED.contains(&name.as_str()) {
            format!("{}Model", part(&name))
        } else {
            name
        };
        let name = shortened(name, LONGEST);
        if let Err(holder) = self.scope.take(&name, &def.place) {
            self.diagnostics
                .push(collision(&def.place, "type", &name, &holder));
            return self.scope.settle(name, &def.place);
        }
        name
    }

    fn derived(&mut self, id: TypeId, origin: &Origin) -> String {
        match origin {
            Origin::Component(name) => self.component(name),
            Origin::Success {
                resource,
                operation,
            } => self.success(id, *resource, *operation),
            Origin::Error { status } => self.error(id, *status),
            Origin::ErrorEnum(wire) => format!("Error{}", end(wire, "")),
            Origin::Parameter {
                resource,
                operation,
                wire,
            } => {
                let stem = self
                    .operation(*resource, *operation)
                    .map(|stems| stems.parameter);
                format!("{}{}", stem.unwrap_or_default(), end(wire, ""))
            }
            Origin::Body {
                resource,
                operation,
            } => {
                let stem = self
                    .operation(*resource, *operation)
                    .map(|stems| stems.body);
                format!("{}Request", stem.unwrap_or_default())
            }
            Origin::BodyField {
                resource,
                operation,
                wire,
                item,
            } => {
                let stem = self
                    .operation(*resource, *operation)
                    .map(|stems| stems.body);
                format!("{}{}", stem.unwrap_or_default(), property(wire, *item))
            }
            Origin::Property { parent, wire, item } => {
                format!("{}{}", self.name(*parent), property(wire, *item))
            }
            Origin::Variant { union, hint } => {
                format!("{}{}", self.name(*union), end(hint, "Variant"))
            }
        }
    }

    /// A component keeps its name, without a `Schema` behind it where that leaves a free one.
    fn component(&self, name: &str) -> String {
        let full = pascal(name, "Type");
        let short = full
            .strip_suffix("Schema")
            .filter(|short| !short.is_empty());
        match short {
            Some(short) if !self.components.contains(short) => short.to_owned(),
            _ => full,
        }
    }

    fn success(&self, id: TypeId, resource: usize, operation: usize) -> String {
        // Of all the operations that give it, the resource whose entity it is names it.
        let owner = self
            .origins
            .get(id)
            .into_iter()
            .flatten()
            .find_map(|origin| match origin {
                Origin::Success { resource, .. } => {
                    let entity = self.entities.get(*resource).copied().flatten();
                    (entity == Some(id)).then_some(*resource)
                }
                _ => None,
            });
        if let Some(resource) = owner.and_then(|owner| self.api.resources.get(owner)) {
            return singular(&resource.name.rust);
        }
        let stem = self.operation(resource, operation).map(|stems| stems.body);
        format!("{}Response", stem.unwrap_or_default())
    }

    /// The payload that most statuses share is the error's detail; another is its first status's.
    fn error(&self, id: TypeId, status: StatusRange) -> String {
        if self.detail == Some(id) {
            return "ErrorDetail".to_owned();
        }
        format!("{}Detail", status_name(status))
    }

    fn operation(&self, resource: usize, operation: usize) -> Option<Stems> {
        let resource = self.api.resources.get(resource)?;
        Some(stems(resource, resource.operations.get(operation)?))
    }
}

/// The error payload that most statuses share; of equals, the first.
fn detail(origins: &[Vec<Origin>]) -> Option<TypeId> {
    let statuses = |origins: &[Origin]| {
        origins
            .iter()
            .filter(|origin| matches!(origin, Origin::Error { .. }))
            .count()
    };
    let counted = origins
        .iter()
        .enumerate()
        .map(|(id, origins)| (statuses(origins), id));
    let best = counted
        .filter(|(count, _)| *count > 0)
        .min_by_key(|(count, id)| (usize::MAX - count, *id));
    best.map(|(_, id)| id)
}

/// Which origins name a type before others do.
fn rank(origin: &Origin) -> u8 {
    match origin {
        Origin::Component(_) => 0,
        Origin::Success { .. } => 1,
        Origin::Error { .. } | Origin::ErrorEnum(_) => 2,
        Origin::Parameter { .. } => 3,
        Origin::Body { .. } => 4,
        Origin::BodyField { .. } => 5,
        Origin::Property { .. } => 6,
        Origin::Variant { .. } => 7,
    }
}

/// The end of a name that begins with another.
fn end(wire: &str, prefix: &str) -> String {
    part(&pascal(wire, prefix)).to_owned()
}

fn property(wire: &str, item: bool) -> String {
    let name = end(wire, "");
    if item { singular(&name) } else { name }
}
