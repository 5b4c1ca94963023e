use super::*;

fn readings(reader: &Reader<'_>, at: usize) -> Vec<Reading> {
    let readings = (0..).map_while(|index| reader.reading(at, index));
    readings.collect()
}

fn all(text: &str, at: usize) -> Vec<Reading> {
    readings(&Reader::new(text.as_bytes()), at)
}

fn reads(text: &str, expected: char) -> bool {
    let whole = Reading {
        code: expected.into(),
        end: text.len(),
    };
    all(text, 0).contains(&whole) || text.chars().eq([expected])
}

#[test]
fn reads_every_encoding_and_their_combinations() {
    for (character, forms) in [
        (
            '/',
            &[
                "/",
                "%2f",
                "%2F",
                "%252F",
                "%25252f",
                "%25%32%46",
                "\\/",
                "\\\\\\/",
            ][..],
        ),
        (
            '/',
            &[
                "\\u002f",
                "\\u002F",
                "\\\\u002f",
                "\\x2f",
                "\\u{2f}",
                "&#47;",
                "&#x2F;",
            ],
        ),
        (
            '/',
            &[
                "&#X002f;",
                "&sol;",
                "&amp;sol;",
                "&amp;#47;",
                "\\u0026sol;",
                "%26sol%3B",
            ],
        ),
        (
            '/',
            &[
                "\\u0025\\u0032F",
                "&#37;2F",
                "&percnt;2F",
                "%5C%2F",
                "%5cu002f",
                "\\&sol;",
            ],
        ),
        (
            '"',
            &[
                "\"",
                "\\\"",
                "\\\\\\\"",
                "\\\\\\\\\\\\\\\"",
                "%5C%22",
                "\\&quot;",
                "&quot;",
            ],
        ),
        (
            '"',
            &[
                "\\\\&quot;",
                "&#92;&#34;",
                "%5C%5C%5C%22",
                "\\u005c\\u0022",
                "%255C%2522",
            ],
        ),
        (
            '\\',
            &[
                "\\",
                "\\\\",
                "\\\\\\\\",
                "%5c",
                "%5C%5C",
                "\\u005c\\\\",
                "%5C\\",
                "\\u005c",
                "&bsol;&bsol;",
                "&#92;",
            ],
        ),
        ('%', &["%", "%25", "%2525", "&#37;", "\\u0025", "\\%"]),
        (
            '&',
            &[
                "&",
                "&amp;",
                "&amp;amp;",
                "%26",
                "\\u0026",
                "\\u0026amp;",
                "%26amp%3B",
            ],
        ),
        (' ', &[" ", "+", "%20", "\\u0020"]),
        ('\u{fc}', &["\u{fc}", "\\u00fc", "&#252;", "&#xFC;"]),
    ] {
        for form in forms {
            assert!(reads(form, character), "{form}");
        }
    }
    for text in [
        "%2",
        "%2G",
        "&#47",
        "&unknown;",
        "\\u002",
        "\\u{2f",
        "&;",
        "&#;",
        "&#x;",
    ] {
        assert_eq!(all(text, 0).len(), 1, "{text}");
    }
}

#[test]
fn long_runs_have_few_readings() {
    for part in [
        "\\", "%", "&", "%25", "amp;", "&amp;", "\\u005c", "%5C", "&#92;", "\\%",
    ] {
        let text = format!("&{}", part.repeat(5_000));
        let reader = Reader::new(text.as_bytes());
        for at in 0..text.len() {
            assert!(readings(&reader, at).len() <= MAX_READINGS);
        }
    }
}
