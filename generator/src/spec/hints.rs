//! What to say of a key or a value that does not belong, and what to overlook.

use super::kinds::Shape;
use super::pointer;
use super::tree::{Node, Object};
use crate::diagnostic::{Code, Diagnostic};

/// What a key that is no field of its object amounts to.
pub(super) enum Verdict {
    Harmless,
    /// With the field that was meant, if it can be told.
    Problem(Diagnostic, Option<&'static str>),
}

pub(super) fn unknown_key(
    shape: &'static Shape,
    key: &str,
    object: &Object,
    _value: &Node,
) -> Verdict {
    let problem = Diagnostic::new(
        Code::Shape,
        "",
        format!("`{key}` is not a key of {}", shape.name),
    );
    let meant = shape
        .fields
        .iter()
        .map(|field| field.key)
        .filter(|field| !object.contains(field));
    match nearest(key, meant) {
        Some(meant) => Verdict::Problem(
            problem.help(format!("did you mean `{meant}`?")),
            Some(meant),
        ),
        None => Verdict::Problem(problem, None),
    }
}

/// A value that is wrong in a way that is worth more than a general message.
pub(super) fn wrong_value(shape: &'static Shape, key: &str, value: &Node) -> Option<Diagnostic> {
    let _ = (shape, key, value);
    None
}

pub(super) fn wrong_word(word: &str, words: &[&str]) -> Option<String> {
    let _ = (word, words);
    None
}

/// The keys that may stand beside a `$ref` which is not a schema's: they only describe.
pub(super) fn may_stand_beside(key: &str) -> bool {
    matches!(key, "$ref" | "summary" | "description") || key.starts_with("x-")
}

/// The pointer nearest to one that leads nowhere: the last token of its first wrong step is replaced.
pub(super) fn nearest_pointer(root: &Node, wrong: &str) -> Option<String> {
    let mut node = root;
    let mut path = String::new();
    let mut tokens = pointer::tokens(wrong);
    loop {
        let token = tokens.next()?;
        match node.step(&token) {
            Some(next) => {
                pointer::push(&mut path, &token);
                node = next;
            }
            None => {
                let near = nearest(&token, node.as_object()?.keys())?;
                pointer::push(&mut path, near);
                return tokens.next().is_none().then_some(path);
            }
        }
    }
}

/// The candidate that is a small slip of the hand away.
fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    let allowed = match length {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    candidates
        .map(|candidate| (distance(word, candidate, allowed), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
fn distance(one: &str, other: &str, _limit: usize) -> usize {
    let one: Vec<char> = one.to_lowercase().chars().collect();
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let at =
                |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&row, j) + usize::from(a != b))
                .min(at(&row, j + 1) + 1)
                .min(at(&next, j) + 1);
            if i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a) {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}
