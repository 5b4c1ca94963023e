//! JSON Merge Patch (RFC 7396): null removes any optional property.

use crate::server::Server;
use bodies_of_merge_patch::blocking::BodiesOfMergePatch;

#[test]
fn every_optional_property_can_be_cleared() {
    let server = Server::answering(204, &[], b"");
    let client = BodiesOfMergePatch::builder()
        .server_url(server.url())
        .build()
        .unwrap();
    let gardens = client.gardens();
    let change = gardens.change("1", "Ada").clear_name().area(2.5);
    change.clear_trees().clear_note().send().unwrap();
    gardens
        .change_pond("1")
        .clear_fish()
        .owner("Ada")
        .send()
        .unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].text(),
        r#"{"owner":"Ada","name":null,"area":2.5,"trees":null,"note":null}"#
    );
    let media_type = Some("application/merge-patch+json");
    assert_eq!(requests[0].header("content-type"), media_type);
    assert_eq!(requests[1].text(), r#"{"fish":null,"owner":"Ada"}"#);
    assert_eq!(requests[1].header("content-type"), media_type);
}
