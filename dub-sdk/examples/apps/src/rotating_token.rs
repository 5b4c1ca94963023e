//! A client whose token expires: it fetches an access token from a token server, and the next one
//! before the token expires.
//!
//! The client calls the provider when it needs a token. It keeps the token until shortly before
//! `expires_at`, and asks for another one if Dub responds with 401. Concurrent calls wait for the
//! same token. If the provider fails, the call returns `Error::Config` with the provider's error as
//! the cause.

use dub_sdk::reqwest::{self, header};
use dub_sdk::{AccessToken, Dub, Token};
use serde::Deserialize;
use serde_json::json;
use std::error::Error;
use std::time::{Duration, SystemTime};

/// The server that issues access tokens.
#[derive(Clone)]
pub struct TokenServer {
    http: reqwest::Client,
    url: String,
    refresh_token: String,
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    /// The number of seconds until the token expires.
    expires_in: u64,
}

impl TokenServer {
    /// Creates the client of a token server.
    pub fn new(url: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        Self {
            http: reqwest::Client::new(),
            url: url.into(),
            refresh_token: refresh_token.into(),
        }
    }

    /// Requests a new access token.
    async fn fetch(&self) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
        // Measure from before the request: the lifetime begins on the server.
        let begin = SystemTime::now();
        let request = self
            .http
            .post(&self.url)
            .header(header::CONTENT_TYPE, "application/json")
            .body(json!({ "refresh_token": self.refresh_token }).to_string());
        let response = request.send().await?.error_for_status()?;
        let token: TokenResponse = serde_json::from_slice(&response.bytes().await?)?;
        let expiry = begin + Duration::from_secs(token.expires_in);
        Ok(AccessToken::new(token.access_token).expires_at(expiry))
    }

    /// Returns a token that requests access tokens from this server.
    pub fn token(self) -> Token {
        Token::provider(move || {
            let server = self.clone();
            async move { server.fetch().await }
        })
    }
}

/// Returns the number of customers on the first page.
///
/// # Errors
///
/// Returns the error of the call, or `Error::Config` if there is no token.
pub async fn count(dub: &Dub) -> Result<usize, dub_sdk::Error> {
    Ok(dub.customers().list().await?.len())
}
