//! Schemas that are referred to.

use super::merge::is_null_schema;
use super::{Shape, Slot, View};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::arena::{Origin, TypeId};
use crate::lower::pointer::At;
use crate::lower::{Arena, Lowering, Target, references};
use crate::model::{Kind, Tagging, Type, UnionVariant};
use openapiv3::{ReferenceOr, Schema};

/// How many references may lead from one schema to the next, none of them done yet: see [`crate::room`].
const DEEPEST: usize = 10_000;

impl Lowering<'_> {
    /// What the schema that a reference leads to becomes. One that is no component stands in its own place, and is
    /// one with what has the same structure, as all of its kind; only if it leads back to itself it needs a name.
    pub fn referred(&mut self, reference: &str, origin: &Origin) -> Option<Slot> {
        let document = self.document;
        let (pointer, schema) = self.take(document.schema(reference))?;
        if let Some(Target::Done(slot)) = self.targets.get(&pointer) {
            let slot = slot.clone();
            if let Some(id) = Arena::direct_id(&slot.ty) {
                self.arena.record_inline_origin(id, origin);
            }
            return Some(slot);
        }
        if is_component(&pointer) || self.targets.contains_key(&pointer) {
            return self.reference(reference);
        }
        if references::is_recursive(document, &pointer, &mut self.within) {
            return self.target_of(reference, Some(origin));
        }
        let slot = self.schema(schema, At::start(&pointer), origin);
        let target = slot.clone().map_or(Target::Refused, Target::Done);
        self.targets.insert(pointer, target);
        slot
    }

    /// What the component that a reference leads to becomes: the same each time.
    pub fn reference(&mut self, reference: &str) -> Option<Slot> {
        self.target_of(reference, None)
    }

    /// The same for a schema in any place; `origin` is where one that is no component was met.
    fn target_of(&mut self, reference: &str, origin: Option<&Origin>) -> Option<Slot> {
        let document = self.document;
        let (pointer, schema) = self.take(document.schema(reference))?;
        match self.targets.get_mut(&pointer) {
            Some(Target::Done(slot)) => return Some(slot.clone()),
            Some(Target::Refused) => return None,
            Some(Target::InProgress { id, met_itself }) => {
                *met_itself = true;
                let ty = Arena::named(*id);
                let nullable = self.is_nullable(schema);
                return Some(Slot { ty, nullable });
            }
            None => {}
        }
        if self.depth == DEEPEST {
            let message = format!("schemas lead to each other more than {DEEPEST} deep");
            return self.refuse(Diagnostic::new(Code::Bound, pointer, message));
        }
        let id = self.arena.reserve(&pointer);
        self.targets.insert(
            pointer.clone(),
            Target::InProgress {
                id,
                met_itself: false,
            },
        );
        self.depth += 1;
        let component = || Origin::Component(component_name(&pointer));
        let origin = origin.cloned().unwrap_or_else(component);
        let slot = self.target(schema, &pointer, id, &origin);
        self.depth -= 1;
        let target = slot.clone().map_or(Target::Refused, Target::Done);
        self.targets.insert(pointer, target);
        slot
    }

    /// Whether null may stand in a schema's place, where that has to be known before the schema is done: as the schema
    /// or one of its branches says.
    pub(super) fn is_nullable(&self, schema: &Schema) -> bool {
        let view = View::of(schema);
        let is_said = |branch: &ReferenceOr<Schema>| match branch {
            ReferenceOr::Item(schema) => View::of(schema).nullable(),
            ReferenceOr::Reference { reference } => {
                let target = self.document.schema(reference);
                target.is_ok_and(|(_, schema)| View::of(schema).nullable())
            }
        };
        let all_of = match view.all_of {
            [only] => is_said(only),
            all_of => all_of.iter().any(is_null_schema),
        };
        let mut alternatives = view.one_of.iter().chain(view.any_of);
        view.nullable() || all_of || alternatives.any(is_said)
    }

    /// Lowers what a reference leads to: a component that is an object, an enum or a union keeps a type of
    /// its own, whatever else has the same structure.
    fn target(
        &mut self,
        schema: &Schema,
        pointer: &str,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Slot> {
        let at = At::start(pointer);
        match self.shape(schema, at, id, origin)? {
            Shape::Named { kind, nullable } => {
                let def = self.type_def(schema, at, kind)?;
                self.arena.define(id, def, origin.clone());
                let ty = Arena::named(id);
                Some(Slot { ty, nullable })
            }
            Shape::Plain(slot) => {
                let circle = Target::InProgress {
                    id,
                    met_itself: true,
                };
                if self.targets.get(pointer) == Some(&circle)
                    && !self.becomes_branch(id, &slot, origin)
                {
                    return self.recursive_alias(schema, at, id, slot, origin.clone());
                }
                Some(slot)
            }
        }
    }

    /// The same as `becomes` of a component that is one of its own branches, which has its name.
    fn becomes_branch(&mut self, id: TypeId, slot: &Slot, origin: &Origin) -> bool {
        let branch = Arena::id_of(&slot.ty).and_then(|id| self.arena.origins.get(id));
        branch.is_some_and(|origins| origins.contains(origin)) && self.becomes(id, slot)
    }

    /// A list or a map whose items lead back to it gets a name of its own. Where nothing but lists and maps is on
    /// the way, an alias would have no end, so it is an enum of that one type.
    fn recursive_alias(
        &mut self,
        schema: &Schema,
        at: At<'_>,
        id: TypeId,
        slot: Slot,
        origin: Origin,
    ) -> Option<Slot> {
        if slot.ty == Arena::named(id) {
            let message = "this schema contains nothing but itself";
            return self.refuse(Diagnostic::new(Code::Reference, at, message));
        }
        let kind = if Arena::id_of(&slot.ty) == Some(id) {
            let only = UnionVariant {
                rust: String::new(),
                ty: slot.ty,
                tags: Vec::new(),
            };
            Kind::Union {
                tagging: Tagging::Untagged,
                variants: vec![only],
            }
        } else {
            // What is in it was met where the whole stands, and is a part of it now.
            let part = Origin::Variant {
                union: id,
                hint: part_hint(&slot.ty).to_owned(),
            };
            if let Some(inner) = Arena::id_of(&slot.ty) {
                self.arena.replace_origin(inner, &origin, part);
            }
            Kind::Alias(slot.ty)
        };
        let def = self.type_def(schema, at, kind)?;
        self.arena.define(id, def, origin);
        Some(Slot {
            ty: Arena::named(id),
            nullable: slot.nullable,
        })
    }
}

/// What a thing in a list or a map is called after the whole.
fn part_hint(ty: &Type) -> &'static str {
    match ty {
        Type::Map(_) => "Value",
        _ => "Item",
    }
}

/// Whether a schema has a name, which stands right below the list of all.
pub(super) fn is_component(pointer: &str) -> bool {
    let name = pointer.strip_prefix("/components/schemas/");
    name.is_some_and(|name| !name.contains('/'))
}

/// The last token of a pointer, unescaped: for a component its name.
pub(super) fn component_name(pointer: &str) -> String {
    let token = pointer.rsplit('/').next().unwrap_or_default();
    token.replace("~1", "/").replace("~0", "~")
}
