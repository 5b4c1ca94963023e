//! Finds the public items of a crate: those that the crate root declares or re-exports, directly or
//! in its public modules.

use crate::source::{ModulePath, Source, attributes, conditions};
use std::collections::{BTreeMap, HashMap};
use syn::{Ident, Item, UseTree, Visibility};

/// An item of the crate, by its module and its name.
pub type Id = (ModulePath, String);

/// The target of a path.
pub enum Target {
    Item(Id),
    Module(ModulePath),
    /// An item of another crate, with its path there.
    External(String),
}

/// An item or a re-export in a public module.
pub enum Entry {
    Item(Id),
    /// The path of an item of another crate, or the first public path of an item of this crate.
    Reexport(String),
}

/// The public items of a crate.
#[derive(Default)]
pub struct Surface {
    /// The entries of each public module, with the conditions of the module and the re-export.
    pub modules: BTreeMap<String, Vec<(Entry, Vec<String>)>>,
    /// The first public path of each item.
    pub paths: HashMap<Id, String>,
}

impl Surface {
    pub fn of(source: &Source, crate_name: &str) -> Self {
        let mut surface = Self::default();
        surface.visit(source, &Vec::new(), crate_name, &[]);
        surface
    }

    /// Adds the public items of a module, which has the path `public` for users of the crate.
    fn visit(
        &mut self,
        source: &Source,
        path: &ModulePath,
        public: &str,
        outer_conditions: &[String],
    ) {
        let module = &source.modules[path];
        for item in &module.items {
            let mut all_conditions = outer_conditions.to_vec();
            all_conditions.extend(module.conditions.iter().cloned());
            all_conditions.extend(conditions(attributes(item)));
            for (name, target) in public_targets(source, path, item) {
                match target {
                    Target::Module(module) => {
                        let public = format!("{public}::{name}");
                        self.visit(source, &module, &public, &all_conditions);
                    }
                    Target::Item(id) => {
                        let first = self.paths.get(&id).cloned();
                        let entry = first.map_or(Entry::Item(id.clone()), Entry::Reexport);
                        self.paths
                            .entry(id)
                            .or_insert_with(|| format!("{public}::{name}"));
                        self.add(public, entry, all_conditions.clone());
                    }
                    Target::External(path) => {
                        self.add(public, Entry::Reexport(path), all_conditions.clone());
                    }
                }
            }
        }
    }

    fn add(&mut self, module: &str, entry: Entry, conditions: Vec<String>) {
        let entries = self.modules.entry(module.to_owned()).or_default();
        entries.push((entry, conditions));
    }
}

/// Returns the names that a public item adds to its module, with their targets.
fn public_targets(source: &Source, module: &ModulePath, item: &Item) -> Vec<(String, Target)> {
    let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    match item {
        Item::Mod(child) if is_public(&child.vis) => {
            let name = child.ident.to_string();
            let path = [&module[..], std::slice::from_ref(&name)].concat();
            vec![(name, Target::Module(path))]
        }
        Item::Use(item) if is_public(&item.vis) => imports(&item.tree, &[])
            .into_iter()
            .map(|(name, path)| (name, source.resolve(module, &path)))
            .collect(),
        item => match name_and_visibility(item) {
            Some((name, visibility)) if is_public(visibility) => {
                vec![(
                    name.to_string(),
                    Target::Item((module.clone(), name.to_string())),
                )]
            }
            _ => Vec::new(),
        },
    }
}

pub fn name_and_visibility(item: &Item) -> Option<(&Ident, &Visibility)> {
    match item {
        Item::Const(item) => Some((&item.ident, &item.vis)),
        Item::Enum(item) => Some((&item.ident, &item.vis)),
        Item::Fn(item) => Some((&item.sig.ident, &item.vis)),
        Item::Static(item) => Some((&item.ident, &item.vis)),
        Item::Struct(item) => Some((&item.ident, &item.vis)),
        Item::Trait(item) => Some((&item.ident, &item.vis)),
        Item::Type(item) => Some((&item.ident, &item.vis)),
        _ => None,
    }
}

/// Returns the names that a `use` item imports, with their paths.
fn imports(tree: &UseTree, prefix: &[String]) -> Vec<(String, Vec<String>)> {
    let path_of = |name: &Ident| [prefix, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(tree) => imports(&tree.tree, &path_of(&tree.ident)),
        UseTree::Name(tree) if tree.ident == "self" => {
            let name = prefix.last().cloned();
            name.map(|name| (name, prefix.to_vec()))
                .into_iter()
                .collect()
        }
        UseTree::Name(tree) => vec![(tree.ident.to_string(), path_of(&tree.ident))],
        UseTree::Rename(tree) => vec![(tree.rename.to_string(), path_of(&tree.ident))],
        UseTree::Group(tree) => {
            let trees = tree.items.iter();
            trees.flat_map(|tree| imports(tree, prefix)).collect()
        }
        UseTree::Glob(_) => panic!("`use {}::*`: expected a list of names", prefix.join("::")),
    }
}

impl Source {
    /// Finds the target of a path in a module.
    pub fn resolve(&self, module: &[String], path: &[String]) -> Target {
        let mut target = Target::Module(module.to_vec());
        for (index, name) in path.iter().enumerate() {
            target = match target {
                Target::Module(_) if name == "crate" => Target::Module(Vec::new()),
                Target::Module(module) if name == "self" => Target::Module(module),
                Target::Module(mut module) if name == "super" => {
                    module.pop();
                    Target::Module(module)
                }
                Target::Module(module) => {
                    let external = || Target::External(path[..=index].join("::"));
                    self.find(&module, name).unwrap_or_else(external)
                }
                Target::External(crate_path) => Target::External(format!("{crate_path}::{name}")),
                // A variant or an associated item.
                Target::Item(id) => Target::Item(id),
            };
        }
        target
    }

    /// Finds a name in a module. Returns `None` if it is the name of another crate, of a type of the
    /// standard library or of a generic parameter.
    fn find(&self, module: &[String], name: &str) -> Option<Target> {
        let child = [module, &[name.to_owned()]].concat();
        if self.modules.contains_key(&child) {
            return Some(Target::Module(child));
        }
        let items = &self.modules[module].items;
        let mut names = items.iter().filter_map(name_and_visibility);
        if names.any(|(found, _)| found == name) {
            return Some(Target::Item((module.to_vec(), name.to_owned())));
        }
        let mut imports = items.iter().flat_map(|item| match item {
            Item::Use(item) => imports(&item.tree, &[]),
            _ => Vec::new(),
        });
        let (_, path) = imports.find(|(found, path)| found == name && *path != [name])?;
        Some(self.resolve(module, &path))
    }
}
