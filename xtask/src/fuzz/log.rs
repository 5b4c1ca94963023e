//! The log of a fuzz target, as libFuzzer writes it.

use std::path::PathBuf;

/// A line that precedes the path of a finding.
const FINDING: &str = "Test unit written to ";

/// The log of a run.
pub struct Log {
    path: PathBuf,
    text: String,
    is_success: bool,
}

impl Log {
    /// Reads the log of a run that has ended.
    pub fn read(path: PathBuf, is_success: bool) -> Result<Self, String> {
        match std::fs::read(&path) {
            Ok(text) => Ok(Self {
                text: String::from_utf8_lossy(&text).into_owned(),
                path,
                is_success,
            }),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// Describes the finding of the run: the panic, the path of the input and that of the log.
    pub fn finding(&self) -> Option<String> {
        if self.is_success {
            return None;
        }
        let mut report = self.failure().unwrap_or("the program failed").to_owned();
        if let Some((_, rest)) = self.text.rsplit_once(FINDING) {
            let input = rest.lines().next().unwrap_or_default();
            report.push_str(&format!("\n  input  {input}"));
        }
        report.push_str(&format!("\n  log    {}", self.path.display()));
        Some(report)
    }

    /// Returns the message of the panic, or the error of libFuzzer, such as a timeout.
    fn failure(&self) -> Option<&str> {
        let mut lines = self.text.lines();
        let panic = lines.find(|line| line.contains("panicked at"));
        let message = panic.and(lines.find(|line| !line.is_empty()));
        let error = || self.text.lines().find(|line| line.contains("ERROR: "));
        message.or_else(error)
    }

    /// Summarizes the run: the number of executions, and how much code the corpus reaches.
    pub fn summary(&self) -> String {
        let number = |name: &str| {
            let (_, rest) = self.text.rsplit_once(name)?;
            rest.split_ascii_whitespace().next()
        };
        let number = |name: &str| number(name).unwrap_or("?").to_owned();
        format!(
            "{} executions, {} per second, {} edges, {} inputs in the corpus",
            number("stat::number_of_executed_units:"),
            number("stat::average_exec_per_sec:"),
            number(" cov: "),
            number(" corp: ").split('/').next().unwrap_or("?"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(text: &str, is_success: bool) -> Log {
        Log {
            path: "target/fuzz/logs/tree/log.txt".into(),
            text: text.to_owned(),
            is_success,
        }
    }

    #[test]
    fn summarizes_a_run() {
        let text = "#2\tINITED cov: 90 ft: 91 corp: 1/1b exec/s: 0 rss: 30Mb\n\
            #4096\tDONE   cov: 812 ft: 1033 corp: 77/9Kb lim: 68 exec/s: 2048 rss: 33Mb\n\
            stat::number_of_executed_units: 4096\nstat::average_exec_per_sec:     2048\n";
        let log = log(text, true);
        assert_eq!(log.finding(), None);
        assert_eq!(
            log.summary(),
            "4096 executions, 2048 per second, 812 edges, 77 inputs in the corpus"
        );
    }

    #[test]
    fn finding_has_the_panic_and_the_input() {
        let text = "thread '<unnamed>' (7) panicked at src/a.rs:1:2:\nYAML includes JSON\nnote: run\n\
            ==1== ERROR: libFuzzer: deadly signal\n\
            artifact_prefix='x/'; Test unit written to x/crash-1\nBase64: AA==\n";
        assert_eq!(
            log(text, false).finding().unwrap(),
            "YAML includes JSON\n  input  x/crash-1\n  log    target/fuzz/logs/tree/log.txt"
        );
        let text = "ALARM: working on the last Unit for 26 seconds\n\
            ==1== ERROR: libFuzzer: timeout after 26 seconds\n";
        let finding = log(text, false).finding().unwrap();
        assert!(
            finding.starts_with("==1== ERROR: libFuzzer: timeout"),
            "{finding}"
        );
        assert!(
            log("", false)
                .finding()
                .unwrap()
                .starts_with("the program failed\n")
        );
    }
}
