//! `dub-generator inspect`: prints the model of a document as JSON.

use super::DocumentArgs;
use crate::error::{CliError, document_error, print};
use crate::sources::Sources;
use std::process::ExitCode;

pub fn run(source: &DocumentArgs) -> Result<ExitCode, CliError> {
    let sources = Sources::read(&source.spec, source.overlay.as_deref())?;
    let api = dub_generator::inspect(&source.read_args.config(&sources))
        .map_err(document_error(sources))?;
    let json = serde_json::to_string_pretty(&api).map_err(|e| CliError::Other(e.to_string()))?;
    print(&format!("{json}\n"))
}
