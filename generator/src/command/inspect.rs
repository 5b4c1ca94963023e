//! `dub-generator inspect`: prints the model of a document as JSON.

use super::DocumentArgs;
use crate::Format;
use crate::error::{CliError, print, report_warnings};
use std::process::ExitCode;

pub fn run(source: &DocumentArgs, format: Format, quiet: bool) -> Result<ExitCode, CliError> {
    let sources = source.sources()?;
    let record = source.record()?;
    let result = dub_generator::read(&source.read_args.config(&sources, &record));
    let (api, document) = match result {
        Ok(read) => read,
        Err(problems) => return Err(CliError::document(sources, problems)),
    };
    let deny = source.read_args.deny;
    report_warnings(sources, document.warnings(), deny, format, quiet)?;
    let json = serde_json::to_string_pretty(&api).map_err(|e| CliError::Other(e.to_string()))?;
    print(&format!("{json}\n"))
}
