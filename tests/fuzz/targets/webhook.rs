//! Verifies a signature and reads an event.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dub_sdk_tests::fuzz::webhook(data));
