//! The modules of the runtime that only some generated crates declare. Here they are compiled for
//! their tests, and so that they are formatted and linted like all other files.

#[path = "runtime/body_stream/mod.rs"]
pub(crate) mod body_stream;
#[path = "runtime/event_stream/mod.rs"]
pub(crate) mod event_stream;
#[path = "runtime/record_stream/mod.rs"]
pub(crate) mod record_stream;
#[path = "runtime/streamed_body/mod.rs"]
mod streamed_body;
