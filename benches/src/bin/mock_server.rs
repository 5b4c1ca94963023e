//! The mock server as a process, so that its instructions are not counted with those of the calls.
//! It prints its URL and runs until its standard input is closed.

use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    println!("{}", dub_sdk_benches::server::start()?);
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new()).map(drop)
}
