//! The deprecation note of an operation names its replacement.
#![deny(deprecated)]

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().create("user-42");
}

fn main() {}
