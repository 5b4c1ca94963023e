//! `cargo xtask regen`: from spec/ to dub-sdk/.

use crate::diff::Comparison;
use clap::Args;
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::output::{Action, Change, Plan};
use dub_generator::{Generated, Input, Unsupported};
use similar::TextDiff;
use std::fmt::Write;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// The document, below the repository's root.
pub const SPEC: &str = "spec/customers.yaml";
/// The crate that is generated, below the repository's root.
pub const CRATE: &str = "dub-sdk";

#[derive(Args)]
pub struct Arguments {
    /// Write nothing; print the difference and exit with 1 when there is one.
    #[arg(long)]
    check: bool,
    /// Say nothing but what is wrong.
    #[arg(short, long)]
    quiet: bool,
}

/// Regenerates the crate, or says what that would change.
pub fn run(root: &Path, arguments: &Arguments) -> ExitCode {
    let start = Instant::now();
    let plan = match prepare(root) {
        Ok(plan) => plan,
        Err(message) => {
            eprint!("{message}");
            return ExitCode::from(2);
        }
    };
    if arguments.check {
        return check(&plan, arguments.quiet);
    }
    if let Err(error) = plan.apply() {
        eprintln!("error: {error}\nnothing was changed");
        return ExitCode::from(2);
    }
    if !arguments.quiet {
        show_changes(root);
        print!("{}", summary(&plan));
        println!(
            "{SPEC} -> {CRATE} in {:.2} s",
            start.elapsed().as_secs_f64()
        );
    }
    ExitCode::SUCCESS
}

/// Says what the document in the work tree changes for the users of the crate since the last commit.
fn show_changes(root: &Path) {
    match Comparison::since(root, "HEAD") {
        Ok(comparison) if comparison.changes.is_empty() => {}
        Ok(comparison) => println!("{}", comparison.text()),
        // A copy without a history can be regenerated too.
        Err(message) => eprint!("what has changed is not known: {message}"),
    }
}

/// Generates, and compares with what stands there.
fn prepare(root: &Path) -> Result<Plan, String> {
    let path = root.join(SPEC);
    let text = std::fs::read(&path).map_err(|error| format!("error: {SPEC}: {error}\n"))?;
    let generated = generate(&text).map_err(|problems| render(&problems, SPEC, &text))?;
    Plan::new(&root.join(CRATE), &generated.files).map_err(|error| format!("error: {error}\n"))
}

fn generate(text: &[u8]) -> Result<Generated, Vec<Diagnostic>> {
    dub_generator::generate(&input(text))
}

/// A document to make the crate of.
pub fn input(text: &[u8]) -> Input<'_> {
    Input {
        document: text,
        overlay: None,
        tags: &[],
        crate_name: CRATE,
        unsupported: Unsupported::Refuse,
    }
}

/// What a person reads of a document that was refused.
pub fn render(problems: &[Diagnostic], name: &str, text: &[u8]) -> String {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    diagnostic::render(problems, name, &String::from_utf8_lossy(text), colour)
}

fn check(plan: &Plan, quiet: bool) -> ExitCode {
    if plan.is_clean() {
        if !quiet {
            println!("{CRATE} is up to date with {SPEC}");
        }
        return ExitCode::SUCCESS;
    }
    for change in plan.pending() {
        print!("{}", unified(change));
    }
    eprintln!("{CRATE} is not up to date with {SPEC}: run `cargo xtask regen`");
    ExitCode::from(1)
}

fn unified(change: &Change) -> String {
    let path = format!("{CRATE}/{}", change.path);
    let diff = TextDiff::from_lines(&change.old, &change.new);
    diff.unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

/// What was written, removed and left alone.
fn summary(plan: &Plan) -> String {
    let mut text = String::new();
    let mut same = 0_usize;
    for change in &plan.changes {
        let word = match change.action {
            Action::Create => "created",
            Action::Update => "updated",
            Action::Remove => "removed",
            Action::Keep => {
                same += 1;
                continue;
            }
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{word:>9}  {CRATE}/{}", change.path);
    }
    let _ = writeln!(text, "{same} of {} files unchanged", plan.changes.len());
    text
}
