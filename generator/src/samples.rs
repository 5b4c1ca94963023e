//! Values that satisfy the document, for the examples in the docs.

use crate::json_schema::sample::{Extent, Sampler};
use crate::json_schema::{Direction, allowed, raise};
use crate::model::{Api, Input, Operation, Parameter, Samples};
use crate::spec::{self, Document};
use serde_json::{Value, json};

/// The maximum length of a text in an example, in characters.
const MAX_CHARS: usize = 60;

/// Makes a value for each argument and each setter of the operations. Objects have the required
/// properties.
pub fn of_operations(document: &Document, api: &Api) -> Samples {
    make(document, api, Extent::Required)
}

/// Like [`of_operations`], but objects have all properties. There is no value where these
/// contradict the schema.
pub fn complete(document: &Document, api: &Api) -> Samples {
    make(document, api, Extent::All)
}

fn make(document: &Document, api: &Api, extent: Extent) -> Samples {
    let resolve = |reference: &str| schema_at(document, reference.strip_prefix('#')?);
    let sampler = Sampler::new(&resolve, extent, MAX_CHARS);
    let is_complete = extent == Extent::All;
    let is_allowed = |schema: &Value, value: &Value| match schema {
        Value::Object(schema) => allowed::is_allowed(value, schema, &resolve, 0),
        _ => true,
    };
    let operations = api
        .resources
        .iter()
        .flat_map(|resource| &resource.operations);
    let mut samples = Samples::new(is_complete);
    for input in operations.flat_map(inputs) {
        if samples.get(input.pointer()).is_some() {
            continue;
        }
        let schema = match input {
            Input::Parameter(parameter) if !is_declared(document, parameter) => {
                let example = parameter.example.as_deref();
                let example = example.and_then(|text| serde_json::from_str(text).ok());
                let value = example.unwrap_or_else(|| json!(parameter.name.wire));
                samples.insert(parameter.pointer.clone(), value);
                continue;
            }
            Input::Parameter(_) => parameter_schema(document, input.pointer()),
            Input::Field(_) => schema_at(document, input.pointer()),
        };
        let sample = schema.and_then(|schema| {
            let sample = sampler.sample(&schema, input.wire())?;
            (!is_complete || is_allowed(&schema, &sample)).then_some(sample)
        });
        if let Some(sample) = sample {
            samples.insert(input.pointer().to_owned(), sample);
        }
    }
    samples
}

/// Returns the inputs that an example may show.
fn inputs(operation: &Operation) -> impl Iterator<Item = Input<'_>> {
    operation.arguments().into_iter().chain(operation.setters())
}

/// Returns true if the document declares the parameter. Others are a placeholder in a path, or the
/// media type of a body.
fn is_declared(document: &Document, parameter: &Parameter) -> bool {
    let found = document.tree().at(&parameter.pointer);
    found.is_some_and(|found| found.get("in").is_some())
}

/// Returns the schema at a location, converted to JSON Schema.
fn schema_at(document: &Document, pointer: &str) -> Option<Value> {
    let mut schema = spec::to_json(document.tree().at(pointer)?);
    raise::schema(&mut schema, Direction::Request);
    Some(schema)
}

/// Returns the schema of a parameter, with the examples of the parameter itself.
fn parameter_schema(document: &Document, pointer: &str) -> Option<Value> {
    let parameter = document.tree().at(pointer)?;
    let at = match parameter
        .get("content")
        .and_then(|content| content.as_object())
    {
        Some(content) => content.iter().next()?.1.node.get("schema")?,
        None => parameter.get("schema")?,
    };
    let mut schema = spec::to_json(at);
    raise::schema(&mut schema, Direction::Request);
    let example = parameter.get("example");
    let examples = parameter
        .get("examples")
        .and_then(|examples| examples.as_object());
    let first = examples.and_then(|examples| examples.iter().next());
    let example = example.or(first.and_then(|(_, example)| example.node.get("value")));
    Some(match example {
        Some(example) => json!({ "allOf": [schema], "examples": [spec::to_json(example)] }),
        None => schema,
    })
}
