//! What is Dub's alone: where its token comes from, and how its servers differ from others.

use crate::generated::client::Dub;
use crate::runtime::{Error, Service};

/// The environment variable that holds the API key.
const API_KEY_VARIABLE: &str = "DUB_API_KEY";

pub(crate) static SERVICE: Service = Service {
    // Dub itself numbers no requests; this is the platform in front of it.
    request_id_header: "x-vercel-id",
    // Dub ignores `email=` and `externalId=`, and so would list every customer there is.
    reject_empty_query: true,
};

fn api_key_from_env() -> Result<String, Error> {
    std::env::var(API_KEY_VARIABLE).map_err(|error| match error {
        std::env::VarError::NotPresent => {
            Error::config("the environment variable DUB_API_KEY is not set")
        }
        std::env::VarError::NotUnicode(_) => {
            Error::config("the environment variable DUB_API_KEY is not UTF-8")
        }
    })
}

impl Dub {
    /// A client with default settings that takes its token from the environment variable `DUB_API_KEY`.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when the variable is not set, is empty, or cannot be sent in a header.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(api_key_from_env()?)
    }
}

#[cfg(feature = "blocking")]
impl crate::generated::client::blocking::Dub {
    /// See [`crate::Dub::from_env`].
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when the variable is not set, is empty, or cannot be sent in a header.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(api_key_from_env()?)
    }
}
