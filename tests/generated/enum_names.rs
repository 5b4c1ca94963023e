//! Enum values are sent as the document writes them, by the type that it declares.

use crate::server::Server;
use enum_names::blocking::EnumNames;
use enum_names::models::{BeerGrade, BeerLimit, State};

fn client(server: &Server) -> EnumNames {
    EnumNames::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn values_of_several_types_keep_their_type() {
    let values: Vec<serde_json::Value> = BeerLimit::VALUES
        .iter()
        .map(BeerLimit::to_value)
        .collect();
    let text = serde_json::to_string(&values).unwrap();
    assert_eq!(text, r#"[1,"1","true",true,"x",2.5]"#);
    for (value, known) in values.into_iter().zip(BeerLimit::VALUES) {
        assert_eq!(&BeerLimit::from(value), known);
    }
}

#[test]
fn extensions_name_the_variants_only() {
    let server = Server::answering(204, &[], b"");
    let client = client(&server);
    let request = client.beers().add().state(State::BeingCooled);
    let request = request.grade(BeerGrade::High).hash(u64::MAX);
    request.limit(BeerLimit::String1).send().unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"state":1,"grade":20,"hash":18446744073709551615,"limit":"1"}"#
    );
}
