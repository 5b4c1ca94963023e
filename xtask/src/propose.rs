//! `cargo xtask propose-import`: imports Dub's published document, and opens a pull request if it has
//! changed in what the crate covers.

use crate::console::{fail, print};
use crate::git;
use crate::repository::CRATE;
use clap::Args;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// The branch of the pull request. There is one at a time: a later import replaces its content.
const BRANCH: &str = "import-document";
const TITLE: &str = "Import Dub's published document";
/// The paths that an import and `regen` write.
const PATHS: [&str; 3] = ["spec", CRATE, "CHANGELOG.md"];
/// The author of the commit, if git has no other.
const AUTHOR: [&str; 4] = [
    "-c",
    "user.name=github-actions[bot]",
    "-c",
    "user.email=41898282+github-actions[bot]@users.noreply.github.com",
];
/// The explanation at the start of the pull request.
const INTRODUCTION: &str = "`cargo xtask spec import` found these changes in the document that Dub \
    publishes. The next step is to describe them in `spec/customers.yaml`, see \"When Dub publishes a \
    new revision\" in CONTRIBUTING.md.\n\n";

#[derive(Args)]
pub struct Arguments {
    /// Write the files and print the text of the pull request, but commit and push nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Imports the document and opens a pull request. Returns exit code 1 if a command fails.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let log = |text: &str| {
        if !quiet {
            print(text);
        }
    };
    match propose(root, arguments, &log) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem, 1),
    }
}

fn propose(root: &Path, arguments: &Arguments, log: &dyn Fn(&str)) -> Result<(), String> {
    if !status(root)?.is_empty() {
        return Err(format!("uncommitted changes in {}", PATHS.join(", ")));
    }
    let lists = xtask(root, &["spec", "import", "--format", "markdown"])?;
    if status(root)?.is_empty() {
        log("nothing to import\n");
        return Ok(());
    }
    // The import does not change the document of the crate; a change here shows that the committed
    // crate was out of date.
    xtask(root, &["regen", "--quiet"])?;
    let text = format!("{INTRODUCTION}{lists}");
    if arguments.dry_run {
        log(&text);
        return Ok(());
    }
    commit(root)?;
    push(root, &text)?;
    log(&format!("{BRANCH} has the imported document\n"));
    Ok(())
}

/// Returns the changed files.
fn status(root: &Path) -> Result<Vec<String>, String> {
    let command = [&["status", "--porcelain", "--"], PATHS.as_slice()].concat();
    git::lines(root, &command)
}

/// Runs a command of this program, and returns what it prints.
fn xtask(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.args(arguments).arg("--root").arg(root);
    output(
        &mut command,
        &format!("cargo xtask {}", arguments.join(" ")),
    )
}

fn commit(root: &Path) -> Result<(), String> {
    git::lines(root, &["checkout", "--quiet", "-B", BRANCH])?;
    git::lines(root, &[&["add", "--"], PATHS.as_slice()].concat())?;
    let commit = ["commit", "--quiet", "--message", TITLE];
    let has_author = git::lines(root, &["config", "user.email"]).is_ok();
    let author = if has_author { &[] } else { AUTHOR.as_slice() };
    git::lines(root, &[author, &commit].concat())?;
    Ok(())
}

/// Pushes the branch, and opens its pull request or updates the one that is open.
fn push(root: &Path, text: &str) -> Result<(), String> {
    git::lines(root, &["push", "--quiet", "--force", "origin", BRANCH])?;
    let create = ["pr", "create", "--head", BRANCH, "--title", TITLE];
    let edit = ["pr", "edit", BRANCH];
    let is_open = gh(root, &["pr", "view", BRANCH, "--json", "state"])
        .is_ok_and(|state| state.contains("OPEN"));
    let command = if is_open { edit.as_slice() } else { &create };
    gh(root, &[command, &["--body", text]].concat())?;
    Ok(())
}

/// Runs GitHub's command line program. It needs a token, as in the variable `GH_TOKEN`.
fn gh(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("gh");
    command.args(arguments).current_dir(root);
    let shown: Vec<&str> = arguments.iter().take(2).copied().collect();
    output(&mut command, &format!("gh {}", shown.join(" ")))
}

/// Returns what a command prints. The error has its messages.
fn output(command: &mut Command, shown: &str) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{shown}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{shown}` failed:\n{errors}"))
}
