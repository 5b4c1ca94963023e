//! A program in a generated crate: it is compiled, and then answers lines with lines.

use super::subject::Subject;
use crate::cargo::cargo;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The time limit for one answer.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// An error of the compiler, and the line of the program that it is about.
pub struct CompileError {
    /// `None` if the error is in another file.
    pub line: Option<usize>,
    pub message: String,
}

/// Adds an example program to a crate, compiles it without TLS, and returns its path. The name is
/// unique, because the crates share a directory for their programs.
pub fn compile(
    subject: &Subject<'_>,
    name: &str,
    source: &str,
) -> Result<PathBuf, Vec<CompileError>> {
    let other = |message: String| {
        let line = None;
        vec![CompileError { line, message }]
    };
    let examples = subject.directory.join("examples");
    std::fs::create_dir_all(&examples)
        .and_then(|()| std::fs::write(examples.join(format!("{name}.rs")), source))
        .map_err(|error| other(error.to_string()))?;
    let features: &[&str] = match subject.api.webhooks.is_empty() {
        true => &[],
        false => &["--features", "webhooks"],
    };
    let output = Command::new(cargo())
        .args([
            "build",
            "--quiet",
            "--no-default-features",
            "--message-format=json",
        ])
        .args(["--example", name])
        .args(features)
        .current_dir(subject.directory)
        .env("CARGO_TARGET_DIR", subject.target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| other(error.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        let messages = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let is_program = |message: &Value| {
            message.pointer("/target/kind/0").and_then(Value::as_str) == Some("example")
        };
        let mut programs = messages
            .filter(is_program)
            .filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from));
        return programs
            .next()
            .ok_or_else(|| other("cargo reported no program".to_owned()));
    }
    let errors = compile_errors(&text, &format!("{name}.rs"));
    Err(match errors.is_empty() {
        true => other(String::from_utf8_lossy(&output.stderr).into_owned()),
        false => errors,
    })
}

/// Returns the errors in the messages of cargo, with their lines in a file.
pub fn compile_errors(messages: &str, file: &str) -> Vec<CompileError> {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages
        .filter_map(|message| {
            let message = message.get("message")?;
            (message.get("level")?.as_str()? == "error").then_some(())?;
            let text = message.get("message")?.as_str()?.to_owned();
            let spans = message.get("spans").and_then(Value::as_array);
            let line = spans.into_iter().flatten().find_map(|span| {
                let name = span.get("file_name")?.as_str()?;
                name.ends_with(file).then_some(())?;
                usize::try_from(span.get("line_start")?.as_u64()?).ok()
            });
            let is_summary = text.starts_with("aborting due to");
            (!is_summary).then_some(CompileError {
                line,
                message: text,
            })
        })
        .collect()
}

/// Like [`compile`], but returns only the first error.
pub fn compile_named(subject: &Subject<'_>, name: &str, source: &str) -> Result<PathBuf, String> {
    compile(subject, name, source).map_err(|errors| {
        let first = errors.into_iter().next();
        first.map(|error| error.message).unwrap_or_default()
    })
}

/// The answer of a program to a line.
#[derive(Debug)]
pub enum Answer {
    Line(String),
    Timeout,
    /// The program ended.
    Ended,
}

/// A program that answers each line with a line. It is started again after a crash.
pub struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Program {
    pub fn new(path: PathBuf, arguments: Vec<String>) -> Self {
        Self {
            path,
            arguments,
            running: None,
        }
    }

    /// Sends a line and waits for the answer.
    pub fn ask(&mut self, line: &str) -> Answer {
        if self.running.is_none() {
            self.running = Running::start(&self.path, &self.arguments);
        }
        let Some(running) = &mut self.running else {
            return Answer::Ended;
        };
        let sent = running.input.write_all(format!("{line}\n").as_bytes());
        let answer = match sent.and_then(|()| running.input.flush()) {
            Ok(()) => match running.lines.recv_timeout(TIME_LIMIT) {
                Ok(line) => return Answer::Line(line),
                Err(RecvTimeoutError::Timeout) => Answer::Timeout,
                Err(RecvTimeoutError::Disconnected) => Answer::Ended,
            },
            Err(_) => Answer::Ended,
        };
        self.running = None;
        answer
    }
}

impl Running {
    fn start(path: &Path, arguments: &[String]) -> Option<Self> {
        let mut child = Command::new(path)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let input = child.stdin.take()?;
        let output = child.stdout.take()?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Some(Self {
            child,
            input,
            lines,
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
