//! Intersects structs with structs, maps and unions of structs.

use super::union::Branch;
use super::{LoweredType, Lowering, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Field, Kind, Origin, Type, TypeDef};
use crate::model::{Docs, Tagging, TypeId};

impl Lowering<'_> {
    /// Returns the struct that has the fields of both structs.
    ///
    /// The structs can be recursive. If the same pair is reached again while it is being
    /// intersected, the result refers to itself.
    pub(super) fn intersect_structs(
        &mut self,
        one: &Type,
        other: &Type,
        origin: &Origin,
    ) -> Option<Type> {
        let pair = (one.id()?, other.id()?);
        if let Some(known) = self.intersected.get(&pair) {
            let known = Type::Named((*known)?);
            self.record_type_origin(&known, origin);
            return Some(known);
        }
        let id = self.arena.reserve("");
        self.arena.begin(id, origin);
        self.intersected.insert(pair, Some(id));
        let intersected = self.intersected_struct_def(one, other, id);
        let intersected = intersected.map(|def| self.arena.intern(id, def, origin.clone()));
        self.intersected.insert(pair, intersected);
        let intersected = intersected?;
        for old in [pair.0, pair.1] {
            self.arena.replace_if_unshared(old, intersected);
        }
        Some(Type::Named(intersected))
    }

    fn intersected_struct_def(&mut self, one: &Type, other: &Type, id: TypeId) -> Option<TypeDef> {
        let (fields, additional, pointer) = self.struct_parts(one)?;
        let (other_fields, other_additional, _) = self.struct_parts(other)?;
        let mut all = fields;
        for field in other_fields {
            let required = field.required;
            let wire = field.wire.clone();
            let origin = Origin::Property {
                parent: id,
                wire: field.wire.clone(),
                item: false,
            };
            self.merge_field(&mut all, field, Pointer::start(&pointer), &origin)?;
            let intersected = all.iter_mut().find(|known| known.wire == wire)?;
            intersected.required |= required;
        }
        for field in &all {
            if let Some(part) = field.ty.id() {
                let origin = Origin::Property {
                    parent: id,
                    wire: field.wire.clone(),
                    item: matches!(field.ty, Type::Array(_) | Type::OneOrMany(_) | Type::Map(_)),
                };
                self.arena.record_origin_if_complete(part, &origin);
            }
        }
        Some(struct_def(pointer, all, additional.or(other_additional)))
    }

    /// Intersects a struct with a map: the fields and the additional properties must also have the
    /// type of the map's values. A field that cannot have this type keeps its own: the map usually
    /// means the properties that are not declared.
    ///
    /// The struct can be recursive, as in [`intersect_structs`](Self::intersect_structs).
    pub(super) fn intersect_struct_with_map(
        &mut self,
        one: &Type,
        value: &Type,
        origin: &Origin,
    ) -> Option<Type> {
        let key = (one.direct_id()?, value.clone());
        if let Some(known) = self.intersected_maps.get(&key) {
            let known = Type::Named((*known)?);
            self.record_type_origin(&known, origin);
            return Some(known);
        }
        let id = self.arena.reserve("");
        self.arena.begin(id, origin);
        self.intersected_maps.insert(key.clone(), Some(id));
        let def = self.struct_with_map_def(one, value, id);
        let intersected = def.map(|def| self.arena.intern(id, def, origin.clone()));
        self.intersected_maps.insert(key.clone(), intersected);
        let intersected = intersected?;
        self.arena.replace_if_unshared(key.0, intersected);
        Some(Type::Named(intersected))
    }

    fn struct_with_map_def(&mut self, one: &Type, value: &Type, id: TypeId) -> Option<TypeDef> {
        let (mut fields, additional, pointer) = self.struct_parts(one)?;
        let origin_of = |wire: &str, item| Origin::Property {
            parent: id,
            wire: wire.to_owned(),
            item,
        };
        for field in &mut fields {
            let origin = origin_of(&field.wire, false);
            let known = self.diagnostics.len();
            match self.intersect_types(&field.ty, value, &origin) {
                Some(ty) => field.ty = ty,
                None => {
                    self.diagnostics.truncate(known);
                    self.warn_about_contradiction(field);
                }
            }
        }
        let additional = match additional {
            Some(own) => self.intersect_types(&own, value, &origin_of("additional", true))?,
            None => value.clone(),
        };
        Some(struct_def(pointer, fields, Some(additional)))
    }

    fn warn_about_contradiction(&mut self, field: &Field) {
        let name = &field.wire;
        let message = format!(
            "the type of `{name}` does not match `additionalProperties` of another schema in `allOf`"
        );
        let problem = Diagnostic::new(Code::Shape, Pointer::start(&field.pointer), message);
        self.warn(problem.help("the property keeps the type that is declared here"));
    }

    /// Returns the fields of a struct, the type of its additional properties, and its location.
    fn struct_parts(&self, ty: &Type) -> Option<(Vec<Field>, Option<Type>, String)> {
        let def = self.arena.definition(ty)?;
        match &def.kind {
            Kind::Struct { fields, additional } if !fields.is_empty() => {
                Some((fields.clone(), additional.clone(), def.pointer.clone()))
            }
            _ => None,
        }
    }

    /// Intersects a struct with a union of structs. Each variant gets the fields of the struct.
    pub(super) fn intersect_with_union(
        &mut self,
        common: &Type,
        choice: &Type,
        origin: &Origin,
    ) -> Option<Type> {
        let def = self.arena.definition(choice)?;
        let Kind::Union { tagging, variants } = &def.kind else {
            return None;
        };
        let (tagging, mut variants, mut def) = (tagging.clone(), variants.clone(), def.clone());
        let id = self.arena.reserve("");
        self.arena.begin(id, origin);
        let mut branches = Vec::new();
        let count = variants.len();
        variants.retain(|variant| variant.ty.direct_id().is_some());
        if variants.is_empty() {
            return None;
        }
        if variants.len() < count {
            let message = "no array satisfies both this union and the object next to it";
            let problem = Diagnostic::new(Code::Shape, Pointer::start(&def.pointer), message);
            self.warn(problem.help("the intersection has no variant for arrays"));
        }
        for variant in &mut variants {
            let hint = variant.rust.clone();
            let origin = Origin::Variant {
                union: id,
                hint: hint.clone(),
            };
            variant.ty = self.intersect_structs(common, &variant.ty, &origin)?;
            branches.push(Branch {
                lowered_type: LoweredType::of(variant.ty.clone()),
                reference: None,
                hint,
            });
        }
        // The tags stay valid, because no variant loses a property.
        let shape = match tagging {
            Tagging::Property(_) | Tagging::OptionalProperty(_) | Tagging::PropertyOrBase(_) => {
                let kind = Kind::Union { tagging, variants };
                let nullable = false;
                Shape::Named { kind, nullable }
            }
            Tagging::Untagged => self.union(branches, None, false)?,
        };
        match shape {
            Shape::Unnamed(lowered_type) => Some(lowered_type.ty),
            Shape::Named { kind, .. } => {
                def.kind = kind;
                def.rust = String::new();
                let id = self.arena.intern(id, def, origin.clone());
                if let Some(old) = choice.id() {
                    self.arena.replace_if_unshared(old, id);
                }
                Some(Type::Named(id))
            }
        }
    }
}

fn struct_def(pointer: String, fields: Vec<Field>, additional: Option<Type>) -> TypeDef {
    TypeDef {
        rust: String::new(),
        pointer,
        docs: Docs::default(),
        deprecated: None,
        error_payload: false,
        kind: Kind::Struct { fields, additional },
    }
}
