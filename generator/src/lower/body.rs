//! Request bodies.

use super::Lowering;
use super::arena::Origin;
use super::describe::{self, unsupported};
use super::form_body::{body_field, styled};
use super::media;
use super::operation::Position;
use super::pointer::At;
use super::resource::Planned;
use super::schema::{Slot, View};
use crate::model::{Body, BodyContent, BodyFormat, Field, Type};
use openapiv3::{MediaType, ReferenceOr, RequestBody};
use std::collections::HashMap;

impl Lowering<'_> {
    /// What an operation takes as its body.
    #[expect(clippy::option_option, reason = "refused, or no body, or a body")]
    pub fn body(
        &mut self,
        planned: &Planned<'_>,
        at: At<'_>,
        position: Position,
    ) -> Option<Option<Body>> {
        let document = self.document;
        let Some(body) = &planned.operation.request_body else {
            return Some(None);
        };
        let at = at.child("requestBody");
        match body {
            ReferenceOr::Item(body) => self.body_item(body, at, position),
            ReferenceOr::Reference { reference } => {
                let (pointer, body) = self.take(document.request_body(reference))?;
                self.body_item(body, At::start(&pointer), position)
            }
        }
    }

    #[expect(clippy::option_option, reason = "refused, or no body, or a body")]
    fn body_item(
        &mut self,
        body: &RequestBody,
        at: At<'_>,
        position: Position,
    ) -> Option<Option<Body>> {
        let content = at.child("content");
        let Some((media_type, media)) = media::preferred(&body.content) else {
            return Some(None);
        };
        let at = content.child(media_type);
        let essence = media::essence(media_type);
        let content = match essence.as_str() {
            "application/x-www-form-urlencoded" => {
                let fields = self.form(media, at, position, false)?;
                BodyContent::FormFields(styled(fields, &media.encoding))
            }
            "multipart/form-data" => {
                BodyContent::MultipartFields(self.form(media, at, position, true)?)
            }
            // The parts of other kinds are in an order, or have bounds that the media type would have to name.
            other if other.starts_with("multipart/") => {
                let what = format!("a body of `{other}`");
                return self.refuse(unsupported(at, &what));
            }
            _ => match media::format(media_type) {
                BodyFormat::Json => self.json_body(media, at, position, body.required)?,
                BodyFormat::Text => whole(Slot::of(Type::String), body.required, None),
                BodyFormat::Bytes => whole(Slot::of(Type::Bytes), body.required, None),
            },
        };
        let media_type = if essence == "*/*" {
            "application/json".to_owned()
        } else {
            media_type.clone()
        };
        Some(Some(Body {
            media_type,
            content,
            description: describe::text(body.description.as_deref()),
        }))
    }

    /// A JSON body: the properties of a plain object, or one value.
    fn json_body(
        &mut self,
        media: &MediaType,
        at: At<'_>,
        (resource, operation): Position,
        required: bool,
    ) -> Option<BodyContent> {
        let at = at.child("schema");
        let Some(schema) = &media.schema else {
            return Some(whole(Slot::of(Type::Json), required, None));
        };
        let pointer;
        let (target, place) = match schema {
            ReferenceOr::Item(schema) => (schema, at),
            ReferenceOr::Reference { reference } => {
                let document = self.document;
                let (found, target) = self.take(document.schema(reference))?;
                pointer = found;
                (target, At::start(&pointer))
            }
        };
        let view = View::of(target);
        if view.is_struct() && !view.has_branches() && view.additional_is_closed() {
            let fields = self.own_fields(&view, place, (resource, operation))?;
            return Some(BodyContent::JsonFields(fields));
        }
        let origin = Origin::Body {
            resource,
            operation,
        };
        let slot = self.schema_or_reference(schema, at, &origin)?;
        let description = describe::text(target.schema_data.description.as_deref());
        Some(whole(slot, required, description))
    }

    /// The properties that a client sends, the ones that a call cannot do without among them.
    pub fn own_fields(
        &mut self,
        view: &View<'_>,
        at: At<'_>,
        position: Position,
    ) -> Option<Vec<Field>> {
        let origin = |wire: &str| body_field(position, wire);
        let mut fields = self.properties(view, at, &origin, &HashMap::new())?;
        fields.retain(|field| !field.read_only);
        for field in &mut fields {
            // Here the client is the one who sends.
            field.write_only = false;
        }
        Some(fields)
    }
}

/// A body that is one value.
fn whole(slot: Slot, required: bool, description: Option<String>) -> BodyContent {
    BodyContent::Whole(Box::new(Field {
        wire: "body".to_owned(),
        rust: String::new(),
        ty: slot.ty,
        required,
        nullable: false,
        read_only: false,
        write_only: false,
        style: None,
        description,
        deprecated: None,
        default: None,
        example: None,
        error_message: false,
    }))
}
