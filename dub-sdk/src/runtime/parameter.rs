//! Writes parameters, including lists and objects, in the styles of OpenAPI.

use super::encoding;
use super::javascript;
use serde_json::Value;

/// The location of a parameter.
pub(crate) enum In {
    Path,
    Query,
    Header,
    Cookie,
    /// A body with the media type `application/x-www-form-urlencoded`.
    Form,
}

/// The format of a list or an object: OpenAPI's `style` and `explode` combined.
///
/// A plain value is not affected by `explode`, and it has the same format in all styles for the
/// query.
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Style {
    /// `color=blue,black` and `color=R,100,G,200`
    Form,
    /// `color=blue&color=black` and `R=100&G=200`
    FormExploded,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`
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
            In::Query | In::Cookie | In::Form => Self::Form,
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
    /// Keys and values. With [`Style::DeepObject`], a key is the whole path of its value.
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
    // The name of a cookie is written later, when the cookies are joined.
    let name = (rule.is_named && !matches!(location, In::Cookie)).then_some(name);
    let parts = shape.parts(name, rule.exploded_separator.is_some());
    if parts.is_empty() {
        return Ok(());
    }
    // A header is not percent-encoded, because it is not part of a URL.
    let encode = match location {
        In::Header => |text: &str, out: &mut Vec<u8>| out.extend_from_slice(text.as_bytes()),
        _ => encoding::encode,
    };
    out.extend_from_slice(rule.prefix.as_bytes());
    for (index, (key, text)) in parts.into_iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(rule.exploded_separator.unwrap_or(rule.separator).as_bytes());
        }
        if let Some(key) = key {
            encode(key, out);
            out.push(b'=');
        }
        encode(text, out);
    }
    Ok(())
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
    Ok(Some(match value {
        Value::Null => return Ok(None),
        Value::Array(items) => Shape::List(strings(items)?),
        Value::Object(_) if matches!(style, Style::DeepObject) => {
            let mut entries = Vec::new();
            flatten(name, value, &mut entries)?;
            Shape::Object(entries)
        }
        Value::Object(members) => {
            let mut entries = Vec::new();
            for (key, value) in members {
                if !value.is_null() {
                    entries.push((key.clone(), scalar_to_string(value)?));
                }
            }
            Shape::Object(entries)
        }
        plain_value => Shape::Plain(scalar_to_string(plain_value)?),
    }))
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

/// Flattens `{"a": {"b": 1, "c": [2, 3]}}` to `name[a][b]=1`, `name[a][c]=2`, `name[a][c]=3`. The
/// recursion is bounded, because serde_json limits the depth of values that it reads.
fn flatten(
    path: &str,
    value: &Value,
    entries: &mut Vec<(String, String)>,
) -> Result<(), &'static str> {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                flatten(&format!("{path}[{key}]"), value, entries)?;
            }
        }
        Value::Array(items) => {
            for text in strings(items)? {
                entries.push((path.to_owned(), text));
            }
        }
        _ => entries.push((path.to_owned(), scalar_to_string(value)?)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(location: &In, value: &Value, style: &Style) -> String {
        let mut out = Vec::new();
        write(location, "color", value, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    #[rustfmt::skip]
    fn styles_match_the_openapi_specification() {
        let list = json!(["blue", "black"]);
        // The keys are sorted, so that serde_json's feature `preserve_order` has no effect on them.
        let object = json!({"G": 200.0, "R": 100});
        // The location, the style, and the expected output for a string, the list and the object.
        let table = [
            (In::Query, Style::Form, "color=a%20b color=blue,black color=G,200,R,100"),
            (In::Query, Style::FormExploded, "color=a%20b color=blue&color=black G=200&R=100"),
            (In::Query, Style::SpaceDelimited, "color=a%20b color=blue%20black color=G%20200%20R%20100"),
            (In::Query, Style::PipeDelimited, "color=a%20b color=blue%7Cblack color=G%7C200%7CR%7C100"),
            (In::Query, Style::DeepObject, "color=a%20b color=blue&color=black color%5BG%5D=200&color%5BR%5D=100"),
            (In::Path, Style::Simple, "a%20b blue,black G,200,R,100"),
            (In::Path, Style::SimpleExploded, "a%20b blue,black G=200,R=100"),
            (In::Path, Style::Label, ".a%20b .blue,black .G,200,R,100"),
            (In::Path, Style::LabelExploded, ".a%20b .blue.black .G=200.R=100"),
            (In::Path, Style::Matrix, ";color=a%20b ;color=blue,black ;color=G,200,R,100"),
            (In::Path, Style::MatrixExploded, ";color=a%20b ;color=blue;color=black ;G=200;R=100"),
            (In::Cookie, Style::Form, "a%20b blue,black G,200,R,100"),
            (In::Form, Style::FormExploded, "color=a%20b color=blue&color=black G=200&R=100"),
        ];
        for (location, style, expected) in table {
            let strings = [&json!("a b"), &list, &object].map(|value| written(&location, value, &style));
            assert_eq!(strings.join(" "), expected, "{style:?}");
            for nothing in [json!(null), json!([]), json!([null]), json!({"R": null})] {
                assert_eq!(written(&location, &nothing, &style), "", "{style:?}");
            }
        }
        assert_eq!(written(&In::Header, &json!("a b"), &Style::Simple), "a b");
        assert_eq!(written(&In::Header, &list, &Style::Simple), "blue,black");
    }

    #[test]
    fn only_deep_object_style_allows_nesting() {
        let nested = json!({"a": {"b": true, "c": [1.5, "x"]}, "d": null});
        assert_eq!(
            written(&In::Query, &nested, &Style::DeepObject),
            "color%5Ba%5D%5Bb%5D=true&color%5Ba%5D%5Bc%5D=1.5&color%5Ba%5D%5Bc%5D=x"
        );
        for style in [Style::Form, Style::FormExploded, Style::Simple] {
            assert!(write(&In::Query, "color", &nested, &style, &mut Vec::new()).is_err());
            let lists = json!([[1], [2]]);
            assert!(write(&In::Query, "color", &lists, &style, &mut Vec::new()).is_err());
        }
    }
}
