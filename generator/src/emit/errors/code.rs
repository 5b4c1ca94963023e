//! The accessor `error_code`, for an API whose error bodies share one enum of error codes.

use super::super::{Context, tokens};
use crate::model::{ErrorBody, Field, Kind, OperationErrorBody, Payload, Scalar, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The enum of error codes that all error bodies share.
pub struct SharedCode<'a> {
    /// The name of the enum.
    pub name: &'a str,
}

impl<'a> SharedCode<'a> {
    /// Returns the enum if each error body of the API has a field `code` with it as its type.
    pub fn of(context: &Context<'a>) -> Option<Self> {
        let variants = context.api.errors.variants.iter();
        let bodies = variants.flat_map(|variant| variant.payload.bodies());
        let mut names = bodies.map(|body| {
            let field = code_field(context, body)?;
            enum_name(context, &field.ty)
        });
        let first = names.next()??;
        names
            .all(|name| name == Some(first))
            .then_some(Self { name: first })
    }

    /// Generates the accessor of `ApiError`.
    pub fn accessor(&self, context: &Context<'_>) -> TokenStream {
        let variants = context.api.errors.variants.iter();
        let arms = variants.filter_map(|variant| {
            let (content, code) = match &variant.payload {
                Payload::None => return None,
                Payload::One(body) => (body.ty.to_string(), code_expression(context, body)?),
                Payload::PerOperation { rust, .. } => (rust.clone(), quote!(payload.error_code())),
            };
            Some(Arm::new(&variant.rust, content, code))
        });
        self.method(context, arms, true)
    }

    /// Generates the accessor of the enum for a variant whose payload depends on the operation.
    pub fn per_operation(
        &self,
        context: &Context<'_>,
        bodies: &[OperationErrorBody],
    ) -> TokenStream {
        let arms = bodies.iter().filter_map(|variant| {
            let body = variant.body.as_ref()?;
            let code = code_expression(context, body)?;
            Some(Arm::new(&variant.rust, body.ty.to_string(), code))
        });
        let has_bodyless_variant = bodies.iter().any(|variant| variant.body.is_none());
        self.method(context, arms, has_bodyless_variant)
    }

    fn method(
        &self,
        context: &Context<'_>,
        arms: impl Iterator<Item = Arm>,
        has_other_variants: bool,
    ) -> TokenStream {
        let ty = context.ty(&Type::Named(self.name.to_owned()));
        let arms = grouped(arms);
        let other = has_other_variants.then(|| quote!(_ => None,));
        quote! {
            /// Returns the error code of the API, or `None` if the response has none.
            pub fn error_code(&self) -> Option<&#ty> {
                match self {
                    #(#arms)*
                    #other
                }
            }
        }
    }
}

/// A match arm for a variant.
struct Arm {
    variant: Ident,
    /// The type of the variant's content.
    content: String,
    code: TokenStream,
}

impl Arm {
    fn new(variant: &str, content: String, code: TokenStream) -> Self {
        Self {
            variant: tokens::ident(variant),
            content,
            code,
        }
    }
}

/// Returns the match arms, with one arm for all variants with the same content.
fn grouped(arms: impl Iterator<Item = Arm>) -> Vec<TokenStream> {
    let mut groups: Vec<(Arm, Vec<Ident>)> = Vec::new();
    for arm in arms {
        let same = groups
            .iter_mut()
            .find(|(first, _)| first.content == arm.content);
        match same {
            Some((_, variants)) => variants.push(arm.variant),
            None => {
                let variants = vec![arm.variant.clone()];
                groups.push((arm, variants));
            }
        }
    }
    let arms = groups
        .into_iter()
        .map(|(Arm { code, .. }, variants)| quote!(#(Self::#variants(payload))|* => #code,));
    arms.collect()
}

/// Returns the field of a body that contains the error code.
fn code_field<'a>(context: &Context<'a>, body: &ErrorBody) -> Option<&'a Field> {
    let Type::Named(name) = &body.ty else {
        return None;
    };
    match &context.definition(name)?.kind {
        Kind::Struct { fields, .. } => fields.iter().find(|field| field.wire == "code"),
        _ => None,
    }
}

/// Returns the name of a string enum.
fn enum_name<'a>(context: &Context<'a>, ty: &Type) -> Option<&'a str> {
    let Type::Named(name) = ty else { return None };
    let def = context.definition(name)?;
    match def.kind {
        Kind::Enum {
            scalar: Scalar::String,
            ..
        } => Some(&def.rust),
        _ => None,
    }
}

/// Returns the expression for the code of a body.
fn code_expression(context: &Context<'_>, body: &ErrorBody) -> Option<TokenStream> {
    let field = code_field(context, body)?;
    let name = tokens::ident(&field.rust);
    Some(if field.is_option() {
        quote!(payload.#name.as_ref())
    } else {
        quote!(Some(&payload.#name))
    })
}
