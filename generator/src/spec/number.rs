//! Numbers as they are written, and what they are worth.

use serde_json::Number;

/// The number that a text stands for in JSON or in YAML's core schema; None where there is none, or where it is beyond
/// what a 64-bit float holds. Whole numbers stay whole as long as they fit in 64 bits.
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
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    text.parse().ok().and_then(Number::from_f64)
}

/// The number as a whole one where it is one: `1e3` and `5.0` are, `1.5` is not.
pub fn whole(number: &Number) -> Option<i64> {
    if let Some(whole) = number.as_i64() {
        return Some(whole);
    }
    let float = number.as_f64()?;
    // Beyond 2^53 a float no longer tells neighbouring whole numbers apart.
    let exact = float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the line above makes sure that it is whole and in range"
    )]
    exact.then_some(float as i64)
}

fn radix(digits: &str, radix: u32) -> Option<Number> {
    if digits.starts_with('+') {
        return None;
    }
    u64::from_str_radix(digits, radix).ok().map(Number::from)
}

/// `[-+]? (digits | digits '.' digits? | '.' digits) ([eE] [-+]? digits)?`
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    is_digits(whole)
        && is_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent_fits
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_kind() {
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
    fn a_whole_number_beyond_64_bits_becomes_a_float() {
        assert_eq!(parse("100000000000000000000").unwrap().as_f64(), Some(1e20));
    }

    #[test]
    fn what_is_no_finite_number_is_refused() {
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
    fn whole_numbers_are_recognised_however_they_are_written() {
        let whole = |text| whole(&parse(text).unwrap());
        assert_eq!(
            [whole("1e3"), whole("5.0"), whole("-2")],
            [Some(1000), Some(5), Some(-2)]
        );
        assert_eq!(
            [whole("1.5"), whole("1e300"), whole("18446744073709551615")],
            [None; 3]
        );
    }
}
