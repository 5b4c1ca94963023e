// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! The client: its server URL, its credentials and its resources.

use crate::generated::customers::Customers;
use crate::generated::track::Track;
use crate::runtime::{
    BodyKind, BuildClient, Client, ClientBuilder, Credential, Token, CustomRequest,
    Error, Method, Operation, ServerUrl,
};

/// The server of the API. [`ClientBuilder::server_url`] overrides it.
static SERVERS: &[ServerUrl] = &[
    ServerUrl {
        url: "https://api.dub.co",
        variables: &[],
    },
];

/// Requests to any endpoint.
static CUSTOM_REQUEST: Operation = Operation {
    id: "request",
    path: "",
    security: &[&["token"]],
    body: BodyKind::Raw,
    accept: "application/json, */*",
    ..Operation::DEFAULT
};

/// A client for the Dub API.
///
/// The customers and track operations of the Dub API. Dub (`dub.co`) is a platform for short
/// links that also tracks which clicks lead to sign-ups and sales.
///
/// A customer is a person or company in your application that Dub has attributed to a click on
/// one of your links. Dub creates a customer when your backend tracks a lead. The customers
/// operations list, read, update and delete customers, and create them without a lead
/// (deprecated). The track operations record leads and sales.
///
/// Each API key belongs to one workspace. It gives access only to the data of that workspace.
///
/// The maintainers of `dub-sdk` wrote this description to match what Dub's API does. It is not
/// Dub's own document. Its version is the date of the latest revision of Dub's document that it
/// was compared with. For help with the service itself, write to Dub at `support@dub.co`.
///
/// See also: [Dub's documentation of the error codes](https://dub.co/docs/api-reference/errors)
///
/// Clones are cheap and share one connection pool.
#[derive(Clone, Debug)]
pub struct Dub {
    client: Client,
}

impl Dub {
    /// Creates a client with default settings that authenticates requests with `token`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if `token` is empty or cannot be sent in a header.
    pub fn new(token: impl Into<Token>) -> Result<Self, Error> {
        Self::builder(token).build()
    }

    /// Returns a builder for a client that authenticates requests with `token`.
    pub fn builder(token: impl Into<Token>) -> ClientBuilder<Self> {
        ClientBuilder::new(&crate::SERVICE, SERVERS)
            .credential("token", Credential::bearer(token))
    }

    /// Begins a request to an endpoint that this crate has no method for. It has the
    /// authorization, retries, limits and errors of the other requests.
    ///
    /// The path begins with `/` and follows the path of the server URL. It is sent as it is, so
    /// it must already be encoded; [`path_segment`](crate::path_segment) encodes one segment.
    /// Sending the request returns [`Error::InvalidRequest`] if the path is not valid, or if it
    /// contains a query or the segments `.` or `..`.
    pub fn request(&self, method: Method, path: impl AsRef<str>) -> CustomRequest {
        CustomRequest::to_endpoint(
            self.client.clone(),
            &CUSTOM_REQUEST,
            method,
            path.as_ref(),
        )
    }

    /// Returns the operations on customers.
    ///
    /// The people and companies in your application that Dub has attributed to a click on one of
    /// your links.
    ///
    /// Each customer has two ids: `id`, which Dub assigns (`cus_` followed by random characters),
    /// and `external_id`, which your application assigns. Every operation that takes an id in its
    /// path accepts both: Dub's id as it is, or your external id with the prefix `ext_`. The
    /// cursors of `list` accept only Dub's id.
    pub fn customers(&self) -> Customers {
        Customers::with_client(self.client.clone())
    }

    /// Returns the operations on track.
    ///
    /// What your backend tells Dub about a visitor after a click: that the visitor signed up (a
    /// lead), and that the customer paid (a sale).
    ///
    /// When someone clicks a short link, Dub adds the id of the click to the destination URL, and
    /// Dub's script stores it in the cookie `dub_id`. Read the cookie when the visitor signs up and
    /// pass it to `lead`, which creates the customer. Later sales need only your external id of the
    /// customer.
    ///
    /// Both operations need the workspace's secret API key. A response with the status 200 does not
    /// mean that something was recorded: check `is_recorded` of the response.
    pub fn track(&self) -> Track {
        Track::with_client(self.client.clone())
    }
}

impl BuildClient for Dub {
    fn from_client(client: Client) -> Result<Self, Error> {
        Ok(Self { client })
    }
}

/// The blocking API: the same resources and request builders, whose `send` blocks the
/// current thread.
#[cfg(feature = "blocking")]
pub(crate) mod blocking {
    use super::{CUSTOM_REQUEST, SERVERS};
    use crate::generated::customers::Customers;
    use crate::generated::track::Track;
    use crate::runtime::blocking::Blocking;
    use crate::runtime::{
        BuildClient, Client, ClientBuilder, Credential, Token, CustomRequest, Error,
        Method,
    };
    /// A blocking client for the Dub API.
    #[derive(Clone, Debug)]
    pub struct Dub {
        client: Blocking,
    }

    impl Dub {
        /// Creates a client with default settings that authenticates requests with `token`.
        ///
        /// # Errors
        ///
        /// Returns [`Error::Config`] if `token` is empty or cannot be sent in a header.
        pub fn new(token: impl Into<Token>) -> Result<Self, Error> {
            Self::builder(token).build()
        }

        /// Returns a builder for a client that authenticates requests with `token`.
        pub fn builder(token: impl Into<Token>) -> ClientBuilder<Self> {
            ClientBuilder::new(&crate::SERVICE, SERVERS)
                .credential("token", Credential::bearer(token))
        }

        /// Begins a request to an endpoint that this crate has no method for. It has the
        /// authorization, retries, limits and errors of the other requests.
        ///
        /// The path begins with `/` and follows the path of the server URL. It is sent as it is, so
        /// it must already be encoded; [`path_segment`](crate::path_segment) encodes one segment.
        /// Sending the request returns [`Error::InvalidRequest`] if the path is not valid, or if it
        /// contains a query or the segments `.` or `..`.
        pub fn request(
            &self,
            method: Method,
            path: impl AsRef<str>,
        ) -> CustomRequest<Blocking> {
            CustomRequest::to_endpoint(
                self.client.clone(),
                &CUSTOM_REQUEST,
                method,
                path.as_ref(),
            )
        }

        /// Returns the operations on customers.
        ///
        /// The people and companies in your application that Dub has attributed to a click on one of
        /// your links.
        ///
        /// Each customer has two ids: `id`, which Dub assigns (`cus_` followed by random characters),
        /// and `external_id`, which your application assigns. Every operation that takes an id in its
        /// path accepts both: Dub's id as it is, or your external id with the prefix `ext_`. The
        /// cursors of `list` accept only Dub's id.
        pub fn customers(&self) -> Customers<Blocking> {
            Customers::with_client(self.client.clone())
        }

        /// Returns the operations on track.
        ///
        /// What your backend tells Dub about a visitor after a click: that the visitor signed up (a
        /// lead), and that the customer paid (a sale).
        ///
        /// When someone clicks a short link, Dub adds the id of the click to the destination URL, and
        /// Dub's script stores it in the cookie `dub_id`. Read the cookie when the visitor signs up and
        /// pass it to `lead`, which creates the customer. Later sales need only your external id of the
        /// customer.
        ///
        /// Both operations need the workspace's secret API key. A response with the status 200 does not
        /// mean that something was recorded: check `is_recorded` of the response.
        pub fn track(&self) -> Track<Blocking> {
            Track::with_client(self.client.clone())
        }
    }

    impl BuildClient for Dub {
        fn from_client(client: Client) -> Result<Self, Error> {
            Ok(Self {
                client: Blocking::new(client)?,
            })
        }
    }
}
