use super::{Section, insert_entries};

const BEFORE: &str = "\
# Changelog

## [Unreleased]

### Added

- The field `A::b`, which is
  described on two lines.

### Fixed

- Something.

## [0.1.0] - 2026-11-01

### Added

- The field `A::new`.

[0.1.0]: https://example.com
";

fn entries() -> Vec<(Section, String)> {
    let entry = |section, text: &str| (section, text.to_owned());
    vec![
        entry(Section::Added, "The field `A::new`."),
        entry(
            Section::Added,
            "The field `A::b`, which is described on two lines.",
        ),
        entry(Section::Removed, "**Breaking:** The field `A::old`."),
    ]
}

#[test]
fn inserts_entries_into_their_sections() {
    let expected = BEFORE.replacen(
        "two lines.\n",
        "two lines.\n- The field `A::new`.\n\n### Removed\n\n- **Breaking:** The field `A::old`.\n",
        1,
    );
    assert_eq!(insert_entries(BEFORE, &entries()), expected);
}

#[test]
fn inserting_entries_twice_changes_nothing() {
    let once = insert_entries(BEFORE, &entries());
    assert_eq!(insert_entries(&once, &entries()), once);
    assert_eq!(insert_entries(BEFORE, &[]), BEFORE);
}

#[test]
fn does_not_duplicate_wrapped_entries() {
    let long = (Section::Changed, format!("{}end.", "word ".repeat(60)));
    let once = insert_entries(BEFORE, std::slice::from_ref(&long));
    assert!(once.lines().all(|line| line.len() <= 120), "{once}");
    assert_eq!(insert_entries(&once, &[long]), once);
}

#[test]
fn preserves_crlf_line_endings() {
    let windows = BEFORE.replace('\n', "\r\n");
    let expected = insert_entries(BEFORE, &entries()).replace('\n', "\r\n");
    assert_eq!(insert_entries(&windows, &entries()), expected);
}

#[test]
fn creates_missing_unreleased_section() {
    let entry = [(Section::Changed, "More.".to_owned())];
    let part = "## [Unreleased]\n\n### Changed\n\n- More.\n";
    for (before, after) in [
        (
            "# Changelog\n\n## [0.1.0]\n\n- All.\n",
            format!("# Changelog\n\n{part}\n## [0.1.0]\n\n- All.\n"),
        ),
        ("# Changelog\n", format!("# Changelog\n\n{part}")),
        (
            "# Changelog\n\n## [Unreleased]\n",
            format!("# Changelog\n\n{part}"),
        ),
        (
            "# Changelog\n\n## Unreleased\n\n## 0.1.0\n",
            "# Changelog\n\n## Unreleased\n\n### Changed\n\n- More.\n\n## 0.1.0\n".to_owned(),
        ),
    ] {
        assert_eq!(insert_entries(before, &entry), after);
    }
}
