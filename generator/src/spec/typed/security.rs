//! Converts security schemes to openapiv3's types.

use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, SecurityScheme,
};

use super::Fields;
use crate::spec::tree::Node;

pub(in crate::spec) fn security_scheme(node: &Node) -> SecurityScheme {
    let fields = Fields::of(node);
    let description = fields.string("description");
    let extensions = fields.extensions();
    match fields.string("type").as_deref() {
        Some("apiKey") => SecurityScheme::APIKey {
            location: location(fields),
            name: fields.required_string("name"),
            description,
            extensions,
        },
        Some("oauth2") => {
            let flows = fields.get("flows").map(flows).unwrap_or_default();
            SecurityScheme::OAuth2 {
                flows,
                description,
                extensions,
            }
        }
        Some("openIdConnect") => {
            let open_id_connect_url = fields.required_string("openIdConnectUrl");
            SecurityScheme::OpenIDConnect {
                open_id_connect_url,
                description,
                extensions,
            }
        }
        // `http`, or a type that validation has rejected.
        _ => {
            let (scheme, bearer_format) = (
                fields.required_string("scheme"),
                fields.string("bearerFormat"),
            );
            SecurityScheme::HTTP {
                scheme,
                bearer_format,
                description,
                extensions,
            }
        }
    }
}

fn location(fields: Fields<'_>) -> APIKeyLocation {
    match fields.string("in").as_deref() {
        Some("query") => APIKeyLocation::Query,
        Some("cookie") => APIKeyLocation::Cookie,
        // `header`, or a location that validation has rejected.
        _ => APIKeyLocation::Header,
    }
}

fn flows(node: &Node) -> OAuth2Flows {
    let fields = Fields::of(node);
    OAuth2Flows {
        implicit: fields.get("implicit").map(implicit),
        password: fields.get("password").map(password),
        client_credentials: fields.get("clientCredentials").map(client_credentials),
        authorization_code: fields.get("authorizationCode").map(authorization_code),
        extensions: fields.extensions(),
    }
}

fn implicit(node: &Node) -> ImplicitOAuth2Flow {
    let fields = Fields::of(node);
    ImplicitOAuth2Flow {
        authorization_url: fields.required_string("authorizationUrl"),
        refresh_url: fields.string("refreshUrl"),
        scopes: fields.string_map("scopes"),
        extensions: fields.extensions(),
    }
}

fn password(node: &Node) -> PasswordOAuth2Flow {
    let fields = Fields::of(node);
    PasswordOAuth2Flow {
        refresh_url: fields.string("refreshUrl"),
        token_url: fields.required_string("tokenUrl"),
        scopes: fields.string_map("scopes"),
        extensions: fields.extensions(),
    }
}

fn client_credentials(node: &Node) -> ClientCredentialsOAuth2Flow {
    let fields = Fields::of(node);
    ClientCredentialsOAuth2Flow {
        refresh_url: fields.string("refreshUrl"),
        token_url: fields.required_string("tokenUrl"),
        scopes: fields.string_map("scopes"),
        extensions: fields.extensions(),
    }
}

fn authorization_code(node: &Node) -> AuthorizationCodeOAuth2Flow {
    let fields = Fields::of(node);
    AuthorizationCodeOAuth2Flow {
        authorization_url: fields.required_string("authorizationUrl"),
        token_url: fields.required_string("tokenUrl"),
        refresh_url: fields.string("refreshUrl"),
        scopes: fields.string_map("scopes"),
        extensions: fields.extensions(),
    }
}
