//! Compares the public APIs generated from Dub's own document, which has all schemas inline, and
//! from our document, which has components.

use crate::support::{customers, inspect};
use dub_generator::model::{Api, Field, Kind, Payload, Type};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Returns the directory of Dub's own documents, or `None` if it does not exist.
fn shared() -> Option<PathBuf> {
    let path = crate::support::root().parent()?.join("shared/specs/dub");
    if !path.is_dir() {
        println!("skipped: {} does not exist", path.display());
        return None;
    }
    Some(path)
}

/// Returns the public items of the API, one line per item.
fn public_items(api: &Api) -> BTreeSet<String> {
    let mut lines = BTreeSet::from([format!("client {}", api.client)]);
    for resource in &api.resources {
        for operation in &resource.operations {
            let call = format!("{}.{}", resource.module, operation.name.rust);
            let success = operation.success.ty().map(format_type);
            lines.insert(format!(
                "{call} {} returns {}",
                operation.builder,
                success.unwrap_or_default()
            ));
            for parameter in &operation.parameters {
                let role = if parameter.required {
                    "argument"
                } else {
                    "setter"
                };
                lines.insert(format!(
                    "{call} {role} {}: {}",
                    parameter.name.rust,
                    format_type(&parameter.ty)
                ));
            }
            if let Some(body) = &operation.body {
                for field in body.content.fields() {
                    let role = if field.required { "argument" } else { "setter" };
                    lines.insert(format!("{call} {role} {}", format_field(field)));
                }
            }
        }
    }
    for def in &api.types {
        match &def.kind {
            Kind::Struct { fields, .. } => {
                lines.extend(
                    fields
                        .iter()
                        .map(|f| format!("struct {} {}", def.rust, format_field(f))),
                );
            }
            Kind::Alias(_) | Kind::Union { .. } => {
                lines.insert(format!("type {}", def.rust));
            }
            Kind::Enum { values, .. } => {
                lines.extend(
                    values
                        .iter()
                        .map(|v| format!("enum {} {}", def.rust, v.rust)),
                );
            }
        }
    }
    for variant in &api.errors.variants {
        let payload = match &variant.payload {
            Payload::One(body) => format_type(&body.ty),
            Payload::None => String::new(),
            Payload::PerOperation { rust, .. } => rust.clone(),
        };
        lines.insert(format!(
            "error {:?} {}: {payload}",
            variant.status, variant.rust
        ));
    }
    lines
}

fn format_field(field: &Field) -> String {
    let option = if field.nullable || !field.required {
        "?"
    } else {
        ""
    };
    let clear = if field.nullable { " nullable" } else { "" };
    format!("{}: {}{option}{clear}", field.rust, format_type(&field.ty))
}

fn format_type(ty: &Type) -> String {
    format!("{ty:?}")
}

/// Compares our document with the newest revision of Dub's document that has all schemas inline.
/// The snapshot lists the intended differences: fields that were added later, and types that our
/// document states more precisely.
#[test]
fn upstream_document_yields_same_public_api() {
    let Some(shared) = shared() else { return };
    let found = std::fs::read_dir(&shared)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let path = found
        .into_iter()
        .find(|path| path.to_string_lossy().contains("/2025-10-30-"))
        .unwrap();
    let theirs = std::fs::read_to_string(path).unwrap();
    let theirs = public_items(&inspect(&theirs, &["Customers".to_owned()]));
    let ours = public_items(&inspect(&customers(), &[]));
    let missing = theirs.difference(&ours).map(|line| format!("- {line}\n"));
    let added = ours.difference(&theirs).map(|line| format!("+ {line}\n"));
    let differences: String = missing.chain(added).collect();
    insta::assert_snapshot!(differences);
}
