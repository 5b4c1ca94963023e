//! Decides which redirects are followed.
//!
//! A redirected request includes the credentials. A redirect to another origin is therefore not
//! followed: a malicious or compromised server could use it to send the credentials elsewhere.
//! A redirect that would change the method is not followed either, although browsers change a POST
//! to a GET after status 302. A redirect that is not followed is returned as an error response with
//! its status.

use reqwest::header::LOCATION;
use reqwest::{Method, Response, StatusCode, Url};

/// The maximum number of redirects that an attempt follows.
pub(super) const MAX_REDIRECTS: u32 = 10;

/// Returns the URL that a response redirects to; `None` if the response is not a redirect or must
/// not be followed.
pub(super) fn target(method: &Method, server: &Url, response: &Response) -> Option<Url> {
    if !is_followed(method, response.status()) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    // A custom HTTP client may already have followed a redirect to another origin itself.
    let current = response.url();
    let target = current.join(location).ok()?;
    let is_same_origin = |url: &Url| url.origin() == server.origin();
    (is_same_origin(current) && is_same_origin(&target)).then_some(target)
}

/// Returns true if a redirect with this status is certain to keep the method: with 307 and 308 for
/// every method, with 301, 302 and 303 only for GET and HEAD (RFC 9110, section 15.4).
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
