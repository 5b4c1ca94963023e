//! Masks secrets in the headers of a response.

use super::search::Kind;
use super::{HIDDEN, Secrets};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

impl Secrets {
    /// Replaces all secrets in the values of headers, and renames the headers whose names contain a
    /// secret to `hidden`.
    pub(in crate::runtime) fn mask_headers(&self, headers: &mut HeaderMap) {
        let mut masked = HeaderMap::with_capacity(headers.len());
        for (name, value) in headers.iter() {
            let mut name = name.clone();
            if self
                .replaced(name.as_str().as_bytes(), Kind::Complete)
                .is_some()
            {
                name = HeaderName::from_static("hidden");
            }
            let mut value = value.clone();
            if let Some(shown) = self.replaced(value.as_bytes(), Kind::Complete) {
                let is_sensitive = value.is_sensitive();
                // A value without its secrets stays valid.
                let shown = HeaderValue::from_bytes(&shown);
                value = shown.unwrap_or(HeaderValue::from_static(HIDDEN));
                value.set_sensitive(is_sensitive);
            }
            masked.append(name, value);
        }
        *headers = masked;
    }
}
