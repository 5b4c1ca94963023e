//! Only nullable fields have a `clear_` method.

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().update("cus_1").clear_external_id();
}

fn main() {}
