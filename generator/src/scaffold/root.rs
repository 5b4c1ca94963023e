//! The root of a complete crate, `lib.rs`.

use super::Crate;
use crate::model::Part;
use std::fmt::Write;

/// Returns the text of `lib.rs`.
pub fn text(krate: Crate<'_>) -> String {
    let api = krate.api;
    let mut text = String::new();
    for line in docs(krate) {
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
            false => format!(
                "#[cfg(feature = \"webhooks\")]\npub use generated::{};\n",
                api.webhook_module
            ),
        },
        blocking_streams = match api.runtime_parts().contains(&Part::BodyStream) {
            true => "    pub use crate::generated::body_stream::blocking::BodyStream;\n",
            false => "",
        },
    );
    text + &readme_test(krate)
}

/// Returns the documentation of the crate: its description and the first program.
fn docs(krate: Crate<'_>) -> Vec<String> {
    let mut lines = crate::emit::description(krate.api);
    let Some(program) = krate.program else {
        return lines;
    };
    lines.extend(["", "# First program", "", "```no_run"].map(str::to_owned));
    let main = "#[tokio::main]";
    for line in &program.lines {
        // Without the feature, the program is empty.
        if let Some(feature) = program.feature.as_ref().filter(|_| line == main) {
            lines.push(format!("# #[cfg(not(feature = \"{feature}\"))]"));
            lines.push("# fn main() {}".to_owned());
            lines.push(format!("# #[cfg(feature = \"{feature}\")]"));
        }
        lines.push(line.clone());
    }
    lines.extend(["```", ""].map(str::to_owned));
    lines.extend(
        [
            "Each operation returns a request builder: required parameters are arguments, optional ones",
            "are methods. Call `send` to run it. Every call returns a value or an [`Error`].",
        ]
        .map(str::to_owned),
    );
    if krate.options.feature_per_tag {
        lines.extend(
            [
                "",
                "Each resource, with the models that only it uses, has a feature. All of them are on by",
                "default.",
            ]
            .map(str::to_owned),
        );
    }
    lines
}

/// Returns the item that compiles the program of the README as a doctest.
fn readme_test(krate: Crate<'_>) -> String {
    let Some(program) = krate.program else {
        return String::new();
    };
    let condition = match &program.feature {
        Some(feature) => format!("all(doctest, feature = \"{feature}\")"),
        None => "doctest".to_owned(),
    };
    format!(
        "\n/// Compiles the program of the README as a doctest.\n#[cfg({condition})]\n\
         #[doc = include_str!(\"../README.md\")]\nstruct Readme;\n"
    )
}
