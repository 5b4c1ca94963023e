//! Read-only properties are not sent and write-only ones are, at any depth.

use crate::server::Server;
use bodies_with_nested_read_only::blocking::BodiesWithNestedReadOnly;
use bodies_with_nested_read_only::models::{
    AdminInput, CreateTeamSettings, MemberInput, Robot, UserInput,
};
use std::collections::BTreeMap;

fn client(server: &Server) -> BodiesWithNestedReadOnly {
    BodiesWithNestedReadOnly::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

const USER: &str =
    r#"{"id":"u1","created":"2026-01-01T00:00:00Z","name":"Ada","stats":{"logins":3}"#;

#[test]
fn body_fields_lack_read_only_properties() {
    let server = Server::answering_json(&format!("{USER}}}"));
    let mut manager = UserInput::new("Bob", "secret");
    manager.manager = Some(Box::new(UserInput::new("Cy", "hidden")));
    let user = client(&server)
        .users()
        .create("Ada", "pass")
        .manager(manager)
        .send()
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"name":"Ada","password":"pass","manager":{"name":"Bob","password":"secret","manager":{"name":"Cy","password":"hidden"}}}"#
    );
    assert_eq!((user.id.as_str(), user.stats.logins), ("u1", 3));
    assert_eq!(user.password, None);
}

#[test]
fn items_and_compositions_lack_read_only_properties() {
    let server = Server::answering(204, &[], b"");
    let users = vec![UserInput::new("Ada", "pass")];
    client(&server).users().replace(users).send().unwrap();
    assert_eq!(
        server.request().text(),
        r#"[{"name":"Ada","password":"pass"}]"#
    );

    let server = Server::answering_json(&format!("{USER},\"level\":1,\"audited\":true}}"));
    let admin = AdminInput::new("Ada", "pass", 1);
    let admin = client(&server).users().create_admin(admin).send().unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"name":"Ada","password":"pass","level":1}"#
    );
    assert_eq!(admin.audited, Some(true));
}

#[test]
fn object_of_read_only_properties_is_not_sent() {
    let server = Server::answering(204, &[], b"");
    let owner = UserInput::new("Ada", "pass");
    let members = BTreeMap::from([
        (
            "a".to_owned(),
            MemberInput::from(UserInput::new("Bob", "b")),
        ),
        ("b".to_owned(), MemberInput::from(Robot::new("R2"))),
    ]);
    client(&server)
        .teams()
        .create(owner, CreateTeamSettings::new("dark"))
        .members(members)
        .send()
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"owner":{"name":"Ada","password":"pass"},"settings":{"theme":"dark"},"members":{"a":{"name":"Bob","password":"b"},"b":{"model":"R2"}}}"#
    );
}
