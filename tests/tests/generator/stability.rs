//! With a record of names, a change of the document does not rename existing items of the generated
//! API.

mod small;

use crate::support::{extra_documents, root, sorted_files};
use dub_generator::model::{Api, Kind, Payload, Record, Type};
use dub_generator::{Config, Unsupported};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Returns the names of all public items, each with a description of the item.
fn names(api: &Api) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for def in &api.types {
        let kind = match &def.kind {
            Kind::Alias(Type::Named(target)) => {
                let target = api.types.iter().find(|def| def.rust == *target);
                &target.unwrap().kind
            }
            kind => kind,
        };
        names.insert(format!("models::{}", def.rust), description(kind));
    }
    for resource in &api.resources {
        for operation in &resource.operations {
            let method = format!("{}.{}", resource.module, operation.name.rust);
            names.insert(method, String::new());
            let builder = format!("{}::{}", resource.module, operation.builder);
            names.insert(builder, String::new());
        }
    }
    for variant in &api.errors.variants {
        if let Payload::PerOperation { rust, bodies } = &variant.payload {
            let variants = bodies.iter().map(|body| format!("{rust}::{}", body.rust));
            names.extend(variants.map(|name| (name, String::new())));
        }
    }
    names
}

/// Describes a type. A change of the description means that the name now belongs to a different
/// type.
///
/// Enum values and the types of fields and variants are not part of the description.
fn description(kind: &Kind) -> String {
    match kind {
        Kind::Struct { fields, .. } => {
            let fields: Vec<_> = fields.iter().map(|field| field.rust.as_str()).collect();
            format!("a struct of {}", fields.join(", "))
        }
        Kind::Enum { .. } => "an enum".to_owned(),
        Kind::Union { variants, .. } => {
            let variants: Vec<_> = variants
                .iter()
                .map(|variant| variant.rust.as_str())
                .collect();
            format!("a union of {}", variants.join(", "))
        }
        Kind::Alias(ty) => format!("an alias of {ty:?}"),
    }
}

/// Returns the names that belong to a different item in the larger document, or are missing there.
fn changed(smaller: &BTreeMap<String, String>, larger: &BTreeMap<String, String>) -> Vec<String> {
    let changed = smaller
        .iter()
        .filter(|(name, description)| larger.get(*name) != Some(description));
    changed
        .map(|(name, description)| {
            format!("{name} was {description}, is now {:?}", larger.get(name))
        })
        .collect()
}

fn read(document: &Value, unsupported: Unsupported, names: &Record) -> Option<Api> {
    let text = serde_json::to_vec(document).unwrap();
    let config = Config {
        document: &text,
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported,
        names: Some(names),
    };
    dub_generator::inspect(&config).ok()
}

fn model(document: &Value, names: &Record) -> Api {
    read(document, Unsupported::Reject, names).expect("expected the document to be accepted")
}

/// Returns the path and the method of each operation of a document.
fn operations(document: &Value) -> Vec<(String, String)> {
    let methods = ["get", "put", "post", "delete", "patch"];
    let paths = document["paths"].as_object().unwrap();
    let of_path = |path: &String, item: &Value| {
        let defined = methods.iter().filter(|method| item.get(**method).is_some());
        defined
            .map(|method| (path.clone(), (*method).to_owned()))
            .collect::<Vec<_>>()
    };
    paths
        .iter()
        .flat_map(|(path, item)| of_path(path, item))
        .collect()
}

/// Returns a copy of the document with only the operations for which `keep` returns true.
fn retain_operations(document: &Value, keep: &dyn Fn(&(String, String)) -> bool) -> Value {
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

/// Reads a document. Returns an error if it has YAML keys that are not strings, because such a
/// document cannot be converted to a JSON value.
fn document(path: &Path) -> serde_yaml::Result<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut document: serde_yaml::Value = serde_yaml::from_str(&text)?;
    document.apply_merge()?;
    serde_yaml::from_value(document)
}

/// Returns our own document with many operations, and the newest revision of Dub's document if it
/// is available.
fn large_documents() -> Vec<Value> {
    let newest = extra_documents("dub").pop();
    let paths = std::iter::once(root().join("tests/fixtures/large/bike_rental.yaml")).chain(newest);
    paths.map(|path| document(&path).unwrap()).collect()
}

/// Checks that adding one operation to the rest of a document keeps all names. Repeats the check
/// for up to `limit` operations and returns the number of checks.
fn check_adding_operations(document: &Value, limit: usize) -> usize {
    let operations = operations(document);
    let step = operations.len().div_ceil(limit).max(1);
    let mut count = 0;
    for added in operations.iter().step_by(step) {
        let rest = retain_operations(document, &|operation| operation != added);
        // The rest is invalid if another operation refers to a part of the removed one.
        let Some(rest) = read(&rest, Unsupported::Skip, &Record::default()) else {
            continue;
        };
        let complete = read(document, Unsupported::Skip, &rest.record);
        let complete = complete.expect("expected the whole document to be accepted");
        let changed = changed(&names(&rest), &names(&complete));
        assert!(changed.is_empty(), "adding {added:?} changed {changed:#?}");
        count += 1;
    }
    count
}

/// Starts with an empty document and adds the operations of a large document one by one, in their
/// order.
#[test]
fn adding_operations_in_order_keeps_names() {
    for document in large_documents() {
        let all = operations(&document);
        let mut before = BTreeMap::new();
        let mut record = Record::default();
        for count in 1..=all.len() {
            let part = retain_operations(&document, &|operation| all[..count].contains(operation));
            let api = model(&part, &record);
            let after = names(&api);
            record = api.record;
            let changed = changed(&before, &after);
            let added = &all[count - 1];
            assert!(changed.is_empty(), "adding {added:?} changed {changed:#?}");
            before = after;
        }
    }
}

/// Adds each operation of a large document to the document without it.
#[test]
fn adding_any_operation_keeps_names() {
    for document in large_documents() {
        let all = operations(&document).len();
        assert!(all >= 40, "expected at least 40 operations, found {all}");
        assert_eq!(check_adding_operations(&document, all), all);
    }
    // Other public documents have too many operations to check all of them.
    for path in extra_documents("public") {
        if std::fs::metadata(&path).unwrap().len() <= 700_000 {
            println!("{}", path.display());
            check_adding_operations(&document(&path).unwrap(), 4);
        }
    }
}

/// Returns the names that differ between two records for an origin that both have.
fn renamed(old: &Record, new: &Record) -> Vec<String> {
    let changes = new.changes_since(old).into_iter();
    let renamed = changes.filter(|change| change.old.is_some() && change.new.is_some());
    renamed.map(|change| format!("{change:?}")).collect()
}

/// Removes and adds random operations of a large document, many times. The seed is fixed, so that a
/// failure can be repeated.
#[test]
fn random_removals_and_additions_keep_names() {
    for document in large_documents() {
        let all = operations(&document);
        let mut record = model(&document, &Record::default()).record;
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for step in 0..20 {
            let part = retain_operations(&document, &|operation| {
                let position = all.iter().position(|other| other == operation).unwrap_or(0);
                (random >> (position % 61)) & 3 != 0
            });
            // A reference to a part of a removed operation makes the document invalid.
            if let Some(api) = read(&part, Unsupported::Skip, &record) {
                let renamed = renamed(&record, &api.record);
                assert!(renamed.is_empty(), "step {step} renamed {renamed:#?}");
                record = api.record;
            }
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
        }
    }
}

/// Follows a document through its revisions.
#[test]
fn revisions_keep_names() {
    let mut record = Record::default();
    for path in extra_documents("dub") {
        let Some(api) = read(&document(&path).unwrap(), Unsupported::Skip, &record) else {
            continue;
        };
        let renamed = renamed(&record, &api.record);
        assert!(
            renamed.is_empty(),
            "{} renamed {renamed:#?}",
            path.display()
        );
        record = api.record;
    }
}

/// Without a record, names are a function of the document: the order of its operations and a second
/// run change none.
#[test]
fn a_written_record_changes_nothing() {
    for document in large_documents() {
        let first = model(&document, &Record::default());
        let record = Record::parse(&first.record.text()).unwrap();
        assert_eq!(record, first.record);
        let second = model(&document, &record);
        assert_eq!(names(&first), names(&second));
        assert_eq!(second.record, record);
    }
}

/// Adds each operation of each fixture to the fixture without it. The fixtures have more special
/// cases than the large document, such as responses by status.
#[test]
fn adding_fixture_operations_keeps_names() {
    let mut count = 0;
    let fixtures = sorted_files(&root().join("tests/fixtures/accepted")).into_iter();
    // Here, the additional operation takes a name with `x-rust-name`.
    let excluded = "operation_ids_that_differ_in_punctuation.yaml";
    for path in fixtures.filter(|path| !path.ends_with(excluded)) {
        println!("{}", path.display());
        count += document(&path).map_or(0, |fixture| check_adding_operations(&fixture, usize::MAX));
    }
    assert!(
        count >= 70,
        "expected at least 70 operations, checked {count}"
    );
}
