//! The rules of an operation on repeating its requests.

use super::RequestParts;
use crate::runtime::error::Error;

impl RequestParts {
    /// Records whether the request may be sent again after the server may have performed it. The
    /// fields of the body must still be there.
    pub(in crate::runtime) fn decide_idempotency(&mut self) {
        if self.limits.is_idempotent.is_none() {
            self.limits.is_idempotent =
                Some(self.method().is_idempotent() || self.has_idempotency_field());
        }
    }

    /// Returns true if the body has the field that makes the request idempotent. Null and an empty
    /// string do not identify a request.
    fn has_idempotency_field(&self) -> bool {
        let name = self.operation.idempotent_if;
        let value = self.body.get(name).or_else(|| self.extra_field_value(name));
        !name.is_empty() && value.is_some_and(|value| !matches!(value, b"null" | b"\"\"" | b""))
    }

    /// Returns true if the operation is never repeated after this error.
    pub(in crate::runtime) fn is_final(&self, error: &Error) -> bool {
        let Error::Api(response) = error else {
            return false;
        };
        let status = response.status().as_u16();
        let mut statuses = self.operation.never_retry_after.iter();
        statuses.any(|final_status| *final_status == status || *final_status == status / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::{BodyKind, Operation};
    use crate::runtime::{ErrorResponse, HeaderMap, Method, StatusCode};

    static PAY: Operation = Operation {
        method: Method::POST,
        body: BodyKind::JsonObject,
        idempotent_if: "key",
        never_retry_after: &[404, 5],
        ..Operation::DEFAULT
    };

    #[test]
    fn field_makes_a_request_idempotent() {
        type Set = fn(&mut RequestParts);
        let cases: [(Set, bool); 8] = [
            (|_| {}, false),
            (|parts| parts.field("other", "a"), false),
            (|parts| parts.field("key", "a"), true),
            (|parts| parts.field("key", &0), true),
            (|parts| parts.field("key", ""), false),
            (|parts| parts.field("key", &()), false),
            (|parts| parts.extra_field("key", "a"), true),
            (
                |parts| {
                    parts.field("key", "a");
                    parts.limits.is_idempotent = Some(false);
                },
                false,
            ),
        ];
        for (index, (set, expected)) in cases.into_iter().enumerate() {
            let mut parts = RequestParts::new(&PAY);
            set(&mut parts);
            parts.decide_idempotency();
            assert_eq!(parts.limits.is_idempotent, Some(expected), "case {index}");
        }
        let mut get = RequestParts::new(&Operation::DEFAULT);
        get.decide_idempotency();
        assert_eq!(get.limits.is_idempotent, Some(true));
    }

    #[test]
    fn final_statuses_and_ranges_end_a_call() {
        let parts = RequestParts::new(&PAY);
        for (status, expected) in [(404, true), (400, false), (429, false), (503, true)] {
            let status = StatusCode::from_u16(status).unwrap();
            let response = ErrorResponse::new(status, HeaderMap::new(), "");
            assert_eq!(parts.is_final(&Error::Api(response.into())), expected);
        }
        assert!(!parts.is_final(&Error::timeout("lost")));
    }
}
