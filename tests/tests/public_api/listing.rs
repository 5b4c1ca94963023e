//! Prints the public items of a crate as Rust code without bodies.

use crate::definition::{PRIVATE_FIELDS, public_part, with_conditions};
use crate::implementations::Implementations;
use crate::source::{Source, attributes};
use crate::surface::{Entry, Id, Surface, name_and_visibility};
use std::fmt::Write;
use syn::{Attribute, Item, Path, parse_quote};

/// Prints the items of each public module, with their implementations.
pub fn print(source: &Source, surface: &Surface) -> String {
    let implementations = Implementations::of(source, surface);
    let mut text = String::new();
    for (module, entries) in &surface.modules {
        writeln!(text, "// {module}\n").unwrap();
        for (entry, conditions) in entries {
            text += &match entry {
                Entry::Reexport(path) => print_reexport(path, conditions),
                Entry::Item(id) => print_item(source, id, conditions, &implementations),
            };
            text.push('\n');
        }
    }
    text
}

fn print_reexport(path: &str, conditions: &[String]) -> String {
    let path: Path = syn::parse_str(path).unwrap();
    unparse(vec![with_conditions(
        parse_quote!(pub use #path;),
        conditions,
    )])
}

/// Prints the definitions of an item: more than one if they have different conditions.
fn print_item(
    source: &Source,
    id: &Id,
    conditions: &[String],
    implementations: &Implementations,
) -> String {
    let (path, name) = id;
    let module = &source.modules[path];
    let conditions = [conditions, &module.conditions].concat();
    let is_named = |item: &&Item| name_and_visibility(item).is_some_and(|(found, _)| found == name);
    let definitions: Vec<_> = module.items.iter().filter(is_named).collect();
    let mut traits = implementations.traits(id);
    for definition in &definitions {
        traits.extend(derived_traits(attributes(definition)));
    }
    let definitions = definitions.into_iter();
    let mut items: Vec<_> = definitions
        .map(|definition| with_conditions(public_part(definition), &conditions))
        .collect();
    items.extend(implementations.items(id));
    let mut text = unparse(items);
    if !traits.is_empty() {
        let traits: Vec<_> = traits.into_iter().collect();
        writeln!(text, "// {name}: {}", traits.join(", ")).unwrap();
    }
    text
}

fn derived_traits(attributes: &[Attribute]) -> Vec<String> {
    let mut traits = Vec::new();
    let derives = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    for attribute in derives {
        let derive = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last();
            traits.extend(last.map(|segment| segment.ident.to_string()));
            Ok(())
        });
        derive.unwrap();
    }
    traits
}

/// Formats items, and removes the parts that only make them valid Rust.
pub fn unparse(items: Vec<Item>) -> String {
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    };
    prettyplease::unparse(&file)
        .replace(&format!("{PRIVATE_FIELDS}: (),"), "// private fields")
        .replace(" {}\n", ";\n")
}
