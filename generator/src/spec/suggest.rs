//! What to say of a key or a value that does not belong, and what to overlook.

use super::grammar::types::Shape;
use super::object::Object;
use super::other_dialects::{self, DialectKey};
use super::report::quoted;
use super::tree::{Node, Value};
use super::{grammar, pointer};
use crate::diagnostic::{Code, Diagnostic};

/// Longer words are names that were made, not typed; comparing them costs more than it helps.
const MAX_LENGTH: usize = 40;
/// So many candidates of about the right length are compared.
const MAX_CANDIDATES: usize = 500;

/// What a key that is no field of its object amounts to.
pub(super) enum Verdict {
    Harmless,
    /// With the field that was meant, if it can be told.
    Problem(Diagnostic, Option<&'static str>),
}

/// A slip of the hand counts first: `summry` is no key of a later version.
pub(super) fn unknown_key(
    shape: &'static Shape,
    key: &str,
    object: &Object,
    value: &Node,
) -> Verdict {
    let name = shape.name;
    let other_dialects = other_dialects::lookup(shape, key, value);
    if let Some(DialectKey::Meaningful { origin, help }) = other_dialects {
        let problem = shape_problem(format!(
            "`{key}` is a key of {origin}, which OpenAPI 3.0 does not have in {name}"
        ));
        return Verdict::Problem(problem.help(help), None);
    }
    let absent = shape
        .fields
        .iter()
        .map(|field| field.key)
        .filter(|field| !object.contains(field));
    let is_known_key = matches!(other_dialects, Some(DialectKey::Harmless))
        && !other_dialects::is_descriptive_only(shape);
    match nearest(key, absent).filter(|_| !is_known_key) {
        Some(meant) => {
            let problem = shape_problem(format!("{} is not a key of {name}", quoted(key)));
            Verdict::Problem(
                problem.help(format!("did you mean `{meant}`?")),
                Some(meant),
            )
        }
        None if other_dialects.is_some() => Verdict::Harmless,
        None => {
            let help = "keys that only some tools understand start with `x-`";
            Verdict::Problem(
                shape_problem(format!("{} is not a key of {name}", quoted(key))).help(help),
                None,
            )
        }
    }
}

/// A value that is wrong in a way of which more can be said than its kind.
pub(super) fn known_mistake(shape: &'static Shape, key: &str, value: &Node) -> Option<Diagnostic> {
    if !shape.is(&grammar::SCHEMA) {
        return None;
    }
    let (message, help) = match (key, &value.value) {
        ("type", Value::Array(_)) => (
            "a list of types is OpenAPI 3.1; in 3.0 `type` is one word",
            "write `nullable: true` for a type with null, `oneOf` for several types",
        ),
        ("type", Value::Null) => (
            "`type` must be a word, not null",
            "write `nullable: true` where null is allowed",
        ),
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => (
            "an exclusive bound that is a number is OpenAPI 3.1; in 3.0 it is true or false",
            "write the number as `minimum` or `maximum`, and `true` here",
        ),
        ("items", Value::Array(_)) => (
            "`items` must be one schema; a list of them describes a tuple, which OpenAPI 3.0 does not have",
            "describe an object, or items of one kind",
        ),
        ("required", Value::Bool(_)) => (
            "`required` must be a list of the names of properties, not a boolean",
            "name the property in the `required` of the object that it belongs to",
        ),
        ("discriminator", Value::String(_)) => (
            "`discriminator` must be an object; a bare name is Swagger 2.0",
            "write `discriminator: {propertyName: ...}`",
        ),
        _ => return None,
    };
    Some(shape_problem(message.to_owned()).help(help))
}

/// What to write in place of a value of the wrong kind.
pub(super) fn type_mismatch_help(expected: &str, value: &Node) -> Option<&'static str> {
    match (expected, &value.value) {
        (BOOLEAN, Value::String(text)) if matches!(&**text, "true" | "false") => {
            Some("remove the quotes")
        }
        (STRING, Value::Number(_) | Value::Bool(_)) => Some("put it in quotes"),
        _ => None,
    }
}

pub(super) const BOOLEAN: &str = "true or false";
pub(super) const STRING: &str = "a string";

/// What to write in place of a word that is none of those allowed.
pub(super) fn enum_value_help(word: &str, words: &[&'static str]) -> Option<String> {
    let known = match word {
        "int" | "int32" | "int64" | "long" => "write `integer`, with a `format` such as `int64`",
        "float" | "double" | "decimal" => "write `number`, with a `format` such as `double`",
        "bool" => "write `boolean`",
        "list" => "write `array`",
        "map" | "dict" | "hash" => "write `object`",
        "date" | "datetime" | "date-time" | "timestamp" => {
            "write `string`, with the format `date` or `date-time`"
        }
        "uuid" | "uri" | "email" | "text" | "str" => {
            "write `string`, with a `format` where one fits"
        }
        "any" => "leave the type out",
        "file" | "binary" => "write `string` with the format `binary`",
        "body" | "formData" => "this is Swagger 2.0: write a `requestBody` beside the parameters",
        "basic" => "write `http` with the scheme `basic`",
        "mutualTLS" => "it is OpenAPI 3.1",
        _ => {
            return nearest(word, words.iter().copied())
                .map(|meant| format!("did you mean `{meant}`?"));
        }
    };
    Some(known.to_owned())
}

/// The keys that may stand beside a `$ref` which is not a schema's: they only describe.
pub(super) fn is_allowed_sibling(key: &str) -> bool {
    matches!(
        key,
        "$ref" | "summary" | "description" | "example" | "examples"
    ) || key.starts_with("x-")
}

/// The pointer that was meant by one whose last token is misspelt.
pub(super) fn nearest_pointer(root: &Node, wrong: &str) -> Option<String> {
    let (parent, last) = wrong.rsplit_once('/')?;
    let last = pointer::tokens(&format!("/{last}")).next()?.into_owned();
    let near = nearest(&last, root.at(parent)?.as_object()?.keys())?;
    let mut meant = parent.to_owned();
    pointer::push(&mut meant, near);
    Some(meant)
}

fn shape_problem(message: String) -> Diagnostic {
    Diagnostic::new(Code::Shape, "", message)
}

/// The candidate that is a slip of the hand away: the nearest, and of equally near ones the first.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = normalised(word);
    let allowed = match word.len() {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        9..=MAX_LENGTH => 3,
        _ => return None,
    };
    let near = candidates.filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * allowed);
    let measured = near
        .take(MAX_CANDIDATES)
        .map(|candidate| (distance(&word, &normalised(candidate)), candidate));
    measured
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

/// Case and the ways to join words are told apart by nobody who looks for a typing error: `min_items` is `minItems`.
fn normalised(word: &str) -> Vec<char> {
    word.chars()
        .filter(|char| !matches!(char, '_' | '-' | ' ' | '$'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many insertions, deletions, replacements and swaps of neighbours lie between two words.
fn distance(one: &[char], other: &[char]) -> usize {
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = at(&row, j) + usize::from(a != b);
            let mut best = replaced.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str) -> Option<&'static str> {
        nearest(
            word,
            [
                "required",
                "readOnly",
                "properties",
                "items",
                "minItems",
                "not",
                "in",
                "$ref",
            ]
            .into_iter(),
        )
    }

    #[test]
    fn suggests_correction_for_typos() {
        assert_eq!(meant("requred"), Some("required"));
        assert_eq!(meant("propertes"), Some("properties"));
        assert_eq!(meant("readonly"), Some("readOnly"));
        assert_eq!(meant("min_items"), Some("minItems"));
        assert_eq!(meant("itmes"), Some("items"));
        assert_eq!(meant("ref"), Some("$ref"));
    }

    #[test]
    fn makes_no_suggestion_for_distant_words() {
        for word in [
            "",
            "no",
            "optional",
            "const",
            "prefixItems",
            "examples",
            "is",
        ] {
            assert_eq!(meant(word), None, "{word}");
        }
    }

    #[test]
    fn skips_comparison_of_long_names() {
        let long = "x".repeat(100_000);
        assert_eq!(
            nearest(&long, std::iter::repeat_n(long.as_str(), 1000)),
            None
        );
    }

    #[test]
    fn transposition_counts_as_one_edit() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("abcd"), &letters("abdc")), 1);
        assert_eq!(distance(&letters("abc"), &letters("")), 3);
    }
}
