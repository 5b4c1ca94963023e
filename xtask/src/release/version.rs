//! The version that is to be released, and the least that it has to be.

use super::Outcome;
use crate::diff::Comparison;
use crate::git;
use crate::regen::SPEC;
use dub_generator::diff::{self, Change, Severity};
use std::path::Path;

/// How many of the changes that ask for a version are named.
const MAX_LISTED: usize = 5;

/// Compares the document with that of the last tag, and the version with what the difference asks for.
pub fn check(root: &Path, version: &str) -> Outcome {
    let tag = match last_tag(root) {
        Ok(Some(tag)) => tag,
        Ok(None) => {
            return Outcome::Skipped(format!(
                "there is no tag `v*` yet, so that nothing can break: {version} is the first release"
            ));
        }
        Err(message) => return Outcome::Finding(message),
    };
    since(root, version, &tag).into()
}

/// The last tag of a release before what stands here, or on it.
pub fn last_tag(root: &Path) -> Result<Option<String>, String> {
    let tags = git::lines(root, &["tag", "--merged", "HEAD", "--list", "v*"])?;
    let versions = tags.into_iter().filter_map(|tag| {
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
        return Ok(format!("nothing of the crate has changed since {tag}"));
    }
    // What is written by hand has changed where the document has not.
    let asked = severity.unwrap_or(Severity::DocsOnly);
    let needed = diff::next(released, asked)
        .ok_or_else(|| format!("the tag {tag} does not name a version"))?;
    let own = numbers(version).ok_or_else(|| format!("`{version}` is no version"))?;
    if Some(own) >= numbers(&needed) {
        return Ok(format!(
            "{version} will do: what {SPEC} has changed since {tag} asks for {needed} at least"
        ));
    }
    Err(format!(
        "{version} is too low: what has changed since {tag} asks for {needed} at least{}\n\
         set it in dub-sdk/Cargo.toml",
        reasons(&comparison.changes, asked)
    ))
}

/// The changes that ask for the version.
fn reasons(changes: &[Change], severity: Severity) -> String {
    let matching = changes.iter().filter(|change| change.severity == severity);
    let lines: Vec<_> = matching.map(diff::line).collect();
    let more = match lines.len().saturating_sub(MAX_LISTED) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    let named = lines
        .iter()
        .take(MAX_LISTED)
        .map(|line| format!("\n  {line}"));
    named.chain([more]).collect()
}

/// Major, minor and patch; what is a pre-release counts as what it precedes.
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
