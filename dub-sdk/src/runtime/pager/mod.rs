//! Determines the request for the next page and the new items of a page. It sends nothing, so that
//! the async client and the blocking client share it.

mod fingerprints;
mod item_errors;
#[cfg(test)]
mod item_tests;
mod page_items;
#[cfg(test)]
mod tests;

pub(super) use page_items::{PageItems, Unreadable};

use crate::runtime::error::Error;
use crate::runtime::json::{self, Entries};
use crate::runtime::operation::{NextCursor, Operation, PageInputs, Pagination};
use crate::runtime::received::RawResponse;
use crate::runtime::request_parts::RequestParts;
use fingerprints::FingerprintSet;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// The number of consecutive failures of one page that ends the iteration.
const MAX_FAILURES: u8 = 3;

/// The number of consecutive pages without news that ends the iteration. A server that ignores the
/// number of the page returns the same page for ever.
const MAX_STALE_PAGES: u8 = 3;

/// The state of an iteration over pages.
#[derive(Debug)]
pub(super) struct Pager {
    parts: RequestParts,
    selector: Selector,
    next: Next,
    /// The number of consecutive failures of the next page.
    failures: u8,
    /// The number of consecutive pages that equal the page before them or have only repeated items.
    stale_pages: u8,
    /// The hash of the items of the last page.
    last_page: Option<u64>,
    hasher: RandomState,
    /// The keys of the readable items that were returned.
    seen: FingerprintSet,
    /// The keys of the unreadable items that were returned as errors.
    unreadable: FingerprintSet,
    /// The cursors that were used, encoded as in the query.
    used: FingerprintSet,
}

#[derive(Debug)]
enum Next {
    Page,
    /// An error instead of the first page.
    Invalid(Error),
    Done,
}

/// The query parameter that selects the next page.
#[derive(Clone, Copy, Debug)]
enum Selector {
    Cursor(&'static str, &'static NextCursor),
    Page(&'static str),
    Offset(&'static str),
}

impl Selector {
    /// Returns the selector for a request, and an error if the request must not be sent.
    ///
    /// Pages are selected by number instead of by cursor if the request has parameters that the
    /// server rejects together with the cursor.
    fn choose(parts: &RequestParts) -> (Self, Result<(), Error>) {
        match &pagination(parts.operation).inputs {
            PageInputs::Cursor { name, next, page } => {
                let by_cursor = parts.check(Some(name));
                match page {
                    Some(page) if by_cursor.is_err() && parts.check(Some(page)).is_ok() => {
                        (Self::Page(page), Ok(()))
                    }
                    _ => (Self::Cursor(name, next), by_cursor),
                }
            }
            PageInputs::Page { name } => (Self::Page(name), parts.check(Some(name))),
            PageInputs::Offset { name } => (Self::Offset(name), parts.check(Some(name))),
        }
    }
}

impl Pager {
    pub(super) fn new(mut parts: RequestParts) -> Self {
        parts.limits.is_stream = true;
        let (selector, checked) = Selector::choose(&parts);
        let mut used = FingerprintSet::default();
        // A cursor that the caller set counts as used.
        let begin = match selector {
            Selector::Cursor(name, _) => parts.query_value(name),
            Selector::Page(_) | Selector::Offset(_) => None,
        };
        if let Some(cursor) = begin {
            used.insert(cursor.as_bytes());
        }
        Self {
            selector,
            next: checked.map_or_else(Next::Invalid, |()| Next::Page),
            failures: 0,
            stale_pages: 0,
            last_page: None,
            hasher: RandomState::new(),
            seen: FingerprintSet::default(),
            unreadable: FingerprintSet::default(),
            used,
            parts,
        }
    }

    /// Returns the request for the next page; `None` if there is no further page.
    pub(super) fn request(&mut self) -> Option<Result<RequestParts, Error>> {
        match std::mem::replace(&mut self.next, Next::Done) {
            Next::Done => None,
            Next::Invalid(error) => Some(Err(error)),
            Next::Page => {
                self.next = Next::Page;
                Some(Ok(self.parts.clone()))
            }
        }
    }

    /// Returns true if there is no further page.
    pub(super) fn has_ended(&self) -> bool {
        matches!(self.next, Next::Done)
    }

    /// Records that the page failed with this error. The next request is for the same page, unless
    /// the request is invalid or the page has failed too often.
    pub(super) fn fail(&mut self, error: &Error) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= MAX_FAILURES || matches!(error, Error::InvalidRequest(_)) {
            self.next = Next::Done;
        }
    }

    /// Reads a page and returns its new items; `None` if the page is empty. The returned page is
    /// empty if all items are repeats. An error means that the response is not a page.
    pub(super) fn accept<T: DeserializeOwned>(
        &mut self,
        response: &RawResponse,
    ) -> Result<Option<PageItems<T>>, Error> {
        let body = &response.body;
        let list = self.list(body);
        let page = body.get(list.clone()).unwrap_or_default();
        let ranges: Vec<_> = Entries::of_array(body, list.clone())
            .map(|item| item.value)
            .collect();
        let items: Vec<Option<T>> = match response.parse_part::<Vec<T>>(list.clone()) {
            Ok(items) => items.into_iter().map(Some).collect(),
            Err(error) if !is_array(body, list.clone()) => {
                return Err(response.decode_error(list.start, error));
            }
            // Decodes each item by itself, so that one unreadable item does not affect the others.
            Err(_) => {
                let ranges = ranges.iter().cloned();
                ranges.map(|item| response.read_part(item)).collect()
            }
        };
        self.failures = 0;
        let (mut readable, mut unreadable) = (Vec::with_capacity(items.len()), Vec::new());
        for (item, range) in items.into_iter().zip(&ranges) {
            let is_new = self.is_new(body, range, item.is_some());
            match item {
                Some(item) if is_new => readable.push(item),
                None if is_new => unreadable.push((readable.len(), range.clone())),
                _ => {}
            }
        }
        let has_news = !readable.is_empty() || !unreadable.is_empty();
        let is_stale = self.is_stale(page, has_news);
        if is_stale || self.advance(body, &ranges, &unreadable).is_none() {
            self.next = Next::Done;
        }
        let page = || PageItems::new(readable, unreadable, response, list.start, &ranges);
        Ok((!ranges.is_empty()).then(page))
    }

    /// Records a page. Returns true if it is the last of too many pages without news.
    fn is_stale(&mut self, page: &[u8], has_news: bool) -> bool {
        let hash = Some(self.hasher.hash_one(page));
        if has_news && hash != self.last_page {
            self.stale_pages = 0;
        } else {
            self.stale_pages = self.stale_pages.saturating_add(1);
        }
        self.last_page = hash;
        self.stale_pages >= MAX_STALE_PAGES
    }

    /// Returns the range of the list of items in a body. If there is none, returns the whole
    /// document, so that the error of decoding it describes the actual value.
    fn list(&self, body: &[u8]) -> Range<usize> {
        let document = json::document(body);
        let path = pagination(self.parts.operation).items;
        json::find(body, document.clone(), path).unwrap_or(document)
    }

    /// Records an item. Returns true if it is new, which is always so for an item without a key.
    ///
    /// An unreadable item is a repeat of an item with the same key, readable or not. A readable
    /// item is a repeat only of a readable one: the caller has not received it otherwise.
    fn is_new(&mut self, body: &[u8], item: &Range<usize>, is_readable: bool) -> bool {
        let PageInputs::Cursor {
            next: NextCursor::LastItem(path),
            ..
        } = &pagination(self.parts.operation).inputs
        else {
            return true;
        };
        match scalar(body, item.clone(), path) {
            None => true,
            Some(key) if is_readable => self.seen.insert(key),
            Some(key) => !self.seen.contains(key) && self.unreadable.insert(key),
        }
    }

    /// Changes the request to the one for the next page; returns `None` if there is no further
    /// page.
    fn advance(
        &mut self,
        body: &[u8],
        items: &[Range<usize>],
        unreadable: &[(usize, Range<usize>)],
    ) -> Option<()> {
        if items.is_empty() {
            return None;
        }
        match self.selector {
            Selector::Cursor(name, next) => {
                let cursor = match next {
                    NextCursor::LastItem(path) => last_cursor(body, items, path, unreadable),
                    NextCursor::Body(path) => scalar(body, json::document(body), path),
                };
                let cursor = text(cursor?)?;
                self.parts.query(name, &cursor.as_str());
                let is_new = self.used.insert(self.parts.query_value(name)?.as_bytes());
                is_new.then_some(())
            }
            Selector::Page(name) => {
                let page = self.number(name).unwrap_or(1.0) + 1.0;
                self.parts.query(name, &page);
                Some(())
            }
            Selector::Offset(name) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a page has fewer than 2^53 items"
                )]
                let offset = self.number(name).unwrap_or(0.0) + items.len() as f64;
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

/// Returns the pagination of an operation. Generated code iterates only over the pages of
/// operations with pagination. For any other operation, the iteration ends after the first page.
fn pagination(operation: &'static Operation) -> &'static Pagination {
    static ONE_PAGE: Pagination = Pagination {
        items: &[],
        inputs: PageInputs::Cursor {
            name: "",
            next: NextCursor::Body(&[""]),
            page: None,
        },
    };
    operation.pagination.as_ref().unwrap_or(&ONE_PAGE)
}

/// Returns true if the value at `range` is a JSON array. Its strings may be invalid UTF-8, which
/// makes only their items unreadable.
fn is_array(body: &[u8], range: Range<usize>) -> bool {
    let text = body.get(range).unwrap_or_default();
    serde_json::from_slice::<Vec<IgnoredAny>>(text).is_ok()
}

/// Returns the cursor in the last item of a page. If that item and others before it are unreadable
/// and have no cursor, returns the cursor in the item before them, so that the iteration continues.
fn last_cursor<'a>(
    body: &'a [u8],
    items: &[Range<usize>],
    path: &[&str],
    unreadable: &[(usize, Range<usize>)],
) -> Option<&'a [u8]> {
    let mut unreadable = unreadable.iter().rev();
    for item in items.iter().rev() {
        let cursor = scalar(body, item.clone(), path).filter(|cursor| text(cursor).is_some());
        if cursor.is_some() || unreadable.next().is_none_or(|(_, range)| range != item) {
            return cursor;
        }
    }
    None
}

/// Returns the value at `path`, as JSON, if it can be a key or a cursor: a number, or a string that
/// is not empty.
fn scalar<'a>(body: &'a [u8], within: Range<usize>, path: &[&str]) -> Option<&'a [u8]> {
    let value = body.get(json::find(body, within, path)?)?;
    match value {
        b"\"\"" => None,
        [b'"' | b'-' | b'0'..=b'9', ..] => Some(value),
        _ => None,
    }
}

/// Returns a scalar as a string: the content of a JSON string, or the digits of a number.
fn text(json: &[u8]) -> Option<String> {
    match json.first()? {
        b'"' => serde_json::from_slice(json).ok(),
        _ => Some(String::from_utf8_lossy(json).into_owned()),
    }
}
