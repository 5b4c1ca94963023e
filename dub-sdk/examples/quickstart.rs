//! A first tour of the customers API: `cargo run --example quickstart`.
//!
//! If the environment variable `DUB_API_KEY` contains your API key, the example reads from Dub and
//! changes nothing. Otherwise it starts a small mock server on this machine, reads from it and
//! updates a customer there, so it runs without an account.

mod mock_server;

use dub_sdk::models::Customer;
use dub_sdk::{ApiError, Dub, Error};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    if std::env::var_os("DUB_API_KEY").is_some_and(|key| !key.is_empty()) {
        println!("Reading from Dub with the API key in DUB_API_KEY.");
        let dub = Dub::from_env()?;
        read_customers(&dub).await?;
        println!("Nothing was changed. Unset DUB_API_KEY to see an update on a mock server.");
        return Ok(());
    }
    let url = mock_server::start().await?;
    println!("DUB_API_KEY is not set: using a mock server at {url}.");
    let dub = Dub::builder("dub_example").server_url(url).build()?;
    read_customers(&dub).await?;
    Ok(update_customer(&dub).await?)
}

/// Reads a page, one customer, a customer that does not exist, and up to ten customers as a stream.
async fn read_customers(dub: &Dub) -> Result<(), Error> {
    let customers = dub.customers();

    let page = customers.list().page_size(2).send().await?;
    println!("\nThe first page has {} customers:", page.len());
    page.iter().for_each(show);

    if let Some(first) = page.first() {
        let customer = customers.get(&first.id).include_expanded_fields(true);
        let customer = customer.send().await?;
        println!("\nThe first of them, fetched by its id:");
        show(&customer);
        if let Some(link) = &customer.link {
            println!("    came through {}", link.short_link);
        }
    }

    println!("\nA customer that does not exist:");
    match customers.get("ext_nobody-has-this-id").send().await {
        Err(Error::Api(ApiError::NotFound(detail))) => {
            println!("  {}: {}", detail.code, detail.message);
        }
        Err(error) => return Err(error),
        Ok(customer) => show(&customer),
    }

    println!("\nUp to ten customers, fetched page by page:");
    let mut all = customers.list().page_size(2).stream();
    for _ in 0..10 {
        let Some(customer) = all.next().await else {
            break;
        };
        show(&customer?);
    }
    Ok(())
}

/// Updates a customer of the mock server: sets a new name and removes the email address.
async fn update_customer(dub: &Dub) -> Result<(), Error> {
    let update = dub.customers().update("ext_user-1");
    let customer = update.name("Ada King").clear_email().send().await?;
    println!("\nAfter setting a new name and clearing the email address:");
    show(&customer);
    Ok(())
}

fn show(customer: &Customer) {
    let name = customer.name.as_deref().unwrap_or("(no name)");
    let email = customer.email.as_deref().unwrap_or("(no email)");
    println!("  {}  {name}  {email}", customer.id);
}
