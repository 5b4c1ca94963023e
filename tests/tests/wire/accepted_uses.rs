//! Contains the calls of the programs in `tests/rejected_uses`, which the compiler rejects, in their
//! correct form.
#![deny(deprecated)]

use dub_sdk::Dub;

fn requests(dub: &Dub) {
    let _ = dub
        .customers()
        .update("cus_1")
        .external_id("user-43")
        .clear_email();
    let _ = dub.customers().list().page_size(50).starting_after("cus_1");
    // Integers of every type.
    let ids = vec!["cus_1"; 50];
    let list = dub.customers().list();
    let _ = list
        .page_size(ids.len())
        .page_size(50_u64)
        .page_size(50_i64)
        .page_size(50_i32)
        .page_size(50_u8);
    #[allow(deprecated)]
    let _ = dub.customers().create("user-42").email("ada@example.com");
    #[allow(deprecated)]
    let _ = dub.customers().list().page(2);
}

#[test]
fn correct_uses_compile() {
    // The requests are only built, not sent.
    let builder = Dub::builder("dub_key").server_url("http://127.0.0.1:1");
    requests(&builder.build().unwrap());
}
