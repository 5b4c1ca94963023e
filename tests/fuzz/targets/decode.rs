//! Decodes a response, in calls and alone.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dub_sdk_tests::fuzz::decode(data));
