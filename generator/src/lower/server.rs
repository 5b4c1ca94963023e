//! The URL of the API's server.

use openapiv3::{OpenAPI, Operation, PathItem, Server};

/// Returns the URL of the first server, with the defaults of its variables.
///
/// Returns `None` if the URL is not absolute or cannot be a base URL. The app must then set the
/// client's server URL.
pub fn url(servers: &[Server]) -> Option<String> {
    let url = expand_variables(servers.first()?);
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    (is_absolute && !url.contains(['{', '}', '?', '#']))
        .then(|| url.trim_end_matches('/').to_owned())
}

/// Returns a note for an operation with its own server. A client has only one server, so such an
/// operation needs another client.
pub fn note(document: &OpenAPI, item: &PathItem, operation: &Operation) -> Option<String> {
    let mut own = operation.servers.iter().chain(&item.servers);
    let own = expand_variables(own.next()?);
    let general = document.servers.first().map(expand_variables);
    let bare = |url: &str| url.trim_end_matches('/').to_owned();
    if general.as_deref().map(bare).unwrap_or_default() == bare(&own) {
        return None;
    }
    let shown = if own.is_empty() { "/" } else { &own };
    Some(format!(
        "This operation has its own server, `{}`. Call it on a client with that `server_url`.",
        shown.replace('`', "")
    ))
}

fn expand_variables(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::url;
    use openapiv3::{Server, ServerVariable};

    fn server(url: &str, variables: &[(&str, &str)]) -> Server {
        let variable = |default: &str| ServerVariable {
            default: default.to_owned(),
            ..Default::default()
        };
        let variables = variables
            .iter()
            .map(|(name, default)| ((*name).to_owned(), variable(default)));
        Server {
            url: url.to_owned(),
            variables: Some(variables.collect()),
            ..Default::default()
        }
    }

    #[test]
    fn substitutes_variable_defaults() {
        let servers = [server(
            "https://{region}.example.com/v{n}/",
            &[("region", "eu"), ("n", "2")],
        )];
        assert_eq!(url(&servers).as_deref(), Some("https://eu.example.com/v2"));
    }

    #[test]
    fn relative_or_templated_url_is_none() {
        assert_eq!(url(&[server("/v1", &[])]), None);
        assert_eq!(url(&[server("https://{x}.example.com", &[])]), None);
        assert_eq!(url(&[]), None);
    }
}
