//! Names of the features of a crate that has one for each tag.

use crate::model::Api;
use std::collections::HashSet;

/// Features and dependencies that generated crates can have.
const RESERVED: [&str; 27] = [
    "blocking",
    "bytes",
    "chrono",
    "default",
    "full",
    "futures-core",
    "hmac",
    "http-body",
    "http2",
    "httpdate",
    "hyper-util",
    "jiff",
    "native-tls",
    "reqwest",
    "rust-decimal",
    "rust_decimal",
    "rustls",
    "serde",
    "serde-json",
    "serde_json",
    "sha2",
    "time",
    "tokio",
    "tracing",
    "url",
    "uuid",
    "webhooks",
];

/// Gives each resource a feature, which is named after its module: `link-tags` for `link_tags`.
pub fn assign(api: &mut Api) {
    let mut used = HashSet::new();
    for resource in &mut api.resources {
        let mut name = feature(&resource.file);
        // A feature of the runtime keeps its meaning: the tag `Time` has the feature `time-api`.
        if RESERVED.contains(&name.as_str()) {
            name += "-api";
        }
        let mut candidate = name.clone();
        let mut number = 2_u32;
        while !used.insert(candidate.clone()) {
            candidate = format!("{name}-{number}");
            number = number.saturating_add(1);
        }
        resource.feature = Some(candidate);
    }
}

/// Converts the name of a file to kebab case. The name of a feature begins with a letter or a digit.
fn feature(file: &str) -> String {
    let words: Vec<&str> = file.split('_').filter(|word| !word.is_empty()).collect();
    match words.is_empty() {
        true => "tag".to_owned(),
        false => words.join("-"),
    }
}

#[cfg(test)]
mod tests {
    use super::{RESERVED, feature};

    #[test]
    fn features_are_kebab_case() {
        for (file, expected) in [
            ("customers", "customers"),
            ("link_tags", "link-tags"),
            ("type_", "type"),
            ("__00fcbersicht", "00fcbersicht"),
        ] {
            assert_eq!(feature(file), expected);
        }
    }

    /// A tag with the name of a feature or a dependency would change its meaning.
    #[test]
    fn reserves_the_features_and_dependencies_of_the_runtime() {
        let manifest = include_str!("../../../dub-sdk/Cargo.toml");
        let (_, rest) = manifest.split_once("[features]").unwrap();
        let (shared, _) = rest.split_once("[dev-dependencies]").unwrap();
        let entries = shared.lines().filter(|line| !line.starts_with('#'));
        for (name, _) in entries.filter_map(|line| line.split_once(" = ")) {
            assert!(RESERVED.contains(&name), "{name}");
        }
    }
}
