//! The servers of an API.

use serde::{Serialize, Serializer};

/// A server of the API, or of a single operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL without a trailing slash, in which `{name}` stands for a variable. It is only a path
    /// that begins with `/` if the document does not say on which host the API is.
    pub url: String,
    /// The variables in the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    pub name: String,
    pub default: String,
    /// The values that are allowed; empty if all are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A method of the client builder that sets a variable of the server URLs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerSetter {
    /// The name of the method.
    pub rust: String,
    /// The URL of the first server with the variable.
    pub url: String,
    #[serde(flatten)]
    pub variable: ServerVariable,
}

impl ServerSetter {
    /// Returns true if the method sets this variable. Variables of several servers share a method if
    /// they have the same name and the same values.
    pub fn sets(&self, variable: &ServerVariable) -> bool {
        (&self.variable.name, &self.variable.values) == (&variable.name, &variable.values)
    }
}

impl Server {
    /// Returns the URL with the defaults of its variables.
    pub fn default_url(&self) -> String {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        url
    }

    /// Returns true if the document does not say on which host the server is.
    pub fn is_path(&self) -> bool {
        self.url.starts_with('/')
    }
}

/// A server without variables is only its URL.
impl Serialize for Server {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Template<'a> {
            url: &'a str,
            variables: &'a [ServerVariable],
        }
        if self.variables.is_empty() {
            return serializer.serialize_str(&self.url);
        }
        Template {
            url: &self.url,
            variables: &self.variables,
        }
        .serialize(serializer)
    }
}
