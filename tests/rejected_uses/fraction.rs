//! An integer parameter takes every integer type, but no fraction.

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().list().page_size(2.5);
}

fn main() {}
