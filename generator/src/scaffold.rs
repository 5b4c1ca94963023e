//! The files of a complete crate around the generated module: the manifest, the crate root and the
//! runtime.
//!
//! The runtime is a copy of the one in `dub-sdk`, so that a fix there reaches every generated
//! crate.

use crate::GeneratedFile;
use crate::model::{Api, Part};
use std::fmt::Write;

/// The manifest of `dub-sdk`. Its features and dependencies are those of the runtime.
const MANIFEST: &str = include_str!("../../dub-sdk/Cargo.toml");

/// Returns the name and the content of each runtime file.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../dub-sdk/src/runtime/", $name)))),*]
    };
}

const RUNTIME: &[(&str, &str)] = runtime![
    "api_operation.rs",
    "attempt.rs",
    "backoff.rs",
    "backoff/tests.rs",
    "base64.rs",
    "blocking/mod.rs",
    "blocking/pages.rs",
    "body.rs",
    "body_stream/blocking.rs",
    "body_stream/mod.rs",
    "body_stream/source.rs",
    "body_stream/test_server.rs",
    "body_stream/tests.rs",
    "builder.rs",
    "call.rs",
    "client.rs",
    "credential.rs",
    "custom_request.rs",
    "date.rs",
    "decode_error.rs",
    "encoding.rs",
    "error.rs",
    "error_response.rs",
    "error_value.rs",
    "event_stream/blocking.rs",
    "event_stream/mod.rs",
    "event_stream/parser.rs",
    "event_stream/tests.rs",
    "failure.rs",
    "integer.rs",
    "into_text.rs",
    "javascript.rs",
    "json.rs",
    "list.rs",
    "match_budget.rs",
    "mod.rs",
    "multipart.rs",
    "named_buffer.rs",
    "next.rs",
    "number.rs",
    "numbers.rs",
    "object.rs",
    "one_or_many.rs",
    "open_response.rs",
    "operation.rs",
    "other_format.rs",
    "outgoing_body.rs",
    "output.rs",
    "page.rs",
    "pager/fingerprints.rs",
    "pager/item_errors.rs",
    "pager/item_tests.rs",
    "pager/mod.rs",
    "pager/page_items.rs",
    "pager/tests.rs",
    "parameter.rs",
    "parameter/tests.rs",
    "position.rs",
    "properties.rs",
    "raw_response.rs",
    "received.rs",
    "record_stream/mod.rs",
    "record_stream/parser.rs",
    "redirect.rs",
    "request.rs",
    "request_builder.rs",
    "request_parts/body.rs",
    "request_parts/debug.rs",
    "request_parts/extra.rs",
    "request_parts/mod.rs",
    "request_parts/optional_body.rs",
    "request_parts/parameter.rs",
    "request_parts/parts.rs",
    "request_parts/rejected_prefix.rs",
    "request_parts/repetition.rs",
    "response.rs",
    "retry.rs",
    "retry_after.rs",
    "retry_budget.rs",
    "rfc3339.rs",
    "scalar_enum.rs",
    "secret.rs",
    "secrets/escape.rs",
    "secrets/escape_tests.rs",
    "secrets/headers.rs",
    "secrets/mod.rs",
    "secrets/names.rs",
    "secrets/search.rs",
    "secrets/tests.rs",
    "send_error.rs",
    "send_future.rs",
    "server.rs",
    "server_url.rs",
    "streamed_body/mod.rs",
    "streamed_body/outgoing.rs",
    "streamed_body/reader.rs",
    "streamed_body/test_server.rs",
    "streamed_body/tests.rs",
    "string_enum.rs",
    "text.rs",
    "time_limit.rs",
    "timestamp.rs",
    "token.rs",
    "token_cache.rs",
    "trace.rs",
    "union.rs",
    "union_match.rs",
    "unmatched.rs",
];

/// Makes docs.rs document all features, and show which feature an item requires.
const DOCS_RS: &str =
    "[package.metadata.docs.rs]\nall-features = true\nrustdoc-args = [\"--cfg\", \"docsrs\"]";

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

/// Returns the files around the generated module, without the runtime.
pub fn files(api: &Api, name: &str) -> Vec<GeneratedFile> {
    vec![
        GeneratedFile {
            path: "Cargo.toml".to_owned(),
            text: manifest(api, name),
        },
        GeneratedFile {
            path: "src/lib.rs".to_owned(),
            text: lib_rs(api),
        },
    ]
}

/// Returns the files of the runtime, which are the same in every crate, without the parts that the
/// crate does not need.
pub fn runtime(api: &Api) -> Vec<GeneratedFile> {
    let needed = api.runtime_parts();
    let is_needed = |name: &str| {
        let mut parts = Part::ALL.into_iter();
        let part = parts.find(|part| part.has_file(name));
        part.is_none_or(|part| needed.contains(&part))
    };
    let files = RUNTIME.iter().filter(|(name, _)| is_needed(name));
    let files = files.map(|(name, text)| GeneratedFile {
        path: format!("src/runtime/{name}"),
        text: (*text).to_owned(),
    });
    files.collect()
}

fn manifest(api: &Api, name: &str) -> String {
    // The escapes of a JSON string are also valid in a TOML string.
    let title = serde_json::Value::String(format!("A client for the {}", one_line(&api.title)));
    let rust_version = MANIFEST
        .lines()
        .find(|line| line.starts_with("rust-version"));
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
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\ndescription = {title}\nedition = \"2024\"\n{}\n\n\
         {DOCS_RS}\n\n[features]{}\n\n# Keeps the crate out of any workspace in a parent directory.\n[workspace]\n",
        rust_version.unwrap_or_default(),
        shared,
    )
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

fn lib_rs(api: &Api) -> String {
    let mut text = String::new();
    for line in crate::emit::description(api) {
        // Writing to a string never fails.
        let _ = writeln!(text, "{}", format!("//! {line}").trim_end());
    }
    let (gated, others): (Vec<_>, Vec<_>) = api
        .resources
        .iter()
        .partition(|resource| resource.feature.is_some());
    let mut modules: Vec<&str> = vec!["errors", "models"];
    modules.extend(others.iter().map(|resource| resource.module.as_str()));
    modules.sort_unstable();
    let gated: String = gated
        .into_iter()
        .map(|resource| {
            let feature = resource.feature.as_deref().unwrap_or_default();
            let module = &resource.module;
            format!("#[cfg(feature = \"{feature}\")]\npub use generated::{module};\n")
        })
        .collect();
    let parts: String = api
        .runtime_parts()
        .into_iter()
        .map(|part| {
            let (module, items) = (part.module(), part.items().join(", "));
            format!("pub use generated::{module}::{{{items}}};\n")
        })
        .collect();
    let _ = write!(
        text,
        "
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[rustfmt::skip]
mod generated;
mod runtime;

static SERVICE: runtime::Service = runtime::Service::DEFAULT;

pub use generated::client::{client};
pub use generated::errors::ApiError;
#[rustfmt::skip]
pub use generated::{{{modules}}};
{gated}pub use reqwest;
{webhooks}{parts}pub use runtime::{{
    AccessToken, AnyEndpoint, ApiOperation, BuildClient, Bytes, Client, ClientBuilder, CustomRequest, DecodeError,
    Error, ErrorResponse, ErrorValue, Failure, FilePart, HeaderMap, Integer, InvalidTimestamp, Items, Method, Pages,
    PaginatedOperation, ParseEnumError, RateLimit, RequestBuilder, Response, RetryPolicy, SendFuture, StatusCode,
    Timestamp, Token, path_segment,
}};

/// The blocking API: `send` blocks the current thread, and `stream` and `pages` return iterators.
#[cfg(feature = \"blocking\")]
pub mod blocking {{
    pub use crate::generated::client::blocking::{client};
{blocking_streams}    pub use crate::runtime::blocking::{{Blocking, Items, Pages}};
}}
",
        client = api.client,
        modules = modules.join(", "),
        webhooks = match api.webhooks.is_empty() {
            true => String::new(),
            false => format!("#[cfg(feature = \"webhooks\")]\npub use generated::{};\n", api.webhook_module),
        },
        blocking_streams = match api.runtime_parts().contains(&Part::BodyStream) {
            true => "    pub use crate::generated::body_stream::blocking::BodyStream;\n",
            false => "",
        },
    );
    text
}

#[cfg(test)]
mod tests {
    use super::RUNTIME;
    use std::path::Path;

    /// Other crates get the same files: an example that names this crate would not compile there.
    #[test]
    fn runtime_names_no_api() {
        for (name, text) in RUNTIME {
            assert!(!text.to_lowercase().contains("dub"), "{name}");
        }
    }

    /// A new file of the runtime must be added to `RUNTIME`.
    #[test]
    fn includes_every_runtime_file() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dub-sdk/src/runtime");
        let mut files = Vec::new();
        collect(&root, "", &mut files);
        files.sort();
        let names: Vec<_> = RUNTIME.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, files);
    }

    /// Adds the paths of all files below `directory`, with forward slashes.
    fn collect(directory: &Path, prefix: &str, files: &mut Vec<String>) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                collect(&entry.path(), &format!("{path}/"), files);
            } else {
                files.push(path);
            }
        }
    }
}
