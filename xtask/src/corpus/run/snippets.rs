//! The program that contains the examples of a crate as functions.

use super::program::{CompileError, compile};
use super::subject::{Subject, label};
use dub_generator::Snippet;
use dub_generator::model::{Api, Operation, SecurityKind};
use std::collections::HashMap;
use std::path::PathBuf;

/// The maximum number of compilations: each leaves out the examples that do not compile.
const MAX_COMPILATIONS: usize = 4;

/// The program around the examples.
const FRAME: &str = include_str!("frame.txt");

/// The source text of the program.
pub struct Source {
    frame: String,
    calls: Vec<Call>,
}

/// A call of an operation: a function of the program.
pub struct Call {
    /// The index of the operation.
    pub operation: usize,
    /// True for a call of all setters, false for the example in the docs.
    pub is_full: bool,
    /// The locations of the inputs that the request contains.
    pub sent: Vec<String>,
    /// False if the document describes no valid value for an argument.
    pub is_valid: bool,
    function: String,
}

/// The program, and the calls that it does not contain because of errors.
pub struct Compiled {
    pub program: PathBuf,
    pub calls: Vec<Call>,
    /// The errors by the index of the call.
    pub rejected: HashMap<usize, String>,
}

impl Source {
    pub fn new(api: &Api, snippets: &[Snippet], operations: &[&Operation]) -> Self {
        let mut calls = Vec::new();
        for (index, operation) in operations.iter().enumerate() {
            let snippet = snippets.iter().find(|snippet| {
                snippet.operation == operation.pointer && snippet.builder == operation.builder
            });
            let Some(snippet) = snippet else { continue };
            let full = Some(&snippet.full).filter(|full| **full != snippet.example);
            for (call, is_full) in [(Some(&snippet.example), false), (full, true)] {
                let Some(call) = call else { continue };
                let result = snippet.result.as_deref();
                calls.push(Call {
                    operation: index,
                    is_full,
                    sent: call.sent.clone(),
                    is_valid: call.is_valid,
                    function: function(api, calls.len(), operation, &call.lines, result),
                });
            }
        }
        let frame = FRAME
            .replace("CRATE", &api.crate_name)
            .replace("CLIENT", &api.client)
            .replace("ARGUMENTS", &arguments(api))
            .replace("SETTERS", &setters(api));
        Self { frame, calls }
    }

    /// Returns the text, and the index of the call that each line belongs to.
    fn text(&self, rejected: &HashMap<usize, String>) -> (String, Vec<Option<usize>>) {
        let is_included = |index: &usize| !rejected.contains_key(index);
        let included = (0..self.calls.len()).filter(is_included);
        let arms: String = included
            .map(|index| format!("        {index} => Box::pin(example_{index}(client)),\n"))
            .collect();
        let mut text = self.frame.replace("ARMS", &arms);
        let mut owners = vec![None; text.lines().count()];
        for (index, call) in self.calls.iter().enumerate() {
            if is_included(&index) {
                text.push_str(&call.function);
                owners.extend(call.function.lines().map(|_| Some(index)));
            }
        }
        (text, owners)
    }
}

/// Returns the function with a call, whose result is the text of its response.
fn function(
    api: &Api,
    index: usize,
    operation: &Operation,
    lines: &[String],
    result: Option<&str>,
) -> String {
    let result = result.map_or("String::new()".to_owned(), |name| {
        format!("format!(\"{{{name}:?}}\")")
    });
    format!(
        "// {}\nasync fn example_{index}({}: {}::{}) -> Outcome {{\n    {}\n    Ok({result})\n}}\n",
        label(operation),
        api.client_variable,
        api.crate_name,
        api.client,
        lines.join("\n    "),
    )
}

/// Returns the arguments of the client's builder: placeholders for the only security scheme.
fn arguments(api: &Api) -> String {
    match api.security.as_slice() {
        [scheme] => credential(&scheme.kind),
        _ => "",
    }
    .to_owned()
}

/// Returns the calls that set placeholders for several security schemes.
fn setters(api: &Api) -> String {
    if api.security.len() < 2 {
        return String::new();
    }
    let schemes = api.security.iter();
    schemes
        .map(|scheme| format!(".{}({})", scheme.rust, credential(&scheme.kind)))
        .collect()
}

fn credential(kind: &SecurityKind) -> &'static str {
    match kind {
        SecurityKind::Basic => "\"user\", \"password\"",
        _ => "\"placeholder\"",
    }
}

/// Compiles the program. Leaves out the calls that do not compile.
pub fn compile_valid(subject: &Subject<'_>, source: Source) -> Result<Compiled, String> {
    let name = format!("run_{}", subject.api.crate_name);
    let mut rejected = HashMap::new();
    for _ in 0..MAX_COMPILATIONS {
        let (text, owners) = source.text(&rejected);
        let errors = match compile(subject, &name, &text) {
            Ok(program) => {
                let calls = source.calls;
                return Ok(Compiled {
                    program,
                    calls,
                    rejected,
                });
            }
            Err(errors) => errors,
        };
        let known = rejected.len();
        let owner = |error: &CompileError| *owners.get(error.line?.checked_sub(1)?)?;
        for error in &errors {
            if let Some(index) = owner(error) {
                rejected
                    .entry(index)
                    .or_insert_with(|| error.message.clone());
            }
        }
        if rejected.len() == known {
            let first = errors.into_iter().next().map(|error| error.message);
            return Err(first.unwrap_or_default());
        }
    }
    Err("too many examples do not compile".to_owned())
}
