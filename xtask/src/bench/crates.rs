//! What the crates that the generator writes cost to compile: each of it alone, its dependencies built already.

use super::{Arguments, checked_output, has_valgrind, instruction_count, min_median_max};
use crate::ci::cargo;
use crate::console::{Progress, print};
use crate::programs::build;
use crate::regen::SPEC;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

/// How a crate is compiled: what of cargo's, and how many of the rounds it is done in. A release build takes several times
/// as long, and the more time something takes the less it varies.
const BUILD_MODES: [(&str, &[&str], usize); 2] = [
    ("check", &["check"], 1),
    ("release build", &["build", "--release"], 4),
];

/// Prints a table: for each crate and mode the times of all rounds, and the instructions of a check where valgrind is there.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> Result<(), String> {
    print("== compiling a crate, of it alone and with nothing kept from before\n");
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
    for (mode, command, share) in BUILD_MODES {
        let rounds = arguments.rounds.div_ceil(share).max(1);
        for (of, mut times) in compiler.times(&crates, command, rounds, quiet)? {
            let (least, median, most) = min_median_max(&mut times);
            print(&format!(
                "| {} | {mode} | {:.2} | {:.2} | {:.2} |\n",
                of.name,
                least.as_secs_f64(),
                median.as_secs_f64(),
                most.as_secs_f64(),
            ));
        }
    }
    if !has_valgrind() {
        print("valgrind is not installed, so no instructions were counted\n");
        return Ok(());
    }
    print(
        "\n== instructions of rustc for a check, in millions\n| crate | instructions |\n|---|---|\n",
    );
    let bar = Progress::new(crates.len(), "counting", quiet);
    for of in &crates {
        let instructions = compiler.instructions(of, &work)? / 1_000_000;
        print(&format!("| {} | {instructions} |\n", of.name));
        bar.step();
    }
    bar.finish();
    Ok(())
}

struct Crate {
    name: String,
    directory: PathBuf,
}

/// Writes the crates of our own document and of those named.
fn generate_crates(root: &Path, work: &Path, documents: &[PathBuf]) -> Result<Vec<Crate>, String> {
    let generator = build(root, "dub-generator", "dub-generator")?;
    let own = root.join(SPEC);
    let mut crates = Vec::new();
    for (index, document) in std::iter::once(&own).chain(documents).enumerate() {
        // The name is short, and cargo tells crates of one target directory apart by it.
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
    /// Compiles all crates in turn, so many times, and gives the times of each.
    fn times<'a>(
        &self,
        crates: &'a [Crate],
        command: &[&str],
        rounds: usize,
        quiet: bool,
    ) -> Result<Vec<(&'a Crate, Vec<Duration>)>, String> {
        let bar = Progress::new(crates.len() * (rounds + 1), "compiling", quiet);
        let mut all = Vec::new();
        for of in crates {
            checked_output(&mut self.compile(of, command))?;
            bar.step();
            all.push((of, Vec::new()));
        }
        for _ in 0..rounds {
            for (of, times) in &mut all {
                touch(of)?;
                let start = Instant::now();
                checked_output(&mut self.compile(of, command))?;
                times.push(start.elapsed());
                bar.step();
            }
        }
        bar.finish();
        Ok(all)
    }

    /// The instructions of rustc for a check, which no other load of the machine changes.
    fn instructions(&self, of: &Crate, work: &Path) -> Result<u64, String> {
        let wrapper = work.join("count");
        write_wrapper(&wrapper).map_err(|error| format!("{}: {error}", wrapper.display()))?;
        touch(of)?;
        let mut command = self.compile(of, &["check"]);
        // Not the proxy of rustup, which would be what is counted.
        let compiler = checked_output(Command::new("rustc").args(["--print", "sysroot"]))?;
        let sysroot = String::from_utf8_lossy(&compiler.stdout).trim().to_owned();
        command.env("RUSTC", Path::new(&sysroot).join("bin/rustc"));
        command.env("RUSTC_WORKSPACE_WRAPPER", wrapper);
        instruction_count(&checked_output(&mut command)?)
    }

    fn compile(&self, of: &Crate, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo());
        command
            .args(arguments)
            .current_dir(&of.directory)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

/// Has cargo compile a crate again.
fn touch(of: &Crate) -> Result<(), String> {
    let path = of.directory.join("src/lib.rs");
    File::options()
        .append(true)
        .open(&path)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// A program to put before rustc, which takes no options of its own. Where valgrind runs `sh` does, too.
fn write_wrapper(path: &Path) -> std::io::Result<()> {
    let text = "#!/bin/sh\nexec valgrind --tool=callgrind --callgrind-out-file=/dev/null \"$@\"\n";
    std::fs::write(path, text)?;
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}
