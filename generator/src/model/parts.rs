//! The modules of the runtime that only some crates need.

use super::{Api, BodyFormat, Operation, ResponseBody, StreamFormat, Type};

/// A module of the runtime that a crate has only if its document needs it. `src/generated/mod.rs`
/// declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Strings of the format `byte`.
    Base64,
    /// Responses that a program receives in parts.
    BodyStream,
    /// Strings of the formats `date` and `time`.
    Date,
    /// Responses of events.
    EventStream,
    /// Arguments of the formats `uuid` and `decimal`.
    IntoText,
    /// Lists that are also read from a single value.
    OneOrMany,
    /// Responses in further media types.
    OtherFormat,
    /// Responses of JSON lines or of a JSON sequence.
    RecordStream,
    /// Request bodies and files that can be streams.
    StreamedBody,
}

impl Part {
    pub const ALL: [Self; 9] = [
        Self::Base64,
        Self::BodyStream,
        Self::Date,
        Self::EventStream,
        Self::IntoText,
        Self::OneOrMany,
        Self::OtherFormat,
        Self::RecordStream,
        Self::StreamedBody,
    ];

    /// Returns the name of the module, which is also that of its file or directory in the runtime.
    pub fn module(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::BodyStream => "body_stream",
            Self::Date => "date",
            Self::EventStream => "event_stream",
            Self::IntoText => "into_text",
            Self::OneOrMany => "one_or_many",
            Self::OtherFormat => "other_format",
            Self::RecordStream => "record_stream",
            Self::StreamedBody => "streamed_body",
        }
    }

    /// Returns the path of the module's file in the runtime.
    pub fn file(self) -> String {
        match self {
            Self::BodyStream | Self::EventStream | Self::RecordStream | Self::StreamedBody => {
                format!("{}/mod.rs", self.module())
            }
            _ => format!("{}.rs", self.module()),
        }
    }

    /// Returns true if a file of the runtime, by its path, belongs to the module.
    pub fn has_file(self, path: &str) -> bool {
        let rest = path.strip_prefix(self.module());
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    }

    /// Returns the names of its public items.
    pub fn items(self) -> &'static [&'static str] {
        match self {
            Self::Base64 => &["Base64", "InvalidBase64"],
            Self::BodyStream => &["BodyStream"],
            Self::Date => &["Date", "TimeOfDay"],
            Self::EventStream => &["AsEvents", "AsTextEvents", "Event", "EventOperation"],
            Self::IntoText => &["IntoText"],
            Self::OneOrMany => &["OneOrMany"],
            Self::OtherFormat => &["AsBytes", "AsJson", "AsText"],
            Self::RecordStream => &["AsItems", "ItemOperation"],
            Self::StreamedBody => &["Body"],
        }
    }

    /// Returns the names of the items that only the models use.
    fn internal_items(self) -> &'static [&'static str] {
        match self {
            Self::OneOrMany => &["ReadOneOrMany", "WriteOneOrMany"],
            _ => &[],
        }
    }

    /// Returns the part that defines an item of the runtime; `None` if every crate has the item.
    pub fn of_item(item: &str) -> Option<Self> {
        let mut parts = Self::ALL.into_iter();
        parts.find(|part| part.items().contains(&item) || part.internal_items().contains(&item))
    }
}

impl Api {
    /// Returns the parts of the runtime that the crate needs.
    pub fn runtime_parts(&self) -> Vec<Part> {
        let has = |test: fn(&Type) -> bool| self.all_types().any(|ty| ty.nested().any(test));
        let mut operations = self.resources.iter().flat_map(|one| &one.operations);
        let bodies = operations.clone().flat_map(success_bodies);
        let streams = |format| {
            let mut streams = bodies.clone().filter_map(|body| body.stream.as_ref());
            streams.any(|stream| stream.format == format)
        };
        let has_events = streams(StreamFormat::Events);
        let has_items = streams(StreamFormat::Items);
        let has_streams = has_events || has_items || bodies.clone().any(is_large);
        [
            (has(|ty| *ty == Type::Base64), Part::Base64),
            (has_streams, Part::BodyStream),
            (has(|ty| matches!(ty, Type::Date | Type::Time)), Part::Date),
            (has_events, Part::EventStream),
            (has(|ty| matches!(ty, Type::Formatted(_))), Part::IntoText),
            (has(|ty| matches!(ty, Type::OneOrMany(_))), Part::OneOrMany),
            (
                operations
                    .clone()
                    .any(|operation| !operation.other_formats.is_empty()),
                Part::OtherFormat,
            ),
            (has_items, Part::RecordStream),
            (
                operations.any(|operation| operation.streamed_content().is_some()),
                Part::StreamedBody,
            ),
        ]
        .into_iter()
        .filter_map(|(is_needed, part)| is_needed.then_some(part))
        .collect()
    }

    fn all_types(&self) -> impl Iterator<Item = &Type> {
        let operations = self.resources.iter().flat_map(|one| &one.operations);
        let types = self.types.iter().flat_map(|def| def.kind.types());
        types
            .chain(operations.flat_map(Operation::types))
            .chain(self.errors.types())
            .chain(self.webhooks.iter().map(|webhook| &webhook.ty))
    }
}

/// Returns the success bodies of an operation in all media types.
fn success_bodies(operation: &Operation) -> Vec<&ResponseBody> {
    let others = operation.other_formats.iter().map(|other| &other.body);
    let bodies = operation.success.responses();
    let bodies = bodies.filter_map(|one| one.body.as_ref());
    bodies.chain(others).collect()
}

/// Returns true for a body of bytes that may be too large for the memory. An image or a font is not:
/// a crate without any other body of bytes does not need the module. For the crate of Dub's document,
/// it would take 2 % of the time of `cargo check`.
fn is_large(body: &ResponseBody) -> bool {
    let media_type = body.media_type.to_ascii_lowercase();
    let is_small = media_type.starts_with("image/") || media_type.starts_with("font/");
    body.format == BodyFormat::Bytes && !is_small
}
