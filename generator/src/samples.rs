//! Values that satisfy the document, for the examples in the docs.

mod reduce;

use crate::json_schema::sample::{Extent, Sampler};
use crate::json_schema::{Direction, allowed, raise};
use crate::model::{Api, BodyContent, Input, Operation, Parameter, Samples, Style};
use crate::spec::{self, Document};
use reduce::Reducer;
use serde_json::{Value, json};
use std::collections::HashSet;

/// The maximum length of a text in an example, in characters.
const MAX_CHARS: usize = 60;

/// Makes a value for each argument and each setter of the operations. Objects have the properties
/// that the schema needs.
pub fn of_operations(document: &Document, api: &Api) -> Samples {
    let resolve = |reference: &str| schema_at(document, reference.strip_prefix('#')?);
    let sampler = |extent| Sampler::new(&resolve, extent, MAX_CHARS);
    let (required, at_least_one) = (sampler(Extent::Required), sampler(Extent::AtLeastOne));
    let reducer = Reducer::new(api);
    // Several inputs can have the same location. A value that is not empty suits all of them.
    let spread: HashSet<_> = operations(api).flat_map(spread_inputs).collect();
    make(document, api, Samples::new(false), &|input, schema| {
        let is_spread = spread.contains(input.pointer());
        let sampler = if is_spread { &at_least_one } else { &required };
        let sample = sampler.sample(schema, input.wire())?;
        let is_allowed = |value: &Value| is_allowed(value, schema, &resolve);
        Some(reducer.reduce(input.ty(), sample, is_spread, &is_allowed))
    })
}

/// Like [`of_operations`], but objects have all properties. There is no value where these
/// contradict the schema.
pub fn complete(document: &Document, api: &Api) -> Samples {
    let resolve = |reference: &str| schema_at(document, reference.strip_prefix('#')?);
    let sampler = Sampler::new(&resolve, Extent::All, MAX_CHARS);
    make(document, api, Samples::new(true), &|input, schema| {
        let sample = sampler.sample(schema, input.wire())?;
        is_allowed(&sample, schema, &resolve).then_some(sample)
    })
}

/// Adds the value for each input that an example may show. `sample` makes the value for a schema.
fn make(
    document: &Document,
    api: &Api,
    mut samples: Samples,
    sample: &dyn Fn(Input<'_>, &Value) -> Option<Value>,
) -> Samples {
    for input in operations(api).flat_map(inputs) {
        if samples.get(input.pointer()).is_some() {
            continue;
        }
        let schema = match input {
            Input::Parameter(parameter) if !is_declared(document, parameter) => {
                samples.insert(parameter.pointer.clone(), undeclared(parameter));
                continue;
            }
            Input::Parameter(_) => parameter_schema(document, input.pointer()),
            Input::Field(_) => schema_at(document, input.pointer()),
        };
        if let Some(sample) = schema.and_then(|schema| sample(input, &schema)) {
            samples.insert(input.pointer().to_owned(), sample);
        }
    }
    samples
}

/// Returns true if a schema allows a value.
fn is_allowed(value: &Value, schema: &Value, resolve: &dyn Fn(&str) -> Option<Value>) -> bool {
    let schema = schema.as_object();
    schema.is_none_or(|schema| allowed::is_allowed(value, schema, resolve, 0))
}

fn operations(api: &Api) -> impl Iterator<Item = &Operation> {
    let resources = api.resources.iter();
    resources.flat_map(|resource| &resource.operations)
}

/// Returns a value of a parameter that the document does not declare.
fn undeclared(parameter: &Parameter) -> Value {
    let example = parameter.example.as_deref();
    let example = example.and_then(|text| serde_json::from_str(text).ok());
    example.unwrap_or_else(|| json!(parameter.name.wire))
}

/// Returns the inputs that an example may show.
fn inputs(operation: &Operation) -> impl Iterator<Item = Input<'_>> {
    operation.arguments().into_iter().chain(operation.setters())
}

/// Returns the locations of the inputs that would not be sent if they were an empty object.
fn spread_inputs(operation: &Operation) -> impl Iterator<Item = &str> {
    let spread = inputs(operation).filter(|input| is_spread(operation, *input));
    spread.map(Input::pointer)
}

/// Returns true if the properties of an object are sent one by one.
fn is_spread(operation: &Operation, input: Input<'_>) -> bool {
    let content = operation.body.as_ref().map(|body| &body.content);
    match (input, content) {
        (Input::Parameter(parameter), _) => parameter.style != Style::Json,
        (Input::Field(field), Some(BodyContent::FormFields(_))) => field.style != Some(Style::Json),
        (Input::Field(field), Some(BodyContent::MultipartFields(_))) => {
            field.style.is_some_and(|style| style != Style::Json)
        }
        (Input::Field(_), _) => false,
    }
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
