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
        (In::Query, Style::DeepObject, "color=a%20b color%5B0%5D=blue&color%5B1%5D=black color%5BG%5D=200&color%5BR%5D=100"),
        (In::Path, Style::Simple, "a%20b blue,black G,200,R,100"),
        (In::Path, Style::SimpleExploded, "a%20b blue,black G=200,R=100"),
        (In::Path, Style::Label, ".a%20b .blue,black .G,200,R,100"),
        (In::Path, Style::LabelExploded, ".a%20b .blue.black .G=200.R=100"),
        (In::Path, Style::Matrix, ";color=a%20b ;color=blue,black ;color=G,200,R,100"),
        (In::Path, Style::MatrixExploded, ";color=a%20b ;color=blue;color=black ;G=200;R=100"),
        (In::Cookie, Style::Form, "color=a%20b color=blue,black color=G,200,R,100"),
        (In::Cookie, Style::FormExploded, "color=a%20b color=blue; color=black G=200; R=100"),
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
fn nested_values_have_brackets() {
    let nested = json!({"a": {"b": true, "c": [1.5, null, "x"]}, "d": null, "e": [1.0, 2]});
    assert_eq!(
        written(&In::Query, &nested, &Style::DeepObject),
        "color%5Ba%5D%5Bb%5D=true&color%5Ba%5D%5Bc%5D%5B0%5D=1.5&color%5Ba%5D%5Bc%5D%5B1%5D=x\
         &color%5Be%5D%5B0%5D=1&color%5Be%5D%5B1%5D=2"
    );
    assert_eq!(
        written(&In::Query, &nested, &Style::FormExploded),
        "a%5Bb%5D=true&a%5Bc%5D%5B0%5D=1.5&a%5Bc%5D%5B1%5D=x&e=1&e=2"
    );
    let lists = json!([[1], {"a": 2}]);
    for style in [Style::DeepObject, Style::FormExploded] {
        let expected = "color%5B0%5D%5B0%5D=1&color%5B1%5D%5Ba%5D=2";
        assert_eq!(written(&In::Form, &lists, &style), expected);
    }
    for style in [Style::Form, Style::PipeDelimited, Style::Simple] {
        assert!(write(&In::Query, "color", &nested, &style, &mut Vec::new()).is_err());
        assert!(write(&In::Query, "color", &lists, &style, &mut Vec::new()).is_err());
    }
}

#[test]
fn reserved_characters_do_not_end_the_value() {
    let value = json!("a/b?c=d:[e]@$'(),;!* %41&f#g+h\u{e9}");
    let expected = "color=a/b?c=d:[e]@$'(),;!*%20%2541%26f%23g%2Bh%C3%A9";
    for location in [In::QueryReserved, In::FormReserved] {
        assert_eq!(written(&location, &value, &Style::FormExploded), expected);
    }
    let object = json!({"a/b": "c/d"});
    assert_eq!(
        written(&In::QueryReserved, &object, &Style::DeepObject),
        "color%5Ba%2Fb%5D=c/d"
    );
}

#[test]
fn parts_are_not_percent_encoded() {
    let list = json!(["a b", 1.0, null]);
    let table: [(Style, &[(&str, &str)]); 4] = [
        (Style::Form, &[("color", "a b,1")]),
        (Style::PipeDelimited, &[("color", "a b|1")]),
        (Style::FormExploded, &[("color", "a b"), ("color", "1")]),
        (Style::DeepObject, &[("color[0]", "a b"), ("color[1]", "1")]),
    ];
    for (style, expected) in table {
        let parts = parts("color", &list, &style).unwrap();
        let parts: Vec<_> = parts
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(parts, expected, "{style:?}");
    }
}
