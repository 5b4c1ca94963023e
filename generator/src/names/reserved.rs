//! The names that the runtime and generated code use, so that nothing in the document may have
//! them. Keywords are not among them: they get a suffix or become raw identifiers.

/// A namespace in which some names are reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// Types that generated code uses without a path.
    Type,
    /// Types of resources, next to the types that the file of the client uses.
    Handle,
    /// Types that every crate root exports, next to the client.
    Root,
    /// Modules: existing files and modules, the methods of every client, crates that generated code
    /// refers to, and device names that Windows reserves.
    Module,
    /// Methods of resources, and methods that every value has. Those that take `self` take
    /// precedence over a method that takes `&self`.
    Resource,
    /// Methods and fields of every request builder.
    Builder,
    /// Methods of every client builder.
    ClientBuilder,
    /// Crates that are available in every program.
    Crate,
    /// Enums of error bodies, in the file of `ApiError`.
    ErrorBody,
}

use Namespace::{Builder, ClientBuilder, Crate, ErrorBody, Handle, Module, Resource, Root, Type};

/// The reserved names, grouped by the namespaces in which they are reserved.
const RESERVED: &[(&[Namespace], &[&str])] = &[
    (
        &[Type, Root, ErrorBody],
        &["ApiError", "ErrorResponse", "HeaderMap", "StatusCode"],
    ),
    (
        &[Type],
        &[
            "AsRef",
            "AttachedResponse",
            "BTreeMap",
            "Blocking",
            "BodyKind",
            "Box",
            "C",
            "Clone",
            "Conflict",
            "Copy",
            "D",
            "Debug",
            "Default",
            "Deserialize",
            "Deserializer",
            "Duration",
            "Eq",
            "Err",
            "From",
            "Hash",
            "In",
            "Into",
            "Method",
            "NextCursor",
            "None",
            "Ok",
            "Option",
            "PageInputs",
            "Pagination",
            "PartEncoding",
            "PartialEq",
            "RawResponse",
            "RejectedPrefix",
            "Request",
            "Result",
            "Self",
            "Self_",
            "Send",
            "Serialize",
            "Serializer",
            "Some",
            "String",
            "Style",
            "Sync",
            "Vec",
        ],
    ),
    (
        &[Type, Root],
        &[
            "AnyEndpoint",
            "ApiOperation",
            "AsBytes",
            "AsEvents",
            "AsItems",
            "AsJson",
            "AsText",
            "AsTextEvents",
            "Base64",
            "Bytes",
            "Client",
            "CustomRequest",
            "Date",
            "Error",
            "ErrorValue",
            "EventOperation",
            "FilePart",
            "Integer",
            "IntoText",
            "ItemOperation",
            "Items",
            "OneOrMany",
            "Pages",
            "RequestBuilder",
            "PaginatedOperation",
            "Response",
            "RetryPolicy",
            "SendFuture",
            "TimeOfDay",
            "Timestamp",
        ],
    ),
    (&[Type, ErrorBody], &["Cow", "ErrorBody", "Operation"]),
    (
        &[Root],
        &[
            "AccessToken",
            "Body",
            "BodyStream",
            "DecodeError",
            "Event",
            "Failure",
            "InvalidBase64",
            "InvalidTimestamp",
            "ParseEnumError",
            "RateLimit",
        ],
    ),
    (
        &[Handle, Root],
        &["BuildClient", "ClientBuilder", "Credential", "Token"],
    ),
    (&[Handle], &["ServerUrl", "ServerVariable"]),
    (&[Module, Crate], &["alloc", "core", "std", "test"]),
    (
        &[Module],
        &[
            "aux",
            "blocking",
            "body_stream",
            "builder",
            "builder_from_env",
            "bytes",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "con",
            "errors",
            "event_stream",
            "from_env",
            "generated",
            "lib",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9",
            "main",
            "mod",
            "models",
            "nul",
            "prn",
            "r#mod",
            "record_stream",
            "request",
            "reqwest",
            "runtime",
            "serde",
            "serde_json",
            "streamed_body",
            "tokio",
            "tracing",
        ],
    ),
    (&[Module, ClientBuilder], &["client", "new"]),
    (&[Module, Resource], &["clone", "into", "try_into"]),
    (&[Resource], &["with_client"]),
    (
        &[Builder],
        &[
            "extra_body_field",
            "extra_query",
            "header",
            "idempotent",
            "maybe",
            "pages",
            "request",
            "send",
            "send_with_response",
            "stream",
            "validate",
        ],
    ),
    (&[Builder, ClientBuilder], &["deadline", "retry", "timeout"]),
    (
        &[ClientBuilder],
        &[
            "allow_plain_http",
            "body_limit",
            "build",
            "connect_timeout",
            "credential",
            "default_header",
            "gzip",
            "http_client",
            "max_body",
            "max_body_size",
            "max_response_size",
            "server_url",
            "server_variable",
            "user_agent",
        ],
    ),
    (&[Crate], &["proc_macro"]),
];

/// Returns the reserved names of a namespace.
pub fn names(namespace: Namespace) -> Vec<&'static str> {
    let groups = RESERVED.iter();
    groups
        .filter(|(namespaces, _)| namespaces.contains(&namespace))
        .flat_map(|(_, names)| names.iter().copied())
        .collect()
}

/// Returns true if a name is reserved in a namespace.
pub fn contains(namespace: Namespace, name: &str) -> bool {
    RESERVED
        .iter()
        .any(|(namespaces, names)| namespaces.contains(&namespace) && names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A credential method must not have the name of a method of the client builder.
    #[test]
    fn reserves_every_client_builder_method() {
        let runtime =
            syn::parse_file(include_str!("../../../dub-sdk/src/runtime/builder.rs")).unwrap();
        for item in runtime.items {
            let syn::Item::Impl(item) = item else {
                continue;
            };
            let own = item.trait_.is_none() && item.generics.params.len() == 1;
            for item in item.items.into_iter().filter(|_| own) {
                if let syn::ImplItem::Fn(function) = item {
                    let name = function.sig.ident.to_string();
                    assert!(contains(ClientBuilder, &name), "{name}");
                }
            }
        }
    }
}
