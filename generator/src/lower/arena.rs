//! The named types found so far, each structure once.

use crate::model::{Docs, Field, Kind, Scalar, StatusRange, Tagging, Type, TypeDef};
use std::collections::{HashMap, HashSet};

/// The number of a type in the arena. Until names are decided, [`Type::Named`] holds it as text.
pub type TypeId = usize;

/// Where a type was met: what its name is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A schema of `components`.
    Component(String),
    /// What an operation gives, or an item of it. The numbers are the resource's and the operation's.
    Success { resource: usize, operation: usize },
    /// What an error response of this status holds.
    Error { status: StatusRange },
    /// A property of error bodies that holds one of several texts.
    ErrorEnum(String),
    /// A parameter of an operation.
    Parameter {
        resource: usize,
        operation: usize,
        wire: String,
    },
    /// The whole body of a request.
    Body { resource: usize, operation: usize },
    /// A property of an operation's request body.
    BodyField {
        resource: usize,
        operation: usize,
        wire: String,
        item: bool,
    },
    /// A property of another type, or an item of it.
    Property {
        parent: TypeId,
        wire: String,
        item: bool,
    },
    /// A branch of a union.
    Variant { union: TypeId, hint: String },
}

impl Origin {
    /// Where the items of what stands here are met.
    pub fn item(&self) -> Self {
        let mut origin = self.clone();
        if let Self::BodyField { item, .. } | Self::Property { item, .. } = &mut origin {
            *item = true;
        }
        origin
    }
}

/// The types of a document while it is lowered.
#[derive(Debug, Default)]
pub struct Arena {
    pub types: Vec<TypeDef>,
    pub origins: Vec<Vec<Origin>>,
    structures: HashMap<Structure, TypeId>,
    /// Numbers that were reserved for a type that turned out to be another's, and that other.
    merged: HashMap<TypeId, TypeId>,
    /// Numbers that others refer to, and the types that these turned out to be.
    resolved: HashMap<TypeId, TypeId>,
}

/// What makes two types one: everything but what is there for people to read.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Structure {
    Struct(Vec<(String, Type, bool, bool, bool)>, Option<Type>),
    Enum(Scalar, Vec<String>),
    Union(Tagging, Vec<(Type, Vec<String>)>),
    Alias(Type),
}

impl Structure {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Struct { fields, additional } => {
                let shape = |f: &Field| {
                    (
                        f.wire.clone(),
                        f.ty.clone(),
                        f.required,
                        f.nullable,
                        f.write_only,
                    )
                };
                let mut fields: Vec<_> = fields.iter().map(shape).collect();
                fields.sort_by(|a, b| a.0.cmp(&b.0));
                Self::Struct(fields, additional.clone())
            }
            Kind::Enum { scalar, values } => {
                let mut values: Vec<_> = values.iter().map(|value| value.wire.clone()).collect();
                values.sort();
                Self::Enum(*scalar, values)
            }
            Kind::Union { tagging, variants } => {
                let variants = variants
                    .iter()
                    .map(|v| (v.ty.clone(), v.tags.clone()))
                    .collect();
                Self::Union(tagging.clone(), variants)
            }
            Kind::Alias(ty) => Self::Alias(ty.clone()),
        }
    }
}

impl Arena {
    /// The type of this number, as other types refer to it.
    pub fn named(id: TypeId) -> Type {
        Type::Named(id.to_string())
    }

    /// The number behind a type, when it is a named one.
    pub fn id_of(ty: &Type) -> Option<TypeId> {
        ty.named()?.parse().ok()
    }

    /// The same of a type that is a named one itself, not a list of such.
    pub fn direct_id(ty: &Type) -> Option<TypeId> {
        match ty {
            Type::Named(number) => number.parse().ok(),
            _ => None,
        }
    }

    /// Keeps a number for a type whose parts may refer back to it.
    pub fn reserve(&mut self, place: &str) -> TypeId {
        self.types.push(TypeDef {
            rust: String::new(),
            place: place.to_owned(),
            docs: Docs::default(),
            deprecated: None,
            error_payload: false,
            kind: Kind::Struct {
                fields: Vec::new(),
                additional: None,
            },
        });
        self.origins.push(Vec::new());
        self.types.len() - 1
    }

    /// Fills a reserved number: a component keeps a type of its own whatever equals it.
    pub fn define(&mut self, id: TypeId, def: TypeDef, origin: Origin) {
        self.structures
            .entry(Structure::of(&def.kind))
            .or_insert(id);
        if let Some(slot) = self.types.get_mut(id) {
            *slot = def;
        }
        self.record_origin(id, origin);
    }

    /// The type of this structure: the one met before, else the reserved number's.
    pub fn intern(&mut self, reserved: TypeId, def: TypeDef, origin: Origin) -> TypeId {
        let id = *self
            .structures
            .entry(Structure::of(&def.kind))
            .or_insert(reserved);
        if id != reserved {
            self.merged.insert(reserved, id);
        } else if let Some(slot) = self.types.get_mut(id) {
            *slot = def;
        }
        self.record_origin(id, origin);
        id
    }

    /// Lets what refers to a reserved number refer to another type, which the schema turned out to be.
    pub fn resolve_to(&mut self, reserved: TypeId, id: TypeId) {
        self.resolved.insert(reserved, id);
        self.merged.insert(reserved, id);
    }

    /// The types, and where each was met: parts of a type that was merged into another are parts of that.
    pub fn finish(mut self) -> (Vec<TypeDef>, Vec<Vec<Origin>>) {
        let resolved = &self.resolved;
        let mut refer = |ty: &mut Type| {
            if let Some(number) = ty.named_mut()
                && let Some(id) = number.parse().ok().and_then(|id: TypeId| resolved.get(&id))
            {
                *number = id.to_string();
            }
        };
        if !resolved.is_empty() {
            let kinds = self.types.iter_mut().map(|def| &mut def.kind);
            kinds.for_each(|kind| kind.for_each_type(&mut refer));
        }
        for origins in &mut self.origins {
            for origin in origins.iter_mut() {
                if let Origin::Property { parent: id, .. } | Origin::Variant { union: id, .. } =
                    origin
                {
                    while let Some(other) = self.merged.get(id) {
                        *id = *other;
                    }
                }
            }
            let mut seen = HashSet::new();
            origins.retain(|origin| seen.insert(origin.clone()));
        }
        (self.types, self.origins)
    }

    /// Notes that a type was met here, unless it has a name of its own.
    pub fn record_origin_unless_component(&mut self, id: TypeId, origin: &Origin) {
        let origins = self.origins.get(id).into_iter().flatten();
        let mut names = origins.filter(|origin| matches!(origin, Origin::Component(_)));
        if names.next().is_none() {
            self.record_origin(id, origin.clone());
        }
    }

    /// The same of a type that is complete: one that is still being read is not named after its own parts.
    pub fn record_origin_if_complete(&mut self, id: TypeId, origin: &Origin) {
        if self
            .origins
            .get(id)
            .is_some_and(|origins| !origins.is_empty())
        {
            self.record_origin_unless_component(id, origin);
        }
    }

    /// Notes that a type was met here as it was elsewhere: in its own place, unless it was only ever referred to.
    pub fn record_origin_if_inline(&mut self, id: TypeId, origin: &Origin) {
        let mut origins = self.origins.get(id).into_iter().flatten();
        if origins.any(|origin| !matches!(origin, Origin::Component(_))) {
            self.record_origin(id, origin.clone());
        }
    }

    /// Lets a type take the place of one that it was made of, and that nothing else speaks of: what is part of that
    /// is named as part of this.
    pub fn replace_if_unshared(&mut self, old: TypeId, new: TypeId) {
        let is_unshared = match self.origins.get(old).map(Vec::as_slice) {
            Some([origin]) => !matches!(origin, Origin::Component(_)),
            _ => false,
        };
        // The new one comes later, so that following them ends.
        if is_unshared && old < new {
            self.merged.insert(old, new);
        }
    }

    /// Notes that a type was met as something else than it old_origin.
    pub fn replace_origin(&mut self, id: TypeId, old_origin: &Origin, origin: Origin) {
        let origins = self.origins.get_mut(id).into_iter().flatten();
        origins
            .filter(|origin| *origin == old_origin)
            .for_each(|met| *met = origin.clone());
    }

    /// Notes that a type was met here.
    pub fn record_origin(&mut self, id: TypeId, origin: Origin) {
        if let Some(origins) = self.origins.get_mut(id) {
            origins.push(origin);
        }
    }
}
