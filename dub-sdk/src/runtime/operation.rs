//! Descriptions of an API and its operations, which generated code provides as plain data.

use reqwest::{Method, StatusCode};

/// Properties of a service that its OpenAPI document does not describe.
pub(crate) struct Service {
    /// The name of the response header that contains the request id, in lower case.
    pub(crate) request_id_header: &'static str,
    /// If true, empty query parameters are rejected. Some servers ignore an empty filter.
    pub(crate) reject_empty_query: bool,
}

impl Service {
    /// The properties of a service about which nothing else is known.
    pub(crate) const DEFAULT: Self = Self {
        request_id_header: "x-request-id",
        reject_empty_query: false,
    };
}

/// An operation of an API.
pub(crate) struct Operation {
    /// The `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path template, such as `/customers/{id}`.
    pub(crate) path: &'static str,
    /// The query that every request has, without the `?`.
    pub(crate) fixed_query: &'static str,
    /// The index of the server among those of the client.
    pub(crate) server: usize,
    /// The alternative security requirements. Each one lists the names of the schemes that it
    /// requires together. The outer list is empty if the operation needs no authorization.
    pub(crate) security: &'static [&'static [&'static str]],
    pub(crate) body: BodyKind,
    /// True if no body is sent unless a part of it was set.
    pub(crate) is_body_optional: bool,
    /// The fields that an optional body must have if any part of it was set.
    pub(crate) required_fields: &'static [&'static str],
    /// The media type of the body, unless `body` determines it.
    pub(crate) content_type: &'static str,
    /// The redirects that are results of the operation, and are not followed. The range 3XX is the
    /// key 3.
    pub(crate) redirects: &'static [u16],
    /// The value of the header `Accept`: the media types of the operation's success responses.
    pub(crate) accept: &'static str,
    pub(crate) pagination: Option<Pagination>,
    /// Combinations of query parameters that the server rejects.
    pub(crate) conflicts: &'static [Conflict],
    /// Values of query parameters that the server rejects because of how they begin.
    pub(crate) rejected_prefixes: &'static [RejectedPrefix],
    /// The field of the JSON body that makes a request idempotent if it is set; empty if there is
    /// none.
    pub(crate) idempotent_if: &'static str,
    /// The statuses after which a request is never repeated. The range 5XX is the key 5.
    pub(crate) never_retry_after: &'static [u16],
    /// Pairs of a status and the index of its error body, for each status whose error body depends
    /// on the operation and for each status range that the operation declares. The range 4XX is the
    /// key 4, and any other status is the key 0.
    pub(crate) error_bodies: &'static [(u16, u8)],
}

impl Operation {
    /// The default values, some of which generated code overrides.
    pub(crate) const DEFAULT: Self = Self {
        id: "",
        method: Method::GET,
        path: "/",
        fixed_query: "",
        server: 0,
        security: &[],
        body: BodyKind::None,
        is_body_optional: false,
        required_fields: &[],
        content_type: "application/json",
        redirects: &[],
        accept: "application/json",
        pagination: None,
        conflicts: &[],
        rejected_prefixes: &[],
        idempotent_if: "",
        never_retry_after: &[],
        error_bodies: &[],
    };

    /// Returns true if a response with this status is a success response.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        let range = status.as_u16() / 100;
        let is_result = |redirect: &u16| *redirect == status.as_u16() || *redirect == range;
        status.is_success() || self.redirects.iter().any(is_result)
    }

    /// Returns the index of the error body for a status, which is a key of `error_bodies`.
    pub(crate) fn error_body(&self, status: u16) -> Option<u8> {
        let entry = self.error_bodies.iter().find(|entry| entry.0 == status);
        entry.map(|entry| entry.1)
    }

    /// Returns true if other operations declare the status, but this one only a range that contains
    /// it, such as `default`.
    pub(crate) fn is_in_range_only(&self, status: u16) -> bool {
        self.error_body(status) == Some(u8::MAX)
    }
}

/// The kind of request body of an operation.
pub(crate) enum BodyKind {
    /// No body.
    None,
    /// A JSON object of the fields that were set.
    JsonObject,
    /// The fields that were set, as `application/x-www-form-urlencoded`.
    Form,
    /// The parts that were added, as `multipart/form-data`.
    Multipart,
    /// A body that is set as a whole; no body if it was not set.
    Raw,
}

/// The pagination of an operation.
pub(crate) struct Pagination {
    /// The path to the array of items in the response; empty if the response is the array.
    pub(crate) items: &'static [&'static str],
    pub(crate) inputs: PageInputs,
}

/// The query parameter that selects the next page.
pub(crate) enum PageInputs {
    /// A cursor from the previous page.
    Cursor {
        name: &'static str,
        next: NextCursor,
        /// The parameter for the page number. It selects the pages of a request that has parameters
        /// that the server rejects together with the cursor.
        page: Option<&'static str>,
    },
    /// The page number, starting at 1.
    Page { name: &'static str },
    /// The number of items to skip.
    Offset { name: &'static str },
}

/// The path to the next cursor.
#[derive(Debug)]
pub(crate) enum NextCursor {
    /// A path in the last item of the page.
    LastItem(&'static [&'static str]),
    /// A path in the response body.
    Body(&'static [&'static str]),
}

/// Two query parameters that the server rejects together.
pub(crate) struct Conflict {
    pub(crate) name: &'static str,
    pub(crate) with: &'static str,
    /// The only value of `with` that is allowed together with `name`.
    pub(crate) unless: Option<&'static str>,
}

/// A prefix that a query parameter must not have.
pub(crate) struct RejectedPrefix {
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    /// The advice on what to pass instead. It continues a sentence after a colon.
    pub(crate) help: &'static str,
}
