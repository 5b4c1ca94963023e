//! Receives webhooks on port 3000; see `dub_sdk_examples::webhook_service`.

use anyhow::Context as _;
use dub_sdk::Webhook;
use dub_sdk_examples::webhook_service::{describe, router};
use tokio::sync::mpsc;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_env_filter("info").init();
    let secret = std::env::var("DUB_WEBHOOK_SECRET");
    let webhook = Webhook::new(secret.context("DUB_WEBHOOK_SECRET is not set")?)?;
    let (sender, mut events) = mpsc::channel(100);
    tokio::spawn(async move {
        while let Some(event) = events.recv().await {
            tracing::info!(id = event.id, "{}", describe(&event));
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    axum::serve(listener, router(webhook, sender)).await?;
    Ok(())
}
