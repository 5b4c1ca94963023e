//! The covered lines of each module and of each file.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The number of files that are listed.
const LISTED_FILES: usize = 10;

/// The lines of a module or a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Lines {
    count: u64,
    covered: u64,
}

impl Lines {
    fn add(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.covered = self.covered.saturating_add(other.covered);
    }

    fn uncovered(self) -> u64 {
        self.count.saturating_sub(self.covered)
    }

    fn percent(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "numbers of lines are small")]
        let percent = 100.0 * self.covered as f64 / self.count.max(1) as f64;
        percent
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (uncovered, percent) = (self.uncovered(), self.percent());
        write!(
            f,
            "{:>6} lines, {uncovered:>4} not covered, {percent:>5.1} %",
            self.count
        )
    }
}

/// The coverage of the repository's library crates.
pub struct Report {
    modules: BTreeMap<String, Lines>,
    /// The files, those with the most lines that are not covered first.
    files: Vec<(String, Lines)>,
}

impl Report {
    /// Reads the JSON of `cargo llvm-cov`. Files outside of the library crates are left out.
    pub fn new(root: &Path, json: &Value) -> Self {
        let files = json.pointer("/data/0/files").and_then(Value::as_array);
        let lines = |file: &Value| {
            let path = Path::new(file.get("filename")?.as_str()?);
            let path = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            let number = |name| file.pointer(name).and_then(Value::as_u64);
            let lines = Lines {
                count: number("/summary/lines/count")?,
                covered: number("/summary/lines/covered")?,
            };
            Some((path, lines))
        };
        let files = files.into_iter().flatten().filter_map(lines);
        let mut files: Vec<_> = files.filter(|(path, _)| module(path).is_some()).collect();
        let mut modules: BTreeMap<String, Lines> = BTreeMap::new();
        for (path, lines) in &files {
            let module = module(path).unwrap_or_default();
            modules.entry(module).or_default().add(*lines);
        }
        files.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.uncovered()));
        files.truncate(LISTED_FILES);
        Self { modules, files }
    }

    fn total(&self) -> Lines {
        let mut total = Lines::default();
        self.modules.values().for_each(|lines| total.add(*lines));
        total
    }

    /// Returns the percentage of covered lines.
    pub fn percent(&self) -> f64 {
        self.total().percent()
    }
}

/// Returns the module of a file, such as `generator/src/lower`; `None` outside of the library crates.
fn module(path: &str) -> Option<String> {
    let (krate, rest) = path.split_once("/src/")?;
    if !matches!(krate, "generator" | "dub-sdk") {
        return None;
    }
    match rest.split_once('/') {
        Some((module, _)) => Some(format!("{krate}/src/{module}")),
        None => Some(format!("{krate}/src/*.rs")),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (module, lines) in &self.modules {
            writeln!(f, "{module:<28} {lines}")?;
        }
        writeln!(f, "{:<28} {}", "total", self.total())?;
        writeln!(f, "\nfiles with the most lines that are not covered:")?;
        for (file, lines) in &self.files {
            writeln!(f, "{:>5}  {file}", lines.uncovered())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn file(path: &str, count: u64, covered: u64) -> Value {
        json!({"filename": path, "summary": {"lines": {"count": count, "covered": covered}}})
    }

    #[test]
    fn sums_up_the_modules_of_the_library_crates() {
        let files = [
            file("/r/generator/src/lower/mod.rs", 60, 57),
            file("/r/generator/src/lower/schema/union.rs", 40, 30),
            file("/r/generator/src/words.rs", 10, 10),
            file("/r/dub-sdk/src/runtime/retry.rs", 50, 49),
            file("/r/xtask/src/main.rs", 80, 0),
            file("/other/generator/src/lower/mod.rs", 1, 0),
        ];
        let report = Report::new(Path::new("/r"), &json!({"data": [{"files": files}]}));
        assert_eq!(
            report.to_string(),
            "dub-sdk/src/runtime              50 lines,    1 not covered,  98.0 %\n\
             generator/src/*.rs               10 lines,    0 not covered, 100.0 %\n\
             generator/src/lower             100 lines,   13 not covered,  87.0 %\n\
             total                           160 lines,   14 not covered,  91.2 %\n\n\
             files with the most lines that are not covered:\n\
             \x20  10  generator/src/lower/schema/union.rs\n    3  generator/src/lower/mod.rs\n    \
             1  dub-sdk/src/runtime/retry.rs\n    0  generator/src/words.rs\n"
        );
        assert!((report.percent() - 91.25).abs() < 1e-9);
    }
}
