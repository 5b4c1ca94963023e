//! `cargo xtask bench`: what a call costs with dub-sdk, beside the same call written by hand, and what a run of the
//! generator costs.

use crate::ci::cargo;
use crate::console::{Progress, fail, say};
use crate::regen::SPEC;
use clap::{Args, ValueEnum};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

/// How often each count is taken. Loopback cuts a reply into pieces as it likes; the median takes little notice.
const ROUNDS: usize = 7;

#[derive(Args)]
pub struct Arguments {
    /// Measure this alone [default: both].
    what: Option<What>,
    /// A document to run the generator on beside our own; may be given several times.
    #[arg(long = "document", value_name = "FILE")]
    documents: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum What {
    Calls,
    Generator,
}

/// Prints what is measured.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let wanted = |what: What| arguments.what.is_none_or(|wanted| wanted == what);
    let mut done = Ok(());
    if wanted(What::Calls) {
        done = calls(root, quiet);
    }
    if wanted(What::Generator) {
        done = done.and_then(|()| generator(root, &arguments.documents));
    }
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem, 1),
    }
}

/// The generator as people run it, and the share of each of its stages.
fn generator(root: &Path, documents: &[PathBuf]) -> Result<(), String> {
    say("== time of a run of the generator, and the stages' shares of it\n");
    build(root, "dub-generator")?;
    build(root, "dub-sdk-benches")?;
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let mut command = Command::new(binary(root, "generator"));
    command.arg(binary(root, "dub-generator")).arg(SPEC);
    command.args(documents.iter().map(|document| here.join(document)));
    succeed(&mut command, root)
}

fn build(root: &Path, package: &str) -> Result<(), String> {
    let arguments = ["build", "-q", "--release", "-p", package];
    succeed(Command::new(cargo()).args(arguments), root)
}

/// Times and allocations, then instructions where valgrind is there.
fn calls(root: &Path, quiet: bool) -> Result<(), String> {
    say("== time and allocations of a call\n");
    succeed(
        Command::new(cargo()).args(["bench", "-q", "-p", "dub-sdk-benches"]),
        root,
    )?;
    say("== instructions of a call\n");
    if Command::new("valgrind").arg("--version").output().is_err() {
        say("valgrind is not installed, so none were counted\n");
        return Ok(());
    }
    build(root, "dub-sdk-benches")?;
    let server = Server::start(root)?;
    say("| call | dub-sdk | by hand | dub-sdk / by hand |\n|---|---|---|---|\n");
    for (call, few, many) in [("get", 100, 600), ("list", 10, 60)] {
        let progress = Progress::new(ROUNDS, call, quiet);
        let (mut sdk, mut hand) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            sdk.push(server.instructions(root, call, "sdk", few, many)?);
            hand.push(server.instructions(root, call, "hand", few, many)?);
            progress.step();
        }
        progress.finish();
        let (least, sdk, most) = spread(&mut sdk);
        let (hand_least, hand, hand_most) = spread(&mut hand);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let ratio = sdk as f64 / hand as f64;
        say(&format!(
            "| {call} | {sdk} ({least} to {most}) | {hand} ({hand_least} to {hand_most}) | {ratio:.3} |\n"
        ));
    }
    Ok(())
}

fn succeed(command: &mut Command, root: &Path) -> Result<(), String> {
    let status = command.current_dir(root).status();
    let status = status.map_err(|error| error.to_string())?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("it failed: {command:?}"))
}

/// The least, the median and the most.
fn spread(counts: &mut [u64]) -> (u64, u64, u64) {
    counts.sort_unstable();
    let at = |index: usize| counts.get(index).copied().unwrap_or(0);
    (
        at(0),
        at(counts.len() / 2),
        at(counts.len().saturating_sub(1)),
    )
}

/// The server that the calls go to. It is a process of its own, so that its instructions are not counted.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(root: &Path) -> Result<Self, String> {
        let mut process = Command::new(binary(root, "stand_in"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("stand_in: {error}"))?;
        let mut url = String::new();
        if let Some(output) = process.stdout.take() {
            let mut output = BufReader::new(output);
            output
                .read_line(&mut url)
                .map_err(|error| error.to_string())?;
        }
        let url = url.trim().to_owned();
        Ok(Self { process, url })
    }

    /// The instructions of a single call: what the further calls of the longer of two runs add, shared among them.
    fn instructions(
        &self,
        root: &Path,
        call: &str,
        way: &str,
        few: u64,
        many: u64,
    ) -> Result<u64, String> {
        let short = self.count(root, call, way, few)?;
        let long = self.count(root, call, way, many)?;
        Ok(long.saturating_sub(short) / (many - few))
    }

    /// The instructions of a process that makes so many calls.
    fn count(&self, root: &Path, call: &str, way: &str, calls: u64) -> Result<u64, String> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        command
            .arg(binary(root, "calls"))
            .args([&self.url, call, way, &calls.to_string()]);
        let output = command.output().map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stderr);
        let count = text
            .lines()
            .find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
        count
            .filter(|_| output.status.success())
            .ok_or_else(|| format!("{command:?}: {text}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its standard input does; there is nobody to tell if it already has.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn binary(root: &Path, name: &str) -> std::path::PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root.join(target).join("release").join(name)
}
