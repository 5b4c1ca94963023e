//! Running a program and measuring it.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a document may take before it counts as hanging.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// What a run of the generator was like.
pub struct Measured {
    /// The exit code; none when it was killed or did not start.
    pub code: Option<i32>,
    pub errors: String,
    pub time: Duration,
    /// The most memory it had at once, in KiB, where the system tells.
    pub peak: Option<u64>,
}

/// Runs a program to its end, or to the limit.
pub fn run(command: &mut Command) -> Measured {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            return Measured {
                code: None,
                errors: error.to_string(),
                time: start.elapsed(),
                peak: None,
            };
        }
    };
    // The pipe is emptied by a thread of its own: a program that says much must not wait for us.
    let reader = child.stderr.take().map(|mut pipe| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = pipe.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        })
    });
    let mut peak = None;
    let code = loop {
        peak = peak_memory(child.id()).or(peak);
        match child.try_wait() {
            Ok(Some(status)) => break status.code(),
            Ok(None) if start.elapsed() < TIME_LIMIT => {
                std::thread::sleep(Duration::from_millis(1))
            }
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
        }
    };
    let time = start.elapsed();
    let errors = reader
        .and_then(|reader| reader.join().ok())
        .unwrap_or_default();
    Measured {
        code,
        errors,
        time,
        peak,
    }
}

/// The most memory that a process has had so far, by Linux's own account.
fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
