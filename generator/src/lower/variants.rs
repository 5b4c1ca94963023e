//! Variants of unions whose types turn out to be one.

use super::arena::Arena;
use crate::model::{Kind, Tagging, Type, TypeDef};

/// Lets each variant have the type itself where it has another name of it, as a component has that leads back to
/// itself through a choice of one. Where nothing but trying tells variants apart, one of a type is enough.
pub fn resolve_alias_variants(types: &mut [TypeDef]) {
    let aliases: Vec<Option<Type>> = types.iter().map(alias).collect();
    let itself = |ty: &Type| aliases.get(Arena::direct_id(ty)?)?.clone();
    for def in types {
        let Kind::Union { tagging, variants } = &mut def.kind else {
            continue;
        };
        for variant in variants.iter_mut() {
            if let Some(ty) = itself(&variant.ty) {
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

fn alias(def: &TypeDef) -> Option<Type> {
    match &def.kind {
        Kind::Alias(ty @ Type::Named(_)) => Some(ty.clone()),
        _ => None,
    }
}
