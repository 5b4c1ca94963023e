//! The payloads of the variants of `ApiError`, and the accessors that go through them.

use super::super::{Context, tokens};
use super::code::SharedCode;
use crate::model::{ErrorBody, ErrorVariant, Kind, Payload, StatusRange, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Generates the enum for a variant whose payload depends on the operation.
pub fn per_operation(context: &Context<'_>, variant: &ErrorVariant) -> Vec<TokenStream> {
    let Payload::PerOperation { rust, bodies } = &variant.payload else {
        return Vec::new();
    };
    let name = tokens::ident(rust);
    let line = format!(
        "The body of [`ApiError::{}`], which depends on the operation.",
        variant.rust
    );
    let lines = tokens::doc_lines(&[line]);
    let variants = bodies.iter().map(|body| {
        let count = body.operations.len();
        let line = format!(
            "The body that {count} operation{} can return.",
            if count == 1 { "" } else { "s" }
        );
        let lines = tokens::doc_lines(&[line]);
        let variant = tokens::ident(&body.rust);
        let content = content_type(context, body.body.as_ref());
        quote!(#lines #variant(#content),)
    });
    let payload = payload_method(bodies.iter().map(|body| Variant {
        name: tokens::ident(&body.rust),
        content: content_type(context, body.body.as_ref()),
        payload: quote!(payload),
    }));
    let error_code = SharedCode::of(context).map(|code| code.per_operation(context, bodies));
    vec![
        quote! {
            #lines
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        },
        quote! {
            impl #name {
                #payload
                #error_code
            }
        },
    ]
}

/// Returns the type of the content of a variant of `ApiError`.
pub fn variant_type(context: &Context<'_>, variant: &ErrorVariant) -> TokenStream {
    match &variant.payload {
        Payload::None => content_type(context, None),
        Payload::One(body) => content_type(context, Some(body)),
        Payload::PerOperation { rust, .. } => {
            let name = tokens::ident(rust);
            quote!(#name)
        }
    }
}

/// Returns the type of a body. A struct has its own field for the response, and other bodies are
/// wrapped in `ErrorValue`. Without a body, the content is the response itself.
fn content_type(context: &Context<'_>, body: Option<&ErrorBody>) -> TokenStream {
    let Some(ErrorBody { ty, .. }) = body else {
        return quote!(ErrorResponse);
    };
    let is_struct = |name: &String| {
        let def = context.definition(name);
        def.is_some_and(|def| matches!(def.kind, Kind::Struct { .. }))
    };
    let tokens = context.ty(ty);
    match ty {
        Type::Named(name) if is_struct(name) => tokens,
        _ => quote!(ErrorValue<#tokens>),
    }
}

/// Generates the methods of `ApiError` that return a part of the payload.
pub fn accessors(context: &Context<'_>) -> TokenStream {
    let variants = context.api.errors.variants.iter();
    let unexpected = Variant {
        name: tokens::ident("Unexpected"),
        content: quote!(ErrorResponse),
        payload: quote!(payload),
    };
    let variants = variants.map(|variant| Variant {
        name: tokens::ident(&variant.rust),
        content: variant_type(context, variant),
        payload: match &variant.payload {
            Payload::PerOperation { .. } => quote!(payload.payload()),
            Payload::None | Payload::One(_) => quote!(payload),
        },
    });
    let payload = payload_method(variants.chain([unexpected]));
    let status = status(context);
    let strings = [
        ("code", "error code of the API"),
        ("message", "error message of the API"),
        ("doc_url", "URL of the documentation for the error"),
    ];
    let strings = strings.map(|(name, value)| {
        let summary = format!("Returns the {value}, or `None` if the response has none.");
        let (name, lines) = (tokens::ident(name), tokens::doc_lines(&[summary]));
        quote! {
            #lines
            pub fn #name(&self) -> Option<&str> {
                self.payload().#name()
            }
        }
    });
    quote! {
        #payload

        #status

        /// Returns the headers of the response.
        pub fn headers(&self) -> &HeaderMap {
            self.payload().response().headers()
        }

        /// Returns the raw body of the response, truncated to 64 KiB.
        pub fn body(&self) -> &[u8] {
            self.payload().response().body()
        }

        /// Returns the body as a string. Invalid UTF-8 is replaced with U+FFFD.
        pub fn body_text(&self) -> Cow<'_, str> {
            self.payload().response().body_text()
        }

        #(#strings)*
    }
}

/// Generates the methods that return the status.
fn status(context: &Context<'_>) -> TokenStream {
    let declared_status = declared_status(context);
    let status = match &declared_status {
        Some(_) => quote!(status_or(self.declared_status())),
        None => quote!(status()),
    };
    quote! {
        #declared_status

        /// Returns the status of the response. An error that a program creates for its tests has the
        /// status of its variant.
        pub fn status(&self) -> StatusCode {
            self.payload().response().#status
        }
    }
}

/// The status of an error without a response, if its variant does not state one.
const OTHER_STATUS: u16 = 500;

/// Generates the method that returns the status of an error without a response: the one of its
/// variant, or the first one of its class, such as 400 for 4XX.
///
/// Returns `None` if all variants have the same status as an `ErrorResponse` without a response.
fn declared_status(context: &Context<'_>) -> Option<TokenStream> {
    let variants = context.api.errors.variants.iter();
    let arms = variants.filter_map(|variant| {
        let name = tokens::ident(&variant.rust);
        let status = match variant.status {
            StatusRange::One(status) => status.0,
            StatusRange::Class(class) => u16::from(class).saturating_mul(100),
            StatusRange::Any => OTHER_STATUS,
        };
        // The last arm covers it.
        if status == OTHER_STATUS {
            return None;
        }
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        Some(quote!(Self::#name(_) => #status,))
    });
    let arms: Vec<_> = arms.collect();
    let other = proc_macro2::Literal::u16_unsuffixed(OTHER_STATUS);
    (!arms.is_empty()).then(|| {
        quote! {
            /// Returns the status of an error without a response.
            fn declared_status(&self) -> StatusCode {
                let status = match self {
                    #(#arms)*
                    _ => #other,
                };
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    })
}

/// A variant of an enum of payloads.
struct Variant {
    name: Ident,
    /// The type of its content.
    content: TokenStream,
    /// The expression for the payload, if `payload` is the content.
    payload: TokenStream,
}

/// Generates the method that returns the payload of each variant. Variants with the same content
/// share an arm.
fn payload_method(variants: impl Iterator<Item = Variant>) -> TokenStream {
    let mut arms: Vec<(Variant, Vec<TokenStream>)> = Vec::new();
    for variant in variants {
        let name = &variant.name;
        let pattern = quote!(Self::#name(payload));
        let content = variant.content.to_string();
        let arm = arms
            .iter_mut()
            .find(|(first, _)| first.content.to_string() == content);
        match arm {
            Some((_, patterns)) => patterns.push(pattern),
            None => arms.push((variant, vec![pattern])),
        }
    }
    let arms = arms
        .iter()
        .map(|(Variant { payload, .. }, patterns)| quote!(#(#patterns)|* => #payload,));
    quote! {
        /// Returns the payload of the variant.
        pub(crate) fn payload(&self) -> &dyn ErrorBody {
            match self {
                #(#arms)*
            }
        }
    }
}
