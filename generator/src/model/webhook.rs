//! Webhooks: requests that the API sends to the user's server.

use super::{Api, Docs, Kind, Name, Operation, Type};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A webhook, by the type of its payload.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Webhook<R = String> {
    /// The name of the webhook, and the name of its payload in Rust.
    pub name: Name,
    /// The location in the document: a JSON pointer.
    pub pointer: String,
    #[serde(flatten)]
    pub docs: Docs,
    /// The type of the request body.
    #[serde(rename = "type")]
    pub ty: Type<R>,
}

impl<R> Webhook<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Webhook<S> {
        Webhook {
            name: self.name,
            pointer: self.pointer,
            docs: self.docs,
            ty: self.ty.map(f),
        }
    }
}

impl Webhook {
    /// Returns true if the payload is a type with the name of the webhook itself. Otherwise, the
    /// name is an alias.
    pub fn is_own_type(&self) -> bool {
        matches!(&self.ty, Type::Named(name) if *name == self.name.rust)
    }
}

impl Api {
    /// Returns the names of the types that only webhooks use, directly or through other types. They
    /// are in the module of the webhooks.
    pub fn webhook_types(&self) -> HashSet<&str> {
        if self.webhooks.is_empty() {
            return HashSet::new();
        }
        let operations = self.resources.iter().flat_map(|one| &one.operations);
        let used = operations.flat_map(Operation::types);
        let used = self.reachable(used.chain(self.errors.types()));
        let mut own = self.reachable(self.webhooks.iter().map(|webhook| &webhook.ty));
        own.retain(|name| !used.contains(name));
        // No type refers to the second names of these types.
        let aliases = self.types.iter().filter(|def| match &def.kind {
            Kind::Alias(Type::Named(target)) => own.contains(target.as_str()),
            _ => false,
        });
        let aliases: Vec<_> = aliases.map(|def| def.rust.as_str()).collect();
        own.extend(aliases.into_iter().filter(|name| !used.contains(name)));
        own
    }

    /// Returns the names of these types, and of all types that they contain.
    pub(super) fn reachable<'a>(
        &'a self,
        types: impl Iterator<Item = &'a Type>,
    ) -> HashSet<&'a str> {
        let definitions = self.types.iter().map(|def| (def.rust.as_str(), &def.kind));
        let definitions: HashMap<&str, _> = definitions.collect();
        let mut pending: Vec<&str> = types.filter_map(Type::name).collect();
        let mut found = HashSet::new();
        while let Some(name) = pending.pop() {
            if let Some(kind) = definitions.get(name).filter(|_| found.insert(name)) {
                pending.extend(kind.types().filter_map(Type::name));
            }
        }
        found
    }
}
