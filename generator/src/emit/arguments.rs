//! The inputs of an operation: the type of each argument or setter, and the runtime call that adds
//! the value to the request.

use super::{Context, tokens};
use crate::model::{
    Body, BodyContent, Field, Input, Kind, Location, NumberWidth, Operation, Parameter, Scalar,
    Style, Type,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// An argument: its type, and the method call that adds it to the request.
pub struct Argument {
    pub ty: TokenStream,
    /// The call after `request.`, such as `query_str("email", email)`.
    pub call: TokenStream,
}

/// Returns the argument for an input of an operation.
pub fn input(context: &Context<'_>, operation: &Operation, input: Input<'_>) -> Argument {
    match input {
        Input::Parameter(input) => parameter(context, input),
        Input::Field(field) => body(context, operation, field),
    }
}

/// Returns the argument for a parameter.
pub fn parameter(context: &Context<'_>, parameter: &Parameter) -> Argument {
    let name = tokens::ident(&parameter.name.rust);
    let wire = &parameter.name.wire;
    let (ty, value) = context.argument_type_and_value(&parameter.ty, &name);
    let style = value_style(parameter);
    if style == Style::Json {
        let location = location(parameter);
        let value = as_reference(&parameter.ty, &value, &name);
        return Argument {
            ty,
            call: quote!(json_parameter(#location, #wire, #value)),
        };
    }
    let simple = matches!(parameter.location, Location::Path | Location::Query)
        && !is_sent_reserved(parameter);
    let plain_path = parameter.location != Location::Path || matches!(style, Style::Simple { .. });
    if let Some(scalar) = context
        .scalar(&parameter.ty, &value, &name)
        .filter(|_| simple && plain_path)
    {
        let setter = parameter.location.as_str();
        let call = if parameter.ty == Type::String {
            let setter = format_ident!("{setter}_str");
            quote!(#setter(#wire, #name))
        } else {
            let setter = format_ident!("{setter}");
            quote!(#setter(#wire, #scalar))
        };
        return Argument { ty, call };
    }
    let (location, style) = (location(parameter), style_tokens(style));
    let value = as_digits_or_reference(&parameter.ty, &value, &name);
    Argument {
        ty,
        call: quote!(parameter(#location, #wire, #value, #style)),
    }
}

/// Returns the style of a parameter. An integer that is sent as JSON has the style of a string,
/// because its digits are JSON already.
fn value_style(parameter: &Parameter) -> Style {
    match (parameter.style, &parameter.ty, parameter.location) {
        (Style::Json, Type::Integer(_), Location::Path | Location::Header) => {
            Style::Simple { explode: false }
        }
        (Style::Json, Type::Integer(_), _) => Style::Form { explode: true },
        (style, _, _) => style,
    }
}

/// Returns the argument for a field of the request body, or for the body itself.
pub fn body(context: &Context<'_>, operation: &Operation, field: &Field) -> Argument {
    let name = tokens::ident(&field.rust);
    let wire = &field.wire;
    let content = operation.body.as_ref().map(|body| &body.content);
    // A required nullable field is an `Option`, because null cannot be expressed otherwise.
    let optional = field.required && field.nullable;
    let (ty, value) = if optional {
        let ty = context.ty(&field.ty);
        (quote!(Option<#ty>), quote!(&#name))
    } else {
        context.argument_type_and_value(&field.ty, &name)
    };
    let (by_reference, digits) = if optional {
        (value.clone(), value.clone())
    } else {
        (
            as_reference(&field.ty, &value, &name),
            as_digits_or_reference(&field.ty, &value, &name),
        )
    };
    let call = match content {
        Some(BodyContent::FormFields(_)) => {
            let location = match field.encoding.allow_reserved {
                true => quote!(In::FormReserved),
                false => quote!(In::Form),
            };
            match (field.style, &field.ty) {
                // The digits of an integer are JSON already.
                (Some(Style::Json), ty) if !matches!(ty, Type::Integer(_)) => {
                    quote!(json_parameter(#location, #wire, #by_reference))
                }
                (style, _) => {
                    let style = style_tokens(style.unwrap_or(Style::Form { explode: true }));
                    quote!(parameter(#location, #wire, #digits, #style))
                }
            }
        }
        Some(BodyContent::MultipartFields(_)) => {
            let encoding = part_encoding(field);
            match &field.ty {
                Type::Bytes => quote!(files(#wire, [#name], #encoding)),
                ty if ty.is_file() => quote!(files(#wire, #name, #encoding)),
                // In JSON, the digits of the items would be strings.
                Type::Array(_) if field.style == Some(Style::Json) => {
                    quote!(part(#wire, #by_reference, #encoding))
                }
                _ => quote!(part(#wire, #digits, #encoding)),
            }
        }
        Some(BodyContent::SingleValue(_)) => match &field.ty {
            Type::Bytes => quote!(body(#name)),
            Type::Formatted(_) if !has_json_body(operation) => {
                quote!(raw_body(#name.into_text()))
            }
            Type::String if !has_json_body(operation) => {
                quote!(raw_body(#name.as_ref().to_owned()))
            }
            _ => quote!(json_body(#by_reference)),
        },
        _ => match &field.ty {
            Type::Number(_) if !optional => quote!(field(#wire, number::Float(#value))),
            Type::String if !optional => quote!(field_str(#wire, #name)),
            Type::Array(item) if !optional => {
                let (_, list) = context.list_item_and_value(item, &name);
                quote!(field(#wire, #list))
            }
            _ => quote!(field(#wire, #value)),
        },
    };
    Argument {
        ty: argument_type(operation, field, ty),
        call,
    }
}

/// Returns the encoding of a field of a multipart body, for the runtime.
fn part_encoding(field: &Field) -> TokenStream {
    let is_json = field.style == Some(Style::Json);
    let style = field.style.filter(|_| !is_json && !field.ty.is_file());
    let style = style.map(style_tokens);
    let style = style.map(|style| quote!(style: Some(#style),));
    // The digits of an integer are JSON already.
    let is_json = is_json && !matches!(field.ty, Type::Integer(_)) && !field.ty.is_file();
    let is_json = is_json.then(|| quote!(is_json: true,));
    let content_type = field.encoding.content_type();
    let content_type = content_type.map(|content_type| quote!(content_type: #content_type,));
    let headers = field.encoding.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| quote!((#name, #value)))
        .collect();
    let headers = (!headers.is_empty()).then(|| quote!(headers: &[#(#headers),*],));
    let changes = quote!(#style #is_json #content_type #headers);
    match changes.is_empty() {
        true => quote!(&PartEncoding::DEFAULT),
        false => quote!(&PartEncoding { #changes ..PartEncoding::DEFAULT }),
    }
}

/// Returns the type of an argument. Bytes are a `FilePart` in a multipart body, and raw bytes
/// elsewhere.
fn argument_type(operation: &Operation, field: &Field, ty: TokenStream) -> TokenStream {
    let multipart = matches!(
        operation.body,
        Some(Body {
            content: BodyContent::MultipartFields(_),
            ..
        })
    );
    match &field.ty {
        Type::Bytes if multipart => quote!(FilePart),
        ty if multipart && ty.is_file() => quote!(impl IntoIterator<Item = FilePart>),
        Type::Bytes => quote!(impl Into<crate::Body>),
        _ => ty,
    }
}

/// Returns true if the request body is JSON.
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

/// Returns an expression for a reference to the value, which the runtime serializes.
fn as_reference(ty: &Type, value: &TokenStream, name: &Ident) -> TokenStream {
    match ty {
        Type::Boolean => quote!(&#name),
        Type::Integer(_) => quote!(&#name.widen()),
        Type::Number(NumberWidth::F32) => quote!(&number::Float(#name)),
        Type::Number(NumberWidth::F64) => quote!(&number::Float(Into::<f64>::into(#name))),
        _ => value.clone(),
    }
}

/// Like [`as_reference`], but converts an integer to its digits. The runtime reads serialized values
/// as JSON, which would round a very large integer.
fn as_digits_or_reference(ty: &Type, value: &TokenStream, name: &Ident) -> TokenStream {
    match ty {
        Type::Integer(_) => quote!(&#name.widen().to_string()),
        Type::Array(item) if matches!(**item, Type::Integer(_)) => quote!(&list::digits(#name)),
        _ => as_reference(ty, value, name),
    }
}

impl Context<'_> {
    /// Returns the type of an argument and the expression for its value.
    fn argument_type_and_value(&self, ty: &Type, name: &Ident) -> (TokenStream, TokenStream) {
        match ty {
            Type::String => (quote!(impl AsRef<str>), quote!(#name.as_ref())),
            Type::Formatted(_) => (quote!(impl IntoText), quote!(#name.into_text().as_str())),
            ty if ty.text_name().is_some() => {
                let ty = tokens::ty(ty);
                (quote!(impl Into<#ty>), quote!(#name.into().as_str()))
            }
            Type::Boolean => (quote!(bool), quote!(#name)),
            // Not `impl Into<f32>`: a literal such as `0.5` would be inferred as `f64`, which does
            // not convert to `f32`.
            Type::Number(NumberWidth::F32) => (quote!(f32), quote!(#name)),
            Type::Number(NumberWidth::F64) => (quote!(impl Into<f64>), quote!(#name.into())),
            Type::Integer(_) => (quote!(impl Integer), quote!(#name.widen())),
            Type::Array(item) => {
                let (item, value) = self.list_item_and_value(item, name);
                (quote!(impl IntoIterator<Item = #item>), quote!(&#value))
            }
            _ => (self.ty(ty), quote!(&#name)),
        }
    }

    /// Returns the expression for the string, number or boolean of a scalar; `None` for other
    /// types.
    fn scalar(&self, ty: &Type, value: &TokenStream, name: &Ident) -> Option<TokenStream> {
        match ty {
            Type::Boolean | Type::Integer(_) | Type::Number(_) => Some(value.clone()),
            ty if ty.is_text() => Some(value.clone()),
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

/// Returns true for a query parameter whose reserved characters are not percent-encoded. Numbers and
/// booleans have none.
fn is_sent_reserved(parameter: &Parameter) -> bool {
    let is_plain = matches!(
        parameter.ty,
        Type::Integer(_) | Type::Number(_) | Type::Boolean
    );
    parameter.allow_reserved && !is_plain
}

fn location(parameter: &Parameter) -> TokenStream {
    match parameter.location {
        Location::Query if is_sent_reserved(parameter) => quote!(In::QueryReserved),
        Location::Path => quote!(In::Path),
        Location::Query => quote!(In::Query),
        Location::Header => quote!(In::Header),
        Location::Cookie => quote!(In::Cookie),
    }
}

fn style_tokens(style: Style) -> TokenStream {
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
