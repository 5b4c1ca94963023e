//! What the generator makes of documents: the committed crate, edits of its document, and refusals.

mod agreement;
mod committed;
mod edits;
mod refusals;
mod support;
