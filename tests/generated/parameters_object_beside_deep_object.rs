//! An object whose keys are parameters, beside a deep object with the name of one of the keys.

use crate::server::Server;
use parameters_object_beside_deep_object::blocking::ParametersObjectBesideDeepObject;
use parameters_object_beside_deep_object::models::{
    ListLettersCreated, ListLettersSort, ListLettersSortCreated,
};

#[test]
fn both_objects_are_sent() {
    let server = Server::answering(200, &[("content-type", "application/json")], b"[]");
    let mut created = ListLettersCreated::default();
    created.after = Some("2025-01-31".into());
    let mut sort = ListLettersSort::default();
    sort.created = Some(ListLettersSortCreated::Desc);
    ParametersObjectBesideDeepObject::builder()
        .server_url(server.url())
        .build()
        .unwrap()
        .letters()
        .list()
        .created(created)
        .sort(sort)
        .send()
        .unwrap();
    let line = server.request().line;
    assert_eq!(
        line,
        "GET /letters?created%5Bafter%5D=2025-01-31&created=desc"
    );
}
