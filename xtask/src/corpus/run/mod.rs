//! `cargo xtask corpus --run`: runs the examples in the docs of generated crates, and calls of all
//! setters, against a mock server.

mod body;
mod case;
mod choose;
mod declared;
mod document;
mod encoded;
mod expected;
mod form;
mod lenient;
mod media_type;
mod outcome;
mod parameter;
mod path;
mod program;
mod received;
mod request;
mod server;
mod snippets;
mod subject;

pub use choose::choose;
pub use document::Contract;
pub use outcome::{Tally, failures, summary, table};
pub use program::{Answer, Program, compile_named};
pub use subject::{Subject, is_operation};

use crate::console::Progress;
use case::{Case, Expected, cases};
use dub_generator::model::Operation;
use outcome::Reason;
use server::MockServer;
use snippets::{Call, Compiled, Source};
use std::collections::HashSet;
use std::time::Instant;
use subject::label;

/// Runs the examples of a crate, and returns the result of each operation.
pub fn run(subject: &Subject<'_>, bar: &Progress) -> Tally {
    let mut tally = Tally::new(subject.name);
    let is_chosen = |pointer: &str| subject.chosen.is_none_or(|chosen| chosen.contains(pointer));
    let skipped = subject.api.skipped.iter();
    for skipped in skipped.filter(|skipped| is_operation(&skipped.pointer)) {
        if is_chosen(&skipped.pointer) {
            let detail = skipped.reasons.first().cloned().unwrap_or_default();
            tally.operation(&skipped.operation, vec![(Reason::Skipped, None, detail)]);
            bar.step();
        }
    }
    let resources = subject.api.resources.iter();
    let operations: Vec<&Operation> = resources
        .flat_map(|resource| &resource.operations)
        .filter(|operation| is_chosen(&operation.pointer))
        .collect();
    if operations.is_empty() {
        return tally;
    }
    let source = Source::new(subject.api, subject.snippets, &operations);
    match snippets::compile_valid(subject, source) {
        Ok(compiled) => call_all(subject, &operations, &compiled, &mut tally, bar),
        Err(problem) => {
            for operation in operations {
                let failure = (Reason::Compile, None, problem.clone());
                tally.operation(&label(operation), vec![failure]);
                bar.step();
            }
        }
    }
    tally
}

fn call_all(
    subject: &Subject<'_>,
    operations: &[&Operation],
    compiled: &Compiled,
    tally: &mut Tally,
    bar: &Progress,
) {
    let server = match MockServer::start(subject.contract, operations, subject.api) {
        Ok(server) => server,
        Err(problem) => {
            tally.operation("all operations", vec![(Reason::Other, None, problem)]);
            return;
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| server.serve());
        let mut program = Program::new(compiled.program.clone(), vec![server.url()]);
        for (index, operation) in operations.iter().enumerate() {
            let failures = match Instant::now() > subject.deadline {
                true => {
                    let detail = "the time limit of the run was reached".to_owned();
                    vec![(Reason::Other, None, detail)]
                }
                false => call_operation(compiled, &server, &mut program, index, operation),
            };
            tally.operation(&label(operation), failures);
            bar.step();
        }
        server.stop();
    });
}

type OperationFailure = (Reason, Option<u16>, String);

/// Calls an operation as in the example, once for each documented response, and once with all
/// setters.
fn call_operation(
    compiled: &Compiled,
    server: &MockServer<'_>,
    program: &mut Program,
    index: usize,
    operation: &Operation,
) -> Vec<OperationFailure> {
    let (cases, problems) = cases(server.contract, operation);
    let mut failures: Vec<OperationFailure> = problems
        .into_iter()
        .map(|(status, text)| (Reason::Sample, Some(status), text))
        .collect();
    let calls = compiled.calls.iter().enumerate();
    for (number, call) in calls.filter(|(_, call)| call.operation == index) {
        if let Some(error) = compiled.rejected.get(&number) {
            failures.push((Reason::Compile, None, error.clone()));
            continue;
        }
        // The response does not depend on the setters.
        let count = if call.is_full { 1 } else { cases.len() };
        for case in cases.iter().take(count) {
            failures.extend(call_once(server, program, number, call, case));
        }
    }
    let mut seen = HashSet::new();
    failures.retain(|failure| seen.insert(failure.clone()));
    failures
}

/// Makes a call that the mock server answers with a response.
fn call_once(
    server: &MockServer<'_>,
    program: &mut Program,
    number: usize,
    call: &Call,
    case: &Case,
) -> Vec<OperationFailure> {
    server.prepare(call, case.clone());
    let answer = program.ask(&number.to_string());
    // The docs of a call with a placeholder say that the API rejects its value.
    let requests = server.problems().into_iter().filter(|_| call.is_valid);
    let mut failures: Vec<OperationFailure> = requests
        .map(|problem| (Reason::Request, None, problem))
        .collect();
    if failures.is_empty() {
        let problem = judge(case, answer);
        failures.extend(problem.map(|(reason, detail)| (reason, Some(case.status), detail)));
    }
    failures
}

/// Compares the result of a call with the response of the mock server.
fn judge(case: &Case, answer: Answer) -> Option<(Reason, String)> {
    let answer = match answer {
        Answer::Line(line) => line,
        Answer::Timeout => return Some((Reason::Other, "the call timed out".to_owned())),
        Answer::Ended => return Some((Reason::Other, "the program crashed".to_owned())),
    };
    let result: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
    let text = |key: &str| result.get(key).and_then(serde_json::Value::as_str);
    let debug = text("debug").unwrap_or(&answer);
    let status = result.get("status").and_then(serde_json::Value::as_u64);
    let is_expected = match (case.expected, text("kind")) {
        (Expected::Success, Some("ok")) => !debug.contains("Unknown("),
        (Expected::TypedError, Some("api")) => {
            status == Some(case.status.into()) && !is_unexpected(debug)
        }
        (Expected::AnyError, Some("api")) => status == Some(case.status.into()),
        _ => false,
    };
    let reason = match text("kind") {
        Some("invalid_request") => Reason::Request,
        Some("ok" | "api" | "decode") => Reason::Response,
        _ => Reason::Other,
    };
    // The interesting part of a large result.
    let unknown = debug
        .find("Unknown(")
        .filter(|_| reason == Reason::Response);
    let debug = debug.get(unknown.unwrap_or_default()..).unwrap_or(debug);
    let debug: String = debug.chars().take(300).collect();
    let body = case.excerpt();
    (!is_expected).then(|| (reason, format!("{debug}; {} {body}", case.origin)))
}

/// Returns true for an error response that matches no documented one.
fn is_unexpected(debug: &str) -> bool {
    debug.starts_with("Api(Unexpected(")
}
