//! The mock server: it checks requests against the document and answers as told.

use super::case::Case;
use super::document::Contract;
use super::expected::ExpectedRequest;
use super::media_type::{essence, is_json};
use super::received::Received;
use super::request::problems;
use super::snippets::Call;
use dub_generator::model::{Api, Operation};
use std::sync::{Mutex, MutexGuard};
use tiny_http::{Header, Request, Response, Server, StatusCode};

/// A server on the loopback interface.
pub struct MockServer<'a> {
    server: Server,
    url: String,
    pub contract: &'a Contract,
    operations: &'a [&'a Operation],
    /// All operations of the document, of which one might have a more specific path.
    all: Vec<&'a Operation>,
    api: &'a Api,
    state: Mutex<State>,
}

/// A call, and the response to give.
#[derive(Clone)]
struct Exchange {
    /// The index of the operation.
    operation: usize,
    /// The locations of the inputs that the request contains.
    sent: Vec<String>,
    case: Case,
}

#[derive(Default)]
struct State {
    expected: Option<Exchange>,
    requests: usize,
    problems: Vec<String>,
}

impl<'a> MockServer<'a> {
    pub fn start(
        contract: &'a Contract,
        operations: &'a [&'a Operation],
        api: &'a Api,
    ) -> Result<Self, String> {
        let server = Server::http("127.0.0.1:0").map_err(|error| error.to_string())?;
        let address = server
            .server_addr()
            .to_ip()
            .ok_or("the server has no address")?;
        Ok(Self {
            server,
            url: format!("http://{address}"),
            contract,
            operations,
            all: api
                .resources
                .iter()
                .flat_map(|resource| &resource.operations)
                .collect(),
            api,
            state: Mutex::default(),
        })
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Answers requests until [`stop`](Self::stop) is called.
    pub fn serve(&self) {
        while let Ok(request) = self.server.recv() {
            self.answer(request);
        }
    }

    pub fn stop(&self) {
        self.server.unblock();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        match self.state.lock() {
            Ok(state) => state,
            Err(poisoned) => poisoned.into_inner(),
        }
    }

    /// Sets the call that is made next, and the response to give.
    pub fn prepare(&self, call: &Call, case: Case) {
        let exchange = Exchange {
            operation: call.operation,
            sent: call.sent.clone(),
            case,
        };
        *self.state() = State {
            expected: Some(exchange),
            ..State::default()
        };
    }

    /// Returns the problems of the requests since the last call of [`prepare`](Self::prepare).
    pub fn problems(&self) -> Vec<String> {
        let mut state = self.state();
        let requests = state.requests;
        let mut problems = std::mem::take(&mut state.problems);
        if requests > 1 {
            problems.push(format!("{requests} requests were sent"));
        }
        problems
    }

    fn answer(&self, mut request: Request) {
        let expected = self.state().expected.clone();
        let Some(Exchange {
            operation,
            sent,
            case,
        }) = expected
        else {
            return;
        };
        let received = received(&mut request);
        let mut found = match self.operations.get(operation) {
            Some(operation) => {
                let expected = ExpectedRequest::new(operation, &sent);
                problems(self.contract, &expected, &self.all, self.api, &received)
            }
            None => Vec::new(),
        };
        let accept = received.header("accept").unwrap_or("*/*");
        let content = accepted(accept, &case.contents);
        let is_success = (200..300).contains(&case.status);
        if content.is_none() && !case.contents.is_empty() && is_success {
            found.push(format!(
                "Accept: {accept} excludes the documented media types"
            ));
        }
        let content = content.or(json_or_first(&case.contents));
        {
            let mut state = self.state();
            state.requests += 1;
            state.problems.extend(found);
        }
        let body = content.map(|(_, body)| body.clone()).unwrap_or_default();
        let mut response = Response::from_data(body).with_status_code(StatusCode(case.status));
        let media_type = content.map(|(media_type, _)| media_type.as_bytes());
        let header = media_type.and_then(|name| Header::from_bytes("Content-Type", name).ok());
        if let Some(header) = header {
            response.add_header(header);
        }
        // The client reports a connection that breaks.
        let _ = request.respond(response);
    }
}

fn received(request: &mut Request) -> Received {
    let mut body = Vec::new();
    // A body that breaks off is reported as an invalid one.
    let _ = request.as_reader().read_to_end(&mut body);
    let header = |header: &Header| {
        let name = header.field.as_str().as_str().to_ascii_lowercase();
        (name, header.value.as_str().to_owned())
    };
    Received {
        method: request.method().to_string(),
        url: request.url().to_owned(),
        headers: request.headers().iter().map(header).collect(),
        body,
    }
}

type Content = (String, Vec<u8>);

/// Returns the content in the media type that the client accepts first.
fn accepted<'a>(accept: &str, contents: &'a [Content]) -> Option<&'a Content> {
    accept.split(',').find_map(|range| {
        let range = essence(range);
        if range == "*/*" {
            return json_or_first(contents);
        }
        let kind = range.strip_suffix('*');
        contents.iter().find(|(media_type, _)| {
            let media_type = essence(media_type);
            media_type == range || kind.is_some_and(|kind| media_type.starts_with(kind))
        })
    })
}

fn json_or_first(contents: &[Content]) -> Option<&Content> {
    let json = contents
        .iter()
        .find(|(media_type, _)| is_json(&essence(media_type)));
    json.or(contents.first())
}
