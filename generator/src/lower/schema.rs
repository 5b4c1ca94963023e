//! Schemas become types.

use super::arena::Origin;
use super::describe::{self, unsupported};
use super::extensions;
use super::pointer::At;
use super::{Arena, Lowering, Target};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Docs, EnumValue, Field, IntegerWidth, Kind, NumberWidth, Type, TypeDef};
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};
use serde_json::Value;
use std::collections::HashMap;

mod view;

pub use view::View;

/// A schema as something uses it: the type, and whether null may stand in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub ty: Type,
    pub nullable: bool,
}

impl Slot {
    fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }

    /// The type where only a type can tell of null: inside arrays and maps.
    fn into_item(self) -> Type {
        if self.nullable {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

/// A description and the like, of a property or a parameter.
pub struct Notes {
    pub description: Option<String>,
    pub deprecated: Option<String>,
    pub default: Option<String>,
    pub example: Option<String>,
    pub error_message: bool,
}

impl Lowering<'_> {
    /// Lowers a schema or a reference to one.
    pub fn schema_or_reference(
        &mut self,
        schema: &ReferenceOr<Schema>,
        at: At<'_>,
        origin: &Origin,
    ) -> Option<Slot> {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(schema) => self.schema(schema, at, origin),
        }
    }

    /// The same for the boxes that properties and items stand in.
    fn boxed(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        at: At<'_>,
        origin: &Origin,
    ) -> Option<Slot> {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(schema) => self.schema(schema, at, origin),
        }
    }

    /// What the schema that a reference leads to becomes: the same each time.
    pub fn reference(&mut self, reference: &str) -> Option<Slot> {
        let document = self.document;
        let (pointer, schema) = match document.schema(reference) {
            Ok(found) => found,
            Err(diagnostic) => return self.refuse(diagnostic),
        };
        match self.targets.get(&pointer) {
            Some(Target::Done(slot)) => return Some(slot.clone()),
            Some(Target::InProgress(id)) => return Some(Slot::of(Arena::named(*id))),
            Some(Target::Refused) => return None,
            None => {}
        }
        let id = self.arena.reserve(&pointer);
        self.targets.insert(pointer.clone(), Target::InProgress(id));
        let slot = self.target(schema, &pointer, id);
        let target = slot.clone().map_or(Target::Refused, Target::Done);
        self.targets.insert(pointer, target);
        slot
    }

    /// Lowers what a reference leads to: a component that is an object or an enum keeps its own name.
    fn target(&mut self, schema: &Schema, pointer: &str, id: super::TypeId) -> Option<Slot> {
        let name = component_name(pointer);
        let at = At::start(pointer);
        let view = View::of(schema);
        let origin = Origin::Component(name);
        if let Some(ty) = self.prescribed(schema, at)? {
            return Some(Slot {
                ty,
                nullable: view.nullable(),
            });
        }
        let Some(kind) = self.named_kind(&view, at, id)? else {
            return self.plain(&view, at, &origin);
        };
        let def = self.type_def(schema, at, kind)?;
        self.arena.define(id, def, origin);
        Some(Slot {
            ty: Arena::named(id),
            nullable: view.nullable(),
        })
    }

    fn schema(&mut self, schema: &Schema, at: At<'_>, origin: &Origin) -> Option<Slot> {
        let view = View::of(schema);
        if let Some(ty) = self.prescribed(schema, at)? {
            return Some(Slot {
                ty,
                nullable: view.nullable(),
            });
        }
        if let Some(single) = view.single_branch() {
            let step = at.child("allOf");
            let slot = self.schema_or_reference(single, step.child("0"), origin)?;
            return Some(Slot {
                nullable: slot.nullable || view.nullable(),
                ..slot
            });
        }
        if !view.is_named() {
            return self.plain(&view, at, origin);
        }
        // The number is only needed for the origin of the properties; a structure met before has its own.
        let id = self.arena.reserve("");
        let kind = self.named_kind(&view, at, id)??;
        let def = self.type_def(schema, at, kind)?;
        let ty = Arena::named(self.arena.settle(id, def, origin.clone()));
        Some(Slot {
            ty,
            nullable: view.nullable(),
        })
    }

    /// The type that our extension prescribes, when it does.
    #[expect(
        clippy::option_option,
        reason = "refused, or not prescribed, or prescribed"
    )]
    fn prescribed(&mut self, schema: &Schema, at: At<'_>) -> Option<Option<Type>> {
        let name = extensions::string(&schema.schema_data.extensions, extensions::RUST_TYPE, at);
        let Some(name) = self.take(name)? else {
            return Some(None);
        };
        let ty = match name {
            "String" => Type::String,
            "Timestamp" => Type::Timestamp,
            "bool" => Type::Boolean,
            "i32" => Type::Integer(IntegerWidth::I32),
            "i64" => Type::Integer(IntegerWidth::I64),
            "f32" => Type::Number(NumberWidth::F32),
            "f64" => Type::Number(NumberWidth::F64),
            "Value" => Type::Json,
            other => {
                let message = format!(
                    "`{other}` is not a type that `{}` takes",
                    extensions::RUST_TYPE
                );
                let at = at.child(extensions::RUST_TYPE);
                let known = "use one of String, Timestamp, bool, i32, i64, f32, f64 and Value";
                return self.refuse(Diagnostic::new(Code::Extension, at, message).help(known));
            }
        };
        Some(Some(ty))
    }

    /// The struct or enum that a schema is, when it is one.
    #[expect(
        clippy::option_option,
        reason = "refused, or not a named type, or a named type"
    )]
    fn named_kind(
        &mut self,
        view: &View<'_>,
        at: At<'_>,
        id: super::TypeId,
    ) -> Option<Option<Kind>> {
        if view.has_branches() {
            return self.refuse(unsupported(
                at,
                "a composition (`oneOf`, `anyOf`, `allOf`, `not`)",
            ));
        }
        if view.is_string_enum() {
            return Some(Some(Kind::Enum(self.enum_values(view, at)?)));
        }
        if view.is_struct() {
            return Some(Some(Kind::Struct(self.fields(view, at, id)?)));
        }
        Some(None)
    }

    /// The struct's fields, all of them looked at even when one is refused.
    fn fields(&mut self, view: &View<'_>, at: At<'_>, parent: super::TypeId) -> Option<Vec<Field>> {
        if let Some(AdditionalProperties::Schema(_)) = view.additional {
            let at = at.child("additionalProperties");
            self.refuse::<()>(unsupported(at, "a map beside properties"));
            return None;
        }
        let origin = |wire: &str| Origin::Property {
            parent,
            wire: wire.to_owned(),
            item: false,
        };
        self.properties(view, at, &origin, &HashMap::new())
    }

    /// The properties of an object, of a type or of a request's body; the types of some may be given.
    pub fn properties(
        &mut self,
        view: &View<'_>,
        at: At<'_>,
        origin: &dyn Fn(&str) -> Origin,
        given: &HashMap<&str, Type>,
    ) -> Option<Vec<Field>> {
        let properties = at.child("properties");
        let mut fields = Some(Vec::new());
        for (wire, schema) in view.properties {
            let at = properties.child(wire);
            let slot = match given.get(wire.as_str()) {
                Some(ty) => Some(Slot::of(ty.clone())),
                None => self.boxed(schema, at, &origin(wire)),
            };
            let notes = self.notes(schema, at);
            let (Some(slot), Some(notes)) = (slot, notes) else {
                fields = None;
                continue;
            };
            let field = Field {
                wire: wire.clone(),
                rust: String::new(),
                ty: slot.ty,
                required: view.required.contains(wire),
                nullable: slot.nullable,
                description: notes.description,
                deprecated: notes.deprecated,
                default: notes.default,
                example: notes.example,
                error_message: notes.error_message,
            };
            if let Some(fields) = &mut fields {
                fields.push(field);
            }
        }
        fields
    }

    /// What the document says of a property for people to read; of one that is a reference, the gist of
    /// what its target says.
    fn notes(&mut self, schema: &ReferenceOr<Box<Schema>>, at: At<'_>) -> Option<Notes> {
        match schema {
            ReferenceOr::Item(schema) => self.take(notes(&schema.schema_data, at)),
            ReferenceOr::Reference { reference } => self.reference_notes(reference),
        }
    }

    /// What the target of a reference says, in short.
    pub fn reference_notes(&mut self, reference: &str) -> Option<Notes> {
        let document = self.document;
        let (pointer, schema) = self.take(document.schema(reference))?;
        let notes = self.take(notes(&schema.schema_data, At::start(&pointer)))?;
        let description = notes.description.as_deref().map(crate::model::gist);
        Some(Notes {
            description,
            ..notes
        })
    }

    /// Types without a name of their own.
    fn plain(&mut self, view: &View<'_>, at: At<'_>, origin: &Origin) -> Option<Slot> {
        let ty = match view.kind() {
            None if view.is_free() => Type::Json,
            None => return self.refuse(unsupported(at, "a schema without a `type`")),
            Some("string") => string_type(view.format),
            Some("boolean") => Type::Boolean,
            Some("integer") => Type::Integer(match view.format {
                Some("int32") => IntegerWidth::I32,
                _ => IntegerWidth::I64,
            }),
            Some("number") => Type::Number(match view.format {
                Some("float") => NumberWidth::F32,
                _ => NumberWidth::F64,
            }),
            Some("array") => self.array(view, at, origin)?,
            Some("object") => self.map(view, at, origin)?,
            Some(other) => {
                let message = format!("`{other}` is not a type of OpenAPI 3.0");
                let at = at.child("type").to_string();
                return self.refuse(Diagnostic::new(Code::Shape, at, message));
            }
        };
        if !view.enumeration.is_empty() && !view.is_string_enum() {
            return self.refuse(unsupported(
                at.child("enum"),
                "an enum of anything but texts",
            ));
        }
        Some(Slot {
            ty,
            nullable: view.nullable(),
        })
    }

    fn array(&mut self, view: &View<'_>, at: At<'_>, origin: &Origin) -> Option<Type> {
        let Some(items) = view.items else {
            return Some(Type::Array(Box::new(Type::Json)));
        };
        let slot = self.boxed(items, at.child("items"), &origin.item())?;
        Some(Type::Array(Box::new(slot.into_item())))
    }

    fn map(&mut self, view: &View<'_>, at: At<'_>, origin: &Origin) -> Option<Type> {
        let value = match view.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let at = at.child("additionalProperties");
                self.schema_or_reference(schema, at, &origin.item())?
                    .into_item()
            }
            Some(AdditionalProperties::Any(_)) | None => Type::Json,
        };
        Some(Type::Map(Box::new(value)))
    }

    fn enum_values(&mut self, view: &View<'_>, at: At<'_>) -> Option<Vec<EnumValue>> {
        let mut values: Vec<EnumValue> = Vec::new();
        for value in &view.enumeration {
            let Some(wire) = value.as_str() else { continue };
            if values.iter().all(|value| value.wire != wire) {
                values.push(EnumValue {
                    wire: wire.to_owned(),
                    rust: String::new(),
                });
            }
        }
        if values.is_empty() {
            return self.refuse(unsupported(at.child("enum"), "an enum without a value"));
        }
        Some(values)
    }

    fn type_def(&mut self, schema: &Schema, at: At<'_>, kind: Kind) -> Option<TypeDef> {
        let notes = self.take(notes(&schema.schema_data, at))?;
        let rust = extensions::string(&schema.schema_data.extensions, extensions::RUST_NAME, at);
        Some(TypeDef {
            // The name that the document prescribes; empty when it prescribes none.
            rust: self.take(rust)?.unwrap_or_default().to_owned(),
            place: at.to_string(),
            docs: Docs {
                summary: None,
                description: notes.description,
            },
            deprecated: notes.deprecated,
            error_payload: false,
            kind,
        })
    }
}

/// What a schema says for people to read.
pub fn notes(data: &SchemaData, at: At<'_>) -> Result<Notes, Diagnostic> {
    let note = extensions::string(&data.extensions, extensions::DEPRECATED_NOTE, at)?;
    let description = describe::text(data.description.as_deref());
    let deprecated = data
        .deprecated
        .then(|| describe::deprecation(note, description.as_deref()));
    Ok(Notes {
        deprecated,
        default: describe::default(data),
        example: data.example.as_ref().map(ToString::to_string),
        error_message: extensions::flag(&data.extensions, extensions::ERROR_MESSAGE, at)?,
        description,
    })
}

fn string_type(format: Option<&str>) -> Type {
    match format {
        Some("date-time") => Type::Timestamp,
        _ => Type::String,
    }
}

/// The last token of a pointer, unescaped: for a component its name.
fn component_name(pointer: &str) -> String {
    let token = pointer.rsplit('/').next().unwrap_or_default();
    token.replace("~1", "/").replace("~0", "~")
}

/// The values of an enum besides null, which says no more than `nullable`.
fn texts_or_null(values: &[Value]) -> bool {
    values
        .iter()
        .all(|value| value.is_string() || value.is_null())
}
