//! Only what may be null can be cleared.

fn request(dub: &dub_sdk::Dub) {
    let _ = dub.customers().update("cus_1").clear_external_id();
}

fn main() {}
