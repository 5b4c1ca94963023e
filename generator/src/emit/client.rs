//! `client.rs`: the client, with its server URL, its credentials and its resources.

use super::links::see_also;
use super::{Context, SourceFile, docs, path, resource, tokens};
use crate::model::{Api, Resource, SecurityKind, SecurityScheme};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the file of the client.
pub fn file(context: &Context<'_>) -> SourceFile {
    let api = context.api;
    let server = api.server.as_deref().unwrap_or_default();
    let mut imports: Vec<TokenStream> = Vec::new();
    let handles = api.resources.iter().map(handle_path);
    imports.extend(handles.map(|path| quote!(use #path;)));
    let credential = credential_imports(api);
    imports.push(quote! {
        use crate::runtime::{
            BodyKind, BuildClient, Client, ClientBuilder, #credential CustomRequest, Error, Method,
            Operation,
        };
    });
    let constant = quote! {
        /// The default server URL. [`ClientBuilder::server_url`] overrides it.
        const SERVER_URL: &str = #server;
    };
    let mut items = vec![constant, custom_operation(&api.security)];
    items.extend(client(context));
    items.push(blocking(context));
    SourceFile {
        path: path("client"),
        docs: vec!["The client: its server URL, its credentials and its resources.".to_owned()],
        attributes: TokenStream::new(),
        imports,
        items,
    }
}

fn handle_path(resource: &Resource) -> TokenStream {
    let module = tokens::ident(&resource.module);
    let handle = tokens::ident(&resource.name.rust);
    quote!(crate::generated::#module::#handle)
}

/// Returns the names to import for credentials.
fn credential_imports(api: &Api) -> TokenStream {
    let credential = (!api.security.is_empty()).then(|| quote!(Credential,));
    let is_bearer = |scheme: &SecurityScheme| matches!(scheme.kind, SecurityKind::Bearer);
    let token = api.security.iter().any(is_bearer).then(|| quote!(Token,));
    quote!(#credential #token)
}

/// The credential that the constructors of a client require if the document has exactly one
/// security scheme.
struct RequiredCredential {
    /// The names of the arguments.
    arguments: Vec<proc_macro2::Ident>,
    docs: String,
    errors: &'static str,
    credential: TokenStream,
    /// The bound of the arguments.
    bound: TokenStream,
}

fn required_credential(schemes: &[SecurityScheme]) -> Option<RequiredCredential> {
    let [scheme] = schemes else { return None };
    let (arguments, credential) = credential(&scheme.kind);
    let names: Vec<String> = arguments.iter().map(|name| format!("`{name}`")).collect();
    let name = &scheme.name;
    Some(RequiredCredential {
        docs: format!("that authenticates requests with {}", names.join(" and ")),
        errors: if arguments.len() == 1 && names == ["`token`"] {
            "Returns [`Error::Config`] if `token` is empty or cannot be sent in a header."
        } else {
            "Returns [`Error::Config`] if the credential is invalid or there is no server URL."
        },
        credential: quote!(.credential(#name, #credential)),
        bound: bound(&scheme.kind),
        arguments,
    })
}

/// Returns the arguments for a security scheme, and the expression that makes a credential from
/// them.
fn credential(kind: &SecurityKind) -> (Vec<proc_macro2::Ident>, TokenStream) {
    let one = |name: &str| vec![tokens::ident(name)];
    match kind {
        SecurityKind::Bearer => (one("token"), quote!(Credential::bearer(token))),
        SecurityKind::Basic => (
            vec![tokens::ident("username"), tokens::ident("password")],
            quote!(Credential::basic(username, password)),
        ),
        SecurityKind::ApiKeyHeader(name) => (
            one("api_key"),
            quote!(Credential::api_key_in_header(#name, api_key)),
        ),
        SecurityKind::ApiKeyQuery(name) => (
            one("api_key"),
            quote!(Credential::api_key_in_query(#name, api_key)),
        ),
        SecurityKind::ApiKeyCookie(name) => (
            one("api_key"),
            quote!(Credential::api_key_in_cookie(#name, api_key)),
        ),
    }
}

/// Returns the bound of the constructor arguments. A bearer token may come from a provider. Any other
/// single argument is stored, so it is `Into<String>`; several arguments are joined into one string,
/// so `AsRef<str>` is enough.
fn bound(kind: &SecurityKind) -> TokenStream {
    match kind {
        SecurityKind::Bearer => quote!(Into<Token>),
        SecurityKind::Basic => quote!(AsRef<str>),
        SecurityKind::ApiKeyHeader(_)
        | SecurityKind::ApiKeyQuery(_)
        | SecurityKind::ApiKeyCookie(_) => quote!(Into<String>),
    }
}

/// Generates a builder method for each security scheme if there are several schemes.
fn credential_setters(context: &Context<'_>, client: &TokenStream) -> Option<TokenStream> {
    let schemes = &context.api.security;
    if schemes.len() < 2 {
        return None;
    }
    let setters = schemes.iter().map(|scheme| {
        let (arguments, credential) = credential(&scheme.kind);
        let (setter, name) = (tokens::ident(&scheme.rust), &scheme.name);
        let bound = bound(&scheme.kind);
        let line = format!(
            "Sets the credential for the security scheme {}.",
            docs::code(name)
        );
        let lines = tokens::doc_lines(&docs::lines(&line));
        quote! {
            #lines
            pub fn #setter(self, #(#arguments: impl #bound),*) -> Self {
                self.credential(#name, #credential)
            }
        }
    });
    Some(quote! {
        impl ClientBuilder<#client> {
            #(#setters)*
        }
    })
}

/// Generates the definition of requests to any endpoint. Each security scheme authorizes them.
fn custom_operation(schemes: &[SecurityScheme]) -> TokenStream {
    let names = schemes.iter().map(|scheme| &scheme.name);
    let security: Vec<_> = names.map(|name| quote!(&[#name])).collect();
    // The constructors of the client require the credential of a single scheme.
    let none = (security.len() != 1).then(|| quote!(&[]));
    let security = security.into_iter().chain(none);
    quote! {
        /// Requests to any endpoint.
        static CUSTOM_REQUEST: Operation = Operation {
            id: "request",
            path: "",
            security: &[#(#security),*],
            body: BodyKind::Raw,
            accept: "application/json, */*",
            ..Operation::DEFAULT
        };
    }
}

/// Generates the method that begins a request to any endpoint, for a client of the type `client`.
fn custom_request(client: &TokenStream) -> TokenStream {
    quote! {
        /// Begins a request to an endpoint that this crate has no method for. It has the
        /// authorization, retries, limits and errors of the other requests.
        ///
        /// The path begins with `/` and follows the path of the server URL. It is sent as it is, so
        /// it must already be encoded; [`path_segment`](crate::path_segment) encodes one segment.
        /// Sending the request returns [`Error::InvalidRequest`] if the path is not valid, or if it
        /// contains a query or the segments `.` or `..`.
        pub fn request(&self, method: Method, path: impl AsRef<str>) -> CustomRequest #client {
            CustomRequest::to_endpoint(
                self.client.clone(), &CUSTOM_REQUEST, method, path.as_ref(),
            )
        }
    }
}

/// Generates the struct of the client and its methods.
fn client(context: &Context<'_>) -> Vec<TokenStream> {
    let api = context.api;
    let name = tokens::ident(&api.client);
    let summary = format!("A client for the {}.", api.title.trim_end_matches('.'));
    let see_also = see_also(api.external_docs.as_ref());
    let passages = [
        Some(summary.as_str()),
        api.description.as_deref(),
        see_also.as_deref(),
    ];
    let mut lines = docs::paragraphs(passages);
    lines.push(String::new());
    lines.push("Clones are cheap and share one connection pool.".to_owned());
    let lines = tokens::doc_lines(&lines);
    let constructors = constructors(context);
    let handles = api.resources.iter().map(|resource| {
        let lines = tokens::doc_lines(&handle_docs(resource));
        let method = tokens::ident(&resource.module);
        let handle = tokens::ident(&resource.name.rust);
        quote! {
            #lines
            pub fn #method(&self) -> #handle {
                #handle::with_client(self.client.clone())
            }
        }
    });
    let custom_request = custom_request(&TokenStream::new());
    let mut items = vec![
        quote! {
            #lines
            #[derive(Clone, Debug)]
            pub struct #name {
                client: Client,
            }
        },
        quote! {
            impl #name {
                #constructors
                #custom_request
                #(#handles)*
            }
        },
        quote! {
            impl BuildClient for #name {
                fn from_client(client: Client) -> Result<Self, Error> {
                    Ok(Self { client })
                }
            }
        },
    ];
    items.extend(credential_setters(context, &quote!(#name)));
    items
}

fn handle_docs(resource: &Resource) -> Vec<String> {
    let summary = format!("Returns the {}.", resource::subject(resource));
    let mut lines = docs::wrapped(&summary);
    if let Some(description) = &resource.description {
        lines.push(String::new());
        lines.extend(docs::lines(description));
    }
    lines
}

fn constructors(context: &Context<'_>) -> TokenStream {
    let schemes = &context.api.security;
    if schemes.len() > 1 {
        return quote! {
            /// Returns a builder for a client. The methods of the builder set the credentials.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVER_URL)
            }
        };
    }
    let Some(required_credential) = required_credential(schemes) else {
        return quote! {
            /// Creates a client with default settings.
            ///
            /// # Errors
            ///
            /// Returns [`Error::Config`] if there is no server URL.
            pub fn new() -> Result<Self, Error> {
                Self::builder().build()
            }

            /// Returns a builder for a client.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVER_URL)
            }
        };
    };
    let arguments = &required_credential.arguments;
    let bound = &required_credential.bound;
    let mut new = docs::wrapped(&format!(
        "Creates a client with default settings {}.",
        required_credential.docs
    ));
    new.extend(["", "# Errors", ""].map(str::to_owned));
    new.extend(docs::wrapped(required_credential.errors));
    let new = tokens::doc_lines(&new);
    let builder = tokens::doc_lines(&docs::wrapped(&format!(
        "Returns a builder for a client {}.",
        required_credential.docs
    )));
    let credential = required_credential.credential;
    quote! {
        #new
        pub fn new(#(#arguments: impl #bound),*) -> Result<Self, Error> {
            Self::builder(#(#arguments),*).build()
        }
        #builder
        pub fn builder(#(#arguments: impl #bound),*) -> ClientBuilder<Self> {
            ClientBuilder::new(&crate::SERVICE, SERVER_URL) #credential
        }
    }
}

/// Generates the module with the blocking client, which has the same resources and request
/// builders.
fn blocking(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let name = tokens::ident(&api.client);
    let summary = format!(
        "A blocking client for the {}.",
        api.title.trim_end_matches('.')
    );
    let lines = tokens::doc_lines(&docs::lines(&summary));
    let constructors = constructors(context);
    let imports = api.resources.iter().map(handle_path);
    let credential = credential_imports(api);
    let setters = credential_setters(context, &quote!(#name));
    let custom_request = custom_request(&quote!(<Blocking>));
    let handles = api.resources.iter().map(|resource| {
        let lines = tokens::doc_lines(&handle_docs(resource));
        let method = tokens::ident(&resource.module);
        let handle = tokens::ident(&resource.name.rust);
        quote! {
            #lines
            pub fn #method(&self) -> #handle<Blocking> {
                #handle::with_client(self.client.clone())
            }
        }
    });
    quote! {
        /// The blocking API: the same resources and request builders, whose `send` blocks the
        /// current thread.
        #[cfg(feature = "blocking")]
        pub(crate) mod blocking {
            use super::{CUSTOM_REQUEST, SERVER_URL};
            #(use #imports;)*
            use crate::runtime::blocking::Blocking;
            use crate::runtime::{
                BuildClient, Client, ClientBuilder, #credential CustomRequest, Error, Method,
            };

            #lines
            #[derive(Clone, Debug)]
            pub struct #name {
                client: Blocking,
            }

            impl #name {
                #constructors
                #custom_request
                #(#handles)*
            }

            impl BuildClient for #name {
                fn from_client(client: Client) -> Result<Self, Error> {
                    Ok(Self { client: Blocking::new(client)? })
                }
            }

            #setters
        }
    }
}
