//! Measures the generator, as a process and by stage: `generator PROGRAM DOCUMENT...`.

use dub_generator::{Config, Unsupported, diagnostic, stages};
use dub_sdk_benches::Outcome;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
    let columns = stages::NAMES.join(" | ");
    println!("| document | KiB | least ms | median ms | ms per 100 KiB | {columns} |");
    println!(
        "|---|---|---|---|---|{}",
        "---|".repeat(stages::NAMES.len())
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

/// Returns the share of each stage in the total time of all runs, in percent.
fn stage_shares(text: &[u8], work: &Path) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    let config = Config {
        document: text,
        overlay: None,
        tags: &[],
        crate_name: NAME,
        unsupported: Unsupported::Skip,
    };
    let mut sums = [Duration::ZERO; stages::NAMES.len()];
    for _ in 0..RUNS.div_ceil(4) {
        let _ = std::fs::remove_dir_all(work);
        let times = stages::run(&config, work)
            .map_err(|problems| diagnostic::to_json(&problems, "document"))?;
        for (sum, time) in sums.iter_mut().zip(times) {
            *sum += time;
        }
    }
    let total: Duration = sums.iter().sum();
    Ok(sums
        .iter()
        .map(|sum| 100.0 * sum.as_secs_f64() / total.as_secs_f64())
        .collect())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
