//! Detects renamed types: same location or same structure, but a different name.

use crate::model::{Api, Kind, Type, TypeDef};
use std::collections::BTreeMap;

/// Maps old names to new names.
pub(super) type Renamed = BTreeMap<String, String>;

/// Finds renamed types: a removed type and an added type that have the same location and kind, or
/// that are the only removed and the only added type with a given structure.
pub(super) fn types(old: &[TypeDef], new: &[TypeDef]) -> Renamed {
    let missing =
        |def: &&TypeDef, side: &[TypeDef]| side.iter().all(|other| other.rust != def.rust);
    let removed: Vec<_> = old.iter().filter(|def| missing(def, new)).collect();
    let added: Vec<_> = new.iter().filter(|def| missing(def, old)).collect();
    let mut renamed = Renamed::new();
    for def in &removed {
        let same_place = |other: &&&TypeDef| {
            other.pointer == def.pointer
                && std::mem::discriminant(&other.kind) == std::mem::discriminant(&def.kind)
        };
        let kind = unlocated(&def.kind);
        let same_structure = |other: &&&TypeDef| unlocated(&other.kind) == kind;
        let alike: Vec<_> = added.iter().filter(same_structure).collect();
        let rivals = removed.iter().filter(same_structure).count();
        let only = alike.first().filter(|_| alike.len() == 1 && rivals == 1);
        if let Some(now) = added.iter().find(same_place).or(only.copied()) {
            renamed.insert(def.rust.clone(), now.rust.clone());
        }
    }
    renamed
}

/// Returns a copy without the locations of fields and values.
fn unlocated(kind: &Kind) -> Kind {
    let mut kind = kind.clone();
    match &mut kind {
        Kind::Struct { fields, .. } => fields.iter_mut().for_each(|field| field.pointer.clear()),
        Kind::Enum { values, .. } => values.iter_mut().for_each(|value| value.pointer.clear()),
        Kind::Union { .. } | Kind::Alias(_) => {}
    }
    kind
}

/// Maps each alias to the type at the end of its chain of aliases.
pub(super) fn aliases(types: &[TypeDef]) -> Renamed {
    let direct = types.iter().filter_map(|def| match &def.kind {
        Kind::Alias(Type::Named(target)) => Some((def.rust.clone(), target.clone())),
        _ => None,
    });
    let direct: Renamed = direct.collect();
    let last = |name: &String| {
        let mut steps = direct.len();
        let mut name = name;
        while let Some(next) = direct.get(name).filter(|_| steps > 0) {
            (name, steps) = (next, steps - 1);
        }
        name.clone()
    };
    direct
        .iter()
        .map(|(name, target)| (name.clone(), last(target)))
        .collect()
}

/// Renames each removed type in the old model to the type that its remaining aliases stand for in
/// the new model.
///
/// If several locations share a type, the type is named after one of them and the others become
/// aliases. Users of the crate do not notice which location is chosen, only which names are
/// removed.
pub(super) fn promote_aliases(old: &Api, new: &Api) -> Api {
    let aliases = aliases(&new.types);
    let mut api = old.clone();
    for def in &old.types {
        if new.types.iter().any(|other| other.rust == def.rust) {
            continue;
        }
        let is_surviving_alias = |other: &&TypeDef| {
            let alias = Kind::Alias(Type::Named(def.rust.clone()));
            other.kind == alias && new.types.iter().any(|now| now.rust == other.rust)
        };
        let candidates = old.types.iter().filter(is_surviving_alias);
        let mut candidates =
            candidates.map(|successor| aliases.get(&successor.rust).unwrap_or(&successor.rust));
        let Some(successor) = candidates
            .next()
            .filter(|successor| candidates.all(|other| other == *successor))
        else {
            continue;
        };
        let names = Renamed::from([(def.rust.clone(), successor.clone())]);
        api = rename_uses(&api, &names);
        let kind = api
            .types
            .iter()
            .find(|own| own.rust == def.rust)
            .map(|own| own.kind.clone());
        let own = api.types.iter_mut().find(|own| own.rust == *successor);
        if let (Some(own), Some(kind)) = (own, kind) {
            own.kind = kind;
        }
    }
    api
}

/// Renames types, both in their definitions and wherever they are used.
pub(super) fn apply(api: &Api, renamed: &Renamed) -> Api {
    let mut api = rename_uses(api, renamed);
    for def in &mut api.types {
        if let Some(name) = renamed.get(&def.rust) {
            def.rust.clone_from(name);
        }
    }
    api
}

/// Renames types wherever they are used, but not in their definitions.
pub(super) fn rename_uses(api: &Api, renamed: &Renamed) -> Api {
    let api = api.clone();
    if renamed.is_empty() {
        return api;
    }
    let mut rename = |name: String| renamed.get(&name).cloned().unwrap_or(name);
    let resources = api.resources.into_iter();
    let types = api.types.into_iter();
    Api {
        resources: resources
            .map(|resource| resource.map(&mut rename))
            .collect(),
        types: types.map(|def| def.map(&mut rename)).collect(),
        errors: api.errors.map(&mut rename),
        ..api
    }
}
