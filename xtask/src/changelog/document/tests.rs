use super::{Section, with};

const BEFORE: &str = "\
# Changelog

## [Unreleased]

### Added

- The field `A::b`, which is
  told on two lines.

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
            "The field `A::b`, which is told on two lines.",
        ),
        entry(Section::Removed, "**Breaking:** The field `A::old`."),
    ]
}

#[test]
fn entries_go_into_their_sections_and_nothing_else_changes() {
    let expected = BEFORE.replacen(
        "two lines.\n",
        "two lines.\n- The field `A::new`.\n\n### Removed\n\n- **Breaking:** The field `A::old`.\n",
        1,
    );
    assert_eq!(with(BEFORE, &entries()), expected);
}

#[test]
fn a_second_run_changes_nothing() {
    let once = with(BEFORE, &entries());
    assert_eq!(with(&once, &entries()), once);
    assert_eq!(with(BEFORE, &[]), BEFORE);
}

#[test]
fn long_entries_are_told_again_as_they_are() {
    let long = (Section::Changed, format!("{}end.", "word ".repeat(60)));
    let once = with(BEFORE, std::slice::from_ref(&long));
    assert!(once.lines().all(|line| line.len() <= 120), "{once}");
    assert_eq!(with(&once, &[long]), once);
}

#[test]
fn lines_end_as_they_did() {
    let windows = BEFORE.replace('\n', "\r\n");
    let expected = with(BEFORE, &entries()).replace('\n', "\r\n");
    assert_eq!(with(&windows, &entries()), expected);
}

#[test]
fn the_part_is_begun_where_there_is_none() {
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
        assert_eq!(with(before, &entry), after);
    }
}
