//! What an operation requires is an argument, so it cannot be forgotten.

#[allow(deprecated)]
fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().create();
}

fn main() {}
