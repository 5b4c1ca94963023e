//! `errors.rs`: the `ApiError` enum, with one variant per error status.

mod code;
mod payload;

use super::response::{pattern, status_text};
use super::{Context, SourceFile, docs, path, tokens};
use crate::model::{ErrorBody, ErrorVariant, Operation, Payload, Status, StatusRange};
use code::SharedCode;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Names that the file imports if it uses them. All but `BTreeMap` come from the runtime.
const IMPORT_CANDIDATES: [&str; 12] = [
    "BTreeMap",
    "Base64",
    "Date",
    "ErrorBody",
    "ErrorResponse",
    "ErrorValue",
    "HeaderMap",
    "OneOrMany",
    "Operation",
    "StatusCode",
    "TimeOfDay",
    "Timestamp",
];

/// Generates the file of the errors.
pub fn file(context: &Context<'_>) -> SourceFile {
    let context = &context.with_local_names(defined_types(context).collect());
    let mut items = vec![definition(context), methods(context), display(), error()];
    items.extend(
        context
            .api
            .errors
            .variants
            .iter()
            .flat_map(|variant| payload::per_operation(context, variant)),
    );
    let mut names = tokens::used_names(&items, &IMPORT_CANDIDATES);
    let maps = names.remove("BTreeMap");
    let mut imports: Vec<_> = context
        .import(&payload_names(context))
        .into_iter()
        .collect();
    imports.extend(tokens::runtime_imports(names));
    imports.push(quote!(
        use std::borrow::Cow;
    ));
    if maps {
        imports.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    imports.push(quote!(
        use std::fmt;
    ));
    SourceFile {
        path: path("errors"),
        docs: vec!["Error responses of the API.".to_owned()],
        attributes: TokenStream::new(),
        imports,
        items,
    }
}

/// Returns the names of the enums for variants whose payload depends on the operation.
fn defined_types<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let variants = context.api.errors.variants.iter();
    variants.filter_map(|variant| match &variant.payload {
        Payload::PerOperation { rust, .. } => Some(rust.as_str()),
        _ => None,
    })
}

fn payload_names<'a>(context: &Context<'a>) -> BTreeSet<&'a str> {
    let variants = context.api.errors.variants.iter();
    let payloads = variants
        .flat_map(|variant| variant.payload.bodies())
        .filter_map(|body| body.ty.name());
    let code = SharedCode::of(context).map(|code| code.name);
    payloads.chain(code).collect()
}

fn definition(context: &Context<'_>) -> TokenStream {
    let variants = context.api.errors.variants.iter().map(|variant| {
        let summary = match variant.status {
            StatusRange::Any => "Any other status.".to_owned(),
            status => format!("{}.", status_text(status)),
        };
        let lines = match &variant.description {
            Some(description) => docs::lines(&format!("{summary} {description}")),
            None => vec![summary],
        };
        let lines = tokens::doc_lines(&lines);
        let name = tokens::ident(&variant.rust);
        let payload = payload::variant_type(context, variant);
        quote!(#lines #name(#payload),)
    });
    quote! {
        /// An error response of the API, with one variant per status.
        ///
        /// Every variant keeps the status, the headers and the raw body of the response.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ApiError {
            #(#variants)*
            /// An error response whose status has no variant, or whose body does not match the
            /// schema for its status.
            Unexpected(ErrorResponse),
        }
    }
}

/// Returns the `error_bodies` of an operation; `None` if it has none.
///
/// They hold the index of the body for each status whose body depends on the operation, an entry for
/// each other status range that the operation declares, and one for each status that other operations
/// declare, but this one only with a range.
pub fn bodies(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    let entries = context.api.errors.variants.iter().filter_map(|variant| {
        let ranged = !matches!(variant.status, StatusRange::One(_));
        let declares = operation
            .errors
            .iter()
            .any(|error| error.status == variant.status)
            || (variant.status == StatusRange::Any && operation.default_error);
        let number = match &variant.payload {
            Payload::PerOperation { bodies, .. } => bodies
                .iter()
                .position(|body| body.operations.contains(&operation.pointer)),
            _ => (ranged && declares).then_some(0),
        };
        let number = match is_in_range_only(operation, variant.status) {
            true => Some(usize::from(u8::MAX)),
            false => number,
        };
        let number = proc_macro2::Literal::usize_unsuffixed(number?);
        let key = proc_macro2::Literal::u16_unsuffixed(key(variant.status));
        Some(quote!((#key, #number)))
    });
    let entries: Vec<_> = entries.collect();
    (!entries.is_empty()).then(|| quote!(error_bodies: &[#(#entries),*],))
}

/// Returns true if the operation does not declare the status itself, but a range that contains it.
fn is_in_range_only(operation: &Operation, status: StatusRange) -> bool {
    let StatusRange::One(Status(code @ 400..=599)) = status else {
        return false;
    };
    let mut errors = operation.errors.iter();
    let is_class =
        |declared| matches!(declared, StatusRange::Class(class) if u16::from(class) == code / 100);
    let has_range = operation.default_error || errors.any(|error| is_class(error.status));
    has_range && operation.errors.iter().all(|error| error.status != status)
}

/// Returns the key of a status in the definition of an operation: the digit for a class such as 4XX, 0 for any
/// status.
pub fn key(status: StatusRange) -> u16 {
    match status {
        StatusRange::One(status) => status.0,
        StatusRange::Class(class) => u16::from(class),
        StatusRange::Any => 0,
    }
}

/// Returns a status or a range as in the document, such as `404` or `5XX`; `None` for `default`.
pub fn status_code(status: StatusRange) -> Option<String> {
    match status {
        StatusRange::One(status) => Some(status.0.to_string()),
        StatusRange::Class(class) => Some(format!("{class}XX")),
        StatusRange::Any => None,
    }
}

/// Generates the match arm that parses the body of a status. It applies to a status range only if
/// the operation declares the range.
fn read(context: &Context<'_>, variant: &ErrorVariant) -> TokenStream {
    let name = tokens::ident(&variant.rust);
    let key = proc_macro2::Literal::u16_unsuffixed(key(variant.status));
    let ranged = !matches!(variant.status, StatusRange::One(_));
    let resources = context.api.resources.iter();
    let mut operations = resources.flat_map(|resource| &resource.operations);
    let is_ranged_elsewhere = operations.any(|one| is_in_range_only(one, variant.status));
    let guard = match (ranged, is_ranged_elsewhere) {
        (true, _) => quote!(if operation.error_body(#key).is_some()),
        (false, true) => quote!(if !operation.is_in_range_only(#key)),
        (false, false) => TokenStream::new(),
    };
    let pattern = pattern(variant.status);
    let read = match &variant.payload {
        Payload::None => quote!(Self::#name(response)),
        Payload::One(ErrorBody { envelope, .. }) => {
            quote!(response.read(&[#(#envelope),*], Self::#name))
        }
        Payload::PerOperation { rust, bodies } => {
            let body_enum = tokens::ident(rust);
            let arms = bodies.iter().enumerate().map(|(number, body)| {
                let number = proc_macro2::Literal::usize_unsuffixed(number);
                let variant = tokens::ident(&body.rust);
                match &body.body {
                    None => quote!(Some(#number) => Self::#name(#body_enum::#variant(response)),),
                    Some(ErrorBody { envelope, .. }) => quote! {
                        Some(#number) => {
                            response.read(&[#(#envelope),*], |body| Self::#name(#body_enum::#variant(body)))
                        }
                    },
                }
            });
            quote!(match operation.error_body(#key) { #(#arms)* _ => Self::Unexpected(response), })
        }
    };
    quote!(#pattern #guard => #read,)
}

fn methods(context: &Context<'_>) -> TokenStream {
    let variants = &context.api.errors.variants;
    let reads = variants.iter().map(|variant| read(context, variant));
    let uses_operation = variants.iter().any(|variant| {
        !matches!(variant.status, StatusRange::One(_))
            || matches!(variant.payload, Payload::PerOperation { .. })
    });
    let operation = tokens::ident(if uses_operation {
        "operation"
    } else {
        "_operation"
    });
    let accessors = payload::accessors(context);
    let error_code = SharedCode::of(context).map(|code| code.accessor(context));
    let read = if variants.is_empty() {
        quote!(Self::Unexpected(response))
    } else {
        quote!(match response.status().as_u16() { #(#reads)* _ => Self::Unexpected(response), })
    };
    quote! {
        impl ApiError {
            /// Parses an error response into the variant for its status, or into `Unexpected` if
            /// the body does not match.
            pub(crate) fn from_response(#operation: &Operation, response: ErrorResponse) -> Self {
                #read
            }

            #accessors

            #error_code
        }
    }
}

fn display() -> TokenStream {
    quote! {
        impl fmt::Display for ApiError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.payload().response().describe(self.status(), self.code(), self.message(), f)
            }
        }
    }
}

fn error() -> TokenStream {
    quote! {
        impl std::error::Error for ApiError {}
    }
}
