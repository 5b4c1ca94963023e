//! Compares requests with the document.

use super::body;
use super::declared::{Declared, declared};
use super::document::Contract;
use super::encoded::{decoded, form_decoded, pairs};
use super::expected::ExpectedRequest;
use super::parameter::{self, Written, readers, readings};
use super::path::{literals, path_values};
use super::received::Received;
use dub_generator::json_schema::Direction::Request;
use dub_generator::model::{Api, Operation, SecurityKind};
use serde_json::json;
use std::collections::HashSet;

/// Returns the problems of a request to an operation.
pub fn problems(
    contract: &Contract,
    expected: &ExpectedRequest<'_>,
    others: &[&Operation],
    api: &Api,
    request: &Received,
) -> Vec<String> {
    let operation = expected.operation;
    let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    let server = operation.server.as_ref().or(api.server.as_ref());
    let prefix = server
        .filter(|server| server.is_path())
        .map(|server| server.default_url());
    let prefix = prefix.as_deref().unwrap_or_default().trim_end_matches('/');
    let path = path.strip_prefix(prefix).unwrap_or(path);
    if request.method != operation.method.as_str() {
        return vec![format!("the method is {}", request.method)];
    }
    let (template, fixed) = operation.path_and_query();
    let Some(values) = path_values(template, path) else {
        return vec![format!("the path {path} does not match")];
    };
    let same_method = others
        .iter()
        .filter(|other| other.method == operation.method);
    let templates = same_method.map(|other| other.path_and_query().0);
    let mut matches = templates.filter(|other| path_values(other, path).is_some());
    let own = literals(template);
    if let Some(other) = matches.find(|other| literals(other) > own) {
        return vec![format!("the path {path} is that of {other}")];
    }
    let declared = declared(contract, &operation.pointer);
    let mut check = Check {
        contract,
        request,
        expected,
        query: pairs(query),
        used: HashSet::new(),
        problems: Vec::new(),
    };
    for (name, value) in pairs(fixed) {
        if check.uses(|query, _| query == name).is_empty() {
            let problem = format!("the query {name}={value} of the path is absent");
            check.problems.push(problem);
        }
    }
    let names = declared
        .iter()
        .map(|parameter| (parameter.name, parameter.style == "deepObject"));
    let names: Vec<(&str, bool)> = names.collect();
    for parameter in &declared {
        match parameter.location {
            "path" => {
                let value = values.iter().find(|(name, _)| *name == parameter.name);
                check.path(parameter, value.map(|(_, value)| value.as_str()));
            }
            "query" => check.query(parameter, &names),
            "header" => check.header(parameter),
            "cookie" => check.cookie(parameter),
            _ => {}
        }
    }
    for scheme in &api.security {
        if let SecurityKind::ApiKeyQuery(name) = &scheme.kind {
            check.uses(|query, _| query == name);
        }
    }
    let unused = check.query.iter().enumerate();
    let unused: Vec<String> = unused
        .filter(|(index, _)| !check.used.contains(index))
        .map(|(_, (name, _))| format!("undeclared query parameter {name}"))
        .collect();
    check.problems.extend(unused);
    check
        .problems
        .extend(body::problems(contract, expected, request));
    check.problems
}

/// The check of a request.
struct Check<'a> {
    contract: &'a Contract,
    request: &'a Received,
    expected: &'a ExpectedRequest<'a>,
    /// The decoded names and the encoded values.
    query: Vec<(String, String)>,
    /// The indexes of the query parameters that are declared.
    used: HashSet<usize>,
    problems: Vec<String>,
}

impl Check<'_> {
    fn path(&mut self, parameter: &Declared<'_>, value: Option<&str>) {
        let Some(value) = value else {
            return;
        };
        let name = parameter.name;
        let readings = match parameter.style {
            "label" => {
                let separator = if parameter.explode { "." } else { "," };
                value
                    .strip_prefix('.')
                    .map(|value| self.readings(parameter, value, separator))
            }
            "matrix" => value.strip_prefix(';').map(|value| {
                let named = format!("{name}=");
                let values: Vec<&str> = value
                    .split(';')
                    .filter_map(|item| item.strip_prefix(&named))
                    .collect();
                match values.as_slice() {
                    [] => self.readings(parameter, value, ";"),
                    [one] => self.readings(parameter, one, ","),
                    several => {
                        let items = several.iter().map(|item| Written::Text(decoded(item)));
                        vec![Written::List(items.collect())]
                    }
                }
            }),
            _ => Some(self.readings(parameter, value, ",")),
        };
        match readings {
            Some(readings) => self.value(parameter, readings),
            None => self
                .problems
                .push(format!("path parameter {name}: {value} has another style")),
        }
    }

    fn readings(&self, parameter: &Declared<'_>, text: &str, separator: &str) -> Vec<Written> {
        // `+` is a literal character outside queries.
        let text = match parameter.location {
            "query" | "cookie" => text.to_owned(),
            _ => text.replace('+', "%2B"),
        };
        readings(&text, &[separator], parameter.explode, &parameter.parts)
    }

    /// Marks the query parameters that pass the test, and returns their encoded values.
    fn uses(&mut self, test: impl Fn(&str, usize) -> bool) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (index, (name, value)) in self.query.iter().enumerate() {
            if test(name, index) {
                self.used.insert(index);
                found.push((name.clone(), value.clone()));
            }
        }
        found
    }

    /// Checks a query parameter. `names` are the names of all parameters, and whether the value has
    /// the style `deepObject`, so that brackets follow the name.
    fn query(&mut self, parameter: &Declared<'_>, names: &[(&str, bool)]) {
        let name = parameter.name;
        if parameter.style == "deepObject" {
            let prefix = format!("{name}[");
            let form = self.uses(|query, _| query.starts_with(&prefix));
            let value = parameter::nested(&form).into_iter().next();
            match value {
                Some((_, value)) => self.value(parameter, vec![value]),
                None => self.absent(parameter),
            }
            return;
        }
        let values = self.uses(|query, _| query == name);
        let values: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
        let readings = match values.as_slice() {
            [] => {
                let parts = &parameter.parts;
                // Nested values have brackets, as in `deepObject`.
                let prefix = format!("{name}[");
                let form = self.uses(|query, _| query.starts_with(&prefix));
                if let Some((_, value)) = parameter::nested(&form).into_iter().next() {
                    return self.value(parameter, vec![value]);
                }
                let form = match parameter.style == "form" && parameter.explode {
                    true => self.uses(|query, _| {
                        // A name with brackets belongs to another parameter.
                        let (first, _) = query.split_once('[').unwrap_or((query, ""));
                        let is_other = |(name, is_deep): &(&str, bool)| {
                            *name == first && !(*is_deep && query == first)
                        };
                        !names.iter().any(is_other) && parameter::has_property(parts, query)
                    }),
                    false => Vec::new(),
                };
                if form.is_empty() {
                    return self.absent(parameter);
                }
                vec![Written::Pairs(parameter::nested(&form))]
            }
            [one] => match (parameter.style, parameter.explode) {
                ("spaceDelimited", false) => {
                    let separators = ["%20", "+", " "];
                    readings(one, &separators, false, &parameter.parts)
                }
                ("pipeDelimited", false) => readings(one, &["|", "%7C"], false, &parameter.parts),
                (_, false) => self.readings(parameter, one, ","),
                (_, true) => {
                    let text = Written::Text(form_decoded(one));
                    vec![text.clone(), Written::List(vec![text])]
                }
            },
            _ if !parameter.explode => {
                let problem = format!("the query parameter {name} is repeated");
                return self.problems.push(problem);
            }
            several => {
                let items = several.iter().map(|item| Written::Text(form_decoded(item)));
                vec![Written::List(items.collect())]
            }
        };
        self.value(parameter, readings);
    }

    fn header(&mut self, parameter: &Declared<'_>) {
        let ignored = ["accept", "content-type", "authorization"];
        if ignored
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
        {
            return;
        }
        match self.request.header(parameter.name) {
            // Header values are not encoded.
            Some(value) => {
                let value = value.replace('%', "%25");
                let readings = self.readings(parameter, &value, ",");
                self.value(parameter, readings);
            }
            None => self.absent(parameter),
        }
    }

    fn cookie(&mut self, parameter: &Declared<'_>) {
        let cookies = self.request.header("cookie").unwrap_or_default().to_owned();
        let cookies = cookies
            .split(';')
            .filter_map(|cookie| cookie.trim().split_once('='));
        let values: Vec<&str> = cookies
            .filter(|(name, _)| *name == parameter.name)
            .map(|(_, value)| value)
            .collect();
        match values.as_slice() {
            [] => self.absent(parameter),
            [one] => {
                let readings = self.readings(parameter, one, ",");
                self.value(parameter, readings);
            }
            several => {
                let items = several.iter().map(|item| Written::Text(decoded(item)));
                self.value(parameter, vec![Written::List(items.collect())]);
            }
        }
    }

    fn absent(&mut self, parameter: &Declared<'_>) {
        // An empty list or object is written as nothing.
        let empty = [json!([]), json!({})];
        let mut empty = empty.iter();
        let may_be_empty = empty.any(|value| {
            let problem = self.contract.problem(Request, &parameter.schema, value);
            problem.is_none()
        });
        let (location, name) = (parameter.location, parameter.name);
        let is_set = self.expected.parameters.contains(&(location, name));
        if is_set || (parameter.required && !may_be_empty) {
            self.problems
                .push(format!("the {location} parameter {name} is absent"));
        }
    }

    /// Checks a value: one of its readings must satisfy the schema.
    fn value(&mut self, parameter: &Declared<'_>, readings: Vec<Written>) {
        let mut first = None;
        for written in &readings {
            for reader in readers(self.contract) {
                let value = match (parameter.is_json, written) {
                    (true, Written::Text(text)) => serde_json::from_str(text).unwrap_or_default(),
                    _ => reader.read(written, &parameter.parts),
                };
                match self.contract.problem(Request, &parameter.schema, &value) {
                    None => return,
                    Some(problem) => {
                        first.get_or_insert(problem);
                    }
                }
            }
        }
        let (location, name) = (parameter.location, parameter.name);
        let problem = first.unwrap_or_else(|| "the value cannot be read".to_owned());
        self.problems
            .push(format!("{location} parameter {name}: {problem}"));
    }
}

#[cfg(test)]
mod tests;
