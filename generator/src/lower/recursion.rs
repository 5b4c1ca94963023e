//! Types that contain themselves get a pointer in between.

use super::arena::Arena;
use crate::model::{Field, Kind, Type, TypeDef};

/// Boxes each field through which a type would contain itself.
///
/// An array or a map is a pointer already, so only fields that hold a type directly count.
///
/// Where a type even has to contain itself, no value could ever end. Servers do answer such types, and leave the
/// field out at some depth, so it is not required.
pub fn box_cycles(types: &mut [TypeDef]) {
    let edges = edges(types, |_| true);
    let mut needs = self::edges(types, is_needed);
    for (id, def) in types.iter_mut().enumerate() {
        let Kind::Struct { fields, .. } = &mut def.kind else {
            continue;
        };
        for field in fields {
            let Some(part) = direct(&field.ty) else {
                continue;
            };
            if !reaches(&edges, part, id) {
                continue;
            }
            if is_needed(field) && reaches(&needs, part, id) {
                field.required = false;
                if let Some(needs) = needs.get_mut(id) {
                    let position = needs.iter().position(|other| *other == part);
                    position.map(|position| needs.swap_remove(position));
                }
            }
            let inner = std::mem::replace(&mut field.ty, Type::Json);
            field.ty = Type::Boxed(Box::new(inner));
        }
    }
}

/// Whether every value of the type that has the field has a value of the field's type in it.
fn is_needed(field: &Field) -> bool {
    !field.is_option() && !matches!(field.ty, Type::Nullable(_))
}

/// For each type the types that it holds directly, in fields that pass the test.
fn edges(types: &[TypeDef], test: fn(&Field) -> bool) -> Vec<Vec<usize>> {
    types.iter().map(|def| direct_parts(def, test)).collect()
}

fn direct_parts(def: &TypeDef, test: fn(&Field) -> bool) -> Vec<usize> {
    match &def.kind {
        Kind::Struct { fields, .. } => fields
            .iter()
            .filter(|field| test(field))
            .filter_map(|field| direct(&field.ty))
            .collect(),
        Kind::Alias(ty) => direct(ty).into_iter().collect(),
        // The variants of a union stand behind pointers.
        Kind::Enum { .. } | Kind::Union { .. } => Vec::new(),
    }
}

fn direct(ty: &Type) -> Option<usize> {
    match ty {
        Type::Named(_) => Arena::id_of(ty),
        Type::Nullable(inner) => direct(inner),
        _ => None,
    }
}

/// Whether one leads from `from` to `to` by parts held directly.
fn reaches(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut stack = vec![from];
    while let Some(id) = stack.pop() {
        if id == to {
            return true;
        }
        if seen.get(id).copied().unwrap_or(true) {
            continue;
        }
        if let Some(mark) = seen.get_mut(id) {
            *mark = true;
        }
        stack.extend(edges.get(id).into_iter().flatten().copied());
    }
    false
}
