//! Replaces the references to named types, for example ids by names, throughout the model.

use super::{
    Body, BodyContent, BodyStream, ErrorBody, ErrorVariant, Errors, Field, Kind, Operation,
    OperationErrorBody, OtherFormat, Pagination, Parameter, Payload, Resource, Response,
    ResponseBody, Success, Type, TypeDef, UnionVariant,
};

/// Maps each item of a list.
fn all<A, B>(items: Vec<A>, map: impl FnMut(A) -> B) -> Vec<B> {
    items.into_iter().map(map).collect()
}

impl<R> Type<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Type<S> {
        match self {
            Self::String => Type::String,
            Self::Formatted(format) => Type::Formatted(format),
            Self::Timestamp => Type::Timestamp,
            Self::Date => Type::Date,
            Self::Time => Type::Time,
            Self::Base64 => Type::Base64,
            Self::Boolean => Type::Boolean,
            Self::Integer(width) => Type::Integer(width),
            Self::Number(width) => Type::Number(width),
            Self::Json => Type::Json,
            Self::Bytes => Type::Bytes,
            Self::Array(item) => Type::Array(Box::new(item.map(f))),
            Self::OneOrMany(item) => Type::OneOrMany(Box::new(item.map(f))),
            Self::Map(value) => Type::Map(Box::new(value.map(f))),
            Self::Nullable(inner) => Type::Nullable(Box::new(inner.map(f))),
            Self::Named(reference) => Type::Named(f(reference)),
            Self::Boxed(inner) => Type::Boxed(Box::new(inner.map(f))),
        }
    }
}

impl<R> TypeDef<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> TypeDef<S> {
        TypeDef {
            rust: self.rust,
            pointer: self.pointer,
            docs: self.docs,
            deprecated: self.deprecated,
            error_payload: self.error_payload,
            kind: self.kind.map(f),
        }
    }
}

impl<R> Kind<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Kind<S> {
        match self {
            Self::Struct { fields, additional } => Kind::Struct {
                fields: all(fields, |field| field.map(f)),
                additional: additional.map(|ty| ty.map(f)),
            },
            Self::Enum { scalar, values } => Kind::Enum { scalar, values },
            Self::Union { tagging, variants } => Kind::Union {
                tagging,
                variants: all(variants, |variant| variant.map(f)),
            },
            Self::Alias(ty) => Kind::Alias(ty.map(f)),
        }
    }
}

impl<R> UnionVariant<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> UnionVariant<S> {
        UnionVariant {
            rust: self.rust,
            ty: self.ty.map(f),
            tags: self.tags,
        }
    }
}

impl<R> Field<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Field<S> {
        Field {
            wire: self.wire,
            rust: self.rust,
            pointer: self.pointer,
            ty: self.ty.map(f),
            required: self.required,
            nullable: self.nullable,
            read_only: self.read_only,
            write_only: self.write_only,
            style: self.style,
            encoding: self.encoding,
            description: self.description,
            deprecated: self.deprecated,
            default: self.default,
            example: self.example,
            bounds: self.bounds,
            error_message: self.error_message,
        }
    }
}

impl<R> Resource<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Resource<S> {
        Resource {
            name: self.name,
            module: self.module,
            file: self.file,
            feature: self.feature,
            description: self.description,
            external_docs: self.external_docs,
            operations: all(self.operations, |operation| operation.map(f)),
        }
    }
}

impl<R> Operation<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Operation<S> {
        Operation {
            name: self.name,
            suggested_name: self.suggested_name,
            builder: self.builder,
            constant: self.constant,
            result_variable: self.result_variable,
            pointer: self.pointer,
            method: self.method,
            path: self.path,
            server: self.server,
            docs: self.docs,
            external_docs: self.external_docs,
            deprecated: self.deprecated,
            security: self.security,
            parameters: all(self.parameters, |parameter| parameter.map(f)),
            body: self.body.map(|body| body.map(f)),
            other_body_type: self.other_body_type,
            success: self.success.map(f),
            other_formats: all(self.other_formats, |other| OtherFormat {
                rust: other.rust,
                pointer: other.pointer,
                body: other.body.map(f),
            }),
            redirects: self.redirects,
            errors: self.errors,
            default_error: self.default_error,
            pagination: self.pagination.map(|pagination| pagination.map(f)),
            conflicts: self.conflicts,
            retry: self.retry,
        }
    }
}

impl<R> Parameter<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Parameter<S> {
        Parameter {
            name: self.name,
            pointer: self.pointer,
            location: self.location,
            style: self.style,
            ty: self.ty.map(f),
            required: self.required,
            allow_reserved: self.allow_reserved,
            allow_empty: self.allow_empty,
            description: self.description,
            deprecated: self.deprecated,
            default: self.default,
            example: self.example,
            bounds: self.bounds,
            rejected_prefixes: self.rejected_prefixes,
        }
    }
}

impl<R> Body<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Body<S> {
        let mut fields = |fields| all(fields, |field: Field<R>| field.map(f));
        let content = match self.content {
            BodyContent::JsonFields(list) => BodyContent::JsonFields(fields(list)),
            BodyContent::FormFields(list) => BodyContent::FormFields(fields(list)),
            BodyContent::MultipartFields(list) => BodyContent::MultipartFields(fields(list)),
            BodyContent::SingleValue(field) => BodyContent::SingleValue(Box::new(field.map(f))),
        };
        Body {
            media_type: self.media_type,
            required: self.required,
            required_fields: self.required_fields,
            is_open: self.is_open,
            content,
            description: self.description,
        }
    }
}

impl<R> Success<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Success<S> {
        match self {
            Self::One(response) => Success::One(response.map(f)),
            Self::Several { rust, responses } => Success::Several {
                rust,
                responses: all(responses, |(name, response)| (name, response.map(f))),
            },
        }
    }
}

impl<R> Response<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Response<S> {
        Response {
            statuses: self.statuses,
            body: self.body.map(|body| body.map(f)),
            ignored_media_type: self.ignored_media_type,
            description: self.description,
        }
    }
}

impl<R> ResponseBody<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> ResponseBody<S> {
        ResponseBody {
            media_type: self.media_type,
            format: self.format,
            ty: self.ty.map(f),
            stream: self.stream.map(|stream| BodyStream {
                format: stream.format,
                ty: stream.ty.map(f),
            }),
        }
    }
}

impl<R> Pagination<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Pagination<S> {
        Pagination {
            items: self.items,
            item: self.item.map(f),
            inputs: self.inputs,
        }
    }
}

impl<R> Errors<R> {
    pub fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> Errors<S> {
        Errors {
            variants: all(self.variants, |variant| variant.map(f)),
        }
    }
}

impl<R> ErrorVariant<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> ErrorVariant<S> {
        let payload = match self.payload {
            Payload::None => Payload::None,
            Payload::One(body) => Payload::One(body.map(f)),
            Payload::PerOperation { rust, bodies } => Payload::PerOperation {
                rust,
                bodies: all(bodies, |body| OperationErrorBody {
                    rust: body.rust,
                    body: body.body.map(|body| body.map(f)),
                    operations: body.operations,
                }),
            },
        };
        ErrorVariant {
            status: self.status,
            rust: self.rust,
            description: self.description,
            payload,
        }
    }
}

impl<R> ErrorBody<R> {
    fn map<S, F: FnMut(R) -> S>(self, f: &mut F) -> ErrorBody<S> {
        ErrorBody {
            envelope: self.envelope,
            ty: self.ty.map(f),
        }
    }
}
