//! Makes one call so and so often, for instructions to be counted: `calls URL get|list sdk|hand COUNT`.

use dub_sdk_benches::{Call, Clients, Outcome, Way, runtime};

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, call, way, count] = &arguments[..] else {
        return Err("usage: calls URL get|list sdk|hand COUNT".into());
    };
    let call = if call == "get" { Call::Get } else { Call::List };
    let way = if way == "sdk" { Way::Sdk } else { Way::ByHand };
    let count: u32 = count.parse()?;
    runtime()?.block_on(async {
        let clients = Clients::new(url)?;
        for _ in 0..count {
            clients.make(call, way).await?;
        }
        Ok(())
    })
}
