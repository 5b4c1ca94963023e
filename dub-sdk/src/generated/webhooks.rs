// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! The payloads of webhooks: requests that the API sends to your server.
//!
//! All types implement `Default` and serde's `Serialize` and `Deserialize`, like those in
//! [`models`](crate::models).
//!
//! | webhook | payload |
//! |---|---|
//! | `link.created` | [`LinkEvent`] |
//! | `link.updated` | [`LinkEvent`] |
//! | `link.deleted` | [`LinkEvent`] |
//! | `link.clicked` | [`LinkClickedEvent`] |
//! | `lead.created` | [`LeadCreatedEvent`] |
//! | `sale.created` | [`SaleCreatedEvent`] |
//! | `commission.created` | [`CommissionCreatedEvent`] |
//! | `partner.enrolled` | [`PartnerEnrolledEvent`] |
//! | `partner.application_submitted` | [`PartnerApplicationSubmittedEvent`] |
//! | `partner.merged` | [`PartnerMergedEvent`] |
//! | `payout.confirmed` | [`PayoutConfirmedEvent`] |
//! | `bounty.created` | [`BountyEvent`] |
//! | `bounty.updated` | [`BountyEvent`] |
//! | `discount_code.created` | [`DiscountCodeEvent`] |
//! | `discount_code.deleted` | [`DiscountCodeEvent`] |

use crate::runtime::{Timestamp, object, string_enum};
use std::collections::BTreeMap;

/// The data of `bounty.created` and `bounty.updated`. Dub's document lacks these events.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Bounty {
    /// Dub's id of the bounty.
    pub id: Option<String>,
    /// The name of the bounty. `None` if there is none.
    pub name: Option<String>,
    /// The kind of bounty.
    pub r#type: Option<String>,
    /// The time at which the bounty begins (the name of the field is inferred).
    pub starts_at: Option<Timestamp>,
    /// The time at which the bounty ends (the name of the field is inferred). `None` if it does
    /// not.
    pub ends_at: Option<Timestamp>,
    /// The groups of partners that can earn the bounty.
    pub groups: Option<Vec<BountyGroup>>,
}

object! { Bounty {
    id: optional "id",
    name: optional "name",
    r#type: optional "type",
    starts_at: optional "startsAt",
    ends_at: optional "endsAt",
    groups: optional "groups",
} }

/// The body of `bounty.created` or `bounty.updated`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BountyEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `bounty.created` or `bounty.updated`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The bounty.
    pub data: Bounty,
}

object! { BountyEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// A group of partners.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BountyGroup {
    /// The id of the group.
    pub id: Option<String>,
}

object! { BountyGroup {
    id: optional "id",
} }

/// The data of `commission.created`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CommissionCreated {
    /// Dub's id of the commission.
    pub id: Option<String>,
    /// What the partner earned the commission for.
    pub r#type: Option<CommissionCreatedType>,
    /// The amount of the sale in cents. It is negative if a commission is taken back.
    pub amount: Option<i64>,
    /// What the partner earns, in cents. It is negative if a commission is taken back.
    pub earnings: Option<i64>,
    /// The currency of the amounts.
    pub currency: Option<String>,
    /// The status of the commission.
    pub status: Option<CommissionCreatedStatus>,
    /// The id of the invoice of the sale. `None` if there is none.
    pub invoice_id: Option<String>,
    /// A description. `None` if there is none.
    pub description: Option<String>,
    /// The number of clicks, leads or sales.
    pub quantity: Option<i64>,
    /// The id of the user who created the commission. `None` if Dub created it.
    pub user_id: Option<String>,
    /// The time at which the commission was created.
    pub created_at: Option<Timestamp>,
    /// The time of the last change.
    pub updated_at: Option<Timestamp>,
    /// The partner who earns the commission.
    pub partner: Option<WebhookPartner>,
    /// The customer. `None` for clicks and custom commissions, and absent for referrals.
    pub customer: Option<WebhookCustomer>,
    /// The link. `None` if there is none. Only newer versions of the server send it.
    pub link: Option<WebhookCommissionLink>,
}

object! { CommissionCreated {
    id: optional "id",
    r#type: optional "type",
    amount: optional_number "amount",
    earnings: optional_number "earnings",
    currency: optional "currency",
    status: optional "status",
    invoice_id: optional "invoiceId",
    description: optional "description",
    quantity: optional_number "quantity",
    user_id: optional "userId",
    created_at: optional "createdAt",
    updated_at: optional "updatedAt",
    partner: optional "partner",
    customer: optional "customer",
    link: optional "link",
} }

/// The body of `commission.created`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CommissionCreatedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `commission.created`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The commission.
    pub data: CommissionCreated,
}

object! { CommissionCreatedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The status of the commission.
#[derive(Clone)]
#[non_exhaustive]
pub enum CommissionCreatedStatus {
    /// The commission is not due yet.
    ///
    /// In the API: `pending`.
    Pending,
    /// The commission is part of a payout.
    ///
    /// In the API: `processed`.
    Processed,
    /// The commission is paid.
    ///
    /// In the API: `paid`.
    Paid,
    /// The sale was refunded.
    ///
    /// In the API: `refunded`.
    Refunded,
    /// The commission is a duplicate.
    ///
    /// In the API: `duplicate`.
    Duplicate,
    /// The commission is fraudulent.
    ///
    /// In the API: `fraud`.
    Fraud,
    /// The commission was canceled.
    ///
    /// In the API: `canceled`.
    Canceled,
    /// The commission is on hold. Only newer versions of the server send it.
    ///
    /// In the API: `hold`.
    Hold,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl CommissionCreatedStatus {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[
        Self::Pending,
        Self::Processed,
        Self::Paid,
        Self::Refunded,
        Self::Duplicate,
        Self::Fraud,
        Self::Canceled,
        Self::Hold,
    ];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Processed => "processed",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
            Self::Duplicate => "duplicate",
            Self::Fraud => "fraud",
            Self::Canceled => "canceled",
            Self::Hold => "hold",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(CommissionCreatedStatus);

/// What the partner earned the commission for.
#[derive(Clone)]
#[non_exhaustive]
pub enum CommissionCreatedType {
    /// A click.
    ///
    /// In the API: `click`.
    Click,
    /// A lead.
    ///
    /// In the API: `lead`.
    Lead,
    /// A sale.
    ///
    /// In the API: `sale`.
    Sale,
    /// Another partner whom the partner referred.
    ///
    /// In the API: `referral`.
    Referral,
    /// Anything else.
    ///
    /// In the API: `custom`.
    Custom,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl CommissionCreatedType {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[
        Self::Click,
        Self::Lead,
        Self::Sale,
        Self::Referral,
        Self::Custom,
    ];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Click => "click",
            Self::Lead => "lead",
            Self::Sale => "sale",
            Self::Referral => "referral",
            Self::Custom => "custom",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(CommissionCreatedType);

/// The data of `discount_code.created` and `discount_code.deleted`. Dub's document of
/// 2026-06-05 lacks these events.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DiscountCode {
    /// Dub's id of the discount code.
    pub id: Option<String>,
    /// The code that customers enter.
    pub code: Option<String>,
    /// The id of the partner whose code it is.
    pub partner_id: Option<String>,
    /// The id of the partner's link.
    pub link_id: Option<String>,
    /// The time at which the code was disabled. `None` if it was not.
    pub disabled_at: Option<Timestamp>,
    /// The discount. `None` if it was deleted.
    pub discount: Option<DiscountCodeDiscount>,
}

object! { DiscountCode {
    id: optional "id",
    code: optional "code",
    partner_id: optional "partnerId",
    link_id: optional "linkId",
    disabled_at: optional "disabledAt",
    discount: optional "discount",
} }

/// The discount of a code.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DiscountCodeDiscount {
    /// Dub's id of the discount.
    pub id: Option<String>,
    /// The amount: percentage points or cents, depending on `type`.
    pub amount: Option<f64>,
    /// The unit of `amount`: `percentage` or `flat`.
    pub r#type: Option<String>,
    /// The number of months for which the discount applies. `None` means as long as the customer
    /// pays.
    pub max_duration: Option<i64>,
    /// The company in whose system the discount exists (inferred).
    pub provider: Option<String>,
}

object! { DiscountCodeDiscount {
    id: optional "id",
    amount: optional_number "amount",
    r#type: optional "type",
    max_duration: optional_number "maxDuration",
    provider: optional "provider",
} }

/// The body of `discount_code.created` or `discount_code.deleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DiscountCodeEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `discount_code.created` or `discount_code.deleted`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The discount code.
    pub data: DiscountCode,
}

object! { DiscountCodeEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The data of `partner.enrolled`: a partner who has joined your program. Dub often adds values
/// to the strings that name a status or a kind.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EnrolledPartner {
    /// Dub's id of the partner: `pn_` followed by random characters.
    pub id: Option<String>,
    /// The same id.
    pub partner_id: Option<String>,
    /// The partner's full name.
    pub name: Option<String>,
    /// The partner's user name. `None` if there is none.
    pub username: Option<String>,
    /// The partner's email address. `None` if Dub has none.
    pub email: Option<String>,
    /// The URL of the partner's picture. `None` if there is none.
    pub image: Option<String>,
    /// A description of the partner. `None` if there is none.
    pub description: Option<String>,
    /// The partner's country, a two-letter ISO 3166-1 code. `None` if unknown.
    pub country: Option<String>,
    /// The name of the partner's company. `None` for a person.
    pub company_name: Option<String>,
    /// The status of the partner in Dub's partner network, such as `approved`.
    pub network_status: Option<String>,
    /// How the partner is paid by default, such as `connect`. `None` if not chosen.
    pub default_payout_method: Option<String>,
    /// The email address of the partner at PayPal. `None` if there is none.
    pub paypal_email: Option<String>,
    /// The id of the partner in Stripe Connect. `None` if there is none.
    pub stripe_connect_id: Option<String>,
    /// The time at which the partner enabled payouts. `None` if the partner has not.
    pub payouts_enabled_at: Option<Timestamp>,
    /// The time at which the partner's identity was verified. `None` if it was not.
    pub identity_verified_at: Option<Timestamp>,
    /// The time since which Dub trusts the partner. `None` if it does not. Use `network_status`
    /// instead.
    pub trusted_at: Option<Timestamp>,
    /// The id of the program that the partner has joined.
    pub program_id: Option<String>,
    /// The id of the partner's group. `None` if there is no group.
    pub group_id: Option<String>,
    /// Your own id of the partner. `None` if there is none.
    pub tenant_id: Option<String>,
    /// The time at which the partner joined.
    pub created_at: Option<Timestamp>,
    /// The status of the partner in the program, such as `approved`.
    pub status: Option<String>,
    /// The partner's links in the program.
    pub links: Option<Vec<EnrolledPartnerLink>>,
    /// The tags of the partner.
    pub tags: Option<Vec<EnrolledPartnerTag>>,
    /// The id of the reward for clicks. `None` if there is none.
    pub click_reward_id: Option<String>,
    /// The id of the reward for leads. `None` if there is none.
    pub lead_reward_id: Option<String>,
    /// The id of the reward for sales. `None` if there is none.
    pub sale_reward_id: Option<String>,
    /// The id of the reward for referrals. `None` if there is none.
    pub referral_reward_id: Option<String>,
    /// The id of the discount of the partner's customers. `None` if there is none.
    pub discount_id: Option<String>,
    /// The id of the application to the program. `None` if there is none.
    pub application_id: Option<String>,
    /// The time at which the partner was banned. `None` if the partner is not.
    pub banned_at: Option<Timestamp>,
    /// The reason for it, such as `fraud`. `None` if the partner is not banned.
    pub banned_reason: Option<String>,
    /// The form for referrals, as Dub sends it.
    pub referral_form_data: Option<serde_json::Value>,
    /// The result of the review of the application, as Dub sends it.
    pub application: Option<serde_json::Value>,
    /// The number of clicks on the partner's links.
    pub total_clicks: Option<i64>,
    /// The number of leads through these links.
    pub total_leads: Option<i64>,
    /// The number of these leads who became paying customers.
    pub total_conversions: Option<i64>,
    /// The number of sales through these links, including recurring payments.
    pub total_sales: Option<i64>,
    /// The total amount of these sales in US cents.
    pub total_sale_amount: Option<i64>,
    /// The total commissions of the partner in US cents.
    pub total_commissions: Option<i64>,
    /// The amount of the sales without the commissions, in US cents.
    pub net_revenue: Option<i64>,
    /// The amount of the sales for each click, in US cents. `None` if there are no clicks.
    pub earnings_per_click: Option<f64>,
    /// The amount of the sales for each paying customer, in US cents. `None` if there are none.
    pub average_lifetime_value: Option<f64>,
    /// The percentage of the clicks that became leads, as Dub calculates it. `None` if there are no
    /// clicks.
    pub click_to_lead_rate: Option<f64>,
    /// The percentage of the clicks that became paying customers, as Dub calculates it. `None` if
    /// there are no clicks.
    pub click_to_conversion_rate: Option<f64>,
    /// The percentage of the leads who became paying customers, as Dub calculates it. `None` if
    /// there are no leads.
    pub lead_to_conversion_rate: Option<f64>,
    /// The amount of the sales for each cent of commission. `None` if there are no commissions.
    pub return_on_ad_spend: Option<f64>,
    /// The partner's website. `None` if there is none.
    pub website: Option<String>,
    /// The partner's name on YouTube. `None` if there is none.
    pub youtube: Option<String>,
    /// The partner's name on Twitter. `None` if there is none.
    pub twitter: Option<String>,
    /// The partner's name on LinkedIn. `None` if there is none.
    pub linkedin: Option<String>,
    /// The partner's name on Instagram. `None` if there is none.
    pub instagram: Option<String>,
    /// The partner's name on TikTok. `None` if there is none.
    pub tiktok: Option<String>,
}

object! { EnrolledPartner {
    id: optional "id",
    partner_id: optional "partnerId",
    name: optional "name",
    username: optional "username",
    email: optional "email",
    image: optional "image",
    description: optional "description",
    country: optional "country",
    company_name: optional "companyName",
    network_status: optional "networkStatus",
    default_payout_method: optional "defaultPayoutMethod",
    paypal_email: optional "paypalEmail",
    stripe_connect_id: optional "stripeConnectId",
    payouts_enabled_at: optional "payoutsEnabledAt",
    identity_verified_at: optional "identityVerifiedAt",
    trusted_at: optional "trustedAt",
    program_id: optional "programId",
    group_id: optional "groupId",
    tenant_id: optional "tenantId",
    created_at: optional "createdAt",
    status: optional "status",
    links: optional "links",
    tags: optional "tags",
    click_reward_id: optional "clickRewardId",
    lead_reward_id: optional "leadRewardId",
    sale_reward_id: optional "saleRewardId",
    referral_reward_id: optional "referralRewardId",
    discount_id: optional "discountId",
    application_id: optional "applicationId",
    banned_at: optional "bannedAt",
    banned_reason: optional "bannedReason",
    referral_form_data: optional "referralFormData",
    application: optional "application",
    total_clicks: optional_number "totalClicks",
    total_leads: optional_number "totalLeads",
    total_conversions: optional_number "totalConversions",
    total_sales: optional_number "totalSales",
    total_sale_amount: optional_number "totalSaleAmount",
    total_commissions: optional_number "totalCommissions",
    net_revenue: optional_number "netRevenue",
    earnings_per_click: optional_number "earningsPerClick",
    average_lifetime_value: optional_number "averageLifetimeValue",
    click_to_lead_rate: optional_number "clickToLeadRate",
    click_to_conversion_rate: optional_number "clickToConversionRate",
    lead_to_conversion_rate: optional_number "leadToConversionRate",
    return_on_ad_spend: optional_number "returnOnAdSpend",
    website: optional "website",
    youtube: optional "youtube",
    twitter: optional "twitter",
    linkedin: optional "linkedin",
    instagram: optional "instagram",
    tiktok: optional "tiktok",
} }

/// A link of a partner.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EnrolledPartnerLink {
    /// Dub's id of the link: `link_` followed by random characters.
    pub id: Option<String>,
    /// The host of the short link.
    pub domain: Option<String>,
    /// The path of the short link, without the leading slash.
    pub key: Option<String>,
    /// The complete short link.
    pub short_link: Option<String>,
    /// The destination URL.
    pub url: Option<String>,
    /// The number of clicks.
    pub clicks: Option<i64>,
    /// The number of leads.
    pub leads: Option<i64>,
    /// The number of leads who became paying customers. Test events from Dub's dashboard lack it.
    pub conversions: Option<i64>,
    /// The number of sales, including recurring payments.
    pub sales: Option<i64>,
    /// The total amount of the sales in US cents.
    pub sale_amount: Option<i64>,
}

object! { EnrolledPartnerLink {
    id: optional "id",
    domain: optional "domain",
    key: optional "key",
    short_link: optional "shortLink",
    url: optional "url",
    clicks: optional_number "clicks",
    leads: optional_number "leads",
    conversions: optional_number "conversions",
    sales: optional_number "sales",
    sale_amount: optional_number "saleAmount",
} }

/// A tag of a partner.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct EnrolledPartnerTag {
    /// The id of the tag.
    pub id: Option<String>,
    /// The name of the tag.
    pub name: Option<String>,
}

object! { EnrolledPartnerTag {
    id: optional "id",
    name: optional "name",
} }

/// The data of `lead.created`. A lead has no id of its own, and one with an `event_quantity` is
/// one event.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LeadCreated {
    /// The name of the event, such as `Sign up`.
    pub event_name: Option<String>,
    /// The customer.
    pub customer: Option<WebhookCustomer>,
    /// The click that is credited.
    pub click: Option<WebhookClick>,
    /// The link that is credited.
    pub link: Option<WebhookLink>,
    /// The partner of the link. `None` for a link without a partner. For sales without an earlier
    /// lead and for Shopify, it is also absent for links of partners.
    pub partner: Option<WebhookPartner>,
    /// The metadata of the event. `None` if there is none.
    pub metadata: Option<BTreeMap<String, serde_json::Value>>,
}

object! { LeadCreated {
    event_name: optional "eventName",
    customer: optional "customer",
    click: optional "click",
    link: optional "link",
    partner: optional "partner",
    metadata: optional "metadata",
} }

/// The body of `lead.created`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LeadCreatedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `lead.created`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The lead.
    pub data: LeadCreated,
}

object! { LeadCreatedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The data of `link.clicked`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LinkClicked {
    /// The click.
    pub click: Option<WebhookClick>,
    /// The link that was clicked.
    pub link: Option<WebhookLink>,
}

object! { LinkClicked {
    click: optional "click",
    link: optional "link",
} }

/// The body of `link.clicked`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LinkClickedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `link.clicked`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The click and the link.
    pub data: LinkClicked,
}

object! { LinkClickedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The body of `link.created`, `link.updated` or `link.deleted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LinkEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `link.created`, `link.updated` or `link.deleted`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The link.
    pub data: WebhookLink,
}

object! { LinkEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// An account of a partner.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MergedPartner {
    /// Dub's id of the partner: `pn_` followed by random characters.
    pub id: Option<String>,
    /// Your own id of the partner. `None` if there is none.
    pub tenant_id: Option<String>,
    /// The partner's email address. `None` if Dub has none.
    pub email: Option<String>,
}

object! { MergedPartner {
    id: optional "id",
    tenant_id: optional "tenantId",
    email: optional "email",
} }

/// A partner who applied to your program.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnerApplicant {
    /// Dub's id of the partner: `pn_` followed by random characters.
    pub id: Option<String>,
    /// The partner's full name.
    pub name: Option<String>,
    /// The name of the partner's company. `None` for a person.
    pub company_name: Option<String>,
    /// The partner's email address. `None` if Dub has none.
    pub email: Option<String>,
    /// The URL of the partner's picture. `None` if there is none.
    pub image: Option<String>,
    /// A description of the partner. `None` if there is none.
    pub description: Option<String>,
    /// The partner's country, a two-letter ISO 3166-1 code. `None` if unknown.
    pub country: Option<String>,
    /// The id of the partner's group. `None` if there is no group.
    pub group_id: Option<String>,
    /// The status of the partner in the program, such as `approved`.
    pub status: Option<String>,
    /// The partner's website. `None` if there is none.
    pub website: Option<String>,
    /// The partner's name on YouTube. `None` if there is none.
    pub youtube: Option<String>,
    /// The partner's name on Twitter. `None` if there is none.
    pub twitter: Option<String>,
    /// The partner's name on LinkedIn. `None` if there is none.
    pub linkedin: Option<String>,
    /// The partner's name on Instagram. `None` if there is none.
    pub instagram: Option<String>,
    /// The partner's name on TikTok. `None` if there is none.
    pub tiktok: Option<String>,
}

object! { PartnerApplicant {
    id: optional "id",
    name: optional "name",
    company_name: optional "companyName",
    email: optional "email",
    image: optional "image",
    description: optional "description",
    country: optional "country",
    group_id: optional "groupId",
    status: optional "status",
    website: optional "website",
    youtube: optional "youtube",
    twitter: optional "twitter",
    linkedin: optional "linkedin",
    instagram: optional "instagram",
    tiktok: optional "tiktok",
} }

/// The data of `partner.application_submitted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnerApplication {
    /// Dub's id of the application.
    pub id: Option<String>,
    /// The time of the application.
    pub created_at: Option<Timestamp>,
    /// The partner who applied.
    pub partner: Option<PartnerApplicant>,
    /// The answers in the form. `None` if there are none.
    pub application_form_data: Option<Vec<PartnerApplicationAnswer>>,
}

object! { PartnerApplication {
    id: optional "id",
    created_at: optional "createdAt",
    partner: optional "partner",
    application_form_data: optional "applicationFormData",
} }

/// An answer in the form of an application.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnerApplicationAnswer {
    /// The question.
    pub label: Option<String>,
    /// The answer. `None` if there is none.
    pub value: Option<String>,
}

object! { PartnerApplicationAnswer {
    label: optional "label",
    value: optional "value",
} }

/// The body of `partner.application_submitted`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnerApplicationSubmittedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `partner.application_submitted`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The application.
    pub data: PartnerApplication,
}

object! { PartnerApplicationSubmittedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The body of `partner.enrolled`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnerEnrolledEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `partner.enrolled`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The partner.
    pub data: EnrolledPartner,
}

object! { PartnerEnrolledEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The body of `partner.merged`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnerMergedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `partner.merged`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The accounts.
    pub data: PartnersMerged,
}

object! { PartnerMergedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The data of `partner.merged`: two accounts of a partner became one.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PartnersMerged {
    /// The account that no longer exists.
    pub source_partner: Option<MergedPartner>,
    /// The account that remains.
    pub target_partner: Option<MergedPartner>,
    /// True if the remaining account was part of your program before.
    pub target_already_enrolled: Option<bool>,
}

object! { PartnersMerged {
    source_partner: optional "sourcePartner",
    target_partner: optional "targetPartner",
    target_already_enrolled: optional "targetAlreadyEnrolled",
} }

/// The data of `payout.confirmed`. **Your response moves money** if the payout is external: a
/// status 2XX marks it as completed and its commissions as paid, and if all retries fail, it is
/// marked as failed. A redirect (3XX) counts as 2XX here. Dub's document lacks this event.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Payout {
    /// Dub's id of the payout.
    pub id: Option<String>,
    /// The id of Dub's invoice. `None` if there is none.
    pub invoice_id: Option<String>,
    /// The amount in cents.
    pub amount: Option<i64>,
    /// The currency: `USD`, in upper case.
    pub currency: Option<String>,
    /// The status of the payout.
    pub status: Option<String>,
    /// How the partner is paid: by Dub, or by you (external).
    pub mode: Option<String>,
    /// The payout method. `None` if unknown.
    pub method: Option<String>,
    /// The time at which the payout was created (the name of the field is inferred).
    pub created_at: Option<Timestamp>,
    /// The partner who is paid.
    pub partner: Option<PayoutPartner>,
}

object! { Payout {
    id: optional "id",
    invoice_id: optional "invoiceId",
    amount: optional_number "amount",
    currency: optional "currency",
    status: optional "status",
    mode: optional "mode",
    method: optional "method",
    created_at: optional "createdAt",
    partner: optional "partner",
} }

/// The body of `payout.confirmed`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PayoutConfirmedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `payout.confirmed`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The payout.
    pub data: Payout,
}

object! { PayoutConfirmedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The partner of a payout.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PayoutPartner {
    /// Dub's id of the partner: `pn_` followed by random characters.
    pub id: Option<String>,
    /// The partner's full name.
    pub name: Option<String>,
    /// The partner's email address. `None` if Dub has none.
    pub email: Option<String>,
    /// Your own id of the partner. `None` if there is none.
    pub tenant_id: Option<String>,
    /// The status of the partner in the program, such as `approved`.
    pub status: Option<String>,
}

object! { PayoutPartner {
    id: optional "id",
    name: optional "name",
    email: optional "email",
    tenant_id: optional "tenantId",
    status: optional "status",
} }

/// The data of `sale.created`. A sale has no id of its own.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SaleCreated {
    /// The name of the event, such as `Sign up`.
    pub event_name: Option<String>,
    /// The customer.
    pub customer: Option<WebhookCustomer>,
    /// The click that is credited.
    pub click: Option<WebhookClick>,
    /// The link that is credited.
    pub link: Option<WebhookLink>,
    /// The partner of the link. `None` for a link without a partner. For sales without an earlier
    /// lead and for Shopify, it is also absent for links of partners.
    pub partner: Option<WebhookPartner>,
    /// The metadata of the event. `None` if there is none, and always for Stripe and Shopify.
    pub metadata: Option<BTreeMap<String, serde_json::Value>>,
    /// The sale.
    pub sale: Option<WebhookSale>,
}

object! { SaleCreated {
    event_name: optional "eventName",
    customer: optional "customer",
    click: optional "click",
    link: optional "link",
    partner: optional "partner",
    metadata: optional "metadata",
    sale: optional "sale",
} }

/// The body of `sale.created`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SaleCreatedEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (inferred) and for all webhooks that receive the event: use it to recognize repeated
    /// deliveries.
    pub id: String,
    /// The name of the event: `sale.created`.
    pub event: String,
    /// The time at which Dub queued the event.
    pub created_at: Option<Timestamp>,
    /// The sale.
    pub data: SaleCreated,
}

object! { SaleCreatedEvent {
    id: required "id",
    event: required "event",
    created_at: optional "createdAt",
    data: required "data",
} }

/// The click on a short link.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookClick {
    /// The id of the click, the value of the cookie `dub_id`.
    pub id: Option<String>,
    /// The time of the click. In a sale, it is the time of the customer's first click, or else the
    /// time at which the customer was created.
    pub timestamp: Option<Timestamp>,
    /// The destination URL of the click.
    pub url: Option<String>,
    /// The two-letter country code; `Unknown` or empty if Dub does not know it.
    pub country: Option<String>,
    /// The city; `Unknown` or empty if Dub does not know it.
    pub city: Option<String>,
    /// The region; `Unknown` or empty if Dub does not know it.
    pub region: Option<String>,
    /// The code of the continent; `Unknown` or empty if Dub does not know it.
    pub continent: Option<String>,
    /// The kind of device, such as `Desktop`.
    pub device: Option<String>,
    /// The browser, such as `Chrome`.
    pub browser: Option<String>,
    /// The operating system, such as `Mac OS`.
    pub os: Option<String>,
    /// What caused the click. `None` if unknown.
    pub trigger: Option<String>,
    /// The host of the page with the link; `(direct)` if there is none.
    pub referer: Option<String>,
    /// The URL of the page with the link; `(direct)` if there is none.
    pub referer_url: Option<String>,
    /// True if the visitor scanned a QR code.
    pub qr: Option<bool>,
    /// The IP address of the visitor. It is empty for visitors from the EU.
    pub ip: Option<String>,
    /// The user agent of the visitor. Only newer versions of the server send it.
    pub ua: Option<String>,
}

object! { WebhookClick {
    id: optional "id",
    timestamp: optional "timestamp",
    url: optional "url",
    country: optional "country",
    city: optional "city",
    region: optional "region",
    continent: optional "continent",
    device: optional "device",
    browser: optional "browser",
    os: optional "os",
    trigger: optional "trigger",
    referer: optional "referer",
    referer_url: optional "refererUrl",
    qr: optional "qr",
    ip: optional "ip",
    ua: optional "ua",
} }

/// The link of a commission.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookCommissionLink {
    /// Dub's id of the link: `link_` followed by random characters.
    pub id: Option<String>,
    /// The complete short link.
    pub short_link: Option<String>,
    /// The host of the short link.
    pub domain: Option<String>,
    /// The path of the short link, without the leading slash.
    pub key: Option<String>,
}

object! { WebhookCommissionLink {
    id: optional "id",
    short_link: optional "shortLink",
    domain: optional "domain",
    key: optional "key",
} }

/// A customer in an event. It has the fields of `Customer`, but each of them can be absent.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookCustomer {
    /// Dub's own id of the customer: `cus_` followed by random characters, or an older id without
    /// the prefix.
    pub id: Option<String>,
    /// Your own id of the customer. It is an empty string if there is none.
    pub external_id: Option<String>,
    /// The customer's display name. In leads and sales, it is never null: it falls back to the
    /// email address, then to a random name that is different in each event.
    pub name: Option<String>,
    /// The customer's email address. `None` if there is none.
    pub email: Option<String>,
    /// The URL of a picture. `None` if there is none.
    pub avatar: Option<String>,
    /// The customer's country, a two-letter ISO 3166-1 code. It is absent in leads and sales.
    pub country: Option<String>,
    /// The customer's id in Stripe. `None` if there is none.
    pub stripe_customer_id: Option<String>,
    /// The number of sales. In `sale.created`, it does not contain the new sale, unless the sale
    /// came through Shopify.
    pub sales: Option<i64>,
    /// The total amount of the sales in US cents. In `sale.created`, it does not contain the new
    /// sale, unless the sale came through Shopify.
    pub sale_amount: Option<i64>,
    /// The time at which the customer was created.
    pub created_at: Option<Timestamp>,
    /// The time of the first sale. `None` if there has been none.
    pub first_sale_at: Option<Timestamp>,
    /// The time at which the customer canceled the subscription. `None` if the customer has not.
    pub subscription_canceled_at: Option<Timestamp>,
}

object! { WebhookCustomer {
    id: optional "id",
    external_id: optional "externalId",
    name: optional "name",
    email: optional "email",
    avatar: optional "avatar",
    country: optional "country",
    stripe_customer_id: optional "stripeCustomerId",
    sales: optional_number "sales",
    sale_amount: optional_number "saleAmount",
    created_at: optional "createdAt",
    first_sale_at: optional "firstSaleAt",
    subscription_canceled_at: optional "subscriptionCanceledAt",
} }

/// A short link in an event.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookLink {
    /// Dub's id of the link: `link_` followed by random characters.
    pub id: Option<String>,
    /// The host of the short link.
    pub domain: Option<String>,
    /// The path of the short link, without the leading slash.
    pub key: Option<String>,
    /// The destination URL.
    pub url: Option<String>,
    /// The complete short link.
    pub short_link: Option<String>,
    /// The URL of a QR code of the link.
    pub qr_code: Option<String>,
    /// Your own id of the link. `None` if there is none.
    pub external_id: Option<String>,
    /// Your own id of the tenant who created the link. `None` if there is none.
    pub tenant_id: Option<String>,
    /// The id of the partner program of the link. `None` if it belongs to none.
    pub program_id: Option<String>,
    /// The id of the partner whose link it is. `None` if it is not a partner's link.
    pub partner_id: Option<String>,
    /// The id of the link's folder. `None` if it is in none.
    pub folder_id: Option<String>,
    /// The id of the user who created the link. `None` if unknown.
    pub user_id: Option<String>,
    /// The id of the workspace.
    pub workspace_id: Option<String>,
    /// An older name of `workspace_id`.
    pub project_id: Option<String>,
    /// True if Dub tracks leads and sales of the link.
    pub track_conversion: Option<bool>,
    /// True if the link is archived.
    pub archived: Option<bool>,
    /// The time at which the link was disabled. `None` if unset. Older versions of the server sent
    /// `1970-01-01T00:00:00.000Z` instead of null; treat it as unset (inferred).
    pub disabled_at: Option<Timestamp>,
    /// The time at which the link expires. `None` if unset. Older versions of the server sent
    /// `1970-01-01T00:00:00.000Z` instead of null; treat it as unset (inferred).
    pub expires_at: Option<Timestamp>,
    /// The URL to which the link leads after it has expired. `None` if there is none.
    pub expired_url: Option<String>,
    /// The password that visitors must enter, in plain text: do not log it. `None` if there is
    /// none.
    pub password: Option<String>,
    /// True if the link has its own preview.
    pub proxy: Option<bool>,
    /// The title of the preview. `None` if there is none.
    pub title: Option<String>,
    /// The description of the preview. `None` if there is none.
    pub description: Option<String>,
    /// The URL of the image of the preview. `None` if there is none.
    pub image: Option<String>,
    /// The URL of the video of the preview. `None` if there is none.
    pub video: Option<String>,
    /// True if the short link stays in the address bar of the browser.
    pub rewrite: Option<bool>,
    /// True if search engines may index the link.
    pub do_index: Option<bool>,
    /// The destination URL on iOS. `None` if it is the same.
    pub ios: Option<String>,
    /// The destination URL on Android. `None` if it is the same.
    pub android: Option<String>,
    /// Destination URLs by two-letter country code. `None` if there are none.
    pub geo: Option<BTreeMap<String, String>>,
    /// True if the statistics of the link are public.
    pub public_stats: Option<bool>,
    /// The tags of the link. `None` if there are none.
    pub tags: Option<Vec<WebhookLinkTag>>,
    /// The id of the first tag. `None` if there is none. Use `tags` instead.
    pub tag_id: Option<String>,
    /// The ids of the webhooks with which the link is associated.
    pub webhook_ids: Option<Vec<String>>,
    /// The comments on the link in Dub. `None` if there are none.
    pub comments: Option<String>,
    /// The UTM source. `None` if there is none.
    pub utm_source: Option<String>,
    /// The UTM medium. `None` if there is none.
    pub utm_medium: Option<String>,
    /// The UTM campaign. `None` if there is none.
    pub utm_campaign: Option<String>,
    /// The UTM term. `None` if there is none.
    pub utm_term: Option<String>,
    /// The UTM content. `None` if there is none.
    pub utm_content: Option<String>,
    /// The destinations of an A/B test. `None` if there is no test.
    pub test_variants: Option<Vec<WebhookTestVariant>>,
    /// The time at which the A/B test began. `None` if unset. Older versions of the server sent
    /// `1970-01-01T00:00:00.000Z` instead of null; treat it as unset (inferred).
    pub test_started_at: Option<Timestamp>,
    /// The time at which the A/B test ended. `None` if unset. Older versions of the server sent
    /// `1970-01-01T00:00:00.000Z` instead of null; treat it as unset (inferred).
    pub test_completed_at: Option<Timestamp>,
    /// The number of clicks.
    pub clicks: Option<i64>,
    /// The number of leads.
    pub leads: Option<i64>,
    /// The number of leads who became paying customers. Test events from Dub's dashboard lack it.
    pub conversions: Option<i64>,
    /// The number of sales, including recurring payments.
    pub sales: Option<i64>,
    /// The total amount of the sales in US cents.
    pub sale_amount: Option<i64>,
    /// The time of the last click. `None` if unset. Older versions of the server sent
    /// `1970-01-01T00:00:00.000Z` instead of null; treat it as unset (inferred).
    pub last_clicked: Option<Timestamp>,
    /// The time at which the link was created.
    pub created_at: Option<Timestamp>,
    /// The time of the last change of the link.
    pub updated_at: Option<Timestamp>,
}

object! { WebhookLink {
    id: optional "id",
    domain: optional "domain",
    key: optional "key",
    url: optional "url",
    short_link: optional "shortLink",
    qr_code: optional "qrCode",
    external_id: optional "externalId",
    tenant_id: optional "tenantId",
    program_id: optional "programId",
    partner_id: optional "partnerId",
    folder_id: optional "folderId",
    user_id: optional "userId",
    workspace_id: optional "workspaceId",
    project_id: optional "projectId",
    track_conversion: optional "trackConversion",
    archived: optional "archived",
    disabled_at: optional "disabledAt",
    expires_at: optional "expiresAt",
    expired_url: optional "expiredUrl",
    password: optional "password",
    proxy: optional "proxy",
    title: optional "title",
    description: optional "description",
    image: optional "image",
    video: optional "video",
    rewrite: optional "rewrite",
    do_index: optional "doIndex",
    ios: optional "ios",
    android: optional "android",
    geo: optional "geo",
    public_stats: optional "publicStats",
    tags: optional "tags",
    tag_id: optional "tagId",
    webhook_ids: optional "webhookIds",
    comments: optional "comments",
    utm_source: optional "utm_source",
    utm_medium: optional "utm_medium",
    utm_campaign: optional "utm_campaign",
    utm_term: optional "utm_term",
    utm_content: optional "utm_content",
    test_variants: optional "testVariants",
    test_started_at: optional "testStartedAt",
    test_completed_at: optional "testCompletedAt",
    clicks: optional_number "clicks",
    leads: optional_number "leads",
    conversions: optional_number "conversions",
    sales: optional_number "sales",
    sale_amount: optional_number "saleAmount",
    last_clicked: optional "lastClicked",
    created_at: optional "createdAt",
    updated_at: optional "updatedAt",
} }

/// A tag of a link.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookLinkTag {
    /// The id of the tag.
    pub id: Option<String>,
    /// The name of the tag.
    pub name: Option<String>,
    /// The color of the tag, such as `blue`.
    pub color: Option<String>,
}

object! { WebhookLinkTag {
    id: optional "id",
    name: optional "name",
    color: optional "color",
} }

/// The partner who earns a commission.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookPartner {
    /// Dub's id of the partner: `pn_` followed by random characters.
    pub id: Option<String>,
    /// The partner's full name.
    pub name: Option<String>,
    /// The partner's email address. `None` if Dub has none.
    pub email: Option<String>,
    /// The URL of the partner's picture. `None` if there is none.
    pub image: Option<String>,
    /// The time at which the partner enabled payouts. `None` if the partner has not.
    pub payouts_enabled_at: Option<Timestamp>,
    /// The partner's country, a two-letter ISO 3166-1 code. `None` if unknown.
    pub country: Option<String>,
    /// The id of the partner's group. `None` if there is no group.
    pub group_id: Option<String>,
    /// The number of clicks on the partner's links.
    pub total_clicks: Option<i64>,
    /// The number of leads through these links.
    pub total_leads: Option<i64>,
    /// The number of these leads who became paying customers.
    pub total_conversions: Option<i64>,
    /// The number of sales through these links, including recurring payments.
    pub total_sales: Option<i64>,
    /// The total amount of these sales in US cents.
    pub total_sale_amount: Option<i64>,
    /// The total commissions of the partner in US cents.
    pub total_commissions: Option<i64>,
}

object! { WebhookPartner {
    id: optional "id",
    name: optional "name",
    email: optional "email",
    image: optional "image",
    payouts_enabled_at: optional "payoutsEnabledAt",
    country: optional "country",
    group_id: optional "groupId",
    total_clicks: optional_number "totalClicks",
    total_leads: optional_number "totalLeads",
    total_conversions: optional_number "totalConversions",
    total_sales: optional_number "totalSales",
    total_sale_amount: optional_number "totalSaleAmount",
    total_commissions: optional_number "totalCommissions",
} }

/// The sale in an event.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookSale {
    /// The amount in cents: US cents if Dub knows a rate for the currency of the sale, otherwise
    /// cents of that currency. Sales through Shopify are never converted.
    pub amount: Option<i64>,
    /// The currency of `amount` in lower case.
    pub currency: Option<String>,
    /// The payment processor, such as `stripe`.
    pub payment_processor: Option<String>,
    /// The id of the invoice. It is an empty string or `None` if there is none.
    pub invoice_id: Option<String>,
}

object! { WebhookSale {
    amount: optional_number "amount",
    currency: optional "currency",
    payment_processor: optional "paymentProcessor",
    invoice_id: optional "invoiceId",
} }

/// A destination of an A/B test.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookTestVariant {
    /// The destination URL.
    pub url: Option<String>,
    /// The percentage of the clicks that lead to it.
    pub percentage: Option<f64>,
}

object! { WebhookTestVariant {
    url: optional "url",
    percentage: optional_number "percentage",
} }
