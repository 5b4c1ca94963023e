//! Compositions that stand where they are used: `allOf`, `oneOf` and `anyOf`.
//!
//! One that merges schemas reads what stands in them again, as a part of its own. That may be the composition itself, or
//! others that merge the same schemas in turn, so each place is lowered once.

use super::{LoweredType, Lowering};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::SchemaState;
use crate::lower::arena::{Arena, Origin, TypeId};
use crate::lower::pointer::Pointer;
use crate::model::Type;
use openapiv3::Schema;

impl Lowering<'_> {
    /// Lowers a composition, or gives what it became.
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
        let was = self.schema_states.remove(&place);
        let references_itself = matches!(was, Some(SchemaState::InProgress { references_itself, .. }) if references_itself);
        match lowered_type {
            Some(lowered_type) if references_itself && !self.redirect_id(id, &lowered_type) => {
                self.schema_states.insert(place, SchemaState::Rejected);
                let message = "this schema leads in a circle, and is no object on the way";
                self.refuse(Diagnostic::new(Code::Reference, at, message))
            }
            Some(lowered_type) => {
                // Lists and maps are lowered each time, since their items are named after where they stand.
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

    /// Lets what refers to a schema by this number refer to what it became: this type, or one of its branches. False
    /// where that is no type with a name.
    pub(super) fn redirect_id(&mut self, id: TypeId, lowered_type: &LoweredType) -> bool {
        let became = Arena::direct_id(&lowered_type.ty);
        if let Some(other) = became.filter(|other| *other != id) {
            self.arena.resolve_to(id, other);
        }
        became.is_some()
    }

    /// Notes that what came of a schema, such as one of its branches, stands here.
    pub(super) fn record_type_origin(&mut self, ty: &Type, origin: &Origin) {
        if let Some(id) = Arena::direct_id(ty) {
            self.arena.record_origin_if_complete(id, origin);
        }
    }
}
