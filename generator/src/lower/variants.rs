//! Union variants whose types are aliases.

use super::arena::Arena;
use crate::model::{Kind, Tagging, Type, TypeDef};

/// Replaces each variant's type by the target if the type is an alias of a named type.
///
/// A component with a single branch that refers back to the component becomes such an alias. If two
/// variants of an untagged union then have the same type, only the first one is kept.
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
