//! `cargo xtask imports`: lists which file imports which, and rejects circular imports and imports
//! against the direction that ARCHITECTURE.md states.

mod graph;
mod layers;
mod scan;

use crate::console::{print, print_error};
use clap::Args;
use graph::Graph;
use std::path::Path;
use std::process::ExitCode;

/// The source directories whose imports are checked.
const SOURCES: [&str; 4] = ["generator/src", "dub-sdk/src", "xtask/src", "benches/src"];

#[derive(Args)]
pub struct Arguments {
    /// Print the imports as a graph in the DOT language, for Graphviz.
    #[arg(long)]
    dot: bool,
}

/// Prints the imports, and fails if some are circular or against the direction.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    match report(root) {
        Ok((graph, problems)) => {
            if !quiet {
                print(&if arguments.dot {
                    graph.dot()
                } else {
                    graph.to_string()
                });
            }
            if problems.is_empty() {
                return ExitCode::SUCCESS;
            }
            print_error(&problems.join("\n"));
            ExitCode::FAILURE
        }
        Err(error) => {
            print_error(&error);
            ExitCode::from(2)
        }
    }
}

/// Returns the imports between files, and a line for each problem.
fn report(root: &Path) -> Result<(Graph, Vec<String>), String> {
    let mut graph = Graph::default();
    for directory in SOURCES {
        scan::directory(root, directory, &mut graph)?;
    }
    let mut problems: Vec<String> = graph
        .cycles()
        .into_iter()
        .map(|files| format!("circular imports: {}", files.join(", ")))
        .collect();
    let architecture = root.join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(&architecture)
        .map_err(|error| format!("{}: {error}", architecture.display()))?;
    problems.extend(layers::violations(&text, &graph)?);
    Ok((graph, problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_acyclic_and_follow_the_stated_direction() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let (graph, problems) = report(&root).unwrap();
        assert!(graph.len() > 100, "only {} imports found", graph.len());
        assert_eq!(problems, Vec::<String>::new());
    }
}
