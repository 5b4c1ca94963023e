//! Types that have got another name, where that is evident: the same structure at the same place.

use crate::model::{Api, BodyContent, Kind, Payload, Type, TypeDef};
use std::collections::BTreeMap;

/// New names by old ones.
pub(super) type Renamed = BTreeMap<String, String>;

/// The types that are gone and stand in the same place, or in one alone with the same structure, under another name.
pub(super) fn types(old: &[TypeDef], new: &[TypeDef]) -> Renamed {
    let apart = |one: &&TypeDef, side: &[TypeDef]| side.iter().all(|other| other.rust != one.rust);
    let gone: Vec<_> = old.iter().filter(|def| apart(def, new)).collect();
    let come: Vec<_> = new.iter().filter(|def| apart(def, old)).collect();
    let mut renamed = Renamed::new();
    for def in &gone {
        let same_place = |other: &&&TypeDef| {
            other.place == def.place
                && std::mem::discriminant(&other.kind) == std::mem::discriminant(&def.kind)
        };
        let alike: Vec<_> = come.iter().filter(|other| other.kind == def.kind).collect();
        let rivals = gone.iter().filter(|other| other.kind == def.kind).count();
        let only = alike.first().filter(|_| alike.len() == 1 && rivals == 1);
        if let Some(now) = come.iter().find(same_place).or(only.copied()) {
            renamed.insert(def.rust.clone(), now.rust.clone());
        }
    }
    renamed
}

/// The model with the new names.
pub(super) fn apply(api: &Api, renamed: &Renamed) -> Api {
    let mut api = api.clone();
    if renamed.is_empty() {
        return api;
    }
    let operations = api
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.operations);
    for operation in operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|p| ty(&mut p.ty, renamed));
        if let Some(body) = &mut operation.body {
            fields(&mut body.content, renamed);
        }
        let bodies = operation
            .success
            .replies_mut()
            .filter_map(|reply| reply.body.as_mut());
        bodies.for_each(|body| ty(&mut body.ty, renamed));
        if let Some(pagination) = &mut operation.pagination {
            ty(&mut pagination.item, renamed);
        }
    }
    api.types
        .iter_mut()
        .for_each(|def| definition(def, renamed));
    for variant in &mut api.errors.variants {
        match &mut variant.payload {
            Payload::None => {}
            Payload::One(body) => ty(&mut body.ty, renamed),
            Payload::PerOperation { bodies, .. } => {
                let bodies = bodies.iter_mut().filter_map(|body| body.body.as_mut());
                bodies.for_each(|body| ty(&mut body.ty, renamed));
            }
        }
    }
    api
}

fn fields(content: &mut BodyContent, renamed: &Renamed) {
    content
        .fields_mut()
        .iter_mut()
        .for_each(|field| ty(&mut field.ty, renamed));
}

fn definition(def: &mut TypeDef, renamed: &Renamed) {
    if let Some(name) = renamed.get(&def.rust) {
        def.rust.clone_from(name);
    }
    match &mut def.kind {
        Kind::Struct { fields, additional } => {
            fields
                .iter_mut()
                .for_each(|field| ty(&mut field.ty, renamed));
            additional.iter_mut().for_each(|rest| ty(rest, renamed));
        }
        Kind::Union { variants, .. } => {
            variants
                .iter_mut()
                .for_each(|variant| ty(&mut variant.ty, renamed));
        }
        Kind::Alias(target) => ty(target, renamed),
        Kind::Enum { .. } => {}
    }
}

fn ty(ty: &mut Type, renamed: &Renamed) {
    match ty {
        Type::Named(name) => {
            if let Some(now) = renamed.get(name) {
                name.clone_from(now);
            }
        }
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            self::ty(inner, renamed);
        }
        _ => {}
    }
}
