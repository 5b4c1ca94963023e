//! Lowers referenced schemas.

use super::merge::is_null_schema;
use super::{LoweredType, SchemaView, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::pointer::Pointer;
use crate::lower::{Lowering, SchemaState, references};
use crate::model::unnamed::{Kind, Origin, Type, UnionVariant};
use crate::model::{Tagging, TypeId};
use openapiv3::{ReferenceOr, Schema};

/// The maximum number of nested references, which bounds the depth of the stack: see
/// [`crate::stack`].
const MAX_REFERENCE_DEPTH: usize = 10_000;

impl Lowering<'_> {
    /// Lowers the target of a reference.
    ///
    /// A target that is not a component is treated like an inline schema, which is interned. If it
    /// is recursive, it becomes its own type, like a component.
    pub fn referenced_schema(&mut self, reference: &str, origin: &Origin) -> Option<LoweredType> {
        let document = self.document;
        let (pointer, schema) = self.ok_or_report(document.schema(reference))?;
        if let Some(SchemaState::Done(lowered_type)) = self.schema_states.get(&pointer) {
            let lowered_type = lowered_type.clone();
            if let Some(id) = lowered_type.ty.direct_id() {
                self.arena.record_origin_unless_component(id, origin);
            }
            return Some(lowered_type);
        }
        if is_component(&pointer) || self.schema_states.contains_key(&pointer) {
            return self.reference(reference);
        }
        // The same schema is one type, whatever refers to it.
        let origin = &named_after_target(origin, &pointer);
        if references::is_recursive(document, &pointer, &mut self.reference_cache) {
            return self.lower_target(reference, Some(origin));
        }
        let lowered_type = self.schema(schema, Pointer::start(&pointer), origin);
        let target = lowered_type
            .clone()
            .map_or(SchemaState::Rejected, SchemaState::Done);
        self.schema_states.insert(pointer, target);
        lowered_type
    }

    /// Lowers the component to which a reference refers. It is lowered only once.
    pub fn reference(&mut self, reference: &str) -> Option<LoweredType> {
        self.lower_target(reference, None)
    }

    /// Like [`reference`](Self::reference), for a schema at any location. `origin` is the origin of
    /// a schema that is not a component.
    fn lower_target(&mut self, reference: &str, origin: Option<&Origin>) -> Option<LoweredType> {
        let document = self.document;
        let (pointer, schema) = self.ok_or_report(document.schema(reference))?;
        match self.schema_states.get_mut(&pointer) {
            Some(SchemaState::Done(lowered_type)) => return Some(lowered_type.clone()),
            Some(SchemaState::Rejected) => return None,
            Some(SchemaState::InProgress {
                id,
                references_itself,
            }) => {
                *references_itself = true;
                let ty = Type::Named(*id);
                let nullable = self.is_nullable(schema);
                return Some(LoweredType { ty, nullable });
            }
            None => {}
        }
        if self.depth == MAX_REFERENCE_DEPTH {
            let message =
                format!("references are nested more than {MAX_REFERENCE_DEPTH} levels deep");
            return self.refuse(Diagnostic::new(Code::Bound, pointer, message));
        }
        let id = self.arena.reserve(&pointer);
        self.schema_states.insert(
            pointer.clone(),
            SchemaState::InProgress {
                id,
                references_itself: false,
            },
        );
        self.depth += 1;
        let component = || Origin::Component(component_name(&pointer));
        let origin = origin.cloned().unwrap_or_else(component);
        let lowered_type = self.target(schema, &pointer, id, &origin);
        self.depth -= 1;
        let target = lowered_type
            .clone()
            .map_or(SchemaState::Rejected, SchemaState::Done);
        self.schema_states.insert(pointer, target);
        lowered_type
    }

    /// Returns true if the schema or one of its branches is nullable. Used while the schema itself
    /// is still being lowered.
    pub(super) fn is_nullable(&self, schema: &Schema) -> bool {
        let view = SchemaView::of(schema);
        let branch_is_nullable = |branch: &ReferenceOr<Schema>| match branch {
            ReferenceOr::Item(schema) => SchemaView::of(schema).nullable(),
            ReferenceOr::Reference { reference } => {
                let target = self.document.schema(reference);
                target.is_ok_and(|(_, schema)| SchemaView::of(schema).nullable())
            }
        };
        let all_of = match view.all_of {
            [only] => branch_is_nullable(only),
            all_of => all_of.iter().any(is_null_schema),
        };
        let mut alternatives = view.one_of.iter().chain(view.any_of);
        view.nullable() || all_of || alternatives.any(branch_is_nullable)
    }

    /// Lowers the target of a reference with its reserved number. A component that is a struct, an
    /// enum or a union keeps its own type, even if another type has the same structure.
    fn target(
        &mut self,
        schema: &Schema,
        pointer: &str,
        id: TypeId,
        origin: &Origin,
    ) -> Option<LoweredType> {
        let at = Pointer::start(pointer);
        self.arena.begin(id, origin);
        let shape = match self.families.get(pointer).cloned() {
            Some(family) => self.family_union(&family, schema, pointer, id),
            None => self.shape(schema, at, id, origin),
        };
        match shape? {
            Shape::Named { kind, nullable } => {
                let def = self.type_def(schema, at, kind)?;
                self.arena.define(id, def, origin.clone());
                let ty = Type::Named(id);
                Some(LoweredType { ty, nullable })
            }
            Shape::Unnamed(lowered_type) => {
                let recursive_state = SchemaState::InProgress {
                    id,
                    references_itself: true,
                };
                if self.schema_states.get(pointer) == Some(&recursive_state)
                    && !self.redirect_id_to_branch(id, &lowered_type, origin)
                {
                    return self.recursive_alias(schema, at, id, lowered_type, origin.clone());
                }
                Some(lowered_type)
            }
        }
    }

    /// Like [`redirect_id`](Self::redirect_id), but only if the type already has the origin of the
    /// schema: the component's type is then the type of one of its branches.
    fn redirect_id_to_branch(
        &mut self,
        id: TypeId,
        lowered_type: &LoweredType,
        origin: &Origin,
    ) -> bool {
        let branch = lowered_type.ty.id();
        branch.is_some_and(|branch| self.arena.origins(branch).contains(origin))
            && self.redirect_id(id, lowered_type)
    }

    /// Defines a named type for an array or a map whose items refer back to it.
    ///
    /// It is an alias. If there are only arrays and maps in between, an alias would be infinite, so
    /// it is a union with one variant.
    fn recursive_alias(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        id: TypeId,
        lowered_type: LoweredType,
        origin: Origin,
    ) -> Option<LoweredType> {
        if lowered_type.ty == Type::Named(id) {
            let message = "circular schema: it resolves to itself";
            return self.refuse(Diagnostic::new(Code::Reference, at, message));
        }
        let kind = if lowered_type.ty.id() == Some(id) {
            let only = UnionVariant {
                rust: String::new(),
                ty: lowered_type.ty,
                tags: Vec::new(),
            };
            Kind::Union {
                tagging: Tagging::Untagged,
                variants: vec![only],
            }
        } else {
            // The inner type has the origin of the whole type. It is a part of that type now.
            let part = Origin::Variant {
                union: id,
                hint: item_hint(&lowered_type.ty).to_owned(),
            };
            if let Some(inner) = lowered_type.ty.id() {
                self.arena.replace_origin(inner, &origin, part);
            }
            Kind::Alias(lowered_type.ty)
        };
        let def = self.type_def(schema, at, kind)?;
        self.arena.define(id, def, origin);
        Some(LoweredType {
            ty: Type::Named(id),
            nullable: lowered_type.nullable,
        })
    }
}

/// Returns an origin with the name of the property to which a reference refers.
fn named_after_target(origin: &Origin, pointer: &str) -> Origin {
    let mut origin = origin.clone();
    let is_property = pointer.rsplit('/').nth(1) == Some("properties");
    if let (Origin::Property { wire, .. } | Origin::BodyField { wire, .. }, true) =
        (&mut origin, is_property)
    {
        *wire = component_name(pointer);
    }
    origin
}

/// Returns the hint for the name of a type inside an array or a map.
fn item_hint(ty: &Type) -> &'static str {
    match ty {
        Type::Map(_) => "Value",
        _ => "Item",
    }
}

/// Returns true if the pointer refers to a component: a schema directly under `components/schemas`.
pub fn is_component(pointer: &str) -> bool {
    let name = pointer.strip_prefix("/components/schemas/");
    name.is_some_and(|name| !name.contains('/'))
}

/// Returns the last token of a pointer, unescaped. For a component, it is the name.
pub fn component_name(pointer: &str) -> String {
    let token = pointer.rsplit('/').next().unwrap_or_default();
    token.replace("~1", "/").replace("~0", "~")
}
