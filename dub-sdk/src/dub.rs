//! Settings specific to Dub: the environment variable for the API key, and the behavior of its
//! servers.

use crate::generated::client::Dub;
use crate::runtime::{Error, Service};

/// The environment variable that holds the API key.
const API_KEY_VARIABLE: &str = "DUB_API_KEY";

pub(crate) static SERVICE: Service = Service {
    // Dub assigns no request ids. The platform in front of it, Vercel, sets this header.
    request_id_header: "x-vercel-id",
    // Dub ignores `email=` and `externalId=`, so such a request would list all customers.
    reject_empty_query: true,
};

fn api_key_from_env() -> Result<String, Error> {
    std::env::var(API_KEY_VARIABLE).map_err(|error| match error {
        std::env::VarError::NotPresent => {
            Error::config("environment variable `DUB_API_KEY` is not set")
        }
        std::env::VarError::NotUnicode(_) => {
            Error::config("environment variable `DUB_API_KEY` is not valid UTF-8")
        }
    })
}

impl Dub {
    /// Creates a client with default settings and the API key in the environment variable
    /// `DUB_API_KEY`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if the variable is not set, is not valid UTF-8, is empty or
    /// contains a control character, or if the crate was built without a TLS feature.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(api_key_from_env()?)
    }
}

#[cfg(feature = "blocking")]
impl crate::generated::client::blocking::Dub {
    /// Like [`crate::Dub::from_env`], for the blocking client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if the variable is not set, is not valid UTF-8, is empty or
    /// contains a control character, or if the crate was built without a TLS feature.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(api_key_from_env()?)
    }
}
