//! Measures generators side by side: time, memory and instructions of their runs, and the processor
//! time that their crates take to compile.

mod compile;
mod plot;
mod processor;
mod report;
mod tools;

use super::{Arguments, checked_output, has_valgrind, instruction_count};
use crate::console::{Progress, print, print_error};
use crate::corpus::{measure, raised};
use crate::programs::build;
use crate::repository::SPEC;
use report::{Results, Run};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tools::{Task, Tool};

/// The maximum time of a run. A run that takes longer has failed.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// The runs of a generator on a document end after this many, or after [`ENOUGH`].
const MAX_RUNS: u32 = 11;

/// The total time of the runs after which there are no further ones.
const ENOUGH: Duration = Duration::from_secs(10);

/// The maximum time of a run whose instructions are counted, which takes fifty times as long.
const MAX_COUNTED: Duration = Duration::from_secs(5);

/// Runs all generators on all documents, prints the tables and writes the plots.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> Result<(), String> {
    let ours = build(root, "dub-generator", "dub-generator")?;
    let work = root.join("target/bench-generators");
    let (tools, missing) = tools::find(&ours, &arguments.tools)?;
    for name in missing {
        print(&format!(
            "{name}: skipped, it is neither on the PATH nor given with --tool\n"
        ));
    }
    let bench = Bench {
        work: &work,
        valgrind: has_valgrind(),
        compiler: (!arguments.no_compile).then(|| compile::Compiler::new(&work)),
    };
    let own = root.join(SPEC);
    let documents: Vec<_> = std::iter::once(&own).chain(&arguments.documents).collect();
    let bar = Progress::new(documents.len() * tools.len(), "measuring", quiet);
    let mut all = Vec::new();
    for document in documents {
        let results = bench.document(document, &tools, &bar)?;
        print(&results.table());
        all.push(results);
    }
    bar.finish();
    if !bench.valgrind {
        print("valgrind is not installed: no instructions were counted\n");
    }
    let directory = arguments.plots.clone().unwrap_or(work);
    plot::write(&directory, &all).map_err(|error| format!("{}: {error}", directory.display()))
}

struct Bench<'a> {
    work: &'a Path,
    valgrind: bool,
    /// `None` if nothing is to be compiled.
    compiler: Option<compile::Compiler>,
}

impl Bench<'_> {
    /// Runs all generators on a document.
    fn document(&self, path: &Path, tools: &[Tool], bar: &Progress) -> Result<Results, String> {
        let to_string = |error: std::io::Error| format!("{}: {error}", path.display());
        let path = std::path::absolute(path).map_err(to_string)?;
        let bytes = std::fs::read(&path).map_err(to_string)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        std::fs::create_dir_all(self.work).map_err(to_string)?;
        let of_3_1 = self.work.join(format!("{stem}-3.1.json"));
        let raised = match raised(&bytes) {
            Some(text) => std::fs::write(&of_3_1, text).map(|()| of_3_1),
            None => Ok(path.clone()),
        };
        let raised = raised.map_err(to_string)?;
        let mut runs = Vec::new();
        for tool in tools {
            let document = if tool.needs_3_1 { &raised } else { &path };
            // In the shared target directory, cargo needs a unique name for each crate. Some generators
            // name it after the directory.
            let name = format!("{}-{stem}", tool.name).replace(['.', '_', ' '], "-");
            let directory = self.work.join("crates").join(&name);
            let task = Task {
                document,
                directory: &directory,
                crate_name: &name,
            };
            let run = self.measure(tool, &task);
            if let Err(problem) = &run {
                print_error(&format!("{} on {stem}: {problem}", tool.name));
            }
            runs.push((tool.name, run));
            bar.step();
        }
        Ok(Results {
            document: stem.into_owned(),
            bytes: bytes.len(),
            runs,
        })
    }

    fn measure(&self, tool: &Tool, task: &Task<'_>) -> Result<Run, String> {
        let mut run = self.runs(tool, task)?;
        if self.valgrind && tool.is_native() && run.time < MAX_COUNTED {
            let mut command = Command::new("valgrind");
            command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
            prepare(task)?;
            let output = checked_output(&mut tool.command(Some(command), task))?;
            run.instructions = Some(instruction_count(&output)?);
        }
        if let Some(compiler) = &self.compiler {
            tool.complete(task)?;
            run.check = Some(compiler.seconds(task, &["check"]));
            run.build = Some(compiler.seconds(task, &["build", "--release"]));
        }
        Ok(run)
    }

    /// Runs a generator several times. Each run writes to a new directory.
    fn runs(&self, tool: &Tool, task: &Task<'_>) -> Result<Run, String> {
        let mut run = Run::default();
        let (mut total, mut count) = (Duration::ZERO, 0);
        let before = processor::time_of_children();
        while count < MAX_RUNS && total < ENOUGH {
            prepare(task)?;
            let mut command = tool.command(None, task);
            let measured = measure::run_within(command.stdin(Stdio::null()), TIME_LIMIT);
            if measured.code != Some(0) {
                return Err(failure(&measured.errors));
            }
            total += measured.time;
            count += 1;
            run.time = run.time.min(measured.time);
            run.peak = run.peak.max(measured.peak);
        }
        run.processor = processor::time_of_children()
            .zip(before)
            .map(|(after, before)| after.saturating_sub(before) / count.max(1));
        run.lines = report::lines(task.directory);
        Ok(run)
    }
}

/// Empties the directory of a crate.
fn prepare(task: &Task<'_>) -> Result<(), String> {
    let directory = task.directory;
    let emptied = match std::fs::remove_dir_all(directory) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => std::fs::create_dir_all(directory),
    };
    emptied.map_err(|error| format!("{}: {error}", directory.display()))
}

/// Returns the first line of an error output that tells the reason.
fn failure(errors: &str) -> String {
    let mut lines = errors
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let reason = lines.clone().find(|line| {
        let line = line.to_lowercase();
        line.contains("error") || line.contains("panicked") || line.contains("exception")
    });
    let reason = reason
        .or_else(|| lines.next())
        .unwrap_or("no error message");
    reason.chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::failure;

    #[test]
    fn failure_is_the_line_with_the_reason() {
        assert_eq!(
            failure("warning: odd\n  Error: no paths\n"),
            "Error: no paths"
        );
        assert_eq!(failure("\nkilled\n"), "killed");
        assert_eq!(failure(""), "no error message");
    }
}
