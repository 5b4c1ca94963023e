//! Tests the requests for pages, and which items of a page are new.

use super::*;
use crate::runtime::secrets::Secrets;
use crate::runtime::{Bytes, Conflict, HeaderMap, StatusCode};
use serde_json::{Value, json};

pub(super) static BY_CURSOR: Operation = operation(
    &[],
    PageInputs::Cursor {
        name: "after",
        next: NextCursor::LastItem(&["id"]),
        page: None,
    },
);
pub(super) static BY_TOKEN: Operation = operation(
    &["data", "rows"],
    PageInputs::Cursor {
        name: "token",
        next: NextCursor::Body(&["next"]),
        page: None,
    },
);
static BY_PAGE: Operation = operation(&[], PageInputs::Page { name: "page" });
static BY_OFFSET: Operation = operation(&["rows"], PageInputs::Offset { name: "skip" });

const fn operation(items: &'static [&'static str], inputs: PageInputs) -> Operation {
    Operation {
        pagination: Some(Pagination { items, inputs }),
        ..Operation::DEFAULT
    }
}

static BY_CURSOR_OR_PAGE: Operation = Operation {
    conflicts: &[
        conflict("before", "page", None),
        conflict("before", "sort", Some("age")),
        conflict("after", "before", None),
        conflict("after", "page", None),
        conflict("after", "sort", Some("age")),
    ],
    pagination: Some(Pagination {
        items: &[],
        inputs: PageInputs::Cursor {
            name: "after",
            next: NextCursor::LastItem(&["id"]),
            page: Some("page"),
        },
    }),
    ..Operation::DEFAULT
};

const fn conflict(
    name: &'static str,
    with: &'static str,
    unless: Option<&'static str>,
) -> Conflict {
    Conflict { name, with, unless }
}

pub(super) fn response(body: impl Into<Bytes>) -> RawResponse {
    RawResponse {
        operation: "getThings",
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: body.into(),
        secrets: Secrets::default(),
    }
}

/// Reads a page and returns its new items and the query of the next request.
fn accept_page(pager: &mut Pager, page: &Value) -> (Option<Vec<Value>>, Option<String>) {
    let page = pager.accept(&response(page.to_string())).unwrap();
    let items = page.map(|page| page.map(Result::unwrap).collect());
    (items, query(pager))
}

pub(super) fn query(pager: &mut Pager) -> Option<String> {
    let parts = pager.request()?.unwrap();
    Some(String::from_utf8(parts.query_str().to_vec()).unwrap())
}

fn ids(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

#[test]
fn follows_cursor_and_skips_repeated_items() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    assert_eq!(query(&mut pager).as_deref(), Some(""));
    let (items, next) = accept_page(&mut pager, &ids(&["a", "b c"]));
    assert_eq!(items.unwrap().len(), 2);
    assert_eq!(next.as_deref(), Some("after=b%20c"));
    let (items, next) = accept_page(&mut pager, &ids(&["a", "d", "b c", "e"]));
    assert_eq!(json!(items.unwrap()), ids(&["d", "e"]));
    assert_eq!(next.as_deref(), Some("after=e"));
    // All items are repeats, but the cursor is new: the next page may have new items.
    let (items, next) = accept_page(&mut pager, &ids(&["d", "a"]));
    assert_eq!(
        (items.unwrap().len(), next.as_deref()),
        (0, Some("after=a"))
    );
    assert_eq!(accept_page(&mut pager, &ids(&[])), (None, None));
}

#[test]
fn repeated_or_missing_cursor_ends_pagination() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    assert!(accept_page(&mut pager, &ids(&["a", "b"])).1.is_some());
    let (items, next) = accept_page(&mut pager, &ids(&["c", "b"]));
    assert_eq!((items.unwrap().len(), next), (1, None));
    let mut parts = RequestParts::new(&BY_CURSOR);
    parts.query("after", &"b/c");
    let mut pager = Pager::new(parts);
    let (items, next) = accept_page(&mut pager, &ids(&["a", "b/c"]));
    assert_eq!((items.unwrap().len(), next), (2, None));
    for last in [
        json!({}),
        json!({"id": null}),
        json!({"id": ""}),
        json!({"id": {}}),
        json!(7),
    ] {
        let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
        let (items, next) = accept_page(&mut pager, &json!([last]));
        assert_eq!((items.unwrap().len(), next), (1, None), "{last}");
    }
}

#[test]
fn body_cursor_may_be_a_number() {
    let mut pager = Pager::new(RequestParts::new(&BY_TOKEN));
    let page = |next: Value| json!({"data": {"rows": [1, 2]}, "next": next});
    let (items, next) = accept_page(&mut pager, &page(json!("x/y")));
    assert_eq!(json!(items), json!([1, 2]));
    assert_eq!(next.as_deref(), Some("token=x%2Fy"));
    assert_eq!(
        accept_page(&mut pager, &page(json!(7))).1.as_deref(),
        Some("token=7")
    );
    assert_eq!(accept_page(&mut pager, &page(json!(null))).1, None);
}

#[test]
fn page_and_offset_continue_from_initial_value() {
    let mut parts = RequestParts::new(&BY_PAGE);
    parts.query("size", &10.0);
    let mut pager = Pager::new(parts.clone());
    assert_eq!(
        accept_page(&mut pager, &json!([1])).1.as_deref(),
        Some("size=10&page=2")
    );
    parts.query("page", &4.0);
    let mut pager = Pager::new(parts);
    // The items have no key, so all are new.
    assert_eq!(accept_page(&mut pager, &json!([1, 1])).0.unwrap().len(), 2);
    assert_eq!(
        accept_page(&mut pager, &json!([1])).1.as_deref(),
        Some("size=10&page=6")
    );
    let mut pager = Pager::new(RequestParts::new(&BY_OFFSET));
    assert_eq!(
        accept_page(&mut pager, &json!({"rows": [1, 2, 3]}))
            .1
            .as_deref(),
        Some("skip=3")
    );
    assert_eq!(
        accept_page(&mut pager, &json!({"rows": [4]})).1.as_deref(),
        Some("skip=4")
    );
    assert_eq!(accept_page(&mut pager, &json!({"rows": []})), (None, None));
}

#[test]
fn third_failure_in_a_row_ends_pagination() {
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    let error = Error::timeout("late");
    for page in ["a", "b"] {
        pager.fail(&error);
        pager.fail(&error);
        assert!(!pager.has_ended());
        assert!(accept_page(&mut pager, &ids(&[page])).1.is_some());
    }
    for _ in 0..3 {
        assert_eq!(query(&mut pager).as_deref(), Some("after=b"));
        pager.fail(&error);
    }
    assert!(pager.has_ended() && pager.request().is_none());
}

#[test]
fn invalid_request_ends_pagination_at_once() {
    let mut parts = RequestParts::new(&BY_CURSOR);
    parts.query("after", &f64::NAN);
    let mut pager = Pager::new(parts);
    assert!(!pager.has_ended() && pager.request().unwrap().is_err());
    assert!(pager.has_ended() && pager.request().is_none());
    let mut pager = Pager::new(RequestParts::new(&BY_CURSOR));
    pager.fail(&Error::invalid_request("never sent"));
    assert!(pager.has_ended());
}

/// Returns the queries of three pages, or the error that replaces the first one.
fn queries(parameters: &[(&'static str, &str)]) -> Result<Vec<String>, String> {
    let mut parts = RequestParts::new(&BY_CURSOR_OR_PAGE);
    for (name, value) in parameters {
        parts.query(name, value);
    }
    let mut pager = Pager::new(parts);
    let first = pager
        .request()
        .unwrap()
        .map_err(|error| error.to_string())?;
    let mut queries = vec![String::from_utf8(first.query_str().to_vec()).unwrap()];
    for page in [&["x", "y"], &["y", "z"]] {
        queries.extend(accept_page(&mut pager, &ids(page)).1);
    }
    Ok(queries)
}

#[test]
fn parameters_that_conflict_with_cursor_select_pages_by_number() {
    let pages = |parameters: &[_]| queries(parameters).unwrap();
    assert_eq!(pages(&[]), ["", "after=y", "after=z"]);
    assert_eq!(
        pages(&[("sort", "age")]),
        ["sort=age", "sort=age&after=y", "sort=age&after=z"]
    );
    assert_eq!(
        pages(&[("sort", "size")]),
        ["sort=size", "sort=size&page=2", "sort=size&page=3"]
    );
    assert_eq!(pages(&[("page", "4")]), ["page=4", "page=5", "page=6"]);
    for (parameters, names) in [
        (&[("before", "x")] as &[_], ["`after`", "`before`"]),
        (&[("before", "x"), ("page", "2")], ["`before`", "`page`"]),
        (&[("after", "x"), ("sort", "size")], ["`after`", "`sort`"]),
        (&[("after", "x"), ("page", "2")], ["`after`", "`page`"]),
    ] {
        let error = queries(parameters).unwrap_err();
        assert!(names.iter().all(|name| error.contains(name)), "{error}");
    }
}

#[test]
fn numbered_pages_skip_repeated_items() {
    let mut parts = RequestParts::new(&BY_CURSOR_OR_PAGE);
    parts.query("sort", &"size");
    let mut pager = Pager::new(parts);
    assert_eq!(
        accept_page(&mut pager, &ids(&["a", "b"])).0.unwrap().len(),
        2
    );
    let (items, next) = accept_page(&mut pager, &ids(&["b", "c"]));
    assert_eq!(json!(items), ids(&["c"]));
    assert_eq!(next.as_deref(), Some("sort=size&page=3"));
    // A page of repeats is not the end.
    let (items, next) = accept_page(&mut pager, &ids(&["a", "c"]));
    assert_eq!(items.unwrap().len(), 0);
    assert_eq!(next.as_deref(), Some("sort=size&page=4"));
    assert_eq!(accept_page(&mut pager, &ids(&[])), (None, None));
}
