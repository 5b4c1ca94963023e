//! Names of the credential methods of the client builder.

use super::case::snake;
use super::scope::Scope;
use crate::model::SecurityScheme;

/// The methods of every client builder, and other reserved names.
const CLIENT_BUILDER_METHODS: [&str; 18] = [
    "new",
    "build",
    "client",
    "server_url",
    "timeout",
    "connect_timeout",
    "deadline",
    "retry",
    "user_agent",
    "http_client",
    "allow_plain_http",
    "credential",
    "max_body",
    "max_body_size",
    "max_response_size",
    "default_header",
    "gzip",
    "body_limit",
];
/// Names the method of the client builder for each security scheme.
pub fn assign(schemes: &mut [SecurityScheme]) {
    let mut scope = Scope::with_reserved(&CLIENT_BUILDER_METHODS);
    for scheme in schemes {
        scheme.rust = scope.claim_unique(snake(&scheme.name), "");
    }
}

#[cfg(test)]
mod tests {
    use super::CLIENT_BUILDER_METHODS;

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
                    assert!(CLIENT_BUILDER_METHODS.contains(&name.as_str()), "{name}");
                }
            }
        }
    }
}
