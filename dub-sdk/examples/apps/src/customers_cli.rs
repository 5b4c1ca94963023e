//! A command line program without async: `list` with filters and CSV output, `get` and `delete`.
//!
//! - It reads the API key from `DUB_API_KEY`. `DUB_BASE_URL` sets another server.
//! - `maybe` sets a filter only if its option is present.
//! - clap rejects an unknown sort field. The types of the crate are open: they accept every string,
//!   so that they can hold values that Dub adds later.
//! - Models cannot be written as CSV, because they omit absent fields. `Row` has all columns.
//! - Exit codes: 0 success, 1 the call failed, 2 invalid arguments or settings, 3 no such customer.

use anyhow::Context as _;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use dub_sdk::blocking::Dub;
use dub_sdk::models::{Customer, ListCustomersSortBy, ListCustomersSortOrder};
use serde::Serialize;
use std::io::Write;

/// Lists, shows and deletes customers in Dub.
#[derive(Parser)]
#[command(name = "customers_cli")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists customers.
    List(ListArguments),
    /// Shows one customer.
    Get {
        /// Dub's id (`cus_...`), or your own id with the prefix `ext_`.
        id: String,
    },
    /// Deletes a customer permanently.
    Delete {
        /// Dub's id (`cus_...`), or your own id with the prefix `ext_`.
        id: String,
    },
}

#[derive(Args)]
struct ListArguments {
    /// Only customers whose name, email address or id contains this string.
    #[arg(long)]
    search: Option<String>,
    /// Only customers from this country, such as `GB`.
    #[arg(long)]
    country: Option<String>,
    /// The field by which the list is sorted.
    #[arg(long, value_parser = sort_by())]
    sort_by: Option<ListCustomersSortBy>,
    /// Begin with the smallest or oldest value.
    #[arg(long)]
    ascending: bool,
    /// The maximum number of customers.
    #[arg(long)]
    limit: Option<usize>,
    /// Print CSV. The first line contains the names of the columns.
    #[arg(long)]
    csv: bool,
}

/// Parses a sort field. Without this parser, clap would use `From<String>`, which accepts every
/// string.
fn sort_by() -> impl TypedValueParser<Value = ListCustomersSortBy> {
    let values = [
        "createdAt",
        "saleAmount",
        "firstSaleAt",
        "subscriptionCanceledAt",
    ];
    PossibleValuesParser::new(values).try_map(|value| value.parse())
}

/// The columns of the CSV output.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    external_id: &'a str,
    name: Option<&'a str>,
    email: Option<&'a str>,
    sale_amount: Option<i64>,
    created_at: &'a str,
}

impl<'a> From<&'a Customer> for Row<'a> {
    fn from(customer: &'a Customer) -> Self {
        Self {
            id: &customer.id,
            external_id: &customer.external_id,
            name: customer.name.as_deref(),
            email: customer.email.as_deref(),
            sale_amount: customer.sale_amount,
            created_at: customer.created_at.as_str(),
        }
    }
}

/// Runs a command and writes its result to `out`.
///
/// # Errors
///
/// Returns an error if a call fails or `out` cannot be written. Its causes include the
/// `dub_sdk::Error` of the call.
pub fn run(dub: &Dub, arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    match &arguments.command {
        Command::List(arguments) => list(dub, arguments, out).context("cannot list customers"),
        Command::Get { id } => {
            let customer = dub.customers().get(id).send();
            let customer = customer.with_context(|| format!("cannot read `{id}`"))?;
            write_line(&customer, out)
        }
        Command::Delete { id } => {
            let deleted = dub.customers().delete(id).send();
            let deleted = deleted.with_context(|| format!("cannot delete `{id}`"))?;
            Ok(writeln!(out, "deleted {}", deleted.id)?)
        }
    }
}

fn list(dub: &Dub, arguments: &ListArguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let order = arguments.ascending.then_some(ListCustomersSortOrder::Asc);
    let request = dub
        .customers()
        .list()
        .maybe(arguments.search.as_ref(), |list, text| list.search(text))
        .maybe(arguments.country.as_ref(), |list, code| list.country(code))
        .maybe(arguments.sort_by.clone(), |list, field| list.sort_by(field))
        .maybe(order, |list, order| list.sort_order(order));
    let limit = arguments.limit.unwrap_or(usize::MAX);
    let mut customers = request.stream().take(limit);
    if !arguments.csv {
        return customers.try_for_each(|customer| write_line(&customer?, out));
    }
    let mut csv = csv::Writer::from_writer(out);
    for customer in customers {
        csv.serialize(Row::from(&customer?))?;
    }
    Ok(csv.flush()?)
}

fn write_line(customer: &Customer, out: &mut dyn Write) -> anyhow::Result<()> {
    let name = customer.name.as_deref().unwrap_or("-");
    let email = customer.email.as_deref().unwrap_or("-");
    Ok(writeln!(out, "{}\t{name}\t{email}", customer.id)?)
}

/// Returns the exit code for an error of [`run`].
pub fn exit_code(error: &anyhow::Error) -> u8 {
    use dub_sdk::Error;
    match error.downcast_ref::<Error>() {
        Some(Error::InvalidRequest(_) | Error::Config(_)) => 2,
        Some(error) if error.is_not_found() => 3,
        _ => 1,
    }
}
