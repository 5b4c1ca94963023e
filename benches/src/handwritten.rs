//! Handwritten API calls with reqwest and serde, as an app would write them: no retries, no typed
//! errors, no checks.

use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    pub id: String,
    pub external_id: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub avatar: Option<String>,
    pub country: Option<String>,
    pub stripe_customer_id: Option<String>,
    pub sales: Option<i64>,
    pub sale_amount: Option<i64>,
    pub created_at: String,
    pub first_sale_at: Option<String>,
    pub subscription_canceled_at: Option<String>,
    pub link: Option<Link>,
    pub program_id: Option<String>,
    pub partner: Option<Partner>,
    pub discount: Option<Discount>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    pub id: String,
    pub domain: String,
    pub key: String,
    pub short_link: String,
    pub url: String,
    pub program_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Partner {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub image: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Discount {
    pub id: String,
    pub amount: i64,
    pub r#type: DiscountType,
    pub max_duration: Option<i64>,
    pub coupon_id: Option<String>,
    pub coupon_test_id: Option<String>,
    pub description: Option<String>,
    pub partners_count: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DiscountType {
    Percentage,
    Flat,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListQuery {
    page_size: u32,
    include_expanded_fields: bool,
}

pub struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    pub fn new(url: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .user_agent("by-hand/1.0");
        Ok(Self {
            http: http.build()?,
            url: url.to_owned(),
        })
    }

    pub async fn get(&self, id: &str) -> reqwest::Result<Customer> {
        let url = format!("{}/customers/{id}", self.url);
        let request = self.http.get(url).bearer_auth("dub_token");
        let request = request.query(&[("includeExpandedFields", true)]);
        request.send().await?.error_for_status()?.json().await
    }

    pub async fn list(&self, page_size: u32) -> reqwest::Result<Vec<Customer>> {
        let url = format!("{}/customers", self.url);
        let query = ListQuery {
            page_size,
            include_expanded_fields: true,
        };
        let request = self.http.get(url).bearer_auth("dub_token").query(&query);
        request.send().await?.error_for_status()?.json().await
    }
}
