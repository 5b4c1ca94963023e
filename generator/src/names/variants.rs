//! The words of union variants: the value of the tag, the title, a property that tells the variant
//! apart, or else a number. The words of other variants come from the names of their types.

use crate::model::unnamed::{Kind, Lowered, Origin, TypeDef, UnionVariant};
use crate::model::{Scalar, TypeId, TypeTable};
use std::collections::HashSet;

/// Sets the words of the variants of all unions. A variant that is named after its type has an empty
/// word.
pub fn assign(lowered: &mut Lowered) {
    let all: Vec<(TypeId, Vec<String>)> = lowered
        .types
        .iter()
        .filter_map(|(id, def)| match &def.kind {
            Kind::Union { variants, .. } => Some((id, words(lowered, id, variants))),
            _ => None,
        })
        .collect();
    for (id, words) in all {
        if let Kind::Union { variants, .. } = &mut lowered.types[id].kind {
            for (variant, word) in variants.iter_mut().zip(words) {
                variant.rust = word;
            }
        }
    }
}

fn words(lowered: &Lowered, union: TypeId, variants: &[UnionVariant]) -> Vec<String> {
    let mut used = HashSet::new();
    let mut words = Vec::new();
    for variant in variants {
        let is_free = |word: &String| !used.contains(&word.to_lowercase());
        let word = match variant.ty.id() {
            // Its kind of value names it.
            None => variant.rust.clone(),
            Some(id) if !lowered.types[id].rust.is_empty() => String::new(),
            Some(id) => {
                let inline = is_inline(lowered, id, union);
                let by_hint = || match (inline, is_number(&variant.rust)) {
                    (false, _) => Some(String::new()),
                    (true, true) => None,
                    (true, false) => Some(variant.rust.clone()),
                };
                // The base of a family has a tag of its own only by the way.
                let tag = by_tag(variant).filter(|_| !is_base(lowered, id));
                tag.filter(is_free)
                    .or_else(by_hint)
                    .or_else(|| by_values(&lowered.types[id]).filter(|word| is_free(word)))
                    .or_else(|| {
                        own_property(&lowered.types, id, variants).filter(|word| is_free(word))
                    })
                    .unwrap_or_else(|| variant.rust.clone())
            }
        };
        if !word.is_empty() {
            used.insert(word.to_lowercase());
        }
        words.push(word);
    }
    words
}

/// Returns true for the type of a component that others extend, itself.
fn is_base(lowered: &Lowered, id: TypeId) -> bool {
    let mut origins = lowered.origins[id].iter();
    origins.any(|origin| matches!(origin, Origin::Base { .. }))
}

/// Returns the value of the tag, if there is only one.
fn by_tag(variant: &UnionVariant) -> Option<String> {
    match variant.tags.as_slice() {
        // The component of a number or a boolean says more.
        [tag] if tag.chars().any(char::is_alphabetic) && tag != "true" && tag != "false" => {
            Some(tag.clone())
        }
        _ => None,
    }
}

/// Returns the only value of an enum, or the kind of its values.
fn by_values(def: &TypeDef) -> Option<String> {
    let Kind::Enum { scalar, values } = &def.kind else {
        return None;
    };
    let kind = match scalar {
        Scalar::String => "String",
        Scalar::Integer => "Integer",
        Scalar::Mixed => "Value",
    };
    match values.as_slice() {
        [only] if only.wire.is_empty() => Some("Empty".to_owned()),
        [only] if only.wire.chars().any(char::is_alphabetic) => Some(only.wire.clone()),
        _ => Some(kind.to_owned()),
    }
}

/// Returns true for a hint that only counts the variants.
fn is_number(hint: &str) -> bool {
    let digits = hint.strip_prefix("Variant").unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns true if the type of a variant is defined inline in the union, or is the base of a family,
/// which is a variant of each union of its family.
fn is_inline(lowered: &Lowered, id: TypeId, union: TypeId) -> bool {
    let response_type = |id: TypeId| match lowered.origins[id].as_slice() {
        [Origin::Input { of }] => *of,
        _ => id,
    };
    let (id, union) = (response_type(id), response_type(union));
    let is_component = |origin: &Origin| matches!(origin, Origin::Component(_));
    let is_variant = |origin: &Origin| match origin {
        Origin::Variant { union: other, .. } => *other == union,
        Origin::Base { .. } => true,
        _ => false,
    };
    let origins = &lowered.origins[id];
    !origins.iter().any(is_component) && origins.iter().any(is_variant)
}

/// Returns the first property that only this variant has: a required one, if there is one.
fn own_property(
    types: &TypeTable<TypeDef>,
    id: TypeId,
    variants: &[UnionVariant],
) -> Option<String> {
    let fields = |id: TypeId| match &types[id].kind {
        Kind::Struct { fields, .. } => fields.as_slice(),
        _ => &[],
    };
    let others: HashSet<&str> = variants
        .iter()
        .filter_map(|variant| variant.ty.id())
        .filter(|other| *other != id)
        .flat_map(fields)
        .map(|field| field.wire.as_str())
        .collect();
    let own = || {
        fields(id)
            .iter()
            .filter(|field| !others.contains(field.wire.as_str()))
    };
    let required = own().find(|field| field.required);
    let property = required.or_else(|| own().next())?;
    let is_word = property.wire.chars().any(char::is_alphabetic);
    is_word.then(|| property.wire.clone())
}
