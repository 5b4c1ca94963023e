//! Compares a value with the one that a type wrote.

use serde_json::{Number, Value};

/// Returns the first difference, apart from those that the docs promise: a property that is null
/// may be absent, numbers are written in their shortest form, and a single value in place of a list is
/// written as a list. With `has_floats`, numbers may be
/// rounded to 32 bits.
pub fn difference(read: &Value, written: &Value, has_floats: bool) -> Option<String> {
    at(read, written, has_floats, String::new())
}

fn at(read: &Value, written: &Value, has_floats: bool, path: String) -> Option<String> {
    let differs = || Some(format!("{} became {written} at {path:?}", excerpt(read)));
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (name, value) in read {
                let path = format!("{path}/{name}");
                match written.get(name) {
                    Some(other) => {
                        if let Some(difference) = at(value, other, has_floats, path) {
                            return Some(difference);
                        }
                    }
                    None if value.is_null() => {}
                    None => return Some(format!("{path:?} is absent")),
                }
            }
            let mut added = written.keys().filter(|name| !read.contains_key(*name));
            added.next().map(|name| format!("{path}/{name} is new"))
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let mut items = read.iter().zip(written).enumerate();
            items.find_map(|(index, (read, written))| {
                at(read, written, has_floats, format!("{path}/{index}"))
            })
        }
        (Value::Number(one), Value::Number(other)) => {
            let rounded = |number: &Number| number.as_f64().map(|number| number as f32);
            let is_equal = one == other
                || one.as_f64() == other.as_f64()
                || (has_floats && rounded(one) == rounded(other));
            if is_equal { None } else { differs() }
        }
        (read, Value::Array(written)) if !read.is_array() && !read.is_null() => {
            match written.as_slice() {
                [only] => at(read, only, has_floats, path),
                _ => differs(),
            }
        }
        _ if read == written => None,
        _ => differs(),
    }
}

fn excerpt(value: &Value) -> String {
    value.to_string().chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::json;

    #[test]
    fn only_null_and_the_form_of_numbers_may_differ() {
        for (read, written) in [
            (json!({"a": 1.0, "b": null}), json!({"a": 1})),
            (json!([{"a": null}]), json!([{"a": null}])),
            (json!({"a": 1}), json!({"a": [1]})),
        ] {
            assert_eq!(difference(&read, &written, false), None);
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
                difference(&read, &written, false).as_deref(),
                Some(expected)
            );
        }
        let numbers = (json!(0.8975999951), json!(0.8976));
        assert_eq!(difference(&numbers.0, &numbers.1, true), None);
    }
}
