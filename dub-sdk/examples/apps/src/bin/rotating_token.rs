//! Counts customers with a token that expires; see `dub_sdk_examples::rotating_token`.

use anyhow::Context as _;
use dub_sdk::Dub;
use dub_sdk_examples::rotating_token::{TokenServer, count};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let variable = |name| std::env::var(name).with_context(|| format!("variable `{name}`"));
    let server = TokenServer::new(variable("TOKEN_URL")?, variable("REFRESH_TOKEN")?);
    let dub = Dub::builder(server.token()).build()?;
    println!("{} customers on the first page", count(&dub).await?);
    Ok(())
}
