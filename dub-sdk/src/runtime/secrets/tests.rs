use super::*;
use reqwest::header::HeaderMap;

const TOKEN: &str = r#"s"3\c/r%e&t;+4<7>"#;

fn masked(secrets: &[&str], text: &str) -> String {
    Secrets::new(secrets.iter().copied())
        .mask_str(text)
        .into_owned()
}

fn masked_if_cut(secret: &str, text: &str) -> String {
    let masked = Secrets::new([secret]).mask(text.to_owned().into(), true);
    String::from_utf8(masked.to_vec()).unwrap()
}

#[test]
fn masks_all_occurrences_of_long_secrets() {
    let secret = "abcabcabcabc";
    for (text, expected) in [
        ("", ""),
        ("abcabca", "abcabca"),
        ("abcabcabcabc", "[hidden]"),
        ("xabcabcabcabcx", "x[hidden]x"),
        // Two overlapping occurrences.
        (
            "key abcabcabcabcabc, or abcabcabcabc?",
            "key [hidden], or [hidden]?",
        ),
    ] {
        assert_eq!(masked(&[secret], text), expected);
    }
    assert_eq!(masked(&["elevenbytes"], "elevenbytes"), "elevenbytes");
    assert_eq!(masked(&[], "abcabcabcabc"), "abcabcabcabc");
    let both = ["abcabcabcabc", "abcabcabcabcdef"];
    assert_eq!(masked(&both, "<abcabcabcabcdef>"), "<[hidden]>");
}

/// Encodes a character in one of several ways.
fn encoded(character: char, how: usize) -> String {
    let code = u32::from(character);
    match how {
        1 => format!("%{code:02x}"),
        2 => format!("%25{code:02X}"),
        3 => format!("\\u{code:04x}"),
        4 => format!("\\\\u{code:04X}"),
        5 => format!("&#{code};"),
        6 => format!("&#x{code:X};"),
        7 => format!("\\u{{{code:x}}}"),
        8 if character.is_ascii_punctuation() => format!("\\{character}"),
        9 if matches!(character, '"' | '\\') => format!("\\\\\\{character}"),
        10 => format!("%26%23{code}%3B"),
        _ => character.into(),
    }
}

#[test]
fn masks_secrets_in_any_mixture_of_encodings() {
    for seed in 0..2_000_usize {
        // A small generator: each character is encoded in its own way.
        let mut state = seed.wrapping_mul(0x9E37_79B9).wrapping_add(7);
        let text: String = TOKEN
            .chars()
            .map(|character| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695);
                encoded(character, (state >> 33) % 12)
            })
            .collect();
        let around = format!("before {text} after");
        assert_eq!(masked(&[TOKEN], &around), "before [hidden] after", "{text}");
    }
}

#[test]
fn masks_secrets_encoded_as_a_whole() {
    let json = |text: &str| serde_json::to_string(text).unwrap();
    let percent = crate::runtime::encoding::percent_encoded;
    let html = |text: &str| {
        let text = text.replace('&', "&amp;").replace('"', "&quot;");
        text.replace('<', "&lt;").replace('>', "&gt;")
    };
    type Encode<'a> = &'a dyn Fn(&str) -> String;
    let encodings: [Encode<'_>; 3] = [&json, &percent, &html];
    for first in encodings {
        for second in encodings {
            for third in encodings {
                let text = third(&second(&first(TOKEN)));
                let masked = masked(&[TOKEN], &text);
                assert!(masked.contains(HIDDEN), "{text}: {masked}");
                for part in ["s", "c", "r", "e", "t", "3", "4", "7"] {
                    let rest = masked
                        .replace(HIDDEN, "")
                        .replace("&quot;", "")
                        .replace("&amp;quot;", "");
                    let rest = rest
                        .replace("%22", "")
                        .replace("%26quot%3B", "")
                        .replace("%2522", "");
                    let rest = rest.replace("%5C", "").replace("&amp;amp;quot;", "");
                    assert!(!rest.contains(part), "{text}: {masked}");
                }
            }
        }
    }
}

#[test]
fn masked_json_stays_valid() {
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695);
        usize::try_from(state >> 33).unwrap() % end
    };
    let around = ["", "\"", "\\", "\\\"", "\r\n", "/", " "];
    for _ in 0..2_000 {
        let length = 16 + below(10);
        let letter = |_| char::from(b"\"\\%&;/+<>'#=u25xabn"[below(19)]);
        let secret: String = (0..length).map(letter).collect();
        let echo = match &secret[..length - below(2) * below(length / 2)] {
            // The characters after the echo would complete the secret.
            echo if secret[echo.len()..]
                .trim_matches(['"', '\\', '/'])
                .is_empty() =>
            {
                &secret
            }
            echo => echo,
        };
        let mut json = format!("{}{echo}{}", around[below(7)], around[below(7)]);
        for _ in 0..=below(2) {
            let escaped = json.chars().map(|letter| match letter {
                '"' | '\\' if below(3) > 0 => format!("\\{letter}"),
                '/' if below(2) > 0 => "\\/".to_owned(),
                '"' | '\\' | '\r' | '\n' => format!("\\u{:04x}", u32::from(letter)),
                _ => letter.into(),
            });
            json = escaped.collect();
        }
        let masked = masked(&[&secret], &format!("\"{json}\""));
        assert!(masked.contains(HIDDEN), "{secret}\n{json}\n{masked}");
        let decoded = serde_json::from_str::<String>(&masked);
        assert!(decoded.is_ok(), "{secret}\n{json}\n{masked}");
    }
}

#[test]
fn masks_the_beginning_of_a_secret_at_a_cut() {
    let secret = "tok%en\"with/parts";
    for (text, expected) in [
        ("at the end: tok", "at the end: tok"),
        ("at the end: tok%", "at the end: [hidden]"),
        ("at the end: tok%25en", "at the end: [hidden]"),
        ("at the end: tok%2", "at the end: [hidden]"),
        ("at the end: tok%en\\", "at the end: [hidden]"),
        ("at the end: tok%en\\u00", "at the end: [hidden]"),
        ("at the end: tok%en&quo", "at the end: [hidden]"),
        ("tok%en is not at the end", "tok%en is not at the end"),
        ("tok%en\"with/parts tok%e", "[hidden] [hidden]"),
    ] {
        assert_eq!(masked_if_cut(secret, text), expected);
    }
    assert_eq!(masked(&[secret], "tok%en\"w"), "tok%en\"w");
}

#[test]
fn masks_large_parts_of_secrets_anywhere() {
    let secret = "key_R7\"k/Lw%9pT&x2Zb";
    for (text, expected) in [
        ("invalid key key_R7\"k/Lw", "invalid key [hidden]"),
        (
            "invalid key key_R7\"k/L: retry",
            "invalid key [hidden]: retry",
        ),
        ("{\"k\":\"key_R7\\\"k\\/L\"}", "{\"k\":\"[hidden]\"}"),
        ("key_R7%22k%2FLw…", "[hidden]…"),
        // The encoded character is cut as well.
        ("key_R7%22k%2FLw%2", "[hidden]"),
        // Less than half of the secret.
        ("key_R7\"k/", "key_R7\"k/"),
        ("key_R7\"k: retry", "key_R7\"k: retry"),
    ] {
        assert_eq!(masked(&[secret], text), expected);
    }
    // At least eight bytes.
    assert_eq!(masked(&["abcdefghijkl"], "abcdefg"), "abcdefg");
    assert_eq!(masked(&["abcdefghijkl"], "-abcdefgh-"), "-[hidden]-");
}

#[test]
fn does_not_mask_ordinary_texts() {
    let token = Secrets::new(["key_4f9Kq2LmX7vTz8RbN3wPjYcA", "hunter2-Hunter2"]);
    let headers = [(
        AUTHORIZATION,
        HeaderValue::from_static("AWS4-HMAC-SHA256 k3Yx9Qz"),
    )];
    let secrets = token.with_headers(&headers, |_| false);
    let headers = [(AUTHORIZATION, HeaderValue::from_static("Bearer k3Yx9QzWv"))];
    let secrets = secrets.with_headers(&headers, |_| false);
    for text in [
        "The requested link was not found.",
        "invalid type: string \"key\", expected i64 at line 1 column 9",
        "{\"error\":{\"code\":\"unauthorized\",\"message\":\"Unauthorized: Invalid API key.\"}}",
        "Use a key that begins with key_ in the header Authorization: Bearer key_xxxxxx",
        "Bearer authentication with a Bearer key is required",
        "unsupported scheme AWS4-HMAC-SHA256 in the header, Bearer expected",
        "https://d.to/hunter2?key=key_k4&via=hunter2",
        "key_4f9Kq is not the key of this workspace",
    ] {
        assert_eq!(secrets.mask_str(text), text);
    }
    assert_eq!(secrets.mask_str("Bearer k3Yx9!"), "[hidden]!");
    assert_eq!(secrets.mask_str("Bearer k3Yx9QzWv"), "[hidden]");
}

#[test]
fn masks_parts_of_secrets() {
    let secrets = Secrets::new(["abcdefgh\"ijklmnop"]);
    let masked = |text: &str| secrets.mask_parts(text).into_owned();
    assert_eq!(
        masked("string \"abcdefgh\", found"),
        "string \"[hidden], found"
    );
    assert_eq!(masked("`ijklmn`, abc, jklm"), "`[hidden]`, abc, jklm");
}

#[test]
fn masks_credentials_in_own_headers() {
    let masked = |name: HeaderName, value: &'static str, text: &str| {
        let headers = [(name, HeaderValue::from_static(value))];
        let secrets = Secrets::default().with_headers(&headers, |name| name == "x-key");
        secrets.mask_str(text).into_owned()
    };
    let bearer = "Bearer abcdefghijkl";
    assert_eq!(masked(AUTHORIZATION, bearer, bearer), "Bearer [hidden]");
    assert_eq!(
        masked(PROXY_AUTHORIZATION, bearer, "abcdefghijkl"),
        "[hidden]"
    );
    let short = "Bearer abcdefghi";
    assert_eq!(
        masked(AUTHORIZATION, short, "a Bearer abcdefghi"),
        "a [hidden]"
    );
    let sentence = "Bearer token";
    assert_eq!(
        masked(AUTHORIZATION, sentence, "The Bearer token"),
        "The Bearer token"
    );
    let key = HeaderName::from_static("x-key");
    assert_eq!(masked(key, "abcdefghijkl", "abcdefghijkl"), "[hidden]");
    assert_eq!(
        masked(HeaderName::from_static("x-other"), bearer, bearer),
        bearer
    );
}

#[test]
fn masks_values_of_headers() {
    let mut headers = HeaderMap::new();
    headers.insert("location", HeaderValue::from_static("/?key=abcdefghijk%6C"));
    headers.insert("x-other", HeaderValue::from_static("abc"));
    Secrets::new(["abcdefghijkl"]).mask_headers(&mut headers);
    assert_eq!(headers["location"], "/?key=[hidden]");
    assert_eq!(headers["x-other"], "abc");
}

#[test]
fn masks_secrets_without_the_blanks_at_their_ends() {
    let secret = " \tabcdefghijkl \t";
    assert_eq!(masked(&[secret], "token abcdefghijkl!"), "token [hidden]!");
    assert_eq!(masked(&["   elevenbytes "], "elevenbytes"), "elevenbytes");
}

#[test]
fn masks_secrets_in_any_letter_case() {
    let secret = "key_R7k/Lw9pTx2Zb";
    for text in [secret.to_uppercase(), "key_r7k%2flw9pt&#120;2zb".to_owned()] {
        assert_eq!(masked(&[secret], &text), HIDDEN);
    }
}

#[test]
fn renames_headers_whose_names_contain_a_secret() {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("x-abcd%45fgh-ijkl", "1"),
        ("x-other", "2"),
        ("x-other", "3"),
        ("x-abcdefgh-ijkl", "4"),
        ("x-abcdefgh-ijkl", "aBcdEfgh-Ijkl"),
    ] {
        let name = HeaderName::from_static(name);
        headers.append(name, HeaderValue::from_static(value));
    }
    Secrets::new(["aBcdEfgh-Ijkl"]).mask_headers(&mut headers);
    let shown: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [
            ("hidden", "1"),
            ("hidden", "4"),
            ("hidden", "[hidden]"),
            ("x-other", "2"),
            ("x-other", "3"),
        ]
    );
}

#[test]
fn masks_non_ascii_secrets() {
    let secret = "pässwörd-ünï-1";
    for text in [
        secret.to_owned(),
        crate::runtime::encoding::percent_encoded(secret),
        "p\\u00e4ssw\\u00f6rd-\\u00fcn\\u00ef-1".to_owned(),
        "p&#228;ssw&#xf6;rd-\u{fc}n%C3%AF-1".to_owned(),
        // The bytes of the secret, read as ISO 8859-1 and written as UTF-8.
        secret.bytes().map(char::from).collect(),
    ] {
        assert_eq!(masked(&[secret], &text), HIDDEN, "{text}");
    }
}

/// The number of steps is limited, so that no text makes the search slow. What is left then is masked.
#[test]
fn repetitive_texts_end_the_search() {
    let secret = r#"\\\"%%&&abcd\\\"%%&&"#;
    for part in [
        "\\", "%25", "&amp;", "\\u005c", "%", "&", "x", "%5C", "\\\"%&",
    ] {
        let text = part.repeat(16_384 / part.len());
        let masked = masked_if_cut(secret, &text);
        assert!(masked == text || masked.ends_with(HIDDEN), "{part}");
    }
}
