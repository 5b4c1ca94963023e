//! `cargo xtask regen`: generates dub-sdk/ from spec/.

use crate::changelog;
use crate::console::print;
use crate::diff::{Comparison, Side};
use crate::files;
use crate::names;
use crate::repository::{CRATE, SPEC};
use crate::spec;
use crate::warnings::DenyArgs;
use clap::Args;
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::output::{Action, Change, Plan};
use dub_generator::terminal;
use similar::TextDiff;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Args)]
pub struct Arguments {
    /// Write nothing; print the differences and exit with code 1 if there are any.
    #[arg(long, conflicts_with_all = ["changelog", "base"])]
    check: bool,
    /// Add the changes for users of the crate to CHANGELOG.md, under Unreleased.
    #[arg(long)]
    changelog: bool,
    /// The git revision since which the changes are listed.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    base: String,
    #[command(flatten)]
    deny: DenyArgs,
}

/// Regenerates the crate, or checks that it is up to date.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let result = if arguments.check {
        prepare(root, &arguments.deny, quiet).map(|prepared| check(&prepared.plan, quiet))
    } else {
        regenerate(root, arguments, quiet).map(|()| ExitCode::SUCCESS)
    };
    result.unwrap_or_else(|message| {
        terminal::eprint(&message);
        ExitCode::from(2)
    })
}

fn regenerate(root: &Path, arguments: &Arguments, quiet: bool) -> Result<(), String> {
    let start = Instant::now();
    let Prepared { plan, names } = prepare(root, &arguments.deny, quiet)?;
    let comparison = Comparison::since(root, &arguments.base);
    let mut report = match &comparison {
        Ok(comparison) if comparison.changes.is_empty() => String::new(),
        Ok(comparison) => format!("{}\n", comparison.text()),
        // A copy without git history can also be regenerated.
        Err(_) if arguments.changelog => String::new(),
        Err(message) => format!("could not determine the changes: {message}"),
    };
    // A problem with the imported document does not prevent the generation.
    report += &spec::missing_from_crate_spec(root).unwrap_or_else(|problems| problems);
    report += &names;
    report += &summary(&plan);
    let plan = if arguments.changelog {
        let entry = changelog::plan(root, &comparison?.changes)?;
        report += &changelog::summary(&entry);
        plan.merge(entry)
    } else {
        plan
    };
    plan.apply()
        .map_err(|error| format!("error: {error}\nnothing was changed\n"))?;
    if !quiet {
        let seconds = start.elapsed().as_secs_f64();
        print(&format!("{report}{SPEC} -> {CRATE} in {seconds:.2} s\n"));
    }
    Ok(())
}

/// The changes to make, and those of the record of names in words.
struct Prepared {
    plan: Plan,
    names: String,
}

/// Generates the files and compares them with the existing ones.
fn prepare(root: &Path, deny: &DenyArgs, quiet: bool) -> Result<Prepared, String> {
    let path = root.join(SPEC);
    let text = std::fs::read(&path).map_err(|error| format!("error: {SPEC}: {error}\n"))?;
    let record = names::read(root)?;
    let files = files::now(root, SPEC);
    let side = Side::without_overlay(SPEC, &text)
        .with_files(&files)
        .with_names(&record);
    let render = |problems: &[Diagnostic]| {
        side.render_diagnostics(problems) + &diagnostic::summary(problems, "cargo xtask")
    };
    let generated =
        dub_generator::generate(&side.config()).map_err(|problems| render(&problems))?;
    deny.report(&generated.warnings, render, quiet)?;
    let plan = Plan::new(&root.join(CRATE), &generated.files);
    let plan = plan.map_err(|error| format!("error: {error}\n"))?;
    let plan = plan.merge(names::plan(root, &generated.api.record)?);
    Ok(Prepared {
        plan,
        names: names::changes(&record, &generated.api.record),
    })
}

fn check(plan: &Plan, quiet: bool) -> ExitCode {
    if plan.is_clean() {
        if !quiet {
            print(&format!("{CRATE} is up to date with {SPEC}\n"));
        }
        return ExitCode::SUCCESS;
    }
    if !quiet {
        plan.pending().for_each(|change| print(&unified(change)));
    }
    terminal::eprint(&format!(
        "{CRATE} is out of date with {SPEC}: run `cargo xtask regen`\n"
    ));
    ExitCode::from(1)
}

/// Returns the path of a file relative to the repository root.
fn shown(change: &Change) -> String {
    match change.path.as_str() {
        names::NAMES => names::NAMES.to_owned(),
        path => format!("{CRATE}/{path}"),
    }
}

fn unified(change: &Change) -> String {
    let path = shown(change);
    let diff = TextDiff::from_lines(&change.old, &change.new);
    diff.unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

/// Lists the changed files and counts the unchanged ones.
fn summary(plan: &Plan) -> String {
    let mut text = String::new();
    let mut unchanged = 0_usize;
    for change in &plan.changes {
        let word = match change.action {
            Action::Create => "created",
            Action::Update => "updated",
            Action::Remove => "removed",
            Action::Keep => {
                unchanged += 1;
                continue;
            }
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{word:>9}  {}", shown(change));
    }
    let _ = writeln!(
        text,
        "{unchanged} of {} files unchanged",
        plan.changes.len()
    );
    text
}
