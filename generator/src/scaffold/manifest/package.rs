//! The section `[package]` of the manifest. Its values are defaults: those in the current manifest of
//! the crate take precedence.

use super::rust_version;
use crate::scaffold::Crate;

/// The keys whose values depend on the generated code.
const FIXED: [&str; 3] = ["name", "edition", "rust-version"];

/// A key with its value, as in the manifest. The value can have several lines.
struct Entry {
    key: String,
    text: String,
}

/// Returns the section.
pub fn section(krate: Crate<'_>) -> String {
    let mut kept = kept(krate);
    let mut text = "[package]\n".to_owned();
    for default in defaults(krate) {
        match kept.iter().position(|entry| entry.key == default.key) {
            Some(index) => text += &kept.remove(index).text,
            None => text += &default.text,
        }
    }
    text.extend(kept.into_iter().map(|entry| entry.text));
    text
}

/// Returns the version of the crate.
pub fn version(krate: Crate<'_>) -> String {
    let entries = kept(krate).into_iter().chain(defaults(krate));
    let mut versions = entries.filter(|entry| entry.key == "version");
    let text = versions.next().map(|entry| entry.text).unwrap_or_default();
    let version = text.split('"').nth(1).unwrap_or("0.1.0");
    version.to_owned()
}

/// Returns the name of the package in a manifest.
pub fn name(manifest: &str) -> Option<String> {
    let entries = entries(manifest);
    let entry = entries.iter().find(|entry| entry.key == "name")?;
    let name = entry.text.split(['"', '\'']).nth(1)?;
    Some(name.to_owned())
}

fn defaults(krate: Crate<'_>) -> Vec<Entry> {
    let name = krate.name;
    let title = one_line(&krate.api.titled());
    // The escapes of a JSON string are also valid in a TOML string.
    let description = serde_json::Value::String(format!("A client for the {title}"));
    let string = |text: &str| format!("\"{text}\"");
    let values = [
        ("name", string(name)),
        ("version", string("0.1.0")),
        ("description", description.to_string()),
        ("documentation", string(&format!("{DOCS}{name}"))),
        ("readme", string("README.md")),
        ("license", string("MIT OR Apache-2.0")),
        (
            "keywords",
            "[\"api\", \"client\", \"openapi\", \"sdk\"]".to_owned(),
        ),
        (
            "categories",
            "[\"api-bindings\", \"web-programming::http-client\"]".to_owned(),
        ),
        ("edition", string("2024")),
        ("rust-version", string(rust_version())),
        (
            "include",
            "[\"/src/**\", \"/docs/**\", \"/examples/**\", \"/README.md\", \"/CHANGELOG.md\", \"/LICENSE-*\"]"
                .to_owned(),
        ),
    ];
    let entries = values.map(|(key, value)| Entry {
        key: key.to_owned(),
        text: format!("{key} = {value}\n"),
    });
    entries.into()
}

/// The start of the default value of `documentation`.
const DOCS: &str = "https://docs.rs/";

/// Returns the entries of the current manifest that the crate keeps.
fn kept(krate: Crate<'_>) -> Vec<Entry> {
    let manifest = krate.options.manifest.unwrap_or_default();
    let mut entries = entries(manifest);
    entries.retain(|entry| {
        let is_default_page = entry.key == "documentation" && entry.text.contains(DOCS);
        !FIXED.contains(&entry.key.as_str()) && !is_default_page
    });
    entries
}

/// Returns the entries of the section `[package]`.
fn entries(manifest: &str) -> Vec<Entry> {
    let mut lines = manifest.lines();
    let _before = lines.by_ref().find(|line| line.trim() == "[package]");
    let mut entries: Vec<Entry> = Vec::new();
    for line in lines.take_while(|line| !line.starts_with('[')) {
        if let Some(key) = key(line) {
            entries.push(Entry {
                key: key.to_owned(),
                text: format!("{line}\n"),
            });
        } else if let Some(last) = entries.last_mut().filter(|_| !is_comment(line)) {
            last.text += &format!("{line}\n");
        }
    }
    entries
}

/// Returns the key if an entry begins in the line: `version` for `version.workspace = true`.
fn key(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let (key, _) = name.split_once('.').unwrap_or((name, ""));
    let is_key = |c: char| c.is_ascii_lowercase() || c == '-';
    Some(key.trim_end()).filter(|key| !key.is_empty() && key.chars().all(is_key))
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

fn one_line(text: &str) -> String {
    let visible = |c: &char| !c.is_control();
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(visible)
        .take(120)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn reads_the_entries_of_the_package() {
        let manifest = "# @generated\n\n[package]\nversion.workspace = true\n# Ours.\nauthors = [\n    \
            \"Ada = A\",\n]\npublish = [\"ours\"]\n\n[features]\nversion = []\n";
        let entries = entries(manifest);
        let shown: Vec<_> = entries.iter().map(|one| (&*one.key, &*one.text)).collect();
        assert_eq!(
            shown,
            [
                ("version", "version.workspace = true\n"),
                ("authors", "authors = [\n    \"Ada = A\",\n]\n"),
                ("publish", "publish = [\"ours\"]\n"),
            ]
        );
        assert!(super::entries("").is_empty());
    }
}
