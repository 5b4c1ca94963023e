//! The traits of an operation, and the type of its response body.

use super::{Context, body_streams, docs, media_types, tokens};
use crate::model::{BodyFormat, Operation, Response, ResponseBody, StatusRange, Success, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Returns the type of the response body, and the function that reads a response.
fn output(context: &Context<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    let response = match &operation.success {
        Success::One(response) => response,
        Success::Several { rust, .. } => {
            let name = tokens::ident(rust);
            return (quote!(#name), quote!(#name::read(response)));
        }
    };
    match &response.body {
        None => (quote!(()), quote!(response.empty_as(()))),
        Some(ResponseBody { format, ty, .. }) => match format {
            BodyFormat::Json => match ty {
                Type::OneOrMany(_) => (
                    context.ty(&ty.as_list()),
                    quote!(response.decode_one_or_many()),
                ),
                _ => (context.ty(ty), quote!(response.decode())),
            },
            BodyFormat::Text => (quote!(String), quote!(response.text())),
            BodyFormat::Bytes => (quote!(Bytes), quote!(response.bytes())),
            BodyFormat::TextOrJson => (context.ty(ty), quote!(response.text_or_json())),
        },
    }
}

/// Generates the traits of an operation, and the enum for an operation with several success
/// responses.
///
/// The function `read` is `#[inline]`, so that it and the code that reads the response are compiled
/// in the user's crate, and only for the operations that it calls.
pub fn items(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let (ty, read) = output(context, operation);
    let id = &operation.name.wire;
    let mut items = vec![quote! {
        impl ApiOperation for operation::#builder {
            type Output = #ty;
            const ID: &'static str = #id;

            #[inline]
            fn read(response: RawResponse) -> Result<Response<#ty>, Error> {
                #read
            }
        }
    }];
    items.extend(operation.pagination.as_ref().map(|pagination| {
        let item = context.ty(&pagination.item);
        quote! {
            impl PaginatedOperation for operation::#builder {
                type Item = #item;
            }
        }
    }));
    items.extend(body_streams::operation_trait(context, operation));
    if let Success::Several { rust, responses } = &operation.success {
        items.extend(response_enum(context, &tokens::ident(rust), responses));
    }
    items
}

/// Generates the module with a type for each operation of a resource.
pub fn operation_module(operations: &[Operation]) -> TokenStream {
    let types = operations.iter().map(|operation| {
        let builder = tokens::ident(&operation.builder);
        let line = format!(
            "The operation `{}`, which [`{builder}`](super::{builder}) requests.",
            operation.name.wire
        );
        let lines = tokens::doc_lines(&docs::wrapped(&line));
        quote!(#lines pub enum #builder {})
    });
    quote! {
        /// The operations as types, which request builders are generic over.
        pub mod operation {
            #(#types)*
        }
    }
}

/// Describes the result of `send`.
pub fn send_docs(context: &Context<'_>, operation: &Operation) -> String {
    let (summary, description) = match &operation.success {
        Success::One(Response {
            body: None,
            description,
            ..
        }) => (
            "`send` returns `()` on success".to_owned(),
            description.as_deref(),
        ),
        Success::One(response) => (
            media_types::response_summary(response),
            response.description.as_deref(),
        ),
        Success::Several { .. } => (
            "`send` returns the response body, whose type depends on the status".to_owned(),
            None,
        ),
    };
    let summary = match description {
        Some(description) => format!(
            "{summary}: {}.",
            lower_first(&crate::model::first_sentence(description)).trim_end_matches('.')
        ),
        None => format!("{summary}."),
    };
    let note = match &operation.success {
        Success::One(response) => ignored_body_note(response),
        Success::Several { .. } => None,
    };
    let redirects = (!operation.redirects.is_empty()).then_some(REDIRECTS);
    let others = media_types::other_formats_note(operation);
    let parts = body_streams::note(context, operation);
    let sentences = [
        Some(summary.as_str()),
        parts.as_deref(),
        others.as_deref(),
        note.as_deref(),
        redirects,
    ];
    sentences
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The note on an operation whose result is a redirect.
pub const REDIRECTS: &str = "The redirect is not followed: `send_with_response` returns its status \
    and its headers, such as `Location`.";

/// Returns the note about a declared body that the response cannot have.
pub fn ignored_body_note(response: &Response) -> Option<String> {
    let media_type = docs::code(response.ignored_media_type.as_ref()?);
    Some(format!(
        "The API description declares a body of the type {media_type}, but such a response never has \
         a body."
    ))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if !characters.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => text.to_owned(),
    }
}

/// Generates the enum for an operation whose response body depends on the status, and its `read`
/// function.
fn response_enum(
    context: &Context<'_>,
    name: &Ident,
    responses: &[(String, Response)],
) -> [TokenStream; 2] {
    let variants = responses.iter().map(|(variant, response)| {
        let variant = tokens::ident(variant);
        let status = status_text(response.statuses);
        let line = match response.description.as_deref() {
            Some(description) => format!("{status}: {description}"),
            None => format!("{status}."),
        };
        let mut lines = docs::lines(&line);
        if let Some(note) = ignored_body_note(response) {
            lines.push(String::new());
            lines.extend(docs::wrapped(&note));
        }
        let lines = tokens::doc_lines(&lines);
        let payload = payload(context, response).map(|ty| quote!((#ty)));
        quote!(#lines #variant #payload,)
    });
    // An explicit status code takes precedence over a range that includes it (OpenAPI 3.0.3,
    // section 4.7.16.1).
    let mut by_status: Vec<_> = responses.iter().collect();
    by_status.sort_by_key(|(_, response)| response.statuses);
    let arms = by_status.into_iter().map(|(variant, response)| {
        let variant = tokens::ident(variant);
        let pattern = pattern(response.statuses);
        let read = match response.body.as_ref().map(|body| body.format) {
            None => quote!(response.empty_as(Self::#variant)),
            Some(BodyFormat::Json) => quote!(response.json_as(Self::#variant)),
            Some(BodyFormat::Text) => quote!(Ok(response.text()?.map(Self::#variant))),
            Some(BodyFormat::Bytes) => quote!(Ok(response.bytes()?.map(Self::#variant))),
            Some(BodyFormat::TextOrJson) => {
                quote!(Ok(response.text_or_json()?.map(Self::#variant)))
            }
        };
        quote!(#pattern => #read,)
    });
    [
        quote! {
            /// The body of a success response, with one variant per status.
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                /// The raw body of a success response whose status has no variant.
                Undeclared(Bytes),
            }
        },
        quote! {
            impl #name {
                fn read(response: RawResponse) -> Result<Response<Self>, Error> {
                    match response.status().as_u16() {
                        #(#arms)*
                        _ => Ok(response.bytes()?.map(Self::Undeclared)),
                    }
                }
            }
        },
    ]
}

fn payload(context: &Context<'_>, response: &Response) -> Option<TokenStream> {
    response.body.as_ref().map(|body| context.ty(&body.ty))
}

/// Formats a status for docs.
pub fn status_text(statuses: StatusRange) -> String {
    match statuses {
        StatusRange::One(status) => format!("Status {}", status.0),
        StatusRange::Class(class) => format!("Status {class}XX"),
        StatusRange::Any => "Any status".to_owned(),
    }
}

/// Returns the pattern that matches a status.
pub fn pattern(statuses: StatusRange) -> TokenStream {
    match statuses {
        StatusRange::One(status) => {
            let status = proc_macro2::Literal::u16_unsuffixed(status.0);
            quote!(#status)
        }
        StatusRange::Class(class) => {
            let first = u16::from(class).saturating_mul(100);
            let last = proc_macro2::Literal::u16_unsuffixed(first.saturating_add(99));
            let first = proc_macro2::Literal::u16_unsuffixed(first);
            quote!(#first..=#last)
        }
        StatusRange::Any => {
            let any = format_ident!("_any");
            quote!(#any)
        }
    }
}
