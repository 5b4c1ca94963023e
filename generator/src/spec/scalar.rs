//! Resolves YAML scalars by the core schema of YAML 1.2, in which `no` and `2020-01-01` are
//! strings.

use std::borrow::Cow;

use saphyr_parser::Tag;

use super::number;
use super::tree::Value;

/// Returns the value of a scalar, or an error message.
pub(super) fn resolve(text: Cow<'_, str>, plain: bool, tag: Option<&Tag>) -> Result<Value, String> {
    let Some(tag) = tag else {
        return Ok(if plain { untagged(text) } else { string(text) });
    };
    // The tag `!` makes any scalar a string.
    if tag.handle.is_empty() && tag.suffix == "!" || tag.handle == "!" && tag.suffix.is_empty() {
        return Ok(string(text));
    }
    if !tag.is_yaml_core_schema() {
        return Err(format!("unsupported tag `{}`", tag_name(tag)));
    }
    let value = match &*tag.suffix {
        "str" | "timestamp" => return Ok(string(text)),
        "null" | "bool" | "int" | "float" => untagged(Cow::Borrowed(&text)),
        _ => return Err(format!("unsupported tag `{}`", tag_name(tag))),
    };
    match (&*tag.suffix, &value) {
        ("null", Value::Null) | ("bool", Value::Bool(_)) | ("int" | "float", Value::Number(_)) => {
            Ok(value)
        }
        _ => Err(format!(
            "invalid value `{text}` for the tag `{}`",
            tag_name(tag)
        )),
    }
}

/// Returns the tag as written in YAML source.
pub(super) fn tag_name(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    }
}

fn untagged(text: Cow<'_, str>) -> Value {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        // JSON has neither `.inf` nor numbers outside the range of a 64-bit float, such as
        // `12e4567` (which may be a digest). Both are strings.
        _ if text.starts_with([
            '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
        ]) && number::parse(&text).is_some() =>
        {
            Value::Number(text.into())
        }
        _ => string(text),
    }
}

fn string(text: Cow<'_, str>) -> Value {
    Value::String(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Value {
        resolve(Cow::Borrowed(text), true, None).unwrap()
    }

    fn tagged(text: &str, suffix: &str) -> Result<Value, String> {
        let tag = Tag {
            handle: "tag:yaml.org,2002:".to_owned(),
            suffix: suffix.to_owned(),
        };
        resolve(Cow::Borrowed(text), true, Some(&tag))
    }

    #[test]
    fn only_core_schema_literals_are_typed() {
        assert_eq!(
            [plain("~"), plain(""), plain("True")],
            [Value::Null, Value::Null, Value::Bool(true)]
        );
        for text in [
            "no",
            "yes",
            "on",
            "2020-01-01",
            "1_000",
            "12:30:45",
            "0b1",
            ".inf",
            "12e4567",
            "nan",
            "-",
        ] {
            assert_eq!(plain(text), Value::String(text.into()), "{text}");
        }
        assert_eq!(plain("1.10"), Value::Number("1.10".into()));
    }

    #[test]
    fn quoted_scalars_are_strings() {
        assert_eq!(
            resolve(Cow::Borrowed("true"), false, None),
            Ok(Value::String("true".into()))
        );
    }

    #[test]
    fn applies_core_schema_tags() {
        assert_eq!(tagged("1", "str"), Ok(Value::String("1".into())));
        assert_eq!(tagged("1", "int"), Ok(Value::Number("1".into())));
        assert!(tagged("x", "int").unwrap_err().contains("`!!int`"));
        assert!(tagged("x", "binary").is_err());
    }
}
