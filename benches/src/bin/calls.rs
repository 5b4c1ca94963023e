//! Repeats an API call, to count its instructions: `calls URL get|list sdk|hand COUNT`.

use dub_sdk_benches::{Call, Clients, Implementation, Outcome, runtime};

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, call, implementation, count] = &arguments[..] else {
        return Err("usage: calls URL get|list sdk|hand COUNT".into());
    };
    let call = if call == "get" { Call::Get } else { Call::List };
    let implementation = if implementation == "sdk" {
        Implementation::Sdk
    } else {
        Implementation::Handwritten
    };
    let count: u32 = count.parse()?;
    runtime()?.block_on(async {
        let clients = Clients::new(url)?;
        for _ in 0..count {
            clients.make(call, implementation).await?;
        }
        Ok(())
    })
}
