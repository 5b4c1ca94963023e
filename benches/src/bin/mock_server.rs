//! Serves until its standard input ends: a process of its own, so that it is not counted with the calls.

use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    println!("{}", dub_sdk_benches::server::start()?);
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new()).map(drop)
}
