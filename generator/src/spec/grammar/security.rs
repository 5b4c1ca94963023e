//! Security schemes.

use super::types::{Kind, Shape, lenient, optional, required, shape, shape_with_rule};
use crate::spec::rules;

pub(in crate::spec) static SECURITY_SCHEME: Shape = shape_with_rule(
    "a security scheme",
    &[
        required(
            "type",
            Kind::Enum(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        lenient("description", Kind::String),
        optional("name", Kind::String),
        optional("in", Kind::Enum(&["query", "header", "cookie"])),
        optional("scheme", Kind::String),
        lenient("bearerFormat", Kind::String),
        lenient("flows", Kind::Object(&FLOWS)),
        lenient("openIdConnectUrl", Kind::String),
    ],
    rules::security_scheme,
);

pub(in crate::spec) static FLOWS: Shape = shape(
    "the OAuth flows",
    &[
        optional("implicit", Kind::Object(&IMPLICIT_FLOW)),
        optional("password", Kind::Object(&TOKEN_FLOW)),
        optional("clientCredentials", Kind::Object(&TOKEN_FLOW)),
        optional("authorizationCode", Kind::Object(&CODE_FLOW)),
    ],
);

/// All keys of a flow are optional here, because the user of the generated code obtains the tokens.
pub(in crate::spec) static IMPLICIT_FLOW: Shape = shape(
    "an implicit OAuth flow",
    &[
        optional("authorizationUrl", Kind::String),
        optional("tokenUrl", Kind::String),
        optional("refreshUrl", Kind::String),
        optional("scopes", Kind::Map(&Kind::String)),
    ],
);

pub(in crate::spec) static TOKEN_FLOW: Shape = shape(
    "an OAuth flow",
    &[
        optional("authorizationUrl", Kind::String),
        optional("tokenUrl", Kind::String),
        optional("refreshUrl", Kind::String),
        optional("scopes", Kind::Map(&Kind::String)),
    ],
);

pub(in crate::spec) static CODE_FLOW: Shape = shape(
    "an OAuth flow with a code",
    &[
        optional("authorizationUrl", Kind::String),
        optional("tokenUrl", Kind::String),
        optional("refreshUrl", Kind::String),
        optional("scopes", Kind::Map(&Kind::String)),
    ],
);
