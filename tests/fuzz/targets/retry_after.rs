//! Reads the delay that a response requests.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dub_sdk_tests::fuzz::retry_after(data));
