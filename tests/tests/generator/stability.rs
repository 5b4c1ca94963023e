//! Adding to a document renames nothing that was there.

use crate::support::root;
use dub_generator::model::Api;
use dub_generator::{Input, Unsupported};
use serde_json::Value;
use std::collections::BTreeSet;

/// Everything that an app can name.
fn names(api: &Api) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = api
        .types
        .iter()
        .map(|def| format!("models::{}", def.rust))
        .collect();
    for resource in &api.resources {
        for operation in &resource.operations {
            names.insert(format!("{}.{}", resource.module, operation.name.rust));
            names.insert(format!("{}::{}", resource.module, operation.builder));
        }
    }
    names
}

fn model(document: &Value) -> Api {
    let text = serde_json::to_vec(document).unwrap();
    let input = Input {
        document: &text,
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Refuse,
    };
    dub_generator::inspect(&input).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The operations of a document, by path and method.
fn operations(document: &Value) -> Vec<(String, String)> {
    let methods = ["get", "put", "post", "delete", "patch"];
    let paths = document["paths"].as_object().unwrap();
    let of_path = |path: &String, item: &Value| {
        let there = methods.iter().filter(|method| item.get(**method).is_some());
        there
            .map(|method| (path.clone(), (*method).to_owned()))
            .collect::<Vec<_>>()
    };
    paths
        .iter()
        .flat_map(|(path, item)| of_path(path, item))
        .collect()
}

/// The document with only those operations for which `keep` holds.
fn with(document: &Value, keep: &dyn Fn(&(String, String)) -> bool) -> Value {
    let mut document = document.clone();
    for operation in operations(&document)
        .iter()
        .filter(|operation| !keep(operation))
    {
        let item = document["paths"][&operation.0].as_object_mut().unwrap();
        item.remove(&operation.1);
    }
    document
}

fn newest() -> Option<Value> {
    let directory = root().parent()?.join("shared/specs/dub");
    if !directory.is_dir() {
        println!("skipped: {} is not there", directory.display());
        return None;
    }
    let mut files: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    serde_json::from_slice(&std::fs::read(files.pop()?).unwrap()).unwrap()
}

/// From an empty document to Dub's whole one, operation by operation.
#[test]
fn adding_one_operation_after_another_renames_nothing() {
    let Some(document) = newest() else { return };
    let all = operations(&document);
    let mut before = BTreeSet::new();
    for count in 1..=all.len() {
        let after = names(&model(&with(&document, &|operation| {
            all[..count].contains(operation)
        })));
        let lost: Vec<_> = before.difference(&after).collect();
        assert!(lost.is_empty(), "{:?} takes away {lost:?}", all[count - 1]);
        before = after;
    }
}

/// Any operation added to all the others, wherever in the document it stands.
#[test]
fn adding_each_operation_to_the_rest_renames_nothing() {
    let Some(document) = newest() else { return };
    let whole = names(&model(&document));
    for added in operations(&document) {
        let without = names(&model(&with(&document, &|operation| *operation != added)));
        let lost: Vec<_> = without.difference(&whole).collect();
        assert!(lost.is_empty(), "{added:?} takes away {lost:?}");
    }
}
