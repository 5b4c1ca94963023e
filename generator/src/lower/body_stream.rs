//! Lowers the parts of response bodies that are streams: events, and JSON values.

use super::Lowering;
use super::media::{self, SchemaKind};
use super::pointer::Pointer;
use crate::model::StreamFormat;
use crate::model::unnamed::{BodyStream, Origin, Type};
use openapiv3::MediaType;

/// The help for a schema that is not supported, whose stream is generated without it.
const WITHOUT_SCHEMA: &str = "the parts of the stream are generated without a type";

impl Lowering<'_> {
    /// Lowers the parts of a response body, if it is a stream.
    ///
    /// The data of an event has the type of the schema if that is an object, or one of several
    /// objects. Any other schema describes the whole body, so that the data is a string. The schema
    /// of JSON lines is that of a line, or the array of all lines.
    pub fn body_stream(
        &mut self,
        media_type: &str,
        media: &MediaType,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<BodyStream> {
        let format = media::stream_format(media_type)?;
        let kind = self.schema_kind(media);
        let schema = media.schema.as_ref().filter(|_| kind == SchemaKind::Other);
        let lowered = schema.and_then(|schema| {
            self.optional_part(WITHOUT_SCHEMA, |this| {
                this.schema_or_reference(schema, at.child("schema"), origin)
            })
        });
        let ty = match (format, lowered.map(|lowered| lowered.into_item())) {
            (StreamFormat::Events, Some(ty)) if is_object(&ty) => ty,
            (StreamFormat::Events, _) => Type::String,
            (StreamFormat::Items, Some(Type::Array(item) | Type::OneOrMany(item))) => *item,
            (StreamFormat::Items, Some(ty)) => ty,
            (StreamFormat::Items, None) => Type::Json,
        };
        Some(BodyStream { format, ty })
    }
}

fn is_object(ty: &Type) -> bool {
    match ty {
        Type::Named(_) | Type::Map(_) => true,
        Type::Nullable(inner) | Type::Boxed(inner) => is_object(inner),
        _ => false,
    }
}
