//! Diagnostics and suggestions for unknown keys and invalid values.

use strsim::osa_distance;

use super::grammar::types::Shape;
use super::other_dialects::{self, DialectKey};
use super::report::quoted;
use super::tree::{Node, Object, Value};
use super::version::Version;
use super::{grammar, pointer};
use crate::diagnostic::{Code, Diagnostic};

/// The maximum length of a word that gets a suggestion. Longer names are usually generated, and
/// comparing them is slow.
const MAX_LENGTH: usize = 40;
/// The maximum number of candidates of similar length that are compared.
const MAX_CANDIDATES: usize = 500;

/// The verdict on a key that is not a field of its object.
pub(super) enum Verdict {
    /// The key can be ignored.
    Harmless,
    /// The key belongs to another version of OpenAPI, in which it changes the meaning.
    OtherDialect(Diagnostic),
    /// The key is unknown. Contains the field that was probably meant, if the key is a typo.
    Unknown(Diagnostic, Option<&'static str>),
}

/// Returns the verdict on a key that is not a field of its object.
///
/// In an object that accepts the keys of later OpenAPI versions, typos are still reported: `summry`
/// is a typo of `summary`, not a key of a later version.
pub(super) fn unknown_key(
    shape: &'static Shape,
    key: &str,
    object: &Object,
    value: &Node,
    version: Version,
) -> Verdict {
    let name = shape.name;
    let other_dialects = other_dialects::lookup(shape, key, value, version);
    if let Some(DialectKey::Meaningful { origin, help }) = other_dialects {
        let problem = shape_problem(format!(
            "unknown key `{key}` in {name}: it is part of {origin}, not of {version}"
        ));
        return Verdict::OtherDialect(problem.help(help));
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
            let problem = shape_problem(format!("unknown key {} in {name}", quoted(key)));
            Verdict::Unknown(
                problem.help(format!("did you mean `{meant}`?")),
                Some(meant),
            )
        }
        None if other_dialects.is_some() => Verdict::Harmless,
        // JSON Schema allows other keywords.
        None if version.has_json_schema() && shape.is(&grammar::SCHEMA) => {
            let message = format!("unknown key {} in {name} is ignored", quoted(key));
            Verdict::OtherDialect(shape_problem(message).as_warning())
        }
        None => {
            let help = "the keys of vendor extensions start with `x-`";
            Verdict::Unknown(
                shape_problem(format!("unknown key {} in {name}", quoted(key))).help(help),
                None,
            )
        }
    }
}

/// The extension with which typify replaces the type of a schema by one of another crate.
pub(super) const FOREIGN_TYPE: &str = "x-rust-type";

/// Returns the warning for a value of [`FOREIGN_TYPE`].
pub(super) fn foreign_type(value: &Node) -> Diagnostic {
    let string = |key| value.get(key).and_then(Node::as_str);
    let (message, help) = match (string("crate"), string("path")) {
        (Some(name), Some(_)) => (
            format!(
                "`{FOREIGN_TYPE}` names a type of the crate {}: the type of the schema is \
                 generated instead",
                quoted(name)
            ),
            "the generated crate depends on no other crates for its types; this is reported once \
             for each crate",
        ),
        _ => (
            format!("`{FOREIGN_TYPE}` is ignored: expected an object with `crate` and `path`"),
            "to choose the type of a scalar, write `x-rust-scalar`",
        ),
    };
    Diagnostic::new(Code::Extension, "", message)
        .help(help)
        .as_warning()
}

/// Returns a specific diagnostic for a common mistake, such as a value from another version of
/// OpenAPI.
pub(super) fn known_mistake(
    shape: &'static Shape,
    key: &str,
    value: &Node,
    version: Version,
) -> Option<Diagnostic> {
    if !shape.is(&grammar::SCHEMA) {
        return None;
    }
    let (expected, help) = match (key, &value.value) {
        ("items", Value::Array(_)) if version.has_json_schema() => {
            ("a schema", "write `prefixItems` for a tuple")
        }
        // The conversion has replaced numbers by flags.
        ("exclusiveMinimum" | "exclusiveMaximum", found) if version.has_json_schema() => {
            if matches!(found, Value::Bool(_) | Value::Null) {
                return None;
            }
            ("a number", "the bound is ignored")
        }
        ("type", Value::Array(_)) => (
            "a string in OpenAPI 3.0",
            "an array of types is OpenAPI 3.1: write `nullable: true` for null, `oneOf` for several types",
        ),
        ("type", Value::Null) => ("a string", "write `nullable: true` if null is allowed"),
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => (
            "a boolean in OpenAPI 3.0",
            "a number is OpenAPI 3.1: write it as `minimum` or `maximum`, and `true` here",
        ),
        ("items", Value::Array(_)) => (
            "a schema in OpenAPI 3.0",
            "OpenAPI 3.0 has no tuples: use an object, or items of one type",
        ),
        ("required", Value::Bool(_)) => (
            "an array of property names",
            "add the property's name to `required` of the object that contains it",
        ),
        ("discriminator", Value::String(_)) => (
            "an object",
            "a string is Swagger 2.0: write `discriminator: {propertyName: ...}`",
        ),
        _ => return None,
    };
    let message = format!("`{key}` must be {expected}, found {}", value.kind());
    Some(shape_problem(message).help(help))
}

/// Returns the help for a value of the wrong kind.
pub(super) fn type_mismatch_help(expected: &str, value: &Node) -> Option<&'static str> {
    match (expected, &value.value) {
        (BOOLEAN, Value::String(text)) if matches!(&**text, "true" | "false") => {
            Some("remove the quotes")
        }
        (STRING, Value::Number(_) | Value::Bool(_)) => Some("put the value in quotes"),
        _ => None,
    }
}

pub(super) const BOOLEAN: &str = "a boolean";
pub(super) const STRING: &str = "a string";

/// Returns the help for a string that is not a value of its string enum.
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
            "write `string`, with a `format` if one applies"
        }
        "any" => "remove `type`",
        "file" | "binary" => "write `string` with the format `binary`",
        "body" | "formData" => "this is Swagger 2.0: write a `requestBody` in the operation",
        "basic" => "write `http` with the scheme `basic`",
        "mutualTLS" => "`mutualTLS` is OpenAPI 3.1",
        _ => {
            return nearest(word, words.iter().copied())
                .map(|meant| format!("did you mean `{meant}`?"));
        }
    };
    Some(known.to_owned())
}

/// Returns true for a key that may occur next to `$ref` outside of schemas, because it affects only
/// documentation.
pub(super) fn is_allowed_sibling(key: &str) -> bool {
    matches!(
        key,
        "$ref" | "summary" | "description" | "example" | "examples"
    ) || key.starts_with("x-")
}

/// Returns the existing pointer that was probably meant, if the last token has a typo.
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

/// Returns the candidate that differs from the word only by a typo. Returns the nearest one, and
/// the first one of several equally near ones.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = normalised(word);
    let length = word.chars().count();
    let allowed = match length {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        9..=MAX_LENGTH => 3,
        _ => return None,
    };
    let near = candidates.filter(|candidate| candidate.len().abs_diff(length) <= 2 * allowed);
    let measured = near
        .take(MAX_CANDIDATES)
        .map(|candidate| (osa_distance(&word, &normalised(candidate)), candidate));
    measured
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

/// Removes separators and converts to lower case, so that `min_items` matches `minItems`.
fn normalised(word: &str) -> String {
    word.chars()
        .filter(|char| !matches!(char, '_' | '-' | ' ' | '$'))
        .flat_map(char::to_lowercase)
        .collect()
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
        assert_eq!(nearest("abdc", ["abcd"].into_iter()), Some("abcd"));
        assert_eq!(nearest("badc", ["abcd"].into_iter()), None);
    }
}
