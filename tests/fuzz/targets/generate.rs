//! Generates a crate from a document.

#![no_main]

use libfuzzer_sys::fuzz_mutator;

libfuzzer_sys::fuzz_target!(|data: &[u8]| dub_sdk_tests::fuzz::generate(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate(data, size, max_size, seed)
});
