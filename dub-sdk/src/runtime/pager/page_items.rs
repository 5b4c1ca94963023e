//! The items of one page, readable and unreadable ones.

use super::item_errors::ItemErrors;
use crate::runtime::error::Error;
use crate::runtime::received::RawResponse;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::ops::Range;

/// An iterator over the new items of a page, in the order of the response. An unreadable item is an
/// error.
pub(in crate::runtime) struct PageItems<T> {
    readable: std::vec::IntoIter<T>,
    unreadable: Unreadable,
}

/// The unreadable items of a page. It creates the error of an item only when that is needed,
/// because an error takes more memory than its item.
#[derive(Default)]
pub(in crate::runtime) struct Unreadable {
    errors: Option<ItemErrors>,
    items: VecDeque<UnreadableItem>,
}

struct UnreadableItem {
    /// The number of readable items that follow this one.
    followed_by: usize,
    /// The index in the array of the response.
    index: usize,
    /// The range in the body.
    range: Range<usize>,
}

impl<T> PageItems<T> {
    /// Creates a page from its readable items and its unreadable ones. Each unreadable item is a
    /// range of the body with the number of readable items that precede it. `array` is the offset of
    /// the array, and `all` has the ranges of all of its items.
    pub(super) fn new(
        readable: Vec<T>,
        unreadable: Vec<(usize, Range<usize>)>,
        response: &RawResponse,
        array: usize,
        all: &[Range<usize>],
    ) -> Self {
        let errors = (!unreadable.is_empty()).then(|| ItemErrors::new(response, array));
        Self {
            unreadable: Unreadable::new(readable.len(), unreadable, errors, all),
            readable: readable.into_iter(),
        }
    }

    /// Returns true if no item is left.
    pub(in crate::runtime) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns true if an unreadable item is left.
    pub(in crate::runtime) fn has_unreadable(&self) -> bool {
        self.unreadable.len() > 0
    }

    /// Returns the number of items that are left.
    pub(in crate::runtime) fn len(&self) -> usize {
        self.readable.len() + self.unreadable.len()
    }

    /// Returns the readable items and the unreadable ones.
    pub(in crate::runtime) fn split(self) -> (Vec<T>, Unreadable) {
        (self.readable.collect(), self.unreadable)
    }
}

impl<T> Default for PageItems<T> {
    fn default() -> Self {
        Self {
            readable: Vec::new().into_iter(),
            unreadable: Unreadable::default(),
        }
    }
}

impl<T: DeserializeOwned> Iterator for PageItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.unreadable.is_next(self.readable.len()) {
            return self.unreadable.next();
        }
        self.readable.next().map(Ok)
    }
}

impl Unreadable {
    fn new(
        readable: usize,
        items: Vec<(usize, Range<usize>)>,
        errors: Option<ItemErrors>,
        all: &[Range<usize>],
    ) -> Self {
        let item = |(position, range): (usize, Range<usize>)| UnreadableItem {
            followed_by: readable.saturating_sub(position),
            index: all.partition_point(|other| other.start < range.start),
            range,
        };
        Self {
            errors,
            items: items.into_iter().map(item).collect(),
        }
    }

    /// Returns the number of items that are left.
    pub(in crate::runtime) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true if the next item of the page is unreadable, given the number of readable items
    /// that are left.
    fn is_next(&self, left: usize) -> bool {
        self.items
            .front()
            .is_some_and(|item| item.followed_by == left)
    }

    /// Decodes the next item again, this time for its error.
    pub(in crate::runtime) fn next<T: DeserializeOwned>(&mut self) -> Option<Result<T, Error>> {
        let UnreadableItem { index, range, .. } = self.items.pop_front()?;
        Some(self.errors.as_mut()?.decode(index, range))
    }

    /// Like [`next`](Self::next), for an iteration over pages.
    pub(in crate::runtime) fn next_page<T: DeserializeOwned>(
        &mut self,
    ) -> Option<Result<Vec<T>, Error>> {
        self.next().map(|item| item.map(|item| vec![item]))
    }
}
