//! What generated code says of an API and of its operations, as plain data.

use reqwest::Method;

/// What is particular to a service and is not in its document.
pub(crate) struct Service {
    /// The response header that identifies a request, in lower case.
    pub(crate) request_id_header: &'static str,
    /// Whether an empty text in the query is refused. Some servers take an empty filter for no filter.
    pub(crate) reject_empty_query: bool,
}

impl Service {
    /// What holds for a service of which nothing is known.
    pub(crate) const DEFAULT: Self = Self {
        request_id_header: "x-request-id",
        reject_empty_query: false,
    };
}

/// One operation of an API.
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path template, such as `/customers/{id}`.
    pub(crate) path: &'static str,
    /// The alternatives: each the names of the schemes that are needed together. Empty: none is needed.
    pub(crate) security: &'static [&'static [&'static str]],
    pub(crate) body: BodyKind,
    /// The media type of the body, where its kind does not settle that.
    pub(crate) content_type: &'static str,
    /// The media types that the operation's responses may have, as they go into `Accept`.
    pub(crate) accept: &'static str,
    pub(crate) pagination: Option<Pagination>,
    /// Combinations of query parameters that the server refuses.
    pub(crate) conflicts: &'static [Conflict],
    /// Which of a status's bodies the operation's error responses have, for statuses whose body depends on the operation:
    /// the status (a class such as 4XX by its digit, any other by 0) and the number of the body.
    pub(crate) error_bodies: &'static [(u16, u8)],
}

impl Operation {
    /// What an operation is where generated code says nothing else.
    pub(crate) const DEFAULT: Self = Self {
        id: "",
        method: Method::GET,
        path: "/",
        security: &[],
        body: BodyKind::None,
        content_type: "application/json",
        accept: "application/json",
        pagination: None,
        conflicts: &[],
        error_bodies: &[],
    };

    /// The number of the body that an error response of this status has.
    pub(crate) fn error_body(&self, status: u16) -> Option<u8> {
        let entry = self.error_bodies.iter().find(|entry| entry.0 == status);
        entry.map(|entry| entry.1)
    }
}

/// What an operation sends as its body.
pub(crate) enum BodyKind {
    /// Nothing.
    None,
    /// A JSON object of the fields that were set; `{}` when none was.
    JsonObject,
    /// The same, and nothing when none was.
    OptionalJsonObject,
    /// The fields that were set as `application/x-www-form-urlencoded`.
    Form,
    /// The parts that were added as `multipart/form-data`.
    Multipart,
    /// What was set as a whole, and nothing when that was not done.
    Raw,
}

/// How an operation's pages follow each other.
pub(crate) struct Pagination {
    /// The path to the array of items in the response; empty when the response is the array.
    pub(crate) items: &'static [&'static str],
    pub(crate) inputs: PageInputs,
}

/// Which query parameter leads to the next page.
pub(crate) enum PageInputs {
    /// A cursor that the page before gave.
    Cursor {
        name: &'static str,
        next: NextCursor,
    },
    /// The page's number, counted from one.
    Page { name: &'static str },
    /// The number of items to skip.
    Offset { name: &'static str },
}

/// Where the next cursor stands.
pub(crate) enum NextCursor {
    /// In the page's last item.
    LastItem(&'static [&'static str]),
    /// In the response.
    Body(&'static [&'static str]),
}

/// Two query parameters that the server refuses together.
pub(crate) struct Conflict {
    pub(crate) name: &'static str,
    pub(crate) with: &'static str,
    /// The one value of `with` that is allowed.
    pub(crate) unless: Option<&'static str>,
}
