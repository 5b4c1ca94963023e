//! Names of what the client is authorised by.

use super::case::snake;
use super::scope::Scope;
use crate::model::Api;

/// What the client's builder has of its own.
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
/// Names the setters of the client's builder for its secrets.
pub fn assign(api: &mut Api) {
    let mut scope = Scope::with_reserved(&CLIENT_BUILDER_METHODS);
    for scheme in &mut api.security {
        scheme.rust = scope.claim_unique(snake(&scheme.name), "");
    }
}

#[cfg(test)]
mod tests {
    use super::CLIENT_BUILDER_METHODS;

    /// What the client's builder has of its own is known here: a secret's setter must not be called the same.
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
