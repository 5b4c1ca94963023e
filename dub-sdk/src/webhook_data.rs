//! The data of webhooks' events, by the name of the event.

use crate::generated::webhooks::{
    Bounty, CommissionCreated, DiscountCode, EnrolledPartner, LeadCreated, LinkClicked,
    PartnerApplication, PartnersMerged, Payout, SaleCreated, WebhookLink,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The data of an event. The types are those of the module [`webhooks`](crate::webhooks), whose
/// fields are all optional: what Dub sends differs between its versions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WebhookData {
    /// `link.created`: a link was created.
    LinkCreated(Box<WebhookLink>),
    /// `link.updated`: a link was changed.
    LinkUpdated(Box<WebhookLink>),
    /// `link.deleted`: a link was deleted.
    LinkDeleted(Box<WebhookLink>),
    /// `link.clicked`: a link was clicked.
    LinkClicked(Box<LinkClicked>),
    /// `lead.created`: a lead was recorded.
    LeadCreated(Box<LeadCreated>),
    /// `sale.created`: a sale was recorded.
    SaleCreated(Box<SaleCreated>),
    /// `commission.created`: a partner earned a commission, or one was taken back.
    CommissionCreated(Box<CommissionCreated>),
    /// `partner.enrolled`: a partner joined your program.
    PartnerEnrolled(Box<EnrolledPartner>),
    /// `partner.application_submitted`: a partner applied to your program.
    PartnerApplicationSubmitted(Box<PartnerApplication>),
    /// `partner.merged`: two accounts of a partner became one.
    PartnerMerged(Box<PartnersMerged>),
    /// `payout.confirmed`: a payout was confirmed. Your response can move money, see [`Payout`].
    PayoutConfirmed(Box<Payout>),
    /// `bounty.created`: a bounty was created.
    BountyCreated(Box<Bounty>),
    /// `bounty.updated`: a bounty was changed.
    BountyUpdated(Box<Bounty>),
    /// `discount_code.created`: a discount code was created.
    DiscountCodeCreated(Box<DiscountCode>),
    /// `discount_code.deleted`: a discount code was deleted.
    DiscountCodeDeleted(Box<DiscountCode>),
    /// The data of an event that this version of the crate does not know, or that has an unexpected
    /// type ([`WebhookEvent::data_error`](crate::WebhookEvent::data_error)), as Dub sent it.
    Unknown(Value),
}

impl WebhookData {
    /// Reads the data of an event. The string is the reason why the data of a known event is
    /// `Unknown`.
    pub(crate) fn read(event: &str, data: Value) -> (Self, Option<String>) {
        let outcome = match event {
            "link.created" => typed(&data, Self::LinkCreated),
            "link.updated" => typed(&data, Self::LinkUpdated),
            "link.deleted" => typed(&data, Self::LinkDeleted),
            "link.clicked" => typed(&data, Self::LinkClicked),
            "lead.created" => typed(&data, Self::LeadCreated),
            "sale.created" => typed(&data, Self::SaleCreated),
            "commission.created" => typed(&data, Self::CommissionCreated),
            "partner.enrolled" => typed(&data, Self::PartnerEnrolled),
            "partner.application_submitted" => typed(&data, Self::PartnerApplicationSubmitted),
            "partner.merged" => typed(&data, Self::PartnerMerged),
            "payout.confirmed" => typed(&data, Self::PayoutConfirmed),
            "bounty.created" => typed(&data, Self::BountyCreated),
            "bounty.updated" => typed(&data, Self::BountyUpdated),
            "discount_code.created" => typed(&data, Self::DiscountCodeCreated),
            "discount_code.deleted" => typed(&data, Self::DiscountCodeDeleted),
            _ => return (Self::Unknown(data), None),
        };
        outcome.unwrap_or_else(|error| (Self::Unknown(data), Some(error)))
    }
}

type Outcome = Result<(WebhookData, Option<String>), String>;

fn typed<T: DeserializeOwned>(data: &Value, variant: fn(Box<T>) -> WebhookData) -> Outcome {
    match T::deserialize(data) {
        Ok(data) => Ok((variant(Box::new(data)), None)),
        Err(error) => Err(error.to_string()),
    }
}
