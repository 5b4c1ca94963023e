//! `dub-generator inspect`: the model of a document.

use super::Source;
use crate::error::{CliError, print, refused};
use crate::sources::Sources;
use std::process::ExitCode;

pub fn run(source: &Source) -> Result<ExitCode, CliError> {
    let sources = Sources::read(&source.spec, source.overlay.as_deref())?;
    let api = dub_generator::inspect(&source.reading.config(&sources)).map_err(refused(sources))?;
    let json = serde_json::to_string_pretty(&api).map_err(|e| CliError::Other(e.to_string()))?;
    print(&format!("{json}\n"))
}
