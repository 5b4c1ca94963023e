//! The index of the fixtures, `tests/fixtures/INDEX.tsv`: it lists each of them, with what it leads
//! to. A directory of further cases next to the repository has an index of its own.

use crate::support::{root, sorted_files};
use dub_generator::diagnostic::Diagnostic;
use dub_generator::files::Files;
use dub_generator::{Config, Generated, Unsupported, generate};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The strings of each file in an index: the other columns of its rows.
fn read_index(path: &Path) -> BTreeMap<String, Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut index: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in rows {
        let mut columns = row.split('\t').map(str::to_owned);
        let file = columns.next().unwrap();
        let outcome = columns.next().unwrap_or_default();
        let text = columns.next().unwrap_or_default();
        index.entry(file).or_default().push((outcome, text));
    }
    index
}

fn run(path: &Path) -> Result<Generated, Vec<Diagnostic>> {
    generate(&Config {
        document: &std::fs::read(path).unwrap(),
        files: Some(&Files::next_to(path, false)),
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    })
}

/// Returns what a document leads to, and the messages and the generated code.
fn outcome(path: &Path) -> (&'static str, String) {
    let messages = |problems: &[Diagnostic]| {
        let messages = problems.iter().map(|problem| problem.message.as_str());
        messages.collect::<Vec<_>>().join("\n")
    };
    match run(path) {
        Ok(generated) => {
            let strings = generated.files.iter().map(|file| file.text.as_str());
            let strings: Vec<_> = strings.collect();
            let outcome = match generated.warnings.is_empty() {
                true => "accepted",
                false => "warning",
            };
            (outcome, messages(&generated.warnings) + &strings.join("\n"))
        }
        Err(problems) => ("error", messages(&problems)),
    }
}

#[test]
fn fixtures_lead_to_what_their_index_says() {
    let fixtures = root().join("tests/fixtures");
    let index = read_index(&fixtures.join("INDEX.tsv"));
    let mut wrong = Vec::new();
    for (file, rows) in &index {
        let (found, text) = outcome(&fixtures.join(file));
        for (expected, contained) in rows {
            if found != expected || !text.contains(contained.as_str()) {
                wrong.push(format!(
                    "{file}: expected {expected}, with `{contained}`: {found}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let listed: BTreeSet<String> = index.into_keys().collect();
    let folders = ["accepted", "rejected", "warned"].into_iter();
    let several = "several_files/openapi.yaml".to_owned();
    let existing: BTreeSet<String> = folders
        .flat_map(|folder| {
            let files = sorted_files(&fixtures.join(folder)).into_iter();
            files.map(move |file| format!("{folder}/{}", file.file_name().unwrap().display()))
        })
        .chain([several])
        .collect();
    let difference: Vec<_> = listed.symmetric_difference(&existing).collect();
    assert!(difference.is_empty(), "not in both: {difference:?}");
}

/// Each document of the directory `shared/specs/cases` is accepted whole, or rejected with a
/// location. It may be rejected only if its index allows that.
///
/// The directory is not part of the repository. The test above checks our own fixtures.
#[test]
fn further_cases_lead_to_what_their_index_says() {
    let directory = root().with_file_name("shared").join("specs/cases");
    if !directory.is_dir() {
        println!("skipped: {} does not exist", directory.display());
        return;
    }
    let mut wrong = Vec::new();
    for (file, rows) in read_index(&directory.join("INDEX.tsv")) {
        let may_reject = rows
            .iter()
            .any(|(expected, _)| expected.contains("rejected"));
        let Err(problems) = run(&directory.join(&file)) else {
            continue;
        };
        for problem in problems {
            if !may_reject || problem.span.is_none() {
                wrong.push(format!("{file}: {}", problem.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
