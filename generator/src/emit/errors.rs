//! `errors.rs`: one enum of what the API answers instead of a result.

use super::{Context, SourceFile, docs, path, tokens};
use crate::model::{ErrorBody, ErrorVariant, Field, Kind, Payload, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The file of the errors.
pub fn file(context: &Context<'_>) -> SourceFile {
    let mut imports = Vec::new();
    let payloads = payload_names(context);
    if !payloads.is_empty() {
        let names = payloads.iter().map(|name| tokens::ident(name));
        imports.push(quote!(use crate::generated::models::{#(#names),*};));
    }
    imports.push(quote!(
        use crate::runtime::{ErrorReply, HeaderMap, Operation, StatusCode};
    ));
    imports.push(quote!(
        use std::borrow::Cow;
    ));
    imports.push(quote!(
        use std::fmt;
    ));
    let items = vec![definition(context), methods(context), display(), error()];
    SourceFile {
        path: path("errors"),
        docs: vec!["What the API answers instead of a result.".to_owned()],
        imports,
        items,
    }
}

fn payload_names<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let variants = context.api.errors.variants.iter();
    variants
        .filter_map(|variant| body(variant)?.ty.named())
        .collect()
}

fn body(variant: &ErrorVariant) -> Option<&ErrorBody> {
    match &variant.payload {
        Payload::One(body) => Some(body),
        Payload::None => None,
    }
}

fn definition(context: &Context<'_>) -> TokenStream {
    let variants = context.api.errors.variants.iter().map(|variant| {
        let summary = format!("Status {}.", variant.status.0);
        let lines = match &variant.description {
            Some(description) => docs::lines(&format!("{summary} {description}")),
            None => vec![summary],
        };
        let lines = tokens::doc_lines(&lines);
        let name = tokens::ident(&variant.rust);
        let payload = body(variant).map_or(quote!(ErrorReply), |body| tokens::ty(&body.ty));
        quote!(#lines #name(#payload),)
    });
    quote! {
        /// An error reply of the API, by its status.
        ///
        /// Every variant keeps the reply it came in: its status, its headers and its body as it was.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ApiError {
            #(#variants)*
            /// Every other status, and a body that is not what the status calls for: not JSON, or JSON of
            /// another shape.
            Unexpected(ErrorReply),
        }
    }
}

fn methods(context: &Context<'_>) -> TokenStream {
    let variants = &context.api.errors.variants;
    let read = variants.iter().map(|variant| {
        let status = proc_macro2::Literal::u16_unsuffixed(variant.status.0);
        let name = tokens::ident(&variant.rust);
        match body(variant) {
            Some(ErrorBody { envelope, .. }) => {
                quote!(#status => reply.read(&[#(#envelope),*], Self::#name),)
            }
            None => quote!(#status => Self::#name(reply),),
        }
    });
    let replies = variants.iter().map(|variant| {
        let name = tokens::ident(&variant.rust);
        match body(variant) {
            Some(_) => quote!(Self::#name(body) => &body.reply,),
            None => quote!(Self::#name(reply) => reply,),
        }
    });
    let accessors = accessors(context);
    quote! {
        impl ApiError {
            /// Reads an error reply: as the variant of its status, or as `Unexpected` when the body does
            /// not fit it.
            pub(crate) fn from_reply(_operation: &Operation, reply: ErrorReply) -> Self {
                match reply.status().as_u16() {
                    #(#read)*
                    _ => Self::Unexpected(reply),
                }
            }

            fn reply(&self) -> &ErrorReply {
                match self {
                    #(#replies)*
                    Self::Unexpected(reply) => reply,
                }
            }

            /// The reply's status.
            pub fn status(&self) -> StatusCode {
                self.reply().status()
            }

            /// The reply's headers.
            pub fn headers(&self) -> &HeaderMap {
                self.reply().headers()
            }

            /// The reply's body as it came, its first 64 KiB.
            pub fn body(&self) -> &[u8] {
                self.reply().body()
            }

            /// The same as text; what is not UTF-8 is replaced by U+FFFD.
            pub fn body_text(&self) -> Cow<'_, str> {
                self.reply().body_text()
            }

            #accessors
        }
    }
}

/// What the payloads say of the error, where they have a field for it.
fn accessors(context: &Context<'_>) -> TokenStream {
    let code = accessor(
        context,
        "code",
        "The API's own code for what went wrong.",
        |field| field.wire == "code",
    );
    let message = accessor(
        context,
        "message",
        "The API's explanation for people.",
        |field| field.error_message || field.wire == "message",
    );
    let doc_url = accessor(
        context,
        "doc_url",
        "Where the API's documentation tells more.",
        |field| field.wire == "doc_url",
    );
    quote!(#code #message #doc_url)
}

fn accessor(
    context: &Context<'_>,
    name: &str,
    summary: &str,
    wanted: fn(&Field) -> bool,
) -> TokenStream {
    let arms = context.api.errors.variants.iter().filter_map(|variant| {
        let def = context.types.get(body(variant)?.ty.named()?)?;
        let Kind::Struct(fields) = &def.kind else {
            return None;
        };
        let marked = fields
            .iter()
            .find(|field| field.error_message && wanted(field));
        let field = marked.or_else(|| fields.iter().find(|field| wanted(field)))?;
        let value = text_of(field, context)?;
        let variant = tokens::ident(&variant.rust);
        Some(quote!(Self::#variant(body) => #value,))
    });
    let arms: Vec<_> = arms.collect();
    let name = tokens::ident(name);
    let lines = tokens::doc_lines(&[summary.to_owned()]);
    let value = if arms.is_empty() {
        quote!(None)
    } else {
        quote!(match self { #(#arms)* _ => None, })
    };
    quote! {
        #lines
        pub fn #name(&self) -> Option<&str> {
            #value
        }
    }
}

/// The expression for a field's text, when it is one.
fn text_of(field: &Field, context: &Context<'_>) -> Option<TokenStream> {
    let name = tokens::ident(&field.rust);
    let optional = !field.required || field.nullable;
    match &field.ty {
        Type::String if optional => Some(quote!(body.#name.as_deref())),
        Type::String => Some(quote!(Some(&body.#name))),
        Type::Named(ty) if matches!(context.types.get(ty.as_str())?.kind, Kind::Enum(_)) => {
            if optional {
                Some(quote!(body.#name.as_ref().map(|value| value.as_str())))
            } else {
                Some(quote!(Some(body.#name.as_str())))
            }
        }
        _ => None,
    }
}

fn display() -> TokenStream {
    quote! {
        impl fmt::Display for ApiError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.reply().describe(self.code(), self.message(), f)
            }
        }
    }
}

fn error() -> TokenStream {
    quote! {
        impl std::error::Error for ApiError {}
    }
}
