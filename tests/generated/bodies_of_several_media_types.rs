//! A request body of several media types: each one has a method.

use crate::server::Server;
use bodies_of_several_media_types::FilePart;
use bodies_of_several_media_types::blocking::BodiesOfSeveralMediaTypes;

#[test]
fn each_media_type_has_a_method() {
    let server = Server::answering_json(r#"{"title": "Soup"}"#);
    let client = BodiesOfSeveralMediaTypes::builder()
        .server_url(server.url())
        .build()
        .unwrap();
    let recipes = client.recipes();
    recipes.save("1", "Soup").minutes(5).send().unwrap();
    let form = recipes.save_form("1", "Soup").minutes(5);
    form.send().unwrap();
    let photo = FilePart::new("a.png", "photo");
    recipes.save_multipart("1", photo).send().unwrap();
    recipes.save_xml("1", "<a/>").send().unwrap();
    recipes.save_text_xml("1", "<a/>").send().unwrap();
    recipes.save_text_plain("1", "a").send().unwrap();
    let saved = recipes.save_image("1", "image/webp", "b").send();
    assert_eq!(saved.unwrap().title, "Soup");

    let requests = server.requests();
    let types: Vec<_> = requests
        .iter()
        .map(|request| request.header("content-type").unwrap())
        .map(|media_type| media_type.split(" boundary").next().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data;",
            "application/xml",
            "text/xml",
            "text/plain",
            "image/webp",
        ]
    );
    assert!(requests.iter().all(|one| one.line == "POST /recipes/1"));
    assert_eq!(requests[0].text(), r#"{"title":"Soup","minutes":5}"#);
    assert_eq!(requests[1].text(), "title=Soup&minutes=5");
    assert_eq!(requests[3].text(), "<a/>");
}
