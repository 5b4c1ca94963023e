//! Intersects types: computes the type of the values that belong to two types (`allOf`).

use super::merge::Part;
use super::reference::is_component;
use super::union::Branch;
use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Field, Kind, Origin, Type, TypeDef};
use crate::model::{Docs, IntegerWidth, Scalar, Tagging, TypeId};

impl Lowering<'_> {
    /// Returns the type of an `allOf` of strings, numbers or arrays.
    pub(super) fn intersection(
        &mut self,
        parts: &[Part<'_>],
        at: Pointer<'_>,
        origin: &Origin,
        nullable: bool,
    ) -> Option<Shape> {
        let here = at.to_string();
        let mut intersection: Option<LoweredType> = None;
        for part in parts {
            let view = SchemaView::of(part.schema);
            if view.kind().is_none() && !view.is_enum() {
                continue;
            }
            let pointer = Pointer::start(&part.pointer);
            let lowered_type = if part.pointer == here {
                self.all_of_siblings(&view, pointer, origin)?
            } else if is_component(&part.pointer) {
                self.reference(&format!("#{}", part.pointer))?
            } else {
                self.schema(part.schema, pointer, origin)?
            };
            intersection = match intersection {
                None => Some(lowered_type),
                Some(known) => {
                    let Some(ty) = self.intersect_types(&known.ty, &lowered_type.ty, origin) else {
                        let what = "`allOf` of incompatible types";
                        return self.refuse(unsupported(at, what));
                    };
                    let nullable = known.nullable && lowered_type.nullable;
                    Some(LoweredType { ty, nullable })
                }
            };
        }
        intersection.map(|lowered_type| {
            Shape::Unnamed(LoweredType {
                nullable: lowered_type.nullable || nullable,
                ..lowered_type
            })
        })
    }

    /// Lowers the keywords next to an `allOf`, without the `allOf`.
    fn all_of_siblings(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        let nullable = view.nullable();
        if !view.is_enum() {
            let ty = self.unnamed_type(view, at, origin)?;
            return Some(LoweredType { ty, nullable });
        }
        match self.enumeration(view, at)? {
            Shape::Unnamed(lowered_type) => Some(lowered_type),
            Shape::Named { kind, nullable } => {
                let id = self.arena.reserve("");
                let def = self.type_def(view.schema, at, kind)?;
                let ty = Type::Named(self.arena.intern(id, def, origin.clone()));
                Some(LoweredType { ty, nullable })
            }
        }
    }

    /// Returns the intersection of two types, or `None` if they are incompatible.
    pub(super) fn intersect_types(
        &mut self,
        one: &Type,
        other: &Type,
        origin: &Origin,
    ) -> Option<Type> {
        if one == other {
            return Some(one.clone());
        }
        match (one, other) {
            (Type::Json, ty) | (ty, Type::Json) => Some(ty.clone()),
            // Without a `format`, an integer is an `i64`, which must not replace an unsigned one.
            (ty @ Type::Integer(IntegerWidth::U32 | IntegerWidth::U64), Type::Integer(_)) => {
                Some(ty.clone())
            }
            (Type::Integer(_), ty @ Type::Integer(_)) | (Type::Number(_), ty @ Type::Number(_)) => {
                Some(ty.clone())
            }
            (Type::Number(_), ty @ Type::Integer(_)) | (ty @ Type::Integer(_), Type::Number(_)) => {
                Some(ty.clone())
            }
            (Type::String, text) | (text, Type::String) if text.is_text() => Some(text.clone()),
            // Two formats.
            (one, other) if one.is_text() && other.is_text() => Some(Type::String),
            (text, ty) | (ty, text) if text.is_text() && self.is_string_enum(ty) => {
                Some(ty.clone())
            }
            (a, b) if self.is_string_enum(a) && self.is_string_enum(b) => Some(b.clone()),
            (Type::Integer(_) | Type::Number(_), ty) | (ty, Type::Integer(_) | Type::Number(_))
                if self.is_integer_enum(ty) =>
            {
                Some(ty.clone())
            }
            (a, b) if self.is_integer_enum(a) && self.is_integer_enum(b) => Some(b.clone()),
            (Type::Array(a), Type::Array(b)) => Some(Type::Array(Box::new(self.intersect_types(
                a,
                b,
                &origin.item(),
            )?))),
            (Type::OneOrMany(a), Type::OneOrMany(b)) => {
                let item = self.intersect_types(a, b, &origin.item())?;
                Some(Type::OneOrMany(Box::new(item)))
            }
            // An array of the items is in both.
            (Type::OneOrMany(a), ty @ Type::Array(_))
            | (ty @ Type::Array(_), Type::OneOrMany(a)) => {
                self.intersect_types(&Type::Array(a.clone()), ty, origin)
            }
            (Type::OneOrMany(a), one) | (one, Type::OneOrMany(a)) => {
                self.intersect_types(a, one, &origin.item())
            }
            (Type::Map(a), Type::Map(b)) => Some(Type::Map(Box::new(self.intersect_types(
                a,
                b,
                &origin.item(),
            )?))),
            // A struct is more specific than a map of any values.
            (Type::Map(value), ty @ Type::Named(_)) | (ty @ Type::Named(_), Type::Map(value))
                if **value == Type::Json =>
            {
                Some(ty.clone())
            }
            (Type::Map(value), ty @ Type::Named(_)) | (ty @ Type::Named(_), Type::Map(value)) => {
                self.intersect_struct_with_map(ty, value, origin)
            }
            (Type::Named(_), Type::Named(_))
                if let Some(narrower) = self.narrower_in_family(one, other) =>
            {
                Some(narrower)
            }
            (Type::Named(_), Type::Named(_)) if self.is_union(one) => {
                self.intersect_with_union(other, one, origin)
            }
            (Type::Named(_), Type::Named(_)) if self.is_union(other) => {
                self.intersect_with_union(one, other, origin)
            }
            (Type::Named(_), Type::Named(_)) => self.intersect_structs(one, other, origin),
            _ => None,
        }
    }

    /// Returns the struct that has the fields of both structs.
    ///
    /// The structs can be recursive. If the same pair is reached again while it is being
    /// intersected, the result refers to itself.
    fn intersect_structs(&mut self, one: &Type, other: &Type, origin: &Origin) -> Option<Type> {
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

    /// Returns the struct whose fields and additional properties also have the type of the values of
    /// a map. A field that cannot have this type keeps its own: a map of objects usually means the
    /// properties that are not declared.
    fn intersect_struct_with_map(
        &mut self,
        one: &Type,
        value: &Type,
        origin: &Origin,
    ) -> Option<Type> {
        let (mut fields, additional, pointer) = self.struct_parts(one)?;
        let id = self.arena.reserve("");
        self.arena.begin(id, origin);
        let origin_of = |wire: &str, item| Origin::Property {
            parent: id,
            wire: wire.to_owned(),
            item,
        };
        for field in &mut fields {
            let origin = origin_of(&field.wire, false);
            match self.intersect_types(&field.ty, value, &origin) {
                Some(ty) => field.ty = ty,
                None => self.warn_about_contradiction(field),
            }
        }
        let additional = match additional {
            Some(own) => self.intersect_types(&own, value, &origin_of("additional", true))?,
            None => value.clone(),
        };
        let def = struct_def(pointer, fields, Some(additional));
        let intersected = self.arena.intern(id, def, origin.clone());
        if let Some(old) = one.id() {
            self.arena.replace_if_unshared(old, intersected);
        }
        Some(Type::Named(intersected))
    }

    fn warn_about_contradiction(&mut self, field: &Field) {
        let name = &field.wire;
        let message = format!("`allOf` has other types for `{name}` in `additionalProperties`");
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

    fn is_integer_enum(&self, ty: &Type) -> bool {
        let scalar = Scalar::Integer;
        matches!(self.arena.kind(ty), Some(Kind::Enum { scalar: found, .. }) if *found == scalar)
    }

    fn is_union(&self, ty: &Type) -> bool {
        matches!(self.arena.kind(ty), Some(Kind::Union { .. }))
    }

    /// Intersects a struct with a union of structs. Each variant gets the fields of the struct.
    fn intersect_with_union(
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
