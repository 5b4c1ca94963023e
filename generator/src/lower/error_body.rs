//! Lowers the bodies of error responses: the payload, and the envelope around it.

use super::Lowering;
use super::describe;
use super::pointer::Pointer;
use super::schema::SchemaView;
use crate::model::unnamed::{ErrorBody, Field, Kind, Origin, Type, TypeDef};
use crate::model::{Docs, Scalar, StatusRange, TypeId};
use openapiv3::{ReferenceOr, Schema};
use std::collections::HashMap;

/// The string enums of error bodies: one for each property name, with the values of all bodies.
#[derive(Default)]
pub struct ErrorEnums {
    /// The status whose body is being lowered.
    pub status: Option<StatusRange>,
    by_property: HashMap<String, TypeId>,
}

impl ErrorEnums {
    /// Returns the origin of the body that is being lowered.
    fn origin(&self) -> Origin {
        Origin::Error {
            status: self.status.unwrap_or(StatusRange::Any),
        }
    }
}

impl Lowering<'_> {
    /// Lowers the body of an error response.
    pub fn error_body(
        &mut self,
        enums: &mut ErrorEnums,
        schema: &ReferenceOr<Schema>,
        at: Pointer<'_>,
    ) -> Option<ErrorBody> {
        let document = self.document;
        let outer_pointer;
        let (outer, at) = match schema {
            ReferenceOr::Item(outer) => (outer, at),
            ReferenceOr::Reference { reference } => {
                let (pointer, outer) = self.ok_or_report(document.schema(reference))?;
                outer_pointer = pointer;
                (outer, Pointer::start(&outer_pointer))
            }
        };
        let view = SchemaView::of(outer);
        let properties = at.child("properties");
        let is_base = self.families.get(&at.to_string()).is_some();
        if let Some((key, inner)) = envelope(&view).filter(|_| !is_base) {
            let envelope = vec![key.clone()];
            return match inner {
                ReferenceOr::Item(inner) if SchemaView::of(inner).is_struct() => {
                    let ty = self.error_type(enums, inner, properties.child(key))?;
                    Some(ErrorBody { envelope, ty })
                }
                ReferenceOr::Reference { reference } if self.is_struct(reference) => {
                    let ty = self
                        .referenced_schema(reference, &enums.origin())?
                        .into_item();
                    Some(ErrorBody { envelope, ty })
                }
                _ => self.body_without_envelope(enums, schema, outer, at),
            };
        }
        self.body_without_envelope(enums, schema, outer, at)
    }

    fn is_struct(&self, reference: &str) -> bool {
        let target = self.document.schema(reference);
        target.is_ok_and(|(_, schema)| SchemaView::of(schema).is_struct())
    }

    /// Lowers a body without an envelope: the whole body is the payload.
    fn body_without_envelope(
        &mut self,
        enums: &mut ErrorEnums,
        schema: &ReferenceOr<Schema>,
        outer: &Schema,
        at: Pointer<'_>,
    ) -> Option<ErrorBody> {
        let ty = match schema {
            ReferenceOr::Reference { reference } => self
                .referenced_schema(reference, &enums.origin())?
                .into_item(),
            ReferenceOr::Item(_) => self.error_type(enums, outer, at)?,
        };
        Some(ErrorBody {
            envelope: Vec::new(),
            ty,
        })
    }

    /// Lowers an inline payload. Its string enums are open and shared, so that bodies that differ
    /// only in the values of these enums become one type.
    fn error_type(
        &mut self,
        enums: &mut ErrorEnums,
        schema: &Schema,
        at: Pointer<'_>,
    ) -> Option<Type> {
        let view = SchemaView::of(schema);
        if !view.is_struct() || view.has_branches() {
            return Some(self.schema(schema, at, &enums.origin())?.into_item());
        }
        let id = self.arena.reserve("");
        self.arena.begin(id, &enums.origin());
        let fields = self.error_fields(enums, &view, at, id)?;
        let additional = self.additional(&view, at, id)?;
        let def = TypeDef {
            rust: String::new(),
            pointer: at.to_string(),
            docs: Docs {
                summary: None,
                description: describe::non_empty(schema.schema_data.description.as_deref()),
            },
            deprecated: None,
            error_payload: true,
            kind: Kind::Struct { fields, additional },
        };
        Some(Type::Named(self.arena.intern(id, def, enums.origin())))
    }

    fn error_fields(
        &mut self,
        enums: &mut ErrorEnums,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        id: TypeId,
    ) -> Option<Vec<Field>> {
        let origin = |wire: &str| Origin::Property {
            parent: id,
            wire: wire.to_owned(),
            item: false,
        };
        let properties = at.child("properties");
        let mut shared = HashMap::new();
        for (wire, schema) in view.properties {
            let ReferenceOr::Item(schema) = schema else {
                continue;
            };
            let part = SchemaView::of(schema);
            if part.is_string_enum() {
                let ty = self.error_enum(enums, wire, properties.child(wire), schema)?;
                shared.insert(wire.as_str(), ty);
            }
        }
        self.properties(view, at, &origin, &shared)
    }

    /// Adds values to the shared enum of a property, and returns the enum.
    fn error_enum(
        &mut self,
        enums: &mut ErrorEnums,
        wire: &str,
        at: Pointer<'_>,
        schema: &Schema,
    ) -> Option<Type> {
        let values = self.unique_values(&SchemaView::of(schema), at);
        let id = *enums.by_property.entry(wire.to_owned()).or_insert_with(|| {
            let id = self.arena.reserve(&at.to_string());
            let def = &mut self.arena[id];
            def.kind = Kind::Enum {
                scalar: Scalar::String,
                values: Vec::new(),
            };
            def.docs.description = describe::non_empty(schema.schema_data.description.as_deref());
            self.arena
                .record_origin(id, Origin::ErrorEnum(wire.to_owned()));
            id
        });
        if let Kind::Enum { values: known, .. } = &mut self.arena[id].kind {
            for value in values {
                match known.iter_mut().find(|known| known.wire == value.wire) {
                    Some(known) => {
                        known.description = known.description.take().or(value.description);
                    }
                    None => known.push(value),
                }
            }
        }
        Some(Type::Named(id))
    }
}

/// Returns the only property of an object that has no other properties.
fn envelope<'s>(view: &SchemaView<'s>) -> Option<(&'s String, &'s ReferenceOr<Box<Schema>>)> {
    if !view.is_struct() || view.has_branches() || view.properties.len() != 1 {
        return None;
    }
    view.properties.iter().next()
}
