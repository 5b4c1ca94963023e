//! Checks that the items of generated code have different names.

use std::collections::HashSet;
use syn::{Attribute, Fields, Ident, ImplItem, Item, UseTree};

/// Checks the items of a file or a module, and the types that it imports. Items with `#[cfg]` may have
/// equal names.
pub fn check(path: &str, items: &[Item]) {
    let types = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((&item.attrs, &item.ident)),
        Item::Enum(item) => Some((&item.attrs, &item.ident)),
        Item::Type(item) => Some((&item.attrs, &item.ident)),
        Item::Trait(item) => Some((&item.attrs, &item.ident)),
        Item::Mod(item) => Some((&item.attrs, &item.ident)),
        _ => None,
    });
    let mut imported = Vec::new();
    for item in items {
        if let Item::Use(item) = item {
            let mut names = Vec::new();
            imported_types(&item.tree, &mut names);
            imported.extend(names.into_iter().map(|name| (&item.attrs, name)));
        }
    }
    distinct(path, types.chain(imported));
    for item in items {
        match item {
            Item::Struct(item) => fields(path, &item.fields),
            Item::Enum(item) => {
                let variants = item.variants.iter();
                distinct(
                    path,
                    variants.map(|variant| (&variant.attrs, &variant.ident)),
                );
                let variants = item.variants.iter();
                variants.for_each(|variant| fields(path, &variant.fields));
            }
            Item::Impl(item) => {
                let methods = item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(method) => Some((&method.attrs, &method.sig.ident)),
                    _ => None,
                });
                distinct(path, methods);
            }
            Item::Mod(module) => {
                let items = module.content.as_ref().map(|(_, items)| items.as_slice());
                check(path, items.unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// Collects the types that a `use` imports. Modules and macros can have equal names.
fn imported_types<'a>(tree: &'a UseTree, names: &mut Vec<&'a Ident>) {
    let is_type = |name: &&Ident| name.to_string().starts_with(char::is_uppercase);
    match tree {
        UseTree::Path(path) => imported_types(&path.tree, names),
        UseTree::Name(name) => names.extend(Some(&name.ident).filter(is_type)),
        UseTree::Rename(rename) => names.extend(Some(&rename.rename).filter(is_type)),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| imported_types(tree, names)),
        UseTree::Glob(_) => {}
    }
}

fn fields(path: &str, fields: &Fields) {
    let named = fields.iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        Some((&field.attrs, name))
    });
    distinct(path, named);
}

fn distinct<'a>(path: &str, names: impl Iterator<Item = (&'a Vec<Attribute>, &'a Ident)>) {
    let mut seen = HashSet::new();
    for (attributes, name) in names {
        let is_conditional = attributes.iter().any(|it| it.path().is_ident("cfg"));
        assert!(
            is_conditional || seen.insert(name),
            "{path}: `{name}` is defined twice"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_found() {
        let has_equal_names = |code: &str| {
            let file = syn::parse_file(code).unwrap();
            std::panic::catch_unwind(|| check("a.rs", &file.items)).is_err()
        };
        for code in [
            "struct A; enum A {}",
            "struct A { b: i64, b: String }",
            "enum A { B, B }",
            "impl A { fn b() {} fn b() {} }",
            "mod a { type B = i64; struct B; }",
            "use a::B; use c::{d::B};",
            "use a::{B as C}; struct C;",
        ] {
            assert!(has_equal_names(code), "{code}");
        }
        for code in [
            "struct A { b: i64 } struct B { b: i64 }",
            "#[cfg(x)] struct A; #[cfg(not(x))] struct A;",
            "use a::{B, self}; use a; struct C;",
            "impl A { fn b() {} } impl B { fn b() {} } mod b { struct A; }",
        ] {
            assert!(!has_equal_names(code), "{code}");
        }
    }
}
