//! `cargo xtask msrv`: checks the minimum Rust version of dub-sdk. Its dependencies must not need a
//! newer version, and it must build.

mod syntax;

use crate::cargo::cargo;
use crate::console::{fail, print};
use crate::repository::CRATE;
use crate::step::with_toolchain;
use crate::tools::{self, MSRV};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::{Command, ExitCode};

/// Checks the dependencies, and builds the crate. Returns exit code 1 if a check fails.
///
/// Without the toolchain, the build is skipped on a developer's machine, and fails in a workflow.
pub fn run(root: &Path, quiet: bool) -> ExitCode {
    let report = dependencies(root).and_then(|(report, oldest)| {
        let build = match tools::reason_to_skip(root, MSRV)? {
            Some(reason) => format!("skipped the build: {reason}"),
            None => build(root, &oldest)?,
        };
        Ok(format!("{report}; {build}\n"))
    });
    match report {
        Ok(report) if !quiet => print(&report),
        Ok(_) => {}
        Err(problem) => return fail(&problem, 1),
    }
    ExitCode::SUCCESS
}

/// Checks the dependencies, and builds the crate if the toolchain is installed. Returns a
/// description of what was checked.
pub fn check(root: &Path) -> Result<String, String> {
    let (report, oldest) = dependencies(root)?;
    let build = match tools::missing(root, MSRV) {
        Some(reason) => {
            format!("skipped the build: {reason} (the lints include clippy's incompatible_msrv)")
        }
        None => build(root, &oldest)?,
    };
    Ok(format!("{report}; {build}"))
}

/// Checks that no dependency and no syntax needs a newer version. Returns a description and the minimum
/// version.
fn dependencies(root: &Path) -> Result<(String, String), String> {
    let metadata = metadata(root)?;
    let packages: HashMap<&str, &Value> = list(&metadata, "packages")
        .filter_map(|package| Some((text(package, "id")?, package)))
        .collect();
    let ours = packages
        .values()
        .find(|package| text(package, "name") == Some(CRATE))
        .ok_or("dub-sdk is not in the workspace")?;
    let oldest = text(ours, "rust_version").ok_or("dub-sdk has no `rust-version`")?;
    syntax::check(&root.join(CRATE).join("src"), parts(oldest))?;
    let needed = needed(&metadata, text(ours, "id").unwrap_or_default());
    let mut newer: Vec<String> = needed
        .iter()
        .filter_map(|id| packages.get(id))
        .filter(|package| {
            text(package, "rust_version").is_some_and(|version| parts(version) > parts(oldest))
        })
        .map(|package| {
            format!(
                "{} {}",
                field(package, "name"),
                field(package, "rust_version")
            )
        })
        .collect();
    newer.sort();
    if !newer.is_empty() {
        return Err(format!(
            "dependencies that require a newer version than Rust {oldest}: {}",
            newer.join(", ")
        ));
    }
    let dependencies = needed.len().saturating_sub(1);
    let report =
        format!("none of the {dependencies} dependencies requires a newer version than {oldest}");
    Ok((report, oldest.to_owned()))
}

fn metadata(root: &Path) -> Result<Value, String> {
    let mut command = Command::new(cargo());
    command.args(["metadata", "--format-version", "1", "--all-features"]);
    let output = command.current_dir(root).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo metadata failed: {}", errors.trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

/// Returns the ids of a package and of all its dependencies on any platform, except
/// dev-dependencies.
fn needed<'a>(metadata: &'a Value, start: &'a str) -> HashSet<&'a str> {
    let nodes: HashMap<&str, &Value> = metadata
        .get("resolve")
        .into_iter()
        .flat_map(|resolve| list(resolve, "nodes"))
        .filter_map(|node| Some((text(node, "id")?, node)))
        .collect();
    let is_for_tests = |kind: &Value| text(kind, "kind") == Some("dev");
    let (mut found, mut pending) = (HashSet::new(), vec![start]);
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            let dependencies = nodes
                .get(id)
                .into_iter()
                .flat_map(|node| list(node, "deps"));
            pending.extend(
                dependencies
                    .filter(|dependency| !list(dependency, "dep_kinds").all(is_for_tests))
                    .filter_map(|dependency| text(dependency, "pkg")),
            );
        }
    }
    found
}

/// Builds the crate with the minimum Rust version.
fn build(root: &Path, oldest: &str) -> Result<String, String> {
    let arguments = ["check", "-p", CRATE, "--lib", "--all-features"];
    let mut command = with_toolchain(oldest);
    command.args(arguments).current_dir(root);
    // Use a separate target directory, so that the two compilers do not invalidate each other's
    // builds.
    command.args(["--target-dir", "target/oldest-rust"]);
    match command.status() {
        Ok(status) if status.success() => Ok(format!("it builds with Rust {oldest}")),
        Ok(_) => Err(format!(
            "build failed: cargo +{oldest} {}",
            arguments.join(" ")
        )),
        Err(error) => Err(error.to_string()),
    }
}

fn list<'a>(value: &'a Value, name: &str) -> std::slice::Iter<'a, Value> {
    let list = value.get(name).and_then(Value::as_array);
    list.map_or_else(Default::default, |list| list.iter())
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    text(value, name).unwrap_or_default()
}

/// Parses a version. Missing numbers are 0, so `1.85` equals `1.85.0`.
fn parts(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}
