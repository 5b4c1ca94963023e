//! Response bodies that a program receives in parts: events, JSON values or chunks of bytes.

use super::{Context, docs, tokens};
use crate::model::{BodyStream, Operation, StreamFormat, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the trait of an operation whose success response is a stream.
pub fn operation_trait(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let BodyStream { format, ty } = operation.success.stream()?;
    let tokens = context.ty(ty);
    Some(match format {
        StreamFormat::Items => quote! {
            impl ItemOperation for operation::#builder {
                type Item = #tokens;
            }
        },
        StreamFormat::Events => {
            let read = match ty {
                Type::String => quote!(data.text_data()),
                _ => quote!(data.json_data()),
            };
            quote! {
                impl EventOperation for operation::#builder {
                    type Data = #tokens;

                    #[inline]
                    fn read_data(data: &RawResponse) -> Result<#tokens, Error> {
                        #read
                    }
                }
            }
        }
    })
}

/// Returns the operation that requests the response as a further media type that is a stream.
pub fn other_format(
    context: &Context<'_>,
    operation: &Operation,
    stream: &BodyStream,
) -> TokenStream {
    let builder = tokens::ident(&operation.builder);
    let ty = context.ty(&stream.ty);
    match (stream.format, &stream.ty) {
        (StreamFormat::Events, Type::String) => quote!(AsTextEvents<operation::#builder>),
        (StreamFormat::Events, _) => quote!(AsEvents<operation::#builder, #ty>),
        (StreamFormat::Items, _) => quote!(AsItems<operation::#builder, #ty>),
    }
}

/// Returns a sentence about the method that returns the parts of a stream.
pub fn parts_note(stream: &BodyStream) -> String {
    match (stream.format, &stream.ty) {
        (StreamFormat::Events, Type::String) => {
            "`events` returns the events as they arrive, with their data as strings.".to_owned()
        }
        (StreamFormat::Events, ty) => format!(
            "`events` returns the events as they arrive, with their data as {}; `text_events` returns \
             the data as strings.",
            docs::code(&ty.to_string())
        ),
        (StreamFormat::Items, ty) => format!(
            "`items` returns each {} as it arrives.",
            docs::code(&ty.to_string())
        ),
    }
}

/// Returns the method that returns the success response in parts, and before it the name of the method
/// that chooses the media type of the parts, unless it is the preferred one.
pub fn method<'a>(
    context: &Context<'_>,
    operation: &'a Operation,
) -> Option<(Option<&'a str>, &'static str)> {
    let name = |stream: &BodyStream| match stream.format {
        StreamFormat::Events => "events",
        StreamFormat::Items => "items",
    };
    if let Some(stream) = operation.success.stream() {
        return Some((None, name(stream)));
    }
    if context.has_streams && matches!(operation.success.ty(), Some(Type::Bytes)) {
        return Some((None, "chunks"));
    }
    let mut others = operation.other_formats.iter();
    others.find_map(|other| {
        let stream = other.body.stream.as_ref();
        Some((Some(other.rust.as_str()), name(stream?)))
    })
}

/// Returns the sentence about the methods that return the success response in parts, if there are
/// any.
pub fn note(context: &Context<'_>, operation: &Operation) -> Option<String> {
    if let Some(stream) = operation.success.stream() {
        return Some(parts_note(stream));
    }
    let is_bytes = matches!(operation.success.ty(), Some(Type::Bytes));
    let note = "`chunks` returns it in chunks as they arrive.";
    (is_bytes && context.has_streams).then(|| note.to_owned())
}
