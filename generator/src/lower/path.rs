//! The path of an operation: its placeholders, and a query that is a part of it.

use super::Lowering;
use super::describe::unsupported;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Parameter, Type};
use crate::model::{Location, Name, Style};

impl Lowering<'_> {
    /// Checks the path of an operation against its parameters, and returns it. A placeholder without
    /// a parameter becomes a string parameter.
    ///
    /// A query in the path is sent with every request, except for pairs that only show the
    /// placeholder of a query parameter. A fragment is not sent (RFC 9110, section 7.1).
    pub fn path(
        &mut self,
        planned: &PlannedOperation<'_>,
        parameters: &mut Vec<Parameter>,
    ) -> Option<String> {
        let at = Pointer::start(&planned.item_pointer);
        let (path, fragment) = match planned.path.split_once('#') {
            Some((path, fragment)) => (path, format!("#{fragment}")),
            None => (planned.path, String::new()),
        };
        if !fragment.is_empty() {
            let message = format!("the path has the fragment `{fragment}`");
            self.warn(
                Diagnostic::new(Code::Shape, &planned.item_pointer, message)
                    .help("requests have no fragment: it only tells operations apart"),
            );
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let Some(names) = placeholders(path) else {
            let message = "unbalanced braces in the path";
            return self.refuse(Diagnostic::new(Code::Shape, &planned.item_pointer, message));
        };
        self.add_undeclared(planned, &names, parameters);
        let is_valid = self.check_path_parameters(planned, &names, parameters);
        let fixed = self.fixed_query(query, at, parameters)?;
        let path = match fixed.as_str() {
            "" => format!("{path}{fragment}"),
            fixed => format!("{path}?{fixed}{fragment}"),
        };
        is_valid.then_some(path)
    }

    /// Adds a parameter for each placeholder without one.
    fn add_undeclared(
        &mut self,
        planned: &PlannedOperation<'_>,
        names: &[&str],
        parameters: &mut Vec<Parameter>,
    ) {
        for name in names {
            let is_declared =
                |one: &Parameter| one.location == Location::Path && one.name.wire == **name;
            if parameters.iter().any(is_declared) {
                continue;
            }
            let message = format!("no path parameter for the placeholder `{{{name}}}`");
            self.warn(
                Diagnostic::new(Code::Shape, &planned.pointer, message).help(format!(
                    "it becomes a string; add a parameter with `name: {name}` and `in: path`"
                )),
            );
            parameters.push(Parameter {
                name: Name {
                    wire: (*name).to_owned(),
                    rust: String::new(),
                },
                pointer: planned.pointer.clone(),
                location: Location::Path,
                style: Style::Simple { explode: false },
                ty: Type::String,
                required: true,
                allow_reserved: false,
                allow_empty: false,
                description: None,
                deprecated: None,
                default: None,
                example: None,
                bounds: None,
                rejected_prefixes: Vec::new(),
            });
        }
    }

    /// Checks that each path parameter has a placeholder.
    fn check_path_parameters(
        &mut self,
        planned: &PlannedOperation<'_>,
        names: &[&str],
        parameters: &[Parameter],
    ) -> bool {
        let mut is_valid = true;
        for parameter in parameters.iter().filter(|p| p.location == Location::Path) {
            if !names.contains(&parameter.name.wire.as_str()) {
                is_valid = false;
                let message = format!(
                    "no placeholder for the path parameter `{}`",
                    parameter.name.wire
                );
                self.refuse::<()>(Diagnostic::new(Code::Shape, &planned.pointer, message));
            }
        }
        is_valid
    }

    /// Returns the pairs of a query in a path that every request has.
    fn fixed_query(
        &mut self,
        query: &str,
        at: Pointer<'_>,
        parameters: &[Parameter],
    ) -> Option<String> {
        let mut fixed = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let parameter = parameters.iter().find(|parameter| {
                parameter.location == Location::Query && parameter.name.wire == name
            });
            match parameter {
                Some(_) if value == format!("{{{name}}}") => {}
                Some(parameter) => {
                    let message = format!("the path already sets the query parameter `{name}`");
                    let help = "remove the parameter, or the pair from the path";
                    return self.refuse(
                        Diagnostic::new(Code::Shape, &parameter.pointer, message).help(help),
                    );
                }
                None if pair.contains(['{', '}']) => {
                    return self.refuse(unsupported(at, "placeholder in the query of a path"));
                }
                None => fixed.push(pair),
            }
        }
        Some(fixed.join("&"))
    }
}

/// Returns the names of the placeholders of a path, in order. `None` if a brace has no counterpart or
/// a placeholder has no name.
fn placeholders(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut parts = path.split('{');
    if parts.next().is_some_and(|start| start.contains('}')) {
        return None;
    }
    for part in parts {
        let (name, rest) = part.split_once('}')?;
        if name.is_empty() || rest.contains('}') {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn braces_must_be_balanced() {
        assert_eq!(placeholders("/a"), Some(vec![]));
        assert_eq!(placeholders("/a/{b}...{c}.d"), Some(vec!["b", "c"]));
        for invalid in ["/{}", "/{a", "/a}", "/{a}}", "/{{a}", "/{a{b}"] {
            assert_eq!(placeholders(invalid), None, "{invalid}");
        }
    }
}
