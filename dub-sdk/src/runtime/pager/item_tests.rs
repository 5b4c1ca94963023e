//! Tests pages with unreadable items, and bodies that are not pages.

use super::Pager;
use super::tests::{BY_CURSOR, BY_TOKEN, query, response};
use crate::runtime::decode_error::DecodeError;
use crate::runtime::error::Error;
use crate::runtime::received::RawResponse;
use crate::runtime::request_parts::RequestParts;
use crate::runtime::secrets::Secrets;
use crate::runtime::{Bytes, object};
use std::error::Error as _;

/// An item that is readable only if its name is a string.
struct Item {
    name: String,
}

object! { Item {
    name: required "name",
} }

/// Reads a page. Returns the names of the new items and, for each unreadable item, its path.
fn names_and_paths(pager: &mut Pager, body: impl Into<Bytes>) -> Vec<String> {
    let page = pager.accept::<Item>(&response(body)).unwrap().unwrap();
    let show = |item: Result<Item, Error>| match item {
        Ok(item) => item.name,
        Err(Error::Decode(error)) => error.path().to_owned(),
        Err(error) => panic!("{error}"),
    };
    page.map(show).collect()
}

#[test]
fn each_item_is_decoded_by_itself() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    let page =
        r#"[7, {"id":"a","name":"A"}, {"id":"b","name":2}, {"id":"c","name":"C"}, {"id":"d"}]"#;
    assert_eq!(
        names_and_paths(&mut pager, page),
        ["[0]", "A", "[2].name", "C", "[4]"]
    );
    assert_eq!(query(&mut pager).as_deref(), Some("after=d"));
    let mut pager = Pager::new(RequestParts::new(&BY_TOKEN));
    let page = r#"{"next": "n", "data": {"rows": [{"name": "A"}, {"name": 2}]}}"#;
    assert_eq!(
        names_and_paths(&mut pager, page),
        ["A", "data.rows[1].name"]
    );
    assert_eq!(query(&mut pager).as_deref(), Some("token=n"));
    // Invalid UTF-8 affects only its item.
    let page = b"[{\"name\":\"M\xfcller\"},{\"name\":\"A\"}]";
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    assert_eq!(names_and_paths(&mut pager, &page[..]), ["[0].name", "A"]);
}

#[test]
fn errors_of_a_page_share_its_body() {
    let page = r#"{"data": {"rows": [7, {"name": "A"},
        {"name": "key_R7\"k/Lw%9pT&x2Zb",
         "name": 2}]}}"#;
    let response = RawResponse {
        secrets: Secrets::new(["key_R7\"k/Lw%9pT&x2Zb"]),
        ..response(page)
    };
    let mut pager = Pager::new(RequestParts::new(&BY_TOKEN));
    let items = pager.accept::<Item>(&response).unwrap().unwrap();
    let errors: Vec<_> = items
        .filter_map(|item| match item {
            Err(Error::Decode(error)) => Some(error),
            _ => None,
        })
        .collect();
    let shown = |error: &DecodeError| format!("{}: {}", error.path(), error.source().unwrap());
    let shown: Vec<_> = errors.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "data.rows[0]: invalid type: integer `7`, expected an object at line 1 column 20",
            "data.rows[2].name: invalid type: integer `2`, expected a string at line 3 column 18",
        ]
    );
    assert!(errors[0].body_text().contains("[hidden]"));
    assert_eq!(errors[0].body().as_ptr(), errors[1].body().as_ptr());
}

#[test]
fn unreadable_item_is_returned_once() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    let page = r#"[{"id":"a","name":1}, {"id":"b","name":"B"}, {"id":"a","name":1}]"#;
    assert_eq!(names_and_paths(&mut pager, page), ["[0].name", "B"]);
    // `b` was returned. `a` was not, so it is returned when it becomes readable.
    let page = r#"[{"id":"b","name":2}, {"id":"a","name":"A"}, {"id":"a","name":1}]"#;
    assert_eq!(names_and_paths(&mut pager, page), ["A"]);
}

#[test]
fn unreadable_items_without_key_are_never_repeats() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    let page = r#"[{"id":null}, {"id":null}, {"id":""}, {"id":""}, {}, {}, 7, 7]"#;
    assert_eq!(names_and_paths(&mut pager, page).len(), 8);
    assert_eq!(query(&mut pager), None);
}

#[test]
fn cursor_precedes_unreadable_items_without_key() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    let page = r#"[{"id":"a","name":"A"}, {"id":"b","name":"B"}, {"id":null}, {}]"#;
    assert_eq!(names_and_paths(&mut pager, page), ["A", "B", "[2]", "[3]"]);
    assert_eq!(query(&mut pager).as_deref(), Some("after=b"));
    // A readable item without a cursor ends the pagination.
    let page = r#"[{"id":"c","name":"C"}, {"name":"D"}]"#;
    assert_eq!(names_and_paths(&mut pager, page), ["C", "D"]);
    assert_eq!(query(&mut pager), None);
}

#[test]
fn body_that_is_not_a_page_is_an_error() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    for (body, path) in [
        ("{}", ""),
        ("", ""),
        ("<html>", ""),
        (r#"[{"name":"A"},{"name":2},"#, "[1].name"),
        (r#"[{"name":2}] x"#, "[0].name"),
        (r#"[{"name":2},{"name":tru}]"#, "[0].name"),
    ] {
        let Err(Error::Decode(error)) = pager.accept::<Item>(&response(body)) else {
            panic!("expected a decoding error: {body}");
        };
        assert_eq!(error.path(), path, "{body}");
        assert_eq!(query(&mut pager).as_deref(), Some(""), "{body}");
    }
}
