//! A required field is an argument, so it cannot be omitted.

#[allow(deprecated)]
fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().create();
}

fn main() {}
