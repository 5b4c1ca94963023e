// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! Types used in requests and responses.
//!
//! All structs and enums implement `Default`, which returns placeholder values for tests: empty
//! strings and lists, zeros, `None`, and `Unknown` for enums.
//!
//! They also implement serde's `Serialize` and `Deserialize`, for formats that store the names of
//! fields, such as JSON, CBOR and MessagePack, and for `#[serde(flatten)]` in a struct of your own.
//! Formats that store fields by their position, such as postcard, bincode and CSV, do not work,
//! because an object omits some fields that are `None`. For these formats, copy the values that you
//! need to a type of your own.

use crate::runtime::{
    AttachedResponse, ErrorBody, ErrorResponse, Timestamp, object, string_enum,
};
use std::collections::BTreeMap;

/// A person or company in your application that Dub has attributed to a click on one of your
/// links.
///
/// The server may send a nullable field as null or omit it. Both mean that Dub has no value,
/// and both become `None`. The fields `link`, `program_id`, `partner` and `discount` are also
/// `None` if the request did not set `include_expanded_fields`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Customer {
    /// Dub's own id of the customer: `cus_` followed by random characters. It never changes. The
    /// cursors of the list accept this id.
    pub id: String,
    /// The customer's display name: the name that you set, or one that Dub generated because none
    /// was set. `None` if there is no name.
    pub name: Option<String>,
    /// The customer's email address. `None` if the customer has no email address.
    pub email: Option<String>,
    /// The URL of a picture of the customer, often of a copy that Dub stores. `None` if there is no
    /// picture.
    pub avatar: Option<String>,
    /// Your own id of the customer, unique within the workspace. Add the prefix `ext_` to use it in
    /// place of Dub's id in a request.
    pub external_id: String,
    /// The customer's id in Stripe. Dub uses it to recognize the customer's recurring payments.
    /// `None` if the customer has no Stripe id.
    pub stripe_customer_id: Option<String>,
    /// The customer's country: a two-letter ISO 3166-1 code in upper case. `None` if the country is
    /// unknown.
    pub country: Option<String>,
    /// The number of tracked sales of this customer, including recurring payments. `None` if Dub
    /// returns no number.
    pub sales: Option<i64>,
    /// The total amount of the customer's tracked sales, in US cents: `9900` is 99.00 dollars. If a
    /// sale is in another currency, Dub converts it when it tracks the sale. `None` if Dub returns
    /// no amount.
    pub sale_amount: Option<i64>,
    /// The time at which the customer was created, usually the time of the sign-up or of the start
    /// of a trial. The value is in UTC, with milliseconds.
    pub created_at: Timestamp,
    /// The time of the customer's first tracked sale. Subtract `created_at` from it to get the time
    /// that the customer took to buy. `None` if there has been no sale.
    pub first_sale_at: Option<Timestamp>,
    /// The time at which the customer canceled the subscription. `None` if the customer has not
    /// canceled.
    pub subscription_canceled_at: Option<Timestamp>,
    /// The short link that the customer came through. `Customer::link` is `None` if the customer
    /// did not come through a link, or if the request did not set `include_expanded_fields`.
    pub link: Option<CustomerLink>,
    /// The id of the partner program that the customer came through. `None` if the customer did not
    /// come through a program, or if the request did not set `include_expanded_fields`.
    pub program_id: Option<String>,
    /// The partner whose link the customer came through. This partner earns the commission.
    /// `Customer::partner` is `None` if the customer did not come through a partner, or if the
    /// request did not set `include_expanded_fields`.
    pub partner: Option<CustomerPartner>,
    /// The discount that the customer gets for coming through a partner. `Customer::discount` is
    /// `None` if there is no discount, or if the request did not set `include_expanded_fields`.
    pub discount: Option<CustomerDiscount>,
}

object! { Customer {
    id: required "id",
    name: optional "name",
    email: optional "email",
    avatar: optional "avatar",
    external_id: required "externalId",
    stripe_customer_id: optional "stripeCustomerId",
    country: optional "country",
    sales: optional_number "sales",
    sale_amount: optional_number "saleAmount",
    created_at: required "createdAt",
    first_sale_at: optional "firstSaleAt",
    subscription_canceled_at: optional "subscriptionCanceledAt",
    link: optional "link",
    program_id: optional "programId",
    partner: optional "partner",
    discount: optional "discount",
} }

/// The discount that the customer gets for coming through a partner. `Customer::discount` is
/// `None` if there is no discount, or if the request did not set `include_expanded_fields`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CustomerDiscount {
    /// Dub's id of the discount: `disc_` followed by random characters.
    pub id: String,
    /// The amount of the discount: percentage points if `type` is `Percentage` (`20` is 20%), cents
    /// if `type` is `Flat` (`500` is 5.00).
    pub amount: i64,
    /// The unit of `amount`.
    pub r#type: CustomerDiscountType,
    /// The number of months for which the discount applies. `0` means the first payment only, and
    /// `None` means as long as the customer pays.
    pub max_duration: Option<i64>,
    /// The id of the Stripe coupon that applies the discount. `None` if there is no coupon.
    pub coupon_id: Option<String>,
    /// The id of the corresponding coupon in Stripe's test mode. `None` if there is no such coupon.
    pub coupon_test_id: Option<String>,
    /// A human-readable description of the discount. `None` if there is no description.
    pub description: Option<String>,
    /// The number of partners that the discount applies to. `None` if Dub returns no number.
    pub partners_count: Option<i64>,
}

object! { CustomerDiscount {
    id: required "id",
    amount: required_number "amount",
    r#type: required "type",
    max_duration: nullable_number "maxDuration",
    coupon_id: nullable "couponId",
    coupon_test_id: nullable "couponTestId",
    description: optional "description",
    partners_count: optional_number "partnersCount",
} }

/// The unit of `amount`.
#[derive(Clone)]
#[non_exhaustive]
pub enum CustomerDiscountType {
    /// A percentage off the price.
    ///
    /// In the API: `percentage`.
    Percentage,
    /// A fixed sum off each payment.
    ///
    /// In the API: `flat`.
    Flat,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl CustomerDiscountType {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[Self::Percentage, Self::Flat];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Percentage => "percentage",
            Self::Flat => "flat",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(CustomerDiscountType);

/// The short link that the customer came through. `Customer::link` is `None` if the customer
/// did not come through a link, or if the request did not set `include_expanded_fields`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CustomerLink {
    /// Dub's id of the link: `link_` followed by random characters.
    pub id: String,
    /// The host of the short link: your own domain, or `dub.sh`.
    pub domain: String,
    /// The path of the short link, without the leading slash.
    pub key: String,
    /// The complete short link: the URL that people click on.
    pub short_link: String,
    /// The destination URL of the short link.
    pub url: String,
    /// The id of the partner program that the link belongs to. `None` if it belongs to no program.
    pub program_id: Option<String>,
}

object! { CustomerLink {
    id: required "id",
    domain: required "domain",
    key: required "key",
    short_link: required "shortLink",
    url: required "url",
    program_id: nullable "programId",
} }

/// The partner whose link the customer came through. This partner earns the commission.
/// `Customer::partner` is `None` if the customer did not come through a partner, or if the
/// request did not set `include_expanded_fields`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CustomerPartner {
    /// Dub's id of the partner: `pn_` followed by random characters.
    pub id: String,
    /// The partner's full name.
    pub name: String,
    /// The partner's email address. `None` if Dub has no address.
    pub email: Option<String>,
    /// The URL of the partner's picture. `None` if there is no picture.
    pub image: Option<String>,
}

object! { CustomerPartner {
    id: required "id",
    name: required "name",
    email: nullable "email",
    image: nullable "image",
} }

/// The id of the deleted customer.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteCustomerResponse {
    /// Dub's own id of the deleted customer (`cus_...`), even if the request used your external id.
    pub id: String,
}

object! { DeleteCustomerResponse {
    id: required "id",
} }

/// The machine-readable kind of an error. Each code has one status.
///
/// Dub may add codes. A code that is not in this list becomes `Unknown`.
#[derive(Clone)]
#[non_exhaustive]
pub enum ErrorCode {
    /// Status 400: the server could not parse the request.
    ///
    /// In the API: `bad_request`.
    BadRequest,
    /// Status 401: the API key is missing, unknown or expired.
    ///
    /// In the API: `unauthorized`.
    Unauthorized,
    /// Status 403: the API key or the workspace's plan does not allow the operation.
    ///
    /// In the API: `forbidden`.
    Forbidden,
    /// Status 403: the quota of the workspace's plan is used up.
    ///
    /// In the API: `exceeded_limit`.
    ExceededLimit,
    /// Status 404: the customer, the click, its link or the workspace does not exist.
    ///
    /// In the API: `not_found`.
    NotFound,
    /// Status 409: another customer already has the external id.
    ///
    /// In the API: `conflict`.
    Conflict,
    /// Status 409: an invitation to the workspace has not been accepted yet.
    ///
    /// In the API: `invite_pending`.
    InvitePending,
    /// Status 410: an invitation to the workspace was not accepted in time.
    ///
    /// In the API: `invite_expired`.
    InviteExpired,
    /// Status 422: a value is missing or invalid, or two values conflict.
    ///
    /// In the API: `unprocessable_entity`.
    UnprocessableEntity,
    /// Status 429: too many requests within one minute.
    ///
    /// In the API: `rate_limit_exceeded`.
    RateLimitExceeded,
    /// Status 500: an error on Dub's side.
    ///
    /// In the API: `internal_server_error`.
    InternalServerError,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl ErrorCode {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[
        Self::BadRequest,
        Self::Unauthorized,
        Self::Forbidden,
        Self::ExceededLimit,
        Self::NotFound,
        Self::Conflict,
        Self::InvitePending,
        Self::InviteExpired,
        Self::UnprocessableEntity,
        Self::RateLimitExceeded,
        Self::InternalServerError,
    ];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::BadRequest => "bad_request",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::ExceededLimit => "exceeded_limit",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::InvitePending => "invite_pending",
            Self::InviteExpired => "invite_expired",
            Self::UnprocessableEntity => "unprocessable_entity",
            Self::RateLimitExceeded => "rate_limit_exceeded",
            Self::InternalServerError => "internal_server_error",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(ErrorCode);

/// The details of an error, as the server reports them.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// The machine-readable kind of an error.
    pub code: ErrorCode,
    /// A human-readable message in English that describes the error. The wording can change without
    /// notice: use `code` to decide what to do.
    pub message: String,
    /// The URL of the page in Dub's documentation about this kind of error. `None` if there is no
    /// page.
    pub doc_url: Option<String>,
    /// The response that contained this body. Ignored by comparison and serialization.
    pub(crate) response: AttachedResponse,
}

object! { ErrorDetail {
    code: required "code",
    message: required "message",
    doc_url: optional "doc_url",
    response: private,
} }

impl ErrorBody for ErrorDetail {
    fn attach(&mut self, response: ErrorResponse) {
        self.response = response.into();
    }

    fn response(&self) -> &ErrorResponse {
        &self.response
    }

    fn code(&self) -> Option<&str> {
        Some(self.code.as_str())
    }

    fn message(&self) -> Option<&str> {
        Some(&self.message)
    }

    fn doc_url(&self) -> Option<&str> {
        self.doc_url.as_deref()
    }
}

/// The field by which the list is sorted.
///
/// `stream` and `pages` work with every value. The cursors `starting_after` and `ending_before`
/// require `CreatedAt`: with any other value, `dub-sdk` returns an error without sending the
/// request.
#[derive(Clone)]
#[non_exhaustive]
pub enum ListCustomersSortBy {
    /// The time of the customer's sign-up. This is the default.
    ///
    /// In the API: `createdAt`.
    CreatedAt,
    /// The total amount that the customer has paid.
    ///
    /// In the API: `saleAmount`.
    SaleAmount,
    /// The time of the customer's first sale.
    ///
    /// In the API: `firstSaleAt`.
    FirstSaleAt,
    /// The time at which the customer canceled the subscription.
    ///
    /// In the API: `subscriptionCanceledAt`.
    SubscriptionCanceledAt,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl ListCustomersSortBy {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[
        Self::CreatedAt,
        Self::SaleAmount,
        Self::FirstSaleAt,
        Self::SubscriptionCanceledAt,
    ];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::SaleAmount => "saleAmount",
            Self::FirstSaleAt => "firstSaleAt",
            Self::SubscriptionCanceledAt => "subscriptionCanceledAt",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(ListCustomersSortBy);

/// The sort direction.
#[derive(Clone)]
#[non_exhaustive]
pub enum ListCustomersSortOrder {
    /// The oldest or smallest values come first.
    ///
    /// In the API: `asc`.
    Asc,
    /// The newest or largest values come first. This is the default.
    ///
    /// In the API: `desc`.
    Desc,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl ListCustomersSortOrder {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[Self::Asc, Self::Desc];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(ListCustomersSortOrder);

/// The click that was credited.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackLeadClick {
    /// The id of the click. If the lead was a duplicate, it is the id in the request, which the
    /// server did not check.
    pub id: String,
}

object! { TrackLeadClick {
    id: required "id",
} }

/// The customer as Dub stores it, without Dub's own id. If the lead was a duplicate and there
/// is no such customer, the values of the request.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackLeadCustomer {
    /// The customer's display name, possibly one that Dub generated. `None` if there is no name.
    pub name: Option<String>,
    /// The customer's email address. `None` if the customer has none.
    pub email: Option<String>,
    /// The URL of the copy of the picture that Dub stores, not the URL in the request. Dub creates
    /// the copy after the response, so the URL may not work yet. `None` if there is no picture.
    pub avatar: Option<String>,
    /// Your own id of the customer, without spaces around it. Use `CustomerId::external` to request
    /// the customer with it.
    pub external_id: Option<String>,
}

object! { TrackLeadCustomer {
    name: nullable "name",
    email: nullable "email",
    avatar: nullable "avatar",
    external_id: nullable "externalId",
} }

/// The short link of the click. `None` if the lead was a duplicate, so that nothing was
/// recorded.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackLeadLink {
    /// Dub's id of the link: `link_` followed by random characters.
    pub id: String,
    /// The host of the short link: your own domain, or `dub.sh`.
    pub domain: String,
    /// The path of the short link, without the leading slash.
    pub key: String,
    /// The complete short link: the URL that people click on.
    pub short_link: String,
    /// The destination URL of the short link.
    pub url: String,
    /// The id of the partner whose link it is. `None` if it is not a partner's link.
    pub partner_id: Option<String>,
    /// The id of the partner program that the link belongs to. `None` if it belongs to no program.
    pub program_id: Option<String>,
    /// The id of your customer (tenant) who created the link. `None` if none was set when the link
    /// was created.
    pub tenant_id: Option<String>,
    /// Your own id of the link, not of the customer. `None` if none was set when the link was
    /// created.
    pub external_id: Option<String>,
}

object! { TrackLeadLink {
    id: required "id",
    domain: required "domain",
    key: required "key",
    short_link: required "shortLink",
    url: required "url",
    partner_id: nullable "partnerId",
    program_id: nullable "programId",
    tenant_id: nullable "tenantId",
    external_id: nullable "externalId",
} }

/// How much of the work is done before the response. In every mode, the customer is created
/// before it.
#[derive(Clone)]
#[non_exhaustive]
pub enum TrackLeadMode {
    /// The server records the event, the commission and the statistics after it has sent the
    /// response. This is the default.
    ///
    /// In the API: `async`.
    Async,
    /// Like `Async`, but a sale that follows immediately already finds the event. Use it if the
    /// sign-up and the payment are one step.
    ///
    /// In the API: `wait`.
    Wait,
    /// The server only creates the customer and records no lead. Track the lead later, for example
    /// when a trial ends, with the same external id and an empty click id. Until then, a sale of
    /// this customer returns 404.
    ///
    /// In the API: `deferred`.
    Deferred,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl TrackLeadMode {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[Self::Async, Self::Wait, Self::Deferred];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Async => "async",
            Self::Wait => "wait",
            Self::Deferred => "deferred",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(TrackLeadMode);

/// The click, the link and the customer of a lead.
///
/// If the lead was a duplicate, `link` is `None`; `is_recorded` then returns `false`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackLeadResponse {
    /// The click that was credited.
    pub click: TrackLeadClick,
    /// The short link of the click. `None` if the lead was a duplicate, so that nothing was
    /// recorded.
    pub link: Option<TrackLeadLink>,
    /// The customer as Dub stores it, without Dub's own id. If the lead was a duplicate and there
    /// is no such customer, the values of the request.
    pub customer: TrackLeadCustomer,
}

object! { TrackLeadResponse {
    click: required "click",
    link: nullable "link",
    customer: required "customer",
} }

/// The customer who paid. `None` if the sale was not recorded.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackSaleCustomer {
    /// Dub's own id of the customer: `cus_` followed by random characters.
    pub id: String,
    /// The customer's display name. `None` if there is no name.
    pub name: Option<String>,
    /// The customer's email address. `None` if the customer has none.
    pub email: Option<String>,
    /// The URL of the copy of the picture that Dub stores. `None` if there is no picture.
    pub avatar: Option<String>,
    /// Your own id of the customer.
    pub external_id: Option<String>,
}

object! { TrackSaleCustomer {
    id: required "id",
    name: nullable "name",
    email: nullable "email",
    avatar: nullable "avatar",
    external_id: nullable "externalId",
} }

/// The company or the system that processed the payment.
#[derive(Clone)]
#[non_exhaustive]
pub enum TrackSalePaymentProcessor {
    /// Stripe.
    ///
    /// In the API: `stripe`.
    Stripe,
    /// Shopify.
    ///
    /// In the API: `shopify`.
    Shopify,
    /// Polar.
    ///
    /// In the API: `polar`.
    Polar,
    /// Paddle.
    ///
    /// In the API: `paddle`.
    Paddle,
    /// Apple, through an in-app purchase.
    ///
    /// In the API: `apple`.
    Apple,
    /// RevenueCat.
    ///
    /// In the API: `revenuecat`.
    Revenuecat,
    /// Dub itself.
    ///
    /// In the API: `dub`.
    Dub,
    /// Any other one, or your own system. This is the default.
    ///
    /// In the API: `custom`.
    Custom,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

impl TrackSalePaymentProcessor {
    /// The values that this version of the crate knows.
    pub const VALUES: &'static [Self] = &[
        Self::Stripe,
        Self::Shopify,
        Self::Polar,
        Self::Paddle,
        Self::Apple,
        Self::Revenuecat,
        Self::Dub,
        Self::Custom,
    ];

    /// Returns the string that the API uses for this value.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stripe => "stripe",
            Self::Shopify => "shopify",
            Self::Polar => "polar",
            Self::Paddle => "paddle",
            Self::Apple => "apple",
            Self::Revenuecat => "revenuecat",
            Self::Dub => "dub",
            Self::Custom => "custom",
            Self::Unknown(value) => value,
        }
    }
}

string_enum!(TrackSalePaymentProcessor);

/// The customer and the sale.
///
/// If the sale was not recorded, `sale` and `customer` are `None`; `is_recorded` then returns
/// `false`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackSaleResponse {
    /// The name of the event, from the request or the default.
    pub event_name: String,
    /// The customer who paid. `None` if the sale was not recorded.
    pub customer: Option<TrackSaleCustomer>,
    /// The recorded sale. `None` if the sale was not recorded, although the status is 200.
    pub sale: Option<TrackSaleSale>,
}

object! { TrackSaleResponse {
    event_name: required "eventName",
    customer: nullable "customer",
    sale: nullable "sale",
} }

/// The recorded sale. `None` if the sale was not recorded, although the status is 200.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackSaleSale {
    /// The amount in US cents, after the conversion; not the amount in the request, unless that is
    /// in US dollars or Dub knows no rate for its currency.
    pub amount: i64,
    /// The currency of `amount` in lower case: `usd`, unless Dub knows no rate for the currency in
    /// the request.
    pub currency: String,
    /// The payment processor. It is a string here, because the server can return values that a
    /// request cannot have.
    pub payment_processor: String,
    /// Your id of the invoice. `None` if the request had none.
    pub invoice_id: Option<String>,
    /// The metadata of the request. `None` if the request had none.
    pub metadata: Option<BTreeMap<String, serde_json::Value>>,
}

object! { TrackSaleSale {
    amount: required_number "amount",
    currency: required "currency",
    payment_processor: required "paymentProcessor",
    invoice_id: nullable "invoiceId",
    metadata: nullable "metadata",
} }
