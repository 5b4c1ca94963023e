//! Streams over all pages of a list.

use super::call::{Call, call};
use super::client::Client;
use super::error::Error;
use super::next::{Next, TryNext};
use super::pager::{PageItems, Pager, Unreadable};
use super::request_parts::RequestParts;
use futures_core::{FusedStream, Stream};
use serde::de::DeserializeOwned;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A stream over pages, which fetches each page when it is polled.
///
/// The first request is sent with the first poll. Each page is a separate call, so the timeout and the
/// deadline of the request apply to each page.
///
/// If the cursor of the next page is a field of the last item, the stream skips items that it has
/// already returned. It never returns an empty page. If the request has parameters that the server
/// rejects together with the cursor, the stream requests pages by number, provided that the
/// operation supports that.
///
/// The stream ends after an empty page. If the next page is selected by a cursor, the stream also
/// ends if a response contains no cursor or one that was already used. It also ends after three
/// pages in a row that repeat the page before them or contain only items that were returned already,
/// in case the server ignores the parameter that selects the page.
///
/// # Errors
///
/// - An item that cannot be decoded is an [`Error::Decode`]. The readable items of its page come
///   first, as one page. The stream continues with the next page.
/// - If a call fails or its response is not a page, the stream returns the error and then requests
///   the same page again. It ends after three failures in a row.
/// - If the request is invalid, the stream returns an [`Error::InvalidRequest`] and ends.
///
/// # Memory
///
/// To skip repeated items, the stream keeps a fingerprint of the key of each returned item: at most
/// 40 bytes per item, regardless of the length of the key. While the table of fingerprints grows, it
/// takes up to 60 bytes per item. If the next page is selected by a cursor, the stream keeps one more
/// fingerprint for each page.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T> {
    client: Client,
    pager: Pager,
    call: Option<Call>,
    /// The unreadable items of the current page, whose errors are returned before the next page.
    unreadable: Unreadable,
    items: PhantomData<fn() -> T>,
}

impl<T> Pages<T> {
    pub(super) fn new(client: Client, parts: RequestParts) -> Self {
        Self {
            client,
            pager: Pager::new(parts),
            call: None,
            unreadable: Unreadable::default(),
            items: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> Pages<T> {
    /// Returns the next page; `None` after the last page.
    ///
    /// # Errors
    ///
    /// Returns the error in place of the page. The stream may go on after it.
    pub fn try_next(&mut self) -> TryNext<'_, Self> {
        TryNext(self)
    }

    /// Returns all pages in a collection, such as `Vec<Vec<_>>`.
    ///
    /// # Errors
    ///
    /// Returns the first error. The pages before it are lost.
    pub async fn try_collect<C: Default + Extend<Vec<T>>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(page) = self.try_next().await? {
            all.extend([page]);
        }
        Ok(all)
    }

    /// Returns the next page or an error; `None` after the last page.
    #[expect(
        clippy::should_implement_trait,
        reason = "an async iterator has this method"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// Polls for the readable items of the next page. Returns the errors of its unreadable items
    /// afterwards.
    fn poll_readable(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<T>, Error>>> {
        if self.unreadable.len() == 0 {
            match ready!(self.poll_page(context)) {
                Some(Ok(page)) => {
                    let (readable, unreadable) = page.split();
                    self.unreadable = unreadable;
                    if !readable.is_empty() {
                        return Poll::Ready(Some(Ok(readable)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        Poll::Ready(self.unreadable.next_page())
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<PageItems<T>, Error>>> {
        loop {
            let page = match &mut self.call {
                Some(call) => {
                    let response = ready!(call.poll_response(context));
                    call.finish_page(response, &mut self.pager)
                }
                None => match self.pager.request() {
                    None => return Poll::Ready(None),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Some(Ok(parts)) => {
                        self.call = Some(call(self.client.clone(), parts));
                        continue;
                    }
                },
            };
            self.call = None;
            match page {
                // All items of this page are repeats, but the next page may have new items.
                Ok(Some(items)) if items.is_empty() => {}
                Ok(page) => return Poll::Ready(page.map(Ok)),
                Err(error) => {
                    self.pager.fail(&error);
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for Pages<T> {
    type Item = Result<Vec<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_readable(context)
    }
}

impl<T: DeserializeOwned> FusedStream for Pages<T> {
    fn is_terminated(&self) -> bool {
        self.call.is_none() && self.unreadable.len() == 0 && self.pager.has_ended()
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("client", &self.client)
            .field("pager", &self.pager)
            .finish_non_exhaustive()
    }
}

/// A stream over the items of all pages, which fetches the next page after the last item of the
/// current one.
///
/// It returns an unreadable item as an error in its position. Otherwise it skips repeated items,
/// handles errors, ends and uses memory like [`Pages`].
#[must_use = "streams do nothing unless polled"]
pub struct Items<T> {
    pages: Pages<T>,
    page: PageItems<T>,
}

// `Items` never pins the items: it returns them by value.
impl<T> Unpin for Items<T> {}

impl<T> Items<T> {
    pub(super) fn new(pages: Pages<T>) -> Self {
        Self {
            pages,
            page: PageItems::default(),
        }
    }
}

impl<T: DeserializeOwned> Items<T> {
    /// Returns the next item; `None` after the last item.
    ///
    /// # Errors
    ///
    /// Returns the error in place of the item. The stream may go on after it.
    pub fn try_next(&mut self) -> TryNext<'_, Self> {
        TryNext(self)
    }

    /// Returns all items in a collection, such as a `Vec` or a `HashSet`.
    ///
    /// # Errors
    ///
    /// Returns the first error. The items before it are lost.
    pub async fn try_collect<C: Default + Extend<T>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(item) = self.try_next().await? {
            all.extend([item]);
        }
        Ok(all)
    }

    /// Returns the next item or an error; `None` after the last item.
    #[expect(
        clippy::should_implement_trait,
        reason = "an async iterator has this method"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(item));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.page = page,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T: DeserializeOwned> FusedStream for Items<T> {
    fn is_terminated(&self) -> bool {
        self.page.is_empty() && self.pages.is_terminated()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("left", &self.page.len())
            .field("pages", &self.pages)
            .finish()
    }
}
