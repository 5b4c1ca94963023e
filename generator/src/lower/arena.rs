//! The named types found so far. Types with the same structure and the same word are interned.

use super::word::Words;
use crate::model::unnamed::{Field, Kind, OperationId, Origin, Type, TypeDef};
use crate::model::{Docs, Scalar, Tagging, TypeId, TypeTable};
use std::collections::{HashMap, HashSet};
use std::ops::{Index, IndexMut};

/// The types of a document while it is lowered.
#[derive(Debug, Default)]
pub struct Arena {
    types: TypeTable<TypeDef>,
    origins: TypeTable<Vec<Origin>>,
    structures: HashMap<(Structure, String), TypeId>,
    words: Words,
    /// The types whose parts are named after another type, and that other type.
    merged: HashMap<TypeId, TypeId>,
    /// The reserved ids to which types refer, and the types to which they must refer instead.
    resolved: HashMap<TypeId, TypeId>,
}

/// The structure of a type: everything except its documentation.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Structure {
    Struct(Vec<Property>, Option<Type>),
    Enum(Scalar, Vec<(String, bool, String)>),
    Union(Tagging, Vec<(Type, Vec<String>)>),
    Alias(Type),
}

/// A field of a struct, without its documentation.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Property {
    wire: String,
    ty: Type,
    /// Required, nullable, read-only and write-only.
    flags: [bool; 4],
}

impl Structure {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Struct { fields, additional } => {
                let property = |f: &Field| Property {
                    wire: f.wire.clone(),
                    ty: f.ty.clone(),
                    flags: [f.required, f.nullable, f.read_only, f.write_only],
                };
                let mut fields: Vec<_> = fields.iter().map(property).collect();
                fields.sort_by(|a, b| a.wire.cmp(&b.wire));
                Self::Struct(fields, additional.clone())
            }
            Kind::Enum { scalar, values } => {
                let mut values: Vec<_> = values
                    .iter()
                    .map(|value| (value.wire.clone(), value.is_json, value.rust.clone()))
                    .collect();
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
    /// Creates an arena for the types of a document whose resources have these tags.
    pub fn new<'t>(tags: impl Iterator<Item = &'t str>) -> Self {
        Self {
            words: Words::new(tags),
            ..Self::default()
        }
    }

    /// Records the word of a type, before its parts are lowered.
    pub fn begin(&mut self, id: TypeId, origin: &Origin) {
        self.words.begin(id, origin);
    }

    /// Reserves an id for a type, so that its parts can refer to it.
    pub fn reserve(&mut self, pointer: &str) -> TypeId {
        self.origins.push(Vec::new());
        self.types.push(TypeDef {
            rust: String::new(),
            pointer: pointer.to_owned(),
            docs: Docs::default(),
            deprecated: None,
            error_payload: false,
            kind: Kind::Struct {
                fields: Vec::new(),
                additional: None,
            },
        })
    }

    /// Defines the type with a reserved id, without interning it: a component keeps its own type,
    /// even if another type has the same structure.
    pub fn define(&mut self, id: TypeId, def: TypeDef, origin: Origin) {
        let key = (Structure::of(&def.kind), self.words.of(&origin));
        self.structures.entry(key).or_insert(id);
        self[id] = def;
        self.record_origin(id, origin);
    }

    /// Interns a type: returns the id of the known type with the same structure and the same word,
    /// or defines the type with the reserved id.
    pub fn intern(&mut self, reserved: TypeId, def: TypeDef, origin: Origin) -> TypeId {
        let key = (Structure::of(&def.kind), self.words.of(&origin));
        let id = *self.structures.entry(key).or_insert(reserved);
        if id == reserved {
            self[id] = def;
        } else {
            self.merged.insert(reserved, id);
        }
        self.record_origin(id, origin);
        id
    }

    /// Replaces a reserved id by another type, in all types that refer to it.
    pub fn resolve_to(&mut self, reserved: TypeId, id: TypeId) {
        self.resolved.insert(reserved, id);
        self.merged.insert(reserved, id);
    }

    /// Returns the definition of the named type that a type is, or that it contains as items.
    pub fn definition(&self, ty: &Type) -> Option<&TypeDef> {
        ty.id().map(|id| &self[id])
    }

    /// Returns the kind of the named type that a type is, or that it contains as items.
    pub fn kind(&self, ty: &Type) -> Option<&Kind> {
        self.definition(ty).map(|def| &def.kind)
    }

    /// Returns the origins recorded for a type.
    pub fn origins(&self, id: TypeId) -> &[Origin] {
        &self.origins[id]
    }

    /// Returns the types and their origins.
    ///
    /// References to resolved ids are replaced. The parts of a merged type become parts of the type
    /// that it was merged into.
    pub fn finish(mut self) -> (TypeTable<TypeDef>, TypeTable<Vec<Origin>>) {
        let mut types = self.types;
        if !self.resolved.is_empty() {
            let mut resolve = |id: TypeId| self.resolved.get(&id).copied().unwrap_or(id);
            types = types.map(|_, def| def.clone().map(&mut resolve));
        }
        for origins in self.origins.values_mut() {
            for origin in origins.iter_mut() {
                if let Origin::Property { parent: id, .. }
                | Origin::Variant { union: id, .. }
                | Origin::Base { union: id }
                | Origin::Input { of: id } = origin
                {
                    while let Some(other) = self.merged.get(id) {
                        *id = *other;
                    }
                }
            }
            let mut seen = HashSet::new();
            origins.retain(|origin| seen.insert(origin.clone()));
        }
        (types, self.origins)
    }

    /// Records an origin of a type, unless the type is a component.
    pub fn record_origin_unless_component(&mut self, id: TypeId, origin: &Origin) {
        let mut origins = self.origins[id].iter();
        if !origins.any(|origin| matches!(origin, Origin::Component(_))) {
            self.record_origin(id, origin.clone());
        }
    }

    /// Records an origin of a type that is complete and not a component.
    ///
    /// A type that is still being lowered has no origin yet. It must not be named after its own
    /// parts.
    pub fn record_origin_if_complete(&mut self, id: TypeId, origin: &Origin) {
        if !self.origins[id].is_empty() {
            self.record_origin_unless_component(id, origin);
        }
    }

    /// Records an origin of a type that already has an inline origin. A type that is only known as
    /// a component keeps that name alone.
    pub fn record_origin_if_inline(&mut self, id: TypeId, origin: &Origin) {
        let mut origins = self.origins[id].iter();
        if origins.any(|origin| !matches!(origin, Origin::Component(_))) {
            self.record_origin(id, origin.clone());
        }
    }

    /// Assigns the parts of `old` to `new`, the type that was created from it, if `old` has only
    /// one origin and is not a component. The parts are then named after `new`.
    pub fn replace_if_unshared(&mut self, old: TypeId, new: TypeId) {
        let is_unshared = match self.origins(old) {
            [origin] => !matches!(origin, Origin::Component(_)),
            _ => false,
        };
        // Only a later type replaces an earlier one, so that `finish` terminates.
        if is_unshared && old < new {
            self.merged.insert(old, new);
        }
    }

    /// Replaces one of a type's origins by another.
    pub fn replace_origin(&mut self, id: TypeId, old_origin: &Origin, origin: Origin) {
        let origins = self.origins[id].iter_mut();
        origins
            .filter(|origin| *origin == old_origin)
            .for_each(|recorded| *recorded = origin.clone());
    }

    /// Removes the origins of the types that the request body of an operation contains, because the
    /// operation is left out.
    pub fn forget(&mut self, operation: OperationId) {
        for origins in self.origins.values_mut() {
            origins.retain(|origin| match origin {
                Origin::Body { operation: id } | Origin::BodyField { operation: id, .. } => {
                    *id != operation
                }
                _ => true,
            });
        }
    }

    /// Records an origin of a type.
    pub fn record_origin(&mut self, id: TypeId, origin: Origin) {
        self.origins[id].push(origin);
    }
}

impl Index<TypeId> for Arena {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.types[id]
    }
}

impl IndexMut<TypeId> for Arena {
    fn index_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.types[id]
    }
}
