//! Runs a mock of Dub's server until it is interrupted, for trying the other programs.

use dub_sdk_examples::mock_server;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let url = mock_server::start().await?;
    println!("export DUB_API_KEY=dub_example DUB_BASE_URL={url}");
    std::future::pending().await
}
