//! Logs of calls: a subscriber that prints the spans and events of `dub-sdk` to standard error.
//!
//! - Enable the feature `tracing` of `dub-sdk`, and `env-filter` of `tracing-subscriber`.
//! - The level `debug` of the target `dub_sdk` shows successful calls and the span of each call. At
//!   `info`, only failures and retries appear.
//! - The variable `RUST_LOG` overrides the filter.
//! - A call's span is a child of the current span, here `sign_up`.
//!
//! Without the time, the program prints:
//!
//! ```text
//! DEBUG sign_up{user="user-1"}:call{operation="updateCustomer" method="PATCH" path="/customers/{id}" server="127.0.0.1:38921"}: dub_sdk: call succeeded attempts=1 status=200 elapsed_ms=1
//!  WARN call{operation="getCustomer" method="GET" path="/customers/{id}" server="127.0.0.1:38921"}: dub_sdk: call failed attempts=1 status=404 error="api" elapsed_ms=0
//!  INFO tracing_setup: looked for a customer exists=false
//! ```

use dub_sdk::{CustomerId, Dub, Error};
use tracing::Instrument as _;
use tracing_subscriber::EnvFilter;

/// Prints the logs of the program to standard error from now on.
pub fn init() {
    let filter = EnvFilter::try_from_default_env();
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info,dub_sdk=debug"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Records the name of a user who signed up. The call's span is a child of the span `sign_up`.
///
/// # Errors
///
/// Returns the error of the call.
pub async fn sign_up(dub: &Dub, user: &str, name: &str) -> Result<(), Error> {
    let span = tracing::info_span!("sign_up", user);
    let update = dub.customers().update(CustomerId::external(user));
    let update = update.name(name).send();
    update.instrument(span).await.map(drop)
}

/// Returns true if a customer exists. The call fails if it does not, which is logged as a warning.
///
/// # Errors
///
/// Returns any other error of the call.
pub async fn exists(dub: &Dub, user: &str) -> Result<bool, Error> {
    match dub.customers().get(CustomerId::external(user)).await {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}
