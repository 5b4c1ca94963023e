//! `cargo xtask release-check`: whether what stands here can be released. Every finding is told in one run.

mod package;
mod surface;
mod version;

use crate::changelog;
use crate::console::{fail, print};
use crate::{ci, diff, git};
use clap::Args;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    /// Leave out what takes minutes: the tests, and what CI runs besides.
    #[arg(long)]
    quick: bool,
}

/// What came of one of the checks.
pub enum Outcome {
    Passed(String),
    /// What has to be done before a release.
    Finding(String),
    /// What was not checked, and why that is no finding.
    Skipped(String),
}

/// The outcome of a check that either finds something or does not.
impl From<Result<String, String>> for Outcome {
    fn from(result: Result<String, String>) -> Self {
        match result {
            Ok(fine) => Self::Passed(fine),
            Err(finding) => Self::Finding(finding),
        }
    }
}

/// Runs all checks; 1 when there is a finding, 2 when this is no repository with a crate.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let Some(version) = diff::version(root) else {
        return fail("dub-sdk/Cargo.toml has no version", 2);
    };
    if !quiet {
        print(&format!("release-check of dub-sdk {version}\n"));
    }
    let mut findings = 0_usize;
    let mut tell = |name: &str, outcome: Outcome| {
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
    tell("work tree", clean(root).into());
    tell("version", version::check(root, &version));
    tell("changelog", changelog::has_entry(root, &version).into());
    tell("package", package::check(root).into());
    tell("surface", surface(root, arguments.quick, quiet));
    tell("tests", tests(root, arguments.quick, quiet));
    tell("ci", ci_steps(root, arguments.quick, quiet));
    if !quiet {
        print(&verdict(findings, &version));
    }
    ExitCode::from(u8::from(findings > 0))
}

fn verdict(findings: usize, version: &str) -> String {
    match findings {
        0 => format!("dub-sdk {version} can be released\n"),
        1 => "1 finding: not to be released yet\n".to_owned(),
        more => format!("{more} findings: not to be released yet\n"),
    }
}

/// Further lines stand under the first.
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
        "{count} paths are not committed\n{}{more}",
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
        .map(|()| "they pass".to_owned())
        .into()
}

fn ci_steps(root: &Path, quick: bool, quiet: bool) -> Outcome {
    if quick {
        return Outcome::Skipped("--quick".to_owned());
    }
    ci::all(root, quiet)
        .map(|()| "every step is well".to_owned())
        .into()
}
