//! Writes parameters, including lists and objects, in the styles of OpenAPI.

use super::encoding;
use super::javascript;
use serde_json::Value;

/// The location of a parameter.
pub(crate) enum In {
    Path,
    Query,
    /// The query, with `allowReserved`.
    QueryReserved,
    Header,
    Cookie,
    /// A body with the media type `application/x-www-form-urlencoded`.
    Form,
    /// A form, with `allowReserved`.
    FormReserved,
}

/// The format of a list or an object: OpenAPI's `style` and `explode` combined.
///
/// A plain value is not affected by `explode`, and it has the same format in all styles for the
/// query.
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Style {
    /// `color=blue,black` and `color=R,100,G,200`
    Form,
    /// `color=blue&color=black` and `R=100&G=200`. Nested values have brackets, such as
    /// `color%5B0%5D%5BR%5D=100`.
    FormExploded,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color%5B0%5D=blue&color%5B1%5D=black` and `color%5BR%5D=100&color%5BG%5D=200`
    DeepObject,
    /// `blue,black` and `R,100,G,200`
    Simple,
    /// `blue,black` and `R=100,G=200`
    SimpleExploded,
    /// `.blue,black` and `.R,100,G,200`
    Label,
    /// `.blue.black` and `.R=100.G=200`
    LabelExploded,
    /// `;color=blue,black` and `;color=R,100,G,200`
    Matrix,
    /// `;color=blue;color=black` and `;R=100;G=200`
    MatrixExploded,
}

/// The components of a style, as in RFC 6570, to which OpenAPI refers.
struct Rule {
    prefix: &'static str,
    /// The separator between the parts of an exploded value; `None` if the style does not explode
    /// values.
    exploded_separator: Option<&'static str>,
    /// The separator between the parts of a value that is not exploded.
    separator: &'static str,
    /// True if the name of the parameter is written.
    is_named: bool,
}

impl Style {
    /// Returns the style for a string, which adds only the name where the location requires it.
    pub(super) fn for_string(location: &In) -> Self {
        match location {
            In::Path | In::Header => Self::Simple,
            _ => Self::Form,
        }
    }

    fn rule(&self) -> Rule {
        let (prefix, exploded_separator, separator, is_named) = match self {
            Self::Form => ("", None, ",", true),
            Self::FormExploded | Self::DeepObject => ("", Some("&"), ",", true),
            Self::SpaceDelimited => ("", None, "%20", true),
            Self::PipeDelimited => ("", None, "%7C", true),
            Self::Simple => ("", None, ",", false),
            Self::SimpleExploded => ("", Some(","), ",", false),
            Self::Label => (".", None, ",", false),
            Self::LabelExploded => (".", Some("."), ",", false),
            Self::Matrix => (";", None, ",", true),
            Self::MatrixExploded => (";", Some(";"), ",", true),
        };
        Rule {
            prefix,
            exploded_separator,
            separator,
            is_named,
        }
    }
}

/// The value of a parameter as strings, without `null` values.
enum Shape {
    Plain(String),
    List(Vec<String>),
    /// Keys and values. The key of a nested value is its whole path.
    Object(Vec<(String, String)>),
}

/// Appends a parameter. Appends nothing for `null` and for an empty list or object.
///
/// Returns an error if the style cannot represent the value. The message continues a sentence that
/// begins with the name of the parameter.
pub(super) fn write(
    location: &In,
    name: &str,
    value: &Value,
    style: &Style,
    out: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let Some(shape) = shape(name, value, style)? else {
        return Ok(());
    };
    let rule = style.rule();
    let parts = shape.parts(
        rule.is_named.then_some(name),
        rule.exploded_separator.is_some(),
    );
    let exploded_separator = match location {
        In::Cookie => rule.exploded_separator.and(Some("; ")),
        _ => rule.exploded_separator,
    };
    out.extend_from_slice(rule.prefix.as_bytes());
    for (index, (key, text)) in parts.into_iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(exploded_separator.unwrap_or(rule.separator).as_bytes());
        }
        if let Some(key) = key {
            match location {
                // A header is not percent-encoded, because it is not part of a URL.
                In::Header => out.extend_from_slice(key.as_bytes()),
                // The characters that the name of a cookie may have are not those of a URL.
                In::Cookie if key == name => out.extend_from_slice(key.as_bytes()),
                _ => encoding::encode(key, out),
            }
            out.push(b'=');
        }
        match location {
            In::Header => out.extend_from_slice(text.as_bytes()),
            In::QueryReserved | In::FormReserved => encoding::encode_reserved(text, out),
            _ => encoding::encode(text, out),
        }
    }
    Ok(())
}

/// Returns the parts of a multipart body for a value, each with its name: one for each item of a
/// list and each value of an object, or a single one if the style does not explode values.
pub(super) fn parts(
    name: &str,
    value: &Value,
    style: &Style,
) -> Result<Vec<(String, String)>, &'static str> {
    let Some(shape) = shape(name, value, style)? else {
        return Ok(Vec::new());
    };
    let rule = style.rule();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (key, text) in shape.parts(Some(name), rule.exploded_separator.is_some()) {
        match parts.last_mut() {
            Some((_, joined)) if rule.exploded_separator.is_none() => {
                // A part is not percent-encoded.
                joined.push_str(match rule.separator {
                    "%20" => " ",
                    "%7C" => "|",
                    other => other,
                });
                joined.push_str(text);
            }
            _ => parts.push((key.unwrap_or(name).to_owned(), text.to_owned())),
        }
    }
    Ok(parts)
}

impl Shape {
    /// Returns the strings to write, each with its key if it has one. `name` is the name of the
    /// parameter, or `None` if the name is not written.
    fn parts<'a>(
        &'a self,
        name: Option<&'a str>,
        is_exploded: bool,
    ) -> Vec<(Option<&'a str>, &'a str)> {
        let mut parts = Vec::new();
        // If the value is not exploded, only the first string has the name as its key.
        let name_of = |index: usize| {
            if is_exploded || index == 0 {
                name
            } else {
                None
            }
        };
        match self {
            Self::Plain(text) => parts.push((name, text.as_str())),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    parts.push((name_of(index), item.as_str()));
                }
            }
            Self::Object(entries) => {
                for (index, (key, text)) in entries.iter().enumerate() {
                    if is_exploded {
                        parts.push((Some(key.as_str()), text.as_str()));
                    } else {
                        parts.push((name_of(index), key.as_str()));
                        parts.push((None, text.as_str()));
                    }
                }
            }
        }
        parts
    }
}

fn shape(name: &str, value: &Value, style: &Style) -> Result<Option<Shape>, &'static str> {
    let mut entries = Vec::new();
    let is_form = matches!(style, Style::FormExploded);
    let shape = match value {
        Value::Null => return Ok(None),
        Value::Array(_) | Value::Object(_) if matches!(style, Style::DeepObject) => {
            flatten(name, value, &mut entries);
            Shape::Object(entries)
        }
        Value::Array(items) if is_form && has_nested(items) => {
            flatten(name, value, &mut entries);
            Shape::Object(entries)
        }
        Value::Array(items) => Shape::List(strings(items)?),
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::Null => {}
                    Value::Array(items) if is_form && !has_nested(items) => {
                        for text in strings(items)? {
                            entries.push((key.clone(), text));
                        }
                    }
                    nested if is_form && is_nested(nested) => flatten(key, nested, &mut entries),
                    value => entries.push((key.clone(), scalar_to_string(value)?)),
                }
            }
            Shape::Object(entries)
        }
        plain_value => Shape::Plain(scalar_to_string(plain_value)?),
    };
    let is_empty = match &shape {
        Shape::Plain(_) => false,
        Shape::List(items) => items.is_empty(),
        Shape::Object(entries) => entries.is_empty(),
    };
    Ok(if is_empty { None } else { Some(shape) })
}

fn has_nested(items: &[Value]) -> bool {
    for item in items {
        if is_nested(item) {
            return true;
        }
    }
    false
}

fn is_nested(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

fn strings(items: &[Value]) -> Result<Vec<String>, &'static str> {
    let mut strings = Vec::new();
    for item in items {
        if !item.is_null() {
            strings.push(scalar_to_string(item)?);
        }
    }
    Ok(strings)
}

/// Returns the string of a value that is not a list or an object.
pub(super) fn scalar_to_string(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(number
            .as_f64()
            .filter(|_| number.is_f64())
            .and_then(javascript::format_f64)
            .unwrap_or_else(|| number.to_string())),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => {
            Err("contains a nested list or object, which its parameter style does not support")
        }
    }
}

/// Flattens `{"a": {"b": 1, "c": [2, 3]}}` to `name[a][b]=1`, `name[a][c][0]=2`, `name[a][c][1]=3`.
/// The recursion is bounded, because serde_json limits the depth of values that it reads.
fn flatten(path: &str, value: &Value, entries: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                flatten(&format!("{path}[{key}]"), value, entries);
            }
        }
        Value::Array(items) => {
            let mut index = 0_usize;
            for item in items {
                if !item.is_null() {
                    flatten(&format!("{path}[{index}]"), item, entries);
                    index += 1;
                }
            }
        }
        scalar => {
            if let Ok(text) = scalar_to_string(scalar) {
                entries.push((path.to_owned(), text));
            }
        }
    }
}

#[cfg(test)]
mod tests;
