//! Names of the components that a document gets from its files.

use super::library::{Library, Target};
use std::collections::{BTreeMap, HashSet};

/// A section of `components`, and a value in a file that becomes a component there.
pub(super) type Component = (&'static str, Target);

/// Returns a name for each component. `taken` are the names of the document's own components.
///
/// A name depends on the path of the file and on the location there, and not on the order of the
/// references. If two components have the same name, the one whose file comes first keeps it: that
/// with fewer directories, then by the alphabet. The others end with the path of their file.
pub(super) fn assign(
    library: &Library<'_>,
    components: impl Iterator<Item = Component>,
    mut taken: HashSet<(&'static str, String)>,
) -> BTreeMap<Component, String> {
    let path = |target: &Target| {
        library
            .get(target.file)
            .map_or("", |file| file.path.as_str())
    };
    let mut components: Vec<Component> = components.collect();
    components.sort_by(|(one_section, one), (other_section, other)| {
        let key = |path: &str| path.matches('/').count();
        let (one_path, other_path) = (path(one), path(other));
        key(one_path)
            .cmp(&key(other_path))
            .then_with(|| one_path.cmp(other_path))
            .then_with(|| one.pointer.cmp(&other.pointer))
            .then_with(|| one_section.cmp(other_section))
    });
    let mut names = BTreeMap::new();
    for (section, target) in components {
        let own = own_name(path(&target), &target.pointer);
        let qualified = format!("{own}{}", suffix(path(&target), &target.pointer));
        let numbered = (2_u32..).map(|number| format!("{qualified}_{number}"));
        let candidates = [own, qualified.clone()].into_iter().chain(numbered);
        let mut free = candidates.filter(|name| taken.insert((section, normalised(name))));
        if let Some(name) = free.next() {
            names.insert((section, target), name);
        }
    }
    names
}

/// Returns what two names have in common that would get the same name in Rust.
pub(super) fn normalised(name: &str) -> String {
    let letters: String = name.chars().filter(|char| char.is_alphanumeric()).collect();
    match letters.is_empty() {
        true => name.to_owned(),
        false => letters.to_lowercase(),
    }
}

/// Returns the last word of a JSON pointer, or the name of a file without its extension.
pub(super) fn own_name(path: &str, pointer: &str) -> String {
    let last = super::super::pointer::tokens(pointer).last();
    let last = last.unwrap_or_default().into_owned();
    let has = |is: fn(char) -> bool| last.contains(is);
    if has(char::is_alphabetic) {
        last
    } else if has(char::is_alphanumeric) {
        format!("{}_{last}", stem(path))
    } else {
        stem(path).to_owned()
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Returns the path of a file as the end of a name, without what the name contains already.
fn suffix(path: &str, pointer: &str) -> String {
    let directories = path
        .rsplit_once('/')
        .map_or("", |(directories, _)| directories);
    let stem = Some(stem(path)).filter(|_| !pointer.is_empty());
    let parts = directories.split('/').chain(stem);
    let parts = parts.filter(|part| !matches!(*part, "" | ".."));
    let word = |part: &str| -> String {
        let word = |char: char| if char.is_alphanumeric() { char } else { '_' };
        part.chars().map(word).collect()
    };
    parts.map(|part| format!("_{}", word(part))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_last_word_or_the_file() {
        let table = [
            ("schemas/pet.yaml", "", "pet", "_schemas"),
            (
                "common.yaml",
                "/components/schemas/Error",
                "Error",
                "_common",
            ),
            (
                "billing/v1.2/common.yaml",
                "/Error",
                "Error",
                "_billing_v1_2_common",
            ),
            ("../shared/a.yaml", "/allOf/0", "a_0", "_shared_a"),
            ("a.yaml", "/responses/~1", "a", "_a"),
        ];
        for (path, pointer, name, end) in table {
            assert_eq!(own_name(path, pointer), name);
            assert_eq!(suffix(path, pointer), end);
        }
    }
}
