//! The pagination of operations.

use super::Type;
use serde::Serialize;

/// The pagination of an operation (`x-speakeasy-pagination`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination<R = String> {
    /// The keys of the array of items in the response; empty if the response is the array.
    pub items: Vec<String>,
    /// The type of an item.
    pub item: Type<R>,
    pub inputs: PageInputs,
}

/// The query parameter that selects a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PageInputs {
    /// A cursor, which the page before contains.
    Cursor {
        /// The query parameter for the cursor.
        name: String,
        next: NextCursor,
        /// The query parameter for the page number, which starts at 1. It selects the pages of a
        /// request that has parameters that the server rejects together with the cursor.
        #[serde(skip_serializing_if = "Option::is_none")]
        page: Option<String>,
    },
    /// A page number.
    Page {
        /// The query parameter for the page number, which starts at 1.
        name: String,
    },
    /// The number of items to skip.
    Offset {
        /// The query parameter for the number of items to skip, which starts at 0.
        name: String,
    },
}

/// The location of the next page's cursor in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NextCursor {
    /// The keys of a property of the last item on the page.
    LastItem(Vec<String>),
    /// The keys of a property of the response.
    Body(Vec<String>),
}
