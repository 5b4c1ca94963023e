//! The program's commands, each in a room of its own.

pub mod completions;
pub mod diff;
pub mod explain;
pub mod generate;
pub mod inspect;

use crate::sources::Sources;
use clap::Args;
use dub_generator::model::Api;
use dub_generator::{Config, Unsupported};
use std::path::PathBuf;

/// A document, and how to read it.
#[derive(Args)]
pub struct DocumentArgs {
    /// The document, YAML or JSON.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// An overlay to apply to the document first (OpenAPI Overlay 1.0).
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    #[command(flatten)]
    read_args: ReadArgs,
}

/// What of a document is taken, and under which name.
#[derive(Args)]
pub struct ReadArgs {
    /// Take the operations of this tag alone; may be given several times [default: all tags].
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The name of the crate, which gives the client its own (`dub-sdk` makes `Dub`).
    #[arg(long, value_name = "NAME", default_value = "dub-sdk")]
    crate_name: String,
    /// Leave out the operations that are not supported, and list them, instead of refusing the document.
    #[arg(long)]
    allow_unsupported: bool,
}

impl ReadArgs {
    fn config<'a>(&'a self, sources: &'a Sources) -> Config<'a> {
        Config {
            document: &sources.document.1,
            overlay: sources.overlay(),
            tags: &self.tags,
            crate_name: &self.crate_name,
            unsupported: if self.allow_unsupported {
                Unsupported::Skip
            } else {
                Unsupported::Reject
            },
        }
    }
}

/// The operations that are not in the crate: that must not go unnoticed.
fn skipped(api: &Api) -> String {
    let mut text = String::new();
    for skipped in &api.skipped {
        text += &format!("left out  {}\n", skipped.operation);
        for reason in &skipped.reasons {
            text += &format!("          {reason}\n");
        }
    }
    text
}
