//! `dub-generator explain`: prints the explanation of an error code.

use crate::Format;
use crate::error::{CliError, print};
use clap::Args;
use dub_generator::diagnostic;
use serde_json::json;
use std::process::ExitCode;

#[derive(Args)]
pub struct Explain {
    /// The error code, such as E007 [default: list all codes].
    code: Option<String>,
}

pub fn run(arguments: &Explain, format: Format) -> Result<ExitCode, CliError> {
    let Some(code) = &arguments.code else {
        return print(&list(format));
    };
    let text = diagnostic::explain(code).ok_or_else(|| {
        CliError::Other(format!(
            "unknown error code `{code}`; run `dub-generator explain` to list all codes"
        ))
    })?;
    let text = text.trim_end();
    match format {
        Format::Json => {
            let code = text.split(':').next();
            print(&format!("{:#}\n", json!({"code": code, "text": text})))
        }
        Format::Text | Format::Markdown => print(&format!("{text}\n")),
    }
}

/// Lists every code with its title.
fn list(format: Format) -> String {
    let titles = diagnostic::titles();
    if format == Format::Json {
        let titles = titles.filter_map(|line| line.split_once(": "));
        let all: Vec<_> = titles
            .map(|(code, title)| json!({"code": code, "title": title}))
            .collect();
        return format!("{:#}\n", json!(all));
    }
    titles.map(|line| format!("{line}\n")).collect()
}
