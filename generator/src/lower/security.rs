//! Lowers the security schemes.

use crate::model::{SecurityKind, SecurityScheme};
use crate::spec::Document;
use openapiv3::{APIKeyLocation, ReferenceOr};

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
            })
        });
    schemes.collect()
}

fn security_kind(scheme: &openapiv3::SecurityScheme) -> Option<SecurityKind> {
    match scheme {
        openapiv3::SecurityScheme::HTTP { scheme, .. } => match scheme.to_lowercase().as_str() {
            "bearer" => Some(SecurityKind::Bearer),
            "basic" => Some(SecurityKind::Basic),
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
