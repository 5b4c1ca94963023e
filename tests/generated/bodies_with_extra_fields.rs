//! Fields of an open object that the document does not declare can be sent and read.

use crate::server::Server;
use bodies_with_extra_fields::blocking::BodiesWithExtraFields;
use bodies_with_extra_fields::models::{Counters, Event, SetCountersRequest};

fn client(server: &Server) -> BodiesWithExtraFields {
    BodiesWithExtraFields::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn open_object_takes_fields_of_any_type() {
    let server = Server::answering_json(r#"{"name":"a","seats":4}"#);
    let event = client(&server)
        .events()
        .create("a")
        .extra_body_field("seats", 4)
        .extra_body_field("tags", ["x"])
        .send()
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"name":"a","seats":4,"tags":["x"]}"#
    );
    assert_eq!(event.additional_properties["seats"], 4);
}

#[test]
fn extra_field_alone_is_an_optional_body() {
    let server = Server::answering(204, &[], b"");
    let request = client(&server).events().annotate();
    request.extra_body_field("seats", 4).send().unwrap();
    assert_eq!(server.request().text(), r#"{"seats":4}"#);
}

#[test]
fn typed_fields_are_set_in_a_map() {
    let server = Server::answering(204, &[], b"");
    let mut counters = SetCountersRequest::new(3);
    counters
        .additional_properties
        .insert("clicks".to_owned(), 2);
    client(&server)
        .events()
        .set_counters(counters)
        .send()
        .unwrap();
    assert_eq!(server.request().text(), r#"{"total":3,"clicks":2}"#);

    let server = Server::answering(204, &[], b"");
    let mut counters = Counters::default();
    counters.additional_properties.insert("sales".to_owned(), 1);
    let request = client(&server).events().add_to_counters();
    request.body(counters).send().unwrap();
    assert_eq!(server.request().text(), r#"{"sales":1}"#);
}

#[test]
fn nested_open_object_has_a_map() {
    let server = Server::answering(204, &[], b"");
    let mut event = Event::new("a");
    event
        .additional_properties
        .insert("seats".to_owned(), 4.into());
    client(&server)
        .events()
        .create_closed()
        .nested(event)
        .send()
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"nested":{"name":"a","seats":4}}"#
    );
}
