//! Recursive and deeply nested types: boxes the fields through which a type contains itself, and
//! rejects types that Rust cannot represent.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Field, Kind, Type, TypeDef};
use crate::model::{TypeId, TypeTable};

/// The types of a document, by id.
type Types = TypeTable<TypeDef>;
/// For each type, the types that it refers to.
type Edges = TypeTable<Vec<TypeId>>;

/// Returns an error for each union that is a variant of itself, directly or through other unions
/// and aliases. Decoding such a union would not terminate.
pub fn recursive_unions(types: &Types) -> Vec<Diagnostic> {
    let choices: Edges = types.map(|_, def| choices(def));
    let is_recursive = |id: &TypeId| {
        let mut next = choices[*id].iter();
        next.any(|next| reaches(&choices, *next, *id))
    };
    let problem = |id| {
        let message = "recursive `oneOf` or `anyOf`: no other schema in between";
        Diagnostic::new(Code::Reference, types[id].pointer.clone(), message)
    };
    types.ids().filter(is_recursive).map(problem).collect()
}

/// Returns the types that a union or an alias contains without an array or a map in between.
fn choices(def: &TypeDef) -> Vec<TypeId> {
    match &def.kind {
        Kind::Union { variants, .. } => variants.iter().filter_map(|v| choice(&v.ty)).collect(),
        Kind::Alias(ty) => choice(ty).into_iter().collect(),
        Kind::Enum { .. } | Kind::Struct { .. } => Vec::new(),
    }
}

/// Like [`direct`], but a list that can be a single value is read as that, too.
fn choice(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::OneOrMany(inner) | Type::Nullable(inner) => choice(inner),
        _ => direct(ty),
    }
}

/// Boxes each field through which a type contains itself.
///
/// Arrays and maps are heap-allocated, so only fields that contain a type directly count.
///
/// A required field through which a type must contain itself becomes optional, because no finite
/// value would have it. Servers that declare such a type omit the field at some depth.
pub fn box_cycles(types: &mut Types) {
    let edges = edges(types, |_| true);
    let mut needs = self::edges(types, is_needed);
    for (id, def) in types.iter_mut() {
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
                let position = needs[id].iter().position(|other| *other == part);
                position.map(|position| needs[id].swap_remove(position));
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
fn edges(types: &Types, test: fn(&Field) -> bool) -> Edges {
    types.map(|_, def| direct_parts(def, test))
}

/// The maximum number of structs that are nested directly. The next one is boxed.
const MAX_STRUCT_DEPTH: usize = 32;
/// The maximum number of nested types. It is less than the compiler's `recursion_limit`, which is
/// 128 by default.
const MAX_TYPE_DEPTH: usize = 100;

/// Boxes the fields whose structs are nested too deep for the compiler.
pub fn box_deep_fields(types: &mut Types) {
    let parts = edges(types, |_| true);
    let mut depths = types.map(|_, _| 0_usize);
    for id in topological_order(&parts) {
        let mut deepest = 0;
        if let Kind::Struct { fields, .. } = &mut types[id].kind {
            for field in fields {
                match direct(&field.ty).map_or(0, |part| depths[part]) {
                    depth if depth >= MAX_STRUCT_DEPTH => {
                        let inner = std::mem::replace(&mut field.ty, Type::Json);
                        field.ty = Type::Boxed(Box::new(inner));
                    }
                    depth => deepest = deepest.max(depth),
                }
            }
        }
        depths[id] = deepest + 1;
    }
}

/// Returns an error if types are nested deeper than the compiler allows.
pub fn too_deep(types: &Types) -> Option<Diagnostic> {
    let parts = types.map(|_, def| all_parts(def));
    let mut depths = types.map(|_, _| 0_usize);
    let bare = parts.map(|_, parts| parts.iter().map(|(part, _)| *part).collect());
    for id in topological_order(&bare) {
        let below = parts[id]
            .iter()
            .map(|(part, nesting)| depths[*part] + nesting);
        let depth = below.max().unwrap_or_default() + 1;
        if depth > MAX_TYPE_DEPTH {
            let message = format!("types are nested more than {MAX_TYPE_DEPTH} levels deep");
            return Some(Diagnostic::new(
                Code::Bound,
                types[id].pointer.clone(),
                message,
            ));
        }
        depths[id] = depth;
    }
    None
}

/// Returns the types in an order in which each one follows its parts. Recursive types, and types
/// that contain them, are not included.
fn topological_order(parts: &Edges) -> Vec<TypeId> {
    let mut users: Edges = parts.map(|_, _| Vec::new());
    let mut missing = parts.map(|_, parts| parts.len());
    for (id, parts) in parts.iter() {
        for part in parts {
            users[*part].push(id);
        }
    }
    let leaf = |(id, missing): (TypeId, &usize)| (*missing == 0).then_some(id);
    let mut order: Vec<TypeId> = missing.iter().filter_map(leaf).collect();
    let mut next = 0;
    while let Some(id) = order.get(next).copied() {
        next += 1;
        for user in &users[id] {
            missing[*user] -= 1;
            if missing[*user] == 0 {
                order.push(*user);
            }
        }
    }
    order
}

/// Returns the types to which a type refers, each with the number of arrays and maps around it.
fn all_parts(def: &TypeDef) -> Vec<(TypeId, usize)> {
    let part = |ty: &Type| Some((ty.id()?, ty.depth()));
    def.kind.types().filter_map(part).collect()
}

/// Returns the types that a type contains directly, in fields that pass the test.
fn direct_parts(def: &TypeDef, test: fn(&Field) -> bool) -> Vec<TypeId> {
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

/// Returns the named type that a type is, ignoring `null`.
fn direct(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Nullable(inner) => direct(inner),
        _ => ty.direct_id(),
    }
}

/// Returns true if `edges` contains a path from one type to the other.
fn reaches(edges: &Edges, from: TypeId, to: TypeId) -> bool {
    let mut seen = edges.map(|_, _| false);
    let mut stack = vec![from];
    while let Some(id) = stack.pop() {
        if id == to {
            return true;
        }
        if !std::mem::replace(&mut seen[id], true) {
            stack.extend(&edges[id]);
        }
    }
    false
}
