//! The `send` methods of a request builder, and the types they return.

use super::{Context, docs, tokens};
use crate::model::{BodyFormat, Operation, Response, ResponseBody, StatusRange, Success};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The return type of `send`, and the runtime calls that send the request and read the response.
struct SendMethods {
    ty: TokenStream,
    send: TokenStream,
    send_with_response: TokenStream,
}

impl SendMethods {
    fn of(context: &Context<'_>, operation: &Operation) -> Self {
        let response = match &operation.success {
            Success::One(response) => response,
            Success::Several { rust, .. } => {
                let name = tokens::ident(rust);
                return Self::with_reader(quote!(#name), quote!(#name::read));
            }
        };
        match &response.body {
            None => Self {
                ty: quote!(()),
                send: quote!(send_empty()),
                send_with_response: quote!(send_empty_with_response()),
            },
            Some(ResponseBody {
                format: BodyFormat::Json,
                ty,
                ..
            }) => Self {
                ty: context.ty(ty),
                send: quote!(send()),
                send_with_response: quote!(send_with_response()),
            },
            Some(ResponseBody {
                format: BodyFormat::Text,
                ..
            }) => Self::with_reader(quote!(String), quote!(RawResponse::text)),
            Some(ResponseBody {
                format: BodyFormat::Bytes,
                ..
            }) => Self::with_reader(quote!(Bytes), quote!(RawResponse::bytes)),
        }
    }

    fn with_reader(ty: TokenStream, read: TokenStream) -> Self {
        Self {
            ty,
            send: quote!(send_as(#read)),
            send_with_response: quote!(send_as_with_response(#read)),
        }
    }
}

/// Generates the `impl` blocks with the `send` methods, and the enum for an operation with several
/// success responses.
pub fn items(context: &Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let mut items = vec![
        send_impl(context, &builder, operation, false),
        send_impl(context, &builder, operation, true),
    ];
    items.extend(request_traits(context, &builder, operation));
    if let Success::Several { rust, responses } = &operation.success {
        items.extend(response_enum(context, &tokens::ident(rust), responses));
    }
    items
}

/// Generates the implementations of the traits of request builders.
fn request_traits(
    context: &Context<'_>,
    builder: &Ident,
    operation: &Operation,
) -> Vec<TokenStream> {
    let SendMethods { ty, .. } = SendMethods::of(context, operation);
    let id = &operation.name.wire;
    let mut items = vec![
        quote!(operation_request!(#builder);),
        quote! {
            impl OperationRequest for #builder {
                type Output = #ty;
                const OPERATION_ID: &'static str = #id;
                operation_request!(methods);
            }
        },
    ];
    items.extend(operation.pagination.as_ref().map(|pagination| {
        let item = context.ty(&pagination.item);
        quote! {
            impl PaginatedRequest for #builder {
                type Item = #item;
                operation_request!(pages);
            }
        }
    }));
    items
}

/// Generates the `send` methods, for the async client or for the blocking client.
///
/// They are `#[inline]`, so that they and the code that reads their responses are compiled in the
/// user's crate, and only for the operations that it calls.
fn send_impl(
    context: &Context<'_>,
    builder: &Ident,
    operation: &Operation,
    is_blocking: bool,
) -> TokenStream {
    let SendMethods {
        ty,
        send,
        send_with_response,
    } = SendMethods::of(context, operation);
    let lines = send_docs(operation);
    let (attribute, client, return_type, return_type_with_response) = if is_blocking {
        (
            quote!(#[cfg(feature = "blocking")]),
            quote!(<Blocking>),
            quote!(Result<#ty, Error>),
            quote!(Result<Response<#ty>, Error>),
        )
    } else {
        let none = TokenStream::new();
        let response = quote!(SendFuture<#ty, Response<#ty>>);
        (none.clone(), none, quote!(SendFuture<#ty>), response)
    };
    let pagination_methods = pagination_methods(context, operation, is_blocking);
    quote! {
        #attribute
        impl #builder #client {
            #lines
            #[inline]
            pub fn send(self) -> #return_type {
                self.request.#send
            }

            /// Like `send`, but returns the full [`Response`]: status, headers and body.
            #[inline]
            pub fn send_with_response(self) -> #return_type_with_response {
                self.request.#send_with_response
            }

            #pagination_methods
        }
    }
}

fn pagination_methods(
    context: &Context<'_>,
    operation: &Operation,
    is_blocking: bool,
) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let item = context.ty(&pagination.item);
    let (items, pages) = if is_blocking {
        (quote!(blocking::Items), quote!(blocking::Pages))
    } else {
        (quote!(Items), quote!(Pages))
    };
    Some(quote! {
        /// Returns the items of this page and of all following pages. Each page is requested when
        /// its first item is needed.
        #[inline]
        pub fn stream(self) -> #items<#item> {
            self.request.items()
        }

        /// Returns this page and all following pages. Each page is requested when it is needed.
        #[inline]
        pub fn pages(self) -> #pages<#item> {
            self.request.pages()
        }
    })
}

fn send_docs(operation: &Operation) -> TokenStream {
    let (summary, description) = match &operation.success {
        Success::One(Response {
            body: None,
            description,
            ..
        }) => (
            "Sends the request and returns `()` on success",
            description.as_deref(),
        ),
        Success::One(response) => (
            "Sends the request and returns the response body",
            response.description.as_deref(),
        ),
        Success::Several { .. } => (
            "Sends the request and returns the response body, whose type depends on the status",
            None,
        ),
    };
    let line = match description {
        Some(description) => format!(
            "{summary}: {}.",
            lower_first(&crate::model::first_sentence(description)).trim_end_matches('.')
        ),
        None => format!("{summary}."),
    };
    tokens::doc_lines(&docs::lines(&line))
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
        let lines = tokens::doc_lines(&docs::lines(&line));
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
