//! Union variants whose types are aliases.

use crate::model::unnamed::{Kind, Type, TypeDef};
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

fn alias(def: &TypeDef) -> Option<Type> {
    match &def.kind {
        Kind::Alias(ty @ Type::Named(_)) => Some(ty.clone()),
        _ => None,
    }
}
