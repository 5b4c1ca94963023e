//! The commands of `dub-generator`, one module for each.

pub mod completions;
pub mod diff;
pub mod explain;
pub mod generate;
pub mod inspect;
mod report;

use crate::error::{CliError, Deny};
use crate::sources::Sources;
use clap::Args;
use dub_generator::fetch::Url;
use dub_generator::model::{Api, Record};
use dub_generator::{Config, Unsupported};
use std::path::{Path, PathBuf};

/// The default name of a crate, if neither a manifest nor `--crate-dir` provides one.
const DEFAULT_CRATE_NAME: &str = "dub-sdk";

/// Arguments that select a document and control how it is read.
#[derive(Args)]
pub struct DocumentArgs {
    /// The OpenAPI document, YAML or JSON: a file, or a URL that is fetched with `curl`, within 60
    /// seconds, 64 MiB and 5 redirects. Plain HTTP is allowed only for loopback. A file can refer to
    /// other files in its directory.
    #[arg(long, value_name = "FILE|URL")]
    spec: PathBuf,
    /// An overlay to apply to the document first (OpenAPI Overlay 1.0): a file or a URL.
    #[arg(long, value_name = "FILE|URL")]
    overlay: Option<PathBuf>,
    /// The record of names: methods and types keep the names that they have there. `generate` adds
    /// new names to it, and creates it if it does not exist.
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
    #[command(flatten)]
    read_args: ReadArgs,
}

/// Arguments that control how a document is read: they select the operations, name the crate and
/// control what happens to unsupported operations.
#[derive(Args)]
pub struct ReadArgs {
    /// Use only operations with this tag; can be repeated [default: all tags].
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The name of the crate. The client type is named after it: `Dub` for `dub-sdk` [default: for
    /// `generate`, the name in the manifest of the crate, or else the name of --crate-dir; otherwise
    /// dub-sdk].
    #[arg(long, value_name = "NAME")]
    crate_name: Option<String>,
    /// Skip unsupported and invalid operations and list them, instead of rejecting the document.
    /// Unknown keys and invalid hints for pagination are ignored with a warning.
    #[arg(long)]
    allow_unsupported: bool,
    /// Read files outside of the directory of the document, if it refers to them.
    #[arg(long)]
    allow_outside: bool,
    /// Treat warnings as errors.
    #[arg(long, value_enum, value_name = "KIND")]
    deny: Option<Deny>,
}

impl ReadArgs {
    fn config<'a>(&'a self, sources: &'a Sources, names: &'a Record) -> Config<'a> {
        Config {
            document: sources.document(),
            files: sources.files(),
            overlay: sources.overlay(),
            tags: &self.tags,
            crate_name: self.crate_name.as_deref().unwrap_or(DEFAULT_CRATE_NAME),
            // Only `generate` writes files.
            command: "",
            unsupported: if self.allow_unsupported {
                Unsupported::Skip
            } else {
                Unsupported::Reject
            },
            names: Some(names),
        }
    }
}

impl DocumentArgs {
    /// Reads the document and the overlay.
    fn sources(&self) -> Result<Sources, String> {
        let allow_outside = self.read_args.allow_outside;
        Sources::read(&self.spec, self.overlay.as_deref(), allow_outside)
    }

    /// Reads the record of names. It is empty if the file does not exist.
    fn record(&self) -> Result<Record, CliError> {
        let Some(path) = &self.names else {
            return Ok(Record::default());
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(CliError::Other(format!("{}: {error}", path.display()))),
        };
        Record::parse(&text).map_err(|invalid| {
            let (path, line) = (path.display(), invalid.line);
            CliError::Other(format!("{path}:{line}: {}", invalid.message))
        })
    }

    /// Returns the command line that generates a crate again, if it runs in the directory of the
    /// crate and the document is there, unless it is at a URL.
    fn command_line(&self, crate_name: &str, target: &str) -> String {
        let name = |path: &Path| {
            if let Some(Ok(url)) = path.to_str().and_then(Url::of_argument) {
                return url.shown();
            }
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let mut words = vec!["dub-generator".to_owned(), "generate".to_owned()];
        let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
        option("--spec", name(&self.spec));
        if let Some(overlay) = &self.overlay {
            option("--overlay", name(overlay));
        }
        if let Some(names) = &self.names {
            option("--names", name(names));
        }
        for tag in &self.read_args.tags {
            option("--tag", tag.clone());
        }
        option("--crate-name", crate_name.to_owned());
        option(target, ".".to_owned());
        let flags = [
            (self.read_args.allow_unsupported, "--allow-unsupported"),
            (self.read_args.allow_outside, "--allow-outside"),
        ];
        let flags = flags.iter().filter(|(is_set, _)| *is_set);
        words.extend(flags.map(|(_, flag)| (*flag).to_owned()));
        let quoted = words
            .iter()
            .map(|word| shlex::try_quote(word).unwrap_or_default());
        quoted.collect::<Vec<_>>().join(" ")
    }
}

/// Formats the skipped operations, and the invalid parts that no operation reaches, with the
/// reasons.
fn skipped(api: &Api) -> String {
    let mut text = String::new();
    for skipped in &api.skipped {
        text += &format!("skipped   {}\n", skipped.operation);
        for reason in &skipped.reasons {
            text += &format!("          {reason}\n");
        }
    }
    text
}
