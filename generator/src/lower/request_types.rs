//! The types of requests: a schema with `readOnly` or `writeOnly` properties, at any depth, becomes
//! a second type for requests, which lacks the read-only fields and requires the write-only ones.

use crate::model::unnamed::{Field, Kind, Origin, Resource, Type, TypeDef};
use crate::model::{TypeId, TypeTable};
use std::collections::{HashMap, HashSet};

/// Replaces the types in requests by their own versions, where they differ from those in responses.
pub fn split(
    types: &mut TypeTable<TypeDef>,
    origins: &mut TypeTable<Vec<Origin>>,
    resources: &mut [Resource],
) {
    let unsent = unsent_structs(types);
    let differs = differing(types, &unsent);
    let mut copies = Copies {
        differs: &differs,
        unsent: &unsent,
        ids: HashMap::new(),
        waiting: Vec::new(),
        types,
        origins,
    };
    let operations = resources.iter_mut().flat_map(|one| &mut one.operations);
    for operation in operations {
        for parameter in &mut operation.parameters {
            copies.replace(&mut parameter.ty);
        }
        if let Some(body) = &mut operation.body {
            let required = &mut body.required_fields;
            body.content.retain_fields(|field| {
                let is_sent = !is_unsent(field, &unsent);
                required.retain(|wire| is_sent || *wire != field.wire);
                is_sent
            });
            for field in body.content.fields_mut() {
                copies.replace(&mut field.ty);
            }
        }
    }
    copies.define();
}

/// The types for requests.
struct Copies<'a> {
    differs: &'a HashSet<TypeId>,
    unsent: &'a TypeTable<bool>,
    /// The ids of the types for requests, by those of the types for responses.
    ids: HashMap<TypeId, TypeId>,
    /// The types whose versions for requests are not defined yet.
    waiting: Vec<TypeId>,
    types: &'a mut TypeTable<TypeDef>,
    origins: &'a mut TypeTable<Vec<Origin>>,
}

impl Copies<'_> {
    fn replace(&mut self, ty: &mut Type) {
        if ty.id().is_some_and(|id| self.differs.contains(&id)) {
            let old = std::mem::replace(ty, Type::Json);
            *ty = old.map(&mut |id| self.id(id));
        }
    }

    /// Returns the id of the version of a type for requests. It is the type itself if both are the
    /// same.
    fn id(&mut self, id: TypeId) -> TypeId {
        if !self.differs.contains(&id) {
            return id;
        }
        if let Some(known) = self.ids.get(&id) {
            return *known;
        }
        let copy = self.types.push(self.types[id].clone());
        self.origins.push(vec![Origin::Input { of: id }]);
        self.ids.insert(id, copy);
        self.waiting.push(id);
        copy
    }

    fn define(&mut self) {
        while let Some(id) = self.waiting.pop() {
            let mut def = self.types[id].clone();
            def.rust = String::new();
            def.error_payload = false;
            if let Kind::Struct { fields, .. } = &mut def.kind {
                fields.retain(|field| !is_unsent(field, self.unsent));
                for field in fields {
                    // `write_only` makes a field an `Option`, which is right only for responses.
                    field.write_only = false;
                }
            }
            let def = def.map(&mut |id| self.id(id));
            let copy = self.id(id);
            self.types[copy] = def;
        }
    }
}

/// Returns true if a field is not sent: it is read-only, or its value would consist of such fields.
fn is_unsent(field: &Field, unsent: &TypeTable<bool>) -> bool {
    field.read_only || field.ty.id().is_some_and(|id| unsent[id])
}

/// Returns for each type whether it is a struct with no field that is sent.
fn unsent_structs(types: &TypeTable<TypeDef>) -> TypeTable<bool> {
    let mut unsent = types.map(|_, _| false);
    let mut found = true;
    while found {
        found = false;
        // Types usually follow the types that they are parts of.
        for id in types.ids().rev() {
            let Kind::Struct { fields, additional } = &types[id].kind else {
                continue;
            };
            let is_sent = fields.is_empty() || additional.is_some();
            if !unsent[id] && !is_sent && fields.iter().all(|field| is_unsent(field, &unsent)) {
                unsent[id] = true;
                found = true;
            }
        }
    }
    unsent
}

/// Returns the types of which requests need a version that differs, in a field of its own or in a
/// part.
fn differing(types: &TypeTable<TypeDef>, unsent: &TypeTable<bool>) -> HashSet<TypeId> {
    let mut users: TypeTable<Vec<TypeId>> = types.map(|_, _| Vec::new());
    let mut waiting = Vec::new();
    for (id, def) in types.iter() {
        for part in def.kind.types().filter_map(Type::id) {
            users[part].push(id);
        }
        if let Kind::Struct { fields, .. } = &def.kind {
            let differs = |field: &Field| {
                is_unsent(field, unsent) || (field.write_only && field.required && !field.nullable)
            };
            if fields.iter().any(differs) {
                waiting.push(id);
            }
        }
    }
    let mut differs = HashSet::new();
    while let Some(id) = waiting.pop() {
        if differs.insert(id) {
            waiting.extend(&users[id]);
        }
    }
    differs
}
