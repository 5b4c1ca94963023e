//! From page to page: which request comes next, and what of a page is new. It does no sending, so that the async and
//! the blocking face share it.

use super::draft::Draft;
use super::error::Error;
use super::json;
use super::operation::{NextCursor, Operation, PageInputs, Pagination};
use super::reply::RawReply;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::ops::Range;

/// Where a walk over pages stands.
#[derive(Debug)]
pub(super) struct Pager {
    draft: Draft,
    next: Next,
    /// The keys of the items that have been given out.
    seen: HashSet<String>,
    /// The cursors that have been used.
    used: HashSet<String>,
}

#[derive(Debug)]
enum Next {
    First,
    Following,
    Done,
}

impl Pager {
    pub(super) fn new(draft: Draft) -> Self {
        Self {
            draft,
            next: Next::First,
            seen: HashSet::new(),
            used: HashSet::new(),
        }
    }

    /// The request for the next page; `None` when there is none.
    pub(super) fn request(&mut self) -> Option<Result<Draft, Error>> {
        match self.next {
            Next::Done => return None,
            Next::Following => {}
            Next::First => {
                if let Err(error) = self
                    .draft
                    .check(pagination(self.draft.operation).inputs.cursor())
                {
                    self.end();
                    return Some(Err(error));
                }
            }
        }
        Some(Ok(self.draft.clone()))
    }

    /// Ends the walk.
    pub(super) fn end(&mut self) {
        self.next = Next::Done;
    }

    /// Takes a page: the items that are new, which may be none when a page repeats what came before, and `None` at the
    /// end.
    pub(super) fn accept<T: DeserializeOwned>(
        &mut self,
        reply: &RawReply,
    ) -> Result<Option<Vec<T>>, Error> {
        self.end();
        let pagination = pagination(self.draft.operation);
        let body = &reply.body;
        // Without the array the page is read as a whole, for the error to tell what is there instead.
        let place = json::find(body, 0..body.len(), pagination.items).unwrap_or(0..body.len());
        let items: Vec<T> = reply.decode_part(place.clone())?;
        if items.is_empty() {
            return Ok(None);
        }
        let fresh = self.fresh(body, place.clone(), pagination);
        if let Some(()) = self.advance(body, place, pagination, items.len()) {
            self.next = Next::Following;
        }
        Ok(Some(
            items
                .into_iter()
                .zip(fresh)
                .filter_map(|(item, fresh)| fresh.then_some(item))
                .collect(),
        ))
    }

    /// Which items of the page have not been there before. Where nothing tells one from another all are new.
    fn fresh(&mut self, body: &[u8], place: Range<usize>, pagination: &Pagination) -> Vec<bool> {
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
        json::items(body, place)
            .map(|item| is_fresh(item).unwrap_or(true))
            .collect()
    }

    /// Changes the request into that for the next page; `None` when there is none.
    fn advance(
        &mut self,
        body: &[u8],
        place: Range<usize>,
        pagination: &Pagination,
        count: usize,
    ) -> Option<()> {
        match &pagination.inputs {
            PageInputs::Cursor { name, next } => {
                let cursor = match next {
                    NextCursor::LastItem(path) => {
                        json::find(body, json::items(body, place).last()?, path)
                    }
                    NextCursor::Body(path) => json::find(body, 0..body.len(), path),
                };
                let cursor = scalar(body.get(cursor?)?)?;
                self.draft.query(name, &cursor.as_str());
                self.used.insert(cursor).then_some(())
            }
            PageInputs::Page { name } => {
                let page = self.number(name).unwrap_or(1.0) + 1.0;
                self.draft.query(name, &page);
                Some(())
            }
            PageInputs::Offset { name } => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a page has fewer than 2^53 items"
                )]
                let offset = self.number(name).unwrap_or(0.0) + count as f64;
                self.draft.query(name, &offset);
                Some(())
            }
        }
    }

    /// The number that a query parameter was set to.
    fn number(&self, name: &str) -> Option<f64> {
        // An exponent's plus sign is the only thing in a number that is percent-encoded.
        self.draft
            .query_value(name)?
            .replace("%2B", "+")
            .parse()
            .ok()
    }
}

impl PageInputs {
    /// The parameter that only later pages set.
    fn cursor(&self) -> Option<&'static str> {
        match self {
            Self::Cursor { name, .. } => Some(name),
            Self::Page { .. } | Self::Offset { .. } => None,
        }
    }
}

/// How the pages of an operation follow each other. Generated code asks for pages only of operations that say so;
/// any other would have just its first.
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

/// A cursor's text: that of a string, or the digits of a number. Nothing else leads on, nor does an empty text.
fn scalar(json: &[u8]) -> Option<String> {
    let text = match json.first()? {
        b'"' => serde_json::from_slice(json).ok()?,
        b'-' | b'0'..=b'9' => String::from_utf8_lossy(json).into_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
