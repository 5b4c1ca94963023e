//! Types that contain themselves get a pointer in between.

use super::arena::Arena;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Kind, Type, TypeDef};

/// A choice that may be itself again, with nothing in between, has no end: reading it would ask for ever.
pub fn endless(types: &[TypeDef]) -> Vec<Diagnostic> {
    let choices: Vec<Vec<usize>> = types.iter().map(choices).collect();
    let unions = types.iter().enumerate();
    let endless = unions.filter(|(id, _)| {
        let next = choices.get(*id).into_iter().flatten();
        next.copied().any(|next| reaches(&choices, next, *id))
    });
    let problem = |(_, def): (usize, &TypeDef)| {
        let message = "one of the alternatives leads back here with nothing in between";
        Diagnostic::new(Code::Reference, def.place.clone(), message)
    };
    endless.map(problem).collect()
}

/// What a value may be instead of a thing of its own.
fn choices(def: &TypeDef) -> Vec<usize> {
    match &def.kind {
        Kind::Union { variants, .. } => variants.iter().filter_map(|v| direct(&v.ty)).collect(),
        Kind::Alias(ty) => direct(ty).into_iter().collect(),
        Kind::Enum { .. } | Kind::Struct { .. } => Vec::new(),
    }
}

/// Boxes each field through which a type would contain itself.
///
/// An array or a map is a pointer already, so only fields that hold a type directly count.
pub fn box_cycles(types: &mut [TypeDef]) {
    let edges: Vec<Vec<usize>> = types.iter().map(direct_parts).collect();
    for (id, def) in types.iter_mut().enumerate() {
        let Kind::Struct { fields, .. } = &mut def.kind else {
            continue;
        };
        for field in fields {
            let Some(part) = direct(&field.ty) else {
                continue;
            };
            if reaches(&edges, part, id) {
                let inner = std::mem::replace(&mut field.ty, Type::Json);
                field.ty = Type::Boxed(Box::new(inner));
            }
        }
    }
}

fn direct_parts(def: &TypeDef) -> Vec<usize> {
    match &def.kind {
        Kind::Struct { fields, .. } => fields
            .iter()
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
