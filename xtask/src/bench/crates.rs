//! Measures the compile times of generated crates, without their dependencies.

use super::{Arguments, checked_output, has_valgrind, instruction_count, min_median_max};
use crate::cargo::cargo;
use crate::console::{Progress, print};
use crate::programs::build;
use crate::repository::SPEC;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

/// The build modes: name, cargo arguments, and a divisor for the number of rounds. Release builds
/// run in fewer rounds because they take several times as long and longer builds vary less.
const BUILD_MODES: [(&str, &[&str], usize); 2] = [
    ("check", &["check"], 1),
    ("release build", &["build", "--release"], 4),
];

/// Prints the times of each crate and mode, then the instructions of a check if valgrind is
/// installed.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> Result<(), String> {
    print("== compile time of a crate without its dependencies, not incremental\n");
    let work = root.join("target/bench-crates");
    let mut crates = generate_crates(root, &work, &arguments.documents)?;
    crates.extend(arguments.beside.iter().map(|directory| Crate {
        name: directory.display().to_string(),
        directory: directory.clone(),
    }));
    let compiler = Compiler {
        target: work.join("target"),
    };
    print("| crate | mode | least s | median s | most s |\n|---|---|---|---|---|\n");
    for (mode, command, divisor) in BUILD_MODES {
        let rounds = arguments.rounds.div_ceil(divisor).max(1);
        for (krate, mut times) in compiler.times(&crates, command, rounds, quiet)? {
            let (least, median, most) = min_median_max(&mut times);
            print(&format!(
                "| {} | {mode} | {:.2} | {:.2} | {:.2} |\n",
                krate.name,
                least.as_secs_f64(),
                median.as_secs_f64(),
                most.as_secs_f64(),
            ));
        }
    }
    if !has_valgrind() {
        print("valgrind is not installed: no instructions were counted\n");
        return Ok(());
    }
    print(
        "\n== instructions of rustc for `cargo check`, in millions\n| crate | instructions |\n|---|---|\n",
    );
    let bar = Progress::new(crates.len(), "counting", quiet);
    for krate in &crates {
        let instructions = compiler.instructions(krate, &work)? / 1_000_000;
        print(&format!("| {} | {instructions} |\n", krate.name));
        bar.step();
    }
    bar.finish();
    Ok(())
}

struct Crate {
    name: String,
    directory: PathBuf,
}

/// Generates the crates of our own document and of the given ones.
fn generate_crates(root: &Path, work: &Path, documents: &[PathBuf]) -> Result<Vec<Crate>, String> {
    let generator = build(root, "dub-generator", "dub-generator")?;
    let own = root.join(SPEC);
    let mut crates = Vec::new();
    for (index, document) in std::iter::once(&own).chain(documents).enumerate() {
        // Cargo needs a unique name for each crate in a shared target directory.
        let name = format!("crate-{index}");
        let directory = work.join(&name);
        let mut command = Command::new(&generator);
        command.args(["generate", "--quiet", "--allow-unsupported", "--spec"]);
        command.arg(document).arg("--crate-dir").arg(&directory);
        checked_output(command.args(["--crate-name", &name]))?;
        crates.push(Crate {
            name: document.display().to_string(),
            directory,
        });
    }
    Ok(crates)
}

struct Compiler {
    target: PathBuf,
}

impl Compiler {
    /// Compiles all crates in turn, for a number of rounds, and returns the times of each crate.
    fn times<'a>(
        &self,
        crates: &'a [Crate],
        command: &[&str],
        rounds: usize,
        quiet: bool,
    ) -> Result<Vec<(&'a Crate, Vec<Duration>)>, String> {
        let bar = Progress::new(crates.len() * (rounds + 1), "compiling", quiet);
        let mut all = Vec::new();
        for krate in crates {
            checked_output(&mut self.compile(krate, command))?;
            bar.step();
            all.push((krate, Vec::new()));
        }
        for _ in 0..rounds {
            for (krate, times) in &mut all {
                touch(krate)?;
                let start = Instant::now();
                checked_output(&mut self.compile(krate, command))?;
                times.push(start.elapsed());
                bar.step();
            }
        }
        bar.finish();
        Ok(all)
    }

    /// Returns the instructions of rustc for a check. Other load on the machine does not affect
    /// them.
    fn instructions(&self, krate: &Crate, work: &Path) -> Result<u64, String> {
        let wrapper = work.join("count");
        write_wrapper(&wrapper).map_err(|error| format!("{}: {error}", wrapper.display()))?;
        touch(krate)?;
        let mut command = self.compile(krate, &["check"]);
        // Use rustc itself: otherwise the instructions of rustup's proxy would be counted.
        let compiler = checked_output(Command::new("rustc").args(["--print", "sysroot"]))?;
        let sysroot = String::from_utf8_lossy(&compiler.stdout).trim().to_owned();
        command.env("RUSTC", Path::new(&sysroot).join("bin/rustc"));
        command.env("RUSTC_WORKSPACE_WRAPPER", wrapper);
        instruction_count(&checked_output(&mut command)?)
    }

    fn compile(&self, krate: &Crate, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo());
        command
            .args(arguments)
            .current_dir(&krate.directory)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

/// Makes cargo recompile a crate.
fn touch(krate: &Crate) -> Result<(), String> {
    let path = krate.directory.join("src/lib.rs");
    File::options()
        .append(true)
        .open(&path)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a wrapper script that runs rustc in valgrind: cargo's wrapper setting is a path and
/// cannot contain options. `sh` is available on every platform that valgrind supports.
fn write_wrapper(path: &Path) -> std::io::Result<()> {
    let text = "#!/bin/sh\nexec valgrind --tool=callgrind --callgrind-out-file=/dev/null \"$@\"\n";
    std::fs::write(path, text)?;
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}
