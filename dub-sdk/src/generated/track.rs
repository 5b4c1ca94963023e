// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! The operations on track, with their request builders.

use crate::generated::models::{
    TrackLeadMode, TrackLeadResponse, TrackSalePaymentProcessor, TrackSaleResponse,
};
use crate::runtime::{
    ApiOperation, BodyKind, Client, Error, Integer, Method, Operation, RawResponse,
    Request, RequestBuilder, Response,
};
use std::collections::BTreeMap;

/// The operations on track, returned by [`Dub::track`](crate::Dub::track).
///
/// What your backend tells Dub about a visitor after a click: that the visitor signed up (a
/// lead), and that the customer paid (a sale).
///
/// When someone clicks a short link, Dub adds the id of the click to the destination URL, and
/// Dub's script stores it in the cookie `dub_id`. Read the cookie when the visitor signs up and
/// pass it to [`lead`](Self::lead), which creates the customer. Later sales need only your
/// external id of the customer.
///
/// Both operations need the workspace's secret API key. A response with the status 200 does not
/// mean that something was recorded: check `is_recorded` of the response.
#[derive(Clone, Debug)]
pub struct Track<C = Client> {
    client: C,
}

impl<C: Clone> Track<C> {
    pub(crate) fn with_client(client: C) -> Self {
        Self { client }
    }

    /// Records that someone who clicked a link has signed up, and creates the customer.
    ///
    /// `POST /track/lead`
    ///
    /// Call this from your backend when a user signs up, starts a trial or does something else that
    /// counts as a lead. Dub attributes the lead to the link of the click. If no customer has the
    /// external id yet, Dub creates one. It is visible in the list of customers as soon as the call
    /// returns. The response does not contain Dub's own id of the customer: request the customer
    /// with `CustomerId::external`.
    ///
    /// **The customer exists already:** it stays as it is. The server ignores
    /// [`customer_name`](TrackLead::customer_name) and
    /// [`customer_email`](TrackLead::customer_email), and the response contains the stored values.
    /// Do not set [`customer_avatar`](TrackLead::customer_avatar) then: if the server cannot fetch
    /// it, the newest version of the server removes the picture of the existing customer.
    ///
    /// **Duplicates:** for 7 days, the server accepts only one lead for each customer and event
    /// name. It ignores the letter case of the event name and treats spaces as dashes: `Sign up` is
    /// the same as `sign-up`. A duplicate is not an error: the response has the status 200, and its
    /// field `link` is `None`. `TrackLeadResponse::is_recorded` returns `false` for it.
    ///
    /// **After an error:** do not send the same lead again. The server registers the lead before it
    /// looks up the click, so it treats the second call as a duplicate, even if the first one
    /// failed with 404 or a 5XX status and recorded nothing. Request the customer to find out
    /// whether the first call created it. To record the lead all the same, send it with another
    /// event name. To create only the customer, send it with the mode `Deferred`.
    ///
    /// **Errors:** 400 if the external id is empty, or if the request has no click and the customer
    /// has none either. 403 if the plan of the workspace is below Business, or if the owner of the
    /// API key is only a viewer or has access only to billing. 404 if the click or its link does
    /// not exist, if the link belongs to another workspace or is disabled, and also if the click is
    /// only seconds old or Dub's analytics are down. 401 for a publishable key (`dub_pk_...`). 422
    /// if a value is too long or has the wrong type; the message names only the first such value.
    /// The server has no 409 and 410 of its own here; they are about an invitation to the
    /// workspace.
    ///
    /// **Retries:** The client never sends the request again after 404 or 5XX, even with
    /// `idempotent(true)`.
    ///
    /// # Arguments
    ///
    /// - `click_id`: The id of the click that led to the sign-up: the value of the cookie `dub_id`,
    ///   which Dub's script sets on your website.
    /// - `event_name`: The name of the event, with 1 to 255 characters, such as `Sign up`.
    /// - `customer_external_id`: Your own id of the customer, with 1 to 100 characters, such as the
    ///   primary key in your users table, without the prefix `ext_`.
    ///
    /// # Errors
    ///
    /// `send` returns [`Error::Api`](crate::Error::Api) if the API responds with 400, 401, 403,
    /// 404, 409, 410, 422, 429 or 500, or another error status; see [`ApiError`](crate::ApiError).
    /// It returns another variant of [`Error`](crate::Error) if the request is invalid, cannot be
    /// sent, or gets no valid response.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(dub: dub_sdk::Dub) -> Result<(), dub_sdk::Error> {
    /// let response = dub
    ///     .track()
    ///     .lead("7PnOwNKSgkSTnZ5M", "Sign up", "user-42")
    ///     .customer_name("Ada Lovelace")
    ///     .customer_email("ada@example.com")
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn lead(
        &self,
        click_id: impl AsRef<str>,
        event_name: impl AsRef<str>,
        customer_external_id: impl AsRef<str>,
    ) -> TrackLead<C> {
        let mut request = Request::new(self.client.clone(), &TRACK_LEAD);
        request.field_str("clickId", click_id);
        request.field_str("eventName", event_name);
        request.field_str("customerExternalId", customer_external_id);
        TrackLead::new(request)
    }

    /// Records a payment of a customer.
    ///
    /// `POST /track/sale`
    ///
    /// Call this from your backend when a customer pays, also for recurring payments. Dub
    /// attributes the sale to the link that the customer came through. `Customer::sales`,
    /// `Customer::sale_amount` and `Customer::first_sale_at` change shortly after the response, not
    /// before it.
    ///
    /// **Sales that are not recorded:** the status is 200, but the fields `sale` and `customer` are
    /// `None` if no customer has the external id and the request has no
    /// [`click_id`](TrackSale::click_id), or if `amount` is 0. Always check
    /// `TrackSaleResponse::is_recorded`. Older versions of the server record a sale with the amount 0.
    ///
    /// **Amounts in the response are in US cents.** Dub converts every other currency at the rate
    /// of the day. If it has no rate, for example because the code has a typo, it returns no error:
    /// it keeps the amount as it is and adds it to the totals in US cents.
    ///
    /// **The customer exists:** the customer must have a lead, otherwise the server returns 404,
    /// even if [`click_id`](TrackSale::click_id) is set. This is also the case after a lead with
    /// the mode `Deferred`, for a customer that was created without a lead, and for a few seconds
    /// after a lead without the mode `Wait`.
    ///
    /// **The customer does not exist:** set [`click_id`](TrackSale::click_id) to record the sale
    /// without an earlier lead. The server then creates the customer and a lead from the click.
    ///
    /// **Repeated invoices:** set [`invoice_id`](TrackSale::invoice_id) whenever you have one. For
    /// 7 days, the server answers a repeated invoice id with the first response, whatever else the
    /// request contains, and records nothing. It remembers the id only after it has sent the
    /// response to a recorded sale, so two requests at the same time can both count.
    ///
    /// **Errors:** 400 if the external id is empty or the body is not JSON. 403 if the plan of the
    /// workspace is below Business, or if the owner of the API key is only a viewer or has access
    /// only to billing. 404 if the customer has no lead, if the click or its link does not exist,
    /// or if the link is disabled or belongs to another workspace; shortly after the lead or the
    /// click and while Dub's analytics are down, a 404 can also be temporary. 401 for a publishable
    /// key (`dub_pk_...`). 422 for a negative amount, and if a value is too long or has the wrong
    /// type; the message names only the first such value. The server has no 409 and 410 of its own
    /// here; they are about an invitation to the workspace.
    ///
    /// **Retries:** If [`invoice_id`](TrackSale::invoice_id) is set and not empty, the client
    /// treats the request as idempotent: it also sends it again after a server error, a timeout or
    /// a broken connection. Without [`invoice_id`](TrackSale::invoice_id), it does not send it
    /// again once the server may have received it.
    ///
    /// # Arguments
    ///
    /// - `customer_external_id`: Your own id of the customer, with 1 to 100 characters, as in
    ///   [`lead`](Self::lead).
    /// - `amount`: The amount in the smallest unit of the currency: cents for most currencies
    ///   (`9900` is 99.00), whole units for a currency without cents, such as yen.
    ///
    /// # Errors
    ///
    /// `send` returns [`Error::Api`](crate::Error::Api) if the API responds with 400, 401, 403,
    /// 404, 409, 410, 422, 429 or 500, or another error status; see [`ApiError`](crate::ApiError).
    /// It returns another variant of [`Error`](crate::Error) if the request is invalid, cannot be
    /// sent, or gets no valid response.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(dub: dub_sdk::Dub) -> Result<(), dub_sdk::Error> {
    /// let response = dub
    ///     .track()
    ///     .sale("user-42", 9900)
    ///     .currency("usd")
    ///     .event_name("Invoice paid")
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn sale(
        &self,
        customer_external_id: impl AsRef<str>,
        amount: impl Integer,
    ) -> TrackSale<C> {
        let mut request = Request::new(self.client.clone(), &TRACK_SALE);
        request.field_str("customerExternalId", customer_external_id);
        request.field("amount", amount.widen());
        TrackSale::new(request)
    }
}

static TRACK_LEAD: Operation = Operation {
    id: "trackLead",
    method: Method::POST,
    path: "/track/lead",
    security: &[&["token"]],
    body: BodyKind::JsonObject,
    never_retry_after: &[404, 5],
    ..Operation::DEFAULT
};

static TRACK_SALE: Operation = Operation {
    id: "trackSale",
    method: Method::POST,
    path: "/track/sale",
    security: &[&["token"]],
    body: BodyKind::JsonObject,
    idempotent_if: "invoiceId",
    ..Operation::DEFAULT
};

/// Request builder returned by [`Track::lead`].
///
/// `send` returns the response body: the click, the link and the customer.
pub type TrackLead<C = Client> = RequestBuilder<operation::TrackLead, C>;

impl<C> TrackLead<C> {
    /// The display name of a new customer, with up to 100 characters. If unset, null or empty, Dub
    /// uses the email address, or generates a name if there is no email address. Ignored if the
    /// customer exists.
    pub fn customer_name(mut self, customer_name: impl AsRef<str>) -> Self {
        self.request.field_str("customerName", customer_name);
        self
    }

    /// Sends `null` for `customerName`, which clears it.
    pub fn clear_customer_name(mut self) -> Self {
        self.request.clear("customerName");
        self
    }

    /// The email address of a new customer, with up to 100 characters. If unset or null, the
    /// customer has no email address. Ignored if the customer exists. The server returns 422 for a
    /// malformed address.
    pub fn customer_email(mut self, customer_email: impl AsRef<str>) -> Self {
        self.request.field_str("customerEmail", customer_email);
        self
    }

    /// Sends `null` for `customerEmail`, which clears it.
    pub fn clear_customer_email(mut self) -> Self {
        self.request.clear("customerEmail");
        self
    }

    /// A picture of a new customer: a URL, or an image in base64. If unset or null, the customer
    /// has no picture. Dub stores a copy after it has sent the response, which already contains the
    /// future URL of the copy. If the server cannot fetch the picture, it removes that URL later.
    /// Set this field only for new customers.
    pub fn customer_avatar(mut self, customer_avatar: impl AsRef<str>) -> Self {
        self.request.field_str("customerAvatar", customer_avatar);
        self
    }

    /// Sends `null` for `customerAvatar`, which clears it.
    pub fn clear_customer_avatar(mut self) -> Self {
        self.request.clear("customerAvatar");
        self
    }

    /// How much of the work is done before the response. In every mode, the customer is created
    /// before it.
    ///
    /// Default: `"async"`.
    pub fn mode(mut self, mode: TrackLeadMode) -> Self {
        self.request.field("mode", &mode);
        self
    }

    /// The number of leads to record at once, such as the number of seats: a whole number from 1 to
    /// 100, otherwise the server returns 422. If unset or null, it records one. Subscribers of
    /// webhooks get one event for all of them.
    pub fn event_quantity(mut self, event_quantity: impl Integer) -> Self {
        self.request.field("eventQuantity", event_quantity.widen());
        self
    }

    /// Sends `null` for `eventQuantity`, which clears it.
    pub fn clear_event_quantity(mut self) -> Self {
        self.request.clear("eventQuantity");
        self
    }

    /// Any data to keep with the event. As compact JSON, it may have up to 10,000 characters,
    /// counted in UTF-16; otherwise the server returns 422. The response does not contain it.
    pub fn metadata(mut self, metadata: BTreeMap<String, serde_json::Value>) -> Self {
        self.request.field("metadata", &metadata);
        self
    }

    /// Sends `null` for `metadata`, which clears it.
    pub fn clear_metadata(mut self) -> Self {
        self.request.clear("metadata");
        self
    }
}

impl ApiOperation for operation::TrackLead {
    type Output = TrackLeadResponse;
    const ID: &'static str = "trackLead";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<TrackLeadResponse>, Error> {
        response.decode()
    }
}

/// Request builder returned by [`Track::sale`].
///
/// `send` returns the response body: the customer and the sale.
pub type TrackSale<C = Client> = RequestBuilder<operation::TrackSale, C>;

impl<C> TrackSale<C> {
    /// The currency of `amount`: a three-letter ISO 4217 code in any letter case. The server does
    /// not check the code; if it knows no rate for it, it treats the amount as US cents.
    ///
    /// Default: `"usd"`.
    pub fn currency(mut self, currency: impl AsRef<str>) -> Self {
        self.request.field_str("currency", currency);
        self
    }

    /// The name of the event, with up to 255 characters, such as `Invoice paid`. The server keeps
    /// it as it is, also if it is empty.
    ///
    /// Default: `"Purchase"`.
    pub fn event_name(mut self, event_name: impl AsRef<str>) -> Self {
        self.request.field_str("eventName", event_name);
        self
    }

    /// The company or the system that processed the payment.
    ///
    /// Default: `"custom"`.
    pub fn payment_processor(
        mut self,
        payment_processor: TrackSalePaymentProcessor,
    ) -> Self {
        self.request.field("paymentProcessor", &payment_processor);
        self
    }

    /// Your id of the invoice or the payment, unique within the workspace. For 7 days, the server
    /// records only one sale for it. An empty string is the same as none.
    pub fn invoice_id(mut self, invoice_id: impl AsRef<str>) -> Self {
        self.request.field_str("invoiceId", invoice_id);
        self
    }

    /// Sends `null` for `invoiceId`, which clears it.
    pub fn clear_invoice_id(mut self) -> Self {
        self.request.clear("invoiceId");
        self
    }

    /// Any data to keep with the event. As compact JSON, it may have up to 10,000 characters,
    /// counted in UTF-16; otherwise the server returns 422. The rules for rewards in a partner
    /// program can depend on its property `productId`.
    pub fn metadata(mut self, metadata: BTreeMap<String, serde_json::Value>) -> Self {
        self.request.field("metadata", &metadata);
        self
    }

    /// Sends `null` for `metadata`, which clears it.
    pub fn clear_metadata(mut self) -> Self {
        self.request.clear("metadata");
        self
    }

    /// The name of the lead to attribute the sale to, exactly as in [`lead`](Track::lead)
    /// (case-sensitive). If unset or null, the customer's latest lead. For a sale without an
    /// earlier lead ([`click_id`](Self::click_id)), the name of the lead that the server creates;
    /// its default depends on the version of the server. Do not send an empty string.
    pub fn lead_event_name(mut self, lead_event_name: impl AsRef<str>) -> Self {
        self.request.field_str("leadEventName", lead_event_name);
        self
    }

    /// Sends `null` for `leadEventName`, which clears it.
    pub fn clear_lead_event_name(mut self) -> Self {
        self.request.clear("leadEventName");
        self
    }

    /// The id of the click, the value of the cookie `dub_id`, for a customer without an earlier
    /// lead. The server then creates the customer and a lead; the lead gets the
    /// [`metadata`](Self::metadata), too. Ignored if the customer exists. If unset, null or empty,
    /// the server records nothing for an unknown customer.
    pub fn click_id(mut self, click_id: impl AsRef<str>) -> Self {
        self.request.field_str("clickId", click_id);
        self
    }

    /// Sends `null` for `clickId`, which clears it.
    pub fn clear_click_id(mut self) -> Self {
        self.request.clear("clickId");
        self
    }

    /// The display name of a customer that this sale creates, with up to 100 characters. If unset,
    /// null or empty, Dub uses the email address, or generates a name if there is no email address.
    pub fn customer_name(mut self, customer_name: impl AsRef<str>) -> Self {
        self.request.field_str("customerName", customer_name);
        self
    }

    /// Sends `null` for `customerName`, which clears it.
    pub fn clear_customer_name(mut self) -> Self {
        self.request.clear("customerName");
        self
    }

    /// The email address of a customer that this sale creates, with up to 100 characters. The
    /// server returns 422 for a malformed address.
    pub fn customer_email(mut self, customer_email: impl AsRef<str>) -> Self {
        self.request.field_str("customerEmail", customer_email);
        self
    }

    /// Sends `null` for `customerEmail`, which clears it.
    pub fn clear_customer_email(mut self) -> Self {
        self.request.clear("customerEmail");
        self
    }

    /// A picture of a customer that this sale creates: a URL, or an image in base64. Dub stores a
    /// copy after it has sent the response.
    pub fn customer_avatar(mut self, customer_avatar: impl AsRef<str>) -> Self {
        self.request.field_str("customerAvatar", customer_avatar);
        self
    }

    /// Sends `null` for `customerAvatar`, which clears it.
    pub fn clear_customer_avatar(mut self) -> Self {
        self.request.clear("customerAvatar");
        self
    }
}

impl ApiOperation for operation::TrackSale {
    type Output = TrackSaleResponse;
    const ID: &'static str = "trackSale";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<TrackSaleResponse>, Error> {
        response.decode()
    }
}

/// The operations as types, which request builders are generic over.
pub mod operation {
    /// The operation `trackLead`, which [`TrackLead`](super::TrackLead) requests.
    pub enum TrackLead {}
    /// The operation `trackSale`, which [`TrackSale`](super::TrackSale) requests.
    pub enum TrackSale {}
}
