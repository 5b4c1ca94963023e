//! Mutation test: for randomly changed documents, the generator returns diagnostics or valid Rust.
//! It never crashes.

use crate::support::{customers, root};
use dub_generator::{Config, Unsupported};
use std::time::{Duration, Instant};

/// A linear congruential random number generator with Knuth's constants. A fixed seed makes every
/// run the same.
struct Rng(u64);

impl Rng {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// The values that replace other values.
const REPLACEMENTS: [&str; 16] = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "''",
    "[]",
    "{}",
    "'#/components/schemas/CustomerSchema'",
    "'#/nowhere'",
    "string",
    "array",
    "[string, 'null']",
    "../x",
    "ü\u{202e}",
    "99999999999999999999",
];

fn mutate(document: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = document.lines().map(str::to_owned).collect();
    for _ in 0..=rng.below(2) {
        let line = rng.below(lines.len());
        let other = rng.below(lines.len());
        match rng.below(6) {
            0 => drop(lines.remove(line)),
            1 => lines.insert(line, lines[other].clone()),
            2 => lines.swap(line, other),
            3 => {
                let (key, _) = lines[line].split_once(": ").unwrap_or((&lines[line], ""));
                lines[line] = format!("{key}: {}", REPLACEMENTS[rng.below(REPLACEMENTS.len())]);
            }
            4 => {
                lines[line] =
                    lines[line].replacen("string", REPLACEMENTS[rng.below(REPLACEMENTS.len())], 1)
            }
            _ => {
                let cut = lines[line]
                    .char_indices()
                    .map(|(index, _)| index)
                    .nth(rng.below(40));
                lines[line].truncate(cut.unwrap_or_default());
            }
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn mutated_documents_never_crash_the_generator() {
    let mut documents = vec![customers()];
    for entry in std::fs::read_dir(root().join("tests/fixtures/accepted")).unwrap() {
        documents.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let mut rng = Rng(20_260_605);
    let (mut accepted, mut rejected) = (0, 0);
    for round in 0..600 {
        let document = mutate(&documents[round % documents.len()], &mut rng);
        let unsupported = [Unsupported::Reject, Unsupported::Skip][round % 2];
        let config = Config {
            document: document.as_bytes(),
            files: None,
            overlay: None,
            tags: &[],
            crate_name: "sample",
            command: "cargo xtask regen",
            unsupported,
            names: None,
        };
        let start = Instant::now();
        match dub_generator::generate(&config) {
            Ok(generated) => {
                accepted += 1;
                let files = generated.files.iter();
                for file in files.filter(|file| file.path.ends_with(".rs")) {
                    syn::parse_file(&file.text)
                        .unwrap_or_else(|error| panic!("{error}\n{document}"));
                }
            }
            Err(problems) => {
                rejected += 1;
                assert!(!problems.is_empty());
            }
        }
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "took more than 20 seconds:\n{document}"
        );
    }
    // The test is only meaningful if it covers both outcomes.
    assert!(
        accepted > 30 && rejected > 100,
        "{accepted} accepted, {rejected} rejected"
    );
}
