//! Computes the next version, following Cargo's semver rules.

use super::change::{Change, Severity};

/// Returns the highest severity of all changes, or `None` if there are no changes.
pub fn max_severity(changes: &[Change]) -> Option<Severity> {
    changes.iter().map(|change| change.severity).min()
}

/// Returns the next version for a severity, or `None` if `current` is not `major.minor.patch`.
///
/// Before 1.0.0, a breaking change increases the minor version. Before 0.1.0, every release may be
/// breaking, so it increases only the patch version.
pub fn next(current: &str, severity: Severity) -> Option<String> {
    let core = current.split(['-', '+']).next()?;
    let mut numbers = core.split('.').map(|number| number.parse::<u64>().ok());
    let (major, minor, patch) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() {
        return None;
    }
    let (major, minor, patch) = match (severity, major, minor) {
        (Severity::Breaking, 0, 0) => (0, 0, patch.checked_add(1)?),
        (Severity::Breaking, 0, _) => (0, minor.checked_add(1)?, 0),
        (Severity::Breaking, ..) => (major.checked_add(1)?, 0, 0),
        (Severity::Compatible, 1.., _) => (major, minor.checked_add(1)?, 0),
        (Severity::Compatible | Severity::DocsOnly, ..) => (major, minor, patch.checked_add(1)?),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_version_follows_semver_rules() {
        let table = [
            ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
            ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ];
        for (current, breaking, compatible, docs) in table {
            let next = |severity| next(current, severity).unwrap();
            assert_eq!(next(Severity::Breaking), breaking, "{current}");
            assert_eq!(next(Severity::Compatible), compatible, "{current}");
            assert_eq!(next(Severity::DocsOnly), docs, "{current}");
        }
    }

    #[test]
    fn invalid_version_has_no_next_version() {
        for wrong in [
            "",
            "1",
            "1.2",
            "1.2.x",
            "1.2.3.4",
            "18446744073709551615.0.0",
        ] {
            assert_eq!(next(wrong, Severity::Breaking), None, "{wrong}");
        }
    }
}
