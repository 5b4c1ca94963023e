//! Checks the minimum Rust version of dub-sdk: its dependencies must not need a newer version, and
//! it must build.

use crate::cargo::cargo;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::Command;

const CRATE: &str = "dub-sdk";

/// Checks the dependencies and the build. Returns a description of what was checked.
pub fn check(root: &Path) -> Result<String, String> {
    let metadata = metadata(root)?;
    let packages: HashMap<&str, &Value> = list(&metadata, "packages")
        .filter_map(|package| Some((text(package, "id")?, package)))
        .collect();
    let ours = packages
        .values()
        .find(|package| text(package, "name") == Some(CRATE))
        .ok_or("dub-sdk is not in the workspace")?;
    let oldest = text(ours, "rust_version").ok_or("dub-sdk has no `rust-version`")?;
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
    Ok(format!(
        "none of the {dependencies} dependencies requires a newer version than {oldest}; {}",
        build(root, oldest)?
    ))
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

/// Builds the crate with the minimum Rust version, if rustup has it installed.
fn build(root: &Path, oldest: &str) -> Result<String, String> {
    let listed = Command::new("rustup").args(["toolchain", "list"]).output();
    let is_installed = listed.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .any(|line| line.starts_with(oldest))
    });
    if !is_installed {
        return Ok(format!(
            "Rust {oldest} is not installed: skipped the build (the lints include clippy's incompatible_msrv)"
        ));
    }
    let arguments = [
        "run",
        oldest,
        "cargo",
        "check",
        "-p",
        CRATE,
        "--lib",
        "--all-features",
    ];
    let mut command = Command::new("rustup");
    command.args(arguments).current_dir(root);
    // Use a separate target directory, so that the two compilers do not invalidate each other's
    // builds.
    command.args(["--target-dir", "target/oldest-rust"]);
    match command.env_remove("CARGO").env_remove("RUSTC").status() {
        Ok(status) if status.success() => Ok(format!("it builds with Rust {oldest}")),
        Ok(_) => Err(format!("build failed: rustup {}", arguments.join(" "))),
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
