//! A deprecated parameter says what to do instead.
#![deny(deprecated)]

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().list().page(2);
}

fn main() {}
