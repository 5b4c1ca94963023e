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
    imports.push(quote!(
        use crate::runtime::{BuildClient, Client, ClientBuilder, Credential, Error};
    ));
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
        imports,
        items,
    }
}

fn handle_path(resource: &Resource) -> TokenStream {
    let module = tokens::ident(&resource.module);
    let handle = tokens::ident(&resource.name.rust);
    quote!(crate::generated::#module::#handle)
}

/// The secret that a client cannot do without, when the document has one scheme alone.
struct Secret {
    argument: &'static str,
    docs: &'static str,
    errors: &'static str,
    credential: TokenStream,
}

fn secret(schemes: &[SecurityScheme]) -> Option<Secret> {
    let [
        SecurityScheme {
            name,
            kind: SecurityKind::Bearer,
        },
    ] = schemes
    else {
        return None;
    };
    Some(Secret {
        argument: "token",
        docs: "that authorises its requests with `token`",
        errors: "[`Error::Config`] when the token cannot be sent in a header.",
        credential: quote!(.credential(#name, Credential::bearer(token))),
    })
}

/// The client's struct and its methods.
fn client(context: &Context<'_>) -> [TokenStream; 3] {
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
    [
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
    ]
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
    match secret(schemes) {
        Some(secret) => {
            let argument = tokens::ident(secret.argument);
            let new = tokens::doc_lines(&[
                format!("A client with default settings {}.", secret.docs),
                String::new(),
                "# Errors".to_owned(),
                String::new(),
                secret.errors.to_owned(),
            ]);
            let builder = tokens::doc_lines(&[format!("Settings for a client {}.", secret.docs)]);
            let credential = secret.credential;
            quote! {
                #new
                pub fn new(#argument: impl Into<String>) -> Result<Self, Error> {
                    Self::builder(#argument).build()
                }
                #builder
                pub fn builder(#argument: impl Into<String>) -> ClientBuilder<Self> {
                    ClientBuilder::new(&crate::SERVICE, SERVER_URL) #credential
                }
            }
        }
        None => quote! {
            /// Settings for a client; [`ClientBuilder::credential`] says how its requests are authorised.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new(&crate::SERVICE, SERVER_URL)
            }
        },
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
    let credential = secret(&api.security).map(|_| quote!(Credential,));
    let handles = api.resources.iter().map(|resource| {
        let lines = tokens::doc_lines(&handle_docs(resource));
        let method = tokens::ident(&resource.module);
        let handle = tokens::ident(&resource.name.rust);
        quote! {
            #lines
            pub fn #method(&self) -> #handle<blocking::Client> {
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
            use crate::runtime::{BuildClient, Client, ClientBuilder, #credential Error, blocking};

            #lines
            #[derive(Clone, Debug)]
            pub struct #name {
                client: blocking::Client,
            }

            impl #name {
                #constructors
                #(#handles)*
            }

            impl BuildClient for #name {
                fn from_client(client: Client) -> Result<Self, Error> {
                    Ok(Self { client: blocking::Client::new(client)? })
                }
            }
        }
    }
}
