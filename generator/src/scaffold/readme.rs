//! The README of a complete crate.

use super::{Crate, EXAMPLE, manifest};
use crate::model::{Resource, unraw};

/// The features that every crate has.
const FEATURES: [(&str, &str, &str); 6] = [
    ("`rustls`", "TLS with rustls", "yes"),
    (
        "`native-tls`",
        "TLS with the library of the operating system",
        "",
    ),
    ("`http2`", "HTTP/2, if the server offers it", "yes"),
    (
        "`blocking`",
        "the module `blocking`, for programs without async",
        "",
    ),
    (
        "`tracing`",
        "a span for each call, events for its end and its retries",
        "",
    ),
    (
        "`jiff`, `chrono`, `time`",
        "conversions between `Timestamp` and the types of these crates",
        "",
    ),
];

/// Returns the text of the README.
pub fn text(krate: Crate<'_>) -> String {
    let mut lines = vec![format!("# {}", krate.name), String::new()];
    lines.extend(crate::emit::description(krate.api));
    lines.push(String::new());
    lines.extend(install(krate));
    lines.extend(first_program(krate));
    lines.extend(operations(krate));
    lines.extend(features(krate));
    lines.extend(
        [
            "## License",
            "",
            "Licensed under either of [Apache License, Version 2.0](LICENSE-APACHE) or",
            "[MIT License](LICENSE-MIT) at your option.",
        ]
        .map(str::to_owned),
    );
    lines.join("\n") + "\n"
}

fn install(krate: Crate<'_>) -> Vec<String> {
    let (name, version) = (krate.name, manifest::version(krate));
    let rust = manifest::rust_version();
    vec![
        "## Install".to_owned(),
        String::new(),
        "```toml".to_owned(),
        "[dependencies]".to_owned(),
        format!("{name} = \"{version}\""),
        "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }".to_owned(),
        "```".to_owned(),
        String::new(),
        format!(
            "The crate needs Rust {rust}. Asynchronous calls need a tokio runtime; the blocking API"
        ),
        "(feature `blocking`) needs none.".to_owned(),
        String::new(),
    ]
}

fn first_program(krate: Crate<'_>) -> Vec<String> {
    let Some(program) = krate.program else {
        return Vec::new();
    };
    let mut lines = ["## First program", "", "```rust,no_run"]
        .map(str::to_owned)
        .to_vec();
    lines.extend(program.lines.clone());
    lines.extend(["```", ""].map(str::to_owned));
    let values = program.variables.iter().map(|name| format!("{name}=... "));
    let values: String = values.collect();
    lines.extend([
        format!("To run it, which is [an example]({EXAMPLE}) of the crate:"),
        String::new(),
        "```sh".to_owned(),
        format!("{values}cargo run --example first_program"),
        "```".to_owned(),
        String::new(),
    ]);
    lines.extend(
        [
            "Each operation returns a request builder: required parameters are arguments, optional ones are",
            "methods. Call `send` to run it, or `send_with_response` to get the status and the headers, too.",
            "",
        ]
        .map(str::to_owned),
    );
    lines
}

/// Returns the table of the resources.
fn operations(krate: Crate<'_>) -> Vec<String> {
    let resources = &krate.api.resources;
    if resources.is_empty() {
        return Vec::new();
    }
    let has_features = resources.iter().any(|one| one.feature.is_some());
    let mut lines = vec!["## Operations".to_owned(), String::new()];
    lines.extend(match has_features {
        true => ["| resource | operations | feature |", "|---|---|---|"].map(str::to_owned),
        false => ["| resource | operations |", "|---|---|"].map(str::to_owned),
    });
    lines.extend(resources.iter().map(resource_row));
    lines.push(String::new());
    if krate.api.types.len() > krate.api.webhook_types().len() {
        let models = "The [models](docs/models.md) are the types of requests and responses.";
        lines.extend([models.to_owned(), String::new()]);
    }
    lines
}

fn resource_row(resource: &Resource) -> String {
    let operations = resource.operations.iter();
    let operations = operations.map(|one| format!("`{}`", unraw(&one.name.rust)));
    let operations = operations.collect::<Vec<_>>().join(", ");
    let (module, file) = (unraw(&resource.module), &resource.file);
    let feature = resource.feature.as_ref();
    let feature = feature
        .map(|name| format!(" `{name}` |"))
        .unwrap_or_default();
    format!("| [`{module}()`](docs/{file}.md) | {operations} |{feature}")
}

fn features(krate: Crate<'_>) -> Vec<String> {
    let mut lines = [
        "## Features",
        "",
        "| feature | adds | default |",
        "|---|---|---|",
    ]
    .map(str::to_owned)
    .to_vec();
    for (name, adds, default) in FEATURES {
        let default = format!(" {default} ").replace("  ", " ");
        lines.push(format!("| {name} | {adds} |{default}|"));
    }
    if !krate.api.webhooks.is_empty() {
        lines.push("| `webhooks` | the payloads of webhooks | |".to_owned());
    }
    let tags = krate.api.resources.iter();
    let mut tags = tags.filter_map(|one| one.feature.as_deref());
    if let Some(feature) = tags.next() {
        lines.push(
            "| those of the resources | a resource, with the models that only it uses | yes |"
                .to_owned(),
        );
        lines.extend([
            String::new(),
            "A program that uses few resources compiles faster with their features only:".to_owned(),
            String::new(),
            "```toml".to_owned(),
            format!(
                "{} = {{ version = \"{}\", default-features = false, features = [\"rustls\", \"http2\", \"{feature}\"] }}",
                krate.name,
                manifest::version(krate)
            ),
            "```".to_owned(),
        ]);
    }
    lines.push(String::new());
    lines
}
