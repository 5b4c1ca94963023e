//! Which redirects are followed.
//!
//! Credentials go along with a redirect, so it must not lead to another origin: a server that is deceived, or that
//! deceives, would get them sent elsewhere. Nor may it turn a request into another one, as browsers do when a POST is
//! answered 302. What is not followed is given back as the response that it is, an error with its status.

use reqwest::header::LOCATION;
use reqwest::{Method, Response, StatusCode, Url};

/// How many redirects are followed, one after the other.
pub(super) const MAX_REDIRECTS: u32 = 10;

/// Where a response says that the request is to be sent instead; `None` when it says no such thing or must not be obeyed.
pub(super) fn target(method: &Method, server: &Url, response: &Response) -> Option<Url> {
    if !is_followed(method, response.status()) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    // An app's own HTTP client may have followed a redirect to another origin before, and stopped there.
    let current = response.url();
    let target = current.join(location).ok()?;
    let is_same_origin = |url: &Url| url.origin() == server.origin();
    (is_same_origin(current) && is_same_origin(&target)).then_some(target)
}

/// 307 and 308 ask for the very same request; the older ones do so only of those that read (RFC 9110, section 15.4).
fn is_followed(method: &Method, status: StatusCode) -> bool {
    match status.as_u16() {
        307 | 308 => true,
        301..=303 => matches!(*method, Method::GET | Method::HEAD),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_never_change_the_method() {
        for (method, status, followed) in [
            (Method::GET, 301, true),
            (Method::GET, 302, true),
            (Method::HEAD, 303, true),
            (Method::POST, 301, false),
            (Method::POST, 302, false),
            (Method::PATCH, 303, false),
            (Method::DELETE, 302, false),
            (Method::POST, 307, true),
            (Method::PATCH, 308, true),
            (Method::GET, 300, false),
            (Method::GET, 304, false),
            (Method::GET, 200, false),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(is_followed(&method, status), followed, "{method} {status}");
        }
    }
}
