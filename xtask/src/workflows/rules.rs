//! The rules for workflows: each command is one of this program, each action has a fixed version,
//! and no job has more rights or time than it needs.

use super::Parse;
use serde_yaml::Value;
use std::path::Path;

/// The commands that are not commands of this program. `.ci/run` runs `cargo xtask ci`, and the
/// other one installs the toolchain that builds this program.
const OTHER_COMMANDS: [&str; 2] = [
    ".ci/run",
    "rustup toolchain install stable --no-self-update --profile minimal --component clippy,rustfmt",
];
/// Characters with a meaning in a shell, and those of expressions (`${{ ... }}`), whose values would
/// become part of the command.
const SHELL_SYNTAX: [char; 16] = [
    '|', '&', ';', '<', '>', '$', '`', '"', '\'', '(', ')', '{', '}', '*', '\\', '#',
];
/// The length of a full commit hash.
const HASH_LENGTH: usize = 40;

/// A workflow, or an action that workflows share: its text and its content.
pub struct Workflow {
    text: String,
    content: Value,
}

impl Workflow {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let content = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
        Ok(Self { text, content })
    }

    /// Returns the violations of the rules.
    pub fn findings(&self, parse: Parse) -> Vec<String> {
        let is_action = self.content.get("runs").is_some();
        let mut findings = match is_action {
            true => Vec::new(),
            false => self.missing_limits(),
        };
        for (name, command) in self.commands() {
            if let Err(problem) = check_command(command, parse) {
                findings.push(format!("job `{name}`: `{command}`: {problem}"));
            }
        }
        let lines = self.text.lines().map(str::trim);
        let uses = lines.filter_map(|line| {
            let line = line.strip_prefix("- ").unwrap_or(line);
            line.strip_prefix("uses:").map(str::trim)
        });
        findings.extend(uses.filter_map(|action| check_action(action).err()));
        findings
    }

    /// Returns findings for a workflow and for jobs without limits.
    fn missing_limits(&self) -> Vec<String> {
        let mut findings = Vec::new();
        if self.content.get("concurrency").is_none() {
            findings.push("expected a `concurrency` group".to_owned());
        }
        if !is_read_only(self.content.get("permissions")) {
            findings.push("expected `permissions: contents: read` for the workflow".to_owned());
        }
        for (name, job) in self.jobs() {
            if job.get("timeout-minutes").is_none() {
                findings.push(format!("job `{name}`: expected `timeout-minutes`"));
            }
        }
        findings
    }

    /// Returns each line of each `run`, with the name of its job.
    pub fn commands(&self) -> impl Iterator<Item = (&str, &str)> {
        self.jobs().flat_map(|(name, job)| {
            let steps = job.get("steps").and_then(Value::as_sequence);
            let runs = steps
                .into_iter()
                .flatten()
                .filter_map(|step| step.get("run")?.as_str());
            runs.flat_map(str::lines)
                .map(move |line| (name, line.trim()))
                .filter(|(_, line)| !line.is_empty())
        })
    }

    /// Returns the jobs of a workflow with their names. The steps of an action are one job, `runs`.
    fn jobs(&self) -> impl Iterator<Item = (&str, &Value)> {
        let jobs = self.content.get("jobs").and_then(Value::as_mapping);
        let jobs = jobs.into_iter().flatten();
        let jobs = jobs.filter_map(|(name, job)| Some((name.as_str()?, job)));
        let steps = self.content.get("runs").map(|runs| ("runs", runs));
        jobs.chain(steps)
    }
}

/// Returns true for permissions that only read the repository.
fn is_read_only(permissions: Option<&Value>) -> bool {
    let Some(Value::Mapping(permissions)) = permissions else {
        return false;
    };
    permissions
        .iter()
        .all(|(name, access)| name.as_str() == Some("contents") && access.as_str() == Some("read"))
}

fn check_command(command: &str, parse: Parse) -> Result<(), String> {
    if OTHER_COMMANDS.contains(&command) {
        return Ok(());
    }
    if command.contains(SHELL_SYNTAX) {
        return Err("expected a command without shell syntax and expressions".to_owned());
    }
    let arguments = command.strip_prefix("cargo xtask ").ok_or_else(|| {
        let others = OTHER_COMMANDS.map(|command| format!("`{command}`"));
        format!("expected `cargo xtask ...`, {}", others.join(" or "))
    })?;
    let arguments: Vec<_> = arguments.split_ascii_whitespace().collect();
    parse(&arguments)
}

/// Checks that an action is fixed to a commit, and that a comment names its version, which
/// Dependabot updates together with the commit.
fn check_action(action: &str) -> Result<(), String> {
    let is_local = action.starts_with("./");
    let (_, revision) = action.split_once('@').unwrap_or_default();
    let (hash, version) = revision.split_once(" # v").unwrap_or((revision, ""));
    let is_hash = hash.len() == HASH_LENGTH && hash.chars().all(|char| char.is_ascii_hexdigit());
    let is_version = version.starts_with(|char: char| char.is_ascii_digit());
    if is_local || is_hash && is_version {
        return Ok(());
    }
    Err(format!(
        "`{action}`: expected the full hash of a commit and a version, such as `@{} # v1.2.3`",
        "0".repeat(HASH_LENGTH)
    ))
}
