//! Parses the events of a body of the type `text/event-stream`, as the HTML Standard of the WHATWG
//! defines (section 9.2.6, "Interpreting an event stream").

use std::collections::VecDeque;
use std::time::Duration;

/// The type of an event without the field `event`.
const DEFAULT_TYPE: &str = "message";

/// An event whose data is not decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RawEvent {
    /// The id that the server set last; `None` if there is none.
    pub(crate) id: Option<String>,
    /// The type.
    pub(crate) event: String,
    pub(crate) data: Vec<u8>,
    /// The reconnection delay, if the event sets it.
    pub(crate) retry: Option<Duration>,
}

/// An event or a line is larger than the limit.
#[derive(Debug, PartialEq)]
pub(crate) struct TooLarge;

/// A parser that receives the body in chunks of any size.
#[derive(Debug)]
pub(crate) struct EventParser {
    /// The maximum size of a line and of the data of an event, in bytes.
    limit: usize,
    /// The beginning of the current line.
    line: Vec<u8>,
    /// True before the end of the first line, which may begin with a byte order mark.
    is_first_line: bool,
    /// True after a CR. An LF that follows is part of the same line ending.
    has_cr: bool,
    /// The fields of the current event. Each line of its data ends with an LF.
    current: RawEvent,
    /// The id of the last event that was complete, which need not have data.
    last_id: Option<String>,
    /// The last reconnection delay that the server set.
    retry: Option<Duration>,
}

impl EventParser {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            is_first_line: true,
            has_cr: false,
            current: RawEvent::default(),
            last_id: None,
            retry: None,
        }
    }

    /// Returns the id with which a client asks for the events after those that it has.
    pub(crate) fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// Returns the delay before a reconnection that the server asks for.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Begins another body. An event that is not complete is lost; the last id is kept.
    pub(crate) fn restart(&mut self) {
        self.line.clear();
        self.is_first_line = true;
        self.has_cr = false;
        self.begin_event();
    }

    /// Parses a chunk and appends the events that it completes.
    pub(crate) fn feed(
        &mut self,
        chunk: &[u8],
        events: &mut VecDeque<RawEvent>,
    ) -> Result<(), TooLarge> {
        let mut rest = chunk;
        if let (true, [b'\n', after @ ..]) = (self.has_cr, rest) {
            rest = after;
        }
        if !chunk.is_empty() {
            self.has_cr = false;
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            let (line, ending) = rest.split_at(end);
            self.extend_line(line)?;
            rest = match ending {
                [b'\r', b'\n', after @ ..] => after,
                [b'\r'] => {
                    self.has_cr = true;
                    &[]
                }
                [_, after @ ..] => after,
                [] => &[],
            };
            self.end_line(events)?;
        }
        self.extend_line(rest)
    }

    fn extend_line(&mut self, part: &[u8]) -> Result<(), TooLarge> {
        self.line.extend_from_slice(part);
        match self.line.len() > self.limit {
            true => Err(TooLarge),
            false => Ok(()),
        }
    }

    fn end_line(&mut self, events: &mut VecDeque<RawEvent>) -> Result<(), TooLarge> {
        let mut buffer = std::mem::take(&mut self.line);
        let mut line = buffer.as_slice();
        if std::mem::take(&mut self.is_first_line) {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        if line.is_empty() {
            self.dispatch(events);
        } else {
            self.field(line)?;
        }
        // The memory is used again for the next line.
        buffer.clear();
        self.line = buffer;
        Ok(())
    }

    fn field(&mut self, line: &[u8]) -> Result<(), TooLarge> {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => {
                if self.current.data.len() + value.len() > self.limit {
                    return Err(TooLarge);
                }
                self.current.data.extend_from_slice(value);
                self.current.data.push(b'\n');
            }
            b"event" => self.current.event = lossy(value),
            b"id" if !value.contains(&0) => {
                self.current.id = Some(lossy(value)).filter(|id| !id.is_empty());
            }
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                // A number that is too large means for ever.
                let milliseconds = lossy(value).parse().unwrap_or(u64::MAX);
                self.current.retry = Some(Duration::from_millis(milliseconds));
                self.retry = self.current.retry;
            }
            // A comment has an empty name.
            _ => {}
        }
        Ok(())
    }

    /// Ends the current event. An event without data only sets the last id.
    fn dispatch(&mut self, events: &mut VecDeque<RawEvent>) {
        self.last_id.clone_from(&self.current.id);
        if self.current.data.pop().is_some() {
            if self.current.event.is_empty() {
                DEFAULT_TYPE.clone_into(&mut self.current.event);
            }
            events.push_back(std::mem::take(&mut self.current));
        }
        self.begin_event();
    }

    fn begin_event(&mut self) {
        self.current = RawEvent {
            id: self.last_id.clone(),
            ..RawEvent::default()
        };
    }
}

fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses a body that arrives in these chunks. Returns the id, the type, the data and the delay
    /// in milliseconds of each event.
    fn parse(chunks: &[&[u8]]) -> Vec<String> {
        let mut parser = EventParser::new(1_000);
        let mut events = VecDeque::new();
        for chunk in chunks {
            parser.feed(chunk, &mut events).unwrap();
        }
        let shown = events.into_iter().map(|event| {
            let id = event.id.as_deref().unwrap_or("-");
            let data = String::from_utf8_lossy(&event.data);
            let retry = event.retry.map(|delay| format!("|{}", delay.as_millis()));
            format!("{id}|{}|{data}{}", event.event, retry.unwrap_or_default())
        });
        shown.collect()
    }

    #[test]
    fn fields_are_parsed_as_the_standard_says() {
        for (body, expected) in [
            ("", &[][..]),
            ("data: a\n\n", &["-|message|a"][..]),
            ("data:a\n\n", &["-|message|a"]),
            ("data:  a\n\n", &["-|message| a"]),
            // The standard's own examples.
            (
                "data: YHOO\ndata: +2\ndata: 10\n\n",
                &["-|message|YHOO\n+2\n10"],
            ),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
                &["1|message|first event", "-|message|second event"],
            ),
            (
                "data\n\ndata\ndata\n\ndata:",
                &["-|message|", "-|message|\n"],
            ),
            (
                "data:test\n\ndata: test\n\n",
                &["-|message|test", "-|message|test"],
            ),
            // An event without data is not an event, but sets the id.
            ("event: x\nid: 7\n\ndata: a\n\n", &["7|message|a"]),
            (
                "id: 1\ndata: a\n\ndata: b\n\n",
                &["1|message|a", "1|message|b"],
            ),
            (
                "id: 1\ndata: a\n\nid:\ndata: b\n\n",
                &["1|message|a", "-|message|b"],
            ),
            (
                "id: 1\ndata: a\n\nid: \0\ndata: b\n\n",
                &["1|message|a", "1|message|b"],
            ),
            (
                "event: add\ndata: a\n\ndata: b\n\n",
                &["-|add|a", "-|message|b"],
            ),
            ("event:\ndata: a\n\n", &["-|message|a"]),
            ("retry: 15\ndata: a\n\n", &["-|message|a|15"]),
            ("retry: 15s\ndata: a\n\n", &["-|message|a"]),
            ("retry: -1\nretry:\ndata: a\n\n", &["-|message|a"]),
            ("Data: a\nother: b\n data: c\n:data: d\n\n", &[]),
            ("\u{feff}data: a\n\n", &["-|message|a"]),
            ("\u{feff}\u{feff}data: a\n\n", &[]),
            ("data: a\n\n\u{feff}data: b\n\n", &["-|message|a"]),
            ("data: \u{e4}\u{1f600}\n\n", &["-|message|\u{e4}\u{1f600}"]),
        ] {
            for ending in ["\n", "\r", "\r\n"] {
                let text = body.replace('\n', ending);
                assert_eq!(parse(&[text.as_bytes()]), expected, "{text:?}");
                for split in 0..=text.len() {
                    let (one, other) = text.as_bytes().split_at(split);
                    assert_eq!(parse(&[one, other]), expected, "{text:?} at {split}");
                }
                let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
                assert_eq!(parse(&bytes), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn line_endings_can_be_mixed() {
        let body = b"data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\rdata: e\r\r";
        let expected = ["-|message|a\nb\nc", "-|message|d", "-|message|e"];
        assert_eq!(parse(&[body]), expected);
    }

    #[test]
    fn event_is_returned_at_its_last_byte() {
        for body in ["data: a\n\n", "data: a\r\r", "data: a\r\n\r"] {
            assert_eq!(parse(&[body.as_bytes()]), ["-|message|a"]);
        }
    }

    #[test]
    fn lines_and_events_are_limited() {
        let feed = |limit, body: &str| {
            let mut events = VecDeque::new();
            let outcome = EventParser::new(limit).feed(body.as_bytes(), &mut events);
            (outcome.is_ok(), events.len())
        };
        assert_eq!(feed(10, "data: 1234\n\n"), (true, 1));
        assert_eq!(feed(10, "data: 12345"), (false, 0));
        assert_eq!(feed(10, "data: 1\n\ndata: 12345\n\n"), (false, 1));
        assert_eq!(feed(10, ": 123456789"), (false, 0));
        assert_eq!(feed(10, &"data: 123\n".repeat(9)), (false, 0));
        assert_eq!(feed(10, &"data: 123\n\n".repeat(9)), (true, 9));
    }

    #[test]
    fn another_body_continues_after_the_last_complete_event() {
        let mut parser = EventParser::new(100);
        let mut events = VecDeque::new();
        let body = b"id: 1\nretry: 5\ndata: a\n\nid: 2\ndata: b\r";
        parser.feed(body, &mut events).unwrap();
        assert_eq!(parser.last_id(), Some("1"));
        assert_eq!(parser.retry(), Some(Duration::from_millis(5)));
        parser.restart();
        parser.feed(b"\ndata: c\n\n", &mut events).unwrap();
        let all: Vec<_> = events
            .iter()
            .map(|event| (&*event.data, &event.id))
            .collect();
        let one = Some("1".to_owned());
        assert_eq!(all, [(&b"a"[..], &one), (b"c", &one)]);
    }
}
