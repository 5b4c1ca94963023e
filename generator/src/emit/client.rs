//! `client.rs`: where the API is, how a request is authorised, and the handles of its resources.

use super::{Context, SourceFile, docs, path, tokens};
use crate::model::{Resource, SecurityKind, SecurityScheme};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of the client.
pub fn file(context: &Context<'_>) -> SourceFile {
    let api = context.api;
    let server = api.server.as_deref().unwrap_or_default();
    let mut imports: Vec<TokenStream> = Vec::new();
    let handles = api.resources.iter().map(handle_path);
    imports.extend(handles.map(|path| quote!(use #path;)));
    let credential = (!api.security.is_empty()).then(|| quote!(Credential,));
    imports
        .push(quote!(use crate::runtime::{BuildClient, Client, ClientBuilder, #credential Error};));
    let constant = quote! {
        /// Where the API is, unless [`ClientBuilder::server_url`] says otherwise.
        const SERVER_URL: &str = #server;
    };
    let mut items = vec![constant];
    items.extend(client(context));
    items.push(blocking(context));
    SourceFile {
        path: path("client"),
        docs: vec![
            "The client: where the API is, how a request is authorised, and its resources."
                .to_owned(),
        ],
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

/// The secrets that a client cannot do without, when the document has one scheme alone.
struct RequiredCredential {
    /// The names of the arguments.
    arguments: Vec<proc_macro2::Ident>,
    docs: String,
    errors: &'static str,
    credential: TokenStream,
}

fn required_credential(schemes: &[SecurityScheme]) -> Option<RequiredCredential> {
    let [scheme] = schemes else { return None };
    let (arguments, credential) = credential(&scheme.kind);
    let names: Vec<String> = arguments.iter().map(|name| format!("`{name}`")).collect();
    let name = &scheme.name;
    Some(RequiredCredential {
        docs: format!("that authorises its requests with {}", names.join(" and ")),
        errors: if arguments.len() == 1 && names == ["`token`"] {
            "[`Error::Config`] when the token cannot be sent in a header."
        } else {
            "[`Error::Config`] when the secret cannot be sent, or when there is no server to send it to."
        },
        credential: quote!(.credential(#name, #credential)),
        arguments,
    })
}

/// The arguments that a kind of scheme takes, and the credential that is made of them.
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

/// A client without operations has no use for what would send them.
fn dead_code_attribute(context: &Context<'_>) -> Option<TokenStream> {
    let none = context.api.resources.is_empty();
    none.then(|| quote!(#[expect(dead_code, reason = "the document has no operations")]))
}

/// What secrets come as: those that are joined into one need not be taken over.
fn bound(arguments: &[proc_macro2::Ident]) -> TokenStream {
    if arguments.len() == 1 {
        quote!(Into<String>)
    } else {
        quote!(AsRef<str>)
    }
}

/// A setter of the client's builder for each of several schemes.
fn credential_setters(context: &Context<'_>, client: &TokenStream) -> Option<TokenStream> {
    let schemes = &context.api.security;
    if schemes.len() < 2 {
        return None;
    }
    let setters = schemes.iter().map(|scheme| {
        let (arguments, credential) = credential(&scheme.kind);
        let (setter, name) = (tokens::ident(&scheme.rust), &scheme.name);
        let bound = bound(&arguments);
        let line = format!("Authorises requests by the scheme {}.", docs::code(name));
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

/// The client's struct and its methods.
fn client(context: &Context<'_>) -> Vec<TokenStream> {
    let api = context.api;
    let name = tokens::ident(&api.client);
    let summary = format!("A client of the {}.", api.title.trim_end_matches('.'));
    let mut lines = docs::paragraphs([Some(summary.as_str()), api.description.as_deref()]);
    lines.push(String::new());
    lines.push("Cheap to clone: clones share their connections.".to_owned());
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
    let dead_code_attribute = dead_code_attribute(context);
    let mut items = vec![
        quote! {
            #lines
            #[derive(Clone, Debug)]
            #dead_code_attribute
            pub struct #name {
                client: Client,
            }
        },
        quote! {
            impl #name {
                #constructors
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
    let subject = if resource.name.wire.is_empty() {
        "no tag"
    } else {
        &resource.name.wire
    };
    let summary = format!("The operations on {}.", subject.to_lowercase());
    docs::paragraphs([Some(summary.as_str()), resource.description.as_deref()])
}

fn constructors(context: &Context<'_>) -> TokenStream {
    let schemes = &context.api.security;
    if schemes.len() > 1 {
        return quote! {
            /// Settings for a client; its setters say how requests are authorised.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVER_URL)
            }
        };
    }
    let Some(required_credential) = required_credential(schemes) else {
        return quote! {
            /// A client with default settings.
            ///
            /// # Errors
            ///
            /// [`Error::Config`] when there is no server to send requests to.
            pub fn new() -> Result<Self, Error> {
                Self::builder().build()
            }

            /// Settings for a client.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVER_URL)
            }
        };
    };
    let arguments = &required_credential.arguments;
    let bound = bound(arguments);
    let new = tokens::doc_lines(&[
        format!(
            "A client with default settings {}.",
            required_credential.docs
        ),
        String::new(),
        "# Errors".to_owned(),
        String::new(),
        required_credential.errors.to_owned(),
    ]);
    let builder = tokens::doc_lines(&[format!(
        "Settings for a client {}.",
        required_credential.docs
    )]);
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

/// The client whose calls block, with the same resources and builders.
fn blocking(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let name = tokens::ident(&api.client);
    let summary = format!(
        "A client of the {} whose calls block the thread.",
        api.title
    );
    let lines = tokens::doc_lines(&docs::lines(&summary));
    let constructors = constructors(context);
    let imports = api.resources.iter().map(handle_path);
    let credential = (!api.security.is_empty()).then(|| quote!(Credential,));
    let setters = credential_setters(context, &quote!(#name));
    let dead_code_attribute = dead_code_attribute(context);
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
        /// The face of feature `blocking`: the same resources and builders, whose `send` waits.
        #[cfg(feature = "blocking")]
        pub(crate) mod blocking {
            use super::SERVER_URL;
            #(use #imports;)*
            use crate::runtime::blocking::Blocking;
            use crate::runtime::{BuildClient, Client, ClientBuilder, #credential Error};

            #lines
            #[derive(Clone, Debug)]
            #dead_code_attribute
            pub struct #name {
                client: Blocking,
            }

            impl #name {
                #constructors
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
