//! Form bodies (`application/x-www-form-urlencoded`, `multipart/form-data`): each property of an
//! object is a field of the form.

use super::Lowering;
use super::describe::unsupported;
use super::media::MAX_WRAPPERS;
use super::pointer::Pointer;
use super::schema::{Part, SchemaView};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Field, OperationId, Origin, Type};
use openapiv3::{AdditionalProperties, MediaType, ReferenceOr, Schema};

impl Lowering<'_> {
    /// Lowers the properties of a form. The schema must be an object or an `allOf` of objects.
    ///
    /// If `has_files` is true, a property with `format: binary` is a file.
    pub fn form(
        &mut self,
        media: &MediaType,
        at: Pointer<'_>,
        operation: OperationId,
        has_files: bool,
    ) -> Option<Vec<Field>> {
        let at = at.child("schema");
        let body_at = at;
        let Some(schema) = &media.schema else {
            self.warn_about_form_without_fields(body_at);
            return Some(Vec::new());
        };
        let document = self.document;
        let pointer;
        let (schema, at) = match schema {
            ReferenceOr::Item(schema) => (schema, at),
            ReferenceOr::Reference { reference } => {
                let (found, schema) = self.ok_or_report(document.schema(reference))?;
                pointer = found;
                (schema, Pointer::start(&pointer))
            }
        };
        if self.families.get(&at.to_string()).is_some() {
            let what = "form body of a schema that others extend below a discriminator";
            return self.refuse(unsupported(body_at, what));
        }
        let mut parts = Vec::new();
        self.flatten(schema, at, &mut parts, &mut Vec::new())?;
        let mut fields = Vec::new();
        let mut complete = true;
        for part in &parts {
            let Some(mut own) = self.fields_of_part(part, operation) else {
                complete = false;
                continue;
            };
            if has_files {
                self.mark_file_fields(&mut own, part);
            }
            for field in own {
                let origin = body_field_origin(operation, &field.wire);
                let at = Pointer::start(&part.pointer);
                complete &= self.merge_field(&mut fields, field, at, &origin).is_some();
            }
        }
        if complete && fields.is_empty() && !parts.iter().any(|part| self.lists_fields(part)) {
            self.warn_about_form_without_fields(body_at);
        }
        for field in &mut fields {
            let is_required =
                |part: &Part<'_>| SchemaView::of(part.schema).required.contains(&field.wire);
            field.required = parts.iter().any(is_required);
        }
        complete.then_some(fields)
    }

    /// Returns true if a schema lists its properties, even if there are none, or allows no others.
    fn lists_fields(&self, part: &Part<'_>) -> bool {
        let start = Pointer::start(&part.pointer);
        let properties = start.child("properties").to_string();
        let additional = SchemaView::of(part.schema).additional;
        self.document.tree().at(&properties).is_some()
            || matches!(additional, Some(AdditionalProperties::Any(false)))
    }

    fn warn_about_form_without_fields(&mut self, at: Pointer<'_>) {
        let message = "form body without declared fields";
        let help = "the request has no body; list the fields in `properties`";
        self.warn(Diagnostic::new(Code::Shape, at, message).help(help));
    }

    fn fields_of_part(&mut self, part: &Part<'_>, operation: OperationId) -> Option<Vec<Field>> {
        let view = SchemaView::of(part.schema);
        let at = Pointer::start(&part.pointer);
        if view.has_alternatives() || view.kind().is_some_and(|kind| kind != "object") {
            return self.refuse(unsupported(at, "form body that is not a plain object"));
        }
        // Only a named property can get a setter.
        let any = matches!(view.additional, Some(AdditionalProperties::Any(true)));
        if !view.additional_is_untyped() || (any && view.properties.is_empty()) {
            return self.refuse(unsupported(at, "form body with arbitrary field names"));
        }
        self.request_fields(&view, at, operation)
    }

    /// Changes properties with `format: binary` to bytes, also if they are the items of an array.
    fn mark_file_fields(&self, fields: &mut [Field], part: &Part<'_>) {
        let view = SchemaView::of(part.schema);
        for field in fields {
            let property = view.properties.get(&field.wire);
            let Some(property) = property.and_then(|property| self.resolve_schema(property)) else {
                continue;
            };
            if is_binary(property) {
                field.ty = Type::Bytes;
            } else if self.is_list_of_files(property, &field.ty) {
                field.ty = Type::Array(Box::new(Type::Bytes));
            }
        }
    }

    /// Returns true for an array of files, and for one file or an array of files.
    fn is_list_of_files(&self, property: &Schema, ty: &Type) -> bool {
        let view = SchemaView::of(property);
        if let Type::OneOrMany(_) = ty {
            let mut branches = view.one_of.iter().chain(view.any_of);
            return branches.any(|branch| match branch {
                ReferenceOr::Item(schema) => is_binary(schema),
                ReferenceOr::Reference { reference } => {
                    let target = self.document.schema(reference);
                    target.is_ok_and(|(_, schema)| is_binary(schema))
                }
            });
        }
        let item = view.items.and_then(|item| self.resolve_schema(item));
        item.is_some_and(is_binary)
    }

    /// Returns an inline schema, the target of a reference, or the branch of an `allOf` that has the
    /// type; `None` if it is unresolved.
    fn resolve_schema<'s>(&'s self, schema: &'s ReferenceOr<Box<Schema>>) -> Option<&'s Schema> {
        let target = |reference: &str| Some(self.document.schema(reference).ok()?.1);
        let mut found: &Schema = match schema {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => target(reference)?,
        };
        for _ in 0..MAX_WRAPPERS {
            let view = SchemaView::of(found);
            if view.kind().is_some() {
                break;
            }
            let mut branches = view.all_of.iter().filter_map(|branch| match branch {
                ReferenceOr::Item(schema) => Some(schema),
                ReferenceOr::Reference { reference } => target(reference),
            });
            let is_typed = |branch: &&Schema| {
                let view = SchemaView::of(branch);
                view.kind().is_some() || !view.all_of.is_empty()
            };
            match branches.find(is_typed) {
                Some(branch) => found = branch,
                None => break,
            }
        }
        Some(found)
    }
}

/// Returns the origin of a property of a request body.
pub fn body_field_origin(operation: OperationId, wire: &str) -> Origin {
    Origin::BodyField {
        operation,
        wire: wire.to_owned(),
        item: false,
    }
}

fn is_binary(schema: &Schema) -> bool {
    let view = SchemaView::of(schema);
    view.kind() == Some("string") && view.format == Some("binary")
}
