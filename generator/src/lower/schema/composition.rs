//! Compositions that stand where they are used: `allOf`, `oneOf` and `anyOf`.
//!
//! One that merges schemas reads what stands in them again, as a part of its own. That may be the composition itself, or
//! others that merge the same schemas in turn, so each place is lowered once.

use super::{Lowering, Slot};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Target;
use crate::lower::arena::{Arena, Origin, TypeId};
use crate::lower::pointer::At;
use crate::model::Type;
use openapiv3::Schema;

impl Lowering<'_> {
    /// Lowers a composition, or gives what it became.
    pub(super) fn composition(
        &mut self,
        schema: &Schema,
        at: At<'_>,
        origin: &Origin,
    ) -> Option<Slot> {
        let place = at.to_string();
        match self.targets.get_mut(&place) {
            Some(Target::InProgress { id, met_itself }) => {
                *met_itself = true;
                let ty = Arena::named(*id);
                let nullable = self.is_nullable(schema);
                return Some(Slot { ty, nullable });
            }
            Some(Target::Done(slot)) => {
                let slot = slot.clone();
                if let Some(id) = Arena::direct_id(&slot.ty) {
                    self.arena.record_repeated_origin(id, origin);
                }
                return Some(slot);
            }
            Some(Target::Refused) => return None,
            None => {}
        }
        let id = self.arena.reserve("");
        let open = Target::InProgress {
            id,
            met_itself: false,
        };
        self.targets.insert(place.clone(), open);
        let slot = self.in_place(schema, at, id, origin);
        let was = self.targets.remove(&place);
        let met_itself = matches!(was, Some(Target::InProgress { met_itself, .. }) if met_itself);
        match slot {
            Some(slot) if met_itself && !self.becomes(id, &slot) => {
                self.targets.insert(place, Target::Refused);
                let message = "this schema leads in a circle, and is no object on the way";
                self.refuse(Diagnostic::new(Code::Reference, at, message))
            }
            Some(slot) => {
                // Lists and maps are lowered each time, since their items are named after where they stand.
                if !matches!(slot.ty, Type::Array(_) | Type::Map(_) | Type::Nullable(_)) {
                    self.targets.insert(place, Target::Done(slot.clone()));
                }
                Some(slot)
            }
            None => {
                self.targets.insert(place, Target::Refused);
                None
            }
        }
    }

    /// Lets what refers to a schema by this number refer to what it became: this type, or one of its branches. False
    /// where that is no type with a name.
    pub(super) fn becomes(&mut self, id: TypeId, slot: &Slot) -> bool {
        let became = Arena::direct_id(&slot.ty);
        if let Some(other) = became.filter(|other| *other != id) {
            self.arena.resolve_to(id, other);
        }
        became.is_some()
    }

    /// Notes that what came of a schema, such as one of its branches, stands here.
    pub(super) fn meet_type(&mut self, ty: &Type, origin: &Origin) {
        if let Some(id) = Arena::direct_id(ty) {
            self.arena.record_origin_if_complete(id, origin);
        }
    }
}
