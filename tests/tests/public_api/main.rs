//! A snapshot of the public API of `dub-sdk`, so that a review shows every change to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic fails the test"
)]

mod definition;
mod implementations;
mod listing;
mod macros;
mod source;
mod surface;

use source::Source;
use std::path::Path;
use surface::Surface;

/// Lists the public items of the crate, as its source declares them: types with their public fields
/// and variants, methods, and implemented traits. It does not list implementations that only the
/// compiler knows: `Send`, `Sync` and other auto traits, and blanket implementations.
#[test]
fn public_api() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dub-sdk/src");
    let source = Source::read(&root);
    let surface = Surface::of(&source, "dub_sdk");
    let public_api = listing::print(&source, &surface);
    insta::assert_snapshot!(public_api);
}
