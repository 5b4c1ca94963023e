//! Decides which redirects are followed.
//!
//! A redirected request includes the credentials. A redirect to another origin is therefore not
//! followed: a malicious or compromised server could use it to send the credentials elsewhere.
//! A redirect that would change the method is not followed either, although browsers change a POST
//! to a GET after status 302. A redirect that is not followed is returned as an error response with
//! its status, unless the operation declares it as its result.

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
    use crate::runtime::call::call;
    use crate::runtime::operation::Operation;
    use crate::runtime::request_parts::RequestParts;
    use crate::runtime::{BuildClient, Client, ClientBuilder, Error};
    use std::io::{Read, Write};
    use std::net::TcpListener;

    struct Plain(Client);

    impl BuildClient for Plain {
        fn from_client(client: Client) -> Result<Self, Error> {
            Ok(Self(client))
        }
    }

    /// Calls an operation of a server that sends one redirect within its origin.
    async fn call_redirected(operation: &'static Operation) -> Result<(u16, String), Error> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let _ = connection.read(&mut [0; 4096]);
            let response = b"HTTP/1.1 302 \r\nLocation: /next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            connection.write_all(response).unwrap();
        });
        let client: Plain = ClientBuilder::new(&crate::SERVICE, &[])
            .server_url(url)
            .retry(crate::RetryPolicy::none())
            .build()?;
        let mut call = call(client.0, RequestParts::new(operation));
        let response = std::future::poll_fn(|context| call.poll_response(context)).await;
        server.join().unwrap();
        let response = call.finish(response, |response| response.empty_as(()))?;
        let location = response.headers[LOCATION].to_str().unwrap();
        Ok((response.status.as_u16(), location.to_owned()))
    }

    #[test]
    fn declared_redirects_are_results() {
        static STATUS: Operation = Operation {
            redirects: &[303, 302],
            ..Operation::DEFAULT
        };
        static RANGE: Operation = Operation {
            redirects: &[3],
            ..Operation::DEFAULT
        };
        static OTHER: Operation = Operation {
            redirects: &[303],
            ..Operation::DEFAULT
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            for operation in [&STATUS, &RANGE] {
                let result = call_redirected(operation).await.unwrap();
                assert_eq!(result, (302, "/next".to_owned()));
            }
            // This redirect is followed, and nobody listens any more.
            assert!(call_redirected(&OTHER).await.is_err());
        });
    }

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
