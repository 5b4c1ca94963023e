//! Property tests of the parsers of streams. They are not part of the runtime, because generated
//! crates do not depend on `proptest`.

use crate::optional_runtime::event_stream::parser::{EventParser, RawEvent};
use crate::optional_runtime::record_stream::parser::{RecordParser, Separator};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::VecDeque;

/// A body of pieces that have a meaning, so that a random one contains events.
fn body() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&str] = &[
        "data", "id", "event", "retry", ":", ": ", "\r", "\n", "\r\n", "\n\n", "a", "7", "\0",
        "\u{feff}", "\u{e4}", "\u{1e}", "{", "}", "[", "]", "\"", "\\", " ",
    ];
    vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat().into_bytes())
}

/// Splits a body into chunks of these sizes, and the rest.
fn chunks<'a>(body: &'a [u8], sizes: &[usize]) -> Vec<&'a [u8]> {
    let mut rest = body;
    let mut chunks = Vec::new();
    for size in sizes {
        let (chunk, after) = rest.split_at((*size).min(rest.len()));
        chunks.push(chunk);
        rest = after;
    }
    chunks.push(rest);
    chunks
}

fn events(chunks: &[&[u8]]) -> (Vec<RawEvent>, Option<String>) {
    let mut parser = EventParser::new(1_000);
    let mut events = VecDeque::new();
    for chunk in chunks {
        parser.feed(chunk, &mut events).unwrap();
    }
    (events.into(), parser.last_id().map(str::to_owned))
}

fn records(separator: Separator, chunks: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut parser = RecordParser::new(separator, 1_000);
    let mut records = VecDeque::new();
    for chunk in chunks {
        parser.feed(chunk, &mut records).unwrap();
    }
    parser.finish(&mut records);
    records.into()
}

/// Parses the events of a whole body, one line after another.
fn expected_events(body: &str) -> Vec<(String, String)> {
    let body = body.strip_prefix('\u{feff}').unwrap_or(body);
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let mut events = Vec::new();
    let (mut kind, mut data) = (String::new(), Vec::new());
    let mut lines: Vec<_> = body.split('\n').collect();
    // The last line has no end.
    lines.pop();
    for line in lines {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "" if line.is_empty() => {
                let kind = std::mem::take(&mut kind);
                let data = std::mem::take(&mut data);
                if !data.is_empty() {
                    let kind = if kind.is_empty() { "message" } else { &kind };
                    events.push((kind.to_owned(), data.join("\n")));
                }
            }
            "data" => data.push(value.to_owned()),
            "event" => value.clone_into(&mut kind),
            _ => {}
        }
    }
    events
}

proptest! {
    #[test]
    fn events_do_not_depend_on_chunks(body in body(), sizes in vec(0..8_usize, 0..20)) {
        prop_assert_eq!(events(&chunks(&body, &sizes)), events(&[&body]));
    }

    #[test]
    fn events_are_those_of_the_standard(body in body()) {
        let text = std::str::from_utf8(&body).unwrap();
        let (found, _) = events(&[&body]);
        let found = found.into_iter().map(|event| {
            (event.event, String::from_utf8(event.data).unwrap())
        });
        prop_assert_eq!(found.collect::<Vec<_>>(), expected_events(text));
    }

    #[test]
    fn any_bytes_can_be_parsed(body in vec(any::<u8>(), 0..200), sizes in vec(0..8_usize, 0..20)) {
        let chunks = chunks(&body, &sizes);
        prop_assert_eq!(events(&chunks), events(&[&body]));
        for separator in [Separator::Line, Separator::Sequence] {
            prop_assert_eq!(records(separator, &chunks), records(separator, &[&body]));
        }
    }

    #[test]
    fn records_do_not_depend_on_chunks(body in body(), sizes in vec(0..8_usize, 0..20)) {
        for separator in [Separator::Line, Separator::Sequence] {
            let found = records(separator, &chunks(&body, &sizes));
            prop_assert_eq!(found, records(separator, &[&body]));
        }
    }
}
