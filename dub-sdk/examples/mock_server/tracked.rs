//! The track operations of the mock server, and the customers that they create.

use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The leads and sales that the server has recorded.
#[derive(Default)]
pub struct Tracked {
    customers: Mutex<Vec<Customer>>,
}

struct Customer {
    id: String,
    external_id: String,
    name: Value,
    email: Value,
    /// The names of the leads, in the form that identifies a duplicate.
    leads: Vec<String>,
    sales: Vec<Sale>,
}

struct Sale {
    invoice_id: Value,
    amount: i64,
    response: Value,
}

impl Tracked {
    /// Returns the response to a request about a tracked customer; `None` for any other request.
    pub fn respond(&self, method: &str, target: &str, body: &str) -> Option<String> {
        let body = || serde_json::from_str::<Value>(body).unwrap_or_default();
        match (method, target) {
            ("POST", "/track/lead") => Some(self.lead(&body()).to_string()),
            ("POST", "/track/sale") => Some(self.sale(&body()).to_string()),
            ("GET", _) => {
                let id = target.split('?').next()?.strip_prefix("/customers/ext_")?;
                Some(find(&mut self.lock(), id)?.json().to_string())
            }
            _ => None,
        }
    }

    /// Returns the tracked customers, the newest first.
    pub fn customers(&self) -> Vec<String> {
        let customers = self.lock();
        let newest = customers.iter().rev();
        newest.map(|customer| customer.json().to_string()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Customer>> {
        let customers = self.customers.lock();
        customers.unwrap_or_else(PoisonError::into_inner)
    }

    fn lead(&self, lead: &Value) -> Value {
        let mut customers = self.lock();
        let id = text(lead, "customerExternalId");
        if find(&mut customers, id).is_none() {
            let new = Customer {
                id: format!("cus_{}", customers.len() + 4),
                external_id: id.to_owned(),
                name: value(lead, "customerName"),
                email: value(lead, "customerEmail"),
                leads: Vec::new(),
                sales: Vec::new(),
            };
            customers.push(new);
        }
        let Some(customer) = find(&mut customers, id) else {
            return Value::Null;
        };
        let event = text(lead, "eventName").to_lowercase().replace(' ', "-");
        let is_duplicate = customer.leads.contains(&event);
        customer.leads.push(event);
        let link = json!({
            "id": "link_1", "domain": "dub.sh", "key": "try", "shortLink": "https://dub.sh/try",
            "url": "https://example.com", "partnerId": null, "programId": null, "tenantId": null,
            "externalId": null,
        });
        json!({
            "click": { "id": text(lead, "clickId") },
            "link": if is_duplicate { Value::Null } else { link },
            "customer": {
                "name": customer.name, "email": customer.email, "avatar": null,
                "externalId": customer.external_id,
            },
        })
    }

    fn sale(&self, sale: &Value) -> Value {
        let mut customers = self.lock();
        let invoice_id = value(sale, "invoiceId");
        let mut recorded = customers.iter().flat_map(|customer| &customer.sales);
        let repeated =
            recorded.find(|earlier| !invoice_id.is_null() && earlier.invoice_id == invoice_id);
        if let Some(earlier) = repeated {
            return earlier.response.clone();
        }
        let event = sale.get("eventName").cloned();
        let event = event.unwrap_or_else(|| "Purchase".into());
        let amount = sale.get("amount").and_then(Value::as_i64);
        let amount = amount.unwrap_or_default();
        let customer = find(&mut customers, text(sale, "customerExternalId"));
        let Some(customer) = customer.filter(|_| amount > 0) else {
            return json!({ "eventName": event, "customer": null, "sale": null });
        };
        let response = json!({
            "eventName": event,
            "customer": customer.json(),
            "sale": {
                "amount": amount, "currency": "usd", "paymentProcessor": "custom",
                "invoiceId": invoice_id, "metadata": null,
            },
        });
        customer.sales.push(Sale {
            invoice_id,
            amount,
            response: response.clone(),
        });
        response
    }
}

impl Customer {
    /// Returns the customer as the API returns it.
    fn json(&self) -> Value {
        let amount: i64 = self.sales.iter().map(|sale| sale.amount).sum();
        json!({
            "id": self.id, "externalId": self.external_id, "name": self.name, "email": self.email,
            "avatar": null, "createdAt": "2026-03-01T12:00:00.000Z", "sales": self.sales.len(),
            "saleAmount": amount,
        })
    }
}

fn find<'a>(customers: &'a mut [Customer], external_id: &str) -> Option<&'a mut Customer> {
    let mut customers = customers.iter_mut();
    customers.find(|customer| customer.external_id == external_id)
}

fn value(object: &Value, name: &str) -> Value {
    object.get(name).cloned().unwrap_or_default()
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}
