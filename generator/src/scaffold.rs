//! The files of a complete crate around the generated module: the manifest, the crate root, the
//! README, an example and the runtime.
//!
//! The runtime is a copy of the one in `dub-sdk`, so that a fix there reaches every generated
//! crate.

mod manifest;
mod readme;
mod root;

use crate::emit::FirstProgram;
use crate::model::{Api, Part};
use crate::{CrateOptions, GeneratedFile};
pub use manifest::package_name;

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

/// The licence of the runtime, and so of each crate with it.
const LICENSES: [(&str, &str); 2] = [
    ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
];

/// The path of the example.
const EXAMPLE: &str = "examples/first_program.rs";

/// A crate around the generated module.
#[derive(Clone, Copy)]
pub struct Crate<'a> {
    pub api: &'a Api,
    pub name: &'a str,
    pub options: CrateOptions<'a>,
    /// `None` if the crate has no operations.
    pub program: Option<&'a FirstProgram>,
}

/// Returns the files around the generated module that have a header.
pub fn files(krate: Crate<'_>) -> Vec<GeneratedFile> {
    let mut files = vec![
        file("Cargo.toml", manifest::text(krate)),
        file("src/lib.rs", root::text(krate)),
        file("README.md", readme::text(krate)),
    ];
    files.extend(
        krate
            .program
            .map(|program| file(EXAMPLE, program.lines.join("\n") + "\n")),
    );
    files
}

/// Returns the licences.
pub fn licenses() -> impl Iterator<Item = GeneratedFile> {
    let licenses = LICENSES.iter();
    licenses.map(|(path, text)| file(path, (*text).to_owned()))
}

fn file(path: &str, text: String) -> GeneratedFile {
    GeneratedFile {
        path: path.to_owned(),
        text,
    }
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
