//! From a click to a customer who pays.
//!
//! - A click on a short link sets the cookie `dub_id` in the visitor's browser.
//! - `sign_up` reads the id of the click from the cookie and tracks a lead, which creates the
//!   customer. Calling it twice does no harm: Dub ignores the second lead.
//! - `paid` tracks a sale. The invoice id lets the client repeat the request after a failure, and
//!   prevents Dub from counting the sale twice.
//! - A response with the status 200 does not mean that Dub recorded something, so both functions
//!   check `is_recorded`.

use anyhow::ensure;
use dub_sdk::models::{Customer, TrackLeadMode};
use dub_sdk::{CustomerId, Dub, Error};

/// A user of the app.
pub struct User {
    /// The app's own id of the user, without spaces around it.
    pub id: String,
    pub name: String,
    pub email: String,
}

/// Returns the id of the click from the header `Cookie` of a request to the app.
pub fn click_id(cookies: &str) -> Option<&str> {
    let mut pairs = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, id) = pairs.find(|(name, _)| *name == "dub_id")?;
    Some(id).filter(|id| !id.is_empty())
}

/// Tracks the sign-up of a user who came through a link, and returns the customer.
///
/// # Errors
///
/// Returns the error of the first call that fails. Do not repeat the lead then, because Dub would
/// take it for a duplicate.
pub async fn sign_up(dub: &Dub, click_id: &str, user: &User) -> Result<Customer, Error> {
    let lead = dub
        .track()
        .lead(click_id, "Sign up", &user.id)
        .customer_name(&user.name)
        .customer_email(&user.email)
        // The user may pay at once.
        .mode(TrackLeadMode::Wait)
        .await?;
    if !lead.is_recorded() {
        println!("the sign-up of {} was tracked before", user.id);
    }
    // The response lacks Dub's own id of the customer.
    dub.customers().get(CustomerId::external(&user.id)).await
}

/// Tracks a payment in US dollars.
///
/// # Errors
///
/// Returns the error of the call, or an error if Dub recorded no sale although `cents` is not 0: the
/// user did not come through a link.
pub async fn paid(dub: &Dub, user_id: &str, cents: u32, invoice_id: &str) -> anyhow::Result<i64> {
    let sale = dub
        .track()
        .sale(user_id, cents)
        .invoice_id(invoice_id)
        .event_name("Invoice paid")
        .await?;
    // Dub does not record a sale of 0, for example an invoice that a discount covers.
    let is_expected = sale.is_recorded() || cents == 0;
    ensure!(is_expected, "Dub knows no customer `{user_id}`");
    Ok(sale.sale.map_or(0, |sale| sale.amount))
}

/// Runs the whole story and prints it.
///
/// # Errors
///
/// Returns the first error.
pub async fn run(dub: &Dub, cookies: &str, user: &User) -> anyhow::Result<Customer> {
    let Some(click_id) = click_id(cookies) else {
        anyhow::bail!("the visitor did not come through a link");
    };
    println!("click {click_id}");

    let customer = sign_up(dub, click_id, user).await?;
    println!("lead: {} is the customer {}", user.id, customer.id);

    let listed = dub.customers().list().external_id(&user.id).await?;
    let is_listed = listed.iter().any(|one| one.id == customer.id);
    println!("the list contains the customer: {is_listed}");

    let amount = paid(dub, &user.id, 9900, "invoice-1").await?;
    println!("sale: {amount} US cents");

    // Dub updates the totals shortly after the response to the sale, so a real program reads them
    // later.
    let customer = dub.customers().get(CustomerId::external(&user.id)).await?;
    println!(
        "the customer has {} sales of {} US cents",
        customer.sales.unwrap_or_default(),
        customer.sale_amount.unwrap_or_default()
    );
    Ok(customer)
}
