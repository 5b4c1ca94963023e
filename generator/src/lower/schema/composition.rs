//! Lowers inline compositions: `allOf`, `oneOf` and `anyOf`.
//!
//! A composition that merges schemas lowers the properties of these schemas again, as its own
//! parts. One of them can be the composition itself, or another composition that merges the same
//! schemas. Therefore the composition at each location is lowered only once.

use super::{LoweredType, Lowering};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::SchemaState;
use crate::lower::arena::{Arena, Origin, TypeId};
use crate::lower::pointer::Pointer;
use crate::model::Type;
use openapiv3::Schema;

impl Lowering<'_> {
    /// Lowers a composition, or returns its type if it is already known.
    pub(super) fn composition(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        let place = at.to_string();
        match self.schema_states.get_mut(&place) {
            Some(SchemaState::InProgress {
                id,
                references_itself,
            }) => {
                *references_itself = true;
                let ty = Arena::named(*id);
                let nullable = self.is_nullable(schema);
                return Some(LoweredType { ty, nullable });
            }
            Some(SchemaState::Done(lowered_type)) => {
                let lowered_type = lowered_type.clone();
                if let Some(id) = Arena::direct_id(&lowered_type.ty) {
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
        self.schema_states.insert(place.clone(), in_progress);
        let lowered_type = self.schema_with_id(schema, at, id, origin);
        let state = self.schema_states.remove(&place);
        let references_itself = matches!(state, Some(SchemaState::InProgress { references_itself, .. }) if references_itself);
        match lowered_type {
            Some(lowered_type) if references_itself && !self.redirect_id(id, &lowered_type) => {
                self.schema_states.insert(place, SchemaState::Rejected);
                let message = "circular schema: no object in between";
                self.refuse(Diagnostic::new(Code::Reference, at, message))
            }
            Some(lowered_type) => {
                // Arrays and maps are lowered each time, because their items are named after their
                // location.
                if !matches!(
                    lowered_type.ty,
                    Type::Array(_) | Type::Map(_) | Type::Nullable(_)
                ) {
                    self.schema_states
                        .insert(place, SchemaState::Done(lowered_type.clone()));
                }
                Some(lowered_type)
            }
            None => {
                self.schema_states.insert(place, SchemaState::Rejected);
                None
            }
        }
    }

    /// Replaces references to the schema's reserved number by references to its type, which can be
    /// the type of a branch. Returns false if that is not a named type.
    pub(super) fn redirect_id(&mut self, id: TypeId, lowered_type: &LoweredType) -> bool {
        let became = Arena::direct_id(&lowered_type.ty);
        if let Some(other) = became.filter(|other| *other != id) {
            self.arena.resolve_to(id, other);
        }
        became.is_some()
    }

    /// Records an origin of a schema's type, which can be the type of a branch.
    pub(super) fn record_type_origin(&mut self, ty: &Type, origin: &Origin) {
        if let Some(id) = Arena::direct_id(ty) {
            self.arena.record_origin_if_complete(id, origin);
        }
    }
}
