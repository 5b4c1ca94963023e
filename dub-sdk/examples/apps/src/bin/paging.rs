//! Reads all customers in several ways; see `dub_sdk_examples::paging`.

use dub_sdk::Dub;
use dub_sdk_examples::paging;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let dub = Dub::from_env()?;
    println!("first name: {:?}", paging::first_name(&dub).await?);
    println!("emails: {:?}", paging::emails(&dub, 10).await?);
    let (countries, unreadable) = paging::countries(&dub).await?;
    println!("countries: {countries:?}, {unreadable} unreadable customers");
    paging::process_all(&dub, "GB", async |customer| {
        println!("from GB: {}", customer.id);
        Ok(())
    })
    .await
}
