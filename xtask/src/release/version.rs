//! Checks that the version is high enough for the changes since the last release.

use super::Outcome;
use crate::diff::Comparison;
use crate::git;
use crate::repository::SPEC;
use dub_generator::diff::{self, Change, Severity};
use std::path::Path;

/// The maximum number of listed changes.
const MAX_LISTED: usize = 5;

/// Compares the document with that of the last tag, and the version with the one that the changes
/// require.
pub fn check(root: &Path, version: &str) -> Outcome {
    let tag = match last_tag(root) {
        Ok(Some(tag)) => tag,
        Ok(None) => {
            return Outcome::Skipped(format!("no tag `v*` found: {version} is the first release"));
        }
        Err(message) => return Outcome::Finding(message),
    };
    since(root, version, &tag).into()
}

/// Returns the tag of the release before the work tree. In a clean work tree, a tag of `HEAD` does not
/// count: it is the release that is checked.
pub fn last_tag(root: &Path) -> Result<Option<String>, String> {
    let tags = git::lines(root, &["tag", "--merged", "HEAD", "--list", "v*"])?;
    let current = match git::lines(root, &["status", "--porcelain"])?.is_empty() {
        true => git::lines(root, &["tag", "--points-at", "HEAD"])?,
        false => Vec::new(),
    };
    let earlier = tags.into_iter().filter(|tag| !current.contains(tag));
    let versions = earlier.filter_map(|tag| {
        let version = numbers(tag.strip_prefix('v')?)?;
        Some((version, tag))
    });
    Ok(versions.max().map(|(_, tag)| tag))
}

fn since(root: &Path, version: &str, tag: &str) -> Result<String, String> {
    let released = tag.trim_start_matches('v');
    let at_tag = git::lines(root, &["diff", "--name-only", tag, "--", "dub-sdk"])?.is_empty();
    let comparison = Comparison::since(root, tag)?;
    let severity = diff::max_severity(&comparison.changes);
    if at_tag && severity.is_none() {
        return Ok(format!("the crate has not changed since {tag}"));
    }
    // If the document has not changed, the handwritten code has: at least a patch release is
    // needed.
    let severity = severity.unwrap_or(Severity::DocsOnly);
    let needed =
        diff::next(released, severity).ok_or_else(|| format!("the tag {tag} is not a version"))?;
    let own = numbers(version).ok_or_else(|| format!("`{version}` is not a version"))?;
    if Some(own) >= numbers(&needed) {
        return Ok(format!(
            "{version} is high enough: the changes of {SPEC} since {tag} require at least {needed}"
        ));
    }
    Err(format!(
        "{version} is too low: the changes since {tag} require at least {needed}{}\n\
         update the version in dub-sdk/Cargo.toml",
        reasons(&comparison.changes, severity)
    ))
}

/// Lists the changes that require the version.
fn reasons(changes: &[Change], severity: Severity) -> String {
    let matching = changes.iter().filter(|change| change.severity == severity);
    let lines: Vec<_> = matching.map(diff::line).collect();
    let rest = match lines.len().saturating_sub(MAX_LISTED) {
        0 => String::new(),
        count => format!("\n  and {count} more"),
    };
    let listed = lines
        .iter()
        .take(MAX_LISTED)
        .map(|line| format!("\n  {line}"));
    listed.chain([rest]).collect()
}

/// Parses major, minor and patch version. Ignores pre-release and build suffixes.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let core = version.split(['-', '+']).next()?;
    let parts: Option<Vec<u64>> = core.split('.').map(|part| part.parse().ok()).collect();
    parts?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn compares_versions_numerically() {
        assert!(numbers("0.10.0") > numbers("0.9.9"));
        assert_eq!(numbers("1.2.3-rc.1"), Some([1, 2, 3]));
        assert_eq!(numbers("1.2"), None);
        assert_eq!(numbers("next"), None);
    }
}
