//! The values of a discriminator that select the schemas that extend another one.

use crate::server::Server;
use serde_json::{Value, json};
use union_by_inherited_tags::blocking::UnionByInheritedTags;
use union_by_inherited_tags::models::{
    Cat, Event, Flag, Job, OffFlag, Pet, PetBase, Plan, Level, TeamPlan,
};

fn answering(body: &Value) -> (Server, UnionByInheritedTags) {
    let server = Server::answering_json(&body.to_string());
    let client = UnionByInheritedTags::builder()
        .server_url(server.url())
        .build()
        .unwrap();
    (server, client)
}

#[test]
fn value_without_tag_is_the_base() {
    let (server, client) = answering(&json!({"name": "Rex"}));
    let cat = Cat::default();
    let pet = client.pets().put(cat.into()).send().unwrap();
    assert_eq!(server.request().text(), r#"{"petType":"Cat"}"#);
    assert!(matches!(pet, Pet::Pet(pet) if pet.name.as_deref() == Some("Rex")));

    let (server, client) = answering(&json!({"petType": "Dog"}));
    let mut base = PetBase::default();
    base.name = Some("Tom".to_owned());
    let pet = client.pets().put(base.into()).send().unwrap();
    assert_eq!(server.request().text(), r#"{"name":"Tom"}"#);
    assert!(matches!(pet, Pet::Dog(_)));
}

#[test]
fn integers_and_booleans_are_tags() {
    let (server, client) = answering(&json!({"level": 1, "note": "a"}));
    let plan = TeamPlan::new(Level::Value2, 3);
    let plan = client.pets().put_plan(plan.into()).send().unwrap();
    assert_eq!(server.request().text(), r#"{"level":2,"seats":3}"#);
    assert!(matches!(plan, Plan::BasicPlan(plan) if plan.note.as_deref() == Some("a")));

    let (server, client) = answering(&json!({"active": true, "since": "now"}));
    let flag = client.pets().put_flag(OffFlag::default().into()).send();
    assert_eq!(server.request().text(), r#"{"active":false}"#);
    assert!(matches!(flag.unwrap(), Flag::OnFlag(flag) if flag.since.as_deref() == Some("now")));
}

#[test]
fn values_of_the_enum_that_name_no_schema_are_the_base() {
    let (_server, client) = answering(&json!({"event": "user_deleted", "reason": "a"}));
    let event = client.pets().put_event(Event::default()).send().unwrap();
    assert!(matches!(event, Event::UserDeleted(_)));
    let (_server, client) = answering(&json!({"event": "unused", "at": "noon"}));
    let event = client.pets().put_event(Event::default()).send().unwrap();
    assert!(matches!(event, Event::Event(event) if event.at.as_deref() == Some("noon")));
}

#[test]
fn values_that_a_schema_declares_are_its_tags() {
    let (_server, client) = answering(&json!([
        {"action": "copy", "pages": 2},
        {"action": "mail", "to": "a"},
        {"action": "Job"},
    ]));
    let jobs = client.pets().list_jobs().send().unwrap();
    assert!(matches!(&jobs[0], Job::PaperJob(job) if job.pages == Some(2)));
    assert!(matches!(&jobs[1], Job::Mail(job) if job.to.as_deref() == Some("a")));
    assert!(matches!(&jobs[2], Job::Job(_)));
}
