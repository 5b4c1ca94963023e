//! The deprecation note of a parameter names its replacement.
#![deny(deprecated)]

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().list().page(2);
}

fn main() {}
