//! All pages of a list: as a collection, one by one, whole pages, and several at a time.
//!
//! - `validate` finds an invalid filter before the work begins, for example an empty string.
//! - `try_next` and `try_collect` are methods of the streams and need no other crate.
//! - The streams implement `Stream`, so the combinators of the `futures` crate work as well. This
//!   example uses `futures-util`, which is a part of it.
//! - A stream goes on after an error. `?` and the methods that begin with `try_` end at the first one.

use dub_sdk::models::Customer;
use dub_sdk::{Dub, Error};
use futures_util::{StreamExt as _, TryStreamExt as _};
use std::collections::BTreeMap;

/// The number of customers that are processed at a time.
const CONCURRENCY: usize = 4;

/// Returns all customers that match.
///
/// # Errors
///
/// Returns the first error.
pub async fn find(dub: &Dub, search: &str) -> Result<Vec<Customer>, Error> {
    let list = dub.customers().list().search(search);
    list.stream().try_collect().await
}

/// Returns the name of the first customer that has one. Requests no further pages.
///
/// # Errors
///
/// Returns the first error.
pub async fn first_name(dub: &Dub) -> Result<Option<String>, Error> {
    let mut customers = dub.customers().list().page_size(10).stream();
    while let Some(customer) = customers.try_next().await? {
        if customer.name.is_some() {
            return Ok(customer.name);
        }
    }
    Ok(None)
}

/// Saves each page with one call of `save`, such as one statement of a database.
///
/// # Errors
///
/// Returns the first error of the list or of `save`.
pub async fn save_pages(
    dub: &Dub,
    mut save: impl AsyncFnMut(Vec<Customer>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut pages = dub.customers().list().pages();
    while let Some(page) = pages.try_next().await? {
        save(page).await?;
    }
    Ok(())
}

/// Passes each customer from a country to `process`, up to four at a time.
///
/// # Errors
///
/// Returns the first error of the list or of `process`.
pub async fn process_all(
    dub: &Dub,
    country: &str,
    process: impl AsyncFn(Customer) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let list = dub.customers().list().country(country);
    list.validate()?;
    list.stream()
        .map_err(anyhow::Error::from)
        .try_for_each_concurrent(CONCURRENCY, |customer| process(customer))
        .await
}

/// Returns the number of customers by country, and the number of those that the crate cannot decode,
/// for example because Dub changed its API.
///
/// # Errors
///
/// Returns the first error that is not about a single customer.
pub async fn countries(dub: &Dub) -> Result<(BTreeMap<String, usize>, usize), Error> {
    let (mut countries, mut unreadable) = (BTreeMap::new(), 0);
    let mut customers = dub.customers().list().stream();
    while let Some(customer) = customers.next().await {
        match customer {
            Ok(customer) => {
                *countries
                    .entry(customer.country.unwrap_or_default())
                    .or_default() += 1
            }
            Err(Error::Decode(_)) => unreadable += 1,
            Err(error) => return Err(error),
        }
    }
    Ok((countries, unreadable))
}

/// Returns the email addresses of up to `limit` customers.
///
/// # Errors
///
/// Returns the first error.
pub async fn emails(dub: &Dub, limit: usize) -> Result<Vec<String>, Error> {
    let customers = dub.customers().list().stream();
    customers
        .try_filter_map(async |customer| Ok(customer.email))
        .take(limit)
        .try_collect()
        .await
}
