//! The words of a path: the collections that it names, and what an operation does with them.

use crate::model::HttpMethod;
use crate::model::unnamed::{Operation, Type};
use crate::words::{self, is_same, singular};

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    words: Vec<String>,
    is_parameter: bool,
}

/// The words of the segments of a path.
pub struct PathWords {
    segments: Vec<Segment>,
}

impl PathWords {
    pub fn of(operation: &Operation) -> Self {
        let (path, _) = operation.path_and_query();
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let segments = segments.map(|segment| Segment {
            words: words::split(segment),
            is_parameter: segment.starts_with('{'),
        });
        let is_address = |segment: &Segment| match segment.words.as_slice() {
            [word] => !segment.is_parameter && is_prefix(word),
            words => words.is_empty(),
        };
        Self {
            segments: segments.filter(|segment| !is_address(segment)).collect(),
        }
    }

    /// Returns the words of all segments.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.segments.iter().flat_map(|segment| &segment.words)
    }

    /// Returns the words of the parameter at the end of the path.
    pub fn last_parameter(&self) -> Option<Vec<String>> {
        let last = self.segments.last().filter(|last| last.is_parameter);
        last.map(|last| last.words.clone())
    }

    /// Returns the segments that name collections or things, the last one being what the operation
    /// is about, and the action at the end of the path, such as `capture`.
    fn nouns(&self, operation: &Operation) -> (Vec<&[String]>, Option<&[String]>) {
        let literals = self.segments.iter().filter(|segment| !segment.is_parameter);
        let mut nouns: Vec<&[String]> = literals.map(|segment| segment.words.as_slice()).collect();
        let ends_in_text = self.segments.last().is_some_and(|last| !last.is_parameter);
        let is_action = ends_in_text
            && operation.method == HttpMethod::Post
            && nouns.last().is_some_and(|words| !is_plural(words));
        let action = if is_action { nouns.pop() } else { None };
        (nouns, action)
    }
}

/// Returns true if a word belongs to the address of an API, not to what it offers.
fn is_prefix(word: &str) -> bool {
    matches!(word, "api" | "rest") || is_version(word)
}

/// Returns true for the version of an API, such as `v1`.
pub fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_plural(words: &[String]) -> bool {
    words.last().is_some_and(|word| singular(word) != *word)
}

/// Returns the collection that an operation is about, in the singular, with the collection that
/// contains it: `["bounty"], ["submission"]` for `/bounties/{id}/submissions/{id}/approve`.
pub fn collections(operation: &Operation) -> Vec<Vec<String>> {
    let path = PathWords::of(operation);
    let mut collections = Vec::new();
    for (index, segment) in path.segments.iter().enumerate() {
        let next = path.segments.get(index + 1);
        let is_collection = match next {
            Some(next) => next.is_parameter,
            None => is_plural(&segment.words),
        };
        if is_collection && !segment.is_parameter {
            collections.push(singular_words(&segment.words));
        }
    }
    let start = collections.len().saturating_sub(2);
    collections.split_off(start)
}

/// Returns the words with the last one in the singular.
pub fn singular_words(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words
}

/// Returns the words of a method that has no name: what it does, and with what, without the words of
/// the tag. `GET /customers/{id}/cards` of the tag `Customers` is `list_cards`.
pub fn method_words(operation: &Operation, tag: &[String]) -> Vec<String> {
    let path = PathWords::of(operation);
    let (nouns, action) = path.nouns(operation);
    let is_item = path.last_parameter().is_some();
    let returns_array = matches!(
        operation.success.ty(),
        Some(Type::Array(_) | Type::OneOrMany(_))
    );
    let is_of_plural = is_plural(tag) && nouns.last().is_some_and(|words| is_within(words, tag));
    let names_plural = nouns.last().is_some_and(|words| is_plural(words));
    let is_list = !is_item
        && operation.method == HttpMethod::Get
        && (returns_array || names_plural || is_of_plural);
    let verb = match (operation.method, is_item, action) {
        (_, _, Some(action)) => action.to_vec(),
        (HttpMethod::Get, ..) if is_list => vec!["list".to_owned()],
        (HttpMethod::Post, true, _) => vec!["update".to_owned()],
        (HttpMethod::Post, false, _) => vec!["create".to_owned()],
        (HttpMethod::Patch, ..) => vec!["update".to_owned()],
        (HttpMethod::Put, ..) => vec!["replace".to_owned()],
        (method, ..) => vec![method.as_str().to_lowercase()],
    };
    let is_of_tag = |words: &[String]| is_tag(words, tag) || is_within(words, tag);
    let about = nouns.iter().rposition(|words| is_of_tag(words));
    let nouns = nouns.get(about.map_or(0, |about| about + 1)..);
    let nouns = nouns.unwrap_or_default();
    let mut all = verb;
    for (index, words) in nouns.iter().enumerate() {
        if is_list && index + 1 == nouns.len() {
            all.extend(words.iter().cloned());
        } else {
            all.extend(singular_words(words));
        }
    }
    all
}

/// Returns true if a segment of a path names what a tag is about: `applications` for the tag
/// `Partner Applications`.
pub fn is_tag(segment: &[String], tag: &[String]) -> bool {
    let end = tag.len().checked_sub(segment.len());
    let end = end.and_then(|start| tag.get(start..)).unwrap_or_default();
    !end.is_empty()
        && end
            .iter()
            .zip(segment)
            .all(|(one, other)| is_same(one, other))
}

/// Returns true if a segment has only words of the tag, in any order: `receiving` for the tag
/// `Receiving Emails`.
fn is_within(segment: &[String], tag: &[String]) -> bool {
    let is_of_tag = |word: &String| tag.iter().any(|other| is_same(word, other));
    tag.len() > 1 && !segment.is_empty() && segment.iter().all(is_of_tag)
}

/// Returns the method and all words of the path, which tell an operation apart from every other.
pub fn all_words(operation: &Operation) -> Vec<String> {
    let path = PathWords::of(operation);
    let mut all = vec![operation.method.as_str().to_lowercase()];
    for segment in path.segments {
        if segment.is_parameter {
            all.push("by".to_owned());
        }
        all.extend(segment.words);
    }
    all
}
