//! Settings specific to Dub: its environment variables, the behavior of its servers, and the ids of
//! its customers.

use crate::generated::client::Dub;
use crate::runtime::{BuildClient, ClientBuilder, Error, Service};
use std::env::VarError;
use std::fmt;

/// The environment variable that holds the API key.
const API_KEY_VARIABLE: &str = "DUB_API_KEY";
/// The environment variable that holds the server URL.
const BASE_URL_VARIABLE: &str = "DUB_BASE_URL";

pub(crate) static SERVICE: Service = Service {
    // Dub assigns no request ids. The platform in front of it, Vercel, sets this header.
    request_id_header: "x-vercel-id",
    // Dub ignores `email=` and `externalId=`, so such a request would list all customers.
    reject_empty_query: true,
};

fn api_key_from_env() -> Result<String, Error> {
    match variable(API_KEY_VARIABLE)? {
        Some(key) if key.trim().is_empty() => {
            Err(Error::config("environment variable `DUB_API_KEY` is empty"))
        }
        Some(key) => Ok(key),
        None => Err(Error::config(
            "environment variable `DUB_API_KEY` is not set",
        )),
    }
}

/// Returns the value of an environment variable; `None` if it is not set.
fn variable(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::config(format!(
            "environment variable `{name}` is not valid UTF-8"
        ))),
    }
}

/// Sets the server URL of a builder to that of the environment, if there is one.
fn with_base_url<T: BuildClient>(builder: ClientBuilder<T>) -> Result<ClientBuilder<T>, Error> {
    match variable(BASE_URL_VARIABLE)? {
        Some(url) if url.is_empty() => Err(Error::config(
            "environment variable `DUB_BASE_URL` is empty",
        )),
        Some(url) if !url.contains("://") => Err(Error::config(
            "environment variable `DUB_BASE_URL` must begin with `https://` or `http://`",
        )),
        Some(url) => Ok(builder.server_url(url)),
        None => Ok(builder),
    }
}

impl Dub {
    /// Creates a client with default settings and the API key in the environment variable
    /// `DUB_API_KEY`. If the variable `DUB_BASE_URL` is set, it is the server URL; see
    /// [`ClientBuilder::server_url`].
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if `DUB_API_KEY` is not set, is not valid UTF-8, is empty or
    /// contains a control character, if `DUB_BASE_URL` is not a valid server URL, or if the crate
    /// was built without a TLS feature.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Returns a builder for a client with the API key and the server URL of the environment, as
    /// [`from_env`](Self::from_env) reads them. Its methods change the other settings.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if `DUB_API_KEY` is not set or is not valid UTF-8, or if
    /// `DUB_BASE_URL` is empty or not valid UTF-8.
    pub fn builder_from_env() -> Result<ClientBuilder<Self>, Error> {
        with_base_url(Self::builder(api_key_from_env()?))
    }
}

#[cfg(feature = "blocking")]
impl crate::generated::client::blocking::Dub {
    /// Like [`crate::Dub::from_env`], for the blocking client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] in the same cases.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Like [`crate::Dub::builder_from_env`], for the blocking client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] in the same cases.
    pub fn builder_from_env() -> Result<ClientBuilder<Self>, Error> {
        with_base_url(Self::builder(api_key_from_env()?))
    }
}

/// The id of a customer, as the operations on customers take it in their path.
///
/// You can also pass a string: Dub's own id (`cus_...`), or your external id with the prefix
/// `ext_`.
///
/// ```
/// use dub_sdk::CustomerId;
///
/// assert_eq!(CustomerId::external("user-42").as_str(), "ext_user-42");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CustomerId(String);

impl CustomerId {
    /// Creates the id of the customer with this external id, by adding the prefix `ext_`. An empty
    /// id stays empty, so that sending a request with it returns [`Error::InvalidRequest`].
    pub fn external(id: impl AsRef<str>) -> Self {
        match id.as_ref() {
            "" => Self(String::new()),
            id => Self(format!("ext_{id}")),
        }
    }

    /// Returns the id as it is sent, before percent-encoding.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for CustomerId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
