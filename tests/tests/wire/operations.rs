//! The operations behind one interface, for tests that apply to every operation.

use crate::support::CUSTOMER;
use crate::track::{LEAD, SALE};
use dub_sdk::{Dub, Error};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug)]
pub enum Operation {
    List,
    Create,
    Get,
    Update,
    Delete,
    Lead,
    Sale,
}

impl Operation {
    pub const ALL: [Self; 7] = [
        Self::List,
        Self::Create,
        Self::Get,
        Self::Update,
        Self::Delete,
        Self::Lead,
        Self::Sale,
    ];

    /// Calls the operation with the required arguments only and returns the response as JSON.
    pub async fn call(self, dub: &Dub) -> Result<Value, Error> {
        let customers = dub.customers();
        match self {
            Self::List => customers.list().send().await.map(|it| json!(it)),
            #[allow(deprecated)]
            Self::Create => customers.create("user-42").send().await.map(|it| json!(it)),
            Self::Get => customers.get("cus_1").send().await.map(|it| json!(it)),
            Self::Update => customers.update("cus_1").send().await.map(|it| json!(it)),
            Self::Delete => customers.delete("cus_1").send().await.map(|it| json!(it)),
            Self::Lead => {
                let lead = dub.track().lead("click_1", "Sign up", "user-42");
                lead.send().await.map(|it| json!(it))
            }
            Self::Sale => {
                let sale = dub.track().sale("user-42", 9900);
                sale.send().await.map(|it| json!(it))
            }
        }
    }

    /// Returns the status and body of a success response.
    pub fn success(self) -> (u16, String) {
        match self {
            Self::List => (200, format!("[{CUSTOMER}]")),
            Self::Create => (201, CUSTOMER.to_owned()),
            Self::Get | Self::Update => (200, CUSTOMER.to_owned()),
            Self::Delete => (200, r#"{"id":"cus_1"}"#.to_owned()),
            Self::Lead => (200, LEAD.to_owned()),
            Self::Sale => (200, SALE.to_owned()),
        }
    }
}
