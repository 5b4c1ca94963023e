//! Schemas become types.

use super::arena::{Origin, TypeId};
use super::describe::{self, unsupported};
use super::extensions;
use super::pointer::At;
use super::{Arena, Lowering};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Docs, IntegerWidth, Kind, NumberWidth, Type, TypeDef};
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};

mod alternatives;
mod composition;
mod enums;
mod fields;
mod intersect;
mod merge;
mod reference;
mod tagging;
mod union;
mod view;

pub use merge::Part;
pub use view::View;

/// How many lists and maps may stand in one another without a type of its own between them.
const DEEPEST_LISTS: usize = 32;

/// A schema as something uses it: the type, and whether null may stand in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub ty: Type,
    pub nullable: bool,
}

impl Slot {
    pub fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }

    /// The type where only a type can tell of null: inside arrays and maps.
    pub fn into_item(self) -> Type {
        match self.ty {
            Type::Json => Type::Json,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

/// What a schema is, before it is known whether its type was met before.
enum Shape {
    /// A type without a name.
    Plain(Slot),
    /// A struct, an enum or a union, and whether null may stand in its place, also because a branch says so.
    Named { kind: Kind, nullable: bool },
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
            ReferenceOr::Reference { reference } => self.referred(reference, origin),
            ReferenceOr::Item(schema) => self.schema(schema, at, origin),
        }
    }

    /// The same for the boxes that properties and items stand in.
    pub fn boxed_schema(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        at: At<'_>,
        origin: &Origin,
    ) -> Option<Slot> {
        match schema {
            ReferenceOr::Reference { reference } => self.referred(reference, origin),
            ReferenceOr::Item(schema) => self.schema(schema, at, origin),
        }
    }

    /// Lowers a schema that stands where it is used.
    pub fn schema(&mut self, schema: &Schema, at: At<'_>, origin: &Origin) -> Option<Slot> {
        if View::of(schema).has_branches() {
            return self.composition(schema, at, origin);
        }
        let id = self.arena.reserve("");
        self.in_place(schema, at, id, origin)
    }

    /// The same with the number that it gets if it has a name.
    fn in_place(
        &mut self,
        schema: &Schema,
        at: At<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Slot> {
        match self.shape(schema, at, id, origin)? {
            Shape::Plain(slot) => {
                self.meet_type(&slot.ty, origin);
                Some(slot)
            }
            Shape::Named { kind, nullable } => {
                let def = self.type_def(schema, at, kind)?;
                let ty = Arena::named(self.arena.intern(id, def, origin.clone()));
                Some(Slot { ty, nullable })
            }
        }
    }

    /// What a schema is. `id` is the number that it gets if it has a name; `origin` is where it stands, for
    /// what it is merely a wrapping of.
    fn shape(&mut self, schema: &Schema, at: At<'_>, id: TypeId, origin: &Origin) -> Option<Shape> {
        let view = View::of(schema);
        if let Some(ty) = self.prescribed(schema, at)? {
            return Some(Shape::Plain(Slot {
                ty,
                nullable: view.nullable(),
            }));
        }
        if view.has_alternatives() {
            return self.alternatives(schema, at, id, origin);
        }
        if !view.all_of.is_empty() {
            return self.all_of(&view, at, id, origin);
        }
        if view.is_enum() {
            return self.enumeration(&view, at);
        }
        if view.is_struct() {
            return self.structure(&view, at, id);
        }
        let ty = self.plain(&view, at, origin)?;
        Some(Shape::Plain(Slot {
            ty,
            nullable: view.nullable(),
        }))
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

    /// Types without a name of their own.
    fn plain(&mut self, view: &View<'_>, at: At<'_>, origin: &Origin) -> Option<Type> {
        Some(match view.kind() {
            None => Type::Json,
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
                return self.refuse(Diagnostic::new(Code::Shape, at.child("type"), message));
            }
        })
    }

    fn array(&mut self, view: &View<'_>, at: At<'_>, origin: &Origin) -> Option<Type> {
        let Some(items) = view.items else {
            return Some(Type::Array(Box::new(Type::Json)));
        };
        let slot = self.boxed_schema(items, at.child("items"), &origin.item())?;
        self.bounded(Type::Array(Box::new(slot.into_item())), at)
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
        self.bounded(Type::Map(Box::new(value)), at)
    }

    /// A type that the compiler can still follow: each list in a list costs it several steps of its limit.
    fn bounded(&mut self, ty: Type, at: At<'_>) -> Option<Type> {
        if ty.depth() > DEEPEST_LISTS {
            let what = format!("more than {DEEPEST_LISTS} lists and maps in one another");
            return self.refuse(unsupported(at, &what));
        }
        Some(ty)
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

    /// What the target of a reference says, in short.
    pub fn reference_notes(&mut self, reference: &str) -> Option<Notes> {
        let document = self.document;
        let (pointer, schema) = self.take(document.schema(reference))?;
        let notes = self.take(notes(&schema.schema_data, At::start(&pointer)))?;
        let description = notes
            .description
            .as_deref()
            .map(crate::model::first_sentence);
        Some(Notes {
            description,
            ..notes
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
