//! The measured API calls, with dub-sdk and in handwritten code, and a mock server for both.

pub mod handwritten;
pub mod server;

use dub_sdk::Dub;
use std::error::Error;
use std::hint::black_box;

/// The result of a call. Any error invalidates the measurement.
pub type Outcome = Result<(), Box<dyn Error>>;

/// The measured calls. Each is made with dub-sdk and with handwritten code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Get one customer.
    Get,
    /// List a page of 100 customers with all their fields.
    List,
}

/// The client that makes the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    Sdk,
    Handwritten,
}

/// Both clients, configured for the same server.
pub struct Clients {
    dub: Dub,
    handwritten: handwritten::Client,
}

impl Clients {
    pub fn new(url: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            dub: Dub::builder("dub_token").server_url(url).build()?,
            handwritten: handwritten::Client::new(url)?,
        })
    }

    pub async fn make(&self, call: Call, implementation: Implementation) -> Outcome {
        match (call, implementation) {
            (Call::Get, Implementation::Sdk) => {
                let get = self.dub.customers().get("cus_1");
                black_box(get.include_expanded_fields(true).send().await?);
            }
            (Call::List, Implementation::Sdk) => {
                let list = self.dub.customers().list().page_size(100);
                black_box(list.include_expanded_fields(true).send().await?);
            }
            (Call::Get, Implementation::Handwritten) => {
                black_box(self.handwritten.get("cus_1").await?);
            }
            (Call::List, Implementation::Handwritten) => {
                black_box(self.handwritten.list(100).await?);
            }
        }
        Ok(())
    }
}

/// Builds the runtime for the measurements. It has a single thread, so that results do not depend
/// on task scheduling.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}
