//! Serves customers on port 3000; see `dub_sdk_examples::axum_service`.

use anyhow::Context as _;
use dub_sdk::Dub;
use dub_sdk_examples::axum_service;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_env_filter("info").init();
    let dub = Dub::from_env()?;
    let checked = axum_service::check_key(&dub).await;
    checked.context("Dub does not accept the API key, or is unavailable")?;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    axum::serve(listener, axum_service::router(dub)).await?;
    Ok(())
}
