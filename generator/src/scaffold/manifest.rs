//! The manifest of a complete crate.

mod package;

use super::{Crate, EXAMPLE};
use crate::model::{Api, Part};

/// The manifest of `dub-sdk`. Its features and dependencies are those of the runtime.
const MANIFEST: &str = include_str!("../../../dub-sdk/Cargo.toml");

/// Makes docs.rs document all features, and show which feature an item requires.
const DOCS_RS: &str =
    "[package.metadata.docs.rs]\nall-features = true\nrustdoc-args = [\"--cfg\", \"docsrs\"]";

/// The dependencies of the example.
const DEV_DEPENDENCIES: &str = "[dev-dependencies]\ntokio = { version = \"1.40\", features = \
    [\"macros\", \"rt-multi-thread\"] }\n\n";

/// The line of the features that are on by default.
const DEFAULT_FEATURES: &str = "default = [\"rustls\", \"http2\"]\n";

/// The features of a crate with arguments that are UUIDs or decimals, up to the next section.
const TEXT_FEATURES: &str = "
# Arguments for UUIDs and decimals take the types of these crates, next to strings.
uuid = [\"dep:uuid\"]
rust_decimal = [\"dep:rust_decimal\"]

[dependencies]";

/// The dependencies of [`TEXT_FEATURES`].
const TEXT_DEPENDENCIES: &str = "
rust_decimal = { version = \"1.30\", optional = true, default-features = false, features = [\"std\"] }
uuid = { version = \"1.6\", optional = true, default-features = false, features = [\"std\"] }
";

/// The dependencies of the feature `webhooks` of `dub-sdk`.
const WEBHOOK_DEPENDENCIES: [&str; 2] = ["hmac", "sha2"];

/// The end of a manifest.
const WORKSPACE: &str =
    "# Keeps the crate out of any workspace in a parent directory.\n[workspace]\n";

/// Returns the text of the manifest.
pub fn text(krate: Crate<'_>) -> String {
    let api = krate.api;
    let shared = MANIFEST
        .split_once("[features]")
        .map_or("", |(_, rest)| rest);
    let shared = shared
        .split_once("[dev-dependencies]")
        .map_or(shared, |(shared, _)| shared);
    let mut shared = without_webhook_dependencies(shared, !api.webhooks.is_empty());
    if api.runtime_parts().contains(&Part::IntoText) {
        shared = shared.replacen("\n\n[dependencies]", TEXT_FEATURES, 1);
        shared += TEXT_DEPENDENCIES;
    }
    shared = shared.replacen(DEFAULT_FEATURES, &default_features(api), 1);
    let package = package::section(krate);
    let example = example(krate);
    format!("{package}\n{DOCS_RS}\n\n[features]{shared}\n\n{example}{WORKSPACE}")
}

pub use package::name as package_name;

/// Returns the version of the crate.
pub fn version(krate: Crate<'_>) -> String {
    package::version(krate)
}

/// Returns the oldest version of Rust that compiles the crate.
pub fn rust_version() -> &'static str {
    let mut lines = MANIFEST.lines();
    let version = lines.find_map(|line| line.strip_prefix("rust-version = "));
    version.unwrap_or_default().trim_matches('"')
}

/// Returns the sections for the example; an empty string if there is none.
fn example(krate: Crate<'_>) -> String {
    let Some(program) = krate.program else {
        return String::new();
    };
    let feature = program.feature.iter();
    let example = feature.map(|feature| {
        format!(
            "[[example]]\nname = \"first_program\"\npath = \"{EXAMPLE}\"\n\
             required-features = [\"{feature}\"]\n\n"
        )
    });
    format!("{DEV_DEPENDENCIES}{}", example.collect::<String>())
}

/// Removes the dependencies for the signatures of webhooks, which no other crate checks, from a part
/// of the manifest. The feature stays if the crate has webhooks.
fn without_webhook_dependencies(shared: &str, has_webhooks: bool) -> String {
    let mut lines = Vec::new();
    for line in shared.trim_end().lines() {
        if WEBHOOK_DEPENDENCIES
            .iter()
            .any(|name| line.starts_with(&format!("{name} = ")))
        {
            continue;
        }
        if line.starts_with("webhooks = ") {
            // The line before is the comment on the feature of `dub-sdk`.
            lines.pop();
            if has_webhooks {
                lines.push("# The payloads of webhooks.");
                lines.push("webhooks = []");
            }
            continue;
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// Returns the feature `default`, followed by a feature for each tag if the crate has them.
fn default_features(api: &Api) -> String {
    let features = || {
        api.resources
            .iter()
            .filter_map(|one| one.feature.as_deref())
    };
    if features().next().is_none() {
        return DEFAULT_FEATURES.to_owned();
    }
    let mut text = "default = [\n    \"rustls\",\n    \"http2\",\n".to_owned();
    for feature in features() {
        text += &format!("    \"{feature}\",\n");
    }
    text += "]\n# The operations of a tag, and the models that only this tag uses.\n";
    for feature in features() {
        text += &format!("{feature} = []\n");
    }
    text
}
