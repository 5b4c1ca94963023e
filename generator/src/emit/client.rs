//! `client.rs`: the client, with its server URL, its credentials and its resources.

use super::credentials::{credential_imports, credential_setters, required_credential};
use super::links::see_also;
use super::{Context, SourceFile, docs, features, path, resource, servers, tokens};
use crate::model::{Api, Resource};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the file of the client.
pub fn file(context: &Context<'_>) -> SourceFile {
    let api = context.api;
    let mut imports: Vec<TokenStream> = Vec::new();
    imports.extend(api.resources.iter().map(handle_import));
    let credential = credential_imports(api);
    let server = servers::imports(context);
    imports.push(quote! {
        use crate::runtime::{
            BodyKind, BuildClient, Client, ClientBuilder, #credential CustomRequest, Error, Method,
            Operation, #server
        };
    });
    let mut items = vec![servers::list(context), custom_operation(api)];
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

fn handle_import(resource: &Resource) -> TokenStream {
    let cfg = features::cfg_of_resource(resource);
    let module = tokens::ident(&resource.module);
    let handle = tokens::ident(&resource.name.rust);
    quote!(#cfg use crate::generated::#module::#handle;)
}

/// Generates the definition of requests to any endpoint. The schemes that an operation requires
/// together authorize them, or else each security scheme alone.
fn custom_operation(api: &Api) -> TokenStream {
    let operations = api.resources.iter().flat_map(|one| &one.operations);
    let mut alternatives: Vec<Vec<&str>> = Vec::new();
    for set in operations.flat_map(|operation| &operation.security) {
        let set: Vec<&str> = set.iter().map(String::as_str).collect();
        if set.len() > 1 && !alternatives.contains(&set) {
            alternatives.push(set);
        }
    }
    // A client that has the credentials of the larger set has those of the smaller one, too.
    alternatives.sort_by_key(|set| std::cmp::Reverse(set.len()));
    alternatives.extend(api.security.iter().map(|scheme| vec![scheme.name.as_str()]));
    // The constructors of the client require the credential of a single scheme.
    if alternatives.len() != 1 {
        alternatives.push(Vec::new());
    }
    let security = alternatives.iter().map(|set| quote!(&[#(#set),*]));
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
    let summary = format!("A client for the {}.", api.titled());
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
        let cfg = features::cfg_of_resource(resource);
        quote! {
            #cfg
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
    items.extend(servers::setters(context, &quote!(#name)));
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
    let missing_url = servers::missing_url_docs(context.api);
    let missing_url_lines = tokens::doc_lines(&missing_url);
    let schemes = &context.api.security;
    if schemes.len() > 1 {
        return quote! {
            /// Returns a builder for a client. The methods of the builder set the credentials.
            #missing_url_lines
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVERS)
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
            #missing_url_lines
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVERS)
            }
        };
    };
    let arguments = &required_credential.arguments;
    let bound = &required_credential.bound;
    let mut new = docs::wrapped(&format!(
        "Creates a client with default settings {}.",
        required_credential.docs
    ));
    new.extend(required_credential.token_docs.clone());
    new.extend(["", "# Errors", ""].map(str::to_owned));
    let no_url = match missing_url.is_empty() {
        true => required_credential.errors,
        false => "Returns [`Error::Config`], because there is no server URL.",
    };
    new.extend(docs::wrapped(no_url));
    let new = tokens::doc_lines(&new);
    let mut builder = docs::wrapped(&format!(
        "Returns a builder for a client {}.",
        required_credential.docs
    ));
    builder.extend(required_credential.token_docs);
    builder.extend(missing_url.clone());
    let builder = tokens::doc_lines(&builder);
    let credential = required_credential.credential;
    quote! {
        #new
        pub fn new(#(#arguments: impl #bound),*) -> Result<Self, Error> {
            Self::builder(#(#arguments),*).build()
        }
        #builder
        pub fn builder(#(#arguments: impl #bound),*) -> ClientBuilder<Self> {
            ClientBuilder::new(&crate::SERVICE, SERVERS) #credential
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
    let imports = api.resources.iter().map(handle_import);
    let credential = credential_imports(api);
    let setters = credential_setters(context, &quote!(#name));
    let variables = servers::setters(context, &quote!(#name));
    let custom_request = custom_request(&quote!(<Blocking>));
    let handles = api.resources.iter().map(|resource| {
        let lines = tokens::doc_lines(&handle_docs(resource));
        let method = tokens::ident(&resource.module);
        let handle = tokens::ident(&resource.name.rust);
        let cfg = features::cfg_of_resource(resource);
        quote! {
            #cfg
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
            use super::{CUSTOM_REQUEST, SERVERS};
            #(#imports)*
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
            #variables
        }
    }
}
