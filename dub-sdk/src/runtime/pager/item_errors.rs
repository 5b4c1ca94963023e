//! The errors of the unreadable items of a page.

use crate::runtime::decode_error::{DecodeError, ShownResponse};
use crate::runtime::error::Error;
use crate::runtime::json::OpenValues;
use crate::runtime::position::Position;
use crate::runtime::raw_response::Mismatch;
use crate::runtime::received::RawResponse;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::sync::Arc;

/// Decodes the unreadable items of a page for their errors, in the order of the page. The errors
/// share what they show of the response, and none needs a scan of the body before its item.
pub(super) struct ItemErrors {
    response: RawResponse,
    shown: Option<Arc<ShownResponse>>,
    /// The array of the items, and the values that contain it.
    array: OpenValues,
    position: Position,
}

impl ItemErrors {
    /// Creates the errors of items of the array at an offset of the body.
    pub(super) fn new(response: &RawResponse, array: usize) -> Self {
        Self {
            shown: None,
            array: OpenValues::at(&response.body, array.saturating_add(1)),
            position: Position::new(&response.body),
            response: response.clone(),
        }
    }

    /// Decodes the item at a range of the body. `index` is its index in the array.
    pub(super) fn decode<T: DeserializeOwned>(
        &mut self,
        index: usize,
        item: Range<usize>,
    ) -> Result<T, Error> {
        let start = item.start;
        let item = self.response.parse_part(item);
        item.map_err(|mismatch| self.error(index, start, mismatch))
    }

    fn error(&mut self, index: usize, start: usize, mismatch: Mismatch) -> Error {
        let Mismatch { consumed, source } = mismatch;
        let response = &self.response;
        let shown = self
            .shown
            .get_or_insert_with(|| ShownResponse::new(response));
        let mut open = self.array.clone();
        open.set_index(index);
        open.read(&response.body, start..consumed);
        let path = open.path(&response.body, &|key| shown.mask(key));
        self.position.advance(&response.body, start);
        let source = self.position.in_document(source);
        Error::Decode(DecodeError::new(shown.clone(), path, source))
    }
}
