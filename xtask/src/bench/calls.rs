//! Measures API calls: time, allocations and instructions.

use super::{checked_output, has_valgrind, instruction_count, min_median_max, run_checked};
use crate::cargo::cargo;
use crate::console::{Progress, print};
use crate::programs::build;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The number of measurements of each instruction count. On loopback, responses arrive in chunks of
/// varying size, which hardly affects the median.
const ROUNDS: usize = 7;

/// Measures times and allocations, then instructions if valgrind is installed.
pub fn run(root: &Path, quiet: bool) -> Result<(), String> {
    print("== time and allocations of a call\n");
    run_checked(
        Command::new(cargo()).args(["bench", "-q", "-p", "dub-sdk-benches"]),
        root,
    )?;
    print("== instructions of a call\n");
    if !has_valgrind() {
        print("valgrind is not installed: no instructions were counted\n");
        return Ok(());
    }
    let server = Server::start(root)?;
    print("| call | dub-sdk | handwritten | dub-sdk / handwritten |\n|---|---|---|---|\n");
    for (call, few, many) in [("get", 100, 600), ("list", 10, 60)] {
        let progress = Progress::new(ROUNDS, call, quiet);
        let (mut sdk, mut handwritten) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            sdk.push(server.instructions(call, "sdk", few, many)?);
            handwritten.push(server.instructions(call, "hand", few, many)?);
            progress.step();
        }
        progress.finish();
        let (least, sdk, most) = min_median_max(&mut sdk);
        let (handwritten_least, handwritten, handwritten_most) = min_median_max(&mut handwritten);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let ratio = sdk as f64 / handwritten as f64;
        print(&format!(
            "| {call} | {sdk} ({least} to {most}) | \
             {handwritten} ({handwritten_least} to {handwritten_most}) | {ratio:.3} |\n"
        ));
    }
    Ok(())
}

/// The mock server. It runs in its own process, so that its instructions are not counted.
struct Server {
    process: Child,
    url: String,
    /// The path of the program that makes the calls.
    client: PathBuf,
}

impl Server {
    fn start(root: &Path) -> Result<Self, String> {
        let client = build(root, "dub-sdk-benches", "calls")?;
        let mut process = Command::new(build(root, "dub-sdk-benches", "mock_server")?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("mock_server: {error}"))?;
        let mut url = String::new();
        if let Some(output) = process.stdout.take() {
            let mut output = BufReader::new(output);
            output
                .read_line(&mut url)
                .map_err(|error| error.to_string())?;
        }
        let url = url.trim().to_owned();
        Ok(Self {
            process,
            url,
            client,
        })
    }

    /// Returns the instructions of a single call: the difference between a long and a short run,
    /// divided by the number of additional calls.
    fn instructions(&self, call: &str, way: &str, few: u64, many: u64) -> Result<u64, String> {
        let short = self.count(call, way, few)?;
        let long = self.count(call, way, many)?;
        Ok(long.saturating_sub(short) / (many - few))
    }

    /// Returns the instructions of a process that makes `calls` calls.
    fn count(&self, call: &str, way: &str, calls: u64) -> Result<u64, String> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        command
            .arg(&self.client)
            .args([&self.url, call, way, &calls.to_string()]);
        instruction_count(&checked_output(&mut command)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server exits when its standard input is closed. Ignore errors if it has already
        // exited.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
