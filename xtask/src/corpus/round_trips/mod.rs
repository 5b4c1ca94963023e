//! `cargo xtask corpus --round-trips`: values that the schemas of a document allow are read by the
//! generated types and written again. They must stay equal.

mod compare;
mod types;

use super::run::{Answer, Program, Subject, compile_named};
use compare::Normalization;
use dub_generator::json_schema::sample::Sampler;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::fmt::Write;
use types::{Tested, tested};

/// The number of values for each type.
const VALUES: usize = 20;

/// The maximum number of choices that a value depends on.
const CHOICES: usize = 150;

/// The maximum number of attempts to make a failing value smaller.
const MAX_SHRINKING: usize = 60;

/// The program that reads and writes values.
const FRAME: &str = include_str!("frame.txt");

/// The results for one document.
pub struct Trips {
    document: String,
    /// The numbers of types, values and types without a value.
    types: usize,
    values: usize,
    without_value: usize,
    /// The failures of each type.
    failures: Vec<String>,
}

impl Trips {
    pub fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }
}

/// Tests the types of a crate.
pub fn run(subject: &Subject<'_>, seed: u64) -> Trips {
    let tested = tested(subject.api, subject.contract);
    let mut trips = Trips {
        document: subject.name.to_owned(),
        types: tested.len(),
        values: 0,
        without_value: 0,
        failures: Vec::new(),
    };
    let of_webhooks = subject.api.webhook_types();
    let arms: String = tested
        .iter()
        .map(|one| {
            let (name, krate) = (&one.name, &subject.api.crate_name);
            let module = match of_webhooks.contains(name.as_str()) {
                true => &subject.api.webhook_module,
                false => "models",
            };
            format!("        {name:?} => trip::<{krate}::{module}::{name}>,\n")
        })
        .collect();
    let name = format!("trips_{}", subject.api.crate_name);
    let program = match compile_named(subject, &name, &FRAME.replace("ARMS", &arms)) {
        Ok(program) => program,
        Err(problem) => {
            trips.failures.push(problem);
            return trips;
        }
    };
    let mut writer = Writer {
        program: Program::new(program, Vec::new()),
        allowed: Normalization::new(subject.api, subject.contract.has_floats()),
    };
    for one in &tested {
        test(subject, one, seed, &mut writer, &mut trips);
    }
    trips
}

/// Tests a type with several values. Stops at the first failure.
fn test(subject: &Subject<'_>, tested: &Tested, seed: u64, writer: &mut Writer, trips: &mut Trips) {
    let mut runner = runner(seed, &tested.name);
    let strategy = vec(any::<u32>(), 0..=CHOICES);
    let mut made = 0;
    for _ in 0..VALUES {
        let Ok(mut tree) = strategy.new_tree(&mut runner) else {
            continue;
        };
        let Some(value) = value(subject, tested, tree.current()) else {
            continue;
        };
        made += 1;
        let Some(mut problem) = writer.problem(tested, &value) else {
            continue;
        };
        for _ in 0..MAX_SHRINKING {
            if !tree.simplify() {
                break;
            }
            let smaller = self::value(subject, tested, tree.current());
            match smaller.and_then(|smaller| writer.problem(tested, &smaller)) {
                Some(smaller) => problem = smaller,
                None if !tree.complicate() => break,
                None => {}
            }
        }
        trips
            .failures
            .push(format!("{} ({}): {problem}", tested.name, tested.pointer));
        break;
    }
    trips.values += made;
    trips.without_value += usize::from(made == 0);
}

/// Returns a source of random numbers that only depends on the seed and the name of a type.
fn runner(seed: u64, name: &str) -> TestRunner {
    let mut bytes = [0_u8; 32];
    let (first, rest) = bytes.split_at_mut(8);
    first.copy_from_slice(&seed.to_le_bytes());
    for (byte, from) in rest.iter_mut().zip(name.bytes()) {
        *byte = from;
    }
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config::default(), random)
}

/// Returns a value that the schema of a type allows, or `None` if the choices lead to none.
fn value(subject: &Subject<'_>, tested: &Tested, choices: Vec<u32>) -> Option<Value> {
    let contract = subject.contract;
    let direction = tested.direction;
    let resolve = |reference: &str| contract.resolve(direction, reference);
    let schema = json!({ "$ref": format!("#{}", tested.pointer.replace('%', "%25")) });
    let value = Sampler::varied(&resolve, choices).sample(&schema, "text")?;
    // The type of a nullable schema does not include null: the field with this type is an `Option`.
    let is_allowed = contract
        .problem(direction, &tested.pointer, &value)
        .is_none();
    Some(value).filter(|value| is_allowed && !value.is_null())
}

/// A program that reads values as types and writes them again.
struct Writer {
    program: Program,
    allowed: Normalization,
}

impl Writer {
    /// Sends a value through the program. Returns the first difference.
    fn problem(&mut self, tested: &Tested, value: &Value) -> Option<String> {
        let answer = self.program.ask(&format!("{} {value}", tested.name));
        let Answer::Line(line) = answer else {
            return Some(format!("{answer:?} for {value}"));
        };
        match serde_json::from_str::<Value>(&line) {
            Ok(Value::Array(written)) => {
                let written = written.into_iter().next().unwrap_or_default();
                let difference = self.allowed.difference(value, &written);
                difference.map(|text| format!("{text}; {value}"))
            }
            Ok(Value::String(error)) => Some(format!("{error}; {value}")),
            _ => Some(line),
        }
    }
}

/// Returns the percentage of types without a failure, and the summary line.
pub fn summary(trips: &[Trips]) -> (f64, String) {
    let sum = |count: fn(&Trips) -> usize| trips.iter().map(count).sum::<usize>();
    let types = sum(|trips| trips.types);
    let failed = sum(|trips| trips.failures.len());
    let passed = types.saturating_sub(failed);
    let percent = match types {
        0 => 100.0,
        _ => passed as f64 / types as f64 * 100.0,
    };
    let line = format!(
        "round trips: {passed} of {types} types passed ({:.1} %), with {} values; {} types without a value\n",
        (percent * 10.0).floor() / 10.0,
        sum(|trips| trips.values),
        sum(|trips| trips.without_value),
    );
    (percent, line)
}

/// Formats the list of failures.
pub fn failures(trips: &[Trips]) -> String {
    let mut text = String::new();
    for trips in trips.iter().filter(|trips| trips.has_failures()) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "\n{}", trips.document);
        for failure in &trips.failures {
            let failure: String = failure.chars().take(500).collect();
            let _ = writeln!(text, "  round trip: {}", failure.replace('\n', " "));
        }
    }
    text
}
