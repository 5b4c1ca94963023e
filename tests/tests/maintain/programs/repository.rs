//! A temporary repository in which the tests run `xtask`. It contains a copy of the document and of
//! `dub-sdk` in a single commit.

use super::TempDir;
use crate::support::root;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The path of the document in the repository.
pub const SPEC: &str = "spec/customers.yaml";

const CHANGELOG: &str =
    "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- The customers operations.\n";

pub struct Repository(TempDir);

impl Repository {
    pub fn new(name: &str) -> Self {
        let repository = Self(TempDir::new(name));
        let (from, to) = (root(), repository.path());
        for folder in ["spec", "dub-sdk"] {
            copy(&from.join(folder), &to.join(folder));
        }
        for file in ["LICENSE-MIT", "LICENSE-APACHE", "Cargo.lock"] {
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
        // Only `dub-sdk` is released, so the repository does not contain the other workspace
        // members.
        let manifest = fs::read_to_string(from.join("Cargo.toml")).unwrap();
        let members = manifest
            .lines()
            .find(|line| line.starts_with("members = "))
            .unwrap();
        let manifest = manifest.replace(members, "members = [\"dub-sdk\"]");
        fs::write(to.join("Cargo.toml"), manifest).unwrap();
        fs::write(to.join(".gitignore"), "/target\n/Cargo.lock\n").unwrap();
        // A fixed changelog and version make the tests independent of later releases.
        repository.write("CHANGELOG.md", CHANGELOG);
        link(&to.join("dub-sdk/CHANGELOG.md"));
        let manifest = repository.read("dub-sdk/Cargo.toml");
        let mut lines = manifest.lines();
        let version = lines.find(|line| line.starts_with("version = ")).unwrap();
        repository.edit("dub-sdk/Cargo.toml", version, "version = \"0.1.0\"");
        repository.git(&["init", "-q"]);
        repository.commit("begin");
        repository
    }

    pub fn path(&self) -> &Path {
        &self.0.0
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).unwrap();
    }

    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "`{path}` does not contain {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    pub fn tag(&self, name: &str) {
        self.git(&["tag", name]);
    }

    /// Returns the paths with uncommitted changes.
    pub fn changed(&self) -> Vec<String> {
        let status = self.git(&["status", "--porcelain"]);
        status.lines().map(|line| line[3..].to_owned()).collect()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
        let mut git = Command::new("git");
        git.args(identity)
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments);
        let output = git.current_dir(self.path()).output().unwrap();
        assert!(output.status.success(), "{arguments:?} {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Makes the changelog of the crate a symbolic link to that of the repository.
fn link(path: &Path) {
    let _ = fs::remove_file(path);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../CHANGELOG.md", path).unwrap();
}

/// Copies a folder. For a symbolic link it copies the target.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}
