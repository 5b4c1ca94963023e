//! Request bodies.

use super::Lowering;
use super::describe::{self, unsupported};
use super::form_body::body_field_origin;
use super::media;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use super::schema::{LoweredType, SchemaView};
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{Body, BodyContent, Field, OperationId, Origin, Parameter, Type};
use crate::model::{BodyFormat, FieldEncoding, Location, Name, Style};
use openapiv3::{AdditionalProperties, MediaType, ReferenceOr, RequestBody};
use std::collections::HashMap;

/// A request body, and the parameter with which the caller names its media type.
pub struct LoweredBody {
    pub body: Body,
    /// The header `Content-Type`, if the document declares a range such as `image/*`.
    pub content_type: Option<Parameter>,
}

impl<'a> Lowering<'a> {
    /// Lowers the request body of an operation, of its preferred media type. Returns `Some(None)` if
    /// it has none.
    #[expect(
        clippy::option_option,
        reason = "the outer `None` is an error, the inner one means no body"
    )]
    pub fn body(
        &mut self,
        planned: &PlannedOperation<'a>,
        operation: OperationId,
    ) -> Option<Option<LoweredBody>> {
        let Some(body) = self.request_body(planned) else {
            return Some(None);
        };
        let (pointer, body) = self.ok_or_report(body)?;
        let Some((media_type, _)) = media::preferred(&body.content) else {
            return Some(None);
        };
        self.body_of_type(body, &pointer, media_type, operation)
            .map(Some)
    }

    /// Returns the request body that an operation declares, and its location.
    pub fn request_body(
        &self,
        planned: &PlannedOperation<'a>,
    ) -> Option<Result<(String, &'a RequestBody), Diagnostic>> {
        let start = Pointer::start(&planned.pointer);
        Some(match planned.operation.request_body.as_ref()? {
            ReferenceOr::Item(body) => Ok((start.child("requestBody").to_string(), body)),
            ReferenceOr::Reference { reference } => self.document.request_body(reference),
        })
    }

    /// Lowers a request body of one of its media types. `pointer` is the location of the body.
    pub fn body_of_type(
        &mut self,
        body: &RequestBody,
        pointer: &str,
        media_type: &str,
        operation: OperationId,
    ) -> Option<LoweredBody> {
        let start = Pointer::start(pointer);
        let content = start.child("content");
        let at = content.child(media_type);
        let media = body.content.get(media_type)?;
        self.ok_or_report(media::check(media_type, at))?;
        let essence = media::essence(media_type);
        let format = self.body_format(media_type, media);
        let mut content = match essence.as_str() {
            "application/x-www-form-urlencoded" => {
                let fields = self.form(media, at, operation, false)?;
                BodyContent::FormFields(self.with_encodings(fields, media, at, false)?)
            }
            "multipart/form-data" => {
                let fields = self.form(media, at, operation, true)?;
                BodyContent::MultipartFields(self.with_encodings(fields, media, at, true)?)
            }
            // Other multipart types need an order of the parts or parameters of the media type.
            other if other.starts_with("multipart/") => {
                let what = format!("request body of type `{other}`");
                return self.refuse(unsupported(at, &what));
            }
            _ => match format {
                BodyFormat::Json => {
                    let is_merge_patch = essence == "application/merge-patch+json";
                    self.json_body(media, at, operation, body.required, is_merge_patch)?
                }
                BodyFormat::Text | BodyFormat::TextOrJson => {
                    single_value_body(LoweredType::of(Type::String), at, body.required, None)
                }
                BodyFormat::Bytes => {
                    single_value_body(LoweredType::of(Type::Bytes), at, body.required, None)
                }
            },
        };
        for field in content.fields_mut() {
            field.ty = field.ty.as_list();
        }
        let is_named = media::is_range(media_type) && format != BodyFormat::Json;
        let content_type = is_named.then(|| content_type(media_type, format, at, body.required));
        let required_fields = match body.required {
            true => Vec::new(),
            false => make_optional(&mut content),
        };
        let media_type = match &content_type {
            // The caller must name the media type.
            Some(parameter) if parameter.default.is_none() => media::essence(media_type),
            _ => media::sent(media_type, format),
        };
        let body = Body {
            media_type,
            required: body.required,
            required_fields,
            is_open: self.is_open(media, &content),
            content,
            description: describe::non_empty(body.description.as_deref()),
        };
        Some(LoweredBody { body, content_type })
    }
}

impl Lowering<'_> {
    /// Lowers a JSON body: the properties of a plain object, or any other schema as one value.
    fn json_body(
        &mut self,
        media: &MediaType,
        at: Pointer<'_>,
        operation: OperationId,
        required: bool,
        is_merge_patch: bool,
    ) -> Option<BodyContent> {
        let media_at = at;
        let at = at.child("schema");
        let Some(schema) = &media.schema else {
            return Some(single_value_body(
                LoweredType::of(Type::Json),
                at,
                required,
                None,
            ));
        };
        let found;
        let (target, target_at) = match schema {
            ReferenceOr::Item(schema) => (schema, at),
            ReferenceOr::Reference { reference } => {
                let document = self.document;
                let (pointer, target) = self.ok_or_report(document.schema(reference))?;
                found = pointer;
                (target, Pointer::start(&found))
            }
        };
        let view = SchemaView::of(target);
        let is_base = self.families.get(&target_at.to_string()).is_some();
        if !is_base && view.is_struct() && !view.has_branches() && view.additional_is_untyped() {
            let fields = self.request_fields(&view, target_at, operation)?;
            self.warn_about_undeclared(&[(&view, target_at)]);
            return Some(BodyContent::JsonFields(fields));
        }
        if is_merge_patch && !view.all_of.is_empty() {
            // The setters of an object can send null, which one value for the body cannot.
            let known = self.diagnostics.len();
            if let Some(fields) = self.form(media, media_at, operation, false) {
                return Some(BodyContent::JsonFields(fields));
            }
            self.diagnostics.truncate(known);
        }
        let origin = Origin::Body { operation };
        let lowered_type = self.schema_or_reference(schema, at, &origin)?;
        let description = describe::non_empty(target.schema_data.description.as_deref());
        Some(single_value_body(lowered_type, at, required, description))
    }

    /// Returns true if the fields of a JSON body are arguments and setters, and its schema allows
    /// others.
    fn is_open(&self, media: &MediaType, content: &BodyContent) -> bool {
        let schema = match &media.schema {
            Some(ReferenceOr::Item(schema)) => Some(schema),
            Some(ReferenceOr::Reference { reference }) => {
                let target = self.document.schema(reference);
                target.ok().map(|(_, schema)| schema)
            }
            None => None,
        };
        let additional = schema.and_then(|schema| SchemaView::of(schema).additional);
        matches!(content, BodyContent::JsonFields(_))
            && matches!(additional, Some(AdditionalProperties::Any(true)))
    }

    /// Lowers the properties that a client sends: all except the read-only ones.
    pub fn request_fields(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Vec<Field>> {
        let origin = |wire: &str| body_field_origin(operation, wire);
        let mut fields = self.properties(view, at, &origin, &HashMap::new())?;
        fields.retain(|field| !field.read_only);
        for field in &mut fields {
            // `write_only` makes a field an `Option`, which is right only for responses.
            field.write_only = false;
        }
        Some(fields)
    }
}

/// Returns the header with which the caller names the media type of a body, for a range of them. It
/// is an argument if no media type is general enough to be the default.
fn content_type(range: &str, format: BodyFormat, at: Pointer<'_>, required: bool) -> Parameter {
    let default = media::sent(range, format);
    let has_default = media::includes(range, &default);
    let range = media::essence(range);
    let mut description = format!("The media type of the body: one of the range `{range}`.");
    if !required && !has_default {
        description.push_str(" Required if the body is set.");
    }
    Parameter {
        name: Name {
            wire: "Content-Type".to_owned(),
            rust: String::new(),
        },
        pointer: at.to_string(),
        location: Location::Header,
        style: Style::Simple { explode: false },
        ty: Type::String,
        required: required && !has_default,
        description: Some(description),
        deprecated: None,
        default: has_default.then(|| format!("\"{default}\"")),
        example: (!has_default).then(|| format!("\"{}\"", media::example(&range))),
        bounds: None,
        rejected_prefixes: Vec::new(),
        allow_empty: false,
        allow_reserved: false,
    }
}

/// Makes the fields of an optional body optional. Returns the names of those that the body requires.
fn make_optional(content: &mut BodyContent) -> Vec<String> {
    if matches!(content, BodyContent::SingleValue(_)) {
        return Vec::new();
    }
    let required = content.fields_mut().iter_mut();
    let required = required.filter(|field| field.required);
    let names = required.map(|field| {
        field.required = false;
        field.wire.clone()
    });
    names.collect()
}

/// Returns the content of a body that is one value.
fn single_value_body(
    lowered_type: LoweredType,
    at: Pointer<'_>,
    required: bool,
    description: Option<String>,
) -> BodyContent {
    BodyContent::SingleValue(Box::new(Field {
        wire: "body".to_owned(),
        rust: String::new(),
        pointer: at.to_string(),
        ty: lowered_type.ty,
        required,
        nullable: false,
        read_only: false,
        write_only: false,
        style: None,
        encoding: FieldEncoding::default(),
        description,
        deprecated: None,
        default: None,
        example: None,
        bounds: None,
        error_message: false,
    }))
}
