//! A schema with a discriminator, and those that extend it, form a union.

use crate::server::Server;
use serde_json::{Value, json};
use union_by_inheritance::blocking::UnionByInheritance;
use union_by_inheritance::models::{Circle, Drawing, Polygon, Shape, Triangle};

fn answering(body: &Value) -> (Server, UnionByInheritance) {
    let server = Server::answering_json(&body.to_string());
    let client = UnionByInheritance::builder()
        .server_url(server.url())
        .build()
        .unwrap();
    (server, client)
}

#[test]
fn each_type_is_read_by_its_tag() {
    let all = json!([
        {"kind": "plain", "colour": "red"},
        {"kind": "round", "radius": 2, "inside": {"kind": "square", "side": 1}},
        {"kind": "square", "side": 3, "corners": 4},
        {"kind": "Triangle", "corners": 3},
        {"kind": "star", "points": 5},
        {"colour": "blue"},
    ]);
    let (_server, client) = answering(&all);
    let shapes = client.shapes().list().send().unwrap();
    assert_eq!(serde_json::to_value(&shapes).unwrap(), all);
    let Shape::Shape(plain) = &shapes[0] else {
        panic!("{:?}", shapes[0]);
    };
    assert_eq!(plain.colour.as_deref(), Some("red"));
    let Shape::Circle(circle) = &shapes[1] else {
        panic!("{:?}", shapes[1]);
    };
    assert_eq!(circle.radius, 2.0);
    assert!(matches!(circle.inside, Some(Shape::Square(_))));
    assert!(matches!(&shapes[2], Shape::Square(square) if square.corners == Some(4)));
    assert!(matches!(&shapes[3], Shape::Triangle(triangle) if triangle.corners == Some(3)));
    assert!(matches!(&shapes[4], Shape::Unknown(value) if value["points"] == 5));
    assert!(matches!(&shapes[5], Shape::Unknown(value) if value["colour"] == "blue"));
}

#[test]
fn maps_and_other_unions_contain_each_type() {
    let by_name = json!({"a": {"kind": "circle", "radius": 1}});
    let (_server, client) = answering(&by_name);
    let shapes = client.shapes().get_by_name().send().unwrap();
    assert!(matches!(shapes["a"], Shape::Circle(_)));
    for (kind, is_shape) in [("square", true), ("text", false)] {
        let (_server, client) = answering(&json!({"kind": kind, "side": 1, "text": "a"}));
        let drawing = client.shapes().get_drawing("1").send().unwrap();
        match drawing {
            Drawing::Shape(shape) => assert!(is_shape && matches!(*shape, Shape::Square(_))),
            Drawing::Text(_) => assert!(!is_shape),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn each_type_can_be_sent() {
    let answer = json!({"kind": "Polygon", "corners": 6});
    let (server, client) = answering(&answer);
    let mut circle = Circle::new("circle", 2.5);
    circle.neighbours = Some(vec![Triangle::new("Triangle").into()]);
    let polygon = client.shapes().create(circle.into()).send().unwrap();
    let request = server.request();
    assert_eq!(request.line, "POST /shapes");
    assert_eq!(
        request.text(),
        r#"{"kind":"circle","radius":2.5,"neighbours":[{"kind":"Triangle"}]}"#
    );
    assert!(matches!(polygon, Polygon::Polygon(polygon) if polygon.corners == Some(6)));
}
