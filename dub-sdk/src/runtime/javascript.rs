//! Formats numbers as JavaScript does, because most API servers are tested with such numbers.

use serde_json::ser::Formatter;
use std::io;

/// Returns the result of JavaScript's `String(value)`; `None` if the value is not finite, which
/// JSON does not support.
pub(crate) fn format_f64(value: f64) -> Option<String> {
    /// 2^53. Every integer up to this value has an exact `f64` representation.
    const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= MAX_EXACT_INTEGER {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number within 2^53 fits"
        )]
        return Some((value as i64).to_string());
    }
    value.is_finite().then(|| layout(&format!("{value:e}")))
}

/// Like [`format_f64`], but with the shortest digits that identify an `f32`.
pub(super) fn format_f32(value: f32) -> Option<String> {
    value.is_finite().then(|| layout(&format!("{value:e}")))
}

/// Converts a number in Rust's scientific notation, such as `-1.25e-7`, to the layout of ECMA-262's
/// `Number::toString`. Both have the same shortest digits.
fn layout(scientific: &str) -> String {
    let (sign, rest) = match scientific.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", scientific),
    };
    let (mantissa, exponent) = rest.split_once('e').unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole == "0" {
        // JavaScript formats negative zero as `0`.
        return "0".to_owned();
    }
    // The value is 0.DIGITS times ten to the power of `point`, as in ECMA-262.
    let point = exponent.parse::<i32>().unwrap_or(0).saturating_add(1);
    let digits = [whole, fraction].concat();
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let mut out = sign.to_owned();
    if (count..=21).contains(&point) {
        out.push_str(&digits);
        out.extend((count..point).map(|_| '0'));
    } else if (1..=21).contains(&point) {
        let (before, after) = digits.split_at(usize::try_from(point).unwrap_or(0));
        out.push_str(before);
        out.push('.');
        out.push_str(after);
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        out.extend((point..0).map(|_| '0'));
        out.push_str(&digits);
    } else {
        out.push_str(whole);
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(fraction);
        }
        out.push_str(&format!("e{:+}", point - 1));
    }
    out
}

/// Writes compact JSON whose numbers are formatted as in JavaScript.
pub(super) struct JsFormatter;

impl Formatter for JsFormatter {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(
            format_f64(value)
                .unwrap_or_else(|| "null".to_owned())
                .as_bytes(),
        )
    }

    fn write_f32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        writer.write_all(
            format_f32(value)
                .unwrap_or_else(|| "null".to_owned())
                .as_bytes(),
        )
    }

    /// Formats a number that is stored as a string, as in a `Value` if any crate enables
    /// serde_json's feature `arbitrary_precision`.
    fn write_number_str<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        value: &str,
    ) -> io::Result<()> {
        let is_whole = !value.contains(['.', 'e', 'E']);
        let number = value
            .parse()
            .ok()
            .filter(|_| !is_whole)
            .and_then(format_f64);
        writer.write_all(number.as_deref().unwrap_or(value).as_bytes())
    }
}

/// Returns `value` serialized as JSON.
pub(super) fn json(value: &serde_json::Value) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, JsFormatter);
    // Serializing a `Value` does not fail, and the result is UTF-8.
    let _ = serde::Serialize::serialize(value, &mut serializer);
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_numbers_like_javascript() {
        // The expected strings are the output of Node.js.
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (50.0, "50"),
            (-50.0, "-50"),
            (0.5, "0.5"),
            (123.456, "123.456"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-6, "0.000001"),
            (1.5e-6, "0.0000015"),
            (1e-7, "1e-7"),
            (1.25e-7, "1.25e-7"),
            (1e20, "100000000000000000000"),
            (123456789012345680000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (9007199254740993.0, "9007199254740992"),
        ] {
            assert_eq!(format_f64(value).as_deref(), Some(expected));
        }
        assert_eq!(format_f32(0.1).as_deref(), Some("0.1"));
        assert_eq!(format_f64(f64::NAN), None);
        assert_eq!(format_f64(f64::INFINITY), None);
    }
}
