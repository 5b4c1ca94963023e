//! The credentials in `client.rs`: arguments of the constructors, and methods of the client builder.

use super::{Context, docs, tokens};
use crate::model::{Api, SecurityKind, SecurityScheme, TokenSource, first_sentence};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the names to import for credentials.
pub fn credential_imports(api: &Api) -> TokenStream {
    let credential = (!api.security.is_empty()).then(|| quote!(Credential,));
    let is_bearer = |scheme: &SecurityScheme| matches!(scheme.kind, SecurityKind::Bearer);
    let token = api.security.iter().any(is_bearer).then(|| quote!(Token,));
    quote!(#credential #token)
}

/// The credential that the constructors of a client require if the document has exactly one
/// security scheme.
pub struct RequiredCredential {
    /// The names of the arguments.
    pub arguments: Vec<proc_macro2::Ident>,
    pub docs: String,
    /// Further lines of the docs: how to obtain a token.
    pub token_docs: Vec<String>,
    pub errors: &'static str,
    pub credential: TokenStream,
    /// The bound of the arguments.
    pub bound: TokenStream,
}

/// Returns the credential that the constructors require, if any.
pub fn required_credential(schemes: &[SecurityScheme]) -> Option<RequiredCredential> {
    let [scheme] = schemes else { return None };
    let (arguments, credential) = credential(&scheme.kind);
    let names: Vec<String> = arguments.iter().map(|name| format!("`{name}`")).collect();
    let name = &scheme.name;
    Some(RequiredCredential {
        token_docs: token_docs(scheme),
        docs: format!(
            "that authenticates requests with {}{}",
            names.join(" and "),
            header_note(&scheme.kind)
        ),
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

/// Returns the names of the arguments for a security scheme.
pub fn argument_names(scheme: &SecurityScheme) -> Vec<String> {
    let (arguments, _) = credential(&scheme.kind);
    arguments.iter().map(ToString::to_string).collect()
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
        SecurityKind::Http(scheme) => (
            one("credential"),
            quote!(Credential::authorization(#scheme, credential)),
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
        SecurityKind::Http(_)
        | SecurityKind::ApiKeyHeader(_)
        | SecurityKind::ApiKeyQuery(_)
        | SecurityKind::ApiKeyCookie(_) => quote!(Into<String>),
    }
}

/// Generates a builder method for each security scheme if there are several schemes.
pub fn credential_setters(context: &Context<'_>, client: &TokenStream) -> Option<TokenStream> {
    let schemes = &context.api.security;
    if schemes.len() < 2 {
        return None;
    }
    let setters = schemes.iter().map(|scheme| {
        let (arguments, credential) = credential(&scheme.kind);
        let (setter, name) = (tokens::ident(&scheme.rust), &scheme.name);
        let bound = bound(&scheme.kind);
        let mut lines = docs::lines(&format!(
            "Sets the credential for the security scheme {}{}.",
            docs::code(name),
            header_note(&scheme.kind)
        ));
        lines.extend(token_docs(scheme));
        let lines = tokens::doc_lines(&lines);
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

/// Returns the end of a sentence that says how a credential of another HTTP scheme is sent.
fn header_note(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Http(scheme) => {
            let header = docs::code(&format!("Authorization: {scheme} <credential>"));
            format!(", which is sent as {header}")
        }
        _ => String::new(),
    }
}

/// The maximum number of scopes that the docs list.
const MAX_SCOPES: usize = 20;

/// Returns the lines, after the first paragraph of the docs, that say how to obtain a token.
fn token_docs(scheme: &SecurityScheme) -> Vec<String> {
    let sources = &scheme.token_sources;
    if sources.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    lines.extend(docs::wrapped("The token is an access token from:"));
    lines.push(String::new());
    for source in sources {
        lines.extend(docs::lines(&source_item(source)));
    }
    let mut scopes: Vec<&(String, String)> = Vec::new();
    for scope in sources.iter().flat_map(|source| &source.scopes) {
        if !scopes.iter().any(|known| known.0 == scope.0) {
            scopes.push(scope);
        }
    }
    if !scopes.is_empty() {
        lines.extend(["", "Scopes:", ""].map(str::to_owned));
    }
    for (name, description) in scopes.iter().take(MAX_SCOPES) {
        let name = docs::code(name);
        let item = match first_sentence(description) {
            text if text.is_empty() => format!("- {name}"),
            text => format!("- {name}: {text}"),
        };
        lines.extend(docs::lines(&item));
    }
    let more = scopes.len().saturating_sub(MAX_SCOPES);
    if more > 0 {
        lines.push(format!("- and {more} more"));
    }
    lines
}

/// Describes an item of the list of token sources.
fn source_item(source: &TokenSource) -> String {
    let name = match source.name.as_str() {
        "authorizationCode" => "the OAuth 2.0 authorization code flow",
        "clientCredentials" => "the OAuth 2.0 client credentials flow",
        "password" => "the OAuth 2.0 password flow",
        "implicit" => "the OAuth 2.0 implicit flow",
        _ => "OpenID Connect",
    };
    let label = match source.name.as_str() {
        "openIdConnect" => "configuration",
        _ => "token URL",
    };
    let show = |label: &str, url: &Option<String>| {
        let url = docs::code(url.as_ref()?);
        Some(format!("{label} {url}"))
    };
    let urls = [
        show("authorization URL", &source.authorization_url),
        show(label, &source.token_url),
    ];
    let urls: Vec<String> = urls.into_iter().flatten().collect();
    match urls.is_empty() {
        true => format!("- {name}"),
        false => format!("- {name}: {}", urls.join(", ")),
    }
}
