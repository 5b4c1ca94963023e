//! The URLs of the servers.

use super::describe::non_empty;
use crate::model::unnamed::Resource;
use crate::model::{Server, ServerVariable};
use openapiv3::{Operation, PathItem};

/// Returns the server of the API: the first one of the document.
///
/// Returns `None` if there is none, or if its URL cannot be a base URL. The app must then set the
/// client's server URL. If all operations have servers of their own, that of the first one takes its
/// place.
pub fn general(servers: &[openapiv3::Server], resources: &[Resource]) -> Option<Server> {
    let declared = servers.first().and_then(server);
    // The root of an unknown host is not different from no server.
    let declared = declared.filter(|server| server.url != "/");
    if declared.is_some() || !servers.is_empty() {
        return declared;
    }
    let mut operations = resources.iter().flat_map(|one| &one.operations);
    let first = operations.clone().next()?.server.clone()?;
    operations
        .all(|operation| operation.server.is_some())
        .then_some(first)
}

/// Returns the server of an operation, unless it has the same server as the document.
pub fn own(
    servers: &[openapiv3::Server],
    item: &PathItem,
    operation: &Operation,
) -> Option<Server> {
    let own = operation.servers.iter().chain(&item.servers).next()?;
    let own = server(own)?;
    let general = servers.first().and_then(server);
    let general = general.or_else(|| {
        Some(Server {
            url: "/".to_owned(),
            variables: Vec::new(),
        })
    });
    (general.as_ref() != Some(&own)).then_some(own)
}

/// Returns a note about the server of an operation.
pub fn note(server: &Server) -> String {
    let shown = server.url.replace('`', "");
    let (what, override_) = match server.is_path() {
        true => (
            "a server path",
            "That path is appended to the `server_url` of the client.",
        ),
        false => ("a server", "The `server_url` of the client overrides it."),
    };
    format!("This operation has {what} of its own, `{shown}`. {override_}")
}

/// Lowers a server; returns `None` if its URL cannot be a base URL.
fn server(source: &openapiv3::Server) -> Option<Server> {
    let variables = source.variables.iter().flatten();
    let variables = variables.filter(|(name, _)| source.url.contains(&format!("{{{name}}}")));
    let variables = variables.map(|(name, variable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        description: non_empty(variable.description.as_deref()),
    });
    let mut server = Server {
        url: source.url.trim().to_owned(),
        variables: variables.collect(),
    };
    let default = server.default_url();
    if default.contains(['{', '}', '?', '#', '\\']) || default.contains(char::is_whitespace) {
        return None;
    }
    if default.starts_with("//") && server.url.starts_with("//") {
        server.url.insert_str(0, "https:");
    } else if !is_absolute(&default) {
        server.url = path(&server.url, &default)?;
    }
    if server.url.len() > 1 {
        server.url.truncate(server.url.trim_end_matches('/').len());
    }
    Some(server)
}

fn is_absolute(url: &str) -> bool {
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("https" | "http"))
}

/// Returns the path of a relative URL. It is relative to the URL of the document, which is not known,
/// so it is taken as relative to the root of a host.
///
/// Returns `None` if the URL has another scheme, or seems to lack the scheme before the host.
fn path(url: &str, default: &str) -> Option<String> {
    let first = default.split('/').next().unwrap_or_default();
    if first.contains(':') || is_host(first) {
        return None;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in url.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    Some(format!("/{}", segments.join("/")))
}

/// Returns true for a name such as `api.example.com`, but not for a version such as `v1.0`.
fn is_host(segment: &str) -> bool {
    let last = segment.rsplit_once('.').map(|(_, last)| last);
    segment == "localhost"
        || last.is_some_and(|last| last.len() > 1 && last.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::{general, own};
    use openapiv3::{Operation, PathItem, Server, ServerVariable};

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

    fn url(url: &str, variables: &[(&str, &str)]) -> Option<String> {
        general(&[server(url, variables)], &[]).map(|server| server.default_url())
    }

    #[test]
    fn absolute_url_has_variable_defaults() {
        let variables = [("region", "eu"), ("n", "2")];
        let found = url("https://{region}.example.com/v{n}/", &variables);
        assert_eq!(found.as_deref(), Some("https://eu.example.com/v2"));
        assert_eq!(
            url("//a.example/v1", &[]).as_deref(),
            Some("https://a.example/v1")
        );
        let found = url("{base}/v1", &[("base", "http://a.example")]);
        assert_eq!(found.as_deref(), Some("http://a.example/v1"));
    }

    #[test]
    fn relative_url_is_a_path() {
        for (relative, path) in [
            ("/api/v2", "/api/v2"),
            ("/api/v2/", "/api/v2"),
            ("v1", "/v1"),
            ("v1.0/", "/v1.0"),
            ("v1.b", "/v1.b"),
            ("./v1", "/v1"),
            ("../v1", "/v1"),
            ("/a.example/v1", "/a.example/v1"),
        ] {
            assert_eq!(url(relative, &[]).as_deref(), Some(path), "{relative}");
        }
        assert_eq!(url("/{v}", &[("v", "v2")]).as_deref(), Some("/v2"));
        assert_eq!(url("{v}/x", &[("v", "v2")]).as_deref(), Some("/v2/x"));
    }

    #[test]
    fn unusable_url_is_none() {
        for unusable in [
            "",
            "/",
            ".",
            "./",
            "https://{x}.example.com",
            "/v1?x=1",
            "ftp://a.example",
            "api.example.com/v1",
            "localhost/v1",
            "localhost:8080/v1",
            "a b",
        ] {
            assert_eq!(url(unusable, &[]), None, "{unusable}");
        }
        assert_eq!(general(&[], &[]), None);
    }

    #[test]
    fn server_of_an_operation_precedes_that_of_its_path() {
        let with = |url: &str| Operation {
            servers: vec![server(url, &[])],
            ..Default::default()
        };
        let item = PathItem {
            servers: vec![server("https://b.example", &[])],
            ..Default::default()
        };
        let document = [server("https://a.example/", &[])];
        let found = |item: &PathItem, operation: &Operation| {
            own(&document, item, operation).map(|server| server.url)
        };
        let none = Operation::default();
        assert_eq!(found(&PathItem::default(), &none), None);
        assert_eq!(found(&item, &none).as_deref(), Some("https://b.example"));
        assert_eq!(
            found(&item, &with("https://c.example")).as_deref(),
            Some("https://c.example")
        );
        assert_eq!(found(&item, &with("https://a.example")), None);
        assert_eq!(found(&item, &with("")).as_deref(), Some("/"));
    }
}
