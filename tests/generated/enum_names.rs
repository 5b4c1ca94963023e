//! Enum values are sent as the document writes them, by the type that it declares.

use crate::server::Server;
use enum_names::blocking::EnumNames;
use enum_names::models::{AddBeerGrade, ListBeersLimit, State};

fn client(server: &Server) -> EnumNames {
    EnumNames::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn values_of_several_types_keep_their_type() {
    let values: Vec<serde_json::Value> = ListBeersLimit::VALUES
        .iter()
        .map(ListBeersLimit::to_value)
        .collect();
    let text = serde_json::to_string(&values).unwrap();
    assert_eq!(text, r#"[1,"1","true",true,"x",2.5]"#);
    for (value, known) in values.into_iter().zip(ListBeersLimit::VALUES) {
        assert_eq!(&ListBeersLimit::from(value), known);
    }
}

#[test]
fn extensions_name_the_variants_only() {
    let server = Server::answering(204, &[], b"");
    let client = client(&server);
    let request = client.beers().add_beer().state(State::BeingCooled);
    let request = request.grade(AddBeerGrade::High).hash(u64::MAX);
    request.limit(ListBeersLimit::String1).send().unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"state":1,"grade":20,"hash":18446744073709551615,"limit":"1"}"#
    );
}
