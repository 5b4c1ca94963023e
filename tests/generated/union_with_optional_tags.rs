//! The tag of a union is optional in the types of its variants.

use crate::server::Server;
use serde_json::{Value, json};
use union_with_optional_tags::blocking::UnionWithOptionalTags;
use union_with_optional_tags::models::{Answer, Message, Notice, Page, Question, Source};

fn client(server: &Server) -> UnionWithOptionalTags {
    UnionWithOptionalTags::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn variants_write_their_tags() {
    let reply = r#"{"answer": {"role": "answer", "text": "No"}, "notice": {"text": "Late"}}"#;
    let server = Server::answering_json(reply);
    let messages: [Message; 2] = [Question::new("Why?").into(), Notice::new("Closed").into()];
    let request = client(&server).chats().create(messages);
    let source = Source::Page(Box::new(Page::new("/help")));
    let reply = request.source(source).send().unwrap();
    assert_eq!(reply.answer, Message::from(Answer::new("No")));
    // The type is used outside of the union, too, so it keeps the property.
    assert_eq!((reply.notice.role, reply.notice.text.as_str()), (None, "Late"));
    let body: Value = serde_json::from_slice(&server.request().body).unwrap();
    let expected = json!({
        "messages": [
            {"role": "question", "text": "Why?"},
            {"role": "notice", "text": "Closed"},
        ],
        "source": {"kind": "page", "url": "/help"},
    });
    assert_eq!(body, expected);
}

#[test]
fn value_without_tag_is_read_and_written_with_it() {
    for (read, written) in [
        (json!({"text": "a", "score": 3}), json!({"role": "answer", "text": "a", "score": 3})),
        (json!({"role": "notice", "text": "n"}), json!({"role": "notice", "text": "n"})),
        (json!({"role": "other", "text": "o"}), json!({"role": "other", "text": "o"})),
    ] {
        let message: Message = serde_json::from_value(read).unwrap();
        assert_eq!(serde_json::to_value(&message).unwrap(), written);
    }
}
