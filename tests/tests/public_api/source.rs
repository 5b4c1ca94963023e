//! Reads the modules of a crate, with the items that its macros define.

use crate::macros::Macros;
use std::collections::BTreeMap;
use std::path::Path;
use syn::ext::IdentExt;
use syn::{Attribute, Item, ItemMod, Meta};

/// The names of a module and its parents, without the crate: empty for the crate root.
pub type ModulePath = Vec<String>;

pub struct Module {
    pub items: Vec<Item>,
    /// The conditions of the module and its parents, such as `feature = "blocking"`.
    pub conditions: Vec<String>,
}

/// The source of a crate, without tests.
pub struct Source {
    pub modules: BTreeMap<ModulePath, Module>,
}

impl Source {
    /// Reads the crate whose `lib.rs` is in a directory.
    pub fn read(directory: &Path) -> Self {
        let mut source = Self {
            modules: BTreeMap::new(),
        };
        let items = parse(&directory.join("lib.rs"));
        source.add(directory, items, Vec::new(), Vec::new());
        let macros = Macros::of(source.modules.values().flat_map(|module| &module.items));
        for module in source.modules.values_mut() {
            module.items = macros.expand(std::mem::take(&mut module.items));
        }
        source
    }

    /// Adds a module and its children, whose files are in `directory`.
    fn add(
        &mut self,
        directory: &Path,
        mut items: Vec<Item>,
        path: ModulePath,
        conditions: Vec<String>,
    ) {
        items.retain(|item| !is_test(attributes(item)));
        for item in &mut items {
            let Item::Mod(child) = item else { continue };
            let name = child.ident.to_string();
            let mut conditions = conditions.clone();
            conditions.extend(self::conditions(&child.attrs));
            let items = child_items(child, directory);
            let path = [&path[..], std::slice::from_ref(&name)].concat();
            let directory = directory.join(child.ident.unraw().to_string());
            self.add(&directory, items, path, conditions);
        }
        self.modules.insert(path, Module { items, conditions });
    }
}

/// Returns the items of a module that is inline or in a file.
fn child_items(module: &mut ItemMod, directory: &Path) -> Vec<Item> {
    if let Some((_, items)) = &mut module.content {
        return std::mem::take(items);
    }
    let name = module.ident.unraw().to_string();
    let file = directory.join(format!("{name}.rs"));
    if file.is_file() {
        parse(&file)
    } else {
        parse(&directory.join(name).join("mod.rs"))
    }
}

fn parse(file: &Path) -> Vec<Item> {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    file.items
}

/// Returns the attributes of an item.
pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Returns the conditions of an item: the arguments of its `cfg` attributes.
pub fn conditions(attributes: &[Attribute]) -> impl Iterator<Item = String> {
    attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.to_string()),
            _ => None,
        })
}

/// Returns true for an item that exists only in tests.
fn is_test(attributes: &[Attribute]) -> bool {
    conditions(attributes).any(|condition| {
        let mut words = condition.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word == "test" || word == "doctest")
    })
}
