//! The calls that are measured, with dub-sdk and written by hand, and the server that answers both.

pub mod handwritten;
pub mod server;

use dub_sdk::Dub;
use std::error::Error;
use std::hint::black_box;

/// What a call may end in: whatever went wrong, the measurement is void.
pub type Outcome = Result<(), Box<dyn Error>>;

/// The calls that are compared. The same one is made with dub-sdk and by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// One customer.
    Get,
    /// A page of 100 customers with all their fields.
    List,
}

/// Who makes the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    Sdk,
    Handwritten,
}

/// Both clients, ready for calls to one server.
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

/// The runtime of the measurements: one thread, so that nothing depends on where a task happens to run.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}
