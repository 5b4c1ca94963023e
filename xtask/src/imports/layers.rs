//! Compares imports with the table of modules in ARCHITECTURE.md.
//!
//! A row of the table has the module's path in the first column and the modules that it may import in
//! the last one, each in backticks. A module that the table does not mention is not checked.

use super::graph::Graph;
use std::collections::BTreeMap;

/// Returns a line for each import that the table does not allow.
pub fn violations(architecture: &str, graph: &Graph) -> Result<Vec<String>, String> {
    let layers = layers(architecture);
    if layers.is_empty() {
        return Err("ARCHITECTURE.md: expected a table of modules and their imports".to_owned());
    }
    let layer = |file: &str| {
        let parts = layers.keys().copied();
        parts
            .filter(|layer| {
                file.strip_prefix(layer)
                    .is_some_and(|rest| rest.starts_with(['/', '.']))
            })
            .max_by_key(|layer| layer.len())
    };
    let mut violations = Vec::new();
    for (from, to) in graph.edges() {
        let (Some(one), Some(other)) = (layer(from), layer(to)) else {
            continue;
        };
        let is_allowed = one == other
            || layers.get(one).is_some_and(|allowed| {
                let mut allowed = allowed.iter();
                allowed.any(|name| other.ends_with(&format!("/{name}")))
            });
        if !is_allowed {
            violations.push(format!(
                "{from} imports {to}, which ARCHITECTURE.md does not allow"
            ));
        }
    }
    Ok(violations)
}

/// Reads the table: for each module its path without extension, and the names of the modules that it
/// may import.
fn layers(architecture: &str) -> BTreeMap<&str, Vec<&str>> {
    let rows = architecture.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        let module = names(cells.first()?).next()?;
        let module = module.strip_suffix(".rs").unwrap_or(module);
        let is_module = line.starts_with('|') && module.contains("/src/");
        is_module.then(|| {
            (
                module,
                names(cells.last().copied().unwrap_or_default()).collect(),
            )
        })
    });
    rows.collect()
}

/// Returns what stands in backticks.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| module | contents | imports |
|---|---|---|
| `a/src/low.rs` | data | nothing |
| `a/src/high` | more | `low` |
";

    #[test]
    fn rejects_an_import_against_the_direction() {
        let mut graph = Graph::default();
        graph.add("a/src/high/x.rs", "a/src/low.rs");
        assert_eq!(violations(TABLE, &graph).unwrap(), Vec::<String>::new());
        graph.add("a/src/low.rs", "a/src/high/x.rs");
        assert_eq!(
            violations(TABLE, &graph).unwrap(),
            ["a/src/low.rs imports a/src/high/x.rs, which ARCHITECTURE.md does not allow"]
        );
    }

    #[test]
    fn an_absent_table_is_an_error() {
        assert!(violations("", &Graph::default()).is_err());
    }
}
