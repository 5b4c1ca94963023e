//! The first program: a whole program with one call, for the README and the example of a crate.

use super::{Context, credentials, example, servers};
use crate::model::{HttpMethod, Operation, Resource, SecurityScheme, unraw};

/// A program that calls one operation.
pub struct FirstProgram {
    pub lines: Vec<String>,
    /// The feature that the program requires.
    pub feature: Option<String>,
    /// The environment variables that contain the credentials.
    pub variables: Vec<String>,
}

/// Returns the first program of a crate; `None` if the crate has no operations.
pub fn first_program(context: &Context<'_>) -> Option<FirstProgram> {
    let resources = context.api.resources.iter();
    let operations = resources.flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    let (resource, operation) = operations.min_by_key(|(_, one)| difficulty(one))?;
    let credentials = Credentials::of(context, operation);
    let api = context.api;
    let mut lines = vec![
        format!("use {}::{};", api.crate_name, api.client),
        String::new(),
        "#[tokio::main]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    let mut body = client(context, &credentials);
    body.extend(call(context, resource, operation));
    lines.extend(body.into_iter().map(|line| format!("    {line}")));
    lines.extend(["    Ok(())", "}"].map(str::to_owned));
    Some(FirstProgram {
        lines,
        feature: resource.feature.clone(),
        variables: credentials.variables,
    })
}

/// Orders operations: those that read, have a result and need no arguments come first.
fn difficulty(operation: &Operation) -> (bool, bool, bool, usize) {
    (
        operation.deprecated.is_some(),
        operation.method != HttpMethod::Get,
        operation.result_variable.is_none(),
        operation.arguments().len(),
    )
}

fn call(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let mut lines = on_one_line(example::short_call(context, resource, operation));
    if let Some(result) = &operation.result_variable {
        lines.push(format!("println!(\"{{{result}:?}}\");"));
    }
    lines
}

/// The maximum length of a call on one line.
const MAX_LINE: usize = 80;

/// Joins the lines of a call if the result is short, and none of them is a comment, an attribute or
/// another statement.
fn on_one_line(lines: Vec<String>) -> Vec<String> {
    let is_code = |line: &String| !line.starts_with("//") && !line.starts_with('#');
    let statements = lines.iter().filter(|line| line.ends_with(';')).count();
    let one: String = lines.iter().map(|line| line.trim_start()).collect();
    match one.len() <= MAX_LINE && statements == 1 && lines.iter().all(is_code) {
        true => vec![one],
        false => lines,
    }
}

/// The expressions for the credentials of an operation, which come from the environment.
struct Credentials {
    /// The arguments of the constructor.
    arguments: String,
    /// The calls of the methods of the client builder.
    setters: Vec<String>,
    variables: Vec<String>,
}

impl Credentials {
    fn of(context: &Context<'_>, operation: &Operation) -> Self {
        let mut variables = Vec::new();
        let prefix = context.api.crate_name.to_uppercase();
        let mut arguments = |scheme: &SecurityScheme, name: &str| {
            let arguments = credentials::argument_names(scheme);
            let is_single = arguments.len() == 1;
            let expressions = arguments.into_iter().map(|argument| {
                let variable = match (name.is_empty(), is_single) {
                    (true, _) => format!("{prefix}_{argument}"),
                    (false, true) => format!("{prefix}_{name}"),
                    (false, false) => format!("{prefix}_{name}_{argument}"),
                };
                let variable = variable.to_uppercase();
                let expression = format!("std::env::var(\"{variable}\")?");
                variables.push(variable);
                expression
            });
            expressions.collect::<Vec<_>>().join(", ")
        };
        let (argument_list, setters) = match context.api.security.as_slice() {
            [scheme] => (arguments(scheme, ""), Vec::new()),
            schemes => {
                let required = operation.security.first().into_iter().flatten();
                let required =
                    required.filter_map(|name| schemes.iter().find(|one| one.name == *name));
                let setters = required.map(|scheme| {
                    let values = arguments(scheme, unraw(&scheme.rust));
                    format!(".{}({values})", scheme.rust)
                });
                (String::new(), setters.collect())
            }
        };
        Self {
            arguments: argument_list,
            setters,
            variables,
        }
    }
}

/// Returns the lines that make the client.
fn client(context: &Context<'_>, credentials: &Credentials) -> Vec<String> {
    let api = context.api;
    let (variable, client, arguments) = (&api.client_variable, &api.client, &credentials.arguments);
    let needs_url = !servers::missing_url_docs(api).is_empty();
    if !needs_url && api.security.len() < 2 {
        return vec![format!("let {variable} = {client}::new({arguments})?;")];
    }
    let mut lines = vec![format!("let {variable} = {client}::builder({arguments})")];
    if needs_url {
        let url = "    .server_url(\"https://api.example.com\")";
        let comment = "    // Replace this with the URL of the server.";
        lines.extend([comment, url].map(str::to_owned));
    }
    lines.extend(
        credentials
            .setters
            .iter()
            .map(|setter| format!("    {setter}")),
    );
    lines.push("    .build()?;".to_owned());
    lines
}
