//! `allOf`: several schemas that hold at once become one.

use super::{Lowering, Shape, Slot, View};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::arena::{Arena, Origin, TypeId};
use crate::lower::describe::unsupported;
use crate::lower::pointer::At;
use crate::model::{Docs, Field, Kind, Type, TypeDef};
use openapiv3::{ReferenceOr, Schema};
use std::collections::HashMap;

/// One of the schemas that hold at once, and where it stands.
#[derive(Clone)]
pub(super) struct Part<'s> {
    pub schema: &'s Schema,
    pub place: String,
}

/// How deep `allOf` may stand in `allOf` before it is a circle.
const DEPTH: usize = 64;

impl<'a> Lowering<'a> {
    /// What an `allOf` is, together with what stands beside it.
    pub(super) fn all_of(
        &mut self,
        view: &View<'_>,
        at: At<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        // With one branch that says anything, the whole is that branch.
        let list = at.child("allOf");
        let said = view
            .all_of
            .iter()
            .enumerate()
            .filter(|(_, branch)| !is_annotation(branch));
        let said: Vec<_> = said.collect();
        if let ([(index, branch)], false) = (said.as_slice(), view.is_struct()) {
            let index = index.to_string();
            let slot = self.schema_or_reference(branch, list.child(&index), origin)?;
            return Some(Shape::Plain(Slot {
                nullable: slot.nullable || view.nullable(),
                ..slot
            }));
        }
        let mut parts = Vec::new();
        self.flatten(view.schema, at, &mut parts, DEPTH)?;
        if let Some(part) = parts
            .iter()
            .find(|part| View::of(part.schema).has_alternatives())
        {
            let place = part.place.clone();
            return self.alternatives_of_parts(&parts, &place, id);
        }
        self.merged(&parts, id)
    }

    /// The schemas that an `allOf` comes down to, through references and further `allOf`.
    pub(super) fn flatten<'s>(
        &mut self,
        schema: &'s Schema,
        at: At<'_>,
        parts: &mut Vec<Part<'s>>,
        depth: usize,
    ) -> Option<()>
    where
        'a: 's,
    {
        let Some(depth) = depth.checked_sub(1) else {
            let message = "`allOf` leads in a circle";
            return self.refuse(Diagnostic::new(Code::Reference, at, message));
        };
        let document = self.document;
        let view = View::of(schema);
        let list = at.child("allOf");
        for (index, branch) in view.all_of.iter().enumerate() {
            let index = index.to_string();
            match branch {
                ReferenceOr::Item(schema) => {
                    self.flatten(schema, list.child(&index), parts, depth)?
                }
                ReferenceOr::Reference { reference } => {
                    let (pointer, schema) = self.take(document.schema(reference))?;
                    self.flatten(schema, At::start(&pointer), parts, depth)?;
                }
            }
        }
        parts.push(Part {
            schema,
            place: at.to_string(),
        });
        Some(())
    }

    /// One struct of all the parts' properties.
    pub(super) fn merged(&mut self, parts: &[Part<'_>], id: TypeId) -> Option<Shape> {
        let origin = |wire: &str| Origin::Property {
            parent: id,
            wire: wire.to_owned(),
            item: false,
        };
        let mut fields: Vec<Field> = Vec::new();
        let mut required: Vec<&String> = Vec::new();
        let mut additional = None;
        let mut complete = true;
        for part in parts {
            let view = View::of(part.schema);
            let place = At::start(&part.place);
            required.extend(view.required);
            if view.kind().is_some_and(|kind| kind != "object") || view.is_enum() {
                return self.refuse(unsupported(
                    place,
                    "`allOf` of an object and of something else",
                ));
            }
            additional = self.additional(&view, place, id)?.or(additional);
            let Some(properties) = self.properties(&view, place, &origin, &HashMap::new()) else {
                complete = false;
                continue;
            };
            for field in properties {
                complete &= self.unite(&mut fields, field, place, id).is_some();
            }
        }
        for field in &mut fields {
            field.required |= required.contains(&&field.wire);
        }
        if !complete {
            return None;
        }
        if fields.is_empty() {
            let ty = additional.map_or(Type::Json, |ty| Type::Map(Box::new(ty)));
            let nullable = parts.iter().any(|part| part.schema.schema_data.nullable);
            return Some(Shape::Plain(Slot { ty, nullable }));
        }
        Some(Shape::Named(Kind::Struct { fields, additional }))
    }

    /// Adds a property, or makes one of it and of the same property in a part before.
    fn unite(
        &mut self,
        fields: &mut Vec<Field>,
        field: Field,
        at: At<'_>,
        parent: TypeId,
    ) -> Option<()> {
        let Some(known) = fields.iter_mut().find(|known| known.wire == field.wire) else {
            fields.push(field);
            return Some(());
        };
        let origin = Origin::Property {
            parent,
            wire: field.wire.clone(),
            item: false,
        };
        let Some(ty) = self.narrower(&known.ty, &field.ty, &origin) else {
            let properties = at.child("properties");
            let what = format!("`allOf` with two types for the property `{}`", field.wire);
            return self.refuse(unsupported(properties.child(&field.wire), &what));
        };
        known.ty = ty;
        // What holds at once allows null only where all of them do.
        known.nullable &= field.nullable;
        known.description = field.description.or(known.description.take());
        known.deprecated = field.deprecated.or(known.deprecated.take());
        Some(())
    }

    /// The type that satisfies both.
    fn narrower(&mut self, one: &Type, other: &Type, origin: &Origin) -> Option<Type> {
        if one == other {
            return Some(one.clone());
        }
        match (one, other) {
            (Type::Json, ty) | (ty, Type::Json) => Some(ty.clone()),
            (Type::Integer(_), ty @ Type::Integer(_)) | (Type::Number(_), ty @ Type::Number(_)) => {
                Some(ty.clone())
            }
            (Type::Number(_), ty @ Type::Integer(_)) | (ty @ Type::Integer(_), Type::Number(_)) => {
                Some(ty.clone())
            }
            (Type::String, ty @ Type::Timestamp) | (ty @ Type::Timestamp, Type::String) => {
                Some(ty.clone())
            }
            (Type::String, ty) | (ty, Type::String) if self.is_string_enum(ty) => Some(ty.clone()),
            (a, b) if self.is_string_enum(a) && self.is_string_enum(b) => Some(b.clone()),
            (Type::Array(a), Type::Array(b)) => Some(Type::Array(Box::new(self.narrower(
                a,
                b,
                &origin.item(),
            )?))),
            (Type::Map(a), Type::Map(b)) => {
                Some(Type::Map(Box::new(self.narrower(a, b, &origin.item())?)))
            }
            // A struct says more than a map of anything.
            (Type::Map(value), ty @ Type::Named(_)) | (ty @ Type::Named(_), Type::Map(value))
                if **value == Type::Json =>
            {
                Some(ty.clone())
            }
            (Type::Named(_), Type::Named(_)) => self.united_structs(one, other, origin),

            _ => None,
        }
    }

    /// The struct that has the fields of both.
    fn united_structs(&mut self, one: &Type, other: &Type, origin: &Origin) -> Option<Type> {
        let (fields, additional, place) = self.parts_of(one)?;
        let (more, more_additional, _) = self.parts_of(other)?;
        let id = self.arena.reserve("");
        let mut all = fields;
        for field in more {
            let place = place.clone();
            let required = field.required;
            let wire = field.wire.clone();
            self.unite(&mut all, field, At::start(&place), id)?;
            let united = all.iter_mut().find(|known| known.wire == wire)?;
            united.required |= required;
        }
        let def = TypeDef {
            rust: String::new(),
            place,
            docs: Docs::default(),
            deprecated: None,
            error_payload: false,
            kind: Kind::Struct {
                fields: all,
                additional: additional.or(more_additional),
            },
        };
        Some(Arena::named(self.arena.settle(id, def, origin.clone())))
    }

    /// A struct's fields, the type of its further properties, and its place.
    fn parts_of(&self, ty: &Type) -> Option<(Vec<Field>, Option<Type>, String)> {
        let def = Arena::id_of(ty).and_then(|id| self.arena.types.get(id))?;
        match &def.kind {
            Kind::Struct { fields, additional } if !fields.is_empty() => {
                Some((fields.clone(), additional.clone(), def.place.clone()))
            }
            _ => None,
        }
    }

    /// Whether a type is an enum of texts.
    pub fn is_string_enum(&self, ty: &Type) -> bool {
        let Type::Named(_) = ty else { return false };
        let def = super::Arena::id_of(ty).and_then(|id| self.arena.types.get(id));
        let scalar = def.map(|def| &def.kind);
        matches!(
            scalar,
            Some(Kind::Enum {
                scalar: crate::model::Scalar::String,
                ..
            })
        )
    }
}

/// Whether a branch restricts or describes without being a type: `{required: [a]}`, `{description: ..}`.
pub(super) fn is_annotation(branch: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = branch else {
        return false;
    };
    let view = View::of(schema);
    let bare = view.properties.is_empty() && view.items.is_none() && view.additional.is_none();
    bare && view.enumeration.is_empty()
        && !view.has_branches()
        && matches!(view.typed(), None | Some("object"))
}
