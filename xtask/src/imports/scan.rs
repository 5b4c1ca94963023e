//! Finds the imports of Rust source files.
//!
//! An import is a path that starts at the crate, at a parent module or at a child module, in a `use`
//! or anywhere else. Imports between a module and its own ancestors are left out: a child that uses
//! its parent's types is how Rust splits a module into files.

use super::graph::Graph;
use std::collections::BTreeMap;
use std::path::Path;
use syn::visit::{self, Visit};

/// A path of modules, from the crate's root.
type Module = Vec<String>;

/// Adds the imports between the files of a source directory to a graph.
pub fn directory(root: &Path, directory: &str, graph: &mut Graph) -> Result<(), String> {
    let mut files = BTreeMap::new();
    collect(&root.join(directory), &Vec::new(), directory, &mut files)?;
    for (module, path) in &files {
        for (path, text) in path {
            let syntax = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            let mut imports = Imports {
                module: module.clone(),
                depth: 0,
                paths: Vec::new(),
            };
            imports.visit_file(&syntax);
            for target in imports.paths {
                if let Some(target) = target_file(module, &target, &files) {
                    graph.add(path, target);
                }
            }
        }
    }
    Ok(())
}

/// The files of each module with their text; `lib.rs` and `main.rs` are both the root module.
type Files = BTreeMap<Module, Vec<(String, String)>>;

fn collect(
    directory: &Path,
    module: &Module,
    shown: &str,
    files: &mut Files,
) -> Result<(), String> {
    let error = |error: std::io::Error| format!("{}: {error}", directory.display());
    for entry in std::fs::read_dir(directory).map_err(error)? {
        let entry = entry.map_err(error)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = format!("{shown}/{name}");
        if entry.path().is_dir() {
            let child = [module.as_slice(), &[name]].concat();
            collect(&entry.path(), &child, &shown, files)?;
        } else if let Some(stem) = name.strip_suffix(".rs") {
            let text = std::fs::read_to_string(entry.path()).map_err(error)?;
            let module = match stem {
                "lib" | "main" | "mod" => module.clone(),
                stem => [module.as_slice(), &[stem.to_owned()]].concat(),
            };
            files.entry(module).or_default().push((shown, text));
        }
    }
    Ok(())
}

/// Returns the file that a path leads to, unless it is in the same branch of the module tree.
fn target_file<'a>(module: &Module, path: &[String], files: &'a Files) -> Option<&'a str> {
    let target = (1..=path.len())
        .rev()
        .filter_map(|length| path.get(..length))
        .find(|prefix| files.contains_key(*prefix))?;
    if module.starts_with(target) || target.starts_with(module) {
        return None;
    }
    let (file, _) = files.get(target)?.first()?;
    Some(file)
}

/// Collects the absolute module paths that a file mentions, tests left out.
struct Imports {
    module: Module,
    /// The number of inline modules around the current item.
    depth: usize,
    paths: Vec<Vec<String>>,
}

impl Imports {
    /// Records a path as written; a path that starts at another crate or a local name is ignored.
    fn record(&mut self, path: &[String]) {
        let mut base = self.module.clone();
        let mut inline = self.depth;
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate") => {
                base.clear();
                rest = path.get(1..).unwrap_or_default();
            }
            Some("self" | "super") => {
                while let [first, others @ ..] = rest {
                    match first.as_str() {
                        "self" => {}
                        "super" if inline > 0 => inline -= 1,
                        "super" => drop(base.pop()),
                        _ => break,
                    }
                    rest = others;
                }
            }
            _ => {}
        }
        self.paths.push([base.as_slice(), rest].concat());
    }

    fn use_tree(&mut self, prefix: &[String], tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                let prefix = [prefix, &[path.ident.to_string()]].concat();
                self.use_tree(&prefix, &path.tree);
            }
            syn::UseTree::Name(name) => {
                self.record(&[prefix, &[name.ident.to_string()]].concat());
            }
            syn::UseTree::Rename(rename) => {
                self.record(&[prefix, &[rename.ident.to_string()]].concat());
            }
            syn::UseTree::Glob(_) => self.record(prefix),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(prefix, tree);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if is_test(&module.attrs) {
            return;
        }
        self.depth += 1;
        visit::visit_item_mod(self, module);
        self.depth -= 1;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.use_tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter();
        let names: Vec<String> = names.map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.record(&names);
        }
        visit::visit_path(self, path);
    }
}

/// Returns true if an item is compiled for tests only.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|name| name == "test")
    })
}
