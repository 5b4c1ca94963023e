//! `dub-generator generate`: writes the generated files of a crate.

use super::{DEFAULT_CRATE_NAME, DocumentArgs, report, skipped};
use crate::Format;
use crate::error::{CliError, print, report_warnings};
use crate::sources::Sources;
use clap::Args;
use dub_generator::diagnostic::Diagnostic;
use dub_generator::output::{self, Plan};
use dub_generator::{Config, CrateOptions, terminal};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub struct Generate {
    #[command(flatten)]
    source: DocumentArgs,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    crate_args: CrateArgs,
    /// Write nothing; exit with code 1 if any file would change.
    #[arg(long)]
    check: bool,
}

/// The output: one of the two directories, a bundle, or both.
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Target {
    /// The directory of an existing crate: the code is written to src/generated, and the reference
    /// pages to docs.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The directory for a complete crate that compiles as is and can be published: manifest, README,
    /// example, licences, runtime, generated code and reference pages. When the crate is generated
    /// again, the values in the section [package] of its manifest are kept, and so are a README, an
    /// example and licences that do not begin with the line `@generated`. Do not add files to its
    /// directory src/runtime: they are removed.
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    crate_dir: Option<PathBuf>,
    /// Write the document with all files that it refers to as one file in YAML. The overlay is not
    /// applied to it.
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
}

/// Options of a complete crate.
#[derive(Args)]
struct CrateArgs {
    /// Give the crate a feature for each tag, all on by default. Operations, and models that only
    /// some tags use, are compiled only with the features of these tags.
    #[arg(long, requires = "crate_dir")]
    feature_per_tag: bool,
}

impl CrateArgs {
    fn options<'a>(&self, manifest: Option<&'a str>) -> CrateOptions<'a> {
        CrateOptions {
            feature_per_tag: self.feature_per_tag,
            manifest,
        }
    }
}

pub fn run(arguments: &Generate, format: Format, quiet: bool) -> Result<ExitCode, CliError> {
    let source = &arguments.source;
    let sources = source.sources()?;
    let bundle = match &arguments.target.bundle {
        Some(path) => match dub_generator::bundle(sources.document(), sources.files()) {
            Ok(text) => Some(file_plan(path, text)?),
            Err(problems) => return Err(CliError::document(sources, problems)),
        },
        None => None,
    };
    let (sources, generated) = match arguments.target.directory() {
        Some(directory) => generate(arguments, &directory, sources, format, quiet)?,
        None => (sources, Output::default()),
    };
    let plans = [generated.plan, bundle].into_iter().flatten();
    let Some(plan) = plans.reduce(Plan::merge) else {
        // Unreachable: one of the options is required.
        return Err(CliError::Other("--out or --crate-dir is required".into()));
    };
    if !arguments.check {
        plan.apply().map_err(other_error)?;
    }
    if format == Format::Json {
        if !quiet {
            let warnings = sources.to_json_value(&generated.warnings);
            print(&to_json(&plan, &generated.skipped, &warnings))?;
        }
    } else {
        // Also with `--quiet`.
        terminal::eprint(&generated.skipped_text);
        report::changes(&plan, arguments.check, quiet);
    }
    let differs = arguments.check && !plan.is_clean();
    Ok(ExitCode::from(u8::from(differs)))
}

/// The directory of the generated files, and the option that names it.
struct Directory<'a> {
    path: &'a Path,
    option: &'static str,
    is_crate: bool,
}

impl Target {
    fn directory(&self) -> Option<Directory<'_>> {
        match (&self.crate_dir, &self.out) {
            (Some(path), _) => Some(Directory {
                path,
                option: "--crate-dir",
                is_crate: true,
            }),
            (None, Some(path)) => Some(Directory {
                path,
                option: "--out",
                is_crate: false,
            }),
            (None, None) => None,
        }
    }
}

/// The result of a run.
#[derive(Default)]
struct Output {
    /// The changes of the files; `None` if only a bundle is written.
    plan: Option<Plan>,
    warnings: Vec<Diagnostic>,
    skipped: Value,
    skipped_text: String,
}

/// Generates the files of a crate.
fn generate(
    arguments: &Generate,
    directory: &Directory<'_>,
    sources: Sources,
    format: Format,
    quiet: bool,
) -> Result<(Sources, Output), CliError> {
    let source = &arguments.source;
    let record = source.record()?;
    let manifest = output::manifest(directory.path).map_err(other_error)?;
    let crate_name = crate_name(arguments, directory, manifest.as_deref())?;
    // A crate with a command of its own, such as `cargo xtask regen`, keeps it.
    let command = output::wrapper_command(directory.path).map_err(other_error)?;
    let mut own_command = source.command_line(&crate_name, directory.option);
    if arguments.crate_args.feature_per_tag {
        own_command += " --feature-per-tag";
    }
    let config = Config {
        crate_name: &crate_name,
        command: &command.unwrap_or(own_command),
        ..source.read_args.config(&sources, &record)
    };
    let result = if directory.is_crate {
        let options = arguments.crate_args.options(manifest.as_deref());
        dub_generator::generate_crate_with(&config, options)
    } else {
        dub_generator::generate(&config)
    };
    let mut generated = match result {
        Ok(generated) => generated,
        Err(problems) => return Err(CliError::document(sources, problems)),
    };
    let (warnings, deny) = (&generated.warnings, source.read_args.deny);
    // With `--format json`, the warnings are part of the result.
    let silent = quiet || format == Format::Json;
    let sources = report_warnings(sources, warnings, deny, format, silent)?;
    output::keep_handwritten_pages(directory.path, &mut generated.files).map_err(other_error)?;
    let mut plan = Plan::new(directory.path, &generated.files).map_err(other_error)?;
    if let Some(path) = &source.names {
        plan = plan.merge(file_plan(path, generated.api.record.text())?);
    }
    let output = Output {
        plan: Some(plan),
        skipped: json!(generated.api.skipped),
        skipped_text: skipped(&generated.api),
        warnings: generated.warnings,
    };
    Ok((sources, output))
}

/// Returns the name of the crate: the option, the name in the manifest, or the name of the directory
/// of a new crate.
fn crate_name(
    arguments: &Generate,
    directory: &Directory<'_>,
    manifest: Option<&str>,
) -> Result<String, CliError> {
    if let Some(name) = &arguments.source.read_args.crate_name {
        return match dub_generator::crate_name_error(name) {
            None => Ok(name.clone()),
            Some(problem) => Err(CliError::Other(problem)),
        };
    }
    let name = match manifest.and_then(dub_generator::package_name) {
        Some(name) => name,
        None if directory.is_crate => directory_name(directory.path),
        None => DEFAULT_CRATE_NAME.to_owned(),
    };
    match dub_generator::crate_name_error(&name) {
        None => Ok(name),
        Some(problem) => Err(CliError::Other(format!(
            "{problem}; choose a name with --crate-name"
        ))),
    }
}

/// Returns the name of a directory; an empty string for the root.
fn directory_name(path: &Path) -> String {
    // `..` has a name only if the directory exists.
    let path = path.canonicalize().or_else(|_| std::path::absolute(path));
    let path = path.unwrap_or_default();
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Returns the change of one file.
fn file_plan(path: &Path, text: String) -> Result<Plan, CliError> {
    Plan::of_file(Path::new(""), &path.to_string_lossy(), text).map_err(other_error)
}

fn other_error(error: std::io::Error) -> CliError {
    CliError::Other(error.to_string())
}

fn to_json(plan: &Plan, skipped: &Value, warnings: &Value) -> String {
    let files: Vec<_> = plan
        .changes
        .iter()
        .map(|change| json!({"path": change.path, "action": report::action_label(change.action)}))
        .collect();
    let clean = plan.is_clean();
    let value = json!({
        "up_to_date": clean,
        "files": files,
        "skipped": skipped.as_array().unwrap_or(&Vec::new()),
        "warnings": warnings,
    });
    format!("{value:#}\n")
}
