//! Lowers schemas to types.

use super::Lowering;
use super::describe::{self, unsupported};
use super::extensions;
use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Kind, Origin, Type, TypeDef};
use crate::model::{Docs, IntegerWidth, NumberWidth, StringFormat, TypeId};
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};

mod alternatives;
mod composition;
mod enum_descriptions;
mod enums;
mod family;
mod fields;
mod intersect;
mod intersect_structs;
mod merge;
mod merged_alternatives;
mod one_or_many;
mod reference;
mod tagging;
mod union;
mod view;

pub use merge::Part;
pub use reference::{component_name, is_component};
pub use tagging::is_case_variant;
pub use view::SchemaView;

/// The maximum number of nested arrays and maps with no named type in between.
const MAX_NESTED_COLLECTIONS: usize = 32;

/// The result of lowering a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoweredType {
    pub ty: Type,
    /// True if the schema allows null.
    pub nullable: bool,
}

impl LoweredType {
    pub fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }

    /// Converts to a plain type, for example for the items of an array: null becomes a part of the
    /// type.
    pub fn into_item(self) -> Type {
        match self.ty {
            Type::Json => Type::Json,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

/// The type of a schema before it is interned.
enum Shape {
    /// A type that needs no definition.
    Unnamed(LoweredType),
    /// The definition of a struct, an enum or a union. `nullable` is true if the schema or one of
    /// its branches allows null.
    Named { kind: Kind, nullable: bool },
}

/// The annotations of a property or a parameter, such as its description.
pub struct Annotations {
    pub description: Option<String>,
    pub deprecated: Option<String>,
    pub default: Option<String>,
    pub example: Option<String>,
    pub error_message: bool,
}

impl Lowering<'_> {
    /// Lowers an inline schema or the target of a reference.
    pub fn schema_or_reference(
        &mut self,
        schema: &ReferenceOr<Schema>,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        match schema {
            ReferenceOr::Reference { reference } => self.referenced_schema(reference, origin),
            ReferenceOr::Item(schema) => self.schema(schema, at, origin),
        }
    }

    /// Like [`schema_or_reference`](Self::schema_or_reference), for the boxed schemas of properties
    /// and items.
    pub fn boxed_schema(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        match schema {
            ReferenceOr::Reference { reference } => self.referenced_schema(reference, origin),
            ReferenceOr::Item(schema) => self.schema(schema, at, origin),
        }
    }

    /// Lowers an inline schema.
    pub fn schema(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<LoweredType> {
        if SchemaView::of(schema).has_branches() {
            return self.composition(schema, at, origin);
        }
        let id = self.arena.reserve("");
        self.schema_with_id(schema, at, id, origin)
    }

    /// Like [`schema`](Self::schema), with a reserved number for the type, in case it is named.
    fn schema_with_id(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<LoweredType> {
        self.arena.begin(id, origin);
        match self.shape(schema, at, id, origin)? {
            Shape::Unnamed(lowered_type) => {
                self.record_type_origin(&lowered_type.ty, origin);
                Some(lowered_type)
            }
            Shape::Named { kind, nullable } => {
                let def = self.type_def(schema, at, kind)?;
                let ty = Type::Named(self.arena.intern(id, def, origin.clone()));
                Some(LoweredType { ty, nullable })
            }
        }
    }

    /// Returns the shape of a schema.
    ///
    /// `id` is the number of the type, in case it is named. `origin` is the origin of the schema.
    /// It is recorded for the type of a single branch, which becomes the type of the whole schema.
    fn shape(
        &mut self,
        schema: &Schema,
        at: Pointer<'_>,
        id: TypeId,
        origin: &Origin,
    ) -> Option<Shape> {
        let view = SchemaView::of(schema);
        self.check_descriptions(&view, at);
        if let Some(ty) = self.rust_scalar(schema, at)? {
            return Some(Shape::Unnamed(LoweredType {
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
        let ty = self.unnamed_type(&view, at, origin)?;
        Some(Shape::Unnamed(LoweredType {
            ty,
            nullable: view.nullable(),
        }))
    }

    /// Returns the type that the extension `x-rust-scalar` sets, if any.
    #[expect(
        clippy::option_option,
        reason = "the outer `None` is an error, the inner one means no extension"
    )]
    fn rust_scalar(&mut self, schema: &Schema, at: Pointer<'_>) -> Option<Option<Type>> {
        let name = extensions::string(&schema.schema_data.extensions, extensions::RUST_SCALAR, at);
        let Some(name) = self.ok_or_report(name)? else {
            return Some(None);
        };
        let ty = match name {
            "String" => Type::String,
            "Timestamp" => Type::Timestamp,
            "Date" => Type::Date,
            "TimeOfDay" => Type::Time,
            "Base64" => Type::Base64,
            "bool" => Type::Boolean,
            "i32" => Type::Integer(IntegerWidth::I32),
            "i64" => Type::Integer(IntegerWidth::I64),
            "u32" => Type::Integer(IntegerWidth::U32),
            "u64" => Type::Integer(IntegerWidth::U64),
            "f32" => Type::Number(NumberWidth::F32),
            "f64" => Type::Number(NumberWidth::F64),
            "Value" => Type::Json,
            other => {
                let message = format!("unknown type `{other}` in `{}`", extensions::RUST_SCALAR);
                let at = at.child(extensions::RUST_SCALAR);
                let known = "use `String`, `Timestamp`, `Date`, `TimeOfDay`, `Base64`, `bool`, `i32`, \
                             `i64`, `u32`, `u64`, `f32`, `f64` or `Value`";
                return self.refuse(Diagnostic::new(Code::Extension, at, message).help(known));
            }
        };
        Some(Some(ty))
    }

    /// Lowers a schema that needs no definition: a scalar, an array or a map.
    fn unnamed_type(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<Type> {
        Some(match view.kind() {
            None => Type::Json,
            Some("string") => string_type(view.format),
            Some("boolean") => Type::Boolean,
            Some("integer") => Type::Integer(view.integer_width()),
            // A `format` such as `double` is a choice of the type.
            Some("number") if view.is_whole && view.format.is_none() => {
                Type::Integer(IntegerWidth::I64)
            }
            Some("number") => Type::Number(self.number_width(view, at)),
            Some("array") => self.array(view, at, origin)?,
            Some("object") => self.map(view, at, origin)?,
            Some(other) => {
                let message = format!("expected a type of OpenAPI 3.0, found `{other}`");
                return self.refuse(Diagnostic::new(Code::Shape, at.child("type"), message));
            }
        })
    }

    fn number_width(&mut self, view: &SchemaView<'_>, at: Pointer<'_>) -> NumberWidth {
        match view.format {
            Some("float") => return NumberWidth::F32,
            Some("decimal") => {
                let message =
                    "a number with the format `decimal` becomes an `f64`, which rounds it";
                let help = "an `f64` keeps 15 digits; exact decimals have `type: string`";
                let pointer = at.child("format").to_string();
                self.warn(Diagnostic::new(Code::Unsupported, pointer, message).help(help));
            }
            _ => {}
        }
        NumberWidth::F64
    }

    fn array(&mut self, view: &SchemaView<'_>, at: Pointer<'_>, origin: &Origin) -> Option<Type> {
        let Some(items) = view.items else {
            return Some(Type::Array(Box::new(Type::Json)));
        };
        let lowered_type = self.boxed_schema(items, at.child("items"), &origin.item())?;
        self.check_nesting(Type::Array(Box::new(lowered_type.into_item())), at)
    }

    fn map(&mut self, view: &SchemaView<'_>, at: Pointer<'_>, origin: &Origin) -> Option<Type> {
        let value = match view.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let at = at.child("additionalProperties");
                self.schema_or_reference(schema, at, &origin.item())?
                    .into_item()
            }
            Some(AdditionalProperties::Any(_)) | None => Type::Json,
        };
        self.check_nesting(Type::Map(Box::new(value)), at)
    }

    /// Rejects a type with too many nested arrays and maps. Each level uses up several steps of the
    /// compiler's recursion limit.
    fn check_nesting(&mut self, ty: Type, at: Pointer<'_>) -> Option<Type> {
        if ty.depth() > MAX_NESTED_COLLECTIONS {
            let what = format!("nesting of more than {MAX_NESTED_COLLECTIONS} arrays and maps");
            return self.refuse(unsupported(at, &what));
        }
        Some(ty)
    }

    fn type_def(&mut self, schema: &Schema, at: Pointer<'_>, kind: Kind) -> Option<TypeDef> {
        let annotations = self.ok_or_report(annotations(&schema.schema_data, at))?;
        let rust = extensions::string(&schema.schema_data.extensions, extensions::RUST_NAME, at);
        Some(TypeDef {
            // Empty if the document does not set a name.
            rust: self.ok_or_report(rust)?.unwrap_or_default().to_owned(),
            pointer: at.to_string(),
            docs: Docs {
                summary: None,
                description: annotations.description,
            },
            deprecated: annotations.deprecated,
            error_payload: false,
            kind,
        })
    }

    /// Returns the annotations of a reference's target, with the first sentence of its description.
    pub fn reference_annotations(&mut self, reference: &str) -> Option<Annotations> {
        let document = self.document;
        let (pointer, schema) = self.ok_or_report(document.schema(reference))?;
        let annotations =
            self.ok_or_report(annotations(&schema.schema_data, Pointer::start(&pointer)))?;
        let description = annotations
            .description
            .as_deref()
            .map(crate::model::first_sentence);
        Some(Annotations {
            description,
            ..annotations
        })
    }
}

/// Returns the annotations of a schema.
pub fn annotations(data: &SchemaData, at: Pointer<'_>) -> Result<Annotations, Diagnostic> {
    let note = extensions::string(&data.extensions, extensions::DEPRECATED_NOTE, at)?;
    let mut description = describe::non_empty(data.description.as_deref());
    let mut deprecated = None;
    if data.deprecated {
        let stated = describe::deprecation(note, description);
        (deprecated, description) = (Some(stated.note), stated.description);
    }
    Ok(Annotations {
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
        Some("date") => Type::Date,
        Some("time") => Type::Time,
        Some("byte") => Type::Base64,
        Some("uuid") => Type::Formatted(StringFormat::Uuid),
        Some("decimal") => Type::Formatted(StringFormat::Decimal),
        _ => Type::String,
    }
}
