//! The direction in which a value is sent.

/// The direction in which a value is sent. It decides which properties can be required: those that
/// are `readOnly` are not sent in a request, and those that are `writeOnly` not in a response
/// (OpenAPI 3.0.3, "Fixed Fields" of the schema object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Request,
    Response,
}

impl Direction {
    /// Returns the keyword of the properties that are not sent in this direction.
    pub fn excluded_by(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Response => "writeOnly",
        }
    }
}
