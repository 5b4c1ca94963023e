//! Corrections of the variants of unions, for which all types must be known.

use crate::model::unnamed::{Kind, Type, TypeDef, UnionVariant};
use crate::model::{Tagging, TypeTable};

/// Replaces each variant's type by the target if the type is an alias of a named type.
///
/// A component with a single branch that refers back to the component becomes such an alias. If two
/// variants of an untagged union then have the same type, only the first one is kept.
pub fn resolve_alias_variants(types: &mut TypeTable<TypeDef>) {
    let aliases = types.map(|_, def| alias(def));
    let target = |ty: &Type| aliases[ty.direct_id()?].clone();
    for def in types.values_mut() {
        let Kind::Union { tagging, variants } = &mut def.kind else {
            continue;
        };
        for variant in variants.iter_mut() {
            if let Some(ty) = target(&variant.ty) {
                variant.ty = ty;
            }
        }
        if *tagging == Tagging::Untagged {
            let mut seen = Vec::new();
            variants.retain(|variant| {
                let is_new = !seen.contains(&variant.ty);
                seen.push(variant.ty.clone());
                is_new
            });
        }
    }
}

/// Splits each variant with several tags whose type does not keep the tag. There is a variant for each
/// of the tags then, so that each value is written as it was read.
pub fn split_tags(types: &mut TypeTable<TypeDef>) {
    let splits: Vec<_> = types
        .iter()
        .filter_map(|(id, def)| Some((id, split(types, &def.kind)?)))
        .collect();
    for (id, split) in splits {
        if let Kind::Union { variants, .. } = &mut types[id].kind {
            *variants = split;
        }
    }
}

/// Returns the variants of a union, or `None` if none of them is split.
fn split(types: &TypeTable<TypeDef>, kind: &Kind) -> Option<Vec<UnionVariant>> {
    let Kind::Union { tagging, variants } = kind else {
        return None;
    };
    let property = tagging.property()?;
    let is_split = |variant: &UnionVariant| {
        variant.tags.len() > 1 && is_object_without(types, &variant.ty, property)
    };
    variants.iter().any(is_split).then_some(())?;
    let split = variants.iter().flat_map(|variant| {
        let sets = match is_split(variant) {
            true => variant.tags.iter().map(|tag| vec![tag.clone()]).collect(),
            false => vec![variant.tags.clone()],
        };
        sets.into_iter().map(|tags| UnionVariant {
            tags,
            ..variant.clone()
        })
    });
    Some(split.collect())
}

/// Returns true for a struct that has no field for the property.
fn is_object_without(types: &TypeTable<TypeDef>, ty: &Type, property: &str) -> bool {
    let kind = ty.direct_id().map(|id| &types[id].kind);
    match kind {
        Some(Kind::Struct {
            fields,
            additional: None,
        }) => fields.iter().all(|field| field.wire != property),
        _ => false,
    }
}

fn alias(def: &TypeDef) -> Option<Type> {
    match &def.kind {
        Kind::Alias(ty @ Type::Named(_)) => Some(ty.clone()),
        _ => None,
    }
}
