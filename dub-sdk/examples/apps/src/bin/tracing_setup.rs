//! Makes a call that succeeds and one that fails, and logs both; see
//! `dub_sdk_examples::tracing_setup`.

use dub_sdk::Dub;
use dub_sdk_examples::{mock_server, tracing_setup};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_setup::init();
    // The program changes a customer, so it never uses Dub itself.
    let url = mock_server::start().await?;
    let dub = Dub::builder("dub_example").server_url(url).build()?;
    tracing_setup::sign_up(&dub, "user-1", "Ada King").await?;
    let exists = tracing_setup::exists(&dub, "nobody").await?;
    tracing::info!(exists, "looked for a customer");
    Ok(())
}
