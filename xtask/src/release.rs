//! `cargo xtask release-check`: checks that the crate is ready for release. One run reports all
//! findings.

mod package;
mod surface;
mod version;

use crate::changelog;
use crate::console::{fail, print};
use crate::{ci, git};
use clap::Args;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    /// Skip the checks that take minutes: the public API, the tests and the CI steps.
    #[arg(long)]
    quick: bool,
}

/// The outcome of a check.
pub enum Outcome {
    Passed(String),
    /// A problem to fix before the release.
    Finding(String),
    /// A skipped check, with the reason.
    Skipped(String),
}

/// Converts the result of a check: `Ok` has passed and `Err` is a finding.
impl From<Result<String, String>> for Outcome {
    fn from(result: Result<String, String>) -> Self {
        match result {
            Ok(message) => Self::Passed(message),
            Err(finding) => Self::Finding(finding),
        }
    }
}

/// Runs all checks. Returns exit code 1 if there are findings and 2 if dub-sdk is not found.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let Some(version) = crate::repository::version(root) else {
        return fail("dub-sdk/Cargo.toml has no version", 2);
    };
    if !quiet {
        print(&format!("release-check of dub-sdk {version}\n"));
    }
    let mut findings = 0_usize;
    let mut report = |name: &str, outcome: Outcome| {
        let (word, text) = match &outcome {
            Outcome::Passed(text) => ("ok", text),
            Outcome::Skipped(text) => ("skipped", text),
            Outcome::Finding(text) => ("finding", text),
        };
        let finding = matches!(outcome, Outcome::Finding(_));
        findings += usize::from(finding);
        if finding || !quiet {
            print(&format!("{word:>8}  {name}: {}\n", indented(text)));
        }
    };
    report("work tree", clean(root).into());
    report("version", version::check(root, &version));
    report("changelog", changelog::has_entry(root, &version).into());
    report("package", package::check(root).into());
    report("surface", surface(root, arguments.quick, quiet));
    report("tests", tests(root, arguments.quick, quiet));
    report("ci", ci_steps(root, arguments.quick, quiet));
    if !quiet {
        print(&verdict(findings, &version));
    }
    ExitCode::from(u8::from(findings > 0))
}

fn verdict(findings: usize, version: &str) -> String {
    match findings {
        0 => format!("dub-sdk {version} is ready for release\n"),
        1 => "1 finding: not ready for release\n".to_owned(),
        count => format!("{count} findings: not ready for release\n"),
    }
}

/// Aligns all further lines with the first one.
fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n          ")
}

fn clean(root: &Path) -> Result<String, String> {
    let changed = git::lines(root, &["status", "--porcelain"])?;
    if changed.is_empty() {
        return Ok("clean".to_owned());
    }
    let count = changed.len();
    let shown: Vec<_> = changed.into_iter().take(5).collect();
    let more = if count > shown.len() { "\n..." } else { "" };
    Err(format!(
        "{count} uncommitted paths\n{}{more}",
        shown.join("\n")
    ))
}

fn surface(root: &Path, quick: bool, quiet: bool) -> Outcome {
    if quick {
        return Outcome::Skipped("--quick".to_owned());
    }
    surface::check(root, quiet)
}

fn tests(root: &Path, quick: bool, quiet: bool) -> Outcome {
    if quick {
        return Outcome::Skipped("--quick".to_owned());
    }
    ci::tests(root, quiet)
        .map(|()| "all passed".to_owned())
        .into()
}

fn ci_steps(root: &Path, quick: bool, quiet: bool) -> Outcome {
    if quick {
        return Outcome::Skipped("--quick".to_owned());
    }
    ci::all(root, quiet)
        .map(|()| "all steps passed".to_owned())
        .into()
}
