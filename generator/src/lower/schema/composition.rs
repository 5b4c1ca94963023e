//! Lowers inline compositions: schemas with `allOf`, `oneOf` or `anyOf`.
//!
//! To merge schemas, their properties are lowered again, as parts of the composition. The schema of
//! such a property can be the composition itself, or another composition that merges the same
//! schemas. Then lowering would not end, or its work would double at each level of nesting.
//! Therefore the composition at each location is lowered only once, unless it becomes an array or a
//! map.

use super::{LoweredType, Lowering};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::SchemaState;
use crate::lower::pointer::Pointer;
use crate::model::TypeId;
use crate::model::unnamed::{Origin, Type};
use openapiv3::Schema;

impl Lowering<'_> {
    /// Lowers a composition. If the composition at this location is in progress or done, returns
    /// its type instead.
    pub(super) fn composition(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        let pointer = at.to_string();
        match self.schema_states.get_mut(&pointer) {
            Some(SchemaState::InProgress {
                id,
                references_itself,
            }) => {
                *references_itself = true;
                let ty = Type::Named(*id);
                let nullable = self.is_nullable(schema);
                return Some(LoweredType { ty, nullable });
            }
            Some(SchemaState::Done(lowered_type)) => {
                let lowered_type = lowered_type.clone();
                if let Some(id) = lowered_type.ty.direct_id() {
                    self.arena.record_origin_if_inline(id, origin);
                }
                return Some(lowered_type);
            }
            Some(SchemaState::Rejected) => return None,
            None => {}
        }
        let id = self.arena.reserve("");
        let in_progress = SchemaState::InProgress {
            id,
            references_itself: false,
        };
        self.schema_states.insert(pointer.clone(), in_progress);
        let lowered_type = self.schema_with_id(schema, at, id, origin);
        let state = self.schema_states.remove(&pointer);
        let references_itself = matches!(state, Some(SchemaState::InProgress { references_itself, .. }) if references_itself);
        match lowered_type {
            Some(lowered_type) if references_itself && !self.redirect_id(id, &lowered_type) => {
                self.schema_states.insert(pointer, SchemaState::Rejected);
                let message = "circular schema: its type is neither a struct nor a union";
                self.refuse(Diagnostic::new(Code::Reference, at, message))
            }
            Some(lowered_type) => {
                // Arrays, maps and nullable types are lowered again at each use. Only that records
                // an origin of the type inside them for each use.
                if !matches!(
                    lowered_type.ty,
                    Type::Array(_) | Type::OneOrMany(_) | Type::Map(_) | Type::Nullable(_)
                ) {
                    self.schema_states
                        .insert(pointer, SchemaState::Done(lowered_type.clone()));
                }
                Some(lowered_type)
            }
            None => {
                self.schema_states.insert(pointer, SchemaState::Rejected);
                None
            }
        }
    }

    /// Redirects references from the reserved number of a schema to its actual type, for example
    /// the type of its only branch. Returns false if the actual type is not a named type.
    pub(super) fn redirect_id(&mut self, id: TypeId, lowered_type: &LoweredType) -> bool {
        let actual_id = lowered_type.ty.direct_id();
        if let Some(other) = actual_id.filter(|other| *other != id) {
            self.arena.resolve_to(id, other);
        }
        actual_id.is_some()
    }

    /// Records an origin of a schema's type, if it is a complete named type and not a component.
    /// For example, it can be the type of the schema's only branch.
    pub(super) fn record_type_origin(&mut self, ty: &Type, origin: &Origin) {
        if let Some(id) = ty.direct_id() {
            self.arena.record_origin_if_complete(id, origin);
        }
    }
}
