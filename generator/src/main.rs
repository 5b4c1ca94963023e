//! The generator as a program: reads a document, shows the model or writes the code.

mod command;
mod texts;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::model::Api;
use dub_generator::output::{Action, Plan};
use dub_generator::{GeneratedFile, Input, Unsupported};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use texts::{Texts, refused};

/// Trees of tokens are made of many small pieces: with the system's allocator a run takes a third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Writes the models, operations and errors of a Rust SDK from an OpenAPI 3.0 document.
///
/// Exit codes: 0 done, 1 `--check` found a difference, 2 the input was refused; `diff` has its own.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How results and problems are reported; problems know no Markdown.
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    format: Format,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Write the generated module of a crate.
    #[command(
        after_help = "Examples:\n  dub-generator generate --spec spec/customers.yaml --out dub-sdk\n  \
        dub-generator generate --spec dub.json --tag Customers --out dub-sdk --check"
    )]
    Generate(Generate),
    /// Print the model of a document as JSON.
    #[command(after_help = "Example:\n  dub-generator inspect --spec spec/customers.yaml")]
    Inspect(Source),
    /// Say what a user of the crate notices of a new document, and what breaks.
    ///
    /// Exit codes: 0 nothing changes, 1 all changes are compatible, 2 something breaks, 3 a document was refused.
    #[command(after_help = "Examples:\n  dub-generator diff old.yaml new.yaml\n  \
        dub-generator diff old.json new.json --tag Customers --current-version 0.1.0 --format markdown")]
    Diff(command::diff::Diff),
    /// Say more of an error's code, such as E007.
    Explain { code: String },
}

#[derive(Args)]
struct Source {
    /// The document, YAML or JSON.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// An overlay to apply to the document first (OpenAPI Overlay 1.0).
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
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

#[derive(Args)]
struct Generate {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    target: Target,
    /// Write nothing; exit with 1 when something would change.
    #[arg(long)]
    check: bool,
}

/// Where the files go.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Target {
    /// The directory of a crate that is there already; the code goes into its src/generated.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A directory for a whole crate that compiles as it is: manifest, runtime and generated code.
    #[arg(long, value_name = "DIR")]
    crate_dir: Option<PathBuf>,
}

/// Why the program ends with 2.
enum Failure {
    /// The document is wrong.
    Document {
        texts: Texts,
        problems: Vec<Diagnostic>,
    },
    /// Anything else, such as a file that is not there.
    Other(String),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Generate(arguments) => generate(arguments, cli.quiet),
        Command::Inspect(source) => inspect(source),
        Command::Diff(arguments) => command::diff::run(arguments, cli.format, cli.quiet),
        Command::Explain { code } => explain(code),
    };
    result.unwrap_or_else(|failure| {
        report(&failure, cli.format);
        ExitCode::from(if matches!(cli.command, Command::Diff(_)) {
            3
        } else {
            2
        })
    })
}

fn report(failure: &Failure, format: Format) {
    let message = match failure {
        Failure::Document { texts, problems } => texts.problems(problems, format),
        Failure::Other(message) => format!("error: {message}\n"),
    };
    eprint!("{message}");
}

fn input<'a>(source: &'a Source, texts: &'a Texts) -> Input<'a> {
    Input {
        document: &texts.document.1,
        overlay: texts.overlay(),
        tags: &source.tags,
        crate_name: &source.crate_name,
        unsupported: if source.allow_unsupported {
            Unsupported::LeaveOut
        } else {
            Unsupported::Refuse
        },
    }
}

fn inspect(source: &Source) -> Result<ExitCode, Failure> {
    let texts = Texts::read(&source.spec, source.overlay.as_deref())?;
    let api = dub_generator::inspect(&input(source, &texts)).map_err(refused(texts))?;
    let json = serde_json::to_string_pretty(&api).map_err(|e| Failure::Other(e.to_string()))?;
    print(&format!("{json}\n"))
}

fn explain(code: &str) -> Result<ExitCode, Failure> {
    match diagnostic::explain(code) {
        Some(text) => print(&format!("{}\n", text.trim_end())),
        None => Err(Failure::Other(format!(
            "no error has the code `{code}`; codes look like E007"
        ))),
    }
}

/// Prints a result; a reader who has seen enough, such as `head`, is no failure.
fn print(text: &str) -> Result<ExitCode, Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Other(error.to_string()))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn generate(arguments: &Generate, quiet: bool) -> Result<ExitCode, Failure> {
    let source = &arguments.source;
    if let Some(problem) = dub_generator::name_problem(&source.crate_name) {
        return Err(Failure::Other(problem));
    }
    let texts = Texts::read(&source.spec, source.overlay.as_deref())?;
    let (make, directory): (fn(&Input<'_>) -> _, _) = match &arguments.target {
        Target {
            crate_dir: Some(directory),
            ..
        } => (dub_generator::generate_crate, directory),
        Target {
            out: Some(directory),
            ..
        } => (dub_generator::generate, directory),
        // clap asks for one of the two.
        Target { .. } => return Err(Failure::Other("--out or --crate-dir is needed".to_owned())),
    };
    let generated = make(&input(source, &texts)).map_err(refused(texts))?;
    list_left_out(&generated.api);
    let plan = plan(directory, &generated.files)?;
    if arguments.check {
        return Ok(check(&plan, quiet));
    }
    plan.apply()
        .map_err(|error| Failure::Other(error.to_string()))?;
    if !quiet {
        show(&plan);
    }
    Ok(ExitCode::SUCCESS)
}

/// Says which operations are not in the crate: that must not go unnoticed.
fn list_left_out(api: &Api) {
    for left_out in &api.left_out {
        eprintln!("left out  {}", left_out.operation);
        left_out
            .reasons
            .iter()
            .for_each(|reason| eprintln!("          {reason}"));
    }
}

fn plan(out: &Path, files: &[GeneratedFile]) -> Result<Plan, Failure> {
    Plan::new(out, files).map_err(|error| Failure::Other(error.to_string()))
}

fn check(plan: &Plan, quiet: bool) -> ExitCode {
    if plan.is_clean() {
        return ExitCode::SUCCESS;
    }
    if !quiet {
        show(plan);
        eprintln!("the generated files are not up to date: run the same command without --check");
    }
    ExitCode::from(1)
}

fn show(plan: &Plan) {
    for change in &plan.changes {
        let word = match change.action {
            Action::Create => "created",
            Action::Update => "updated",
            Action::Remove => "removed",
            Action::Keep => "unchanged",
        };
        eprintln!("{word:>10}  {}", change.path);
    }
}
