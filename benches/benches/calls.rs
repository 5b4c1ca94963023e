//! Time and allocations of API calls over loopback, with dub-sdk and in handwritten code.

#![allow(
    clippy::unwrap_used,
    reason = "a failed measurement must stop the benchmark"
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
    // Open the connection before the measurement.
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
