//! Lowers objects with properties to structs.

use super::{Annotations, LoweredType, Lowering, SchemaView, Shape, annotations};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::pointer::Pointer;
use crate::model::unnamed::{Field, Kind, Origin, Type};
use crate::model::{FieldEncoding, TypeId};
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};
use std::collections::HashMap;

/// The maximum number of schemas of a property to search for an annotation.
const MAX_SEARCHED: usize = 64;

impl Lowering<'_> {
    /// Returns the struct of an object with properties. All properties are lowered even if one is
    /// rejected.
    pub(super) fn structure(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        parent: TypeId,
    ) -> Option<Shape> {
        let origin = |wire: &str| Origin::Property {
            parent,
            wire: wire.to_owned(),
            item: false,
        };
        let fields = self.properties(view, at, &origin, &HashMap::new());
        let additional = self.additional(view, at, parent);
        self.warn_about_undeclared(&[(view, at)]);
        let kind = Kind::Struct {
            fields: fields?,
            additional: additional?,
        };
        Some(Shape::Named {
            kind,
            nullable: view.nullable(),
        })
    }

    /// Returns the type of a struct's additional properties, if the document allows them
    /// explicitly.
    #[expect(
        clippy::option_option,
        reason = "the outer `None` is an error, the inner one means no additional properties"
    )]
    pub fn additional(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        parent: TypeId,
    ) -> Option<Option<Type>> {
        match view.additional {
            None | Some(AdditionalProperties::Any(false)) => Some(None),
            Some(AdditionalProperties::Any(true)) => Some(Some(Type::Json)),
            Some(AdditionalProperties::Schema(schema)) => {
                let at = at.child("additionalProperties");
                let origin = Origin::Property {
                    parent,
                    wire: "additional".to_owned(),
                    item: true,
                };
                let lowered_type = self.schema_or_reference(schema, at, &origin)?;
                Some(Some(lowered_type.into_item()))
            }
        }
    }

    /// Lowers the properties of an object. `given` contains types that are already known, by
    /// property.
    pub fn properties(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        origin: &dyn Fn(&str) -> Origin,
        given: &HashMap<&str, Type>,
    ) -> Option<Vec<Field>> {
        let properties = at.child("properties");
        let mut fields = Some(Vec::new());
        for (wire, schema) in view.properties {
            let required = view.required.contains(wire);
            let given = given.get(wire.as_str());
            let field = self.property(wire, schema, properties.child(wire), &origin(wire), given);
            match (field, &mut fields) {
                (Some(field), Some(fields)) => fields.push(Field { required, ..field }),
                (None, _) => fields = None,
                _ => {}
            }
        }
        fields
    }

    /// Warns about required properties that no part of an object declares, unless the type has
    /// a map of other properties. A union writes and reads its discriminator itself.
    pub fn warn_about_undeclared(&mut self, parts: &[(&SchemaView<'_>, Pointer<'_>)]) {
        let has_map = |view: &SchemaView<'_>| {
            let additional = view.additional;
            additional.is_some_and(|one| *one != AdditionalProperties::Any(false))
        };
        if parts.iter().any(|(view, _)| has_map(view)) {
            return;
        }
        let declares = |view: &SchemaView<'_>, name: &String| {
            let discriminator = view.schema.schema_data.discriminator.as_ref();
            view.properties.contains_key(name)
                || discriminator.is_some_and(|one| one.property_name == *name)
        };
        for (view, at) in parts {
            let list = at.child("required");
            for (index, name) in view.required.iter().enumerate() {
                if !parts.iter().any(|(view, _)| declares(view, name)) {
                    let message = format!("required property `{name}` is not declared");
                    let at = list.child(&index.to_string()).to_string();
                    let problem = Diagnostic::new(Code::Shape, Pointer::start(&at), message);
                    let help =
                        "declare it in `properties`: without that, it is neither sent nor read";
                    self.warn(problem.help(help));
                }
            }
        }
    }

    fn property(
        &mut self,
        wire: &str,
        schema: &ReferenceOr<Box<Schema>>,
        at: Pointer<'_>,
        origin: &Origin,
        given: Option<&Type>,
    ) -> Option<Field> {
        let lowered_type = match given {
            Some(ty) => Some(LoweredType::of(ty.clone())),
            None => self.boxed_schema(schema, at, origin),
        };
        let annotations = self.property_annotations(schema, at);
        let (lowered_type, annotations) = (lowered_type?, annotations?);
        let data = |test| self.has_annotation(schema, test);
        let bounds = match annotations.description {
            Some(_) => None,
            None => self.bounds(schema, at),
        };
        let read_only = data(|data| data.read_only);
        let write_only = data(|data| data.write_only);
        Some(Field {
            wire: wire.to_owned(),
            rust: self.rust_name_override(schema, at)?,
            pointer: at.to_string(),
            // `Json` includes null.
            nullable: lowered_type.nullable && lowered_type.ty != Type::Json,
            ty: lowered_type.ty,
            required: false,
            read_only,
            write_only,
            style: None,
            encoding: FieldEncoding::default(),
            description: annotations.description,
            deprecated: annotations.deprecated,
            default: annotations.default,
            example: annotations.example,
            bounds,
            error_message: annotations.error_message,
        })
    }

    /// Returns true if an annotation is set on a schema, on the target of a reference, or in an
    /// `allOf` of either.
    fn has_annotation(
        &self,
        schema: &ReferenceOr<Box<Schema>>,
        test: fn(&SchemaData) -> bool,
    ) -> bool {
        let mut pending: Vec<&Schema> = Vec::new();
        match schema {
            ReferenceOr::Item(schema) => pending.push(schema),
            ReferenceOr::Reference { reference } => pending.extend(self.target_of(reference)),
        }
        let mut seen: Vec<*const Schema> = Vec::new();
        while let Some(schema) = pending.pop() {
            if test(&schema.schema_data) {
                return true;
            }
            // A circular `allOf` is rejected elsewhere.
            let address: *const Schema = schema;
            if seen.contains(&address) || seen.len() == MAX_SEARCHED {
                continue;
            }
            seen.push(address);
            for branch in SchemaView::of(schema).all_of {
                match branch {
                    ReferenceOr::Item(schema) => pending.push(schema),
                    ReferenceOr::Reference { reference } => {
                        pending.extend(self.target_of(reference));
                    }
                }
            }
        }
        false
    }

    fn target_of(&self, reference: &str) -> Option<&Schema> {
        Some(self.document.schema(reference).ok()?.1)
    }

    /// Returns the name that an extension sets for the field, or an empty string.
    ///
    /// In the schema of a named type, the extension sets the name of the type instead.
    fn rust_name_override(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        at: Pointer<'_>,
    ) -> Option<String> {
        let ReferenceOr::Item(schema) = schema else {
            return Some(String::new());
        };
        if SchemaView::of(schema).is_named() {
            return Some(String::new());
        }
        let extensions = &schema.schema_data.extensions;
        let name =
            crate::lower::extensions::string(extensions, crate::lower::extensions::RUST_NAME, at);
        Some(self.ok_or_report(name)?.unwrap_or_default().to_owned())
    }

    /// Returns the annotations of a property. For a reference, they are those of its target, with
    /// the first sentence of the description.
    fn property_annotations(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        at: Pointer<'_>,
    ) -> Option<Annotations> {
        match schema {
            ReferenceOr::Item(schema) => self.ok_or_report(annotations(&schema.schema_data, at)),
            ReferenceOr::Reference { reference } => self.reference_annotations(reference),
        }
    }
}
