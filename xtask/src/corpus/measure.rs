//! Runs a program and measures its time and memory.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The timeout of a run.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The result of a run of the generator.
pub struct Measured {
    /// The exit code; `None` if the program was killed or did not start.
    pub code: Option<i32>,
    /// The content of standard error, or the reason why the program did not start.
    pub errors: String,
    pub time: Duration,
    /// The peak memory in KiB, if the operating system reports it.
    pub peak: Option<u64>,
}

/// Runs a program until it exits or the timeout expires.
pub fn run(command: &mut Command) -> Measured {
    run_within(command, TIME_LIMIT)
}

/// Like [`run`], with another timeout.
pub fn run_within(command: &mut Command, limit: Duration) -> Measured {
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
    // A separate thread reads the pipe, so that the program never blocks on a full pipe.
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
            Ok(None) if start.elapsed() < limit => std::thread::sleep(Duration::from_millis(1)),
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

/// Returns the peak memory of a process so far, from `/proc` on Linux.
fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
