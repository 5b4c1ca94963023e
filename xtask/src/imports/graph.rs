//! A directed graph of files and their imports.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The imports between files, by path below the repository's root.
#[derive(Default)]
pub struct Graph {
    imports: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    pub fn add(&mut self, from: &str, to: &str) {
        let targets = self.imports.entry(from.to_owned()).or_default();
        targets.insert(to.to_owned());
    }

    /// Returns every import as a pair of the importing and the imported file.
    pub fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.imports
            .iter()
            .flat_map(|(from, targets)| targets.iter().map(move |to| (from.as_str(), to.as_str())))
    }

    /// Returns the number of imports.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.edges().count()
    }

    /// Returns each set of files that import one another in a cycle.
    pub fn cycles(&self) -> Vec<Vec<&str>> {
        let mut cycles: Vec<Vec<&str>> = Vec::new();
        for file in self.imports.keys() {
            let is_known = cycles.iter().flatten().any(|known| known == file);
            let reached = self.reachable(file);
            if is_known || !reached.contains(file.as_str()) {
                continue;
            }
            let members = reached.iter().copied();
            cycles.push(
                members
                    .filter(|other| self.reachable(other).contains(file.as_str()))
                    .collect(),
            );
        }
        cycles
    }

    /// Returns the files that a file imports, directly or through others.
    fn reachable(&self, file: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut pending = vec![file];
        while let Some(file) = pending.pop() {
            for target in self.imports.get(file).into_iter().flatten() {
                if reached.insert(target.as_str()) {
                    pending.push(target);
                }
            }
        }
        reached
    }

    /// Formats the graph in the DOT language.
    pub fn dot(&self) -> String {
        let mut text = "digraph imports {\n".to_owned();
        for (from, to) in self.edges() {
            text += &format!("    \"{from}\" -> \"{to}\";\n");
        }
        text + "}\n"
    }
}

impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (from, targets) in &self.imports {
            writeln!(f, "{from}")?;
            for to in targets {
                writeln!(f, "    -> {to}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (from, to) in edges {
            graph.add(from, to);
        }
        graph
    }

    #[test]
    fn finds_each_cycle_once() {
        let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")];
        assert_eq!(graph(&edges).cycles(), [["a", "b", "c"]]);
    }

    #[test]
    fn acyclic_imports_have_no_cycle() {
        let edges = [("a", "b"), ("a", "c"), ("b", "c")];
        assert!(graph(&edges).cycles().is_empty());
    }
}
