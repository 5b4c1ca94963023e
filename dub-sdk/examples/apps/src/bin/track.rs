//! Tracks a sign-up and a payment on a mock server; see `dub_sdk_examples::track`.

use dub_sdk::Dub;
use dub_sdk_examples::{mock_server, track};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let url = mock_server::start().await?;
    let dub = Dub::builder("dub_example").server_url(url).build()?;
    let user = track::User {
        id: "user-42".to_owned(),
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.com".to_owned(),
    };
    track::run(&dub, "theme=dark; dub_id=7PnOwNKSgkSTnZ5M", &user).await?;
    Ok(())
}
