//! Determines the request for the next page and the new items of a page. It sends nothing, so that
//! the async client and the blocking client share it.

use super::error::Error;
use super::json::{self, Entries};
use super::operation::{NextCursor, Operation, PageInputs, Pagination};
use super::raw_response::RawResponse;
use super::request_parts::RequestParts;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::ops::Range;

/// The state of an iteration over pages.
#[derive(Debug)]
pub(super) struct Pager {
    parts: RequestParts,
    next: Next,
    /// The keys of the items that were returned.
    seen: HashSet<String>,
    /// The cursors that were used, encoded as in the query.
    used: HashSet<String>,
}

#[derive(Debug)]
enum Next {
    First,
    Following,
    Done,
}

impl Pager {
    pub(super) fn new(mut parts: RequestParts) -> Self {
        parts.limits.is_stream = true;
        let cursor = pagination(parts.operation).inputs.cursor();
        // A cursor that the caller set counts as used.
        let begin = cursor.and_then(|name| parts.query_value(name));
        Self {
            next: Next::First,
            seen: HashSet::new(),
            used: begin.map(str::to_owned).into_iter().collect(),
            parts,
        }
    }

    /// Returns the request for the next page; `None` if there is no further page.
    pub(super) fn request(&mut self) -> Option<Result<RequestParts, Error>> {
        match self.next {
            Next::Done => return None,
            Next::Following => {}
            Next::First => {
                if let Err(error) = self
                    .parts
                    .check(pagination(self.parts.operation).inputs.cursor())
                {
                    self.end();
                    return Some(Err(error));
                }
            }
        }
        Some(Ok(self.parts.clone()))
    }

    /// Ends the iteration.
    pub(super) fn end(&mut self) {
        self.next = Next::Done;
    }

    /// Returns true if there is no further page.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.next, Next::Done)
    }

    /// Reads a page and returns its new items; `None` if the page is empty. The list of new items
    /// is empty if the page contains only repeated items.
    pub(super) fn accept<T: DeserializeOwned>(
        &mut self,
        response: &RawResponse,
    ) -> Result<Option<Vec<T>>, Error> {
        self.end();
        let pagination = pagination(self.parts.operation);
        let body = &response.body;
        // If there is no array, decodes the whole page, so that the error describes the actual
        // value.
        let document = json::document(body);
        let array_range = json::find(body, document.clone(), pagination.items).unwrap_or(document);
        let items: Vec<T> = response.decode_part(array_range.clone())?;
        if items.is_empty() {
            return Ok(None);
        }
        let fresh = self.fresh(body, array_range.clone(), pagination);
        if let Some(()) = self.advance(body, array_range, pagination, items.len()) {
            self.next = Next::Following;
        }
        let mut new = Vec::with_capacity(items.len());
        for (item, is_fresh) in items.into_iter().zip(fresh) {
            if is_fresh {
                new.push(item);
            }
        }
        Ok(Some(new))
    }

    /// Returns a flag for each item of the page: true if the item is new. All items are new if they
    /// have no key.
    fn fresh(
        &mut self,
        body: &[u8],
        array_range: Range<usize>,
        pagination: &Pagination,
    ) -> Vec<bool> {
        let key = match &pagination.inputs {
            PageInputs::Cursor {
                next: NextCursor::LastItem(path),
                ..
            } => Some(*path),
            _ => None,
        };
        let mut is_fresh = |item: Range<usize>| {
            let key = json::find(body, item, key?)?;
            Some(
                self.seen
                    .insert(String::from_utf8_lossy(body.get(key)?).into_owned()),
            )
        };
        Entries::of_array(body, array_range)
            .map(|item| is_fresh(item.value).unwrap_or(true))
            .collect()
    }

    /// Changes the request to the one for the next page; returns `None` if there is no further
    /// page.
    fn advance(
        &mut self,
        body: &[u8],
        array_range: Range<usize>,
        pagination: &Pagination,
        count: usize,
    ) -> Option<()> {
        match &pagination.inputs {
            PageInputs::Cursor { name, next } => {
                let cursor = match next {
                    NextCursor::LastItem(path) => {
                        let last = Entries::of_array(body, array_range).last()?;
                        json::find(body, last.value, path)
                    }
                    NextCursor::Body(path) => json::find(body, json::document(body), path),
                };
                let cursor = scalar(body.get(cursor?)?)?;
                self.parts.query(name, &cursor.as_str());
                let cursor = self.parts.query_value(name)?.to_owned();
                self.used.insert(cursor).then_some(())
            }
            PageInputs::Page { name } => {
                let page = self.number(name).unwrap_or(1.0) + 1.0;
                self.parts.query(name, &page);
                Some(())
            }
            PageInputs::Offset { name } => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a page has fewer than 2^53 items"
                )]
                let offset = self.number(name).unwrap_or(0.0) + count as f64;
                self.parts.query(name, &offset);
                Some(())
            }
        }
    }

    /// Returns the number that a query parameter was set to.
    fn number(&self, name: &str) -> Option<f64> {
        // The only percent-encoded character of a number is the plus sign of an exponent.
        self.parts
            .query_value(name)?
            .replace("%2B", "+")
            .parse()
            .ok()
    }
}

impl PageInputs {
    /// Returns the name of the cursor parameter, which is set for later pages.
    fn cursor(&self) -> Option<&'static str> {
        match self {
            Self::Cursor { name, .. } => Some(name),
            Self::Page { .. } | Self::Offset { .. } => None,
        }
    }
}

/// Returns the pagination of an operation. Generated code iterates only over the pages of
/// operations with pagination. For any other operation, the iteration ends after the first page.
fn pagination(operation: &'static Operation) -> &'static Pagination {
    static ONE_PAGE: Pagination = Pagination {
        items: &[],
        inputs: PageInputs::Cursor {
            name: "",
            next: NextCursor::Body(&[""]),
        },
    };
    operation.pagination.as_ref().unwrap_or(&ONE_PAGE)
}

/// Returns a cursor as a string: the content of a JSON string, or the digits of a number. Returns
/// `None` for an empty string and for any other value, because these end the iteration.
fn scalar(json: &[u8]) -> Option<String> {
    let text = match json.first()? {
        b'"' => serde_json::from_slice(json).ok()?,
        b'-' | b'0'..=b'9' => String::from_utf8_lossy(json).into_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{HeaderMap, StatusCode};
    use serde_json::{Value, json};

    static BY_CURSOR: Operation = operation(
        &[],
        PageInputs::Cursor {
            name: "after",
            next: NextCursor::LastItem(&["id"]),
        },
    );
    static BY_TOKEN: Operation = operation(
        &["data", "rows"],
        PageInputs::Cursor {
            name: "token",
            next: NextCursor::Body(&["next"]),
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

    /// Reads a page and returns its new items and the query of the next request.
    fn accept_page(pager: &mut Pager, page: &Value) -> (Option<Vec<Value>>, Option<String>) {
        let response = RawResponse {
            operation: "getThings",
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: page.to_string().into(),
        };
        let items = pager.accept(&response).unwrap();
        (items, query(pager))
    }

    fn query(pager: &mut Pager) -> Option<String> {
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
    fn error_ends_pagination() {
        let mut pager = Pager::new(RequestParts::new(&BY_TOKEN));
        let response = RawResponse {
            operation: "getThings",
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: r#"{"data": {"rows": ["x"]}, "next": "n"}"#.into(),
        };
        let Err(Error::Decode(error)) = pager.accept::<i64>(&response) else {
            panic!("expected a decoding error");
        };
        assert_eq!(error.path(), "data.rows[0]");
        assert!(pager.request().is_none());
        let mut parts = RequestParts::new(&BY_CURSOR);
        parts.query("after", &f64::NAN);
        let mut pager = Pager::new(parts);
        assert!(pager.request().unwrap().is_err());
        assert!(pager.request().is_none());
    }
}
