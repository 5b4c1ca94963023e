//! Compares a value with the one that a type wrote.

use dub_generator::model::{Api, Kind, Tagging};
use serde_json::{Map, Number, Value};
use std::collections::BTreeSet;

/// The changes that a type may make to a value, besides those that every type may make.
#[derive(Default)]
pub struct Normalization {
    /// The document has `format: float`: numbers may be rounded to 32 bits.
    pub has_floats: bool,
    /// The properties that are optional tags of unions: they may be added.
    pub tags: BTreeSet<String>,
}

impl Normalization {
    /// Returns what the types of a crate may change.
    pub fn new(api: &Api, has_floats: bool) -> Self {
        let tags = api.types.iter().filter_map(|def| match &def.kind {
            Kind::Union {
                tagging: Tagging::OptionalProperty(tag),
                ..
            } => Some(tag.clone()),
            _ => None,
        });
        Self {
            has_floats,
            tags: tags.collect(),
        }
    }

    /// Returns the first difference, apart from those that the docs promise: a property that is null
    /// may be absent, numbers are written in their shortest form, and a single value in place of a
    /// list is written as a list.
    pub fn difference(&self, read: &Value, written: &Value) -> Option<String> {
        self.at(read, written, String::new())
    }

    fn at(&self, read: &Value, written: &Value, path: String) -> Option<String> {
        let differs = || Some(format!("{} became {written} at {path:?}", excerpt(read)));
        match (read, written) {
            (Value::Object(read), Value::Object(written)) => self.objects(read, written, &path),
            (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
                let mut items = read.iter().zip(written).enumerate();
                items.find_map(|(index, (read, written))| {
                    self.at(read, written, format!("{path}/{index}"))
                })
            }
            (Value::Number(one), Value::Number(other)) => {
                let rounded = |number: &Number| number.as_f64().map(|number| number as f32);
                let is_equal = one == other
                    || one.as_f64() == other.as_f64()
                    || (self.has_floats && rounded(one) == rounded(other));
                if is_equal { None } else { differs() }
            }
            (read, Value::Array(written)) if !read.is_array() && !read.is_null() => {
                match written.as_slice() {
                    [only] => self.at(read, only, path),
                    _ => differs(),
                }
            }
            _ if read == written => None,
            _ => differs(),
        }
    }

    fn objects(
        &self,
        read: &Map<String, Value>,
        written: &Map<String, Value>,
        path: &str,
    ) -> Option<String> {
        for (name, value) in read {
            let path = format!("{path}/{name}");
            match written.get(name) {
                Some(other) => {
                    if let Some(difference) = self.at(value, other, path) {
                        return Some(difference);
                    }
                }
                None if value.is_null() => {}
                None => return Some(format!("{path:?} is absent")),
            }
        }
        let mut added = written
            .iter()
            .filter(|(name, _)| !read.contains_key(*name))
            .filter(|(name, value)| !(is_scalar(value) && self.tags.contains(*name)));
        added
            .next()
            .map(|(name, _)| format!("{path}/{name} is new"))
    }
}

fn is_scalar(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}

fn excerpt(value: &Value) -> String {
    value.to_string().chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::Normalization;
    use serde_json::json;

    #[test]
    fn only_null_and_the_form_of_numbers_may_differ() {
        let strict = Normalization::default();
        for (read, written) in [
            (json!({"a": 1.0, "b": null}), json!({"a": 1})),
            (json!([{"a": null}]), json!([{"a": null}])),
            (json!({"a": 1}), json!({"a": [1]})),
        ] {
            assert_eq!(strict.difference(&read, &written), None);
        }
        for (read, written, expected) in [
            (json!({"a": 1}), json!({}), r#""/a" is absent"#),
            (json!({}), json!({"a": null}), "/a is new"),
            (
                json!({"a": [1]}),
                json!({"a": [2]}),
                r#"1 became 2 at "/a/0""#,
            ),
            (json!([1]), json!([]), r#"[1] became [] at """#),
            (
                json!(0.8975999951),
                json!(0.8976),
                r#"0.8975999951 became 0.8976 at """#,
            ),
            (json!("1"), json!(1), r#""1" became 1 at """#),
        ] {
            assert_eq!(
                strict.difference(&read, &written).as_deref(),
                Some(expected)
            );
        }
        let numbers = (json!(0.8975999951), json!(0.8976));
        let with_floats = Normalization {
            has_floats: true,
            ..Normalization::default()
        };
        assert_eq!(with_floats.difference(&numbers.0, &numbers.1), None);
    }

    #[test]
    fn optional_tags_may_be_added() {
        let with_tags = Normalization {
            tags: ["kind".to_owned()].into(),
            ..Normalization::default()
        };
        for (read, written, expected) in [
            (json!({}), json!({"kind": "cat"}), None),
            (json!({}), json!({"kind": 1}), None),
            (json!({}), json!({"kind": [1]}), Some("/kind is new")),
            (json!({}), json!({"name": "cat"}), Some("/name is new")),
        ] {
            let difference = with_tags.difference(&read, &written);
            assert_eq!(difference.as_deref(), expected);
        }
    }
}
