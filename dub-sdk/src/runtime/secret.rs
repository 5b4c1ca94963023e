//! Strings that are never shown.

use reqwest::header::HeaderValue;
use std::fmt;

/// A string that neither `Debug` nor an error shows.
#[derive(Clone, PartialEq)]
pub(super) struct Secret(pub(super) String);

impl Secret {
    /// Returns the value of a header that consists of a prefix and the secret; `None` if the secret
    /// contains a control character. `Debug` of the value does not show it.
    pub(super) fn header_value(&self, prefix: &str) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&format!("{prefix}{}", self.0)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}
