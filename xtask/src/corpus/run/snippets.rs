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
    functions: Vec<String>,
}

/// The program, and the examples that it does not contain because of errors.
pub struct Compiled {
    pub program: PathBuf,
    /// The errors by the index of the operation.
    pub rejected: HashMap<usize, String>,
}

impl Source {
    pub fn new(api: &Api, snippets: &[Snippet], operations: &[&Operation]) -> Self {
        let functions = operations.iter().enumerate().map(|(index, operation)| {
            let snippet = snippets.iter().find(|snippet| snippet.operation == operation.pointer);
            let lines = snippet.map(|snippet| snippet.lines.join("\n    "));
            let result = snippet.and_then(|snippet| snippet.result.as_deref());
            let result = result.map_or("String::new()".to_owned(), |name| {
                format!("format!(\"{{{name}:?}}\")")
            });
            format!(
                "// {}\nasync fn example_{index}({}: {}::{}) -> Outcome {{\n    {}\n    Ok({result})\n}}\n",
                label(operation),
                api.client_variable,
                api.crate_name,
                api.client,
                lines.unwrap_or_default(),
            )
        });
        let frame = FRAME
            .replace("CRATE", &api.crate_name)
            .replace("CLIENT", &api.client)
            .replace("ARGUMENTS", &arguments(api))
            .replace("SETTERS", &setters(api));
        Self {
            frame,
            functions: functions.collect(),
        }
    }

    /// Returns the text, and the index of the example that each line belongs to.
    fn text(&self, rejected: &HashMap<usize, String>) -> (String, Vec<Option<usize>>) {
        let is_included = |index: &usize| !rejected.contains_key(index);
        let included = (0..self.functions.len()).filter(is_included);
        let arms: String = included
            .map(|index| format!("        {index} => Box::pin(example_{index}(client)),\n"))
            .collect();
        let mut text = self.frame.replace("ARMS", &arms);
        let mut owners = vec![None; text.lines().count()];
        for (index, function) in self.functions.iter().enumerate() {
            if is_included(&index) {
                text.push_str(function);
                owners.extend(function.lines().map(|_| Some(index)));
            }
        }
        (text, owners)
    }
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

/// Compiles the program. Leaves out the examples that do not compile.
pub fn compile_valid(subject: &Subject<'_>, source: Source) -> Result<Compiled, String> {
    let name = format!("run_{}", subject.api.crate_name);
    let mut rejected = HashMap::new();
    for _ in 0..MAX_COMPILATIONS {
        let (text, owners) = source.text(&rejected);
        let errors = match compile(subject, &name, &text) {
            Ok(program) => return Ok(Compiled { program, rejected }),
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
