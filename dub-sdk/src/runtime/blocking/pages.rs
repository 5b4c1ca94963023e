//! Iterators over all pages of a list.

use super::Blocking;
use crate::runtime::api_operation::PaginatedOperation;
use crate::runtime::error::Error;
use crate::runtime::pager::{PageItems, Pager, Unreadable};
use crate::runtime::request_builder::RequestBuilder;
use serde::de::DeserializeOwned;
use std::fmt;
use std::marker::PhantomData;

impl<O: PaginatedOperation> RequestBuilder<O, Blocking> {
    /// Returns the items of this page and of all following pages. Each page is requested when its
    /// first item is needed.
    #[inline]
    pub fn stream(self) -> Items<O::Item> {
        Items {
            pages: self.pages(),
            page: PageItems::default(),
        }
    }

    /// Returns this page and all following pages. Each page is requested when it is needed.
    #[inline]
    pub fn pages(self) -> Pages<O::Item> {
        Pages {
            client: self.request.client,
            pager: Pager::new(self.request.parts),
            unreadable: Unreadable::default(),
            items: PhantomData,
        }
    }
}

/// An iterator over pages, which fetches each page when it is needed.
///
/// It skips repeated items, handles errors, ends and uses memory like [`crate::Pages`].
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Pages<T> {
    client: Blocking,
    pager: Pager,
    /// The unreadable items of the current page, whose errors are returned before the next page.
    unreadable: Unreadable,
    items: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Pages<T> {
    fn next_page(&mut self) -> Option<Result<PageItems<T>, Error>> {
        loop {
            let page = self.pager.request()?.and_then(|parts| {
                let (mut call, response) = self.client.run(parts)?;
                call.finish_page(response, &mut self.pager)
            });
            match page {
                // All items of this page are repeats, but the next page may have new items.
                Ok(Some(items)) if items.is_empty() => {}
                Ok(page) => return page.map(Ok),
                Err(error) => {
                    self.pager.fail(&error);
                    return Some(Err(error));
                }
            }
        }
    }
}

impl<T: DeserializeOwned> Iterator for Pages<T> {
    type Item = Result<Vec<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.unreadable.len() == 0 {
            let (readable, unreadable) = match self.next_page()? {
                Ok(page) => page.split(),
                Err(error) => return Some(Err(error)),
            };
            self.unreadable = unreadable;
            if !readable.is_empty() {
                return Some(Ok(readable));
            }
        }
        self.unreadable.next_page()
    }
}

impl<T: DeserializeOwned> std::iter::FusedIterator for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("client", &self.client)
            .field("pager", &self.pager)
            .finish_non_exhaustive()
    }
}

/// An iterator over the items of all pages, which fetches the next page after the last item of the
/// current one.
///
/// It returns an unreadable item as an error in its position. Otherwise it is like [`Pages`].
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Items<T> {
    pages: Pages<T>,
    page: PageItems<T>,
}

impl<T: DeserializeOwned> Iterator for Items<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(item);
            }
            match self.pages.next_page()? {
                Ok(page) => self.page = page,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<T: DeserializeOwned> std::iter::FusedIterator for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("left", &self.page.len())
            .field("pages", &self.pages)
            .finish()
    }
}
