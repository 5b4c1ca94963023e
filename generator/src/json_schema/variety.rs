//! The variety of values that a schema allows.

use serde_json::{Map, Value, json};
use std::cell::RefCell;

/// Numbers that decide between alternatives.
#[derive(Default)]
pub struct Choices(RefCell<std::vec::IntoIter<u32>>);

impl Choices {
    pub fn new(numbers: Vec<u32>) -> Self {
        Self(RefCell::new(numbers.into_iter()))
    }

    /// Returns a number less than `count`; 0 when there are no further numbers.
    pub fn next(&self, count: usize) -> usize {
        let number = self.0.borrow_mut().next().unwrap_or_default();
        let number = usize::try_from(number).unwrap_or_default();
        number.checked_rem(count).unwrap_or_default()
    }
}

/// Returns true if the type of the values is null or another one.
pub fn may_be_null(schema: &Map<String, Value>) -> bool {
    let types = schema.get("type").and_then(Value::as_array);
    types.is_some_and(|types| types.len() > 1 && types.contains(&json!("null")))
}

/// Returns strings that are seldom in examples.
pub fn strings(schema: &Map<String, Value>) -> Vec<Value> {
    let strings: &[&str] = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => &[
            "2024-02-29T23:59:59+05:30",
            "1999-12-31T00:00:00.123456Z",
            "2026-01-31T12:00:00Z",
        ],
        Some("date") => &["2024-02-29"],
        Some(_) => &[],
        None => &[
            "",
            "null",
            "12",
            "ü€😀",
            "a\"b\\c\nd",
            "2026-01-31T12:00:00Z",
        ],
    };
    strings.iter().map(|text| json!(text)).collect()
}

/// Returns integers at the limits of their types.
pub fn integers(schema: &Map<String, Value>) -> Vec<Value> {
    // The largest integers that every JSON parser reads exactly.
    let (low, high) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("uint32") => (0, i64::from(u32::MAX)),
        Some("uint64" | "uint") => (0, 9_007_199_254_740_991),
        _ => (-9_007_199_254_740_991, 9_007_199_254_740_991),
    };
    let mut integers = vec![json!(0), json!(low), json!(high), json!(50.0)];
    if low < 0 {
        integers.push(json!(-1));
    }
    integers
}

/// Returns numbers that are written in different ways.
pub fn numbers(schema: &Map<String, Value>) -> Vec<Value> {
    if schema.contains_key("multipleOf") {
        // The type may be an integer.
        return integers(schema);
    }
    let mut numbers = vec![
        json!(0),
        json!(0.5),
        json!(-2.25),
        json!(50.0),
        json!(1e-7),
        json!(3e21),
    ];
    if schema.get("format") != Some(&json!("float")) {
        // A number of 32 bits would be rounded.
        numbers.push(json!(0.1234567890123));
    }
    numbers
}
