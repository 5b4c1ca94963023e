//! One request builder: setters, and the ways to send it.

use super::arguments::{argument, url_argument};
use super::operation::body_fields;
use super::{docs, tokens};
use crate::model::{Field, Location, Operation, Parameter, Resource};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The builder's struct and its implementations.
pub fn items(resource: &Resource, operation: &Operation) -> Vec<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let handle = &resource.name.rust;
    let method = operation
        .name
        .rust
        .strip_prefix("r#")
        .unwrap_or(&operation.name.rust);
    let line = format!("A request that [`{handle}::{method}`] begins.");
    let lines = tokens::doc_lines(&[line]);
    let setters = setters(operation);
    let options = options();
    vec![
        quote! {
            #lines
            #[derive(Clone, Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder<C = Client> {
                request: Request<C>,
            }
        },
        quote! {
            impl<C> #builder<C> {
                #(#setters)*
                #options
            }
        },
        sending(&builder, operation),
        blocking(&builder, operation),
    ]
}

fn setters(operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation
        .parameters
        .iter()
        .filter(|p| !p.required)
        .map(parameter_setter);
    let fields = body_fields(operation)
        .iter()
        .filter(|field| !field.required)
        .flat_map(field_setters);
    parameters.chain(fields).collect()
}

fn parameter_setter(parameter: &Parameter) -> TokenStream {
    let name = tokens::ident(&parameter.name.rust);
    let wire = &parameter.name.wire;
    let lines = setter_docs(
        parameter.description.as_deref(),
        wire,
        parameter.default.as_deref(),
    );
    let deprecated = tokens::deprecated(parameter.deprecated.as_deref());
    let argument = url_argument(&parameter.ty, &name);
    let (ty, value) = (argument.ty, argument.value);
    let call = format_ident!(
        "{}",
        match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    );
    quote! {
        #lines
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.#call(#wire, #value);
            self
        }
    }
}

fn field_setters(field: &Field) -> Vec<TokenStream> {
    let name = tokens::ident(&field.rust);
    let wire = &field.wire;
    let lines = setter_docs(field.description.as_deref(), wire, field.default.as_deref());
    let deprecated = tokens::deprecated(field.deprecated.as_deref());
    let argument = argument(&field.ty, &name);
    let (ty, value) = (argument.ty, argument.value);
    let mut setters = vec![quote! {
        #lines
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.field(#wire, #value);
            self
        }
    }];
    if field.nullable {
        let clear = tokens::ident(&format!(
            "clear_{}",
            field.rust.strip_prefix("r#").unwrap_or(&field.rust)
        ));
        let lines = tokens::doc_lines(&[format!("Sends `null` for `{wire}`, which clears it.")]);
        setters.push(quote! {
            #lines
            #deprecated
            pub fn #clear(mut self) -> Self {
                self.request.clear(#wire);
                self
            }
        });
    }
    setters
}

fn setter_docs(description: Option<&str>, wire: &str, default: Option<&str>) -> TokenStream {
    let own = format!("Sets `{wire}`.");
    let default = default.map(|value| format!("Default: `{}`.", value.replace('`', "'")));
    let lines = docs::paragraphs([Some(description.unwrap_or(&own)), default.as_deref()]);
    tokens::doc_lines(&lines)
}

/// What can be set of any request.
fn options() -> TokenStream {
    quote! {
        /// How long each attempt may take, in place of the client's setting.
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.request.timeout(timeout);
            self
        }

        /// How long the whole call may take, further attempts and the pauses between them included.
        pub fn deadline(mut self, deadline: Duration) -> Self {
            self.request.deadline(deadline);
            self
        }

        /// When and how often to try again, in place of the client's policy.
        pub fn retry(mut self, policy: RetryPolicy) -> Self {
            self.request.retry(policy);
            self
        }

        /// Adds a header to this request alone.
        pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.request.header(name.as_ref(), value.as_ref());
            self
        }
    }
}

/// The reply's type, and the runtime's functions that give it.
struct Sends {
    ty: TokenStream,
    send: proc_macro2::Ident,
    send_with_response: proc_macro2::Ident,
}

impl Sends {
    fn of(operation: &Operation) -> Self {
        match &operation.success.ty {
            Some(ty) => Self {
                ty: tokens::ty(ty),
                send: format_ident!("send"),
                send_with_response: format_ident!("send_with_response"),
            },
            None => Self {
                ty: quote!(()),
                send: format_ident!("send_empty"),
                send_with_response: format_ident!("send_empty_with_response"),
            },
        }
    }
}

fn send_docs(operation: &Operation) -> TokenStream {
    let own = "Sends the request and gives what the API answers";
    let line = match &operation.success.description {
        Some(description) => format!("{own}: {}", lower_first(&crate::model::gist(description))),
        None => format!("{own}."),
    };
    tokens::doc_lines(&docs::lines(&line))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if !characters.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => text.to_owned(),
    }
}

fn sending(builder: &proc_macro2::Ident, operation: &Operation) -> TokenStream {
    let Sends {
        ty,
        send,
        send_with_response,
    } = Sends::of(operation);
    let lines = send_docs(operation);
    let paging = operation.pagination.as_ref().map(|pagination| {
        let item = tokens::ty(&pagination.item);
        quote! {
            /// The items of this page and of all that follow, fetched as they are asked for.
            pub fn stream(self) -> Items<#item> {
                self.request.items()
            }

            /// This page and all that follow, fetched as they are asked for.
            pub fn pages(self) -> Pages<#item> {
                self.request.pages()
            }
        }
    });
    quote! {
        impl #builder {
            #lines
            pub async fn send(self) -> Result<#ty, Error> {
                self.request.#send().await
            }

            /// Does the same and gives the whole reply: status, headers and body.
            pub async fn send_with_response(self) -> Result<Reply<#ty>, Error> {
                self.request.#send_with_response().await
            }

            #paging
        }
    }
}

fn blocking(builder: &proc_macro2::Ident, operation: &Operation) -> TokenStream {
    let Sends {
        ty,
        send,
        send_with_response,
    } = Sends::of(operation);
    let lines = send_docs(operation);
    let paging = operation.pagination.as_ref().map(|pagination| {
        let item = tokens::ty(&pagination.item);
        quote! {
            /// The items of this page and of all that follow, fetched as they are asked for.
            pub fn stream(self) -> blocking::Items<#item> {
                self.request.items()
            }

            /// This page and all that follow, fetched as they are asked for.
            pub fn pages(self) -> blocking::Pages<#item> {
                self.request.pages()
            }
        }
    });
    quote! {
        #[cfg(feature = "blocking")]
        impl #builder<blocking::Client> {
            #lines
            pub fn send(self) -> Result<#ty, Error> {
                self.request.#send()
            }

            /// Does the same and gives the whole reply: status, headers and body.
            pub fn send_with_response(self) -> Result<Reply<#ty>, Error> {
                self.request.#send_with_response()
            }

            #paging
        }
    }
}
