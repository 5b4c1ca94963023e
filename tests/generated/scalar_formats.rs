//! Unsigned integers, dates, times of day and base64, in requests and responses.

use crate::server::Server;
use scalar_formats::blocking::ScalarFormats;
use scalar_formats::models::Reading;
use scalar_formats::{Base64, Date};

fn client(server: &Server) -> ScalarFormats {
    ScalarFormats::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn parameters_have_their_formats() {
    let server = Server::answering_json(r#"{"day": "2026-01-31", "sum": 1, "raw": ""}"#);
    let request = client(&server).readings().get("2026-01-31");
    let request = request.after("12:30:00Z").count(7_u8).seed(u64::MAX);
    let request = request
        .token(b"\xfb\xff")
        .days(vec![Date::from("2026-01-30")]);
    let request = request
        .id("67e55044-10b1-426f-9247-bb680e5fe0c8")
        .price("1.50");
    request.page("https://a.example/?b").send().unwrap();
    assert_eq!(
        server.request().line,
        "GET /readings/2026-01-31?after=12%3A30%3A00Z&count=7&seed=18446744073709551615\
         &token=%2B%2F8%3D&days=2026-01-30&id=67e55044-10b1-426f-9247-bb680e5fe0c8&price=1.50\
         &page=https%3A%2F%2Fa.example%2F%3Fb"
    );
}

#[test]
fn bytes_are_base64_in_json() {
    let server = Server::answering_json("\"SGVsbG8\"");
    let client = client(&server);
    let readings = client.readings();
    let request = readings.put("2026-01-31", "2026-01-30", u64::MAX, b"Hello");
    let request = request.samples(u32::MAX).parts(vec![vec![1, 2, 3].into()]);
    let raw = request.send().unwrap();
    assert_eq!(raw.decode().unwrap(), b"Hello");
    assert_eq!(
        server.request().text(),
        r#"{"day":"2026-01-30","sum":18446744073709551615,"raw":"SGVsbG8=","samples":4294967295,"parts":["AQID"]}"#
    );
}

#[test]
fn models_can_be_sent() {
    let server = Server::answering(204, &[], b"");
    let mut reading = Reading::new("2026-01-31", u64::MAX, vec![255]);
    reading.at = Some("12:30:00Z".into());
    let client = client(&server);
    client
        .readings()
        .import(vec![reading])
        .send()
        .unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"items":[{"day":"2026-01-31","at":"12:30:00Z","sum":18446744073709551615,"raw":"/w=="}]}"#
    );
}

/// An unforeseen date or invalid base64 does not make the response undecodable.
#[test]
fn responses_are_read_leniently() {
    let server = Server::answering_json(
        r#"{"day": 20260131, "at": "noon", "sum": 18446744073709551615, "limit": 1.5e1,
            "above": 18446744073709551615, "positive": 9223372036854775808,
            "raw": "not base64!", "sums": {"a": 9223372036854775808}, "when": "2026-01-31"}"#,
    );
    let reading = client(&server)
        .readings()
        .get("today")
        .send()
        .unwrap();
    assert_eq!(reading.day.as_str(), "20260131");
    assert_eq!(reading.at.unwrap().as_str(), "noon");
    assert_eq!((reading.sum, reading.limit), (u64::MAX, Some(15)));
    assert_eq!(reading.above, Some(u64::MAX));
    assert_eq!(reading.positive, Some(1 << 63));
    assert_eq!(reading.raw, Base64::from_encoded("not base64!"));
    assert!(reading.raw.decode().is_err());
    assert_eq!(reading.sums.unwrap()["a"], 9_223_372_036_854_775_808);
}
