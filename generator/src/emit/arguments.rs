//! How a value comes in: as an argument or through a setter, and what the runtime is told of it.

use super::{Context, tokens};
use crate::model::{
    Body, BodyContent, Field, Input, Kind, Location, NumberWidth, Operation, Parameter, Scalar,
    Style, Type,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// An argument: its type, and the call that hands it to the request.
pub struct Argument {
    pub ty: TokenStream,
    /// What follows `request.`, such as `query_str("email", email)`.
    pub call: TokenStream,
}

/// What a call takes, as an argument.
pub fn input(context: &Context<'_>, operation: &Operation, input: Input<'_>) -> Argument {
    match input {
        Input::Parameter(one) => parameter(context, one),
        Input::Field(field) => body(context, operation, field),
    }
}

/// A parameter as an argument.
pub fn parameter(context: &Context<'_>, parameter: &Parameter) -> Argument {
    let name = tokens::ident(&parameter.name.rust);
    let wire = &parameter.name.wire;
    let (ty, value) = context.argument_type_and_value(&parameter.ty, &name);
    if parameter.style == Style::Json {
        let location = location(parameter.location);
        let value = as_reference(&parameter.ty, &value, &name);
        return Argument {
            ty,
            call: quote!(json_parameter(#location, #wire, #value)),
        };
    }
    let simple = matches!(parameter.location, Location::Path | Location::Query);
    let plain_path =
        parameter.location != Location::Path || matches!(parameter.style, Style::Simple { .. });
    if let Some(text) = context
        .scalar(&parameter.ty, &value, &name)
        .filter(|_| simple && plain_path)
    {
        let setter = parameter.location.as_str();
        let call = if parameter.ty == Type::String {
            let setter = format_ident!("{setter}_str");
            quote!(#setter(#wire, #name))
        } else {
            let setter = format_ident!("{setter}");
            quote!(#setter(#wire, #text))
        };
        return Argument { ty, call };
    }
    let (location, style) = (location(parameter.location), style(parameter.style));
    let value = as_reference(&parameter.ty, &value, &name);
    Argument {
        ty,
        call: quote!(parameter(#location, #wire, #value, #style)),
    }
}

/// A property of a request's body, or the body itself, as an argument.
pub fn body(context: &Context<'_>, operation: &Operation, field: &Field) -> Argument {
    let name = tokens::ident(&field.rust);
    let wire = &field.wire;
    let content = operation.body.as_ref().map(|body| &body.content);
    // A required field that may be null is an `Option`: there is no other way to say null.
    let optional = field.required && field.nullable;
    let (ty, value) = if optional {
        let ty = context.ty(&field.ty);
        (quote!(Option<#ty>), quote!(&#name))
    } else {
        context.argument_type_and_value(&field.ty, &name)
    };
    let by_reference = if optional {
        value.clone()
    } else {
        as_reference(&field.ty, &value, &name)
    };
    let call = match content {
        Some(BodyContent::FormFields(_)) => {
            let style = style(field.style.unwrap_or(Style::Form { explode: true }));
            quote!(parameter(In::Form, #wire, #by_reference, #style))
        }
        Some(BodyContent::MultipartFields(_)) => match &field.ty {
            ty if is_file(ty) => quote!(file(#wire, &#name)),
            _ => quote!(part(#wire, #by_reference)),
        },
        Some(BodyContent::SingleValue(_)) => match &field.ty {
            Type::Bytes => quote!(raw_body(#name)),
            Type::String if !has_json_body(operation) => {
                quote!(raw_body(#name.as_ref().to_owned()))
            }
            _ => quote!(json_body(#by_reference)),
        },
        _ => match &field.ty {
            Type::Number(_) if !optional => quote!(field(#wire, number::Float(#value))),
            Type::String if !optional => quote!(field_str(#wire, #name)),
            _ => quote!(field(#wire, #value)),
        },
    };
    Argument {
        ty: argument_type(operation, field, ty),
        call,
    }
}

/// Bytes come as a file in a form, and as what they are in a body of their own.
fn argument_type(operation: &Operation, field: &Field, ty: TokenStream) -> TokenStream {
    let multipart = matches!(
        operation.body,
        Some(Body {
            content: BodyContent::MultipartFields(_),
            ..
        })
    );
    match &field.ty {
        ty if multipart && is_file(ty) => quote!(FilePart),
        Type::Bytes => quote!(impl Into<Bytes>),
        _ => ty,
    }
}

/// A file, or files of which each call adds one.
pub fn is_file(ty: &Type) -> bool {
    *ty == Type::Bytes || matches!(ty, Type::Array(item) if **item == Type::Bytes)
}

/// Whether the operation's body is JSON.
pub fn has_json_body(operation: &Operation) -> bool {
    let media_type = operation
        .body
        .as_ref()
        .map_or("", |body| body.media_type.as_str());
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// The value as something that can be serialised by reference.
fn as_reference(ty: &Type, value: &TokenStream, name: &Ident) -> TokenStream {
    match ty {
        Type::Boolean => quote!(&#name),
        Type::Integer(_) => {
            let ty = tokens::ty(ty);
            quote!(&Into::<#ty>::into(#name))
        }
        Type::Number(NumberWidth::F32) => quote!(&number::Float(#name)),
        Type::Number(NumberWidth::F64) => quote!(&number::Float(Into::<f64>::into(#name))),
        _ => value.clone(),
    }
}

impl Context<'_> {
    /// The type of an argument, and the expression for its value.
    fn argument_type_and_value(&self, ty: &Type, name: &Ident) -> (TokenStream, TokenStream) {
        match ty {
            Type::String => (quote!(impl AsRef<str>), quote!(#name.as_ref())),
            Type::Timestamp => (quote!(impl Into<Timestamp>), quote!(#name.into().as_str())),
            Type::Boolean => (quote!(bool), quote!(#name)),
            // Nothing that a person writes without saying so, such as `0.5`, turns into an `f32`.
            Type::Number(NumberWidth::F32) => (quote!(f32), quote!(#name)),
            Type::Integer(_) | Type::Number(_) => {
                let ty = self.ty(ty);
                (quote!(impl Into<#ty>), quote!(#name.into()))
            }
            _ => (self.ty(ty), quote!(&#name)),
        }
    }

    /// The expression that gives a scalar's text, number or truth value; none for what is no scalar.
    fn scalar(&self, ty: &Type, value: &TokenStream, name: &Ident) -> Option<TokenStream> {
        match ty {
            Type::String | Type::Timestamp | Type::Boolean | Type::Integer(_) | Type::Number(_) => {
                Some(value.clone())
            }
            Type::Named(ty) => match &self.definition(ty)?.kind {
                Kind::Enum {
                    scalar: Scalar::String,
                    ..
                } => Some(quote!(#name.as_str())),
                Kind::Enum {
                    scalar: Scalar::Integer,
                    ..
                } => Some(quote!(#name.value())),
                _ => None,
            },
            _ => None,
        }
    }
}

fn location(location: Location) -> TokenStream {
    match location {
        Location::Path => quote!(In::Path),
        Location::Query => quote!(In::Query),
        Location::Header => quote!(In::Header),
        Location::Cookie => quote!(In::Cookie),
    }
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple { explode: false } => quote!(Style::Simple),
        Style::Simple { explode: true } => quote!(Style::SimpleExploded),
        Style::Label { explode: false } => quote!(Style::Label),
        Style::Label { explode: true } => quote!(Style::LabelExploded),
        Style::Matrix { explode: false } => quote!(Style::Matrix),
        Style::Matrix { explode: true } => quote!(Style::MatrixExploded),
        Style::Form { explode: false } => quote!(Style::Form),
        Style::Form { explode: true } | Style::Json => quote!(Style::FormExploded),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
    }
}
