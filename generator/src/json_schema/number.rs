//! Numbers within the bounds of a schema.

use serde_json::{Map, Value, json};

/// Returns an integer that the schema allows; 1 if it can be.
pub fn integer(schema: &Map<String, Value>) -> Option<Value> {
    let bound = |key: &str| schema.get(key).and_then(as_i128);
    let low = bound("minimum")
        .map(|(low, is_whole)| low.saturating_add(i128::from(!is_whole && low >= 0)));
    let above = bound("exclusiveMinimum").map(|(low, _)| low.saturating_add(1));
    let high = bound("maximum")
        .map(|(high, is_whole)| high.saturating_sub(i128::from(!is_whole && high < 0)));
    let below = bound("exclusiveMaximum")
        .map(|(high, is_whole)| high.saturating_sub(i128::from(is_whole || high < 0)));
    let low = low.max(above);
    let high = high.into_iter().chain(below).min();
    let step = match schema.get("multipleOf").and_then(as_i128) {
        Some((step, true)) if step > 0 => step,
        _ => 1,
    };
    let wanted = 1
        .max(low.unwrap_or(i128::MIN))
        .min(high.unwrap_or(i128::MAX));
    let up = wanted.div_euclid(step).checked_mul(step)?;
    let is_allowed = |value: &i128| {
        low.is_none_or(|low| *value >= low) && high.is_none_or(|high| *value <= high)
    };
    let candidates = [wanted, up.saturating_add(step), up];
    let chosen = candidates
        .into_iter()
        .filter(|value| value % step == 0)
        .find(is_allowed)?;
    match i64::try_from(chosen) {
        Ok(value) => Some(json!(value)),
        Err(_) => u64::try_from(chosen).ok().map(|value| json!(value)),
    }
}

/// Returns a number that the schema allows.
pub fn number(schema: &Map<String, Value>) -> Option<Value> {
    let step = schema.get("multipleOf").and_then(Value::as_f64);
    let is_whole = step.is_none_or(|step| step.fract() == 0.0);
    if let Some(value) = integer(schema).filter(|_| is_whole) {
        return Some(value);
    }
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let low = bound("minimum").or(bound("exclusiveMinimum"));
    let high = bound("maximum").or(bound("exclusiveMaximum"));
    let between = match (low, high) {
        (Some(low), Some(high)) => low + (high - low) / 2.0,
        (Some(low), None) => low + 1.0,
        (None, Some(high)) => high - 1.0,
        (None, None) => 1.0,
    };
    let value = match step.filter(|step| *step > 0.0) {
        Some(step) => (between / step).ceil() * step,
        None => between,
    };
    let is_allowed = low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high);
    is_allowed.then(|| json!(value))
}

/// Returns the whole part of a number, and true if that is all of it.
fn as_i128(value: &Value) -> Option<(i128, bool)> {
    if let Some(value) = value.as_i64() {
        return Some((value.into(), true));
    }
    if let Some(value) = value.as_u64() {
        return Some((value.into(), true));
    }
    let value = value.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a conversion to an integer saturates"
    )]
    let whole = value.trunc() as i128;
    Some((whole, value.fract() == 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_within_bounds() {
        for (schema, expected) in [
            (json!({}), json!(1)),
            (json!({"minimum": 5}), json!(5)),
            (json!({"exclusiveMinimum": 5}), json!(6)),
            (json!({"maximum": -2}), json!(-2)),
            (json!({"exclusiveMaximum": 0}), json!(-1)),
            (json!({"multipleOf": 10}), json!(10)),
            (json!({"minimum": 25, "multipleOf": 10}), json!(30)),
            (
                json!({"maximum": 25, "minimum": 15, "multipleOf": 10}),
                json!(20),
            ),
            (json!({"minimum": 0.5}), json!(1)),
            (json!({"minimum": 1.5}), json!(2)),
            (
                json!({"minimum": 18_446_744_073_709_551_615_u64}),
                json!(18_446_744_073_709_551_615_u64),
            ),
        ] {
            let object = schema.as_object().unwrap();
            assert_eq!(integer(object), Some(expected), "{schema}");
        }
        let none = json!({"minimum": 3, "maximum": 2});
        assert_eq!(integer(none.as_object().unwrap()), None);
        let steps = json!({"multipleOf": 1.5});
        assert_eq!(number(steps.as_object().unwrap()), Some(json!(1.5)));
        let between = json!({"minimum": 0.2, "maximum": 0.4});
        let value = number(between.as_object().unwrap()).unwrap();
        assert!((0.2..=0.4).contains(&value.as_f64().unwrap()));
    }
}
