//! Unions: enums with one variant for each type that a value may have.

use super::{Context, conversions, docs, tokens};
use crate::model::{Field, Kind, Scalar, Tagging, Type, TypeDef, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the enum of a union, and its serialization and deserialization.
pub fn items(
    context: &Context<'_>,
    def: &TypeDef,
    tagging: &Tagging,
    variants: &[UnionVariant],
) -> Vec<TokenStream> {
    let name = tokens::ident(&def.rust);
    let lines = tokens::type_docs(def);
    let deprecated = tokens::deprecated(def.deprecated.as_deref());
    let members = variants.iter().map(|variant| {
        let line = variant_docs(context, tagging, variant, variants);
        let line = line.map(|line| tokens::doc_lines(&docs::lines(&line)));
        let (variant, ty) = (tokens::ident(&variant.rust), payload(&variant.ty));
        quote!(#line #variant(#ty),)
    });
    let writes = variants.iter().map(|variant| {
        let tag = written_tag(context, tagging, variant, variants);
        let variant_name = tokens::ident(&variant.rust);
        match tag {
            Some((property, tag)) => {
                let tag = tag_value(context, property, tag, variants);
                quote!(Self::#variant_name(value) => union::write(value, #property, #tag, serializer),)
            }
            None => quote!(Self::#variant_name(value) => value.serialize(serializer),),
        }
    });
    let mut items = vec![
        quote! {
            #lines
            #deprecated
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// A value that matches no other variant.
                Unknown(serde_json::Value),
            }
        },
        quote! {
            impl Default for #name {
                /// Returns an unknown value: a placeholder, for tests.
                fn default() -> Self {
                    Self::Unknown(serde_json::Value::Null)
                }
            }
        },
        quote! {
            impl Serialize for #name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(#writes)*
                        Self::Unknown(value) => value.serialize(serializer),
                    }
                }
            }
        },
        deserialize_impl(context, &name, tagging, variants),
    ];
    items.extend(
        variants
            .iter()
            .flat_map(|variant| conversions::from_impls(context, &name, variant, variants)),
    );
    items
}

/// Returns the tag that is written with a variant, and its property, if the value itself may lack it:
/// its type does not declare the property, or the property can be absent although it selects the
/// variant. If it can be null, it stays absent.
fn written_tag<'a>(
    context: &Context<'_>,
    tagging: &'a Tagging,
    variant: &'a UnionVariant,
    variants: &[UnionVariant],
) -> Option<(&'a str, &'a str)> {
    let property = tagging.property()?;
    if is_tagged_union(context, &variant.ty, property) {
        return None;
    }
    let tag = variant.tags.first()?;
    let field = field(context, variant, property);
    let can_omit = |field: &Field| match tagging {
        Tagging::OptionalProperty(_) => field.nullable,
        _ => is_base(tagging, variant, variants),
    };
    if field.is_some_and(|field| !field.is_option() || can_omit(field)) {
        return None;
    }
    Some((property, tag))
}

/// Returns true if the type is a union that writes the tag itself.
fn is_tagged_union(context: &Context<'_>, ty: &Type, property: &str) -> bool {
    let def = ty.name().and_then(|name| context.definition(name));
    def.is_some_and(|def| {
        matches!(&def.kind, Kind::Union { tagging, .. } if tagging.property() == Some(property))
    })
}

/// Returns true for the variant that a value without the tag becomes.
fn is_base(tagging: &Tagging, variant: &UnionVariant, variants: &[UnionVariant]) -> bool {
    matches!(tagging, Tagging::PropertyOrBase(_)) && variants.first() == Some(variant)
}

/// Returns a property of a variant, if the variant is a struct that declares it.
fn field<'a>(context: &Context<'a>, variant: &UnionVariant, wire: &str) -> Option<&'a Field> {
    let Kind::Struct { fields, .. } = &context.definition(variant.ty.named()?)?.kind else {
        return None;
    };
    fields.iter().find(|field| field.wire == wire)
}

/// Returns true if the struct of a variant has no field for the property of the tag.
fn is_implied(context: &Context<'_>, variant: &UnionVariant, property: &str) -> bool {
    let def = variant.ty.named().and_then(|name| context.definition(name));
    def.is_some_and(|def| match &def.kind {
        Kind::Struct { fields, additional } => {
            additional.is_none() && fields.iter().all(|field| field.wire != property)
        }
        _ => false,
    })
}

/// Returns the expression for a tag as JSON. It is a string unless another variant declares the
/// property as an integer or a boolean.
fn tag_value(
    context: &Context<'_>,
    property: &str,
    tag: &str,
    variants: &[UnionVariant],
) -> TokenStream {
    let mut types = variants
        .iter()
        .filter_map(|variant| Some(&field(context, variant, property)?.ty));
    let is_integer = |ty: &Type| match ty {
        Type::Integer(_) => true,
        Type::Named(name) => context.definition(name).is_some_and(|def| {
            matches!(
                def.kind,
                Kind::Enum {
                    scalar: Scalar::Integer,
                    ..
                }
            )
        }),
        _ => false,
    };
    match (types.next(), tag.parse::<i64>(), tag.parse::<bool>()) {
        (Some(ty), Ok(tag), _) if is_integer(ty) => quote!(#tag.into()),
        (Some(Type::Boolean), _, Ok(tag)) => quote!(#tag.into()),
        _ => quote!(#tag.into()),
    }
}

/// Returns the docs of a variant; `None` if the document does not describe its type.
fn variant_docs(
    context: &Context<'_>,
    tagging: &Tagging,
    variant: &UnionVariant,
    variants: &[UnionVariant],
) -> Option<String> {
    let Some(property) = tagging.property() else {
        return match &variant.ty {
            Type::Named(name) => {
                let description = context.definition(name)?.docs.description.as_deref();
                description.map(crate::model::first_sentence)
            }
            ty => Some(format!("{}.", describe_type(ty))),
        };
    };
    let tags: Vec<_> = variant.tags.iter().map(|tag| docs::code(tag)).collect();
    let mut values = tags.clone();
    if is_base(tagging, variant, variants) {
        values.push("absent".to_owned());
    }
    let when = format!("When {} is {}.", docs::code(property), values.join(" or "));
    Some(
        match (
            written_tag(context, tagging, variant, variants),
            tags.as_slice(),
        ) {
            (Some(_), [first, _, ..]) => format!("{when} It is written as {first}."),
            _ => when,
        },
    )
}

/// Describes a type in words.
fn describe_type(ty: &Type) -> String {
    match ty {
        Type::String | Type::Formatted(_) => "A string".to_owned(),
        Type::Timestamp => "A timestamp".to_owned(),
        Type::Date => "A date".to_owned(),
        Type::Time => "A time of day".to_owned(),
        Type::Base64 => "Binary data as base64".to_owned(),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Integer(_) => "An integer".to_owned(),
        Type::Number(_) => "A number".to_owned(),
        Type::Array(item) | Type::OneOrMany(item) => item.named().map_or_else(
            || "An array".to_owned(),
            |name| format!("An array of `{name}`"),
        ),
        Type::Map(_) => "An object with arbitrary keys".to_owned(),
        _ => "A value".to_owned(),
    }
}

/// Returns the payload type of a variant. Named types are boxed, so that large variants do not
/// enlarge the enum and a union may contain itself.
fn payload(ty: &Type) -> TokenStream {
    let inner = tokens::ty(ty);
    match ty {
        Type::Named(_) => quote!(Box<#inner>),
        _ => inner,
    }
}

fn deserialize_impl(
    context: &Context<'_>,
    name: &proc_macro2::Ident,
    tagging: &Tagging,
    variants: &[UnionVariant],
) -> TokenStream {
    let read = match tagging {
        Tagging::Property(property) => by_tag(context, property, variants, &TokenStream::new()),
        Tagging::OptionalProperty(property) => {
            let best_match = by_best_match(variants);
            by_tag(context, property, variants, &quote!(None => #best_match,))
        }
        Tagging::PropertyOrBase(property) => {
            let base = variants.first().map(|base| {
                let base = tokens::ident(&base.rust);
                quote!(None => union::read(&value).map(Self::#base),)
            });
            by_tag(context, property, variants, &base.unwrap_or_default())
        }
        Tagging::Untagged => by_best_match(variants),
    };
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let read = #read;
                Ok(union::or_unknown(read, value, Self::Unknown))
            }
        }
    }
}

/// Generates the expression that selects the variant by the tag of a value. `untagged` is the match
/// arm for a value without a tag.
fn by_tag(
    context: &Context<'_>,
    property: &str,
    variants: &[UnionVariant],
    untagged: &TokenStream,
) -> TokenStream {
    let tagged = variants.iter().filter(|variant| !variant.tags.is_empty());
    let arms = tagged.map(|variant| {
        let read = match is_implied(context, variant, property) {
            true => quote!(read_tagged),
            false => quote!(read),
        };
        let (tags, variant) = (&variant.tags, tokens::ident(&variant.rust));
        quote!(Some(#(#tags)|*) => union::#read(&value).map(Self::#variant),)
    });
    quote! {
        match union::tag(&value, #property).as_deref() {
            #(#arms)*
            #untagged
            _ => None,
        }
    }
}

/// Generates the expression that selects the variant that matches most of a value.
fn by_best_match(variants: &[UnionVariant]) -> TokenStream {
    let candidates = variants.iter().map(|variant| {
        let (ty, variant) = (&variant.ty, tokens::ident(&variant.rust));
        match ty {
            // The map of a schema that contains itself has no other variant to compete with.
            Type::Map(_) if variants.len() > 1 => quote!(.or_map(Self::#variant)),
            _ => quote!(.or(Self::#variant)),
        }
    });
    quote!(union::UnionMatch::of(&value) #(#candidates)*.best())
}
