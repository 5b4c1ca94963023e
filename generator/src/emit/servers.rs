//! The servers in `client.rs`: their URLs, and the methods of the client builder for their variables.

use super::{Context, docs, tokens};
use crate::model::{Api, Server, ServerSetter, ServerVariable, first_sentence, unraw};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the servers of single operations, each once. In the list of the client, they follow the
/// server of the API.
pub fn of_operations(api: &Api) -> Vec<&Server> {
    let operations = api.resources.iter().flat_map(|one| &one.operations);
    let mut servers: Vec<&Server> = Vec::new();
    for server in operations.filter_map(|operation| operation.server.as_ref()) {
        if !servers.contains(&server) {
            servers.push(server);
        }
    }
    servers
}

/// Generates the list of servers.
pub fn list(context: &Context<'_>) -> TokenStream {
    let none = Server {
        url: String::new(),
        variables: Vec::new(),
    };
    let general = context.api.server.as_ref().unwrap_or(&none);
    let servers = std::iter::once(general).chain(context.own_servers.iter().copied());
    let servers = servers.map(|server| {
        let url = &server.url;
        let variables = server.variables.iter().map(|one| variable(context, one));
        quote!(ServerUrl { url: #url, variables: &[#(#variables),*] })
    });
    let lines = match (context.own_servers.is_empty(), general.url.is_empty()) {
        (true, true) => "No server: [`ClientBuilder::server_url`] sets one.",
        (true, false) => "The server of the API. [`ClientBuilder::server_url`] overrides it.",
        (false, _) => {
            "The server of the API, and those of single operations. [`ClientBuilder::server_url`] \
             overrides them."
        }
    };
    let lines = tokens::doc_lines(&docs::wrapped(lines));
    quote! {
        #lines
        static SERVERS: &[ServerUrl] = &[#(#servers),*];
    }
}

fn variable(context: &Context<'_>, variable: &ServerVariable) -> TokenStream {
    let ServerVariable {
        name,
        default,
        values,
        ..
    } = variable;
    let mut setters = context.api.server_setters.iter();
    let setter = setters.find(|setter| setter.sets(variable));
    let setter = setter.map(|setter| unraw(&setter.rust)).unwrap_or_default();
    quote! {
        ServerVariable {
            name: #name, setter: #setter, default: #default, values: &[#(#values),*],
        }
    }
}

/// Returns the names to import for the list of servers.
pub fn imports(context: &Context<'_>) -> TokenStream {
    match context.api.server_setters.is_empty() {
        true => quote!(ServerUrl,),
        false => quote!(ServerUrl, ServerVariable,),
    }
}

/// Generates a method of the client builder for each variable.
pub fn setters(context: &Context<'_>, client: &TokenStream) -> Option<TokenStream> {
    let setters = &context.api.server_setters;
    if setters.is_empty() {
        return None;
    }
    let setters = setters.iter().map(|setter| {
        let lines = tokens::doc_lines(&setter_docs(setter));
        let (method, name) = (tokens::ident(&setter.rust), unraw(&setter.rust));
        quote! {
            #lines
            pub fn #method(self, value: impl Into<String>) -> Self {
                self.server_variable(#name, value)
            }
        }
    });
    Some(quote! {
        impl ClientBuilder<#client> {
            #(#setters)*
        }
    })
}

fn setter_docs(setter: &ServerSetter) -> Vec<String> {
    let variable = &setter.variable;
    let mut lines = docs::lines(&format!(
        "Sets the variable {} of the server URL {}. The default is {}.",
        docs::code(&variable.name),
        docs::code(&setter.url),
        docs::code(&variable.default)
    ));
    let description = variable.description.as_deref().map(first_sentence);
    if let Some(description) = description {
        lines.push(String::new());
        lines.extend(docs::lines(&description));
    }
    let allowed = match variable.values.as_slice() {
        [] => {
            "Building the client returns [`Error::Config`] if the URL is invalid with this value."
                .to_owned()
        }
        values => {
            let values: Vec<String> = values.iter().map(|value| docs::code(value)).collect();
            format!(
                "The value is {}. Building the client returns [`Error::Config`] for any other value.",
                values.join(" or ")
            )
        }
    };
    lines.push(String::new());
    lines.extend(docs::wrapped(&format!(
        "{allowed} A value has no effect on the URL of [`ClientBuilder::server_url`]."
    )));
    lines
}

/// Returns the lines of the constructors' docs about a missing server URL; empty if there is one.
pub fn missing_url_docs(api: &Api) -> Vec<String> {
    let text = match &api.server {
        None => {
            "The API declares no server: set its URL with [`ClientBuilder::server_url`].".to_owned()
        }
        Some(server) if server.is_path() => format!(
            "The API declares only the path {} of its server: set the URL that precedes it with \
             [`ClientBuilder::server_url`].",
            docs::code(&server.default_url())
        ),
        Some(_) => return Vec::new(),
    };
    let mut lines = vec![String::new()];
    lines.extend(docs::wrapped(&text));
    lines
}
