//! Intersects types: computes the type of the values that belong to two types (`allOf`).

use super::merge::Part;
use super::reference::is_component;
use super::{LoweredType, Lowering, SchemaView, Shape};
use crate::lower::describe::unsupported;
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Kind, Origin, Type};
use crate::model::{IntegerWidth, Scalar};

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
        let is_selected = parts.iter().any(|part| part.alternative_selected);
        let mut intersection: Option<LoweredType> = None;
        for part in parts {
            let view = SchemaView::of(part.schema);
            if view.kind().is_none() && !view.is_enum() {
                continue;
            }
            let pointer = Pointer::start(&part.pointer);
            // The `allOf` and the selected branch of these schemas are separate parts.
            let has_parts = part.alternative_selected || (is_selected && !view.all_of.is_empty());
            let lowered_type = if part.pointer == here || has_parts {
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
            (Type::Nullable(a), Type::Nullable(b)) => {
                let inner = self.intersect_types(a, b, origin)?;
                Some(Type::Nullable(Box::new(inner)))
            }
            // Null does not belong to both types.
            (Type::Nullable(a), b) | (b, Type::Nullable(a)) => self.intersect_types(a, b, origin),
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

    fn is_integer_enum(&self, ty: &Type) -> bool {
        let scalar = Scalar::Integer;
        matches!(self.arena.kind(ty), Some(Kind::Enum { scalar: found, .. }) if *found == scalar)
    }

    fn is_union(&self, ty: &Type) -> bool {
        matches!(self.arena.kind(ty), Some(Kind::Union { .. }))
    }
}
