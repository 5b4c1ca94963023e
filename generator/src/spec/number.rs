//! Parses numbers from their written form.

use serde_json::Number;

/// Parses a number as written in JSON or in YAML's core schema.
///
/// Returns `None` for a string that is not a number, and for a number outside the range of a 64-bit
/// float. Integers that fit in 64 bits stay integers; larger ones become floats.
pub fn parse(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if !is_decimal(text) {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(integer.into());
    }
    text.parse().ok().and_then(Number::from_f64)
}

/// Returns the number as an integer if its value is one: `1e3` and `5.0` are integers, `1.5` is
/// not.
pub fn integer(number: &Number) -> Option<i64> {
    if let Some(integer) = number.as_i64() {
        return Some(integer);
    }
    let float = number.as_f64()?;
    // Beyond 2^53, a float cannot represent every integer.
    let exact = float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`exact` is true only for integers within the range of i64"
    )]
    exact.then_some(float as i64)
}

fn radix(digits: &str, radix: u32) -> Option<Number> {
    if digits.starts_with('+') {
        return None;
    }
    u64::from_str_radix(digits, radix).ok().map(Number::from)
}

/// Returns true for `[-+]? (digits | digits '.' digits? | '.' digits) ([eE] [-+]? digits)?`.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    is_digits(integer)
        && is_digits(fraction)
        && !(integer.is_empty() && fraction.is_empty())
        && exponent_fits
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_integers_and_floats() {
        let written = [
            "12",
            "-7",
            "+3",
            "18446744073709551615",
            "1.50",
            "1e3",
            ".5",
            "5.",
            "0x1F",
            "0o17",
            "007",
        ];
        let read: Vec<_> = written
            .iter()
            .map(|text| parse(text).unwrap().to_string())
            .collect();
        assert_eq!(
            read,
            [
                "12",
                "-7",
                "3",
                "18446744073709551615",
                "1.5",
                "1000.0",
                "0.5",
                "5.0",
                "31",
                "15",
                "7"
            ]
        );
    }

    #[test]
    fn integers_beyond_64_bits_become_floats() {
        assert_eq!(parse("100000000000000000000").unwrap().as_f64(), Some(1e20));
    }

    #[test]
    fn rejects_invalid_and_non_finite_numbers() {
        for text in [
            "",
            "-",
            ".",
            "1e",
            "1e999",
            "1_000",
            "inf",
            "nan",
            "1.2.3",
            "2020-01-01",
            "0x",
            "0x+1",
            "1a",
            "e5",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn recognises_integers_in_any_notation() {
        let integer = |text| integer(&parse(text).unwrap());
        assert_eq!(
            [integer("1e3"), integer("5.0"), integer("-2")],
            [Some(1000), Some(5), Some(-2)]
        );
        assert_eq!(
            [
                integer("1.5"),
                integer("1e300"),
                integer("18446744073709551615")
            ],
            [None; 3]
        );
    }
}
