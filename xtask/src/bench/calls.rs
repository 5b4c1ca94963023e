//! What a call costs.

use super::{checked_output, has_valgrind, instruction_count, min_median_max, run_checked};
use crate::ci::cargo;
use crate::console::{Progress, print};
use crate::programs::build;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How often each count is taken. Loopback cuts a response into pieces as it likes; the median takes little notice.
const ROUNDS: usize = 7;

/// Times and allocations, then instructions where valgrind is there.
pub fn run(root: &Path, quiet: bool) -> Result<(), String> {
    print("== time and allocations of a call\n");
    run_checked(
        Command::new(cargo()).args(["bench", "-q", "-p", "dub-sdk-benches"]),
        root,
    )?;
    print("== instructions of a call\n");
    if !has_valgrind() {
        print("valgrind is not installed, so none were counted\n");
        return Ok(());
    }
    let server = Server::start(root)?;
    print("| call | dub-sdk | by hand | dub-sdk / by hand |\n|---|---|---|---|\n");
    for (call, few, many) in [("get", 100, 600), ("list", 10, 60)] {
        let progress = Progress::new(ROUNDS, call, quiet);
        let (mut sdk, mut hand) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            sdk.push(server.instructions(call, "sdk", few, many)?);
            hand.push(server.instructions(call, "hand", few, many)?);
            progress.step();
        }
        progress.finish();
        let (least, sdk, most) = min_median_max(&mut sdk);
        let (hand_least, hand, hand_most) = min_median_max(&mut hand);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let ratio = sdk as f64 / hand as f64;
        print(&format!(
            "| {call} | {sdk} ({least} to {most}) | {hand} ({hand_least} to {hand_most}) | {ratio:.3} |\n"
        ));
    }
    Ok(())
}

/// The server that the calls go to. It is a process of its own, so that its instructions are not counted.
struct Server {
    process: Child,
    url: String,
    /// The program that makes the calls.
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

    /// The instructions of a single call: what the further calls of the longer of two runs add, shared among them.
    fn instructions(&self, call: &str, way: &str, few: u64, many: u64) -> Result<u64, String> {
        let short = self.count(call, way, few)?;
        let long = self.count(call, way, many)?;
        Ok(long.saturating_sub(short) / (many - few))
    }

    /// The instructions of a process that makes so many calls.
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
        // It ends when its standard input does; there is nobody to tell if it already has.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
