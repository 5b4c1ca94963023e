//! Collects the implementations of each public type.

use crate::definition::{copy, public_impl, with_conditions};
use crate::listing::unparse;
use crate::source::{Module, ModulePath, Source, conditions};
use crate::surface::{Id, Surface, Target};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use syn::{GenericArgument, GenericParam, Item, ItemImpl, Path, PathArguments, Type, parse_quote};

/// The implementations of the types of a crate.
pub struct Implementations(HashMap<Id, Vec<ItemImpl>>);

impl Implementations {
    /// Collects the implementations of public types. Leaves out those of private traits.
    pub fn of(source: &Source, surface: &Surface) -> Self {
        let mut all: HashMap<Id, Vec<ItemImpl>> = HashMap::new();
        for (path, module) in &source.modules {
            for item in &module.items {
                let Item::Impl(item) = item else { continue };
                if let Some((id, is_own)) = owner(source, surface, path, item) {
                    let item = reduced(source, item, module, &id, is_own);
                    all.entry(id).or_default().push(item);
                }
            }
        }
        Self(all)
    }

    fn get(&self, id: &Id) -> &[ItemImpl] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the traits of a type for which the name says everything.
    pub fn traits(&self, id: &Id) -> BTreeSet<String> {
        let items = self.get(id).iter().filter(|item| is_plain(item, &id.1));
        items
            .filter_map(|item| item.trait_.as_ref())
            .map(|(path, _)| print_type(path))
            .collect()
    }

    /// Returns the other implementations: first the methods of the type, then traits.
    pub fn items(&self, id: &Id) -> Vec<Item> {
        let mut inherent: BTreeMap<String, ItemImpl> = BTreeMap::new();
        let mut traits = BTreeMap::new();
        for item in self.get(id).iter().filter(|item| !is_plain(item, &id.1)) {
            let mut item: ItemImpl = copy(item);
            if item.trait_.is_some() {
                traits.insert(item.to_token_stream().to_string(), item);
            } else if !item.items.is_empty() {
                // Blocks with the same header become one, so that it does not matter how the source
                // distributes the methods.
                let items = std::mem::take(&mut item.items);
                let merged = inherent.entry(item.to_token_stream().to_string());
                merged.or_insert(item).items.extend(items);
            }
        }
        let items = inherent.into_values().chain(traits.into_values());
        items.map(Item::Impl).collect()
    }
}

/// Returns the public type that an implementation belongs to, and true if it is the type that the
/// implementation is for. For types of other crates, it is an argument of the trait, as in
/// `impl From<Timestamp> for String`.
fn owner(
    source: &Source,
    surface: &Surface,
    module: &ModulePath,
    item: &ItemImpl,
) -> Option<(Id, bool)> {
    let find = |path: &Path| {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        match source.resolve(module, &names.collect::<Vec<_>>()) {
            Target::Item(id) => Some(id),
            _ => None,
        }
    };
    let is_public = |id: &Id| surface.paths.contains_key(id);
    let trait_ = item.trait_.as_ref().map(|(path, _)| path);
    if trait_.and_then(find).is_some_and(|id| !is_public(&id)) {
        return None;
    }
    if let Some(id) = path_of(&item.self_ty).and_then(find) {
        return is_public(&id).then_some((id, true));
    }
    let arguments = trait_.map(type_arguments).unwrap_or_default();
    let mut ids = arguments.into_iter().filter_map(path_of).filter_map(find);
    ids.find(is_public).map(|id| (id, false))
}

fn type_arguments(path: &Path) -> Vec<&Type> {
    let arguments = path.segments.last().map(|segment| &segment.arguments);
    let Some(PathArguments::AngleBracketed(arguments)) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Returns the public part of an implementation, with the conditions that its type does not have.
/// The names of the trait and of the crate's own type have no module.
fn reduced(source: &Source, item: &ItemImpl, module: &Module, id: &Id, is_own: bool) -> ItemImpl {
    let mut item = public_impl(item);
    let all: Vec<_> = conditions(&item.attrs)
        .chain(module.conditions.clone())
        .collect();
    let of_type = &source.modules[&id.0].conditions;
    item.attrs
        .retain(|attribute| !attribute.path().is_ident("cfg"));
    if let Some((path, _)) = &mut item.trait_ {
        keep_last_segment(path);
    }
    match &mut *item.self_ty {
        Type::Path(ty) if is_own => keep_last_segment(&mut ty.path),
        _ => {}
    }
    let added: Vec<_> = all
        .into_iter()
        .filter(|one| !of_type.contains(one))
        .collect();
    match with_conditions(Item::Impl(item), &added) {
        Item::Impl(item) => item,
        other => panic!(
            "expected an implementation, found {}",
            other.to_token_stream()
        ),
    }
}

fn keep_last_segment(path: &mut Path) {
    let last = path.segments.pop();
    path.leading_colon = None;
    path.segments = last.into_iter().collect();
}

fn path_of(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(ty) => Some(&ty.path),
        Type::Reference(ty) => path_of(&ty.elem),
        _ => None,
    }
}

/// Returns true if a trait is implemented for the type itself, without conditions and associated
/// items.
fn is_plain(item: &ItemImpl, name: &str) -> bool {
    let mut parameters = item.generics.params.iter();
    let ty = match &*item.self_ty {
        Type::Path(ty) => ty.path.segments.last(),
        _ => None,
    };
    item.trait_.is_some()
        && ty.is_some_and(|ty| ty.ident == name)
        && item.attrs.is_empty()
        && item.items.is_empty()
        && item.generics.where_clause.is_none()
        && parameters.all(|parameter| matches!(parameter, GenericParam::Lifetime(_)))
}

fn print_type(path: &Path) -> String {
    let text = unparse(vec![parse_quote!(type T = #path;)]);
    let text = text.trim().trim_start_matches("type T = ");
    text.trim_end_matches(';').to_owned()
}
