//! `dub-generator inspect`: the model of a document.

use super::Source;
use crate::failure::{Failure, print, refused};
use crate::texts::Texts;
use std::process::ExitCode;

pub fn run(source: &Source) -> Result<ExitCode, Failure> {
    let texts = Texts::read(&source.spec, source.overlay.as_deref())?;
    let api = dub_generator::inspect(&source.reading.input(&texts)).map_err(refused(texts))?;
    let json = serde_json::to_string_pretty(&api).map_err(|e| Failure::Other(e.to_string()))?;
    print(&format!("{json}\n"))
}
