//! Masks secrets in the headers of a response.

use super::escape::Reader;
use super::{HIDDEN, List, Secret, Secrets, TextEnd, replaced};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

impl Secrets {
    /// Replaces all secrets in the values of headers, and renames the headers whose names contain a
    /// secret to `hidden`.
    pub(in crate::runtime) fn mask_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let spans = self.spans(value.as_bytes(), false);
            if spans.is_empty() {
                continue;
            }
            let masked = HeaderValue::from_bytes(&replaced(value.as_bytes(), &spans));
            // A value without its secrets stays valid.
            let mut masked = masked.unwrap_or(HeaderValue::from_static(HIDDEN));
            masked.set_sensitive(value.is_sensitive());
            *value = masked;
        }
        // Names are in lower case.
        let lowercase = self.to_lowercase();
        let is_secret = |name: &HeaderName| lowercase.occur_in_name(name.as_str().as_bytes());
        if headers.keys().any(is_secret) {
            let mut masked = HeaderMap::with_capacity(headers.len());
            for (name, value) in headers.iter() {
                let name = match is_secret(name) {
                    true => HeaderName::from_static("hidden"),
                    false => name.clone(),
                };
                masked.append(name, value.clone());
            }
            *headers = masked;
        }
    }

    fn to_lowercase(&self) -> Self {
        let secrets = self.0.iter().flat_map(|list| &list.secrets);
        let lowercase = secrets.map(|secret| Secret {
            bytes: secret.bytes.to_ascii_lowercase(),
            min_part: secret.min_part,
        });
        Self::from_list(lowercase.collect())
    }

    /// Returns true if a name contains one of these secrets, which are in lower case.
    fn occur_in_name(&self, name: &[u8]) -> bool {
        let find =
            |list: &List, reader: &mut Reader<'_>, at, _| list.whole(reader, at, TextEnd::Complete);
        !self
            .find_spans(name, Reader::ignoring_case, find)
            .is_empty()
    }
}
