//! A first tour of the customers: `cargo run --example quickstart`.
//!
//! With your key in `DUB_API_KEY` it reads from Dub and changes nothing there. Without, it starts a small stand-in
//! server on this machine and talks to that, changes included, so that it runs with no account.

mod mock_server;

use dub_sdk::models::Customer;
use dub_sdk::{ApiError, Dub, Error};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    if std::env::var_os("DUB_API_KEY").is_some_and(|key| !key.is_empty()) {
        println!("Talking to Dub, with the key in DUB_API_KEY.");
        let dub = Dub::from_env()?;
        read_customers(&dub).await?;
        println!("Nothing was changed. Unset DUB_API_KEY to see changes made to a stand-in.");
        return Ok(());
    }
    let url = mock_server::start().await?;
    println!("DUB_API_KEY is not set, so this talks to a stand-in for Dub at {url}.");
    let dub = Dub::builder("dub_example").server_url(url).build()?;
    read_customers(&dub).await?;
    Ok(update_customer(&dub).await?)
}

/// Reads: a page, one customer, one that does not exist, and all there are.
async fn read_customers(dub: &Dub) -> Result<(), Error> {
    let customers = dub.customers();

    let page = customers.list().page_size(2).send().await?;
    println!("\nThe first page has {} customers:", page.len());
    page.iter().for_each(show);

    if let Some(first) = page.first() {
        let customer = customers.get(&first.id).include_expanded_fields(true);
        let customer = customer.send().await?;
        println!("\nThe first of them, again:");
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

    println!("\nUp to ten customers, page after page:");
    let mut all = customers.list().page_size(2).stream();
    for _ in 0..10 {
        let Some(customer) = all.next().await else {
            break;
        };
        show(&customer?);
    }
    Ok(())
}

/// Changes a customer of the stand-in: a new name, and no email address any more.
async fn update_customer(dub: &Dub) -> Result<(), Error> {
    let update = dub.customers().update("ext_user-1");
    let customer = update.name("Ada King").clear_email().send().await?;
    println!("\nAfter a change of name, and with the email address cleared:");
    show(&customer);
    Ok(())
}

fn show(customer: &Customer) {
    let name = customer.name.as_deref().unwrap_or("(no name)");
    let email = customer.email.as_deref().unwrap_or("(no email)");
    println!("  {}  {name}  {email}", customer.id);
}
