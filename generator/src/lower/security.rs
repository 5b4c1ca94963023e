//! Lowers the security schemes.

use super::describe::non_empty;
use crate::model::{SecurityKind, SecurityScheme, TokenSource};
use crate::spec::Document;
use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr};

/// Returns the document's security schemes that the client supports. An operation that requires
/// another scheme is rejected when its security requirements are lowered.
pub fn schemes(document: &Document) -> Vec<SecurityScheme> {
    let Some(components) = &document.openapi().components else {
        return Vec::new();
    };
    let schemes = components
        .security_schemes
        .iter()
        .filter_map(|(name, scheme)| {
            let scheme = match scheme {
                ReferenceOr::Item(scheme) => scheme,
                ReferenceOr::Reference { reference } => document.security_scheme(reference).ok()?.1,
            };
            Some(SecurityScheme {
                name: name.clone(),
                rust: String::new(),
                kind: security_kind(scheme)?,
                token_sources: token_sources(scheme),
            })
        });
    schemes.collect()
}

fn security_kind(scheme: &openapiv3::SecurityScheme) -> Option<SecurityKind> {
    match scheme {
        openapiv3::SecurityScheme::HTTP { scheme, .. } => match scheme.to_lowercase().as_str() {
            "bearer" => Some(SecurityKind::Bearer),
            "basic" => Some(SecurityKind::Basic),
            _ if is_token(scheme) => Some(SecurityKind::Http(scheme.clone())),
            _ => None,
        },
        openapiv3::SecurityScheme::APIKey { location, name, .. } => Some(match location {
            APIKeyLocation::Header => SecurityKind::ApiKeyHeader(name.clone()),
            APIKeyLocation::Query => SecurityKind::ApiKeyQuery(name.clone()),
            APIKeyLocation::Cookie => SecurityKind::ApiKeyCookie(name.clone()),
        }),
        // Every flow obtains a bearer token (RFC 6750), and requests contain only that token.
        openapiv3::SecurityScheme::OAuth2 { .. }
        | openapiv3::SecurityScheme::OpenIDConnect { .. } => Some(SecurityKind::Bearer),
    }
}

/// Returns true for the name of an HTTP authentication scheme: a token of RFC 9110, section 5.6.2.
fn is_token(scheme: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !scheme.is_empty() && scheme.chars().all(is_allowed)
}

fn token_sources(scheme: &openapiv3::SecurityScheme) -> Vec<TokenSource> {
    match scheme {
        openapiv3::SecurityScheme::OAuth2 { flows, .. } => flow_sources(flows),
        openapiv3::SecurityScheme::OpenIDConnect {
            open_id_connect_url,
            ..
        } => vec![source("openIdConnect", None, Some(open_id_connect_url), [])],
        _ => Vec::new(),
    }
}

fn flow_sources(flows: &OAuth2Flows) -> Vec<TokenSource> {
    let code = flows.authorization_code.as_ref().map(|flow| {
        let (authorization, token) = (&flow.authorization_url, &flow.token_url);
        source(
            "authorizationCode",
            Some(authorization),
            Some(token),
            &flow.scopes,
        )
    });
    let credentials = flows.client_credentials.as_ref().map(|flow| {
        let token = Some(&flow.token_url);
        source("clientCredentials", None, token, &flow.scopes)
    });
    let password = flows
        .password
        .as_ref()
        .map(|flow| source("password", None, Some(&flow.token_url), &flow.scopes));
    let implicit = flows.implicit.as_ref().map(|flow| {
        let authorization = Some(&flow.authorization_url);
        source("implicit", authorization, None, &flow.scopes)
    });
    [code, credentials, password, implicit]
        .into_iter()
        .flatten()
        .collect()
}

fn source<'a>(
    name: &str,
    authorization_url: Option<&String>,
    token_url: Option<&String>,
    scopes: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> TokenSource {
    let url = |url: Option<&String>| non_empty(url.map(String::as_str));
    let scopes = scopes.into_iter();
    TokenSource {
        name: name.to_owned(),
        authorization_url: url(authorization_url),
        token_url: url(token_url),
        scopes: scopes
            .map(|(scope, description)| (scope.clone(), description.clone()))
            .collect(),
    }
}
