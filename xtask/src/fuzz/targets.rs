//! The fuzz targets of the repository.

use std::path::Path;

/// A fuzz target.
pub struct Target {
    pub name: String,
    /// The first line of its docs.
    description: String,
}

/// Returns the targets with these names, or all targets if there are none.
pub fn select(root: &Path, names: &[String]) -> Result<Vec<Target>, String> {
    let targets = all(root)?;
    let is_target = |name: &String| targets.iter().any(|target| target.name == *name);
    if let Some(unknown) = names.iter().find(|name| !is_target(name)) {
        let known: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        let known = known.join(", ");
        return Err(format!(
            "unknown target `{unknown}`; the targets are {known}"
        ));
    }
    let is_selected = |target: &Target| names.is_empty() || names.contains(&target.name);
    Ok(targets.into_iter().filter(is_selected).collect())
}

/// Reads the targets from their source files.
fn all(root: &Path) -> Result<Vec<Target>, String> {
    let directory = root.join("tests/fuzz/targets");
    let error = |error: std::io::Error| format!("{}: {error}", directory.display());
    let mut targets = Vec::new();
    for entry in std::fs::read_dir(&directory).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
            let text = std::fs::read_to_string(&path).map_err(error)?;
            let docs = text.lines().find_map(|line| line.strip_prefix("//! "));
            targets.push(Target {
                name: name.to_owned(),
                description: docs.unwrap_or_default().to_owned(),
            });
        }
    }
    targets.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(targets)
}

/// Lists targets with their descriptions.
pub fn list(targets: &[Target]) -> String {
    let line = |target: &Target| format!("{:<12} {}\n", target.name, target.description);
    targets.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn selects_targets_by_name() {
        let all = select(&root(), &[]).unwrap();
        assert!(all.len() >= 7);
        assert!(all.iter().all(|target| !target.description.is_empty()));
        let two = select(&root(), &["webhook".to_owned(), "diff".to_owned()]).unwrap();
        let names: Vec<&str> = two.iter().map(|target| &*target.name).collect();
        assert_eq!(names, ["diff", "webhook"]);
        assert!(
            list(&two).starts_with("diff         Compares "),
            "{}",
            list(&two)
        );
        let problem = select(&root(), &["other".to_owned()]).err().unwrap();
        assert!(problem.starts_with("unknown target `other`; the targets are decode, diff"));
    }
}
