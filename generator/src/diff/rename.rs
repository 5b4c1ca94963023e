//! Detects renamed types: same location or same structure, but a different name.

use crate::model::{Api, Kind, Type, TypeDef};
use std::collections::BTreeMap;

/// Maps old names to new names.
pub(super) type Renamed = BTreeMap<String, String>;

/// Finds renamed types: a removed type and an added type that have an origin in common, or the same
/// location and kind, or that are the only removed and the only added type with a given structure.
pub(super) fn types(old_api: &Api, new_api: &Api) -> Renamed {
    let (old, new) = (old_api.types.as_slice(), new_api.types.as_slice());
    let missing =
        |def: &&TypeDef, side: &[TypeDef]| side.iter().all(|other| other.rust != def.rust);
    let removed: Vec<_> = old.iter().filter(|def| missing(def, new)).collect();
    let added: Vec<_> = new.iter().filter(|def| missing(def, old)).collect();
    let mut renamed = Renamed::new();
    for change in new_api.record.changes_since(&old_api.record) {
        let found = |name: Option<&str>, side: &[&TypeDef]| {
            name.filter(|name| side.iter().any(|def| def.rust == *name))
                .map(str::to_owned)
        };
        let names = (found(change.old, &removed), found(change.new, &added));
        if let (Some(before), Some(now)) = names
            && !renamed.values().any(|taken| *taken == now)
        {
            renamed.entry(before).or_insert(now);
        }
    }
    for def in &removed {
        if renamed.contains_key(&def.rust) {
            continue;
        }
        let same_place = |other: &&&TypeDef| {
            other.pointer == def.pointer
                && std::mem::discriminant(&other.kind) == std::mem::discriminant(&def.kind)
        };
        let kind = unlocated(&def.kind);
        let same_structure = |other: &&&TypeDef| unlocated(&other.kind) == kind;
        let alike: Vec<_> = added.iter().filter(same_structure).collect();
        let rivals = removed.iter().filter(same_structure).count();
        let only = alike.first().filter(|_| alike.len() == 1 && rivals == 1);
        let now = added.iter().find(same_place).or(only.copied());
        let now = now.filter(|now| !renamed.values().any(|taken| *taken == now.rust));
        if let Some(now) = now {
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
    let webhooks = api.webhooks.into_iter();
    Api {
        resources: resources
            .map(|resource| resource.map(&mut rename))
            .collect(),
        types: types.map(|def| def.map(&mut rename)).collect(),
        errors: api.errors.map(&mut rename),
        webhooks: webhooks.map(|webhook| webhook.map(&mut rename)).collect(),
        ..api
    }
}
