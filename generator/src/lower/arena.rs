//! The named types found so far. Types with the same structure are interned.

use crate::model::{Docs, Field, Kind, Scalar, StatusRange, Tagging, Type, TypeDef};
use std::collections::{HashMap, HashSet};

/// The number of a type in the arena. Before `names` runs, [`Type::Named`] contains it as a string.
pub type TypeId = usize;

/// A location at which a type was found, and after which `names` can name it.
///
/// `resource` and `operation` are indexes into the model. `item` is true for the items of an array
/// and for the values of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A schema of `components`, by its name.
    Component(String),
    /// The success response of an operation, or its items.
    Success { resource: usize, operation: usize },
    /// The body of an error response with this status.
    Error { status: StatusRange },
    /// A string enum in error bodies, by the name of its property.
    ErrorEnum(String),
    /// A parameter of an operation.
    Parameter {
        resource: usize,
        operation: usize,
        wire: String,
    },
    /// The request body of an operation.
    Body { resource: usize, operation: usize },
    /// A property of an operation's request body.
    BodyField {
        resource: usize,
        operation: usize,
        wire: String,
        item: bool,
    },
    /// A property of another type.
    Property {
        parent: TypeId,
        wire: String,
        item: bool,
    },
    /// A variant of a union, or the items of an array or a map that has a name.
    Variant { union: TypeId, hint: String },
}

impl Origin {
    /// Returns the origin of the items of an array or a map at this origin.
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
    /// The types whose parts are named after another type, and that other type.
    merged: HashMap<TypeId, TypeId>,
    /// The reserved numbers to which types refer, and the types to which they must refer instead.
    resolved: HashMap<TypeId, TypeId>,
}

/// The structure of a type: everything except its documentation. Types with equal structures are
/// interned as one type.
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
    /// Returns a reference to the type with this number.
    pub fn named(id: TypeId) -> Type {
        Type::Named(id.to_string())
    }

    /// Returns the number of the named type, also inside arrays, maps and boxes.
    pub fn id_of(ty: &Type) -> Option<TypeId> {
        ty.named()?.parse().ok()
    }

    /// Returns the number of a type that is itself a named type.
    pub fn direct_id(ty: &Type) -> Option<TypeId> {
        match ty {
            Type::Named(number) => number.parse().ok(),
            _ => None,
        }
    }

    /// Reserves a number for a type, so that its parts can refer to it.
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

    /// Defines the type with a reserved number, without interning it: a component keeps its own
    /// type, even if another type has the same structure.
    pub fn define(&mut self, id: TypeId, def: TypeDef, origin: Origin) {
        self.structures
            .entry(Structure::of(&def.kind))
            .or_insert(id);
        if let Some(slot) = self.types.get_mut(id) {
            *slot = def;
        }
        self.record_origin(id, origin);
    }

    /// Interns a type: returns the number of the known type with the same structure, or defines the
    /// type with the reserved number.
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

    /// Replaces a reserved number by another type, in all types that refer to it.
    pub fn resolve_to(&mut self, reserved: TypeId, id: TypeId) {
        self.resolved.insert(reserved, id);
        self.merged.insert(reserved, id);
    }

    /// Returns the types and their origins.
    ///
    /// References to resolved numbers are replaced. The parts of a merged type become parts of the
    /// type that it was merged into.
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

    /// Records an origin of a type, unless the type is a component.
    pub fn record_origin_unless_component(&mut self, id: TypeId, origin: &Origin) {
        let origins = self.origins.get(id).into_iter().flatten();
        let mut names = origins.filter(|origin| matches!(origin, Origin::Component(_)));
        if names.next().is_none() {
            self.record_origin(id, origin.clone());
        }
    }

    /// Records an origin of a type that is complete and not a component.
    ///
    /// A type that is still being lowered has no origin yet. It must not be named after its own
    /// parts.
    pub fn record_origin_if_complete(&mut self, id: TypeId, origin: &Origin) {
        if self
            .origins
            .get(id)
            .is_some_and(|origins| !origins.is_empty())
        {
            self.record_origin_unless_component(id, origin);
        }
    }

    /// Records an origin of a type that already has an inline origin. A type that is only known as
    /// a component keeps that name alone.
    pub fn record_origin_if_inline(&mut self, id: TypeId, origin: &Origin) {
        let mut origins = self.origins.get(id).into_iter().flatten();
        if origins.any(|origin| !matches!(origin, Origin::Component(_))) {
            self.record_origin(id, origin.clone());
        }
    }

    /// Assigns the parts of `old` to `new`, the type that was created from it, if `old` has only
    /// one origin and is not a component. The parts are then named after `new`.
    pub fn replace_if_unshared(&mut self, old: TypeId, new: TypeId) {
        let is_unshared = match self.origins.get(old).map(Vec::as_slice) {
            Some([origin]) => !matches!(origin, Origin::Component(_)),
            _ => false,
        };
        // Only a later type replaces an earlier one, so that `finish` terminates.
        if is_unshared && old < new {
            self.merged.insert(old, new);
        }
    }

    /// Replaces one of a type's origins by another.
    pub fn replace_origin(&mut self, id: TypeId, old_origin: &Origin, origin: Origin) {
        let origins = self.origins.get_mut(id).into_iter().flatten();
        origins
            .filter(|origin| *origin == old_origin)
            .for_each(|recorded| *recorded = origin.clone());
    }

    /// Records an origin of a type.
    pub fn record_origin(&mut self, id: TypeId, origin: Origin) {
        if let Some(origins) = self.origins.get_mut(id) {
            origins.push(origin);
        }
    }
}
