//! Measures the generator, as a process and by stage: `generator PROGRAM DOCUMENT...`.

use dub_generator::observe::{Observer, Stage};
use dub_generator::output::Plan;
use dub_generator::{Config, Unsupported, diagnostic};
use dub_sdk_benches::Outcome;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The allocator that the `dub-generator` program uses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The number of runs of the program. The stages run a quarter as often.
const RUNS: usize = 21;

const NAME: &str = "sample";

fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let program = arguments
        .next()
        .ok_or("usage: generator PROGRAM DOCUMENT...")?;
    let work = std::env::temp_dir().join(format!("dub-generator-bench-{}", std::process::id()));
    let result = measure(&program, arguments, &work);
    let _ = std::fs::remove_dir_all(&work);
    result
}

fn measure(program: &str, documents: impl Iterator<Item = String>, work: &Path) -> Outcome {
    let columns: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| format!("{stage:?}").to_lowercase())
        .collect();
    let columns = columns.join(" | ");
    println!("| document | KiB | least ms | median ms | ms per 100 KiB | {columns} | write |");
    println!(
        "|---|---|---|---|---|{}---|",
        "---|".repeat(Stage::ALL.len())
    );
    for document in documents {
        let path = PathBuf::from(&document);
        let text = std::fs::read(&path)?;
        let (least, median) = time_process(program, &path, work)?;
        let stage_shares = stage_shares(&text, work)?;
        let (least, median) = (millis(least), millis(median));
        #[expect(clippy::cast_precision_loss, reason = "no document is that large")]
        let size = text.len() as f64 / 1024.0;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stage_shares: Vec<_> = stage_shares
            .iter()
            .map(|share| format!("{share:.0} %"))
            .collect();
        let growth = median / size * 100.0;
        let stage_shares = stage_shares.join(" | ");
        println!(
            "| {name} | {size:.0} | {least:.1} | {median:.1} | {growth:.1} | {stage_shares} |"
        );
    }
    Ok(())
}

/// Returns the minimum and the median time of the whole process. Each run writes to a new
/// directory.
fn time_process(
    program: &str,
    document: &Path,
    work: &Path,
) -> Result<(Duration, Duration), Box<dyn std::error::Error>> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let _ = std::fs::remove_dir_all(work);
        let mut command = Command::new(program);
        command.args([
            "generate",
            "--quiet",
            "--allow-unsupported",
            "--crate-name",
            NAME,
        ]);
        command
            .arg("--spec")
            .arg(document)
            .arg("--crate-dir")
            .arg(work);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status()?;
        times.push(start.elapsed());
        if !status.success() {
            return Err(format!("{}: {status}", document.display()).into());
        }
    }
    times.sort();
    let at = |index: usize| times.get(index).copied().unwrap_or_default();
    Ok((at(0), at(times.len() / 2)))
}

/// The time spent in each stage, summed over runs and threads.
#[derive(Default)]
struct Sums(Mutex<[Duration; Stage::ALL.len()]>);

impl Observer for Sums {
    fn finished(&self, stage: Stage, duration: Duration) {
        let mut sums = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let position = Stage::ALL.iter().position(|one| *one == stage);
        if let Some(sum) = position.and_then(|position| sums.get_mut(position)) {
            *sum += duration;
        }
    }
}

/// Returns the share of each stage, and of writing the files, in the total time of all runs, in
/// percent.
fn stage_shares(text: &[u8], work: &Path) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    let config = Config {
        document: text,
        files: None,
        overlay: None,
        tags: &[],
        crate_name: NAME,
        command: "cargo xtask regen",
        unsupported: Unsupported::Skip,
        names: None,
    };
    let sums = Sums::default();
    let mut writing = Duration::ZERO;
    for _ in 0..RUNS.div_ceil(4) {
        let _ = std::fs::remove_dir_all(work);
        let generated = dub_generator::generate_observed(&config, &sums)
            .map_err(|problems| diagnostic::to_json(&problems, &["document"]))?;
        let start = Instant::now();
        Plan::new(work, &generated.files)?.apply()?;
        writing += start.elapsed();
    }
    let sums = sums.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    let times: Vec<Duration> = sums.into_iter().chain([writing]).collect();
    let total: Duration = times.iter().sum();
    let percent = |time: &Duration| 100.0 * time.as_secs_f64() / total.as_secs_f64();
    Ok(times.iter().map(percent).collect())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
