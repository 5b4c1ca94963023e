//! A response of several media types: the caller chooses one, and `Accept` names it alone.

use crate::server::Server;
use responses_of_several_media_types::ApiError;
use responses_of_several_media_types::Error;
use responses_of_several_media_types::blocking::ResponsesOfSeveralMediaTypes;

fn client(server: &Server) -> ResponsesOfSeveralMediaTypes {
    ResponsesOfSeveralMediaTypes::builder()
        .server_url(server.url())
        .retry(responses_of_several_media_types::RetryPolicy::none())
        .build()
        .unwrap()
}

#[test]
fn caller_chooses_the_media_type() {
    let body = br#"[{"dishes": ["Soup"]}]"#;
    let server = Server::answering(200, &[("Content-Type", "text/csv")], body);
    let menus = client(&server).menus();
    let text = std::str::from_utf8(body).unwrap();
    let csv = menus.get().as_pdf(true).as_csv();
    assert_eq!(csv.send().unwrap(), text);
    let pdf = menus.get().as_application_pdf().send();
    assert_eq!(pdf.unwrap(), text);
    let drinks = menus.list_drinks().as_strong().send().unwrap();
    assert_eq!(drinks[0].dishes, ["Soup"]);
    assert!(menus.list_drinks().send().is_err());
    let requests = server.requests();
    let accepted: Vec<_> = requests
        .iter()
        .map(|request| request.header("accept").unwrap())
        .collect();
    assert_eq!(
        accepted,
        [
            "text/csv",
            "application/pdf",
            "application/vnd.drinks.strong+json",
            "application/json",
        ]
    );
    assert_eq!(requests[0].line, "GET /menu?as_pdf=true");
}

#[test]
fn error_is_typed_or_unexpected() {
    let error = |status, media_type, body: &str| {
        let headers = [("Content-Type", media_type)];
        let server = Server::answering(status, &headers, body.as_bytes());
        match client(&server).menus().get().send() {
            Err(Error::Api(error)) => error,
            other => panic!("{other:?}"),
        }
    };
    let problem = r#"{"title": "None"}"#;
    let typed = error(404, "application/problem+json", problem);
    assert!(matches!(typed, ApiError::NotFound(problem) if problem.title == "None"));
    let html = error(404, "text/html", "<b>None</b>");
    assert!(matches!(html, ApiError::Unexpected(_)));
    assert_eq!(html.body_text(), "<b>None</b>");
    let any = error(410, "application/json", problem);
    assert!(matches!(any, ApiError::Gone(problem) if problem.title == "None"));
    let text = error(503, "text/plain", "Closed");
    assert!(matches!(&text, ApiError::ServiceUnavailable(_)));
    assert_eq!(text.body_text(), "Closed");
}
