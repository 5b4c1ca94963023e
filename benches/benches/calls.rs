//! Time and allocations of calls over loopback, with dub-sdk and written by hand.

#![allow(
    clippy::unwrap_used,
    reason = "a measurement that fails is to stop at once"
)]

use divan::{AllocProfiler, Bencher};
use dub_sdk_benches::{Call, Clients, Implementation, runtime, server};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn measure(bencher: Bencher<'_, '_>, call: Call, implementation: Implementation) {
    let runtime = runtime().unwrap();
    let clients = Clients::new(&server::start().unwrap()).unwrap();
    let make = || {
        runtime
            .block_on(clients.make(call, implementation))
            .unwrap()
    };
    // The connection is made before anything is measured.
    make();
    bencher.bench_local(make);
}

#[divan::bench(args = [Implementation::Sdk, Implementation::Handwritten], sample_count = 1000)]
fn get(bencher: Bencher<'_, '_>, implementation: Implementation) {
    measure(bencher, Call::Get, implementation);
}

#[divan::bench(args = [Implementation::Sdk, Implementation::Handwritten], sample_count = 1000)]
fn list_100(bencher: Bencher<'_, '_>, implementation: Implementation) {
    measure(bencher, Call::List, implementation);
}
