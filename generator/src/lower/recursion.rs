//! Recursive and deeply nested types: boxes the fields through which a type contains itself, and
//! rejects types that Rust cannot represent.

use super::arena::Arena;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Kind, Type, TypeDef};

/// Returns an error for each union that is a variant of itself, directly or through other unions
/// and aliases. Decoding such a union would not terminate.
pub fn recursive_unions(types: &[TypeDef]) -> Vec<Diagnostic> {
    let choices: Vec<Vec<usize>> = types.iter().map(choices).collect();
    let unions = types.iter().enumerate();
    let recursive_unions = unions.filter(|(id, _)| {
        let next = choices.get(*id).into_iter().flatten();
        next.copied().any(|next| reaches(&choices, next, *id))
    });
    let problem = |(_, def): (usize, &TypeDef)| {
        let message = "recursive `oneOf` or `anyOf`: no other schema in between";
        Diagnostic::new(Code::Reference, def.place.clone(), message)
    };
    recursive_unions.map(problem).collect()
}

/// Returns the types that a union or an alias contains without an array or a map in between.
fn choices(def: &TypeDef) -> Vec<usize> {
    match &def.kind {
        Kind::Union { variants, .. } => variants.iter().filter_map(|v| direct(&v.ty)).collect(),
        Kind::Alias(ty) => direct(ty).into_iter().collect(),
        Kind::Enum { .. } | Kind::Struct { .. } => Vec::new(),
    }
}

/// Boxes each field through which a type contains itself.
///
/// Arrays and maps are heap-allocated, so only fields that contain a type directly count.
///
/// A required field through which a type must contain itself becomes optional, because no finite
/// value would have it. Servers that declare such a type omit the field at some depth.
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

/// Returns true if every struct with the field contains a value of the field's type.
fn is_needed(field: &Field) -> bool {
    !field.is_option() && !matches!(field.ty, Type::Nullable(_))
}

/// Returns for each type the types that it contains directly, in fields that pass the test.
fn edges(types: &[TypeDef], test: fn(&Field) -> bool) -> Vec<Vec<usize>> {
    types.iter().map(|def| direct_parts(def, test)).collect()
}

/// The maximum number of structs that are nested directly. The next one is boxed.
const MAX_STRUCT_DEPTH: usize = 32;
/// The maximum number of nested types. It is less than the compiler's `recursion_limit`, which is
/// 128 by default.
const MAX_TYPE_DEPTH: usize = 100;

/// Boxes the fields whose structs are nested too deep for the compiler.
pub fn box_deep_fields(types: &mut [TypeDef]) {
    let parts = edges(types, |_| true);
    let mut depths = vec![0; types.len()];
    for id in topological_order(&parts) {
        let mut deepest = 0;
        let Some(def) = types.get_mut(id) else {
            continue;
        };
        if let Kind::Struct { fields, .. } = &mut def.kind {
            for field in fields {
                let part = direct(&field.ty).and_then(|part| depths.get(part));
                match part.copied().unwrap_or_default() {
                    depth if depth >= MAX_STRUCT_DEPTH => {
                        let inner = std::mem::replace(&mut field.ty, Type::Json);
                        field.ty = Type::Boxed(Box::new(inner));
                    }
                    depth => deepest = deepest.max(depth),
                }
            }
        }
        if let Some(depth) = depths.get_mut(id) {
            *depth = deepest + 1;
        }
    }
}

/// Returns an error if types are nested deeper than the compiler allows.
pub fn too_deep(types: &[TypeDef]) -> Option<Diagnostic> {
    let parts: Vec<Vec<(usize, usize)>> = types.iter().map(all_parts).collect();
    let bare = |parts: &Vec<(usize, usize)>| parts.iter().map(|(part, _)| *part).collect();
    let mut depths: Vec<usize> = vec![0; types.len()];
    for id in topological_order(&parts.iter().map(bare).collect::<Vec<_>>()) {
        let below = parts.get(id).into_iter().flatten();
        let below = below.filter_map(|(part, lists)| Some(depths.get(*part)? + lists));
        let depth = below.max().unwrap_or_default() + 1;
        if depth > MAX_TYPE_DEPTH {
            let place = types.get(id).map(|def| def.place.clone());
            let message = format!("types are nested more than {MAX_TYPE_DEPTH} levels deep");
            return Some(Diagnostic::new(
                Code::Bound,
                place.unwrap_or_default(),
                message,
            ));
        }
        if let Some(slot) = depths.get_mut(id) {
            *slot = depth;
        }
    }
    None
}

/// Returns the types in an order in which each one follows its parts. Recursive types, and types
/// that contain them, are not included.
fn topological_order(parts: &[Vec<usize>]) -> Vec<usize> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); parts.len()];
    let mut missing: Vec<usize> = parts.iter().map(Vec::len).collect();
    for (id, parts) in parts.iter().enumerate() {
        for part in parts {
            if let Some(users) = users.get_mut(*part) {
                users.push(id);
            }
        }
    }
    let leaf = |(id, missing): (usize, &usize)| (*missing == 0).then_some(id);
    let mut order: Vec<usize> = missing.iter().enumerate().filter_map(leaf).collect();
    let mut next = 0;
    while let Some(id) = order.get(next).copied() {
        next += 1;
        for user in users.get(id).into_iter().flatten() {
            if let Some(missing) = missing.get_mut(*user) {
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    order.push(*user);
                }
            }
        }
    }
    order
}

/// Returns the types to which a type refers, each with the number of arrays and maps around it.
fn all_parts(def: &TypeDef) -> Vec<(usize, usize)> {
    let part = |ty: &Type| Some((Arena::id_of(ty)?, ty.depth()));
    match &def.kind {
        Kind::Struct { fields, additional } => {
            let types = fields.iter().map(|field| &field.ty).chain(additional);
            types.filter_map(part).collect()
        }
        Kind::Union { variants, .. } => {
            let types = variants.iter().map(|variant| &variant.ty);
            types.filter_map(part).collect()
        }
        Kind::Alias(ty) => part(ty).into_iter().collect(),
        Kind::Enum { .. } => Vec::new(),
    }
}

fn direct_parts(def: &TypeDef, test: fn(&Field) -> bool) -> Vec<usize> {
    match &def.kind {
        Kind::Struct { fields, .. } => fields
            .iter()
            .filter(|field| test(field))
            .filter_map(|field| direct(&field.ty))
            .collect(),
        Kind::Alias(ty) => direct(ty).into_iter().collect(),
        // The variants of a union are boxed.
        Kind::Enum { .. } | Kind::Union { .. } => Vec::new(),
    }
}

fn direct(ty: &Type) -> Option<usize> {
    match ty {
        Type::Nullable(inner) => direct(inner),
        _ => Arena::direct_id(ty),
    }
}

/// Returns true if `edges` contains a path from one type to the other.
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
