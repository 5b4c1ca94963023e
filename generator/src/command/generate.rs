//! `dub-generator generate`: writes the generated files of a crate.

use super::{DocumentArgs, skipped};
use crate::Format;
use crate::error::{CliError, print, report_warnings};
use crate::sources::Sources;
use clap::Args;
use dub_generator::model::Api;
use dub_generator::output::{self, Action, Plan};
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

/// The output directory: exactly one of the two options.
#[derive(Args)]
#[group(required = true, multiple = false)]
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
    #[arg(long, value_name = "DIR")]
    crate_dir: Option<PathBuf>,
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
    if let Some(problem) = dub_generator::crate_name_error(&source.read_args.crate_name) {
        return Err(CliError::Other(problem));
    }
    let sources = Sources::read(&source.spec, source.overlay.as_deref())?;
    let (is_crate, option, directory) = match &arguments.target {
        Target {
            crate_dir: Some(directory),
            ..
        } => (true, "--crate-dir", directory),
        Target {
            out: Some(directory),
            ..
        } => (false, "--out", directory),
        // Unreachable: the argument group requires one of the two options.
        Target { .. } => {
            return Err(CliError::Other(
                "--out or --crate-dir is required".to_owned(),
            ));
        }
    };
    let record = source.record()?;
    let other_error = |error: std::io::Error| CliError::Other(error.to_string());
    // A crate with a command of its own, such as `cargo xtask regen`, keeps it.
    let command = output::wrapper_command(directory).map_err(other_error)?;
    let mut own_command = source.command_line(option);
    if arguments.crate_args.feature_per_tag {
        own_command += " --feature-per-tag";
    }
    let config = Config {
        command: &command.unwrap_or(own_command),
        ..source.read_args.config(&sources, &record)
    };
    let result = match is_crate {
        true => {
            let manifest = output::manifest(directory).map_err(other_error)?;
            let options = arguments.crate_args.options(manifest.as_deref());
            dub_generator::generate_crate_with(&config, options)
        }
        false => dub_generator::generate(&config),
    };
    let mut generated = match result {
        Ok(generated) => generated,
        Err(problems) => return Err(CliError::Document { sources, problems }),
    };
    let (warnings, deny) = (&generated.warnings, source.read_args.deny);
    // With `--format json`, the warnings are part of the result.
    let silent = quiet || format == Format::Json;
    let sources = report_warnings(sources, warnings, deny, format, silent)?;
    output::keep_handwritten_pages(directory, &mut generated.files).map_err(other_error)?;
    let plan = Plan::new(directory, &generated.files).map_err(other_error)?;
    let plan = match &source.names {
        Some(path) => {
            let text = generated.api.record.text();
            plan.merge(
                Plan::of_file(Path::new(""), &path.to_string_lossy(), text).map_err(other_error)?,
            )
        }
        None => plan,
    };
    if !arguments.check {
        plan.apply().map_err(other_error)?;
    }
    if format == Format::Json {
        if !quiet {
            let warnings = sources.to_json_value(warnings);
            print(&to_json(&plan, &generated.api, &warnings))?;
        }
    } else {
        report(&plan, &generated.api, arguments.check, quiet);
    }
    let differs = arguments.check && !plan.is_clean();
    Ok(ExitCode::from(u8::from(differs)))
}

/// Reports the changed files. Skipped operations are reported even with `--quiet`.
fn report(plan: &Plan, api: &Api, check: bool, quiet: bool) {
    terminal::eprint(&skipped(api));
    if quiet || (check && plan.is_clean()) {
        return;
    }
    for change in &plan.changes {
        terminal::eprint(&format!(
            "{:>10}  {}\n",
            action_label(change.action),
            change.path
        ));
    }
    if check {
        terminal::eprint(
            "the generated files are out of date: run the same command without --check\n",
        );
    }
}

fn action_label(action: Action) -> &'static str {
    match action {
        Action::Create => "created",
        Action::Update => "updated",
        Action::Remove => "removed",
        Action::Keep => "unchanged",
    }
}

fn to_json(plan: &Plan, api: &Api, warnings: &Value) -> String {
    let files: Vec<_> = plan
        .changes
        .iter()
        .map(|change| json!({"path": change.path, "action": action_label(change.action)}))
        .collect();
    let clean = plan.is_clean();
    let value = json!({
        "up_to_date": clean,
        "files": files,
        "skipped": api.skipped,
        "warnings": warnings,
    });
    format!("{value:#}\n")
}
