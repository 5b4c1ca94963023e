//! Requests as the mock server receives them.

/// A request as the mock server receives it.
pub struct Received {
    pub method: String,
    /// The path and the query, encoded.
    pub url: String,
    /// The names, in lower case, and the values.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let header = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }
}
