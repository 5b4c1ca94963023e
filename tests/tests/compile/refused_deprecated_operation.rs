//! A deprecated operation says what to do instead.
#![deny(deprecated)]

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().create("user-42");
}

fn main() {}
