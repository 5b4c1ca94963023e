//! Checks the links in the repository's Markdown pages: the file must exist and contain the linked
//! heading.

use crate::support::{generate, root};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The checked pages outside of the documentation directories. A link to a file that is not a
/// checked page must have no anchor, and the file must exist.
const PAGES: [&str; 8] = [
    "README.md",
    "ARCHITECTURE.md",
    "BENCHMARKS.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "dub-sdk/README.md",
    "dub-sdk/examples/apps/README.md",
];

/// The links of a page and the anchors of its headings.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => page.links.push(dest_url.into_string()),
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let slug = slug(&heading.take().unwrap_or_default());
                    let count = counts.entry(slug.clone()).or_default();
                    page.anchors.insert(match *count {
                        0 => slug,
                        count => format!("{slug}-{count}"),
                    });
                    *count += 1;
                }
                _ => {}
            }
        }
        page
    }
}

/// Returns the anchor that GitHub generates for a heading.
fn slug(heading: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(is_kept)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Returns the broken local links of `pages`. `exists` tells whether a file that is not one of the
/// pages exists.
fn broken_links(pages: &BTreeMap<PathBuf, Page>, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let mut broken_links = Vec::new();
    for (path, page) in pages {
        let is_local = |link: &&String| !link.contains("://") && !link.starts_with("mailto:");
        for link in page.links.iter().filter(is_local) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => path.clone(),
                file => normalize(&path.parent().unwrap_or(Path::new("")).join(file)),
            };
            let known = pages.get(&target);
            let found = match known {
                Some(page) => anchor.is_empty() || page.anchors.contains(anchor),
                None => anchor.is_empty() && exists(&target),
            };
            if !found {
                broken_links.push(format!("{}: {link}", path.display()));
            }
        }
    }
    broken_links
}

/// Resolves the `.` and `..` components of a path.
fn normalize(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(result.pop()),
            Component::CurDir => {}
            other => result.push(other),
        }
    }
    result
}

#[test]
fn repository_links_resolve() {
    let mut paths: Vec<PathBuf> = PAGES.iter().map(PathBuf::from).collect();
    for directory in ["docs", "docs/decisions", "dub-sdk/docs"] {
        for entry in std::fs::read_dir(root().join(directory)).unwrap() {
            let path = Path::new(directory).join(entry.unwrap().file_name());
            if path.extension().is_some_and(|extension| extension == "md") {
                paths.push(path);
            }
        }
    }
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(root().join(&path)).unwrap();
        (path, Page::read(&text))
    };
    let pages: BTreeMap<_, _> = paths.into_iter().map(read).collect();
    let links: usize = pages.values().map(|page| page.links.len()).sum();
    assert!(links > 50, "expected more than 50 links, found {links}");
    let broken_links = broken_links(&pages, |path| root().join(path).exists());
    assert!(broken_links.is_empty(), "{}", broken_links.join("\n"));
}

/// Checks the generated reference of every fixture. The fixtures have unusual names, descriptions
/// and headings.
#[test]
fn generated_reference_links_resolve() {
    for entry in std::fs::read_dir(root().join("tests/fixtures/accepted")).unwrap() {
        let document = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let files = generate(&document);
        let pages = files.iter().filter(|file| file.path.ends_with(".md"));
        let pages: BTreeMap<_, _> = pages
            .map(|file| (PathBuf::from(&file.path), Page::read(&file.text)))
            .collect();
        assert!(!pages.is_empty());
        let broken_links = broken_links(&pages, |_| false);
        assert!(broken_links.is_empty(), "{}", broken_links.join("\n"));
    }
}

#[test]
fn detects_broken_links() {
    let page = Page::read("# A\n\n[a](#a) [b](#b) [c](c.md) [d](https://x.y/#z)");
    let pages = BTreeMap::from([(PathBuf::from("page.md"), page)]);
    assert_eq!(
        broken_links(&pages, |_| false),
        ["page.md: #b", "page.md: c.md"]
    );
}
