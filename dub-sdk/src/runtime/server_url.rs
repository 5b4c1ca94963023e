//! The URLs of the servers that a document declares, with their variables.

use super::error::Error;
use reqwest::Url;

/// A server of an API.
pub(crate) struct ServerUrl {
    /// The URL, in which `{name}` stands for a variable. It is only a path, such as `/api/v2`, if the
    /// document does not say on which host the API is. Empty if there is no URL.
    pub(crate) url: &'static str,
    pub(crate) variables: &'static [ServerVariable],
}

/// A variable in the URL of a server.
pub(crate) struct ServerVariable {
    pub(crate) name: &'static str,
    /// The method of the client builder that sets it. Variables of several servers with the same name
    /// and the same values share one.
    pub(crate) setter: &'static str,
    pub(crate) default: &'static str,
    /// The values that are allowed; empty if all are.
    pub(crate) values: &'static [&'static str],
}

/// Returns the complete URL of each server. An empty URL means that there is none.
///
/// `server_url` is the URL that the caller set. It replaces all complete URLs, and it precedes those
/// that are only a path. Without it, a path of an operation's server follows the host of the first
/// server. `values` are the values that the caller set, by the setter.
pub(super) fn resolve(
    servers: &[ServerUrl],
    server_url: Option<&str>,
    values: &[(&'static str, String)],
) -> Result<Vec<String>, Error> {
    let urls = servers.iter().map(|server| server.expand(values));
    let urls = urls.collect::<Result<Vec<String>, Error>>()?;
    if let Some(base) = server_url {
        let mut urls: Vec<String> = urls.iter().map(|url| below(base, url)).collect();
        if urls.is_empty() {
            urls.push(base.to_owned());
        }
        return Ok(urls);
    }
    let host = urls.first().and_then(|url| origin(url));
    let complete = |url: String| match url.starts_with('/') {
        true => host
            .as_ref()
            .map(|host| join(host, &url))
            .unwrap_or_default(),
        false => url,
    };
    Ok(urls.into_iter().map(complete).collect())
}

/// Returns the URL of a server for a caller who set the URL `base`.
fn below(base: &str, url: &str) -> String {
    match url.starts_with('/') && !base.is_empty() {
        true => join(base, url),
        false => base.to_owned(),
    }
}

fn join(base: &str, path: &str) -> String {
    format!(
        "{}{}",
        base.trim_end_matches('/'),
        path.trim_end_matches('/')
    )
}

/// Returns the scheme, the host and the port of a complete URL.
fn origin(url: &str) -> Option<String> {
    let origin = Url::parse(url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

impl ServerUrl {
    /// Returns the URL with the values of its variables.
    fn expand(&self, values: &[(&'static str, String)]) -> Result<String, Error> {
        let mut url = self.url.to_owned();
        for variable in self.variables {
            let mut set = values
                .iter()
                .filter(|(setter, _)| *setter == variable.setter);
            let value = match set.next() {
                Some((_, value)) => {
                    self.check(variable, value)?;
                    value
                }
                None => variable.default,
            };
            url = url.replace(&variable.placeholder(), value);
        }
        // A variable at the beginning of a path may have a slash of its own.
        match self.url.starts_with('/') {
            true => Ok(format!("/{}", url.trim_start_matches('/'))),
            false => Ok(url),
        }
    }

    /// Rejects a value that the document does not allow, or that would change the meaning of the
    /// rest of the URL.
    fn check(&self, variable: &ServerVariable, value: &str) -> Result<(), Error> {
        if value == variable.default || variable.values.contains(&value) {
            return Ok(());
        }
        if !variable.values.is_empty() {
            return Err(Error::config(format!(
                "invalid value {value:?} for the server variable `{}`: expected `{}`",
                variable.name,
                variable.values.join("` or `")
            )));
        }
        let is_special = |c: char| c.is_whitespace() || c.is_control() || "?#\\{}".contains(c);
        let mut is_invalid = value.contains(is_special);
        if self.is_in_authority(variable) {
            is_invalid |= value.is_empty() || value.contains(['/', '@']);
        }
        if self.url.starts_with('/') {
            is_invalid |= value.contains("//");
        }
        if is_invalid {
            return Err(Error::config(format!(
                "invalid value {value:?} for the server variable `{}` in `{}`",
                variable.name, self.url
            )));
        }
        Ok(())
    }

    /// Returns true if the variable is between the scheme and the path of the URL.
    fn is_in_authority(&self, variable: &ServerVariable) -> bool {
        let Some((_, rest)) = self.url.split_once("://") else {
            return false;
        };
        let authority = rest.split('/').next().unwrap_or_default();
        authority.contains(&variable.placeholder())
    }
}

impl ServerVariable {
    fn placeholder(&self) -> String {
        format!("{{{}}}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn plain(url: &'static str) -> ServerUrl {
        ServerUrl {
            url,
            variables: &[],
        }
    }

    const fn any(name: &'static str, default: &'static str) -> ServerVariable {
        ServerVariable {
            name,
            setter: name,
            default,
            values: &[],
        }
    }

    const CAMPAIGN: ServerUrl = ServerUrl {
        url: "https://{account}.{region}.example:{port}/{base}",
        variables: &[
            any("account", "demo"),
            ServerVariable {
                name: "region",
                setter: "region",
                default: "us1",
                values: &["eu1", "us1"],
            },
            any("port", "443"),
            any("base", "api/3"),
        ],
    };

    #[test]
    fn path_follows_the_url_of_the_caller() {
        for (path, base, expected) in [
            ("/api/v2", "http://a.example", "http://a.example/api/v2"),
            (
                "/api/v2",
                "http://a.example/x/",
                "http://a.example/x/api/v2",
            ),
            ("/api/v2/", "http://a.example", "http://a.example/api/v2"),
            ("/", "http://a.example/", "http://a.example"),
            ("", "http://a.example/x", "http://a.example/x"),
            (
                "https://b.example/v1",
                "http://a.example",
                "http://a.example",
            ),
            ("/api/v2", "", ""),
        ] {
            let urls = resolve(&[plain(path)], Some(base), &[]).unwrap();
            let [url] = urls.as_slice() else {
                panic!("{urls:?}")
            };
            assert_eq!(url.trim_end_matches('/'), expected.trim_end_matches('/'));
        }
    }

    #[test]
    fn path_alone_is_no_url() {
        assert_eq!(
            resolve(&[plain("/api/v2"), plain("/v1")], None, &[]).unwrap(),
            ["", ""]
        );
    }

    #[test]
    fn path_of_an_operation_follows_the_host_of_the_api() {
        let servers = [
            plain("https://a.example:8/v1"),
            plain("/v2"),
            plain("https://b.example"),
        ];
        let urls = resolve(&servers, None, &[]).unwrap();
        assert_eq!(
            urls,
            [
                "https://a.example:8/v1",
                "https://a.example:8/v2",
                "https://b.example"
            ]
        );
        let urls = resolve(&servers, Some("http://c.example/x"), &[]).unwrap();
        assert_eq!(
            urls,
            [
                "http://c.example/x",
                "http://c.example/x/v2",
                "http://c.example/x"
            ]
        );
    }

    #[test]
    fn variables_have_defaults_and_values() {
        let url = |values: &[(&'static str, String)]| resolve(&[CAMPAIGN], None, values);
        assert_eq!(url(&[]).unwrap(), ["https://demo.us1.example:443/api/3"]);
        let values = [
            ("account", "acme".to_owned()),
            ("region", "eu1".to_owned()),
            ("base", "api/4".to_owned()),
        ];
        assert_eq!(
            url(&values).unwrap(),
            ["https://acme.eu1.example:443/api/4"]
        );
    }

    #[test]
    fn rejects_values_that_change_the_rest_of_the_url() {
        for (name, value) in [
            ("region", "eu2"),
            ("account", "evil.example/"),
            ("account", "user@evil"),
            ("account", ""),
            ("account", "a b"),
            ("base", "x?y=1"),
            ("base", "x#y"),
            ("base", "{port}"),
        ] {
            let values = [(name, value.to_owned())];
            for server_url in [None, Some("http://127.0.0.1:1")] {
                let error = resolve(&[CAMPAIGN], server_url, &values).unwrap_err();
                assert!(matches!(error, Error::Config(_)), "{error:?}");
                assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
            }
        }
    }
}
