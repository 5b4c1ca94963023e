// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! The operations on customers, with their request builders.

use crate::generated::models::{
    Customer, DeleteCustomerResponse, ListCustomersSortBy, ListCustomersSortOrder,
};
use crate::runtime::{
    ApiOperation, BodyKind, Client, Conflict, Error, Integer, Method, NextCursor,
    Operation, PageInputs, PaginatedOperation, Pagination, RawResponse, RejectedPrefix,
    Request, RequestBuilder, Response,
};

/// The operations on customers, returned by [`Dub::customers`](crate::Dub::customers).
///
/// The people and companies in your application that Dub has attributed to a click on one of
/// your links.
///
/// Each customer has two ids: `id`, which Dub assigns (`cus_` followed by random characters),
/// and `external_id`, which your application assigns. Every operation that takes an id in its
/// path accepts both: Dub's id as it is, or your external id with the prefix `ext_`. The
/// cursors of [`list`](Self::list) accept only Dub's id.
#[derive(Clone, Debug)]
pub struct Customers<C = Client> {
    client: C,
}

impl<C: Clone> Customers<C> {
    pub(crate) fn with_client(client: C) -> Self {
        Self { client }
    }

    /// Lists the customers of the workspace, one page at a time.
    ///
    /// `GET /customers`
    ///
    /// By default, the newest customers come first. A response contains at most 100 customers, as a
    /// JSON array without an envelope. A page that is empty or shorter than
    /// [`page_size`](ListCustomers::page_size) is the last one.
    ///
    /// To request the next page, set [`starting_after`](ListCustomers::starting_after) to the `id`
    /// of the last customer received. Pages requested with a cursor are ordered by `id`, but the
    /// first page is ordered by creation date, so the same customer can appear on two pages. The
    /// server rejects a cursor whose customer was deleted (422).
    ///
    /// [`stream`](ListCustomers::stream) and [`pages`](ListCustomers::pages) request one page after
    /// another and return each customer only once. If the list is not sorted by `CreatedAt`, or
    /// [`page`](ListCustomers::page) is set, they request pages by number instead of by cursor,
    /// beginning with [`page`](ListCustomers::page) (default: 1). The server accepts no number
    /// above 1000. If the order changes between two requests, a stream by number can miss
    /// customers.
    ///
    /// The list contains only customers that match all filters, with one exception: of
    /// [`email`](ListCustomers::email), [`external_id`](ListCustomers::external_id) and
    /// [`search`](ListCustomers::search), the server uses only the first one that is set, in this
    /// order. The server would ignore a filter with an empty value and return every customer.
    /// `dub-sdk` therefore returns an error for an empty filter and sends nothing.
    ///
    /// The response contains the customer's link, program id, partner and discount only if
    /// [`include_expanded_fields`](ListCustomers::include_expanded_fields) is `true`.
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
    /// let customers = dub
    ///     .customers()
    ///     .list()
    ///     .email("ada@example.com")
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListCustomers<C> {
        ListCustomers::new(Request::new(self.client.clone(), &LIST_CUSTOMERS))
    }

    /// Creates a customer without a click or a lead.
    ///
    /// `POST /customers`
    ///
    /// Track a lead instead: it creates the customer and attributes it to the click that led to the
    /// sign-up. A customer created with this operation belongs to no link and no partner, and
    /// `track().sale()` returns 404 for it, in the newest version of the server even after a lead.
    ///
    /// **To migrate**, pass the id of the click, the value of the cookie `dub_id`, to your backend
    /// and replace the call:
    ///
    /// ```text
    /// // before
    /// dub.customers().create("user-42").email("ada@example.com").name("Ada").send().await?;
    /// // after
    /// let lead = dub.track().lead(click_id, "Sign up", "user-42");
    /// let lead = lead.customer_email("ada@example.com").customer_name("Ada");
    /// lead.send().await?;
    /// let customer = dub.customers().get(CustomerId::external("user-42")).send().await?;
    /// ```
    ///
    /// - [`email`](CreateCustomer::email), [`name`](CreateCustomer::name) and
    ///   [`avatar`](CreateCustomer::avatar) become `customer_email`, `customer_name` and
    ///   `customer_avatar`.
    /// - [`stripe_customer_id`](CreateCustomer::stripe_customer_id) cannot be set with a lead. Set
    ///   it afterwards, with [`update`](Self::update).
    /// - [`country`](CreateCustomer::country) comes from the click.
    /// - A lead for an existing customer is no error (409), and does not change the customer.
    /// - The response to a lead lacks Dub's own id of the customer and the dates, so request the
    ///   customer if you need them.
    /// - Only for a person who never clicked a link, there is no replacement. Such a customer can
    ///   be listed, but no sale can be attributed to it.
    ///
    /// Dub has removed this operation from its own document, but the server still accepts it. The
    /// newest version of the server requires [`country`](CreateCustomer::country), so always set
    /// it. The server returns 409 if another customer of the workspace already has the
    /// `external_id`. If you send the same request twice, the second one returns 409, even if the
    /// response to the first one was lost.
    ///
    /// # Arguments
    ///
    /// - `external_id`: Your own id of the customer, unique within the workspace, such as the
    ///   primary key in your users table.
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
    /// #[allow(deprecated)]
    /// let customer = dub
    ///     .customers()
    ///     .create("user-42")
    ///     .email("ada@example.com")
    ///     .name("Ada Lovelace")
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    #[deprecated(note = "use `track().lead()`, which creates the customer")]
    pub fn create(&self, external_id: impl AsRef<str>) -> CreateCustomer<C> {
        let mut request = Request::new(self.client.clone(), &CREATE_CUSTOMER);
        request.field_str("externalId", external_id);
        CreateCustomer::new(request)
    }

    /// Returns one customer, by Dub's id or by your external id.
    ///
    /// `GET /customers/{id}`
    ///
    /// Pass Dub's id (`cus_...`), or your external id with the prefix `ext_` (`ext_user-42`).
    ///
    /// The response contains the customer's link, program id, partner and discount only if
    /// [`include_expanded_fields`](GetCustomer::include_expanded_fields) is `true`. The server
    /// returns 404 if the customer does not exist, and also if the API key belongs to no workspace.
    ///
    /// # Arguments
    ///
    /// - `id`: The customer's id: either Dub's own id (`cus_...`), or your external id with the
    ///   prefix `ext_` (`ext_user-42` for the customer whose external id is `user-42`).
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
    /// let customer = dub
    ///     .customers()
    ///     .get("cus_1JQ8Z3M5Q8W1E4R7T0Y3U6I9O")
    ///     .include_expanded_fields(true)
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, id: impl AsRef<str>) -> GetCustomer<C> {
        let mut request = Request::new(self.client.clone(), &GET_CUSTOMER);
        request.path_str("id", id);
        GetCustomer::new(request)
    }

    /// Deletes a customer permanently.
    ///
    /// `DELETE /customers/{id}`
    ///
    /// A deleted customer cannot be restored.
    ///
    /// The response contains Dub's own id of the customer, even if the request used your external
    /// id (`ext_...`). Deleting the same customer again returns 404. A retry after a lost response
    /// can therefore return 404, although the customer has been deleted.
    ///
    /// While you iterate over the pages of the list, delete the last customer of a page only after
    /// you have received the next page. The id of that customer is the cursor of the next page, and
    /// the server rejects a cursor whose customer no longer exists (422).
    ///
    /// # Arguments
    ///
    /// - `id`: The customer's id: either Dub's own id (`cus_...`), or your external id with the
    ///   prefix `ext_` (`ext_user-42` for the customer whose external id is `user-42`).
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
    ///     .customers()
    ///     .delete("cus_1JQ8Z3M5Q8W1E4R7T0Y3U6I9O")
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete(&self, id: impl AsRef<str>) -> DeleteCustomer<C> {
        let mut request = Request::new(self.client.clone(), &DELETE_CUSTOMER);
        request.path_str("id", id);
        DeleteCustomer::new(request)
    }

    /// Changes some fields of a customer and keeps the others.
    ///
    /// `PATCH /customers/{id}`
    ///
    /// A value replaces the current value of a field, `null` removes it, and a field that is not
    /// set keeps its value. An update without fields is accepted and changes nothing.
    ///
    /// Use [`clear_email`](UpdateCustomer::clear_email),
    /// [`clear_name`](UpdateCustomer::clear_name), [`clear_avatar`](UpdateCustomer::clear_avatar)
    /// and [`clear_stripe_customer_id`](UpdateCustomer::clear_stripe_customer_id) to send `null`.
    /// The external id cannot be removed. The server returns 409 if another customer of the
    /// workspace already has the new external id. It accepts [`country`](UpdateCustomer::country)
    /// but ignores it.
    ///
    /// The response is the customer after the change. It contains the link, program id, partner and
    /// discount only if [`include_expanded_fields`](UpdateCustomer::include_expanded_fields) is
    /// `true`.
    ///
    /// # Arguments
    ///
    /// - `id`: The customer's id: either Dub's own id (`cus_...`), or your external id with the
    ///   prefix `ext_` (`ext_user-42` for the customer whose external id is `user-42`).
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
    /// let customer = dub
    ///     .customers()
    ///     .update("cus_1JQ8Z3M5Q8W1E4R7T0Y3U6I9O")
    ///     .email("ada@example.com")
    ///     .name("Ada Lovelace")
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: impl AsRef<str>) -> UpdateCustomer<C> {
        let mut request = Request::new(self.client.clone(), &UPDATE_CUSTOMER);
        request.path_str("id", id);
        UpdateCustomer::new(request)
    }
}

static LIST_CUSTOMERS: Operation = Operation {
    id: "getCustomers",
    method: Method::GET,
    path: "/customers",
    security: &[&["token"]],
    pagination: Some(Pagination {
        items: &[],
        inputs: PageInputs::Cursor {
            name: "startingAfter",
            next: NextCursor::LastItem(&["id"]),
            page: Some("page"),
        },
    }),
    conflicts: &[
        Conflict {
            name: "endingBefore",
            with: "page",
            unless: None,
        },
        Conflict {
            name: "endingBefore",
            with: "sortBy",
            unless: Some("createdAt"),
        },
        Conflict {
            name: "startingAfter",
            with: "endingBefore",
            unless: None,
        },
        Conflict {
            name: "startingAfter",
            with: "page",
            unless: None,
        },
        Conflict {
            name: "startingAfter",
            with: "sortBy",
            unless: Some("createdAt"),
        },
    ],
    rejected_prefixes: &[
        RejectedPrefix {
            name: "endingBefore",
            prefix: "ext_",
            help: "pass Dub's own id of the customer (`cus_...`), not your external id",
        },
        RejectedPrefix {
            name: "startingAfter",
            prefix: "ext_",
            help: "pass Dub's own id of the customer (`cus_...`), not your external id",
        },
    ],
    ..Operation::DEFAULT
};

static CREATE_CUSTOMER: Operation = Operation {
    id: "createCustomer",
    method: Method::POST,
    path: "/customers",
    security: &[&["token"]],
    body: BodyKind::JsonObject,
    ..Operation::DEFAULT
};

static GET_CUSTOMER: Operation = Operation {
    id: "getCustomer",
    method: Method::GET,
    path: "/customers/{id}",
    security: &[&["token"]],
    ..Operation::DEFAULT
};

static DELETE_CUSTOMER: Operation = Operation {
    id: "deleteCustomer",
    method: Method::DELETE,
    path: "/customers/{id}",
    security: &[&["token"]],
    ..Operation::DEFAULT
};

static UPDATE_CUSTOMER: Operation = Operation {
    id: "updateCustomer",
    method: Method::PATCH,
    path: "/customers/{id}",
    security: &[&["token"]],
    body: BodyKind::JsonObject,
    ..Operation::DEFAULT
};

/// Request builder returned by [`Customers::list`].
///
/// `send` returns the response body: one page of customers, in the requested order.
pub type ListCustomers<C = Client> = RequestBuilder<operation::ListCustomers, C>;

impl<C> ListCustomers<C> {
    /// Returns only customers whose email matches exactly (case-sensitive). If this filter is set,
    /// the server ignores [`external_id`](Self::external_id) and [`search`](Self::search).
    /// `dub-sdk` rejects an empty value, because the server would ignore it and return every
    /// customer.
    pub fn email(mut self, email: impl AsRef<str>) -> Self {
        self.request.query_str("email", email);
        self
    }

    /// Returns only the customer whose external id matches exactly (case-sensitive). Pass your id
    /// as it is, without the prefix `ext_`. If this filter is set, the server ignores
    /// [`search`](Self::search). `dub-sdk` rejects an empty value, because the server would ignore
    /// it and return every customer.
    pub fn external_id(mut self, external_id: impl AsRef<str>) -> Self {
        self.request.query_str("externalId", external_id);
        self
    }

    /// Returns only customers whose email, external id or name contains this string. The server
    /// ignores this filter if [`email`](Self::email) or [`external_id`](Self::external_id) is set.
    /// `dub-sdk` rejects an empty value, because the server would ignore it and return every
    /// customer.
    pub fn search(mut self, search: impl AsRef<str>) -> Self {
        self.request.query_str("search", search);
        self
    }

    /// Returns only customers from this country: a two-letter ISO 3166-1 code in upper case.
    pub fn country(mut self, country: impl AsRef<str>) -> Self {
        self.request.query_str("country", country);
        self
    }

    /// Returns only customers who came through this short link. Pass Dub's id of the link (`link_`
    /// followed by random characters).
    pub fn link_id(mut self, link_id: impl AsRef<str>) -> Self {
        self.request.query_str("linkId", link_id);
        self
    }

    /// Returns only customers who came through this partner program. Pass Dub's id of the program
    /// (`prog_` followed by random characters).
    pub fn program_id(mut self, program_id: impl AsRef<str>) -> Self {
        self.request.query_str("programId", program_id);
        self
    }

    /// Returns only customers who were referred by this partner. Pass Dub's id of the partner
    /// (`pn_` followed by random characters).
    pub fn partner_id(mut self, partner_id: impl AsRef<str>) -> Self {
        self.request.query_str("partnerId", partner_id);
        self
    }

    /// Set to `true` to include the customer's link, program id, partner and discount in the
    /// response. They describe where the customer came from and which discount the customer gets.
    /// If `false` or unset, these fields are `None`.
    pub fn include_expanded_fields(mut self, include_expanded_fields: bool) -> Self {
        self.request.query("includeExpandedFields", include_expanded_fields);
        self
    }

    /// The field by which the list is sorted.
    ///
    /// [`stream`](Self::stream) and [`pages`](Self::pages) work with every value. The cursors
    /// [`starting_after`](Self::starting_after) and [`ending_before`](Self::ending_before) require
    /// `CreatedAt`: with any other value, `dub-sdk` returns an error without sending the request.
    ///
    /// Default: `"createdAt"`.
    pub fn sort_by(mut self, sort_by: ListCustomersSortBy) -> Self {
        self.request.query("sortBy", sort_by.as_str());
        self
    }

    /// The sort direction.
    ///
    /// Default: `"desc"`.
    pub fn sort_order(mut self, sort_order: ListCustomersSortOrder) -> Self {
        self.request.query("sortOrder", sort_order.as_str());
        self
    }

    /// Returns the page that ends just before this customer. Pass the Dub `id` of the first
    /// customer of the current page; `dub-sdk` rejects an external id (`ext_...`). The server
    /// returns 422 if that customer no longer exists. This cursor cannot be combined with
    /// [`starting_after`](Self::starting_after), with [`page`](Self::page), or with a
    /// [`sort_by`](Self::sort_by) other than `CreatedAt`: `dub-sdk` returns an error without
    /// sending the request. It also cannot be combined with [`stream`](Self::stream) and
    /// [`pages`](Self::pages).
    pub fn ending_before(mut self, ending_before: impl AsRef<str>) -> Self {
        self.request.query_str("endingBefore", ending_before);
        self
    }

    /// Returns the page that starts just after this customer. Pass the Dub `id` of the last
    /// customer of the current page; `dub-sdk` rejects an external id (`ext_...`). The server
    /// returns 422 if that customer no longer exists. This cursor cannot be combined with
    /// [`ending_before`](Self::ending_before), with [`page`](Self::page), or with a
    /// [`sort_by`](Self::sort_by) other than `CreatedAt`: `dub-sdk` returns an error without
    /// sending the request.
    pub fn starting_after(mut self, starting_after: impl AsRef<str>) -> Self {
        self.request.query_str("startingAfter", starting_after);
        self
    }

    /// The number of the page to return, from 1 to 1000. If unset, the server returns page 1. Use
    /// [`stream`](Self::stream) instead, which requests all pages with every
    /// [`sort_by`](Self::sort_by). To request a single page of a list that is sorted by
    /// `CreatedAt`, use [`starting_after`](Self::starting_after): its pages do not shift when
    /// customers are added between two requests. `page` cannot be combined with a cursor: `dub-sdk`
    /// returns an error without sending the request.
    #[deprecated(note = "use `stream()`, which works with every `sort_by`")]
    pub fn page(mut self, page: impl Integer) -> Self {
        self.request.query("page", page.widen());
        self
    }

    /// The maximum number of customers in one response, from 1 to 100.
    ///
    /// Default: `100`.
    pub fn page_size(mut self, page_size: impl Integer) -> Self {
        self.request.query("pageSize", page_size.widen());
        self
    }
}

impl ApiOperation for operation::ListCustomers {
    type Output = Vec<Customer>;
    const ID: &'static str = "getCustomers";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<Vec<Customer>>, Error> {
        response.decode()
    }
}

impl PaginatedOperation for operation::ListCustomers {
    type Item = Customer;
}

/// Request builder returned by [`Customers::create`].
///
/// `send` returns the response body: the created customer.
pub type CreateCustomer<C = Client> = RequestBuilder<operation::CreateCustomer, C>;

impl<C> CreateCustomer<C> {
    /// The customer's email address. If unset or null, the customer has no email address.
    pub fn email(mut self, email: impl AsRef<str>) -> Self {
        self.request.field_str("email", email);
        self
    }

    /// Sends `null` for `email`, which clears it.
    pub fn clear_email(mut self) -> Self {
        self.request.clear("email");
        self
    }

    /// The customer's display name. If unset or null, Dub uses the email address, or generates a
    /// name if there is no email address.
    pub fn name(mut self, name: impl AsRef<str>) -> Self {
        self.request.field_str("name", name);
        self
    }

    /// Sends `null` for `name`, which clears it.
    pub fn clear_name(mut self) -> Self {
        self.request.clear("name");
        self
    }

    /// The URL of a picture of the customer. Dub stores a copy, so the response may contain a
    /// different URL. If unset or null, the customer has no picture.
    pub fn avatar(mut self, avatar: impl AsRef<str>) -> Self {
        self.request.field_str("avatar", avatar);
        self
    }

    /// Sends `null` for `avatar`, which clears it.
    pub fn clear_avatar(mut self) -> Self {
        self.request.clear("avatar");
        self
    }

    /// The customer's id in Stripe: `cus_` followed by random characters. It is not Dub's `id`,
    /// which has the same prefix. With it, Dub credits the customer's partner for recurring
    /// payments through Stripe. If unset or null, the customer has no Stripe id.
    pub fn stripe_customer_id(mut self, stripe_customer_id: impl AsRef<str>) -> Self {
        self.request.field_str("stripeCustomerId", stripe_customer_id);
        self
    }

    /// Sends `null` for `stripeCustomerId`, which clears it.
    pub fn clear_stripe_customer_id(mut self) -> Self {
        self.request.clear("stripeCustomerId");
        self
    }

    /// The customer's country: a two-letter ISO 3166-1 code in upper case. It is optional in Dub's
    /// document, but the newest version of the server returns 422 without it, so always set it.
    pub fn country(mut self, country: impl AsRef<str>) -> Self {
        self.request.field_str("country", country);
        self
    }
}

impl ApiOperation for operation::CreateCustomer {
    type Output = Customer;
    const ID: &'static str = "createCustomer";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<Customer>, Error> {
        response.decode()
    }
}

/// Request builder returned by [`Customers::get`].
///
/// `send` returns the response body: the customer.
pub type GetCustomer<C = Client> = RequestBuilder<operation::GetCustomer, C>;

impl<C> GetCustomer<C> {
    /// Set to `true` to include the customer's link, program id, partner and discount in the
    /// response. They describe where the customer came from and which discount the customer gets.
    /// If `false` or unset, these fields are `None`.
    pub fn include_expanded_fields(mut self, include_expanded_fields: bool) -> Self {
        self.request.query("includeExpandedFields", include_expanded_fields);
        self
    }
}

impl ApiOperation for operation::GetCustomer {
    type Output = Customer;
    const ID: &'static str = "getCustomer";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<Customer>, Error> {
        response.decode()
    }
}

/// Request builder returned by [`Customers::delete`].
///
/// `send` returns the response body: the id of the deleted customer.
pub type DeleteCustomer<C = Client> = RequestBuilder<operation::DeleteCustomer, C>;

impl ApiOperation for operation::DeleteCustomer {
    type Output = DeleteCustomerResponse;
    const ID: &'static str = "deleteCustomer";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<DeleteCustomerResponse>, Error> {
        response.decode()
    }
}

/// Request builder returned by [`Customers::update`].
///
/// `send` returns the response body: the customer after the change.
pub type UpdateCustomer<C = Client> = RequestBuilder<operation::UpdateCustomer, C>;

impl<C> UpdateCustomer<C> {
    /// Set to `true` to include the customer's link, program id, partner and discount in the
    /// response. They describe where the customer came from and which discount the customer gets.
    /// If `false` or unset, these fields are `None`.
    pub fn include_expanded_fields(mut self, include_expanded_fields: bool) -> Self {
        self.request.query("includeExpandedFields", include_expanded_fields);
        self
    }

    /// The customer's email address. Leave unset to keep the current value; use
    /// [`clear_email`](Self::clear_email) to remove it.
    pub fn email(mut self, email: impl AsRef<str>) -> Self {
        self.request.field_str("email", email);
        self
    }

    /// Sends `null` for `email`, which clears it.
    pub fn clear_email(mut self) -> Self {
        self.request.clear("email");
        self
    }

    /// The customer's display name. Leave unset to keep the current value; use
    /// [`clear_name`](Self::clear_name) to remove it.
    pub fn name(mut self, name: impl AsRef<str>) -> Self {
        self.request.field_str("name", name);
        self
    }

    /// Sends `null` for `name`, which clears it.
    pub fn clear_name(mut self) -> Self {
        self.request.clear("name");
        self
    }

    /// The URL of a picture of the customer. Dub stores a copy, so the response may contain a
    /// different URL. Leave unset to keep the current picture; use
    /// [`clear_avatar`](Self::clear_avatar) to remove it.
    pub fn avatar(mut self, avatar: impl AsRef<str>) -> Self {
        self.request.field_str("avatar", avatar);
        self
    }

    /// Sends `null` for `avatar`, which clears it.
    pub fn clear_avatar(mut self) -> Self {
        self.request.clear("avatar");
        self
    }

    /// Your own id of the customer, unique within the workspace. Leave unset to keep the current
    /// id; it cannot be removed. If you change it, update your own records as well: from then on,
    /// leads and sales must identify the customer by the new id.
    pub fn external_id(mut self, external_id: impl AsRef<str>) -> Self {
        self.request.field_str("externalId", external_id);
        self
    }

    /// The customer's id in Stripe: `cus_` followed by random characters. It is not Dub's `id`,
    /// which has the same prefix. With it, Dub credits the customer's partner for recurring
    /// payments through Stripe. Leave unset to keep the current value; use
    /// [`clear_stripe_customer_id`](Self::clear_stripe_customer_id) to remove it.
    pub fn stripe_customer_id(mut self, stripe_customer_id: impl AsRef<str>) -> Self {
        self.request.field_str("stripeCustomerId", stripe_customer_id);
        self
    }

    /// Sends `null` for `stripeCustomerId`, which clears it.
    pub fn clear_stripe_customer_id(mut self) -> Self {
        self.request.clear("stripeCustomerId");
        self
    }

    /// The customer's country: a two-letter ISO 3166-1 code in upper case. The server accepts this
    /// field but ignores it: the customer's country does not change.
    pub fn country(mut self, country: impl AsRef<str>) -> Self {
        self.request.field_str("country", country);
        self
    }
}

impl ApiOperation for operation::UpdateCustomer {
    type Output = Customer;
    const ID: &'static str = "updateCustomer";

    #[inline]
    fn read(response: RawResponse) -> Result<Response<Customer>, Error> {
        response.decode()
    }
}

/// The operations as types, which request builders are generic over.
pub mod operation {
    /// The operation `getCustomers`, which [`ListCustomers`](super::ListCustomers) requests.
    pub enum ListCustomers {}
    /// The operation `createCustomer`, which [`CreateCustomer`](super::CreateCustomer) requests.
    pub enum CreateCustomer {}
    /// The operation `getCustomer`, which [`GetCustomer`](super::GetCustomer) requests.
    pub enum GetCustomer {}
    /// The operation `deleteCustomer`, which [`DeleteCustomer`](super::DeleteCustomer) requests.
    pub enum DeleteCustomer {}
    /// The operation `updateCustomer`, which [`UpdateCustomer`](super::UpdateCustomer) requests.
    pub enum UpdateCustomer {}
}
