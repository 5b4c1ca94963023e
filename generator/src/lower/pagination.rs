//! The extensions for pagination (`x-speakeasy-pagination`) and for conflicting parameters
//! (`x-rust-conflicts`).

use super::Lowering;
use super::extensions;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use crate::Unsupported;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Pagination, Parameter, Success, Type};
use crate::model::{Conflict, Location, NextCursor, PageInputs};
use serde::Deserialize;

/// The value of `x-speakeasy-pagination`.
#[derive(Deserialize)]
struct Extension {
    #[serde(rename = "type")]
    kind: Kind,
    inputs: Vec<Input>,
    #[serde(default)]
    outputs: Outputs,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Cursor,
    OffsetLimit,
}

#[derive(Deserialize)]
struct Input {
    name: String,
    #[serde(rename = "in")]
    location: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outputs {
    next_cursor: Option<String>,
    results: Option<String>,
}

/// Lowers the pagination of an operation. Returns `Some(None)` if it has none, or if the hint is
/// invalid and unsupported operations are skipped.
#[expect(
    clippy::option_option,
    reason = "the outer `None` is an error, the inner one means no pagination"
)]
pub fn lower(
    lowering: &mut Lowering<'_>,
    planned: &PlannedOperation<'_>,
    parameters: &[Parameter],
    success: &Success,
) -> Option<Option<Pagination>> {
    let Some(value) = planned.operation.extensions.get(extensions::PAGINATION) else {
        return Some(None);
    };
    let operation = Pointer::start(&planned.pointer);
    let at = operation.child(extensions::PAGINATION);
    let read =
        Extension::deserialize(value).map_err(|error| invalid_extension(at, &error.to_string()));
    let pages = read.and_then(|extension| pages(lowering, &extension, at, parameters, success));
    match pages {
        Err(problem) if lowering.unsupported == Unsupported::Skip => {
            lowering.warn(problem.help("the operation is generated without a stream"));
            Some(None)
        }
        pages => lowering.ok_or_report(pages).map(Some),
    }
}

fn invalid_extension(at: Pointer<'_>, why: &str) -> Diagnostic {
    let message = format!("invalid `{}`: {why}", extensions::PAGINATION);
    Diagnostic::new(Code::Extension, at, message)
}

fn pages(
    lowering: &Lowering<'_>,
    extension: &Extension,
    at: Pointer<'_>,
    parameters: &[Parameter],
    success: &Success,
) -> Result<Pagination, Diagnostic> {
    let input = |kinds: &[&str]| {
        extension
            .inputs
            .iter()
            .find(|i| kinds.contains(&i.kind.as_str()))
    };
    let inputs = match extension.kind {
        Kind::Cursor => PageInputs::Cursor {
            name: parameter(input(&["cursor"]), at, parameters)?,
            next: next_cursor(extension.outputs.next_cursor.as_deref(), at)?,
            page: match input(&["page"]) {
                Some(page) => Some(parameter(Some(page), at, parameters)?),
                None => None,
            },
        },
        Kind::OffsetLimit => match input(&["page"]) {
            Some(page) => PageInputs::Page {
                name: parameter(Some(page), at, parameters)?,
            },
            None => PageInputs::Offset {
                name: parameter(input(&["offset"]), at, parameters)?,
            },
        },
    };
    let items = match &extension.outputs.results {
        Some(path) => keys(path, at)?,
        None => lowering.only_array(success.ty()),
    };
    let item = lowering.items_type(success.ty(), &items).ok_or_else(|| {
        invalid_extension(at, "expected an array of results in the success response")
    })?;
    Ok(Pagination {
        items,
        item,
        inputs,
    })
}

/// Returns the name of the query parameter to which an input refers.
fn parameter(
    input: Option<&Input>,
    at: Pointer<'_>,
    parameters: &[Parameter],
) -> Result<String, Diagnostic> {
    let input =
        input.ok_or_else(|| invalid_extension(at, "no input matches the pagination type"))?;
    if input.location != "parameters" {
        return Err(invalid_extension(
            at,
            "only inputs with `in: parameters` are supported",
        ));
    }
    let known = |p: &Parameter| p.location == Location::Query && p.name.wire == input.name;
    if !parameters.iter().any(known) {
        let why = format!("the operation has no query parameter `{}`", input.name);
        return Err(invalid_extension(at, &why));
    }
    Ok(input.name.clone())
}

/// Parses the JSONPath of the next cursor: `$[-1].id` or `$.results[-1].id` (a property of the last
/// item), or `$.next` (a property of the response).
fn next_cursor(path: Option<&str>, at: Pointer<'_>) -> Result<NextCursor, Diagnostic> {
    let path = path.ok_or_else(|| invalid_extension(at, "missing key `outputs.nextCursor`"))?;
    match path.split_once("[-1]") {
        Some((_, field)) => Ok(NextCursor::LastItem(keys(&format!("${field}"), at)?)),
        None => Ok(NextCursor::Body(keys(path, at)?)),
    }
}

/// Returns the keys of a JSONPath that consists only of names: `$.a.b`.
fn keys(path: &str, at: Pointer<'_>) -> Result<Vec<String>, Diagnostic> {
    let plain = |key: &&str| !key.is_empty() && !key.contains(['[', ']', '*', '?', '@']);
    let rest = path
        .strip_prefix('$')
        .filter(|rest| rest.is_empty() || rest.starts_with('.'));
    let keys: Option<Vec<&str>> = rest.map(|rest| rest.split('.').skip(1).collect());
    match keys {
        Some(keys) if keys.iter().all(plain) => Ok(keys.into_iter().map(str::to_owned).collect()),
        _ => Err(invalid_extension(
            at,
            &format!("the JSONPath `{path}` is not supported"),
        )),
    }
}

impl Lowering<'_> {
    /// Returns the path to the results of a response without `outputs.results`: the only array of an
    /// object, or else the response itself.
    fn only_array(&self, ty: Option<&Type>) -> Vec<String> {
        let object = ty.filter(|ty| matches!(ty, Type::Named(_)));
        let def = object.and_then(|ty| self.arena.definition(ty));
        let Some(crate::model::unnamed::Kind::Struct { fields, .. }) = def.map(|def| &def.kind)
        else {
            return Vec::new();
        };
        let is_array = |ty: &Type| matches!(ty, Type::Array(_) | Type::OneOrMany(_));
        let mut arrays = fields.iter().filter(|field| is_array(&field.ty));
        match (arrays.next(), arrays.next()) {
            (Some(only), None) => vec![only.wire.clone()],
            _ => Vec::new(),
        }
    }

    /// Returns the type of the items in the array at these keys.
    fn items_type(&self, ty: Option<&Type>, keys: &[String]) -> Option<Type> {
        match (ty?, keys) {
            (Type::Array(item) | Type::OneOrMany(item), []) => Some((**item).clone()),
            (ty @ Type::Named(_), [key, rest @ ..]) => {
                let def = self.arena.definition(ty)?;
                let crate::model::unnamed::Kind::Struct { fields, .. } = &def.kind else {
                    return None;
                };
                let field = fields.iter().find(|field| &field.wire == key)?;
                self.items_type(Some(&field.ty), rest)
            }
            _ => None,
        }
    }

    /// Lowers the conflicts (`x-rust-conflicts`) of the operation's parameters.
    pub fn conflicts(&mut self, planned: &PlannedOperation<'_>) -> Option<Vec<Conflict>> {
        let mut conflicts = Vec::new();
        let start = Pointer::start(&planned.pointer);
        let list = start.child("parameters");
        for (index, parameter) in planned.operation.parameters.iter().enumerate() {
            let openapiv3::ReferenceOr::Item(parameter) = parameter else {
                continue;
            };
            let data = parameter.parameter_data_ref();
            let Some(value) = data.extensions.get(extensions::CONFLICTS) else {
                continue;
            };
            let index = index.to_string();
            let item = list.child(&index);
            let at = item.child(extensions::CONFLICTS);
            let declared = Vec::<ConflictEntry>::deserialize(value).map_err(|error| {
                let message = format!("invalid `{}`: {error}", extensions::CONFLICTS);
                Diagnostic::new(Code::Extension, at, message)
            });
            let conflict = |declared: ConflictEntry| Conflict {
                name: data.name.clone(),
                with: declared.with,
                unless: declared.unless,
            };
            conflicts.extend(self.ok_or_report(declared)?.into_iter().map(conflict));
        }
        Some(conflicts)
    }
}

/// An entry of `x-rust-conflicts`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConflictEntry {
    with: String,
    unless: Option<String>,
}
